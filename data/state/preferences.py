"""Preferences: the language and the colours of a user, kept with the account."""

from sqlalchemy import Engine

from data.access.reader import Reader
from data.i18n import LANGUAGES
from data.state import account_rows
from data.state.account_rows import subject_of
from data.state.audit import record
from data.state.engine import StateError, writing

#: What can be chosen, by column of the account.
PREFERENCES: dict[str, tuple[str, ...]] = {
    "language": tuple(LANGUAGES),
    "theme": ("light", "dark"),
}


class PreferenceError(StateError):
    """There is no such language or theme, or it is somebody else's to choose."""


def prefer(database: Engine, *, actor: Reader, wanted: dict[str, str]) -> None:
    """Keep what a user has chosen, with an audit row where it is another choice than before."""
    check(wanted)
    if actor.viewed_by:
        raise PreferenceError(
            f"'{actor.viewed_by}' reads as '{actor.user_id}', who alone chooses language and theme."
        )
    with writing(database) as connection:
        before = account_rows.found(connection, actor.user_id)
        changed = {name: value for name, value in wanted.items() if getattr(before, name) != value}
        if not changed:
            return
        account_rows.change(connection, actor.user_id, **changed)
        record(
            connection,
            actor=actor.acting,
            action="preferences-changed",
            subject=subject_of(actor.user_id),
            details=changed,
        )


def check(wanted: dict[str, str]) -> None:
    """Raise PreferenceError unless each of these can be chosen."""
    if not wanted:
        raise PreferenceError(f"Nothing is chosen. Choose {' or '.join(PREFERENCES)}.")
    for name, value in wanted.items():
        if value not in PREFERENCES.get(name, ()):
            known = "; ".join(f"{key}: {', '.join(each)}" for key, each in PREFERENCES.items())
            raise PreferenceError(f"There is no {name[:20]!r} {value[:20]!r}. Known: {known}.")

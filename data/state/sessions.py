"""Sessions: who a browser's token stands for, and how a session is opened, used and ended."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from data.access.reader import Reader
from data.state import account_rows, session_rows
from data.state.account_rows import AccountRecord, subject_of
from data.state.audit import record, require, utc_now
from data.state.engine import StateError, reading, writing
from data.state.session_rows import SessionRecord

VIEW_AS = "view-as"


@dataclass(frozen=True)
class SignedIn:
    """A living session with the account that reads through it."""

    session: SessionRecord
    account: AccountRecord
    #: The administrator who reads as that account; None: the account's own user does.
    viewed_by: str | None = None

    @property
    def reader(self) -> Reader:
        """Who reads and writes."""
        return self.account.reader(viewed_by=self.viewed_by)


def open_session(
    connection: Connection, user: AccountRecord, *, how: str, address: str, browser: str
) -> str:
    """Open a session within a sign-in's transaction, with its audit row; return its token."""
    session_rows.purge(connection)
    token = session_rows.add(connection, user.user_id, address=address, browser=browser)
    session_rows.note_sign_in(connection, user.user_id)
    details = {"how": how, "address": address}
    record(
        connection, actor=user.user_id, action="signed-in", subject=user.subject, details=details
    )
    return token


def signed_in(database: Engine, token: str) -> SignedIn | None:
    """Return who a token stands for; None where it is unknown, too old or its user closed."""
    with reading(database) as connection:
        found = session_rows.find(connection, token)
        who = _who(connection, found) if found else None
    if found and who and session_rows.is_due(found, utc_now()):
        with writing(database) as connection:
            session_rows.touch(connection, found.session_id)
    return who


def _who(connection: Connection, found: SessionRecord) -> SignedIn | None:
    own = account_rows.find(connection, found.user_id)
    if own is None or not own.is_usable:
        return None
    if found.viewing_as is None:
        return SignedIn(found, own)
    other = account_rows.find(connection, found.viewing_as)
    if other is None or not other.is_usable or not own.reader().may(VIEW_AS):
        return SignedIn(found, own)
    return SignedIn(found, other, viewed_by=own.user_id)


def sessions_of(database: Engine, user_id: str) -> list[SessionRecord]:
    """Return where a user is signed in, the newest first."""
    with reading(database) as connection:
        return session_rows.of_user(connection, user_id)


def sign_out(database: Engine, signed: SignedIn) -> None:
    """End the session that is used now."""
    with writing(database) as connection:
        session_rows.end(connection, signed.session.session_id)
        user_id = signed.session.user_id
        record(
            connection,
            actor=user_id,
            action="signed-out",
            subject=subject_of(user_id),
            details={"address": signed.session.address},
        )


def view_as(database: Engine, signed: SignedIn, user_id: str) -> None:
    """Let an administrator read as somebody else until `stop_viewing`; nothing can be written."""
    require(
        database, actor=signed.reader, permission=VIEW_AS, subject=account_rows.subject_of(user_id)
    )
    with writing(database) as connection:
        other = account_rows.found(connection, user_id)
        if not other.is_usable:
            raise StateError(f"'{user_id}' is closed, so there is nothing to see as this user.")
        session_rows.view_as(connection, signed.session.session_id, user_id)
        _log_view(connection, signed, "view-as-began", user_id)


def stop_viewing(database: Engine, signed: SignedIn) -> None:
    """Let an administrator read as oneself again."""
    if signed.session.viewing_as is None:
        return
    with writing(database) as connection:
        session_rows.view_as(connection, signed.session.session_id, None)
        _log_view(connection, signed, "view-as-ended", signed.session.viewing_as)


def _log_view(connection: Connection, signed: SignedIn, action: str, user_id: str) -> None:
    record(
        connection,
        actor=signed.session.user_id,
        action=action,
        subject=subject_of(user_id),
        details={},
    )

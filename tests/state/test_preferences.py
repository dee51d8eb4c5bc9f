"""Preferences: kept with the account and its audit row, by its own user, out of what there is."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from data.access.reader import SYSTEM, Reader
from data.state import accounts
from data.state.audit import entries
from data.state.engine import writing
from data.state.opening import migrate
from data.state.preferences import PREFERENCES, PreferenceError, prefer


@pytest.fixture
def ann(database: Engine) -> Reader:
    """A representative who has chosen nothing yet."""
    made = accounts.add_account(database, actor=SYSTEM, user_id="ann", role="rep")
    assert (made.language, made.theme) == (None, None)
    return made.reader()


def kept(database: Engine) -> tuple[str | None, str | None]:
    found = accounts.account(database, "ann")
    return found.language, found.theme


def changes(database: Engine) -> list[dict[str, str]]:
    log = entries(database, "account/ann")
    return [dict(each.details) for each in log if each.action == "preferences-changed"]


def test_every_choice_is_kept_alone_and_logged_once(database: Engine, ann: Reader) -> None:
    expected: dict[str, str | None] = {"language": None, "theme": None}
    written: list[dict[str, str]] = []
    for name, values in PREFERENCES.items():
        for value in (*values, values[-1], values[0]):
            if expected[name] != value:
                written.append({name: value})
            expected[name] = value
            prefer(database, actor=ann, wanted={name: value})
            assert kept(database) == (expected["language"], expected["theme"])
            assert changes(database) == written


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({}, "Nothing is chosen"),
        ({"theme": "blue"}, "'theme' 'blue'. Known: language: en, zh; theme: light, dark"),
        ({"language": ""}, "'language' ''"),
        ({"language": "dark"}, "'language' 'dark'"),
        ({"language": "zh", "theme": "DARK"}, "'theme' 'DARK'"),
        ({"role": "administrator"}, "'role' 'administrator'"),
    ],
)
def test_what_cannot_be_chosen_changes_nothing(
    database: Engine, ann: Reader, wanted: dict[str, str], said: str
) -> None:
    with pytest.raises(PreferenceError, match=said):
        prefer(database, actor=ann, wanted=wanted)
    assert kept(database) == (None, None)
    assert changes(database) == []


def test_who_reads_as_somebody_else_chooses_nothing_for_them(database: Engine, ann: Reader) -> None:
    with pytest.raises(PreferenceError, match="'boss' reads as 'ann'"):
        prefer(database, actor=replace(ann, viewed_by="boss"), wanted={"theme": "dark"})
    assert kept(database) == (None, None)


def test_a_database_of_the_revision_before_keeps_its_users(database: Engine, ann: Reader) -> None:
    prefer(database, actor=ann, wanted={"theme": "dark"})
    with writing(database) as connection:
        migrate(connection, "0008")
        migrate(connection)
    assert kept(database) == (None, None)
    prefer(database, actor=ann, wanted={"language": "zh"})
    assert kept(database) == ("zh", None)

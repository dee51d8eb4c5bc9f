"""Sessions: what they are, when they end, and who reads as somebody else (T23, F26)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from data import settings
from data.access.reader import SYSTEM
from data.state import accounts, session_rows, sessions, sign_in
from data.state.accounts import AccountError, PasswordError
from data.state.audit import utc_now
from data.state.engine import reading, writing
from data.state.sign_in import SignInError
from data.state.tables import session
from tests.security.entering import HERE, OTHER, PASSWORD, account_reader, enter, rows


def test_a_token_is_long_and_kept_as_its_hash(database: Engine) -> None:
    token = enter(database)
    assert len(token) >= 43
    with reading(database) as connection:
        row = connection.execute(select(session)).mappings().one()
    assert token not in str(dict(row))
    assert sessions.signed_in(database, token)
    assert sessions.signed_in(database, row["token_hash"]) is None


AGES = [
    ({"made_at": timedelta(hours=11, minutes=59)}, True),
    ({"made_at": timedelta(hours=12, seconds=1)}, False),
    ({"seen_at": timedelta(minutes=29)}, True),
    ({"seen_at": timedelta(minutes=30, seconds=1)}, False),
    # The clock was set back by an hour, and by a day.
    ({"made_at": timedelta(hours=-1), "seen_at": timedelta(hours=-1)}, True),
    ({"made_at": timedelta(days=-1), "seen_at": timedelta(days=-1)}, False),
]


@pytest.mark.parametrize(("ages", "lives"), AGES)
def test_a_session_ends_by_idleness_and_by_age(
    database: Engine, ages: dict[str, timedelta], lives: bool
) -> None:
    token = enter(database)
    with writing(database) as connection:
        values = {name: utc_now() - age for name, age in ages.items()}
        connection.execute(update(session).values(**values))
    assert (sessions.signed_in(database, token) is not None) is lives


def test_being_seen_is_written_once_a_minute(database: Engine) -> None:
    token = enter(database)
    written: list[str] = []
    from sqlalchemy import event

    event.listen(database, "before_cursor_execute", lambda *a: written.append(a[2].split()[0]))
    for _ in range(20):
        assert sessions.signed_in(database, token)
    assert "UPDATE" not in written
    with writing(database) as connection:
        connection.execute(update(session).values(seen_at=utc_now() - timedelta(seconds=61)))
    written.clear()
    for _ in range(20):
        assert sessions.signed_in(database, token)
    assert written.count("UPDATE") == 1


ENDS: dict[str, Callable[[Engine], Any]] = {
    "disabled": lambda d: accounts.disable(d, actor=SYSTEM, user_id="ann"),
    "another role": lambda d: accounts.change_role(d, actor=SYSTEM, user_id="ann", role="lead"),
    "another password": lambda d: accounts.set_password(
        d, actor=SYSTEM, user_id="ann", password=OTHER
    ),
    "signed out everywhere": lambda d: accounts.sign_out_everywhere(d, actor=SYSTEM, user_id="ann"),
}


@pytest.mark.parametrize("how", ENDS)
def test_what_takes_rights_away_ends_every_session_at_once(database: Engine, how: str) -> None:
    tokens = [enter(database), enter(database)]
    other = enter(database, "boss")
    ENDS[how](database)
    assert [sessions.signed_in(database, t) for t in tokens] == [None, None]
    assert sessions.signed_in(database, other)
    assert rows(database)[-1].actor == "system"


def test_changing_ones_own_password_leaves_one_session(database: Engine) -> None:
    old = enter(database)
    reader = account_reader(database, "ann")
    with pytest.raises(SignInError):
        sign_in.change_own_password(database, reader, present="wrong", wanted=OTHER, visitor=HERE)
    with pytest.raises(PasswordError):
        sign_in.change_own_password(
            database, reader, present=PASSWORD, wanted="password", visitor=HERE
        )
    new = sign_in.change_own_password(
        database, reader, present=PASSWORD, wanted=OTHER, visitor=HERE
    )
    assert sessions.signed_in(database, old) is None
    assert sessions.signed_in(database, new)
    with pytest.raises(SignInError):
        enter(database, "ann", PASSWORD)


def test_an_administrator_reads_as_somebody_else_and_writes_nothing(database: Engine) -> None:
    token = enter(database, "boss")
    signed = sessions.signed_in(database, token)
    assert signed
    sessions.view_as(database, signed, "ann")
    seen = sessions.signed_in(database, token)
    assert seen
    reader = seen.reader
    assert (reader.user_id, reader.acting, reader.role.key) == ("ann", "boss", "rep")
    assert not reader.permissions & {"export", "manage-users", "propose-model", "view-as"}
    with pytest.raises(AccountError.__mro__[1]):
        accounts.set_password(database, actor=reader, user_id="ann", password=OTHER)
    accounts.disable(database, actor=SYSTEM, user_id="ann")
    again = sessions.signed_in(database, token)
    assert again is None or again.reader.user_id == "boss"
    told = [(r.action, r.actor) for r in rows(database)]
    assert ("view-as-began", "boss") in told
    assert ("refused", "boss") in told


def test_who_may_not_view_as_somebody_else_does_not(database: Engine) -> None:
    signed = sessions.signed_in(database, enter(database, "ann"))
    assert signed
    with pytest.raises(AccountError.__mro__[1]):
        sessions.view_as(database, signed, "boss")
    with writing(database) as connection:
        session_rows.view_as(connection, signed.session.session_id, "boss")
        found = sessions._who(connection, session_rows.of_user(connection, "ann")[0])
    assert found
    assert found.reader.user_id == "ann", "a forged row is not believed"


@pytest.mark.parametrize("key", ["", "secret", "k" * 31, settings.SHIPPED_SECRET])
def test_the_shipped_key_and_a_short_one_are_refused(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("DEMO", "0")
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(settings.SettingsError, match="Set it to a long random text"):
        settings.secret_key.__wrapped__()
    monkeypatch.setenv("SECRET_KEY", "k" * 32)
    assert settings.secret_key.__wrapped__() == "k" * 32

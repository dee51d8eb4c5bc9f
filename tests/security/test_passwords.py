"""Passwords: how they are kept, which are refused, and what guessing gets (T24)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest
from argon2 import extract_parameters
from sqlalchemy import Engine, update

from data.access import passwords
from data.access.passwords import WeakPasswordError, check_strength
from data.access.reader import SYSTEM
from data.state import accounts, throttle
from data.state.audit import utc_now, verify
from data.state.engine import writing
from data.state.sign_in import SignInError
from data.state.tables import sign_in_failure
from data.state.throttle import TooManyError
from tests.security.entering import PASSWORD, enter, rows


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own() -> None:
    first, second = passwords.hashed(PASSWORD), passwords.hashed(PASSWORD)
    assert first != second
    assert first.startswith("$argon2id$")
    assert passwords.is_right(PASSWORD, first)
    assert not passwords.is_right(PASSWORD + " ", first)
    assert not passwords.is_right(PASSWORD, None)


@pytest.mark.parametrize(
    "password",
    ["", "short", "password123", "1234567890", "qwertyuiop", "aaaaaaaaaaaa", "iloveyou2026",
     "ann.miller1", "a" * 129, "Passw0rd!!", "cockpit-2026", "2026-11-22"],
)  # fmt: skip
def test_a_password_that_is_tried_first_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        check_strength(password, about=("ann.miller", "Ann Miller"))


@pytest.mark.parametrize(
    "password", [PASSWORD, "客户 资产 驾驶舱 四海", "X7#kq9!vLm2$", "é" * 5 + PASSWORD]
)
def test_a_long_odd_password_is_taken(password: str) -> None:
    check_strength(password, about=("ann",))


def test_wrong_name_wrong_password_and_closed_account_sound_and_cost_the_same(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.disable(database, actor=SYSTEM, user_id="ann")
    checked: list[str] = []
    check, make = passwords._hasher.verify, passwords._hasher.hash

    def counted(kept: str, password: str) -> bool:
        checked.append(kept)
        return check(kept, password)

    monkeypatch.setattr(passwords, "_hasher", SimpleNamespace(verify=counted, hash=make))
    said = set()
    for number, user in enumerate(("boss", "nobody", "ann")):
        password = PASSWORD if user == "ann" else "wrong"
        with pytest.raises(SignInError) as error:
            enter(database, user, password, where=f"10.1.0.{number}")
        said.add(str(error.value))
    assert len(said) == 1
    # The time is that of the hash: each is checked once, against one of the same cost.
    assert len(checked) == 3
    first, *others = map(extract_parameters, checked)
    assert others == [first, first]


def test_the_sixth_attempt_waits_whoever_it_is(database: Engine) -> None:
    for user in ("ann", "nobody"):
        for number in range(5):
            with pytest.raises(SignInError):
                enter(database, user, "wrong", where=f"10.2.0.{number}")
        with pytest.raises(TooManyError) as error:
            enter(database, user, PASSWORD, where="10.2.9.9")
        assert 1 <= error.value.seconds <= 30
    with writing(database) as connection:
        back = {"failed_at": utc_now() - timedelta(seconds=31)}
        connection.execute(update(sign_in_failure).values(**back))
    assert enter(database, "ann", where="10.2.9.9")
    assert enter(database, "ann", where="10.2.9.9"), "a right password forgets the failures"


def test_one_address_cannot_try_every_name(database: Engine) -> None:
    with writing(database) as connection:
        for number in range(throttle.MOST_OF_ADDRESS):
            throttle.count(connection, user_id=f"u{number}", address="10.3.0.1")
    with pytest.raises(TooManyError):
        enter(database, "ann", where="10.3.0.1")
    assert enter(database, "ann", where="10.3.0.2")


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(database: Engine) -> None:
    def guess(number: int) -> str:
        try:
            return enter(database, "ann", "wrong", where=f"10.4.0.{number}") and "in"
        except (SignInError, TooManyError, passwords.BusyError) as error:
            return type(error).__name__

    with ThreadPoolExecutor(12) as pool:
        came = list(pool.map(guess, range(12)))
    assert "in" not in came
    assert came.count("SignInError") <= throttle.MOST_OF_ACCOUNT


def test_a_pause_grows_and_ends_and_a_clock_set_back_does_not_lengthen_it() -> None:
    now = utc_now()
    waits = [throttle._wait(n, now, most=5, now=now).total_seconds() for n in range(5, 20)]
    assert waits[:4] == [30, 60, 120, 240]
    assert waits == sorted(waits)
    assert waits[-1] == 900
    early = throttle._wait(5, now + timedelta(hours=1), most=5, now=now)
    assert early.total_seconds() == 30


def test_the_log_knows_every_failure_and_no_password(database: Engine) -> None:
    for user in ("ann", "my secret\r\npassword"):
        with pytest.raises(SignInError):
            enter(database, user, "wr\nong")
    failed = [r for r in rows(database) if r.action == "sign-in-failed"]
    assert [r.actor for r in failed] == ["ann", "(unknown)"]
    text = "".join(f"{r.actor}{r.subject}{r.details}" for r in rows(database))
    assert "secret" not in text
    assert PASSWORD not in text
    assert "\n" not in text
    assert verify(database).is_whole

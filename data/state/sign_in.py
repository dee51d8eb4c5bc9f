"""Signing in: with a password, as a demo user, or through an identity provider."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from data import settings
from data.access import passwords
from data.access.demo_readers import DEMO_READERS
from data.access.passwords import BusyError
from data.access.reader import Reader
from data.state import account_rows, accounts, throttle
from data.state.account_rows import AccountRecord
from data.state.audit import record
from data.state.engine import StateError, reading, writing
from data.state.sessions import open_session

#: What stands in the log for a name that is no account's: it may be a password in the wrong field.
NOBODY = "(unknown)"


class SignInError(StateError):
    """The sign-in is refused: one sentence for a wrong name, a wrong password and a closed user."""


@dataclass(frozen=True)
class Visitor:
    """Where a sign-in comes from."""

    address: str
    browser: str = ""


def with_password(database: Engine, user_id: str, password: str, *, visitor: Visitor) -> str:
    """Return the token of a new session for the right password.

    Raises SignInError, throttle.TooManyError, or BusyError where the machine checks others.
    """
    user_id = user_id.strip().lower()[:100]
    known = _try(database, user_id, visitor=visitor)
    is_right = _is_right(database, user_id, password, known=known, visitor=visitor)
    with writing(database) as connection:
        if known and is_right and known.is_usable and not known.is_demo:
            throttle.forget(connection, user_id=user_id, address=visitor.address)
            return _opened(connection, known, how="password", visitor=visitor)
        _log_failure(connection, user_id, reason="password", visitor=visitor)
    raise SignInError("This name and password do not match. Check both and try again.")


def _try(database: Engine, user_id: str, *, visitor: Visitor) -> AccountRecord | None:
    """Count the attempt before it is made, so that many at once cannot slip through."""
    with writing(database) as connection:
        known = account_rows.find(connection, user_id)
        throttle.count(connection, user_id=user_id, address=visitor.address)
    return known


def _is_right(
    database: Engine,
    user_id: str,
    password: str,
    *,
    known: AccountRecord | None,
    visitor: Visitor,
) -> bool:
    try:
        kept = known.password_hash if known else None
        return passwords.is_right(password[: passwords.MOST_LETTERS + 1], kept)
    except BusyError:
        with writing(database) as connection:
            throttle.take_back(connection, user_id=user_id, address=visitor.address)
        raise


def as_demo_user(database: Engine, user_id: str, *, visitor: Visitor) -> str:
    """Return the token of a new session for a demo user; demo mode only."""
    with writing(database) as connection:
        user = account_rows.find(connection, user_id)
        if settings.is_demo() and user and user.is_demo and user.is_usable:
            return _opened(connection, user, how="demo", visitor=visitor)
        _log_failure(connection, user_id, reason="no demo user", visitor=visitor)
    raise SignInError("There is no such demo user.")


def check_own_password(
    database: Engine, reader: Reader, password: str, *, visitor: Visitor
) -> None:
    """Raise SignInError unless the reader's own password is this one; throttled like a sign-in."""
    user_id = reader.user_id
    known = _try(database, user_id, visitor=visitor)
    if not _is_right(database, user_id, password, known=known, visitor=visitor):
        raise SignInError("The present password is not this one.")
    with writing(database) as connection:
        throttle.forget(connection, user_id=user_id, address=visitor.address)


def change_own_password(
    database: Engine, reader: Reader, *, present: str, wanted: str, visitor: Visitor
) -> str:
    """Give the reader another password; return the token of the one session that remains."""
    check_own_password(database, reader, present, visitor=visitor)
    accounts.set_password(database, actor=reader, user_id=reader.user_id, password=wanted)
    with writing(database) as connection:
        user = account_rows.found(connection, reader.user_id)
        return _opened(connection, user, how="password changed", visitor=visitor)


def _opened(connection: Connection, user: AccountRecord, *, how: str, visitor: Visitor) -> str:
    return open_session(connection, user, how=how, address=visitor.address, browser=visitor.browser)


def log_refusal(database: Engine, *, reason: str, visitor: Visitor) -> None:
    """Log a sign-in that came to nothing before it named anybody."""
    with writing(database) as connection:
        _log_failure(connection, "", reason=reason, visitor=visitor)


def _log_failure(connection: Connection, user_id: str, *, reason: str, visitor: Visitor) -> None:
    known = account_rows.find(connection, user_id)
    told: Mapping[str, Any] = {"reason": reason, "address": visitor.address}
    record(
        connection,
        actor=known.user_id if known else NOBODY,
        action="sign-in-failed",
        subject=known.subject if known else account_rows.subject_of(NOBODY),
        details=told,
    )


def demo_users(database: Engine) -> list[AccountRecord]:
    """Return the demo users that may be chosen without a password."""
    if not settings.is_demo():
        return []
    with reading(database) as connection:
        found = [u for u in account_rows.all_of(connection) if u.is_demo and u.is_usable]
    return sorted(found, key=lambda user: list(DEMO_READERS).index(user.user_id))

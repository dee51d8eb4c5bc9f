"""How often a sign-in may fail: per account and per address, kept where all workers see it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from data.domain.canonical import sha256
from data.state.audit import utc_now
from data.state.engine import StateError
from data.state.tables import sign_in_failure

#: Failures before the first pause; one office may share an address.
MOST_OF_ACCOUNT, MOST_OF_ADDRESS = 5, 30
#: The first pause; each further failure doubles it.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)
#: Failures are forgotten after this.
FORGOTTEN_AFTER = timedelta(hours=1)
_t = sign_in_failure.c


class TooManyError(StateError):
    """Too many sign-ins have failed; `seconds` says when to come back."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many sign-ins failed. Try again in {seconds} seconds.")
        self.seconds = seconds


def count(connection: Connection, *, user_id: str, address: str) -> None:
    """Count one attempt; raise TooManyError during a pause, which counts nothing."""
    now = utc_now()
    keys = _keys(user_id, address)
    met = {key: _met(connection, key, now) for key in keys}
    waits = [_wait(*met[key], most=most, now=now) for key, most in keys.items()]
    if max(waits) > timedelta(0):
        raise TooManyError(max(1, int(max(waits).total_seconds() + 0.999)))
    for key in keys:
        _set(connection, key, met[key][0] + 1, now)


def forget(connection: Connection, *, user_id: str, address: str) -> None:
    """Forget the failures of an account that signed in, and this attempt of its address."""
    of_account, of_address = _keys(user_id, address)
    connection.execute(delete(sign_in_failure).where(_t.key == of_account))
    _take_one(connection, of_address)


def take_back(connection: Connection, *, user_id: str, address: str) -> None:
    """Take an attempt back that was never looked at."""
    for key in _keys(user_id, address):
        _take_one(connection, key)


def _take_one(connection: Connection, key: str) -> None:
    stmt = update(sign_in_failure).where(_t.key == key, _t.failures > 0)
    connection.execute(stmt.values(failures=_t.failures - 1))


def _keys(user_id: str, address: str) -> dict[str, int]:
    return {
        f"account:{sha256(user_id)}": MOST_OF_ACCOUNT,
        f"address:{sha256(address)}": MOST_OF_ADDRESS,
    }


def _met(connection: Connection, key: str, now: datetime) -> tuple[int, datetime]:
    row = connection.execute(select(sign_in_failure).where(_t.key == key)).first()
    if row is None or abs(now - row.failed_at) > FORGOTTEN_AFTER:
        return 0, now
    return row.failures, row.failed_at


def _wait(failures: int, failed_at: datetime, *, most: int, now: datetime) -> timedelta:
    """Return how long to wait still; a clock set back does not make it longer."""
    if failures < most:
        return timedelta(0)
    pause = min(FIRST_PAUSE * 2 ** min(failures - most, 10), LONGEST_PAUSE)
    return min(failed_at + pause - now, pause)


def _set(connection: Connection, key: str, failures: int, now: datetime) -> None:
    connection.execute(delete(sign_in_failure).where(_t.key == key))
    old = _t.failed_at < now - FORGOTTEN_AFTER
    connection.execute(delete(sign_in_failure).where(old))
    row = {"key": key, "failures": failures, "failed_at": now}
    connection.execute(insert(sign_in_failure).values(**row))

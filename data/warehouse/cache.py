"""The cache of answers: while it is away or damaged the app is slower, and never broken."""

import io
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Protocol

import pandas as pd
import pyarrow as pa
import structlog
from redis.exceptions import RedisError, ResponseError

from data import settings

#: An outage is told once in so many seconds, however many answers it concerns.
TELL_AGAIN_SECONDS = 60.0
#: A cache that did not answer is asked again only after so long: each try costs a reader's time.
LEAVE_ALONE_SECONDS = 5.0
#: Answers whose rows are kept unpacked in a process, and the largest one: 8 MB of bytes at most.
KEPT_ANSWERS = 512
KEPT_BYTES = 16_384

log = structlog.get_logger("cache")


class Store(Protocol):
    """What the cache must be able to do; flask-caching can."""

    def get(self, key: str) -> Any:
        """Return the cached bytes, or None."""
        ...

    def set(self, key: str, value: Any, timeout: int | None = None) -> Any:
        """Keep bytes under the key."""
        ...


class Answers:
    """The answers kept in a store; without one, nothing is kept."""

    def __init__(self, store: Store | None, clock: Callable[[], float] = time.monotonic) -> None:
        self.store = store
        self.clock = clock
        self._told_at: float | None = None
        self._away_until: float | None = None

    def get(self, key: str) -> pd.DataFrame | None:
        """Return the rows kept under the key; None where there are none that can be read."""
        packed = self._ask(lambda store: store.get(key))
        try:
            return None if packed is None else unpack(packed)
        except (OSError, ValueError, TypeError, pa.ArrowException):
            # A damaged entry is a miss.
            return None

    def keep(self, key: str, packed: bytes) -> None:
        """Keep packed rows under the key for as long as the settings say."""
        seconds = settings.number("CACHE_SECONDS")
        moment = datetime.now(UTC).isoformat().encode()
        self._ask(lambda store: store.set(key, packed, timeout=seconds))
        self._ask(lambda store: store.set(_moment(key), moment, timeout=seconds))

    def kept_at(self, key: str) -> datetime | None:
        """Return when the rows under the key were computed; None where none are kept."""
        found = self._ask(lambda store: store.get(_moment(key)))
        try:
            return datetime.fromisoformat(found.decode()) if isinstance(found, bytes) else None
        except ValueError:
            return None

    def _ask(self, ask: Callable[[Store], Any]) -> Any:
        """Ask the store; None while it is away, which is not looked into again at once."""
        if self.store is None or (self._away_until and self.clock() < self._away_until):
            return None
        try:
            return ask(self.store)
        except ResponseError as error:
            # It answers: only this was refused, as by one that is full.
            self._tell(error)
        except (OSError, RedisError) as error:
            self._away_until = self.clock() + LEAVE_ALONE_SECONDS
            self._tell(error)
        return None

    def _tell(self, error: Exception) -> None:
        now = self.clock()
        if self._told_at is None or now - self._told_at >= TELL_AGAIN_SECONDS:
            self._told_at = now
            log.warning("the cache is away: every question is asked anew", error=repr(error))


def _moment(key: str) -> str:
    """Return the key under which the time of an answer is kept: an answer itself holds no clock."""
    return f"{key}:at"


def pack(rows: pd.DataFrame) -> bytes:
    """Return the rows as bytes."""
    table = pa.Table.from_pandas(rows, preserve_index=False)
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def unpack(packed: bytes) -> pd.DataFrame:
    """Return the rows of `pack`; raise OSError, ValueError, TypeError or pa.ArrowException.

    The rows of small answers are kept beside their bytes: reading them takes longer than most
    drawings of them. Each caller gets a copy of its own, which shares what nobody writes to.
    """
    is_small = len(packed) <= KEPT_BYTES
    return _kept(packed).copy(deep=False) if is_small else _unpacked(packed)


@lru_cache(maxsize=KEPT_ANSWERS)
def _kept(packed: bytes) -> pd.DataFrame:
    return _unpacked(packed)


def _unpacked(packed: bytes) -> pd.DataFrame:
    with pa.ipc.open_stream(packed) as reader:
        # One block per column: joining them would cost more than reading them.
        return reader.read_all().to_pandas(split_blocks=True)

"""Asking a server that may be away: reads are tried twice, and nobody waits for one that hangs."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError

#: So many failures within so many seconds, and nothing is asked any more but by one at a time.
FAILURES, WITHIN_SECONDS = 5, 30.0
TRY_EACH_SECONDS = 10.0
#: What failed later than this hung: a reader has waited enough, and it is not asked again.
AT_ONCE_SECONDS = 1.0
#: As the servers put it: they answered, and what was asked took too long.
STOPPED = ("canceling statement", "TIMEOUT_EXCEEDED")

Found = TypeVar("Found")


class AwayError(Exception):
    """The server has failed again and again, and is left alone for some seconds."""


class Asking:
    """What a process knows of a server's health; an embedded engine is asked without ado."""

    def __init__(self, *, is_remote: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.is_remote = is_remote
        self.clock = clock
        self._failed_at: deque[float] = deque(maxlen=FAILURES)
        self._next_try: float | None = None
        self._lock = threading.Lock()

    def ask(self, read: Callable[[], Found]) -> Found:
        """Return what reading gives, read once more where the connection broke.

        Raises AwayError where the server is known to be away.
        """
        if not self.is_remote:
            return read()
        self._wait_for_nobody()
        started = self.clock()
        try:
            found = read()
        except (OperationalError, InterfaceError) as error:
            found = self._once_more(read, error, hung=self.clock() - started > AT_ONCE_SECONDS)
        self._answered()
        return found

    def _once_more(self, read: Callable[[], Found], error: Exception, *, hung: bool) -> Found:
        if any(words in str(error) for words in STOPPED):
            self._answered()
            raise error
        if hung:
            self._failed()
            raise error
        try:
            return read()
        except (OperationalError, InterfaceError):
            self._failed()
            raise

    def _wait_for_nobody(self) -> None:
        with self._lock:
            if self._next_try is None:
                return
            if self.clock() < self._next_try:
                raise AwayError
            # This one tries; the others are turned away until it knows.
            self._next_try = self.clock() + TRY_EACH_SECONDS

    def _failed(self) -> None:
        with self._lock:
            now = self.clock()
            self._failed_at.append(now)
            if len(self._failed_at) == FAILURES and now - self._failed_at[0] <= WITHIN_SECONDS:
                self._next_try = now + TRY_EACH_SECONDS

    def _answered(self) -> None:
        with self._lock:
            self._failed_at.clear()
            self._next_try = None

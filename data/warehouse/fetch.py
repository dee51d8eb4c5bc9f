"""The one way rows leave the warehouse: through the cache, once per question, within a deadline."""

import hashlib
import json
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pandas as pd
import structlog
from sqlalchemy import select
from sqlalchemy.exc import (
    DBAPIError,
    InterfaceError,
    NoSuchColumnError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from data import settings
from data.domain.scope import Scope
from data.warehouse.asking import Asking, AwayError
from data.warehouse.cache import Answers, Store, pack, unpack
from data.warehouse.dialects import Rows, see, see_company, speak
from data.warehouse.engine import WarehouseError
from data.warehouse.info import VersionInfo, read_info
from data.warehouse.reading import deadline, read
from data.warehouse.versions import (
    DamagedError,
    NoWarehouseError,
    Readers,
    Warehouse,
    is_damage,
    keep_intact,
    live,
    stands_in_for,
)

#: Changes whenever a release may answer the same question otherwise.
RELEASE = "0.1.0"
#: How long a process may go without looking whether a new version is live.
LOOK_AGAIN_SECONDS = 1.0
log = structlog.get_logger("warehouse")


class OtherReleaseError(WarehouseError):
    """The live version lacks what this release reads."""


class PanelError(WarehouseError):
    """A panel cannot be drawn; `kind` tells which sentence the reader gets."""

    kind = "failed"


class SlowError(PanelError):
    """The query took longer than its deadline and was cancelled in the engine."""

    kind = "slow"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Took longer than {seconds} s and was stopped.")
        self.seconds = seconds


class HeavyError(PanelError):
    """The query needed more memory than one view may have."""

    kind = "heavy"


class BusyError(PanelError):
    """Every connection is in use."""

    kind = "busy"


class UnreachableError(PanelError):
    """The warehouse does not answer."""

    kind = "unreachable"


@dataclass(frozen=True)
class Question:
    """What is asked: everything an answer depends on, and how to build its statement."""

    name: str
    version: int
    #: Canonical filters, scope and whatever else the answer depends on.
    depends_on: Mapping[str, object]
    build: Callable[[], Rows]
    #: Whose rows a server that guards them gives out; None: nobody's.
    scope: Scope | None = None
    #: Its deadline, where it is no panel's.
    seconds: int | None = None

    @property
    def key(self) -> str:
        """SHA-256 of the canonical question; two scopes never share one."""
        parts = {
            "release": RELEASE,
            "name": self.name,
            "version": self.version,
            "depends_on": self.depends_on,
        }
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Fetcher:
    """Fetches rows of one warehouse through one cache."""

    def __init__(self, warehouse: Warehouse, store: Store | None = None) -> None:
        self.warehouse = warehouse
        self.store = store
        self._answers = Answers(store)
        self.readers = Readers(warehouse)
        self._asking = Asking(is_remote=warehouse.kind != "duckdb")
        #: How often the engine was really asked; for tests.
        self.computed = 0
        self._infos: dict[int, VersionInfo] = {}
        self._flights: dict[str, Future[bytes]] = {}
        self._lock = threading.Lock()
        self._live: tuple[float, int] | None = None
        #: The damaged version without an older one to read: it is not read through again.
        self._hopeless: tuple[int, DamagedError] | None = None
        #: Why the warehouse cannot be reached, while cached answers are still given.
        self.unreachable_since: str | None = None

    # --- versions -------------------------------------------------------------------------

    def live(self) -> int:
        """Return the live version; the last one known while the warehouse does not answer."""
        now = time.monotonic()
        if self._live and now - self._live[0] < LOOK_AGAIN_SECONDS:
            return self._live[1]
        try:
            number = self._asking.ask(lambda: live(self.warehouse))
            if self.unreachable_since:
                self._try_again(number)
            self.unreachable_since = None
        except NoWarehouseError:
            raise
        except (SQLAlchemyError, AwayError) as error:
            if self._live is None:
                raise UnreachableError("The warehouse does not answer.") from error
            number = self._live[1]
            self.unreachable_since = type(error).__name__
        # Counted from now: finding out that it does not answer may have taken seconds.
        self._live = (time.monotonic(), number)
        return number

    def _try_again(self, number: int) -> None:
        """Ask for nothing: the embedded engine's pointer file can be read while its data cannot."""
        with self.readers.engine(number).connect() as connection:
            connection.execute(select(1))

    def info(self, number: int | None = None) -> VersionInfo:
        """Return what a version (default: the live one) says about itself."""
        wanted = self.live() if number is None else number
        if wanted not in self._infos:
            engine = self.readers.engine(wanted)

            def ask() -> VersionInfo:
                with engine.connect() as connection:
                    see_company(connection)
                    return read_info(connection, wanted)

            try:
                self._infos[wanted] = self._asking.ask(ask)
            except AwayError as error:
                raise UnreachableError("The warehouse does not answer.") from error
            except (ProgrammingError, NoSuchColumnError) as error:
                raise OtherReleaseError(
                    f"Version {wanted} of the data was built by another release of the "
                    "application. Run `python app.py refresh` to build it anew."
                ) from error
            except (SQLAlchemyError, duckdb.Error) as error:
                self._step_back(wanted, error)
                raise UnreachableError("The warehouse does not answer.") from error
            speak(engine.dialect, self._infos[wanted].dictionary)
        return self._infos[wanted]

    def stands_in_for(self) -> int | None:
        """Return the damaged version in whose place an older one is read, or None."""
        return stands_in_for(self.warehouse)

    def _step_back(self, number: int, error: BaseException) -> None:
        """Where the live file is damaged, let every process read the version before it."""
        if not is_damage(error):
            return
        if self._hopeless and self._hopeless[0] == number:
            raise self._hopeless[1] from error
        self.readers.forget(number)
        try:
            aside = keep_intact(self.warehouse)
        except DamagedError as hopeless:
            self._hopeless = (number, hopeless)
            raise
        self._live = None
        if aside:
            log.error("a damaged version was set aside", version=aside, why=repr(error))

    # --- rows -----------------------------------------------------------------------------

    def rows(self, question: Question) -> pd.DataFrame:
        """Return the answer, from the cache or computed once for all who wait for it."""
        cached = self._answers.get(question.key)
        if cached is not None:
            return cached
        return unpack(self._once(question))

    def answered_at(self, question: Question) -> datetime | None:
        """Return when the answer in the cache was computed; None where there is none."""
        return self._answers.kept_at(question.key)

    def uncached(self, question: Question) -> pd.DataFrame:
        """Return the answer straight from the engine."""
        return self._compute(question)

    def _once(self, question: Question) -> bytes:
        key = question.key
        with self._lock:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if not leads:
            seconds = question.seconds or settings.number("QUERY_SECONDS")
            return flight.result(timeout=seconds + 2)
        try:
            packed = pack(self._compute(question))
            self._answers.keep(key, packed)
            flight.set_result(packed)
        except BaseException as error:
            flight.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._flights[key]
        return packed

    def _compute(self, question: Question) -> pd.DataFrame:
        info = self.info(question.version)
        stmt = question.build()
        engine = self.readers.engine(question.version)
        self.computed += 1
        seconds = question.seconds or settings.number("QUERY_SECONDS")

        def ask() -> pd.DataFrame:
            with engine.connect() as connection, deadline(connection, seconds):
                if question.scope is not None:
                    see(connection, stmt, question.scope, info.dictionary)
                return read(connection, stmt)

        try:
            return self._asking.ask(ask)
        except AwayError as error:
            raise UnreachableError("The warehouse did not answer this panel.") from error
        except PoolTimeoutError as error:
            raise BusyError("Every connection to the warehouse is busy.") from error
        except (DBAPIError, duckdb.Error) as error:
            # A streamed result is interrupted while it is fetched, where nothing wraps the error.
            self._step_back(question.version, error)
            said = _panel_error(error, seconds)
            if isinstance(said, UnreachableError):
                self.unreachable_since = type(error).__name__
            raise said from error

    def sql(self, question: Question) -> str:
        """Return the statement as the engine of this warehouse would be asked, values filled in."""
        self.info(question.version)
        engine = self.readers.engine(question.version)
        return str(question.build().compile(engine, compile_kwargs={"literal_binds": True}))


def _panel_error(error: DBAPIError | duckdb.Error, seconds: int) -> PanelError:
    """Return the sentence for what the engine said."""
    said = error.orig if isinstance(error, DBAPIError) else error
    text = str(said)
    if isinstance(said, duckdb.InterruptException) or "canceling statement" in text:
        return SlowError(seconds)
    if isinstance(said, duckdb.OutOfMemoryException) or "MEMORY_LIMIT" in text:
        return HeavyError("Too much data for one view. Add a filter.")
    if "TIMEOUT_EXCEEDED" in text:
        return SlowError(seconds)
    if isinstance(error, OperationalError | InterfaceError | duckdb.OperationalError):
        return UnreachableError("The warehouse did not answer this panel.")
    return PanelError("The warehouse refused the question of this panel.")

"""The engines that read the versions in use."""

import os
import threading
import time
from contextlib import suppress

import duckdb
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from data import settings
from data.warehouse.engine import GoneError, reading_duckdb, server_engine
from data.warehouse.versions.publishing import live_or_none
from data.warehouse.versions.warehouse import Warehouse

#: Replaced versions stay open this long for pages loaded before the swap.
HELD_SECONDS = 600


def check_reading(warehouse: Warehouse) -> None:
    """Open the embedded live version once; raise NotClosedError where its engine is not closed in.

    A file that is missing or damaged is no reason not to start: older answers may be in the cache.
    """
    number = live_or_none(warehouse) if warehouse.kind == "duckdb" else None
    if number is None:
        return
    engine = reading_duckdb(warehouse.file(number))
    with suppress(SQLAlchemyError, duckdb.Error):
        engine.connect().close()
    engine.dispose()


class Readers:
    """The engines of the versions in use; a replaced one stays open for ten minutes."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self._engines: dict[int, Engine] = {}
        self._replaced_at: dict[int, float] = {}
        self._lock = threading.Lock()
        self._pid = os.getpid()

    def engine(self, number: int) -> Engine:
        """Return the engine that reads a version; raise WarehouseError where it is gone."""
        with self._lock:
            if self._pid != os.getpid():
                # A forked worker must not share connections with its parent.
                self._engines, self._replaced_at, self._pid = {}, {}, os.getpid()
            if number not in self._engines:
                self._engines[number] = self._open(number)
            self._retire(number)
            return self._engines[number]

    def _open(self, number: int) -> Engine:
        if self.warehouse.kind != "duckdb":
            name = self.warehouse.name(number)
            # A little more than the longest question may take.
            within = settings.number("EXPORT_SECONDS") + 2
            engine = server_engine(self.warehouse.url, within=within)
            return engine.execution_options(schema_translate_map={None: name})
        path = self.warehouse.file(number)
        if not path.exists():
            raise GoneError(f"Version {number} of the data is gone. Reload the page.")
        return reading_duckdb(path)

    def forget(self, number: int) -> None:
        """Let go of a version whose file was set aside."""
        with self._lock:
            self._replaced_at.pop(number, None)
            if engine := self._engines.pop(number, None):
                engine.dispose()

    def close(self) -> None:
        """Close every connection; the next question opens new ones."""
        with self._lock:
            for engine in self._engines.values():
                engine.dispose()
            self._engines.clear()
            self._replaced_at.clear()

    def _retire(self, newest: int) -> None:
        now = time.monotonic()
        for number in [n for n in self._engines if n < newest]:
            since = self._replaced_at.setdefault(number, now)
            if now - since > HELD_SECONDS:
                self._engines.pop(number).dispose()
                del self._replaced_at[number]

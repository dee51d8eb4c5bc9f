"""Which warehouse version is live, and how a new one comes to be: built aside, published at once.

DuckDB keeps one file per version under `VAR/warehouse` and a pointer file `CURRENT`. A server
keeps one schema (ClickHouse: database) per version and a log of publications in the schema
`cockpit`; the newest row is live. A version never changes after it is published.
"""

import fcntl
import os
import re
import shutil
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    Text,
    inspect,
    select,
)
from sqlalchemy.schema import CreateSchema, DropSchema

from data import settings
from data.warehouse.engine import (
    WarehouseError,
    building_duckdb,
    reading_duckdb,
    server_engine,
)

CONTROL = "cockpit"
_CONTROL_META = MetaData()
_PUBLICATION = Table(
    "publication",
    _CONTROL_META,
    Column("sequence", BigInteger, autoincrement=False),
    Column("version", BigInteger),
    Column("name", Text),
    schema=CONTROL,
    info={"sort": ("sequence",)},
)

#: Replaced versions stay open this long for pages loaded before the swap.
HELD_SECONDS = 600


class NoWarehouseError(WarehouseError):
    """Nothing was imported yet."""


@dataclass(frozen=True)
class Warehouse:
    """Where versions live: a folder of DuckDB files, or a server."""

    url: str
    var: Path
    schema: str = ""

    @property
    def kind(self) -> str:
        """`duckdb`, `postgresql` or `clickhouse`."""
        head = self.url.split(":", 1)[0].split("+", 1)[0]
        return {"": "duckdb", "clickhousedb": "clickhouse"}.get(head, head)

    @property
    def folder(self) -> Path:
        """The folder of the embedded versions, the lock and the staging files."""
        return self.var / "warehouse"

    @property
    def staging(self) -> Path:
        """The folder that an import may read and write."""
        return self.folder / "staging"

    @cached_property
    def server(self) -> Engine:
        """The engine of the server; only for PostgreSQL and ClickHouse."""
        return server_engine(self.url)

    def file(self, number: int) -> Path:
        """The DuckDB file of a version."""
        return self.folder / f"v{number:06d}.duckdb"

    def name(self, number: int) -> str:
        """The schema of a version on a server."""
        return f"{CONTROL}_v{number:06d}"


@dataclass
class Build:
    """A version being built: nobody sees it before it is published."""

    number: int
    connection: Connection
    warehouse: Warehouse
    #: The live version that it follows, or None.
    follows: int | None = None
    truth: dict[str, Any] = field(default_factory=dict[str, Any])


def open_warehouse(url: str | None = None, *, var: Path | None = None) -> Warehouse:
    """Return the warehouse that the settings (or the arguments) name."""
    return Warehouse(
        url=settings.value("WAREHOUSE_URL") if url is None else url,
        var=settings.var() if var is None else var,
        schema=settings.value("WAREHOUSE_SCHEMA"),
    )


def live(warehouse: Warehouse) -> int:
    """Return the number of the live version; raise NoWarehouseError where there is none."""
    number = _live_file(warehouse) if warehouse.kind == "duckdb" else _live_row(warehouse)
    if number is None:
        raise NoWarehouseError(
            "There are no data yet. Run `python app.py demo` for the demo company or "
            "`python app.py import FILE…` for your own."
        )
    return number


def published(warehouse: Warehouse) -> list[int]:
    """Return the versions that can be read, oldest first."""
    if warehouse.kind == "duckdb":
        return sorted(_number(p.name) for p in warehouse.folder.glob("v??????.duckdb"))
    schemas = inspect(warehouse.server).get_schema_names()
    return sorted(_number(s) for s in schemas if re.fullmatch(rf"{CONTROL}_v\d{{6}}", s))


def _number(name: str) -> int:
    return int(re.sub(r"\D", "", name))


def _live_file(warehouse: Warehouse) -> int | None:
    try:
        return _number((warehouse.folder / "CURRENT").read_text().split(".", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _live_row(warehouse: Warehouse) -> int | None:
    if not inspect(warehouse.server).has_table(_PUBLICATION.name, schema=CONTROL):
        return None
    newest = select(_PUBLICATION.c.version).order_by(_PUBLICATION.c.sequence.desc()).limit(1)
    with warehouse.server.connect() as connection:
        return connection.execute(newest).scalar()


def publish(warehouse: Warehouse, number: int) -> None:
    """Make a version the live one, in one atomic step."""
    if warehouse.kind == "duckdb":
        pointer = warehouse.folder / "CURRENT"
        _write_durably(pointer.with_suffix(".next"), f"v{number:06d}.duckdb\n")
        os.replace(pointer.with_suffix(".next"), pointer)
        _sync_folder(warehouse.folder)
        return
    with warehouse.server.begin() as connection:
        if not inspect(connection).has_schema(CONTROL):
            connection.execute(CreateSchema(CONTROL))
        if not inspect(connection).has_table(_PUBLICATION.name, schema=CONTROL):
            _CONTROL_META.create_all(connection, checkfirst=False)
        sequence = select(_PUBLICATION.c.sequence).order_by(_PUBLICATION.c.sequence.desc())
        last = connection.execute(sequence.limit(1)).scalar() or 0
        row = {"sequence": last + 1, "version": number, "name": warehouse.name(number)}
        connection.execute(_PUBLICATION.insert(), [row])


def undo(warehouse: Warehouse) -> int:
    """Publish the version before the live one and return its number."""
    now = live(warehouse)
    before = [n for n in published(warehouse) if n < now]
    if not before:
        raise WarehouseError(f"Version {now} is the oldest one kept, so there is nothing to undo.")
    publish(warehouse, before[-1])
    return before[-1]


def _write_durably(path: Path, text: str) -> None:
    with path.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def building_lock(warehouse: Warehouse) -> Generator[bool]:
    """Let one build run at a time; yields whether another one had to be waited for."""
    warehouse.staging.mkdir(parents=True, exist_ok=True)
    with (warehouse.folder / "build.lock").open("w") as lock:
        waited = False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = True
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield waited


@contextmanager
def new_version(warehouse: Warehouse) -> Generator[Build]:
    """Yield a version to fill; publish it on a clean exit and remove it on any other.

    A process killed inside leaves only a half-built file or schema, which the next build removes.
    """
    with building_lock(warehouse):
        _remove_unfinished(warehouse)
        known = published(warehouse)
        number = max(known, default=0) + 1
        follows = _live_file(warehouse) if warehouse.kind == "duckdb" else _live_row(warehouse)
        make = _new_file if warehouse.kind == "duckdb" else _new_schema
        with make(warehouse, number, follows) as build:
            yield build
        publish(warehouse, number)
        _remove_old(warehouse)


@contextmanager
def _new_file(warehouse: Warehouse, number: int, follows: int | None) -> Generator[Build]:
    unfinished = warehouse.folder / f"building-{number:06d}.duckdb"
    engine = building_duckdb(unfinished, folders=[warehouse.folder])
    try:
        with engine.connect() as connection:
            yield Build(number, connection, warehouse, follows)
            connection.commit()
            connection.exec_driver_sql("CHECKPOINT")
    except BaseException:
        engine.dispose()
        _remove_unfinished(warehouse)
        raise
    engine.dispose()
    shutil.rmtree(f"{unfinished}.spill", ignore_errors=True)
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(unfinished, warehouse.file(number))


@contextmanager
def _new_schema(warehouse: Warehouse, number: int, follows: int | None) -> Generator[Build]:
    name = warehouse.name(number)
    engine = warehouse.server.execution_options(schema_translate_map={None: name})
    with engine.connect() as connection:
        connection.execute(CreateSchema(name))
        connection.commit()
        try:
            yield Build(number, connection, warehouse, follows)
            connection.commit()
        except BaseException:
            connection.rollback()
            _drop_schema(connection, name)
            raise


def _drop_schema(connection: Connection, name: str) -> None:
    is_postgresql = connection.dialect.name == "postgresql"
    connection.execute(DropSchema(name, cascade=is_postgresql))
    connection.commit()


def _remove_unfinished(warehouse: Warehouse) -> None:
    """Remove what a killed build left behind."""
    if warehouse.kind == "duckdb":
        for path in warehouse.folder.glob("building-*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    newest = _live_row(warehouse)
    stale = [n for n in published(warehouse) if n not in _publications(warehouse)]
    with warehouse.server.connect() as connection:
        for number in stale:
            if number != newest:
                _drop_schema(connection, warehouse.name(number))


def _publications(warehouse: Warehouse) -> set[int]:
    if not inspect(warehouse.server).has_table(_PUBLICATION.name, schema=CONTROL):
        return set()
    with warehouse.server.connect() as connection:
        return {n for (n,) in connection.execute(select(_PUBLICATION.c.version))}


def _remove_old(warehouse: Warehouse) -> None:
    """Remove versions beyond the number that is kept for undo; never the live one."""
    now = live(warehouse)
    keep = max(2, settings.number("KEEP_VERSIONS"))
    for number in published(warehouse)[:-keep]:
        if number == now:
            continue
        if warehouse.kind == "duckdb":
            warehouse.file(number).unlink(missing_ok=True)
        else:
            with warehouse.server.connect() as connection:
                _drop_schema(connection, warehouse.name(number))


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
            engine = server_engine(self.warehouse.url)
            return engine.execution_options(schema_translate_map={None: name})
        path = self.warehouse.file(number)
        if not path.exists():
            raise WarehouseError(f"Version {number} of the data is gone. Reload the page.")
        return reading_duckdb(path)

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

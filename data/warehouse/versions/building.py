"""Building a new version beside the live one, and removing old ones."""

import fcntl
import os
import shutil
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.schema import CreateSchema, DropSchema

from data import settings
from data.warehouse.dialects import guard_rows
from data.warehouse.engine import building_duckdb
from data.warehouse.marts import MARTS
from data.warehouse.versions.damaged import damaged, numbers_taken
from data.warehouse.versions.publishing import (
    Noting,
    live,
    live_or_none,
    live_row,
    publications,
    publish,
    published,
    unnoted,
)
from data.warehouse.versions.warehouse import Warehouse


@dataclass
class Build:
    """A version being built: nobody sees it before it is published."""

    number: int
    connection: Connection
    warehouse: Warehouse
    #: The live version that it follows, or None.
    follows: int | None = None
    #: What shall be said of its publication.
    told: dict[str, Any] = field(default_factory=dict[str, Any])


@contextmanager
def building_lock(warehouse: Warehouse) -> Generator[bool]:
    """Let one build run at a time; yields whether another one had to be waited for."""
    warehouse.staging.mkdir(parents=True, exist_ok=True)
    # Opened to append: whoever waits must not wipe off since when the other one builds.
    with _lock_file(warehouse).open("a") as lock:
        waited = False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = True
            fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(datetime.now(UTC).isoformat(timespec="seconds"))
        lock.flush()
        yield waited


def _lock_file(warehouse: Warehouse) -> Path:
    return warehouse.folder / "build.lock"


def building_since(warehouse: Warehouse) -> datetime | None:
    """Return since when (UTC) another process builds a version; None where none does."""
    try:
        with _lock_file(warehouse).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return datetime.fromisoformat(_lock_file(warehouse).read_text())
    except FileNotFoundError:
        return None
    return None


@contextmanager
def new_version(warehouse: Warehouse, *, noting: Noting = unnoted) -> Generator[Build]:
    """Yield a version to fill; publish it on a clean exit and remove it on any other.

    It is published within `noting`, which is handed its number and what the build tells. A process
    killed inside leaves only a half-built file or schema, which the next build removes.
    """
    with building_lock(warehouse):
        with _next(warehouse) as build:
            yield build
        try:
            with noting(build.number, build.told):
                publish(warehouse, build.number)
        except BaseException:
            _remove_unpublished(warehouse, build.number)
            raise
        _remove_old(warehouse)


@contextmanager
def scratch_version(warehouse: Warehouse) -> Generator[Build]:
    """Yield a version to fill and to learn from: it is removed in the end and nobody sees it."""
    with building_lock(warehouse), suppress(_ScratchDoneError), _next(warehouse) as build:
        yield build
        raise _ScratchDoneError


class _ScratchDoneError(Exception):
    """A version that was never to be published has served its purpose."""


def _next(warehouse: Warehouse) -> AbstractContextManager[Build]:
    """Return a version under the next number, after what builds before have left is removed."""
    _remove_unfinished(warehouse)
    number = max(numbers_taken(warehouse), default=0) + 1
    make = _new_file if warehouse.kind == "duckdb" else _new_schema
    return make(warehouse, number, live_or_none(warehouse))


@contextmanager
def _new_file(warehouse: Warehouse, number: int, follows: int | None) -> Generator[Build]:
    unfinished = warehouse.folder / f"building-{number:06d}.duckdb"
    engine = building_duckdb(unfinished, folders=[warehouse.folder])
    try:
        with engine.connect() as connection, _thrown_away_on_failure(connection):
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
def _thrown_away_on_failure(connection: Connection) -> Generator[None]:
    """Take nothing back where the file itself goes: on a full disk that would fail once more."""
    try:
        yield
    except BaseException:
        connection.invalidate()
        raise


@contextmanager
def _new_schema(warehouse: Warehouse, number: int, follows: int | None) -> Generator[Build]:
    name = warehouse.name(number)
    engine = warehouse.server.execution_options(schema_translate_map={None: name})
    with engine.connect() as connection:
        connection.execute(CreateSchema(name))
        connection.commit()
        try:
            yield Build(number, connection, warehouse, follows)
            guard_rows(connection, MARTS.sorted_tables, schema=name)
            connection.commit()
        except BaseException:
            connection.rollback()
            _drop_schema(connection, name)
            raise


@contextmanager
def version_before(build: Build) -> Generator[str | None]:
    """Let the build read the version that it follows, and yield its schema; None without one.

    What was written inside is committed: the embedded engine lets go of a file between two
    transactions only.
    """
    if build.follows is None:
        yield None
        return
    if build.warehouse.kind != "duckdb":
        yield build.warehouse.name(build.follows)
        build.connection.commit()
        return
    path = str(build.warehouse.file(build.follows)).replace("'", "''")
    build.connection.exec_driver_sql(f"ATTACH '{path}' AS previous (READ_ONLY)")
    yield "previous.main"
    build.connection.commit()
    build.connection.exec_driver_sql("DETACH previous")


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
    newest = live_row(warehouse)
    stale = [n for n in published(warehouse) if n not in publications(warehouse)]
    with warehouse.server.connect() as connection:
        for number in stale:
            if number != newest:
                _drop_schema(connection, warehouse.name(number))


def _remove_old(warehouse: Warehouse) -> None:
    """Remove versions beyond the number that is kept for undo; never the live one."""
    now = live(warehouse)
    keep = max(2, settings.number("KEEP_VERSIONS"))
    for number in published(warehouse)[:-keep]:
        if number != now:
            _remove(warehouse, number)
    for path in damaged(warehouse) if warehouse.kind == "duckdb" else ():
        path.unlink(missing_ok=True)


def _remove_unpublished(warehouse: Warehouse, number: int) -> None:
    """Remove a version that could not be published: an undo must not find it."""
    if live_or_none(warehouse) != number:
        _remove(warehouse, number)


def _remove(warehouse: Warehouse, number: int) -> None:
    if warehouse.kind == "duckdb":
        warehouse.file(number).unlink(missing_ok=True)
    else:
        with warehouse.server.connect() as connection:
            _drop_schema(connection, warehouse.name(number))

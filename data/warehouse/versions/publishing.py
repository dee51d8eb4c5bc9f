"""Which version is live: read, published and undone, atomically."""

import os
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.schema import CreateSchema

from data.warehouse.engine import WarehouseError
from data.warehouse.versions.warehouse import (
    CONTROL,
    CONTROL_META,
    PUBLICATION,
    NoWarehouseError,
    Warehouse,
)

#: Within what a version is published: it is handed the number and what there is to tell of it.
Noting = Callable[[int, Mapping[str, Any]], AbstractContextManager[None]]


def unnoted(_version: int, _told: Mapping[str, Any]) -> AbstractContextManager[None]:
    """Publish without a word."""
    return nullcontext()


def live(warehouse: Warehouse) -> int:
    """Return the number of the live version; raise NoWarehouseError where there is none."""
    number = live_or_none(warehouse)
    if number is None:
        raise NoWarehouseError(
            "There are no data yet. Run `python app.py demo` for the demo company or "
            "`python app.py import FILE…` for your own."
        )
    return number


def live_or_none(warehouse: Warehouse) -> int | None:
    """Return the number of the live version, or None."""
    return live_file(warehouse) if warehouse.kind == "duckdb" else live_row(warehouse)


def published(warehouse: Warehouse) -> list[int]:
    """Return the versions that can be read, oldest first."""
    if warehouse.kind == "duckdb":
        return sorted(number_of(p.name) for p in warehouse.folder.glob("v??????.duckdb"))
    schemas = inspect(warehouse.server).get_schema_names()
    return sorted(number_of(s) for s in schemas if re.fullmatch(rf"{CONTROL}_v\d{{6}}", s))


def number_of(name: str) -> int:
    """Return the number in the name of a file or schema."""
    return int(re.sub(r"\D", "", name))


def live_file(warehouse: Warehouse) -> int | None:
    """Return the version that the pointer file names, or None.

    Where its file was set aside as damaged, or is gone, the newest older one takes its place.
    """
    named = named_file(warehouse)
    if named is None or warehouse.file(named).exists():
        return named
    return max((n for n in published(warehouse) if n < named), default=named)


def named_file(warehouse: Warehouse) -> int | None:
    """Return the version that the pointer file names, whether it can be read or not."""
    try:
        return number_of((warehouse.folder / "CURRENT").read_text().split(".", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def live_row(warehouse: Warehouse) -> int | None:
    """Return the version of the newest publication on a server, or None."""
    if not inspect(warehouse.server).has_table(PUBLICATION.name, schema=CONTROL):
        return None
    newest = select(PUBLICATION.c.version).order_by(PUBLICATION.c.sequence.desc()).limit(1)
    with warehouse.server.connect() as connection:
        return connection.execute(newest).scalar()


def publish(warehouse: Warehouse, number: int) -> None:
    """Make a version the live one, in one atomic step."""
    if warehouse.kind == "duckdb":
        pointer = warehouse.folder / "CURRENT"
        _write_durably(pointer.with_suffix(".next"), f"v{number:06d}.duckdb\n")
        os.replace(pointer.with_suffix(".next"), pointer)
        sync_folder(warehouse.folder)
        return
    with warehouse.server.begin() as connection:
        if not inspect(connection).has_schema(CONTROL):
            connection.execute(CreateSchema(CONTROL))
        if not inspect(connection).has_table(PUBLICATION.name, schema=CONTROL):
            CONTROL_META.create_all(connection, checkfirst=False)
        sequence = select(PUBLICATION.c.sequence).order_by(PUBLICATION.c.sequence.desc())
        last = connection.execute(sequence.limit(1)).scalar() or 0
        row = {"sequence": last + 1, "version": number, "name": warehouse.name(number)}
        connection.execute(PUBLICATION.insert(), [row])


def undo(warehouse: Warehouse, *, noting: Noting = unnoted) -> int:
    """Publish the version before the live one and return its number."""
    now = live(warehouse)
    before = [n for n in published(warehouse) if n < now]
    if not before:
        raise WarehouseError(f"Version {now} is the oldest one kept, so there is nothing to undo.")
    with noting(before[-1], {"instead_of": now}):
        publish(warehouse, before[-1])
    return before[-1]


def _write_durably(path: Path, text: str) -> None:
    with path.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def publications(warehouse: Warehouse) -> set[int]:
    """Return the numbers of the versions that were ever published on a server."""
    if not inspect(warehouse.server).has_table(PUBLICATION.name, schema=CONTROL):
        return set()
    with warehouse.server.connect() as connection:
        return {n for (n,) in connection.execute(select(PUBLICATION.c.version))}

"""A version whose file is damaged: found, set aside, and the one before read in its place."""

import fcntl
import os
import re
from pathlib import Path

import duckdb
from sqlalchemy import func, inspect, select, table
from sqlalchemy.exc import DBAPIError

from data.warehouse.engine import WarehouseError, reading_duckdb
from data.warehouse.versions.publishing import live_file, named_file, number_of, published
from data.warehouse.versions.warehouse import Warehouse

#: How DuckDB 1.x puts it: a block's checksum differs, the header is another's, the end is missing.
_DAMAGE = re.compile(
    "Corrupt database file|not a valid DuckDB database file|Could not read enough bytes"
)


class DamagedError(WarehouseError):
    """The live version cannot be read, and there is no older one that can."""


def is_damage(error: BaseException) -> bool:
    """Whether the engine says that the file itself is damaged, and not that it is busy or away."""
    return bool(_DAMAGE.search(str(error)))


def is_intact(path: Path) -> bool:
    """Read every block of a version, whose checksums the engine compares; some 2 s per GB."""
    engine = reading_duckdb(path)
    try:
        with engine.connect() as connection:
            for name in inspect(connection).get_table_names():
                rows = table(name).alias("t")
                connection.execute(select(func.bit_xor(func.hash(rows.table_valued()))))
    except (DBAPIError, duckdb.Error) as error:
        if is_damage(error):
            return False
        raise
    finally:
        engine.dispose()
    return True


def keep_intact(warehouse: Warehouse) -> int | None:
    """Set the live version aside where it is damaged; return the number of one that was.

    Every process then reads the newest older version that is intact. Raises DamagedError where
    there is none: the file is left where it is.
    """
    if warehouse.kind != "duckdb" or not warehouse.folder.exists():
        return None
    with (warehouse.folder / "damaged.lock").open("w") as lock:
        # Several workers find the same damage at once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _keep_intact(warehouse)


def _keep_intact(warehouse: Warehouse) -> int | None:
    number = live_file(warehouse)
    if number is None or not warehouse.file(number).exists() or is_intact(warehouse.file(number)):
        return None
    older = [n for n in published(warehouse) if n < number]
    while older and not is_intact(warehouse.file(older[-1])):
        _set_aside(warehouse, older.pop())
    if not older:
        raise DamagedError(
            f"{warehouse.file(number)} is damaged, and no older version is intact. Run `python "
            "app.py restore` with a backup, or import the files again."
        )
    _set_aside(warehouse, number)
    return number


def _set_aside(warehouse: Warehouse, number: int) -> None:
    os.replace(warehouse.file(number), warehouse.folder / f"damaged-{number:06d}.duckdb")


def damaged(warehouse: Warehouse) -> list[Path]:
    """Return the files that were set aside, oldest first."""
    return sorted(warehouse.folder.glob("damaged-??????.duckdb"))


def numbers_taken(warehouse: Warehouse) -> set[int]:
    """Return every number that a version has had: what was read under it may still be cached."""
    if warehouse.kind != "duckdb":
        return set(published(warehouse))
    aside = {number_of(path.name.split(".", 1)[0]) for path in damaged(warehouse)}
    return {*published(warehouse), *aside, named_file(warehouse) or 0}


def stands_in_for(warehouse: Warehouse) -> int | None:
    """Return the version that should be live while an older one is read in its place, or None."""
    if warehouse.kind != "duckdb":
        return None
    named = named_file(warehouse)
    return named if named != live_file(warehouse) else None

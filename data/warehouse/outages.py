"""What a disk, a file or a server said when it gave up, as one sentence."""

import errno
import re

import duckdb
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from data.state.engine import StateError
from data.warehouse.engine import WarehouseError
from data.warehouse.versions import DamagedError, Warehouse, keep_intact

NO_SPACE = "Not enough disk space – nothing was changed. Free some, then try again."
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
#: As DuckDB, PostgreSQL, ClickHouse and SQLite put it; none of them hands on the number.
_FULL_WORDS = re.compile(
    "no space left|file too large|disk quota|disk is full|disk full|not enough space", re.IGNORECASE
)
#: Of what a server said; some add the whole exchange.
MOST_LETTERS = 160


def sentence_of(error: Exception) -> str | None:
    """Return what to tell whoever ran a command; None where only the code can be to blame."""
    if _is_full(error):
        return NO_SPACE
    if isinstance(error, WarehouseError | StateError):
        return str(error)
    if isinstance(error, OperationalError | InterfaceError):
        said = str(error.orig).strip().split("\n")[0].rstrip(".")[:MOST_LETTERS]
        return (
            f"The warehouse does not answer: {said}. Nothing was changed; check that it is "
            "reachable and WAREHOUSE_URL right, then try again."
        )
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename} cannot be used: {error.strerror}."
    return None


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    if isinstance(error, DBAPIError | duckdb.Error) and _FULL_WORDS.search(str(error)):
        return True
    return error.__cause__ is not None and _is_full(error.__cause__)


def look_through(warehouse: Warehouse) -> str:
    """Look for damage before the workers start; return what was found, empty where nothing was.

    Pages that need no data are served all the same.
    """
    try:
        aside = keep_intact(warehouse)
    except (DamagedError, SQLAlchemyError, duckdb.Error) as error:
        return sentence_of(error) or str(error)
    return f"Version {aside} of the data is damaged: the one before is read." if aside else ""

"""Rows as numpy arrays and back: how the fits read the engine and give it their tables."""

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlalchemy import Connection, Table

from data.warehouse.append import append
from data.warehouse.dialects import Rows

Arrays = Mapping[str, npt.NDArray[Any]]


def read_arrays(connection: Connection, stmt: Rows) -> dict[str, npt.NDArray[Any]]:
    """Return each column of a statement as an array: float64 (blank is NaN) or text."""
    names = [c.name for c in stmt.selected_columns]
    if connection.dialect.name == "duckdb":
        result: Any = connection.execution_options(duckdb_arrow=True).execute(stmt)
        table = cast("pa.Table", result.cursor.to_arrow_table())
        columns = [_plain(c.to_numpy(zero_copy_only=False)) for c in table.columns]
    else:
        rows = connection.execute(stmt).fetchall()
        columns = [
            _plain(np.array([row[i] for row in rows], dtype=object)) for i in range(len(names))
        ]
    return dict(zip(names, columns, strict=True))


def _plain(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if column.dtype.kind in "iufb":
        return column.astype(np.float64)
    given = column[column != np.array(None)]
    if given.size and isinstance(given[0], str):
        return column
    return np.array([np.nan if v is None else float(v) for v in column], dtype=np.float64)


def append_arrays(connection: Connection, table: Table, columns: Mapping[str, Any]) -> int:
    """Insert arrays as rows of a table, integer columns as integers; return the number of rows."""
    typed = {n: pa.array(v, type=_TYPES.get(str(table.c[n].type))) for n, v in columns.items()}
    return append(connection, table, pa.table(typed))


_TYPES = {
    "INTEGER": pa.int32(),
    "SMALLINT": pa.int16(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "TEXT": pa.string(),
}

"""Bulk insert of Arrow batches, the fastest way each engine has."""

from typing import Any, cast

import pyarrow as pa
from sqlalchemy import Connection, Table, insert

#: Rows per statement where an engine takes rows one by one.
CHUNK = 5_000


def append(connection: Connection, table: Table, batch: pa.Table) -> int:
    """Insert the batch into the table, columns matched by name; return the number of rows."""
    if batch.num_rows == 0:
        return 0
    if connection.dialect.name == "duckdb":
        _append_duckdb(connection, table, batch)
    else:
        _append_rows(connection, table, batch)
    return batch.num_rows


def _append_duckdb(connection: Connection, table: Table, batch: pa.Table) -> None:
    raw: Any = connection.connection.driver_connection
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(n) for n in batch.column_names)
    raw.register("incoming", batch)
    try:
        target = connection.dialect.identifier_preparer.format_table(table)
        raw.execute(f"INSERT INTO {target} ({names}) SELECT {names} FROM incoming")  # noqa: S608 -- names come from the schema
    finally:
        raw.unregister("incoming")


def _append_rows(connection: Connection, table: Table, batch: pa.Table) -> None:
    for start in range(0, batch.num_rows, CHUNK):
        rows = cast("list[dict[str, Any]]", batch.slice(start, CHUNK).to_pylist())
        connection.execute(insert(table), rows)

"""Bulk insert of Arrow batches, the fastest way each engine has."""

from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, Table

#: Rows that are turned into Python values at a time where an engine copies row by row.
CHUNK = 20_000


def append(connection: Connection, table: Table, batch: pa.Table) -> int:
    """Insert the batch into the table, columns matched by name; return the number of rows."""
    if batch.num_rows:
        _WAYS[connection.dialect.name](connection, table, batch)
    return batch.num_rows


def _append_duckdb(connection: Connection, table: Table, batch: pa.Table) -> None:
    raw: Any = connection.connection.driver_connection
    names = _names(connection, batch)
    raw.register("incoming", batch)
    try:
        target = qualified(connection, table)
        raw.execute(f"INSERT INTO {target} ({names}) SELECT {names} FROM incoming")  # noqa: S608 -- names come from the schema
    finally:
        raw.unregister("incoming")


def _append_postgresql(connection: Connection, table: Table, batch: pa.Table) -> None:
    raw: Any = connection.connection.driver_connection
    copy = f"COPY {qualified(connection, table)} ({_names(connection, batch)}) FROM STDIN"
    with raw.cursor() as cursor, cursor.copy(copy) as lines:
        for start in range(0, batch.num_rows, CHUNK):
            columns = [c.to_pylist() for c in batch.slice(start, CHUNK).columns]
            for row in zip(*columns, strict=True):
                lines.write_row(row)


def _append_clickhouse(connection: Connection, table: Table, batch: pa.Table) -> None:
    raw: Any = connection.connection.driver_connection
    raw.client.insert_arrow(table.name, batch, database=_schema(connection))


_WAYS = {
    "duckdb": _append_duckdb,
    "postgresql": _append_postgresql,
    "clickhousedb": _append_clickhouse,
}


def _names(connection: Connection, batch: pa.Table) -> str:
    quote = connection.dialect.identifier_preparer.quote
    return ", ".join(quote(n) for n in batch.column_names)


def _schema(connection: Connection) -> str | None:
    return connection.get_execution_options().get("schema_translate_map", {}).get(None)


def qualified(connection: Connection, table: Table) -> str:
    """Return the table's name in the version that the connection writes."""
    prepare = connection.dialect.identifier_preparer
    name, schema = prepare.quote(table.name), _schema(connection)
    return f"{prepare.quote(schema)}.{name}" if schema else name

"""Reading the rows of a statement within its deadline, in the types that pages expect."""

import threading
from decimal import Decimal
from typing import Any, cast

import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection

from data.warehouse.dialects import TEN_THOUSANDTHS, Cents, Rows
from data.warehouse.engine import CLICKHOUSE_SETTINGS


class deadline:  # noqa: N801 -- reads as a statement where it is used
    """Cancel the connection's query in the engine after some seconds."""

    def __init__(self, connection: Connection, seconds: float) -> None:
        self.connection = connection
        self.seconds = seconds
        self.timer: threading.Timer | None = None

    def __enter__(self) -> None:
        name = self.connection.dialect.name
        if name == "duckdb":
            raw: Any = self.connection.connection.driver_connection
            self.timer = threading.Timer(self.seconds, raw.interrupt)
            self.timer.daemon = True
            self.timer.start()
        elif name == "postgresql":
            self.connection.exec_driver_sql(f"SET statement_timeout = {int(self.seconds * 1000)}")
        elif name == "clickhousedb":
            # Of this connection alone: it goes back to the pool with what the engine says.
            limit = {"max_execution_time": self.seconds}
            self.connection.execution_options(settings={**CLICKHOUSE_SETTINGS, **limit})

    def __exit__(self, *_exc: object) -> None:
        if self.timer is not None:
            self.timer.cancel()


def read(connection: Connection, stmt: Rows) -> pd.DataFrame:
    """Return the rows of a statement."""
    money = [c.name for c in stmt.selected_columns if isinstance(c.type, Cents)]
    if connection.dialect.name == "duckdb":
        result: Any = connection.execution_options(duckdb_arrow=True).execute(stmt)
        rows = cast("pa.Table", result.cursor.to_arrow_table()).to_pandas()
    else:
        found = connection.execute(stmt)
        rows = pd.DataFrame(found.fetchall(), columns=list(found.keys()))
    return _plain(rows, money)


def _plain(rows: pd.DataFrame, money: list[str]) -> pd.DataFrame:
    """Return the rows as numbers, text and dates: money in the currency, never ten-thousandths."""
    for name in rows.columns:
        column = rows[name]
        if isinstance(column.dtype, pd.CategoricalDtype):
            rows[name] = column.astype(object).where(column.notna(), None)
        elif column.dtype == object and any(isinstance(v, Decimal) for v in column):
            rows[name] = pd.to_numeric(column.map(_number))
    for name in money:
        rows[name] = rows[name].astype("float64") / TEN_THOUSANDTHS
    return rows


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value

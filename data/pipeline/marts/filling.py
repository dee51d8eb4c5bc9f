"""The verbs that fill and empty tables, and the expressions that all steps share."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, Table, and_, func, insert, literal
from sqlalchemy.sql.selectable import SelectBase

from data.domain.period import Period
from data.warehouse.append import qualified
from data.warehouse.dialects import sum_cents, sum_int
from data.warehouse.marts.columns import MONEY_FACTS


def fill(connection: Connection, table: Table, stmt: SelectBase) -> None:
    """Insert the statement's rows, its columns matched by name; missing columns stay null."""
    names = [c.name for c in stmt.selected_columns]
    connection.execute(insert(table).from_select(names, stmt, include_defaults=False))
    count(connection, table)


def count(connection: Connection, table: Table) -> None:
    """Let PostgreSQL see how many rows there are: it plans new tables as if they were empty."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ANALYZE {qualified(connection, table)}")


def clear(connection: Connection, table: Table) -> None:
    """Empty a work table."""
    connection.exec_driver_sql(f"TRUNCATE TABLE {qualified(connection, table)}")


def zero(expression: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the expression with null read as 0: where no row means none."""
    return func.coalesce(expression, literal(0))


def day_literal(day: date) -> ColumnElement[date]:
    """Return a date as a typed bound value."""
    return literal(day, Date())


def sum_of(fact: str) -> Any:
    """Return the sum that fits a fact: money stays money."""
    return sum_cents if fact in MONEY_FACTS else sum_int


def within(day: Any, period: Period) -> ColumnElement[bool]:
    """Return whether a day lies in the half-open period."""
    return and_(day >= day_literal(period.since), day < day_literal(period.until))

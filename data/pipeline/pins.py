"""Month ends as they were known when they closed, kept from version to version.

A month closes at the first refresh whose as-of day is past it: what its customers were by that
refresh is pinned. Month ends from before the first version are recomputed each time.
"""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Text, cast, func, insert, inspect, literal, select

from data.domain.period import Calendar, month_start
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import clear, fill
from data.warehouse.marts import customer_current, customer_snapshot
from data.warehouse.pins import PINS, closing, pinned_end


def pin_closed_months(context: Context) -> date | None:
    """Pin the months that closed since the last refresh; return the first pinned month, if any."""
    connection = context.connection
    before = _last_closing(connection)
    months = _closed_since(before, context.calendar) if before else None
    if months:
        fill(connection, pinned_end, _snapshot(*months, context.calendar.as_of))
    clear(connection, closing)
    connection.execute(
        insert(closing), [{"as_of": max(before or date.min, context.calendar.as_of)}]
    )
    return connection.execute(select(func.min(pinned_end.c.month))).scalar_one()


def _last_closing(connection: Connection) -> date | None:
    """Return the as-of day of the refresh before, the tables made where it left none."""
    schema = connection.get_execution_options().get("schema_translate_map", {}).get(None)
    there = set(inspect(connection).get_table_names(schema=schema))
    missing = [t for t in PINS.sorted_tables if t.name not in there]
    PINS.create_all(connection, tables=missing, checkfirst=False)
    return connection.execute(select(func.max(closing.c.as_of))).scalar_one()


def _closed_since(before: date, calendar: Calendar) -> tuple[date, date] | None:
    """Return the first month that was open then, and the first that still is; None if no other."""
    since = Calendar(before, before).last_closed
    until = month_start(calendar.until)
    return (since, until) if since < until else None


def _snapshot(since: date, until: date, as_of: date) -> Any:
    s, c = customer_snapshot.c, customer_current.c
    return (
        select(
            s.month,
            c.customer_id,
            cast(s.tier, Text).label("tier"),
            cast(s.lifecycle, Text).label("lifecycle"),
            *(s[n] for n in ("score", "value", "is_churned", "model")),
            literal(as_of).label("as_of"),
        )
        .select_from(customer_snapshot.join(customer_current, c.customer_no == s.customer_no))
        .where(s.month >= literal(since), s.month < literal(until))
        .order_by(s.month, c.customer_id)
    )

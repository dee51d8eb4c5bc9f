"""What a refresh finds in the contract tables: rows, first and last day, stages nobody declared."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select, union_all

from data.domain.period import Calendar
from data.pipeline.marts.context import Context
from data.pipeline.marts.facts import day_of
from data.pipeline.marts.filling import count, day_literal
from data.warehouse.engine import WarehouseError
from data.warehouse.schema import (
    CONTRACT,
    activity,
    contract,
    engagement,
    opportunity,
    orders,
    payment,
    survey,
    ticket,
)
from data.warehouse.versions import Build


def row_counts(build: Build) -> dict[str, int]:
    """Return how many rows each contract table holds."""
    counts: dict[str, int] = {}
    for table in CONTRACT.sorted_tables:
        count(build.connection, table)
        stmt = select(func.count()).select_from(table)
        counts[table.name] = build.connection.execute(stmt).scalar_one()
    return counts


def _fact_days() -> list[tuple[Any, Any]]:
    """Return each fact's table and business day, those that may lie ahead left out."""
    return [
        (orders, orders.c.ordered_on),
        (contract, contract.c.starts_on),
        (payment, payment.c.paid_on),
        (opportunity, opportunity.c.created_on),
        (opportunity, opportunity.c.closed_on),
        (activity, day_of(activity.c.happened_at)),
        (engagement, engagement.c.happened_on),
        (ticket, day_of(ticket.c.opened_at)),
        (survey, survey.c.answered_on),
    ]


def calendar_of(build: Build, as_of: date | None) -> Calendar:
    """Return the first and the latest fact day, the latter not after the day of loading."""
    latest = as_of or datetime.now(UTC).date()
    parts = [
        select(func.min(day).label("first"), func.max(day).label("last"))
        .select_from(table)
        .where(day <= day_literal(latest))
        for table, day in _fact_days()
    ]
    found = union_all(*parts).subquery("found").c
    first, last = build.connection.execute(
        select(func.min(found.first), func.max(found.last))
    ).one()
    if first is None:
        raise WarehouseError(f"No order, contract or opportunity has a date up to {latest}.")
    return Calendar(first, as_of or last)


def warnings_of(context: Context) -> list[str]:
    """Return sentences about what was found in the contract tables and is not understood."""
    connection = context.connection
    stages = connection.execute(select(opportunity.c.stage).distinct()).scalars()
    unknown = sorted({s for s in stages if s not in context.stages and s != "lost"})
    found: list[str] = []
    if unknown:
        found.append(
            f"Funnel stages that are not in the list: {', '.join(unknown)}. "
            "Declare them in the mapping or in FUNNEL_STAGES."
        )
    return found

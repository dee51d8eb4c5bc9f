"""Stays: how long opportunities were in each stage before they went on or were lost."""

from typing import Any

from sqlalchemy import Subquery, func, literal, select, union_all

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import days_between, median
from queries import visible
from queries.funnel import STAGES, entered, in_focus, of_stage
from queries.question import Rows, asks
from queries.visible import between


def stays(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return stays in a stage that ended in the period: position, days, and the named columns."""
    parts: list[Rows] = []
    for i in STAGES[:-1]:
        d = visible.deals(filters, scope, entered(i), entered(i + 1), *names).c
        since, until = d[entered(i)], d[entered(i + 1)]
        stay = _stay(literal(i), since, until).add_columns(*(d[n] for n in names))
        parts.append(stay.where(between(until, filters.period), since.is_not(None)))
    needed = ("status", "reached", "closed_on", *map(entered, STAGES), *names)
    d = visible.deals(filters, scope, *needed).c
    since = of_stage(d.reached)(d)
    gone = _stay(d.reached, since, d.closed_on).add_columns(*(d[n] for n in names))
    within = between(d.closed_on, filters.period)
    parts.append(gone.where(d.status == "lost", within, since.is_not(None)))
    return union_all(*parts).subquery("stays")


def _stay(position: Any, since: Any, until: Any) -> Any:
    columns: list[Any] = [
        position.label("position"),
        since.label("entered_on"),
        until.label("left_on"),
        days_between(since, until).label("days"),
    ]
    return select(*columns)


def stay_members(filters: Filters, scope: Scope) -> Rows:
    """One row per opportunity and stage left in the period: who, stage, entered, left, days."""
    names = ("opportunity_id", "name", "seller", "amount")
    y = stays(filters, scope, *names).c
    s = visible.stages().c
    return (
        select(y.opportunity_id, y.name, y.seller, s.stage, y.entered_on, y.left_on, y.days)
        .where(y.position == s.position, *in_focus(s, filters))
        .order_by(s.position, y.days.desc(), y.opportunity_id)
    )


@asks(
    "Time in each stage",
    members=stay_members,
    metrics=("cycle_days",),
    needs=("opportunity_stage",),
)
def stage_times(filters: Filters, scope: Scope) -> Rows:
    """One row per stage left in the period, onward or lost: position, stage, median_days, count."""
    y = stays(filters, scope).c
    per_stage = (
        select(y.position, median(y.days).label("median_days"), func.count().label("count"))
        .group_by(y.position)
        .subquery("per_stage")
        .c
    )
    s = visible.stages().c
    return (
        select(s.position, s.stage, per_stage.median_days, per_stage["count"])
        .where(s.position == per_stage.position)
        .order_by(s.position)
    )

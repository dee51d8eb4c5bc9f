"""The cockpit's questions: what changed, where, and which part of it matters most."""

from sqlalchemy import Float, Text, cast, func, literal, null, select, type_coerce, union_all

from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, Rows, month_of, once, sum_cents
from data.warehouse.dialects import add_months as later
from queries import visible
from queries.breakdown import by_dimension, next_dimension
from queries.kpis import kpis, spark_period
from queries.members import members_of
from queries.question import asks

CARDS = (
    "customer_asset",
    "active_customers",
    "churn_rate",
    "revenue",
    "collections",
    "lead_to_won",
)
#: Dimensions in which the largest movements are looked for.
MOVEMENT_DIMENSIONS = ("team", "industry", "region", "source")
#: Revenue of the period, and of the one it is compared with.
SIDES = ("revenue", "revenue_before")


@asks("Key figures", members=members_of("revenue"), metrics=CARDS)
def cockpit_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot and the six metrics of the cards."""
    return kpis(filters, scope, CARDS)


@asks("Revenue by month", members=members_of("revenue"), metrics=("revenue",))
def revenue_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month of the last 13: month, value (revenue) and before, a year earlier."""
    now = spark_period(filters)
    before = Period(add_months(now.since, -12), add_months(now.until, -12))
    parts = [_monthly(filters, scope, period, shift) for period, shift in ((now, 0), (before, 12))]
    p = union_all(*parts).subquery("parts").c
    return (
        select(p.month, sum_cents(p.value).label("value"), sum_cents(p.before).label("before"))
        .group_by(p.month)
        .order_by(p.month)
    )


def _monthly(filters: Filters, scope: Scope, period: Period, shift: int) -> Rows:
    """Return revenue by month, moved on by `shift` months into the column it is compared in."""
    m = visible.months(filters, scope, period, "month", "net").c
    month = later(m.month, literal(shift)) if shift else m.month
    blank = cast(literal(None), m.net.type)
    return select(
        month_of(month).label("month"),
        (blank if shift else m.net).label("value"),
        (m.net if shift else blank).label("before"),
    )


@asks("Revenue by team", members=members_of("revenue"), metrics=("revenue",))
def revenue_breakdown(filters: Filters, scope: Scope) -> Rows:
    """One row per team, then representative, then customer: key, revenue, revenue_before."""
    dimension = next_dimension(filters, "team")
    return by_dimension(filters, scope, ("revenue", "active_customers"), dimension=dimension)


@asks("Revenue by region", members=members_of("revenue"), metrics=("revenue",))
def region_breakdown(filters: Filters, scope: Scope) -> Rows:
    """One row per region, then city, then customer: key, revenue, revenue_before."""
    dimension = next_dimension(filters, "region")
    return by_dimension(filters, scope, ("revenue", "active_customers"), dimension=dimension)


@asks("Largest movements", members=members_of("revenue"), metrics=("revenue",))
def movements(filters: Filters, scope: Scope) -> Rows:
    """One row per dimension and value: dimension, key, revenue, before, change; largest first."""
    sides = [_cells(filters, scope, filters.period, name="revenue")]
    if filters.comparison:
        sides.append(_cells(filters, scope, filters.comparison, name="revenue_before"))
    cells = once(union_all(*sides) if len(sides) > 1 else sides[0], "cells").c
    parts = [
        select(
            literal(dimension, Text()).label("dimension"),
            cast(cells[dimension], Text).label("key"),
            *(sum_cents(cells[name]).label(name) for name in SIDES),
        ).group_by(cells[dimension])
        for dimension in MOVEMENT_DIMENSIONS
    ]
    p = union_all(*parts).subquery("parts").c
    change = type_coerce(func.coalesce(p.revenue, 0) - func.coalesce(p.revenue_before, 0), Cents())
    columns = (p.dimension, p.key, p.revenue, p.revenue_before)
    return (
        select(*columns, change.label("change"))
        .order_by(func.abs(cast(change, Float)).desc(), p.dimension, p.key)
        .limit(40)
    )


def _cells(filters: Filters, scope: Scope, period: Period, *, name: str) -> Rows:
    """Return revenue by all dimensions at once, so that the facts are read once per period."""
    rows = visible.facts(filters, scope, period, names=("net",), dimensions=MOVEMENT_DIMENSIONS).c
    keys = [rows[d] for d in MOVEMENT_DIMENSIONS]
    sums = [
        (sum_cents(rows.net) if side == name else cast(null(), Cents())).label(side)
        for side in SIDES
    ]
    return select(*keys, *sums).group_by(*keys)

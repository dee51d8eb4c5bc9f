"""The cockpit's questions: what changed, where, and which part of it matters most."""

from sqlalchemy import cast, literal, select, union_all

from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import Rows, month_of, sum_cents
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


@asks("Key figures", members=members_of("revenue"), metrics=(*CARDS, "asset_error"))
def cockpit_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot, the six metrics of the cards, and the error of the asset."""
    return kpis(filters, scope, (*CARDS, "asset_error"))


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

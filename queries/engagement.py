"""Whose engagement it was that grew, and who only came for the bonus."""

from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, literal, or_, select

from data.domain.dimension import ABSENT
from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.prosperity import BASE_MONTHS
from data.domain.scope import Scope
from data.warehouse.dialects import sum_int, when
from queries import visible
from queries.prosperity import WHO, base_of, judged
from queries.question import Rows, asks

#: Customers that the list of bonus hunters names.
NAMED = 12
#: Tiers whose engagement brings little: the second check asks how much of the growth is theirs.
LOW_TIERS = ("general", "dormant")


def _months(filters: Filters, scope: Scope) -> Any:
    """Return month rows of the judged month and its base: engagements now and before, and more."""
    month = judged(filters)
    span = Period(base_of(month).since, add_months(month, 1))
    names = ("customer_no", "month", "engagements", "redemptions", "orders")
    m = visible.month_customers(filters, scope, span, *names).c
    is_now = m.month == visible.day(month)
    sums = {
        "engagements": when(is_now, m.engagements),
        "before": when(is_now, 0, m.engagements),
        "redemptions": when(is_now, m.redemptions),
        "orders": when(is_now, m.orders),
    }
    stmt = select(m.customer_no, *(column.label(n) for n, column in sums.items()))
    return stmt.where(or_(m.engagements > 0, m.orders > 0)).subquery("month_rows").c


def _with_tier(filters: Filters, scope: Scope, rows: Any) -> Any:
    """Return the rows with the tier at the start of the base, blank for who was none yet."""
    start = add_months(base_of(judged(filters)).since, -1)
    s = visible.snapshot_customers(filters, scope, start, "customer_no", "tier")
    joined = rows.outerjoin(s, s.c.customer_no == rows.c.customer_no)
    return select(rows, s.c.tier).select_from(joined).subquery("growth").c


def _tier(g: Any) -> ColumnElement[str]:
    return func.coalesce(cast(g.tier, Text), literal(ABSENT, Text()))


def _growth(filters: Filters, scope: Scope) -> Any:
    """Return customers engaged in the judged month or its base: tier before it, engagements."""
    m = _months(filters, scope)
    sums = [sum_int(m[n]).label(n) for n in ("engagements", "before", "redemptions", "orders")]
    # Orders of the base count for nobody here: who did nothing else is not grouped.
    did = or_(m.engagements > 0, m.before > 0, m.orders > 0)
    stmt = select(m.customer_no, *sums).where(did).group_by(m.customer_no)
    return _with_tier(filters, scope, stmt.subquery("rows"))


def growth_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer engaged in the judged month: who, tier before, engagements, orders.

    Of the tier in focus (`state`).
    """
    g = _growth(filters, scope)
    wanted: list[ColumnElement[bool]] = [or_(g.engagements > 0, g.before > 0)]
    tier = filters.focus.get("state")
    if tier:
        wanted.append(_tier(g) == literal(tier, Text()))
    return _hunted(filters, scope, g).where(*wanted)


def _hunted(filters: Filters, scope: Scope, g: Any) -> Rows:
    c = visible.customers(filters, scope, "customer_no", *WHO).c
    return (
        select(
            *(c[n] for n in WHO),
            _tier(g).label("tier_before"),
            g.engagements,
            g.before.label("engagements_before"),
            g.redemptions,
            g.orders,
        )
        .where(c.customer_no == g.customer_no)
        .order_by((g.engagements * BASE_MONTHS - g.before).desc(), c.customer_id)
    )


@asks(
    "Whose growth it is",
    members=growth_members,
    metrics=("customers",),
    needs=("engagement",),
)
def engagement_growth(filters: Filters, scope: Scope) -> Rows:
    """One row per tier at the start of the base (absent: none yet): tier, customers, engagements.

    `before` is the mean of the base months times three, so that sums stay whole.
    """
    # A customer has one row per month, so that months add up to customers.
    g = _with_tier(filters, scope, _months(filters, scope).customer_no.table)
    return (
        select(
            _tier(g).label("tier"),
            sum_int(when(g.engagements > 0)).label("customers"),
            sum_int(g.engagements).label("engagements"),
            sum_int(g.before).label("before"),
        )
        .group_by(g.tier)
        .order_by(_tier(g))
    )


def hunter_members(filters: Filters, scope: Scope) -> Rows:
    """One row per bonus hunter: engaged far more than before, general or dormant, and no order.

    Engagements of the judged month are at least twice the monthly mean of the base and two more.
    """
    g = _growth(filters, scope)
    is_more = g.engagements * BASE_MONTHS >= g.before * 2
    jumped = and_(is_more, g.engagements * BASE_MONTHS >= g.before + 2 * BASE_MONTHS)
    low = _tier(g).in_([literal(tier, Text()) for tier in LOW_TIERS])
    return _hunted(filters, scope, g).where(jumped, low, g.orders == 0)


@asks(
    "Bonus hunters",
    members=hunter_members,
    metrics=("customers",),
    needs=("engagement",),
)
def hunters(filters: Filters, scope: Scope) -> Rows:
    """One row per named bonus hunter of the judged month, most engaged first: as the members."""
    return hunter_members(filters, scope).limit(NAMED)

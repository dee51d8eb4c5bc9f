"""Is growth real: the month that is judged, and what the checks compare month by month."""

from datetime import date

from sqlalchemy import case, or_, select

from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.prosperity import BASE_MONTHS
from data.domain.scope import Scope
from data.warehouse.dialects import sum_cents, sum_int
from queries import visible
from queries.question import Rows, asks

WHO = ("customer_id", "name", "region", "team", "rep")
#: Facts of a month that the checks compare.
FACTS = (
    *("engagements", "redemptions", "visits", "orders", "gross", "net", "margin"),
    *("promoters", "detractors", "nps_answers", "csat_points", "csat_answers"),
)
MONEY = frozenset({"gross", "net", "margin"})
#: Months that the chart shows.
MONTHS = 13
METRICS = ("active_customers", "orders", "aov", "margin_rate", "nps")


def judged(filters: Filters) -> date:
    """Return the month that the checks judge: chosen, or that in which activity rose most.

    Which one that was is known of today alone: looking back it is the last month that was over.
    """
    last = add_months(filters.calendar.last_closed, -1)
    if filters.calendar.is_past:
        return min(filters.choices.judged or last, last)
    return filters.choices.judged or filters.calendar.liveliest or last


def base_of(month: date) -> Period:
    """Return the whole months before a month that it is compared with."""
    return Period(add_months(month, -BASE_MONTHS), month)


def month_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of the month in focus, or of the judged one: who, what it did."""
    focus = filters.focus.get("month")
    month = date.fromisoformat(f"{focus}-01") if focus else judged(filters)
    span = Period(month, add_months(month, 1))
    m = visible.month_customers(filters, scope, span, "customer_no", "is_active", *FACTS).c
    c = visible.customers(filters, scope, "customer_no", *WHO).c
    shown = ("engagements", "redemptions", "visits", "orders", "net", "margin")
    return (
        select(*(c[n] for n in WHO), *(m[n] for n in shown))
        .where(c.customer_no == m.customer_no, or_(m.engagements > 0, m.orders > 0))
        .order_by(m.engagements.desc(), m.net.desc(), c.customer_id)
    )


@asks(
    "Activity and what it pays",
    members=month_members,
    metrics=METRICS,
    needs=("engagement",),
)
def prosperity_months(filters: Filters, scope: Scope) -> Rows:
    """One row per whole month of the last sixteen: month, engaged, active, and sums of the facts.

    Engaged are the customers with an engagement of their own; a call by a rep makes nobody so.
    """
    until = filters.calendar.last_closed
    first = min(add_months(until, -MONTHS), judged(filters))
    span = Period(add_months(first, -BASE_MONTHS), until)
    m = visible.month_customers(filters, scope, span, "month", "is_active", *FACTS).c
    engaged = sum_int(case((m.engagements > 0, 1), else_=0))
    sums = [(sum_cents if n in MONEY else sum_int)(m[n]).label(n) for n in FACTS]
    return (
        select(m.month, engaged.label("engaged"), sum_int(m.is_active).label("active"), *sums)
        .group_by(m.month)
        .order_by(m.month)
    )


def churn_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer who churned in the judged month: who, value at its end."""
    s = visible.snapshot_customers(filters, scope, judged(filters)).c
    return (
        select(*(s[n] for n in WHO), s.month, s.margin_12m.label("historical_12m"))
        .where(s.is_lost)
        .order_by(s.margin_12m.desc().nulls_last(), s.customer_id)
    )


@asks("Churn by month end", members=churn_members, metrics=("churn_rate",))
def prosperity_churn(filters: Filters, scope: Scope) -> Rows:
    """One row per month end of the thirteen months to the judged one, and of the month before.

    month, alive, lost: who is lost in a month was alive at the end of the month before.
    """
    month = judged(filters)
    span = Period(add_months(month, -MONTHS), add_months(month, 1))
    s = visible.snapshots(filters, scope, "month", "customers", "churned", "lost").c
    alive = sum_int(s.customers) - sum_int(s.churned)
    return (
        select(s.month, alive.label("alive"), sum_int(s.lost).label("lost"))
        .where(visible.between(s.month, span))
        .group_by(s.month)
        .order_by(s.month)
    )

"""Growth: who came, came back and left, month by month, and what became of each cohort."""

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, or_, select

from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import sum_int
from queries import visible
from queries.kpis import spark_period
from queries.question import Rows, asks

#: Growth state -> the month rows that carry it.
STATES = {
    "new": "is_new",
    "resumed": "is_resumed",
    "retained": "is_retained",
    "lapsed": "is_lapsed",
}


def state_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer and month behind `growth_months`: who, month and the states (0 or 1)."""
    period = _focused(filters)
    names = ("customer_no", "month", *STATES.values())
    m = visible.month_customers(filters, scope, period, *names).c
    who = visible.everyone(filters, scope, "customer_no", "customer_id", "name", "team", "rep")
    state = STATES.get(filters.focus.get("state", ""))
    wanted = [m[state] == 1] if state else [or_(*(m[s] == 1 for s in STATES.values()))]
    return (
        select(
            *(who.c[n] for n in ("customer_id", "name", "team", "rep")),
            m.month,
            *(m[column].label(name) for name, column in STATES.items()),
        )
        .where(and_(who.c.customer_no == m.customer_no, *wanted))
        .order_by(m.month.desc(), who.c.customer_id)
    )


def _focused(filters: Filters) -> Period:
    """Return the month in focus, or the thirteen months of the chart."""
    month = filters.focus.get("month")
    if not month:
        return spark_period(filters)
    first = date.fromisoformat(f"{month}-01")
    return Period(first, add_months(first, 1))


@asks("Customer growth", members=state_members, metrics=("first_time", "resumed", "retained", "lapsed"))
def growth_months(filters: Filters, scope: Scope) -> Select[Any]:
    """One row per month of the last 13: month, new, resumed, retained, lapsed."""
    names = ("month", *STATES.values())
    m = visible.months(filters, scope, spark_period(filters), *names).c
    sums = [sum_int(m[column]).label(name) for name, column in STATES.items()]
    return select(m.month, *sums).group_by(m.month).order_by(m.month)

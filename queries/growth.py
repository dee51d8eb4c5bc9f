"""Growth: who came, came back and left, and where new customers come from."""

from datetime import date

from sqlalchemy import and_, or_, select

from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import sum_int
from queries import visible
from queries.breakdown import by_dimension, next_dimension
from queries.kpis import kpis, spark_period
from queries.members import members_of
from queries.question import Rows, asks

CARDS = (
    "active_customers",
    "new_customers",
    "returning_customers",
    "lapsed",
    "quick_ratio",
    "arpu",
)
#: Growth state -> the month rows that carry it.
STATES = {
    "new": "is_new",
    "resumed": "is_resumed",
    "retained": "is_retained",
    "lapsed": "is_lapsed",
}
WHO = ("customer_id", "name", "team", "rep")


def month_in_focus(filters: Filters, key: str = "month") -> Period | None:
    """Return the month that a mark names, or None where it names none."""
    try:
        first = date.fromisoformat(f"{filters.focus.get(key, '')}-01")
    except ValueError:
        return None
    return Period(first, add_months(first, 1))


@asks("Key figures of growth", members=members_of("active_customers"), metrics=CARDS)
def growth_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot, active, new, returning, lapsed, quick ratio, revenue per customer."""
    return kpis(filters, scope, CARDS)


def state_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer and month behind `growth_months`: who, month and the states (0 or 1)."""
    period = month_in_focus(filters) or spark_period(filters)
    names = ("customer_no", "month", *STATES.values())
    m = visible.month_customers(filters, scope, period, *names).c
    who = visible.everyone(filters, scope, "customer_no", *WHO)
    state = STATES.get(filters.focus.get("state", ""))
    wanted = [m[state] == 1] if state else [or_(*(m[s] == 1 for s in STATES.values()))]
    return (
        select(
            *(who.c[n] for n in WHO),
            m.month,
            *(m[column].label(name) for name, column in STATES.items()),
        )
        .where(and_(who.c.customer_no == m.customer_no, *wanted))
        .order_by(m.month.desc(), who.c.customer_id)
    )


@asks(
    "Customer growth",
    members=state_members,
    metrics=("first_time", "resumed", "retained", "lapsed"),
)
def growth_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month of the last 13: month, new, resumed, retained, lapsed."""
    names = ("month", *STATES.values())
    m = visible.months(filters, scope, spark_period(filters), *names).c
    sums = [sum_int(m[column]).label(name) for name, column in STATES.items()]
    return select(m.month, *sums).group_by(m.month).order_by(m.month)


@asks(
    "New customers by source",
    members=members_of("new_customers"),
    metrics=("new_customers",),
)
def new_by_source(filters: Filters, scope: Scope) -> Rows:
    """One row per source, then customer: key, new_customers and before; customers with revenue."""
    dimension = next_dimension(filters, "source")
    more = ("revenue",) if dimension == "customer" else ()
    return by_dimension(filters, scope, ("new_customers", *more), dimension=dimension)


@asks("Acquisition cost by source", members=members_of("cac"), metrics=("cac",))
def cost_by_source(filters: Filters, scope: Scope) -> Rows:
    """One row per source, then customer: key, cac, cac_before; blank where no cost is known."""
    dimension = next_dimension(filters, "source")
    return by_dimension(filters, scope, ("cac",), dimension=dimension)


@asks(
    "Active customers by region",
    members=members_of("active_customers"),
    metrics=("active_customers",),
)
def active_by_region(filters: Filters, scope: Scope) -> Rows:
    """One row per region, then city, then customer: key, active_customers, revenue, and before."""
    dimension = next_dimension(filters, "region")
    keys = ("revenue",) if dimension == "customer" else ("active_customers",)
    return by_dimension(filters, scope, keys, dimension=dimension)

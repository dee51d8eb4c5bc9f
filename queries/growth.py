"""Growth: who came, came back and left, what became of each cohort, where new ones come from."""

from datetime import date
from typing import Any

from sqlalchemy import (
    Double,
    Integer,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, month_of, sum_cents, sum_int
from data.warehouse.dialects import add_months as later
from queries import visible
from queries.breakdown import by_dimension, next_dimension
from queries.kpis import kpis, spark_period
from queries.members import members_of
from queries.metrics import money_ratio
from queries.question import Rows, asks
from queries.visible import between, day

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
#: Months after the first order that a cohort is followed for.
MOST_AGE = 24
#: Orders ever: the smallest number of each band, and the band's name.
ORDER_BANDS = ((10, "10+"), (5, "5-9"), (3, "3-4"), (2, "2"), (1, "1"))
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


# --- states by month -------------------------------------------------------------------------


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


# --- cohorts ---------------------------------------------------------------------------------


def shown_cohorts(filters: Filters) -> Period:
    """Return the months of first orders that the grid shows: those chosen, or the last 13."""
    chosen = [date.fromisoformat(f"{value}-01") for value in filters.values("cohort")]
    if not chosen:
        return spark_period(filters)
    return Period(min(chosen), add_months(max(chosen), 1))


def cohort_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of a cohort and month: who, cohort, month, active (0 or 1), revenue.

    With an age in focus every customer of the cohort is listed, those without an order too;
    without one, only months with an order or a return.
    """
    span = month_in_focus(filters, "cohort") or shown_cohorts(filters)
    age = filters.focus.get("age", "")
    w = visible.customers(filters, scope, "customer_no", *WHO, "cohort")
    m = visible.cohort_customers(filters, scope)
    same = m.c.customer_no == w.c.customer_no
    if age.isdecimal():
        at = literal(min(int(age), MOST_AGE))
        joined = w.outerjoin(m, and_(same, m.c.age == at))
        month, known = later(w.c.cohort, at), []
    else:
        joined = w.join(m, and_(same, m.c.age <= MOST_AGE))
        month, known = m.c.month, [or_(m.c.is_active == 1, m.c.net != 0)]
    active = func.coalesce(m.c.is_active, 0)
    return (
        select(
            *(w.c[n] for n in (*WHO, "cohort")),
            month.label("month"),
            cast(active, Integer).label("active"),
            m.c.net,
        )
        .select_from(joined)
        .where(between(w.c.cohort, span), *known)
        .order_by(w.c.cohort.desc(), month.desc(), active.desc(), w.c.customer_id)
    )


@asks("Cohorts: customers who order again", members=cohort_members, metrics=("active_customers",))
def cohort_retention(filters: Filters, scope: Scope) -> Rows:
    """One row per cohort and age in months: cohort, age, size, value (active), rate, is_partial."""
    return _cohort_grid(filters, scope, "active")


@asks("Cohorts: revenue that comes back", members=cohort_members, metrics=("revenue",))
def cohort_revenue(filters: Filters, scope: Scope) -> Rows:
    """One row per cohort and age in months: cohort, age, size, value (money), rate, is_partial."""
    return _cohort_grid(filters, scope, "net")


def _cohort_grid(filters: Filters, scope: Scope, fact: str) -> Rows:
    c = visible.cohorts(filters, scope).c
    total = sum_cents if fact == "net" else sum_int
    grid = (
        select(c.cohort, cast(c.age, Integer).label("age"), total(c[fact]).label("value"))
        .where(between(c.cohort, shown_cohorts(filters)), c.age <= MOST_AGE)
        .group_by(c.cohort, c.age)
        .cte("grid")
    )
    first = grid.alias("first")
    ages = select(grid.c.age).distinct().subquery("ages")
    cell = grid.alias("cell")
    month = later(first.c.cohort, ages.c.age)
    joined = first.join(ages, month < day(filters.calendar.until)).outerjoin(
        cell, and_(cell.c.cohort == first.c.cohort, cell.c.age == ages.c.age)
    )
    value = func.coalesce(cell.c.value, 0)
    rate = cast(value, Double) / func.nullif(cast(first.c.value, Double), 0)
    return (
        select(
            first.c.cohort,
            ages.c.age,
            _like(fact, first.c.value).label("size"),
            _like(fact, value).label("value"),
            rate.label("rate"),
            case((month >= day(filters.calendar.last_closed), 1), else_=0).label("is_partial"),
        )
        .select_from(joined)
        .where(first.c.age == 0)
        .order_by(first.c.cohort, ages.c.age)
    )


def _like(fact: str, value: Any) -> Any:
    return type_coerce(value, Cents()) if fact == "net" else value


# --- where customers come from ---------------------------------------------------------------


@asks("New customers by source", members=members_of("new_customers"), metrics=("new_customers",))
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


# --- how often and how much ------------------------------------------------------------------


def _band(orders: Any) -> Any:
    return case(*((orders >= least, literal(name, Text())) for least, name in ORDER_BANDS))


def order_band_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer counted in `order_bands`: who, band and orders, most orders first."""
    c = visible.customers(filters, scope, *WHO, "orders", "first_on", "last_on").c
    band = _band(c.orders)
    known = {name for _, name in ORDER_BANDS}
    focus = filters.focus.get("band")
    wanted = [band == literal(focus, Text())] if focus in known else []
    return (
        select(*(c[n] for n in WHO), c.first_on, c.last_on, band.label("band"), c.orders)
        .where(c.orders > 0, *wanted)
        .order_by(c.orders.desc(), c.customer_id)
    )


@asks("How often customers order", members=order_band_members, metrics=("repeat_rate",))
def order_bands(filters: Filters, scope: Scope) -> Rows:
    """One row per band of orders ever: position, band, customers, orders."""
    c = visible.customers(filters, scope, "orders").c
    least = case(*((c.orders >= n, n) for n, _ in ORDER_BANDS)).label("position")
    rows = select(least, c.orders).where(c.orders > 0).subquery("banded").c
    names = {n: name for n, name in ORDER_BANDS}
    return (
        select(
            rows.position,
            case(*((rows.position == n, literal(v, Text())) for n, v in names.items())).label(
                "band"
            ),
            func.count().label("customers"),
            sum_int(rows.orders).label("orders"),
        )
        .group_by(rows.position)
        .order_by(rows.position)
    )


@asks("Average order value by month", members=members_of("aov"), metrics=("aov",))
def aov_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month of the last 13: month, value (gross revenue per order), a year before."""
    return _money_months(filters, scope, "gross", "orders")


@asks("Revenue per active customer by month", members=members_of("arpu"), metrics=("arpu",))
def arpu_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month of the last 13: month, value (net revenue per active) and a year before."""
    return _money_months(filters, scope, "net", "is_active")


def _money_months(filters: Filters, scope: Scope, top: str, bottom: str) -> Rows:
    now = spark_period(filters)
    before = Period(add_months(now.since, -12), add_months(now.until, -12))
    p = (
        union_all(
            _monthly(filters, scope, now, (top, bottom)),
            _monthly(filters, scope, before, (top, bottom), is_before=True),
        )
        .subquery("parts")
        .c
    )
    sides = [
        money_ratio(sum_cents(p[f"{side}_top"]), sum_int(p[f"{side}_bottom"])).label(name)
        for side, name in (("now", "value"), ("before", "before"))
    ]
    return select(p.month, *sides).group_by(p.month).order_by(p.month)


def _monthly(
    filters: Filters,
    scope: Scope,
    period: Period,
    names: tuple[str, str],
    *,
    is_before: bool = False,
) -> Rows:
    m = visible.months(filters, scope, period, "month", *names).c
    money, count = cast(null(), Cents()), cast(null(), Integer)
    month = month_of(later(m.month, literal(12))) if is_before else month_of(m.month)
    values = (m[names[0]], m[names[1]])
    sides = (money, count, *values) if is_before else (*values, money, count)
    labels = ("now_top", "now_bottom", "before_top", "before_bottom")
    named = [value.label(name) for value, name in zip(sides, labels, strict=True)]
    return select(month.label("month"), *named)

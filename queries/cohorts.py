"""Cohorts: how many customers of a first month order again, and for how much."""

from datetime import date
from typing import Any

from sqlalchemy import Double, Integer, and_, case, cast, func, literal, or_, select, type_coerce

from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, once, sum_cents, sum_int
from data.warehouse.dialects import add_months as later
from queries import visible
from queries.growth import WHO, month_in_focus
from queries.kpis import spark_period
from queries.question import Rows, asks
from queries.visible import between, day

#: Months after the first order that a cohort is followed for.
MOST_AGE = 24


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
    grid = once(
        select(c.cohort, cast(c.age, Integer).label("age"), total(c[fact]).label("value"))
        .where(between(c.cohort, shown_cohorts(filters)), c.age <= MOST_AGE)
        .group_by(c.cohort, c.age),
        "grid",
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

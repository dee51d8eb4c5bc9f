"""What customers did by day and by month, from the narrowest rows that answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Subquery, literal, select, union_all

from data.domain.filters import Filters
from data.domain.period import Period
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import Cents, Rows, days_between
from data.warehouse.marts.columns import (
    FIXED_DIMENSIONS,
    GAP_DIMENSIONS,
    MONEY_FACTS,
    ORDER_FACTS,
    TOUCH_FACTS,
)
from queries.visible.predicates import (
    DEAL_DIMENSIONS,
    MOVING,
    allowed,
    between,
    day,
    fits_cube,
    moment,
    selected,
)


def order_days(filters: Filters, scope: Scope, period: Period, *names: str) -> Subquery:
    """Return customer × day rows of a period with an order or a return."""
    t = marts.customer_day
    return (
        selected(t, scope, names, filters.calendar)
        .where(between(t.c.day, period), *allowed(t, filters, scope))
        .subquery("order_days")
    )


def touch_days(filters: Filters, scope: Scope, period: Period, *names: str) -> Subquery:
    """Return customer × day rows with a payment, follow-up, ticket, survey or engagement."""
    t = marts.touch_day
    stmt = selected(t, scope, names, filters.calendar).where(
        between(t.c.day, period), *allowed(t, filters, scope)
    )
    return stmt.subquery("touch_days")


def gaps(filters: Filters, scope: Scope) -> Subquery:
    """Return the gaps between two orders of a customer: tier, days, and how many (gaps)."""
    asked = set(filters.chosen) - set(DEAL_DIMENSIONS)
    moved = asked & set(MOVING) and moment(filters) is not None
    is_counted = not filters.calendar.is_past and asked <= set(GAP_DIMENSIONS)
    if scope.reps is None and is_counted and not moved:
        t = marts.gap_count
        stmt = selected(t, scope, ("tier", "days", "gaps")).where(*allowed(t, filters, scope))
        return stmt.subquery("gaps")
    d = gap_days(filters, scope).c
    return select(d.tier, d.days, literal(1).label("gaps")).subquery("gaps")


def gap_days(filters: Filters, scope: Scope) -> Subquery:
    """Return order days with the days since the order before: the rows behind `gaps`."""
    t = marts.customer_day
    days = days_between(t.c.previous_on, t.c.day).label("days")
    names = ("customer_no", "tier", "previous_on", "day")
    stmt = selected(t, scope, names, filters.calendar).add_columns(days)
    known = (t.c.previous_on.is_not(None), *_by_then(t.c.day, filters))
    return stmt.where(*known, *allowed(t, filters, scope)).subquery("gap_days")


def _by_then(on: Any, filters: Filters) -> list[ColumnElement[bool]]:
    """Return that a day had come at the month end looked back to; today all have."""
    return [on < day(filters.calendar.until)] if filters.calendar.is_past else []


def months(
    filters: Filters,
    scope: Scope,
    period: Period,
    *names: str,
    dimensions: Sequence[str] = (),
) -> Subquery:
    """Return month rows of whole months: from the cube, or per customer where needed."""
    is_cube = fits_cube(filters, scope, dimensions)
    t = marts.cube_month if is_cube else marts.customer_month
    stmt = selected(t, scope, (*names, *dimensions) if names else (), filters.calendar).where(
        between(t.c.month, period), *allowed(t, filters, scope)
    )
    return stmt.subquery("months")


def facts(
    filters: Filters,
    scope: Scope,
    period: Period,
    *,
    names: Sequence[str],
    dimensions: Sequence[str] = (),
) -> Subquery:
    """Return rows of the named additive facts that add up to exactly the period.

    Whole months come from the month rows, the days at the edges from the day rows.
    """
    inner, edges = period.split()
    ordered = [n for n in names if n in ORDER_FACTS]
    touched = [n for n in names if n in TOUCH_FACTS]
    parts: list[Rows] = []
    if inner:
        source = months(filters, scope, inner, *names, dimensions=dimensions)
        parts.append(_project(source, names, dimensions))
    for edge in edges:
        if ordered:
            source = order_days(filters, scope, edge, *ordered, *dimensions)
            parts.append(_project(source, names, dimensions))
        if touched:
            source = touch_days(filters, scope, edge, *touched, *dimensions)
            parts.append(_project(source, names, dimensions))
    return (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("facts")


def _project(source: Subquery, names: Sequence[str], dimensions: Sequence[str]) -> Rows:
    columns = [source.c[n] if n in source.c else _none(n) for n in names]
    return select(*(source.c[d] for d in dimensions), *columns)


def _none(fact: str) -> ColumnElement[Any]:
    """Return 0 for a fact that this kind of row does not carry."""
    zero = literal(0, Cents()) if fact in MONEY_FACTS else literal(0)
    return zero.label(fact)


def cohorts(filters: Filters, scope: Scope) -> Subquery:
    """Return cohort × age rows with active customers and money."""
    asked = set(filters.chosen) - {"cohort"} - set(DEAL_DIMENSIONS)
    if scope.reps is None and asked <= set(FIXED_DIMENSIONS):
        t = marts.cohort_age
        return selected(t, scope).where(*allowed(t, filters, scope)).subquery("cohorts")
    t = marts.customer_month
    columns = (t.c.customer_no, t.c.cohort, t.c.age, t.c.orders, t.c.net, t.c.margin)
    stmt = select(*columns, t.c.is_active.label("active")).where(
        t.c.cohort.is_not(None), t.c.age >= 0, *allowed(t, filters, scope)
    )
    return stmt.subquery("cohorts")


def cohort_customers(filters: Filters, scope: Scope) -> Subquery:
    """Return customer × month rows with their cohort and age: the rows behind `cohorts`."""
    t = marts.customer_month
    known = (t.c.cohort.is_not(None), t.c.age >= 0, *_by_then(t.c.month, filters))
    stmt = selected(t, scope).where(*known, *allowed(t, filters, scope))
    return stmt.subquery("cohort_customers")


def month_customers(filters: Filters, scope: Scope, period: Period, *names: str) -> Subquery:
    """Return customer × month rows of a period: the rows behind `months`."""
    t = marts.customer_month
    stmt = selected(t, scope, names, filters.calendar).where(
        between(t.c.month, period), *allowed(t, filters, scope)
    )
    return stmt.subquery("month_customers")

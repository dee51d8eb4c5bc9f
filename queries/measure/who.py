"""Customers as they stand today and stood at month ends, and those who are new."""

from dataclasses import replace

from sqlalchemy import Subquery, literal, select

from data.domain.period import Period, add_months
from data.warehouse.dialects import month_of
from queries import visible
from queries.measure.family import Asked, Family, whole
from queries.visible import between


def customers_of(asked: Asked, *names: str) -> Subquery:
    """Return the customers with the named columns and the group."""
    return visible.customers(asked.filters, asked.scope, *names, *asked.groups)


def _new(asked: Asked) -> Subquery:
    c = customers_of(asked, "first_on", "acquisition_cost")
    return select(c).where(between(c.c.first_on, asked.period)).subquery("new")


def _new_months(asked: Asked) -> Subquery:
    c = customers_of(asked, "first_on", "acquisition_cost")
    stmt = select(c, month_of(c.c.first_on).label("month"))
    return stmt.where(between(c.c.first_on, whole(asked.period))).subquery("new")


def _today(asked: Asked) -> Subquery:
    """Return the customers as they stand; at a closed month end those that are kept of it."""
    kept = ("is_churned",) if asked.filters.calendar.is_past else ()
    return customers_of(asked, "customer_no", *asked.reads, *kept)


def _today_months(asked: Asked) -> Subquery:
    """Return the month ends of a period that are over, with what is kept of them as a whole.

    The value of who was churned then is blank already, so nobody has to be left out once more.
    """
    span = whole(asked.period)
    s = visible.snapshots(asked.filters, asked.scope, "month", "value").c
    over = Period(span.since, max(span.since, min(span.until, asked.filters.calendar.last_closed)))
    rows = select(s.month, s.value, literal(value=False).label("is_churned"))
    return rows.where(between(s.month, over)).subquery("month_ends")


def _today_before(asked: Asked) -> Subquery:
    """Return the last month end that lies within the period and is over."""
    _opening, closing = asked.filters.calendar.ends_of(asked.period)
    return _today_months(replace(asked, period=Period(closing, add_months(closing, 1))))


NEW = Family(_new, _new_months)
TODAY = Family(_today, _today_months, _today_before)

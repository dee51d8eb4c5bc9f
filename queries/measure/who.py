"""Customers as they stand today, and those who are new."""

from sqlalchemy import Subquery, select

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
    return customers_of(asked, "customer_no", *asked.reads)


NEW = Family(_new, _new_months)
TODAY = Family(_today)

"""Distinct customers with an order, and who they are today."""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, literal, literal_column, or_, select, union_all

from data.domain.masks import ACTIVITY, activity_base, activity_bits
from data.domain.period import Period
from data.warehouse.dialects import Rows, bits_and
from queries import visible
from queries.measure.facts import by_month
from queries.measure.family import Asked, Family
from queries.visible import day


def _active(asked: Asked) -> Subquery:
    """Return parts whose `customers` add up to the distinct customers with an order.

    The whole months inside the period are read from the activity mask; the days at the edges add
    those customers who ordered there and in no part counted before.
    """
    inner, edges = asked.period.split()
    if inner is None or inner.since < activity_base(asked.filters.calendar):
        return _last_orders(asked, asked.period).subquery("active")
    parts = [_masked(asked, inner)]
    for edge in edges:
        if edge.until <= inner.since:
            parts.append(_last_orders(asked, edge))
        else:
            parts.append(_first_orders(asked, edge, inner))
    return union_all(*parts).subquery("active") if len(parts) > 1 else parts[0].subquery("active")


def _last_orders(asked: Asked, span: Period) -> Rows:
    """One row per customer whose last order of the whole period lies in the span."""
    d = visible.order_days(asked.filters, asked.scope, span, "orders", "next_on", *asked.groups)
    is_last = or_(d.c.next_on.is_(None), d.c.next_on >= day(asked.period.until))
    keys = [d.c[g] for g in asked.groups]
    return select(*keys, literal(1).label("customers")).where(d.c.orders > 0, is_last)


def _first_orders(asked: Asked, span: Period, inner: Period) -> Rows:
    """One row per customer who ordered in the span and not in the whole months before it."""
    names = ("orders", "previous_on", *asked.groups)
    d = visible.order_days(asked.filters, asked.scope, span, *names)
    is_first = or_(d.c.previous_on.is_(None), d.c.previous_on < day(inner.since))
    keys = [d.c[g] for g in asked.groups]
    return select(*keys, literal(1).label("customers")).where(d.c.orders > 0, is_first)


def _masked(asked: Asked, inner: Period) -> Rows:
    c = visible.customers(asked.filters, asked.scope, *ACTIVITY, *asked.groups)
    bits = activity_bits(asked.filters.calendar, inner.since, inner.until)
    keys = [c.c[g] for g in asked.groups]
    hits = [_has_bits(c.c[name], mask) for name, mask in bits.items()]
    return select(*keys, literal(1).label("customers")).where(or_(*hits))


def _has_bits(column: Any, mask: int) -> ColumnElement[bool]:
    return bits_and(column, literal_column(str(mask))) != literal_column("0")


ACTIVE = Family(_active, by_month)

"""Customers whose follow-up is overdue at the as-of day, with what the days late cost."""

from sqlalchemy import Subquery, case, select

from data.warehouse.dialects import when
from queries import visible
from queries.measure.family import Asked, Family
from queries.metrics.waiting import READS, clock


def _waiting(asked: Asked) -> Subquery:
    """Return the customers with the group: `waits` (0 or 1) and `waiting_loss`."""
    names = dict.fromkeys(("customer_no", *READS, *asked.groups))
    c = visible.customers(asked.filters, asked.scope, *names).c
    ticking = clock(c, asked.filters.calendar.as_of)
    stmt = select(
        c.customer_no,
        *(c[g] for g in asked.groups if g != "customer_no"),
        when(ticking.is_waiting).label("waits"),
        case((ticking.is_waiting, ticking.loss)).label("waiting_loss"),
    )
    return stmt.subquery("waiting")


WAITING = Family(_waiting)

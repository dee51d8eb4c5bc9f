"""Invoices open at the as-of day, and what of them is past its due day."""

from sqlalchemy import Subquery, select

from data.warehouse.dialects import when
from queries import visible
from queries.measure.family import Asked, Family
from queries.visible import day


def _invoices(asked: Asked) -> Subquery:
    names = dict.fromkeys(("customer_no", "due_on", "open_amount", *asked.groups))
    i = visible.open_invoices(asked.filters, asked.scope, *names).c
    is_late = i.due_on < day(asked.filters.calendar.as_of)
    columns = (i[name] for name in names)
    return select(*columns, when(is_late, i.open_amount).label("overdue")).subquery("invoices")


INVOICES = Family(_invoices)

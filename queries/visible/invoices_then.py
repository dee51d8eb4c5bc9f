"""Invoices that were open at a closed month end."""

from typing import Any

from sqlalchemy import Subquery, func, select, type_coerce

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import Cents, sum_cents, to_cents
from data.warehouse.schema import invoice, payment
from queries.visible.predicates import allowed, day, shown

OWN: tuple[str, ...] = ("invoice_id", "issued_on", "due_on", "amount", "open_amount")


def open_invoices_then(filters: Filters, scope: Scope, names: tuple[str, ...]) -> Subquery:
    """Return invoices issued by the day that the payments up to it had not paid in full."""
    c, until = marts.customer_current, day(filters.calendar.until)
    p, i = payment.c, invoice.c
    paid = (
        select(p.invoice_id, sum_cents(to_cents(p.amount)).label("paid"))
        .where(p.invoice_id.is_not(None), p.paid_on < until)
        .group_by(p.invoice_id)
        .subquery("paid")
    )
    amount = to_cents(i.amount)
    left = type_coerce(amount - func.coalesce(paid.c.paid, 0), Cents())
    due_on = func.coalesce(i.due_on, i.issued_on)
    values: tuple[Any, ...] = (i.invoice_id, i.issued_on, due_on, amount, left)
    own = dict(zip(OWN, values, strict=True))
    columns = [shown(own[n].label(n) if n in own else c.c[n], scope) for n in dict.fromkeys(names)]
    rows = invoice.join(c, c.c.customer_id == i.customer_id)
    rows = rows.outerjoin(paid, paid.c.invoice_id == i.invoice_id)
    stmt = select(*columns).select_from(rows)
    stmt = stmt.where(i.issued_on < until, left > 0, *allowed(c, filters, scope))
    return stmt.subquery("open_invoices_then")

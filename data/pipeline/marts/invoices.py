"""Invoices that were not paid in full by the as-of day, with what is open of each."""

from sqlalchemy import func, select

from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import day_literal, fill, zero
from data.pipeline.marts.live import live_dimensions, with_live
from data.pipeline.marts.work import w_customer, w_live
from data.warehouse import marts
from data.warehouse.dialects import sum_cents, to_cents
from data.warehouse.schema import invoice, payment


def fill_open_invoices(context: Context) -> None:
    """Fill `open_invoice`; payments that name no invoice settle none."""
    i, p = invoice.c, payment.c
    upto = day_literal(context.calendar.as_of)
    paid = (
        select(p.invoice_id, sum_cents(to_cents(p.amount)).label("paid"))
        .where(p.invoice_id.is_not(None), p.paid_on <= upto)
        .group_by(p.invoice_id)
        .subquery("paid")
    )
    left = to_cents(i.amount) - zero(paid.c.paid)
    rows = (
        select(
            w_customer.c.customer_no,
            i.invoice_id,
            i.issued_on,
            func.coalesce(i.due_on, i.issued_on).label("due_on"),
            to_cents(i.amount).label("amount"),
            left.label("open_amount"),
        )
        .select_from(
            invoice.join(w_customer, w_customer.c.customer_id == i.customer_id).outerjoin(
                paid, paid.c.invoice_id == i.invoice_id
            )
        )
        .where(i.issued_on <= upto, left > 0)
        .subquery("rows")
    )
    r = rows.c
    stmt = select(*r, w_live.c.cohort, *live_dimensions()).select_from(with_live(rows))
    fill(context.connection, marts.open_invoice, stmt.order_by(r.due_on, r.customer_no))

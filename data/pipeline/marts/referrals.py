"""Customers who brought others: how many, and what those are worth, to one generation."""

from typing import Any

from sqlalchemy import Column, Integer, Table, and_, func, literal, select

from data.pipeline.marts.context import Context
from data.pipeline.marts.ends import LIVE
from data.pipeline.marts.filling import fill
from data.pipeline.marts.scores import has_referrers
from data.pipeline.marts.work import WORK, w_customer, w_life, w_state, w_value
from data.warehouse.dialects import Cents, sum_cents, when
from data.warehouse.rules import FULL, share_of
from data.warehouse.schema import customer

w_referral = Table(
    "w_referral",
    WORK,
    Column("customer_no", Integer),
    Column("brought", Integer),
    Column("referral_value", Cents),
)


def fill_referrals(context: Context) -> None:
    """Fill `w_referral`: one row per customer, none where the company has no referrers.

    A customer who brought nobody, or only customers who churned, has brought a value of 0; the
    value is blank where none of those brought and still there is valued.
    """
    if not has_referrers(context):
        return
    host, guest = w_customer.alias("host"), w_customer.alias("guest")
    is_living = w_state.c.is_churned.is_(False)
    known = and_(is_living, w_value.c.value.is_not(None))
    brought = (
        select(
            host.c.customer_no,
            func.count().label("brought"),
            func.count(when(is_living, 1, None)).label("living"),
            func.count(when(known, 1, None)).label("valued"),
            sum_cents(when(known, w_value.c.value, 0)).label("value"),
        )
        .select_from(_joined(host, guest))
        .where(host.c.customer_no != guest.c.customer_no)
        .group_by(host.c.customer_no)
        .subquery("brought")
    )
    life, b = w_life.c, brought.c
    part = round(context.model.attribution_share * FULL)
    share = share_of(func.coalesce(b.value, 0), literal(part))
    stmt = (
        select(
            life.customer_no,
            func.coalesce(b.brought, 0).label("brought"),
            when(and_(b.living > 0, b.valued == 0), None, share).label("referral_value"),
        )
        .select_from(w_life.outerjoin(brought, b.customer_no == life.customer_no))
        .where(life.is_customer)
    )
    fill(context.connection, w_referral, stmt)


def _joined(host: Any, guest: Any) -> Any:
    """Return each host beside its guests, with their state and value now."""
    s, v = w_state.c, w_value.c
    return (
        customer.join(guest, guest.c.customer_id == customer.c.customer_id)
        .join(host, host.c.customer_id == customer.c.referrer_id)
        .join(w_state, and_(s.customer_no == guest.c.customer_no, s.month == LIVE))
        .outerjoin(w_value, and_(v.customer_no == guest.c.customer_no, v.month == LIVE))
    )

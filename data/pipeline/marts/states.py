"""What every customer was at each month end and is at the as-of day, before ranking.

`w_base` holds, per month end and customer: the sums of the trailing windows, the days of the last
orders, what covers the customer by contract.
"""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Double, and_, cast, func, literal, or_, select

from data.pipeline.marts.context import Context
from data.pipeline.marts.facts import is_purchase
from data.pipeline.marts.filling import fill, zero
from data.pipeline.marts.formulas import number
from data.pipeline.marts.work import w_base, w_customer, w_day, w_end, w_life, w_touch
from data.warehouse.dialects import (
    Rows,
    days_between,
    sum_cents,
    sum_int,
    when,
)
from data.warehouse.rules import FULL
from data.warehouse.schema import contract, customer


def fill_base(context: Context, batch: int) -> None:
    """Fill `w_base` for one batch of month ends."""
    ends = select(w_end).where(w_end.c.batch == batch).subquery("ends")
    bought = _bought(context, ends).subquery("bought")
    touched = _touched(ends).subquery("touched")
    brought = _brought(ends).subquery("brought")
    covered = _covered(ends).subquery("covered")
    here = (
        select(ends.c.month, ends.c.until, w_life.c.customer_no, w_life.c.first_on)
        .select_from(ends.join(w_life, literal(value=True)))
        .where(w_life.c.is_customer)
        .subquery("here")
    )
    joined: Any = here
    for part in (bought, touched, brought, covered):
        joined = joined.outerjoin(
            part, and_(part.c.month == here.c.month, part.c.customer_no == here.c.customer_no)
        )
    sums = [
        zero(bought.c[n]).label(n)
        for n in (
            *("net_12m", "margin_12m", "net_6m", "margin_6m", "gross_12m", "net_24m"),
            *("m180", "p180", "orders_12m", "orders_24m", "purchases", "spent", "earned"),
        )
    ]
    stmt = (
        select(
            here.c.month,
            here.c.until,
            here.c.customer_no,
            when(here.c.first_on < here.c.until, here.c.first_on, None).label("first_on"),
            *(bought.c[n] for n in ("last_on", "previous_on", "returned_on", "purchased_on")),
            covered.c.covered_until,
            *sums,
            *(zero(touched.c[n]).label(n) for n in _TOUCHED),
            zero(brought.c.brought).label("brought"),
            _growth(bought.c).label("growth"),
            (zero(touched.c.engagements) > 0).label("is_engaged"),
        )
        .select_from(joined)
        .where(or_(here.c.first_on < here.c.until, covered.c.covered_until.is_not(None)))
    )
    fill(context.connection, w_base, stmt)


#: Growth beyond a million millions is no other growth.
MOST_GROWTH = 1e16
_TOUCHED = ("complaints", "shares", "service", "engagements")


def _growth(bought: Any) -> ColumnElement[Any]:
    """Return margin of 180 days over that of the 180 before, in ten-thousandths; blank on none.

    By way of a double, which holds a ratio of any two sums of money; ranks ask for no more.
    """
    before = cast(zero(bought.p180), Double)
    growth = func.trunc(cast(zero(bought.m180), Double) * number(FULL) / before)
    most = number(MOST_GROWTH)
    within = func.greatest(func.least(growth, most), -most)
    return when(zero(bought.p180) > 0, cast(within, BigInteger), None)


def _bought(context: Context, ends: Any) -> Rows:
    d, e = w_day.c, ends.c
    ordered, paid = d.orders > 0, is_purchase(d)
    threshold = literal(context.model.threshold_days)
    came_back = and_(ordered, days_between(d.previous_on, d.day) > threshold)

    def since(start: Any, column: Any, kind: Any = sum_cents) -> ColumnElement[Any]:
        return kind(when(d.day >= start, column))

    return (
        select(
            e.month,
            d.customer_no,
            func.max(when(ordered, d.day, None)).label("last_on"),
            func.max(d.previous_on).label("previous_on"),
            func.max(when(came_back, d.day, None)).label("returned_on"),
            since(e.since_12m, d.net).label("net_12m"),
            since(e.since_12m, d.margin).label("margin_12m"),
            since(e.since_6m, d.net).label("net_6m"),
            since(e.since_6m, d.margin).label("margin_6m"),
            since(e.since_12m, d.gross).label("gross_12m"),
            since(e.since_24m, d.net).label("net_24m"),
            since(e.since_180, d.margin).label("m180"),
            sum_cents(when(and_(d.day >= e.since_360, d.day < e.since_180), d.margin)).label(
                "p180"
            ),
            since(e.since_12m, d.orders, sum_int).label("orders_12m"),
            since(e.since_24m, d.orders, sum_int).label("orders_24m"),
            sum_int(when(paid, 1)).label("purchases"),
            func.max(when(paid, d.day, None)).label("purchased_on"),
            sum_cents(when(paid, d.net)).label("spent"),
            sum_cents(d.margin).label("earned"),
        )
        .select_from(w_day.join(ends, d.day < e.until))
        .group_by(e.month, d.customer_no)
    )


def _touched(ends: Any) -> Rows:
    t, e = w_touch.c, ends.c
    return (
        select(
            e.month,
            t.customer_no,
            sum_int(t.complaints).label("complaints"),
            sum_int(t.shares).label("shares"),
            sum_cents(t.service_cost).label("service"),
            sum_int(when(t.day >= e.since_180, t.engagements)).label("engagements"),
        )
        .select_from(w_touch.join(ends, and_(t.day < e.until, t.day >= e.since_12m)))
        .group_by(e.month, t.customer_no)
    )


def _brought(ends: Any) -> Rows:
    """Customers brought: those who name this one as referrer and have become customers."""
    guest = w_customer.alias("guest")
    host = w_customer.alias("host")
    joined = (
        customer.join(guest, guest.c.customer_id == customer.c.customer_id)
        .join(host, host.c.customer_id == customer.c.referrer_id)
        .join(w_life, w_life.c.customer_no == guest.c.customer_no)
        .join(ends, w_life.c.first_on < ends.c.until)
    )
    return (
        select(ends.c.month, host.c.customer_no, func.count().label("brought"))
        .select_from(joined)
        .group_by(ends.c.month, host.c.customer_no)
    )


def _covered(ends: Any) -> Rows:
    joined = contract.join(w_customer, w_customer.c.customer_id == contract.c.customer_id).join(
        ends, contract.c.starts_on < ends.c.until
    )
    return (
        select(
            ends.c.month,
            w_customer.c.customer_no,
            func.max(contract.c.ends_on).label("covered_until"),
        )
        .select_from(joined)
        .group_by(ends.c.month, w_customer.c.customer_no)
    )

"""Campaigns and their customers: who was treated, who held back, and what each did around it."""

from typing import Any

from sqlalchemy import Integer, and_, cast, func, literal, or_, select

from data.domain.columns import CAMPAIGN_DAYS
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import day_literal, fill, zero
from data.pipeline.marts.work import w_customer, w_day
from data.warehouse import marts
from data.warehouse.dialects import (
    Rows,
    add_days,
    add_months,
    days_between,
    month_of,
    sum_cents,
    sum_int,
    to_cents,
    when,
)
from data.warehouse.schema import campaign, campaign_member

#: Days before the start whose spend evens out how customers differed anyway (CUPED).
BEFORE_DAYS = 180
CONTROL = "control"


def fill_campaigns(context: Context) -> None:
    """Fill `campaign_customer`; campaigns that have not begun by the as-of day are left out."""
    m, c = campaign_member.c, campaign.c
    members = (
        select(
            c.campaign_id,
            func.coalesce(c.name, c.campaign_id).label("campaign"),
            c.purpose,
            c.starts_on,
            func.coalesce(c.ends_on, c.starts_on).label("ends_on"),
            w_customer.c.customer_no,
            (func.coalesce(m.arm, "") != literal(CONTROL)).label("is_treated"),
            m.responded_on.is_not(None).label("has_responded"),
            zero(to_cents(m.cost)).label("cost"),
        )
        .select_from(
            campaign_member.join(campaign, c.campaign_id == m.campaign_id).join(
                w_customer, w_customer.c.customer_id == m.customer_id
            )
        )
        .where(c.starts_on <= day_literal(context.calendar.as_of))
        .subquery("members")
    )
    done = _done(members).subquery("done")
    first = _second_orders().subquery("first")
    s, b = marts.customer_snapshot.c, members.c
    before = and_(
        s.customer_no == b.customer_no, s.month == add_months(month_of(b.starts_on), literal(-1))
    )
    same = and_(done.c.campaign_id == b.campaign_id, done.c.customer_no == b.customer_no)
    won = and_(first.c.first_on >= b.starts_on, first.c.first_on <= b.ends_on)
    stmt = (
        select(
            *(b[n] for n in _MEMBER),
            func.coalesce(won, False).label("is_won"),
            s.tier,
            *(zero(done.c[n]).label(n) for n in _DONE),
            first.c.again_days,
        )
        .select_from(
            members.outerjoin(done, same)
            .outerjoin(first, first.c.customer_no == b.customer_no)
            .outerjoin(marts.customer_snapshot, before)
        )
        .order_by(b.campaign_id, b.customer_no)
    )
    fill(context.connection, marts.campaign_customer, stmt)


_MEMBER = (
    *("campaign_id", "campaign", "purpose", "customer_no", "is_treated", "has_responded"),
    *("starts_on", "ends_on", "cost"),
)
_DONE = (
    *("net_before", "margin_before", "orders_run"),
    *(f"{n}_{d}" for n in ("orders", "net", "margin") for d in CAMPAIGN_DAYS),
)


def _done(members: Any) -> Rows:
    """One row per campaign and customer with an order around it: sums before and after."""
    d, b = w_day.c, members.c
    is_before = d.day < b.starts_on

    def within(days: int, column: Any, total: Any = sum_cents) -> Any:
        ends = add_days(b.starts_on, literal(days))
        return total(when(and_(d.day >= b.starts_on, d.day < ends), column))

    running = and_(d.day >= b.starts_on, d.day <= b.ends_on)
    return (
        select(
            b.campaign_id,
            b.customer_no,
            *(sum_cents(when(is_before, d[n])).label(f"{n}_before") for n in ("net", "margin")),
            sum_int(when(running, d.orders)).label("orders_run"),
            *(within(days, d.orders, sum_int).label(f"orders_{days}") for days in CAMPAIGN_DAYS),
            *(
                within(days, d[n]).label(f"{n}_{days}")
                for n in ("net", "margin")
                for days in CAMPAIGN_DAYS
            ),
        )
        .select_from(members.join(w_day, d.customer_no == b.customer_no))
        .where(
            d.day >= add_days(b.starts_on, literal(-BEFORE_DAYS)),
            or_(d.day < add_days(b.starts_on, literal(CAMPAIGN_DAYS[-1])), d.day <= b.ends_on),
        )
        .group_by(b.campaign_id, b.customer_no)
    )


def _second_orders() -> Rows:
    """One row per customer who ever ordered: the first day, and days from there to the second."""
    d = w_day.c
    first = and_(d.orders > 0, d.previous_on.is_(None))
    again = cast(days_between(d.day, d.next_on), Integer)
    return (
        select(
            d.customer_no, func.min(d.day).label("first_on"), func.min(again).label("again_days")
        )
        .where(first)
        .group_by(d.customer_no)
    )

"""Order days and touch days per customer, from the contract tables."""

from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, func, literal, select

from data import settings
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import day_literal, fill, zero
from data.pipeline.marts.work import w_customer, w_day, w_life, w_touch
from data.warehouse.dialects import (
    TEN_THOUSANDTHS,
    Rows,
    business_day,
    following,
    month_of,
    previous,
    sum_cents,
    sum_int,
    to_cents,
    when,
)
from data.warehouse.marts.columns import ORDER_FACTS, TOUCH_FACTS
from data.warehouse.rules import share_of
from data.warehouse.schema import (
    activity,
    contract,
    engagement,
    invoice,
    orders,
    payment,
    service_cost,
    survey,
    ticket,
)

#: Shares of ten-thousandths: the part of an amount that counts as cost where none is recorded.
_FULL = 10_000


def assumed_cost_share() -> int:
    """Return the assumed cost in ten-thousandths of revenue: 0 unless MARGIN_RATE is set."""
    rate = settings.value("MARGIN_RATE")
    return round((1 - float(rate)) * _FULL) if rate else 0


def order_cost(relation: Any) -> ColumnElement[Any]:
    """Return an order's cost: as recorded, else the assumed share of its amount."""
    assumed = share_of(to_cents(relation.amount), literal(assumed_cost_share()))
    return func.coalesce(to_cents(relation.cost), assumed)


def day_of(timestamp: Any) -> ColumnElement[Any]:
    """Return the business day of a UTC timestamp."""
    return business_day(timestamp, literal(settings.value("TIME_ZONE")))


def fill_days(context: Context) -> None:
    """Fill `w_day`: orders and returns per customer and day, with the purchase days around it."""
    facts = _order_days(context).subquery()
    bought = select(facts.c.customer_no, facts.c.day).where(facts.c.orders > 0).subquery()
    around = select(
        bought.c.customer_no,
        bought.c.day,
        previous(bought.c.day, bought.c.customer_no, bought.c.day).label("previous_on"),
        following(bought.c.day, bought.c.customer_no, bought.c.day).label("next_on"),
    ).subquery()
    joined = facts.outerjoin(
        around, and_(around.c.customer_no == facts.c.customer_no, around.c.day == facts.c.day)
    )
    columns = [facts.c[n] for n in ("customer_no", "day", *ORDER_FACTS)]
    stmt = select(*columns, around.c.previous_on, around.c.next_on).select_from(joined)
    fill(context.connection, w_day, stmt.order_by(facts.c.day, facts.c.customer_no))


def _order_days(context: Context) -> Rows:
    o = orders.c
    amount, cost = to_cents(o.amount), order_cost(o)
    sold = orders.join(w_customer, w_customer.c.customer_id == o.customer_id)
    return (
        select(
            w_customer.c.customer_no,
            o.ordered_on.label("day"),
            sum_int(when(o.amount > 0, 1)).label("orders"),
            sum_cents(when(o.amount > 0, amount)).label("gross"),
            sum_cents(amount).label("net"),
            sum_cents(amount - cost).label("margin"),
            sum_cents(cost).label("cost"),
            sum_cents(zero(to_cents(o.discount))).label("discount"),
        )
        .select_from(sold)
        .where(o.ordered_on <= day_literal(context.calendar.as_of))
        .group_by(w_customer.c.customer_no, o.ordered_on)
    )


def is_purchase(days: Any) -> ColumnElement[bool]:
    """Return whether an order day counts as a purchase: not where returns took it all back."""
    return and_(days.orders > 0, days.net > 0)


def _first_purchases() -> Rows:
    """One row per customer who ever paid: its first purchase day and what it paid then."""
    d = w_day.c
    first = (
        select(d.customer_no, func.min(d.day).label("day"))
        .where(is_purchase(d))
        .group_by(d.customer_no)
        .subquery("first")
    )
    same = and_(first.c.customer_no == d.customer_no, first.c.day == d.day)
    return select(d.customer_no, d.day, d.net).select_from(w_day.join(first, same))


def fill_lives(context: Context) -> None:
    """Fill `w_life`: first order, cohort and whether orders or contracts make a customer."""
    bought = (
        select(w_day.c.customer_no, func.min(w_day.c.day).label("first_on"))
        .where(w_day.c.orders > 0)
        .group_by(w_day.c.customer_no)
        .subquery()
    )
    bound = (
        select(w_customer.c.customer_no, func.min(contract.c.starts_on).label("starts_on"))
        .select_from(contract.join(w_customer, w_customer.c.customer_id == contract.c.customer_id))
        .where(contract.c.starts_on <= day_literal(context.calendar.as_of))
        .group_by(w_customer.c.customer_no)
        .subquery()
    )
    paid = _first_purchases().subquery("paid")
    c = w_customer
    joined: Any = c
    for part in (bought, bound, paid):
        joined = joined.outerjoin(part, part.c.customer_no == c.c.customer_no)
    has_contract = bound.c.customer_no.is_not(None)
    stmt = select(
        c.c.customer_no,
        bought.c.first_on,
        month_of(bought.c.first_on).label("cohort"),
        bound.c.starts_on.label("contract_on"),
        paid.c.day.label("bought_on"),
        paid.c.net.label("first_spend"),
        (has_contract | bought.c.customer_no.is_not(None)).label("is_customer"),
    ).select_from(joined)
    fill(context.connection, w_life, stmt)


def fill_touches(context: Context) -> None:
    """Fill `w_touch`: one row per customer and payment, follow-up, ticket, survey or engagement."""
    for name, part in _touches(context):
        if context.has(name):
            rows = part.subquery("rows")
            customers = w_customer.c
            stmt = (
                select(customers.customer_no, rows.c.day, *(rows.c[n] for n in TOUCH_FACTS))
                .select_from(rows.join(w_customer, customers.customer_id == rows.c.customer_id))
                .where(rows.c.day <= day_literal(context.calendar.as_of))
            )
            fill(context.connection, w_touch, stmt)


def _touches(context: Context) -> list[tuple[str, Rows]]:
    recorded = context.has("service_cost")
    cents = to_cents(service_cost.c.amount)
    return [
        ("payment", _touch(payment, payment.c.paid_on, collected=to_cents(payment.c.amount))),
        ("invoice", _touch(invoice, invoice.c.issued_on, invoiced=to_cents(invoice.c.amount))),
        ("invoice", _touch(invoice, invoice.c.due_on, due=to_cents(invoice.c.amount))),
        ("activity", _activity(priced=not recorded)),
        ("ticket", _ticket(priced=not recorded)),
        ("survey", _survey()),
        ("engagement", _engagement()),
        ("service_cost", _touch(service_cost, service_cost.c.month, service_cost=cents)),
    ]


def _touch(table: Table, day: Any, **facts: Any) -> Rows:
    columns = [facts.get(n, literal(0)).label(n) for n in TOUCH_FACTS]
    return select(table.c.customer_id.label("customer_id"), day.label("day"), *columns).where(
        day.is_not(None)
    )


def _unit_cost(setting: str) -> int:
    return round(float(settings.value(setting)) * TEN_THOUSANDTHS)


def _activity(*, priced: bool) -> Rows:
    minutes = zero(activity.c.minutes)
    facts: dict[str, Any] = {"follow_ups": literal(1), "minutes": minutes}
    if priced:
        facts["service_cost"] = minutes * literal(_unit_cost("MINUTE_COST"))
    return _touch(activity, day_of(activity.c.happened_at), **facts)


def _ticket(*, priced: bool) -> Rows:
    facts: dict[str, Any] = {
        "tickets": literal(1),
        "complaints": when(ticket.c.kind == "complaint", 1),
    }
    if priced:
        facts["service_cost"] = literal(_unit_cost("TICKET_COST"))
    return _touch(ticket, day_of(ticket.c.opened_at), **facts)


def _survey() -> Rows:
    nps, csat = survey.c.nps, survey.c.csat
    return _touch(
        survey,
        survey.c.answered_on,
        promoters=when(nps >= 9, 1),
        detractors=when(nps <= 6, 1),
        nps_answers=when(nps.is_not(None), 1),
        csat_points=zero(csat),
        csat_answers=when(csat.is_not(None), 1),
    )


def _engagement() -> Rows:
    e = engagement.c
    kinds = {"visits": "visit", "shares": "share", "redemptions": "redeem"}
    counts = {fact: case((e.kind == kind, e.count), else_=0) for fact, kind in kinds.items()}
    return _touch(engagement, e.happened_on, engagements=e.count, **counts)

"""Which customers were not churned at which days, one bit per customer and day.

Every day of the last five years, and every first of a month of the last ten, so that churn
between two of them is one scan of the customers.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, func, literal, or_, select, union_all

from data.domain.columns import ALIVE_DAYS, ALIVE_MONTHS
from data.domain.masks import MASK_BITS, alive_days_base, alive_months_base
from data.domain.model import ScoringModel
from data.pipeline.marts.context import Context
from data.pipeline.marts.work import w_customer, w_day, w_life
from data.warehouse.dialects import Rows, add_days, bit, bits_or, days_between, months_between, when
from data.warehouse.schema import contract


def alive_masks(context: Context) -> Rows:
    """One row per customer: customer_no and the masks of the days at which it was not churned."""
    spans = union_all(_ordered(context.model), _bound(context)).subquery("spans").c
    months = literal(alive_months_base(context.calendar), Date())
    days = literal(alive_days_base(context.calendar), Date())
    # A span counts at the days after its first one, and at its end, too.
    placed = select(
        spans.customer_no,
        (months_between(months, spans.since_on) + literal(1)).label("first_month"),
        (months_between(months, spans.until_on) + literal(1)).label("end_month"),
        (days_between(days, spans.since_on) + literal(1)).label("first_day"),
        (days_between(days, spans.until_on) + literal(1)).label("end_day"),
    ).subquery("placed")
    p = placed.c
    masks = [
        *_masks(ALIVE_MONTHS, p.first_month, p.end_month),
        *_masks(ALIVE_DAYS, p.first_day, p.end_day),
    ]
    return select(p.customer_no, *masks).group_by(p.customer_no)


def _masks(names: Sequence[str], since: Any, until: Any) -> list[Any]:
    """Return the masks of one row of days, each of the bits from `since` up to and not `until`."""
    return [
        bits_or(_between(since, until, i * MASK_BITS)).label(name) for i, name in enumerate(names)
    ]


def _between(since: Any, until: Any, low: int) -> ColumnElement[int]:
    """Return the bits from `since` up to and without `until`, counted from `low`."""
    first, last = (
        func.least(func.greatest(index - literal(low), literal(0)), literal(MASK_BITS))
        for index in (since, until)
    )
    return when(first < last, bit(last) - bit(first), literal(0))


def _ordered(model: ScoringModel) -> Rows:
    """Return per order day the days after it up to the threshold, or to the first contract."""
    d = w_day.c
    dead_on = add_days(d.day, literal(model.threshold_days + 1))
    until_on = when(w_life.c.contract_on < dead_on, w_life.c.contract_on, dead_on)
    by_orders = or_(w_life.c.contract_on.is_(None), w_life.c.contract_on > d.day)
    return (
        select(d.customer_no, d.day.label("since_on"), until_on.label("until_on"))
        .select_from(w_day.join(w_life, w_life.c.customer_no == d.customer_no))
        .where(d.orders > 0, by_orders)
    )


def _bound(context: Context) -> Rows:
    """Return per contract term the days after its start up to the end of its grace."""
    c = contract.c
    until_on = add_days(c.ends_on, literal(context.model.grace_days + 1))
    begun = c.starts_on <= literal(context.calendar.until - timedelta(days=1), Date())
    return (
        select(w_customer.c.customer_no, c.starts_on.label("since_on"), until_on.label("until_on"))
        .select_from(contract.join(w_customer, w_customer.c.customer_id == c.customer_id))
        .where(and_(begun, until_on > c.starts_on))
    )

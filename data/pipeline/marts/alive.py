"""Which customers were not churned at which days, one bit per customer and day.

The days are those at which the periods of the presets and their comparisons begin and end (the
first of every month, and the day number after the as-of day), so that churn over them is one scan.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, func, literal, or_, select, union_all

from data.domain.columns import ALIVE
from data.domain.masks import MASK_MONTHS, MASKS, alive_days
from data.domain.model import ScoringModel
from data.domain.period import month_start
from data.pipeline.marts.work import Context, w_customer, w_day, w_life, when
from data.warehouse.dialects import Rows, add_days, bit, bits_or, months_between
from data.warehouse.schema import contract


def alive_masks(context: Context) -> Rows:
    """One row per customer: customer_no and the masks of the days at which it was not churned."""
    spans = union_all(_ordered(context.model), _bound(context)).subquery("spans").c
    masks: list[Any] = []
    for name, first in alive_days(context.calendar).items():
        shift = literal(1 - first.day)
        base = literal(month_start(first), Date())
        since = months_between(base, add_days(spans.since_on, shift)) + literal(1)
        until = months_between(base, add_days(spans.until_on, shift)) + literal(1)
        for i in range(MASKS):
            label = f"{ALIVE[name]}_{i}"
            masks.append(bits_or(_between(since, until, i * MASK_MONTHS)).label(label))
    return select(spans.customer_no, *masks).group_by(spans.customer_no)


def _between(since: Any, until: Any, low: int) -> ColumnElement[int]:
    """Return the bits from `since` up to and without `until`, counted from `low`."""
    first, last = (
        func.least(func.greatest(index - literal(low), literal(0)), literal(MASK_MONTHS))
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

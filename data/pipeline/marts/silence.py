"""Days without an order: the gaps so far, how long silent, who churned and in which month."""

from typing import Any

from sqlalchemy import ColumnElement, and_, literal, select

from data.pipeline.marts.context import Context
from data.pipeline.marts.work import w_base, w_day
from data.warehouse.dialects import Rows, add_days, days_between, median, when


def gaps(context: Context) -> Rows:
    """One row per month end and customer who may be at risk: the median gap between orders so far.

    Only customers who ordered within half the threshold and are past their first 90 days can
    be `at_risk`; the others' medians are not computed.
    """
    half = context.model.threshold_days // 2
    asked = (
        select(w_base.c.month, w_base.c.until, w_base.c.customer_no)
        .where(w_base.c.last_on >= add_days(w_base.c.until, literal(-half - 1)))
        .subquery("asked")
    )
    d = w_day.c
    joined = asked.join(w_day, and_(d.customer_no == asked.c.customer_no, d.day < asked.c.until))
    return (
        select(
            asked.c.month,
            asked.c.customer_no,
            median(days_between(d.previous_on, d.day)).label("median_gap"),
        )
        .select_from(joined)
        .where(d.previous_on.is_not(None))
        .group_by(asked.c.month, asked.c.customer_no)
    )


def silent_days(base: Any) -> ColumnElement[int]:
    """Days from the last order to the last day of the month end's period."""
    return days_between(base.last_on, base.until) - literal(1)


def is_churned(context: Context, base: Any) -> ColumnElement[bool]:
    """Past the inactivity threshold, or, under contract, past its end by the grace days."""
    gone = days_between(base.covered_until, base.until) - literal(1) > literal(
        context.model.grace_days
    )
    silent = silent_days(base) > literal(context.model.threshold_days)
    return when(base.covered_until.is_not(None), gone, silent)


def was_lost(context: Context, state: Any) -> ColumnElement[bool]:
    """Churned at this month end and not at the one before.

    With thresholds over a month, whoever ordered within the month is not churned at its end, so
    the same last order, or the same contract, tells of both ends.
    """
    by_contract = days_between(state.covered_until, state.month) - literal(1) <= literal(
        context.model.grace_days
    )
    by_orders = days_between(state.last_on, state.month) - literal(1) <= literal(
        context.model.threshold_days
    )
    return and_(state.is_churned, when(state.covered_until.is_not(None), by_contract, by_orders))

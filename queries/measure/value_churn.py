"""Churn in value: what those not churned at a period's start, and those lost in it, were worth."""

from dataclasses import replace

from sqlalchemy import Subquery, false, select

from data.domain.period import add_months, month_start
from queries import visible
from queries.measure.churn import CHURN, is_threshold_kept
from queries.measure.family import Asked, Family, whole


def _value_churn(asked: Asked) -> Subquery:
    """Return one row per customer not churned at the start: its value then, and where lost.

    Groups that move in time are those of the month end before the period.
    """
    c = CHURN.rows(replace(asked, group="customer_no", metrics=())).c
    month = add_months(month_start(asked.period.since), -1)
    names = ("customer_no", "value", *asked.groups)
    s = visible.snapshot_customers(asked.filters, asked.scope, month, *names).c
    return (
        select(
            *(s[g] for g in asked.groups),
            s.value.label("value_start"),
            visible.lost_value(c.lost == 1, s.value).label("value_lost"),
        )
        .where(c.alive_start == 1, s.customer_no == c.customer_no)
        .subquery("value_churn")
    )


def _value_churn_months(asked: Asked) -> Subquery:
    """Return by closed month the value at its start and what of it was lost.

    Month ends know the threshold of the scoring model alone: for another one there are no months.
    """
    span, last = whole(asked.period), asked.filters.calendar.last_closed
    rows = visible.value_months(asked.filters, asked.scope, span).c
    is_told = rows.month < visible.day(last) if is_threshold_kept(asked) else false()
    return select(rows.month, rows.value_start, rows.value_lost).where(is_told).subquery("months")


VALUE_CHURN = Family(_value_churn, _value_churn_months)

"""Churn in value: what those not churned at a period's start, and those lost in it, were worth."""

from dataclasses import replace

from sqlalchemy import Subquery, case, select

from data.domain.period import add_months, month_start
from queries import visible
from queries.measure.churn import CHURN
from queries.measure.family import Asked, Family


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
            case((c.lost == 1, s.value)).label("value_lost"),
        )
        .where(c.alive_start == 1, s.customer_no == c.customer_no)
        .subquery("value_churn")
    )


VALUE_CHURN = Family(_value_churn)

"""Additive facts and growth states: sums over the period or by month."""

from sqlalchemy import Subquery

from queries import visible
from queries.measure.family import Asked, Family, whole


def _facts(asked: Asked) -> Subquery:
    return visible.facts(
        asked.filters, asked.scope, asked.period, names=asked.reads, dimensions=asked.groups
    )


def _fact_months(asked: Asked) -> Subquery:
    return visible.months(asked.filters, asked.scope, whole(asked.period), "month", *asked.reads)


def _states(asked: Asked) -> Subquery:
    span = whole(asked.period)
    return visible.months(
        asked.filters, asked.scope, span, "month", *asked.reads, dimensions=asked.groups
    )


FACTS = Family(_facts, _fact_months)
STATES = Family(_states, _states)

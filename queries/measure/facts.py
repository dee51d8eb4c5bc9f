"""Additive facts and growth states: sums over the period or by month."""

from sqlalchemy import Subquery, select

from queries import visible
from queries.measure.family import Asked, Family, whole


def _facts(asked: Asked) -> Subquery:
    return visible.facts(
        asked.filters, asked.scope, asked.period, names=asked.reads, dimensions=asked.groups
    )


def by_month(asked: Asked) -> Subquery:
    """Return month rows with what the metrics read of them; `customers` are those active.

    Facts, growth states and active customers share these rows, and so one scan of them.
    """
    stored = {n: "is_active" if n == "customers" else n for n in asked.reads}
    span = whole(asked.period)
    m = visible.months(asked.filters, asked.scope, span, "month", *stored.values()).c
    columns = (m[column].label(name) for name, column in stored.items())
    return select(m.month, *columns).subquery("by_month")


def _states(asked: Asked) -> Subquery:
    span = whole(asked.period)
    return visible.months(
        asked.filters, asked.scope, span, "month", *asked.reads, dimensions=asked.groups
    )


FACTS = Family(_facts, by_month)
STATES = Family(_states, by_month)

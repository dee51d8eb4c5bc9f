"""The asset statement's figures: customers at the two month ends that the filters name."""

from sqlalchemy import Subquery, false, select

from queries import visible
from queries.measure.family import Asked, Family


def _statement(asked: Asked) -> Subquery:
    """Return one row per customer of either month end; none where a month end is not known."""
    filters = asked.filters
    ends = filters.choices.ends or filters.calendar.ends_of(asked.period)
    rows = visible.movements(filters, asked.scope, ends, *asked.groups)
    if filters.calendar.has_ends(*ends):
        return rows
    return select(rows).where(false()).subquery("statement")


STATEMENT = Family(_statement)

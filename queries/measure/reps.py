"""What representatives did, by the fact's own representative, in whole months that are over."""

from sqlalchemy import Subquery, select

from data.domain.period import Calendar, Period
from queries import visible
from queries.measure.family import Asked, Family, whole

#: A team and every team above it, so that a node holds its whole subtree.
TEAM_NODE = "team_node"


def counted_months(period: Period, calendar: Calendar) -> Period:
    """Return the months of a period that lie in it whole and are over; without one, all touched.

    Targets are of months, and half a month against a whole target says nothing.
    """
    inner, _edges = period.split()
    until = min(inner.until, calendar.last_closed) if inner else period.since
    return Period(inner.since, until) if inner and inner.since < until else whole(period)


def _reps(asked: Asked) -> Subquery:
    """Return representative × month rows; by team node, each row once per team above it."""
    span = counted_months(asked.period, asked.filters.calendar)
    return _by_node(visible.rep_months(asked.filters, asked.scope, span), asked.group)


def _by_node(rows: Subquery, group: str | None) -> Subquery:
    if group != TEAM_NODE:
        return rows
    tree = visible.team_tree()
    joined = rows.join(tree, tree.c.descendant == rows.c.team)
    return select(rows, tree.c.ancestor.label(TEAM_NODE)).select_from(joined).subquery("nodes")


def _rep_months(asked: Asked) -> Subquery:
    return visible.rep_months(asked.filters, asked.scope, whole(asked.period))


def _books(asked: Asked) -> Subquery:
    """Return representative × cell rows of the books between the period's month ends."""
    ends = asked.filters.calendar.ends_of(asked.period)
    return _by_node(visible.books(asked.filters, asked.scope, ends), asked.group)


REPS = Family(_reps, _rep_months)
BOOKS = Family(_books)

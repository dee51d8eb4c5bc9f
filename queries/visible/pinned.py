"""Month ends as a reader knows them: as computed today, or as they were known when they closed."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Date, FromClause, Text, and_, cast, literal, null, select, union_all

from data.domain.period import Calendar, month_start
from data.warehouse import marts
from data.warehouse.dialects import Coded
from data.warehouse.pins import KEPT_FACTS, pinned_end

#: What was kept of a month end when it closed.
KEPT = ("tier", "lifecycle", "score", "value", "is_churned", "model")
#: What tells how a month end came about and changes no figure of it: from the rows of today.
BESIDE = ("is_lost", "revaluation")


@lru_cache(maxsize=64)
def ends_of(calendar: Calendar) -> FromClause:
    """Return the month-end rows: pinned ones where a reader looks back to a month that is kept.

    Then a month end from before the first one pinned is as computed today, and what was not kept
    of a pinned one is blank. Customers who were not known when it closed are not in it.
    """
    if not calendar.is_pinned or calendar.pinned_from is None:
        return marts.customer_snapshot
    s, first = marts.customer_snapshot.c, literal(calendar.pinned_from)
    before = select(*(_plain(c) for c in s)).where(s.month < first)
    return union_all(before, _pinned()).subquery("ends")


@lru_cache(maxsize=64)
def kept(calendar: Calendar) -> FromClause:
    """Return what is kept of the month end looked at, per customer in it."""
    s = ends_of(calendar).c
    stmt = select(s.customer_no, *(s[n] for n in sorted(KEPT_FACTS)))
    return stmt.where(s.month == literal(month_start(calendar.as_of), Date())).subquery("kept")


def _plain(column: Any) -> Any:
    return cast(column, Text).label(column.name) if isinstance(column.type, Coded) else column


def _pinned() -> Any:
    p, c, s = pinned_end.c, marts.customer_current.c, marts.customer_snapshot.c
    today = and_(s.customer_no == c.customer_no, s.month == p.month)
    kept = {**{n: p[n] for n in KEPT}, **{n: s[n] for n in BESIDE}}
    kept |= {"month": p.month, "customer_no": c.customer_no}
    columns = [
        (kept[x.name] if x.name in kept else cast(null(), _type(x))).label(x.name) for x in s
    ]
    rows = pinned_end.join(marts.customer_current, c.customer_id == p.customer_id)
    return select(*columns).select_from(rows.outerjoin(marts.customer_snapshot, today))


def _type(column: Any) -> Any:
    return Text() if isinstance(column.type, Coded) else column.type

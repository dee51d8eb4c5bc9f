"""Opportunities as they stood at a closed month end, wound back by the days that they have."""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, Text, and_, case, cast, literal, null, or_, select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.marts.columns import MAX_STAGES
from queries.visible.predicates import allowed, day, selected

POSITIONS = range(1, MAX_STAGES + 1)
ENTERED = tuple(f"stage_{i}_on" for i in POSITIONS)
#: Days that were still to come at a month end are blank then.
DAYS = ("closed_on", "first_contact_on", *ENTERED)
#: What being wound back rests on.
BASIS = ("closed_on", "status", "stage", "reached", *ENTERED)
#: What waited for an answer then is not told.
NOT_TOLD = ("quote_waiting",)


def deals_then(filters: Filters, scope: Scope, names: tuple[str, ...]) -> Subquery:
    """Return the opportunities there were at the month end looked at, as they stood then.

    Their amount and their owner are those of today. Without a creation day one is there from its
    closing on.
    """
    t, until = marts.opportunity_current, day(filters.calendar.until)
    existed = or_(t.c.created_on < until, and_(t.c.created_on.is_(None), t.c.closed_on < until))
    there = selected(t, scope, (*names, *BASIS), filters.calendar)
    deals = there.where(existed, *allowed(t, filters, scope)).subquery("there")
    columns = _wound_back(deals.c, until)
    rows: Any = deals
    if "stage" in names:
        s = marts.funnel_stage
        rows = deals.outerjoin(s, s.c.position == columns["reached"])
        columns["stage"] = case(
            (_is_as_today(deals.c, until), _text(deals.c.stage)), else_=s.c.stage
        )
    wanted = [columns.get(n, deals.c[n]).label(n) for n in dict.fromkeys(names)]
    return select(*wanted).select_from(rows).subquery("deals_then")


def _wound_back(d: Any, until: Any) -> dict[str, ColumnElement[Any]]:
    has_closed = d.closed_on < until
    told: dict[str, ColumnElement[Any]] = {
        **{n: case((d[n] < until, d[n])) for n in DAYS if n in d},
        **{n: cast(null(), d[n].type) for n in NOT_TOLD if n in d},
        "status": case((d.closed_on >= until, literal("open", Text())), else_=_text(d.status)),
        "reached": _reached(d, until),
    }
    if "lost_reason" in d:
        told["lost_reason"] = case((has_closed, _text(d.lost_reason)))
    if "cycle_days" in d:
        told["cycle_days"] = case((has_closed, d.cycle_days))
    return told


def _reached(d: Any, until: Any) -> ColumnElement[int]:
    """Return the furthest stage entered by then; one without a day counts as entered."""
    known = [
        (or_(d[name] < until, and_(d.reached == i, d[name].is_(None))), i)
        for i, name in reversed(tuple(zip(POSITIONS, ENTERED, strict=True)))
    ]
    return case(*known, else_=0)


def _is_as_today(d: Any, until: Any) -> ColumnElement[bool]:
    """Whether nothing has happened to it since: the stage of today is that of then."""
    went_on = or_(*(d[n].is_not(None) & (d[n] >= until) for n in (*ENTERED, "closed_on")))
    return ~went_on


def _text(column: Any) -> ColumnElement[str]:
    return cast(column, Text)

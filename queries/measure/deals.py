"""Opportunities, and what each counts for in a period."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Subquery, and_, case, literal, or_, select, union_all

from data.warehouse.dialects import Rows, add_days, days_between, int_div, month_of, when
from queries import visible
from queries.measure.family import Asked, Family, whole
from queries.visible import between, day

#: Weekdays are counted from a Monday before every record.
A_MONDAY = date(1900, 1, 1)

_DEAL = ("created_on", "closed_on", "status", "amount", "cycle_days")


def _deals(asked: Asked) -> Subquery:
    """Return opportunities with what each counts for in the period."""
    d = visible.deals(asked.filters, asked.scope, *_DEAL, *asked.reads, *asked.groups)
    created = between(d.c.created_on, asked.period)
    closed = between(d.c.closed_on, asked.period)
    lag = asked.filters.period.since - asked.period.since
    in_time = [d.c.closed_on <= day(asked.filters.calendar.as_of - lag)] if lag else []
    rows = _deal_rows(d, created=created, closed=closed, won_by_now=in_time)
    rows = _with_contacts(rows, d, created=created, asked=asked)
    # A group without a row is left out, while a total without any counts 0.
    narrow = [or_(created, closed, d.c.status == "open")] if asked.group else []
    return rows.where(*narrow).subquery("deal_rows")


def _deal_rows(d: Subquery, *, created: Any, closed: Any, won_by_now: Sequence[Any] = ()) -> Rows:
    is_won, is_open = d.c.status == "won", d.c.status == "open"
    won = and_(closed, is_won)
    return select(
        d,
        when(created).label("created"),
        when(and_(created, is_won, *won_by_now)).label("created_won"),
        when(won).label("won"),
        when(and_(closed, d.c.status == "lost")).label("lost"),
        when(won, d.c.amount).label("won_amount"),
        when(is_open).label("open"),
        when(is_open, d.c.amount).label("open_amount"),
        when(won, d.c.cycle_days, None).label("won_cycle"),
    )


def _with_contacts(rows: Rows, d: Subquery, *, created: Any, asked: Asked) -> Rows:
    """Return the rows with whether a first contact was due, and made in time, where it is asked."""
    if "first_contact_on" not in asked.reads:
        return rows
    due_on = add_days(d.c.created_on, _to_next_working_day(d.c.created_on))
    in_time = and_(created, d.c.first_contact_on <= due_on)
    is_due = or_(in_time, and_(created, due_on <= day(asked.filters.calendar.as_of)))
    return rows.add_columns(
        when(is_due).label("contact_due"), when(in_time).label("contacted_in_time")
    )


def _to_next_working_day(column: Any) -> Any:
    """Return the days from a day to the next Monday to Friday; holidays are not known."""
    since = days_between(day(A_MONDAY), column)
    weekday = since - 7 * int_div(since, literal(7))
    return case((weekday == 4, 3), (weekday == 5, 2), else_=1)


def _deal_months(asked: Asked) -> Subquery:
    span = whole(asked.period)
    d = visible.deals(asked.filters, asked.scope, *_DEAL, *asked.reads)
    yes, no = literal(value=True), literal(value=False)
    born = _deal_rows(d, created=yes, closed=no).where(between(d.c.created_on, span))
    done = _deal_rows(d, created=no, closed=yes).where(between(d.c.closed_on, span))
    born = _with_contacts(born, d, created=yes, asked=asked)
    done = _with_contacts(done, d, created=no, asked=asked)
    parts = [
        born.add_columns(month_of(d.c.created_on).label("month")),
        done.add_columns(month_of(d.c.closed_on).label("month")),
    ]
    return union_all(*parts).subquery("deal_months")


DEALS = Family(_deals, _deal_months)

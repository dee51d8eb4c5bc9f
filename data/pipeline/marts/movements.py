"""How the customer asset moved from each month end to the next, by line of the statement."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, func, literal, or_, select

from data.domain.masks import activity_bits
from data.domain.period import add_months
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import day_literal, fill, zero
from data.warehouse import marts
from data.warehouse.dialects import Rows, sum_cents, when
from data.warehouse.marts.columns import FIXED_DIMENSIONS, bits
from data.warehouse.rules import asset_line, is_on_line, is_quiet, line_name


def fill_cube_movement(context: Context) -> None:
    """Fill `cube_movement`, one month end after the other: each pair is a join of its own."""
    for month in context.calendar.closed_months[1:]:
        fill(context.connection, marts.cube_movement, _movements(context, month))


def _movements(context: Context, closing: date) -> Rows:
    c = marts.customer_current
    before = _end(add_months(closing, -1), "s")
    after = _end(closing, "e")
    a, z = _worth(before.c), _worth(after.c)
    valued = after.c.is_churned.is_(False)
    revaluation = when(valued, zero(after.c.revaluation), literal(0, BigInteger()))
    known = (_known(before.c).is_not(None), _known(after.c).is_not(None), revaluation != 0)
    is_known = or_(*known)
    moved = when(is_known, z - a - revaluation, None)
    line = asset_line(before=before.c.is_churned, after=after.c.is_churned, moved=moved)
    dimensions = [x for n in FIXED_DIMENSIONS for x in (c.c[n], c.c[bits(n)])]
    ordered = activity_bits(context.calendar, closing, add_months(closing, 1))
    rows = (
        select(
            *dimensions,
            line.label("place"),
            _known(before.c).label("opening"),
            _known(after.c).label("closing"),
            revaluation.label("revaluation"),
            moved.label("moved"),
            when(is_quiet(c.c, ordered), moved).label("quiet"),
        )
        .select_from(
            c.outerjoin(before, before.c.customer_no == c.c.customer_no).outerjoin(
                after, after.c.customer_no == c.c.customer_no
            )
        )
        .where(or_(before.c.customer_no.is_not(None), after.c.customer_no.is_not(None)))
        .subquery("rows")
    )
    r = rows.c
    group = [x for n in FIXED_DIMENSIONS for x in (r[n], r[bits(n)])]
    sums = [sum_cents(r[n]).label(n) for n in ("opening", "closing", "revaluation", "moved")]
    silence = sum_cents(when(is_on_line(r.place, "contraction"), r.quiet)).label("silence")
    return (
        select(
            day_literal(closing).label("month"),
            *group,
            line_name(r.place).label("line"),
            func.count().label("customers"),
            *sums,
            silence,
        )
        .group_by(*group, r.place)
        .order_by(*(r[n] for n in FIXED_DIMENSIONS), r.place)
    )


def _end(month: date, name: str) -> Any:
    s = marts.customer_snapshot.c
    columns = (s.customer_no, s.is_churned, s.value, s.revaluation)
    return select(*columns).where(s.month == day_literal(month)).subquery(name)


def _worth(end: Any) -> ColumnElement[int]:
    """Return a customer's value at a month end: 0 for who was churned or no customer then."""
    return zero(_known(end))


def _known(end: Any) -> ColumnElement[int]:
    """Return the same, blank where there is none: a sum of blanks is no asset of 0."""
    return when(end.is_churned.is_(False), end.value, None)

"""How the customer asset moved from each month end to the next, by line of the statement."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, func, literal, or_, select

from data.domain.masks import activity_bits
from data.domain.period import Period, add_months, month_start
from data.pipeline.marts.work import Context, day_literal, fill, zero
from data.warehouse import marts
from data.warehouse.dialects import Rows, bits_and, sum_cents, when
from data.warehouse.marts import FIXED_DIMENSIONS, bits
from data.warehouse.rules import asset_line, is_on_line, line_name


def fill_cube_movement(context: Context) -> None:
    """Fill `cube_movement`, one month end after the other: each pair is a join of its own."""
    calendar = context.calendar
    months = Period(month_start(calendar.first_on), calendar.until).months()[1:]
    for month in months:
        if month.until <= calendar.until:
            fill(context.connection, marts.cube_movement, _movements(context, month.since))


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
    rows = (
        select(
            *dimensions,
            line.label("place"),
            _known(before.c).label("opening"),
            _known(after.c).label("closing"),
            revaluation.label("revaluation"),
            moved.label("moved"),
            when(_is_silent(context, c.c, closing), moved).label("quiet"),
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


def _is_silent(context: Context, c: Any, month: date) -> ColumnElement[bool]:
    """Whether somebody without a contract ordered nothing in the month."""
    bits = activity_bits(context.calendar, month, add_months(month, 1))
    silent = [
        bits_and(zero(c[name]), literal(mask, BigInteger())) == 0 for name, mask in bits.items()
    ]
    return and_(c.covered_until.is_(None), *silent)

"""Customers at two month ends side by side: what they were, are, and how their value moved."""

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from data.domain.choices import Ends
from data.domain.columns import LOSSES
from data.domain.filters import Filters
from data.domain.masks import ACTIVITY, activity_bits
from data.domain.period import Calendar, Period, add_months
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import Cents, month_of, once, sum_cents
from data.warehouse.dialects import add_months as later
from data.warehouse.marts.columns import FIXED_DIMENSIONS
from data.warehouse.rules import asset_line, is_on_line, is_quiet, line_name
from queries.visible.customer_rows import snapshot_customers
from queries.visible.pinned import ends_of
from queries.visible.predicates import MOVING, allowed, between, day, selected, shown

#: What is read of a customer at both month ends, under the names opening_… and closing_….
AT_END = ("tier", "is_churned", "value")
#: What tells since when somebody has been a customer, and whether they were quiet.
ASKED_OF = ("first_on", "contract_on", "covered_until", *ACTIVITY)


def movements(
    filters: Filters,
    scope: Scope,
    ends: Ends,
    *names: str,
    scores: tuple[str, ...] = (),
    among: FromClause | None = None,
) -> Subquery:
    """Return customers who were one at either month end, with their place in the asset statement.

    All whom the reader sees and asked for, or those `among` them (`candidates`).

    Columns: the `names` of today, `opening_tier`, `closing_tier`, `opening` and `closing` (value,
    blank for who was churned or absent), `revaluation`, `moved` (the rest of the change), `place`
    (of the line), `is_quiet` (no contract, and no order between the month ends); `scores` at both.

    Who was one at both ends is found by inner joins, three times as fast as outer ones; who came
    in between by the facts that make a customer. Nobody ceases to be one within a version.
    """
    names = tuple(dict.fromkeys(("customer_no", *names)))
    c: Any = _candidates(filters, scope, *names).subquery("c") if among is None else among
    told_of = ends_of(filters.calendar)
    s, e = (
        _end(told_of, month, scores).subquery(name)
        for month, name in zip(ends, ("s", "e"), strict=True)
    )
    is_revalued = any(ends[0] < month <= ends[1] for month in filters.calendar.revalued)
    r = _revalued(ends) if is_revalued else None
    since = c.join(e, e.c.customer_no == c.c.customer_no)
    both = since.join(s, s.c.customer_no == c.c.customer_no)
    nobody = {n: cast(null(), s.c[n].type) for n in (*AT_END, *scores)}
    sides: list[tuple[Any, Any, Any]] = [(both, s.c, e.c), (since, nobody, e.c)]
    if filters.calendar.is_pinned:
        sides.append((c.join(s, s.c.customer_no == c.c.customer_no), s.c, nobody))
    parts = [
        _side_by_side(
            filters.calendar,
            c,
            ends,
            names=names,
            rows=rows,
            before=before,
            after=after,
            revalued=r,
        )
        for rows, before, after in sides
    ]
    if filters.calendar.is_pinned:
        # What closed later may know of customers whom the month before did not, whenever they came.
        parts[1] = parts[1].where(c.c.customer_no.not_in(select(s.c.customer_no)))
        parts[2] = parts[2].where(c.c.customer_no.not_in(select(e.c.customer_no)))
    else:
        parts[1] = parts[1].where(~_is_customer(c.c, add_months(ends[0], 1)))
    rows = union_all(*parts).subquery("sides")
    known = (rows.c.opening.is_not(None), rows.c.closing.is_not(None), rows.c.revaluation != 0)
    is_known = or_(*known)
    closing, opening = (func.coalesce(rows.c[n], _none()) for n in ("closing", "opening"))
    moved = _cents(case((is_known, closing - opening - rows.c.revaluation)))
    told = select(rows, moved.label("moved")).subquery("told")
    line = asset_line(before=told.c.was_churned, after=told.c.is_churned, moved=told.c.moved)
    return select(told, line.label("place")).subquery("movements")


def candidates(filters: Filters, scope: Scope, *names: str, only: Select[Any] | None = None) -> CTE:
    """Return whom movements shall be told of, found once in a statement: `names` and more.

    All whom the reader sees and asked for, or `only` those of some numbers (customer_no).
    """
    stmt = _candidates(filters, scope, *names)
    if only is not None:
        stmt = stmt.where(marts.customer_current.c.customer_no.in_(only))
    return once(stmt, "candidates")


def _candidates(filters: Filters, scope: Scope, *names: str) -> Select[Any]:
    t = marts.customer_current
    wanted = dict.fromkeys(("customer_no", *ASKED_OF, *names))
    stmt = select(*(shown(t.c[n], scope) for n in wanted))
    return stmt.where(t.c.is_customer, *allowed(t, filters, scope))


def _side_by_side(
    calendar: Calendar,
    c: Any,
    ends: Ends,
    *,
    names: tuple[str, ...],
    rows: Any,
    before: Any,
    after: Any,
    revalued: Subquery | None,
) -> Any:
    """Return customers with what they were and are; `before` is blank for who was none."""
    alive = after["is_churned"].is_(False)
    revaluation = _none()
    if revalued is not None:
        rows = rows.outerjoin(revalued, revalued.c.customer_no == c.c.customer_no)
        revaluation = case((alive, func.coalesce(revalued.c.revaluation, 0)), else_=_none())
    sides = (("opening", before), ("closing", after))
    ordered = activity_bits(calendar, *(add_months(end, 1) for end in ends))
    scores = [n for n in after.keys() if n not in ("customer_no", *AT_END)]  # noqa: SIM118
    return select(
        *(c.c[n] for n in names),
        *(side["tier"].label(f"{name}_tier") for name, side in sides),
        *(_known(side).label(name) for name, side in sides),
        before["is_churned"].label("was_churned"),
        after["is_churned"].label("is_churned"),
        _cents(revaluation).label("revaluation"),
        is_quiet(c.c, ordered).label("is_quiet"),
        *(side[n].label(f"{name}_{n}") for name, side in sides for n in scores),
    ).select_from(rows)


def _is_customer(c: Any, until: date) -> ColumnElement[bool]:
    """Whether somebody had ordered or had a contract before a day."""
    ordered = func.coalesce(c.first_on < day(until), false())
    return or_(ordered, func.coalesce(c.contract_on < day(until), false()))


def _none() -> ColumnElement[int]:
    return literal(0, BigInteger())


def _cents(amount: Any) -> ColumnElement[Any]:
    return type_coerce(amount, Cents())


def _end(known: FromClause, month: date, scores: tuple[str, ...]) -> Select[Any]:
    columns = ("customer_no", *AT_END, *scores)
    return select(*(known.c[n] for n in columns)).where(known.c.month == day(month))


def _known(end: Any) -> ColumnElement[Any]:
    return case((end["is_churned"].is_(False), end["value"]))


def _revalued(ends: Ends) -> Subquery:
    """Return by how much changes of the scoring model moved each customer between the ends."""
    s = marts.customer_snapshot.c
    stmt = select(s.customer_no, sum_cents(s.revaluation).label("revaluation"))
    within = (s.month > day(ends[0]), s.month <= day(ends[1]), s.revaluation != 0)
    return stmt.where(*within).group_by(s.customer_no).subquery("r")


def movement_months(filters: Filters, scope: Scope, span: Period) -> Subquery:
    """Return the lines of the asset statement of each month: month, line, customers and sums.

    From the cube; where it cannot answer, from the customers of each month.
    """
    if _is_in_cube(filters, scope):
        t = marts.cube_movement
        names = ("month", "line", "customers", *SUMS)
        stmt = selected(t, scope, names).where(
            between(t.c.month, span), *allowed(t, filters, scope)
        )
        return stmt.subquery("movement_months")
    return _month_by_month(filters, scope, span)


def _is_in_cube(filters: Filters, scope: Scope) -> bool:
    """Whether the cube of the lines answers: cut by its dimensions, and as computed today."""
    asked = set(filters.chosen)
    is_cut = scope.reps is not None or not asked <= set(FIXED_DIMENSIONS) - set(MOVING)
    return not is_cut and not filters.calendar.is_pinned


def lost_value(is_lost: Any, value: Any) -> ColumnElement[Any]:
    """Return a value where it is lost; 0 where it is kept, blank where there is none."""
    return case((is_lost, value), (value.is_not(None), literal(0, Cents())))


def value_months(filters: Filters, scope: Scope, span: Period) -> Subquery:
    """Return by month the value at the month end before, and what of it was lost by churn.

    From the cube; where it cannot answer, from the customers of all month ends in one join.
    """
    if _is_in_cube(filters, scope):
        m = movement_months(filters, scope, span).c
        lost = lost_value(m.line == "depreciation", m.opening)
        columns = (m.month, m.opening.label("value_start"), lost.label("value_lost"))
        return select(*columns).subquery("value_months")
    names = ("customer_no", "month")
    s = snapshot_customers(filters, scope, None, *names, "value")
    e = snapshot_customers(filters, scope, None, *names, "is_lost").c
    gone = select(e.customer_no, e.month).where(e.is_lost, between(e.month, span)).subquery("l")
    month = later(s.c.month, literal(1))
    same = and_(gone.c.customer_no == s.c.customer_no, gone.c.month == month)
    before = Period(add_months(span.since, -1), add_months(span.until, -1))
    return (
        select(
            month.label("month"),
            s.c.value.label("value_start"),
            lost_value(gone.c.customer_no.is_not(None), s.c.value).label("value_lost"),
        )
        .select_from(s.outerjoin(gone, same))
        .where(between(s.c.month, before))
        .subquery("value_months")
    )


SUMS = ("opening", "closing", "revaluation", "moved", "silence")


def _month_by_month(filters: Filters, scope: Scope, span: Period) -> Subquery:
    parts: list[Any] = []
    among = candidates(filters, scope)
    for month in span.months():
        ends = (add_months(month.since, -1), month.since)
        m = movements(filters, scope, ends, among=among).c
        silence = case((and_(is_on_line(m.place, "contraction"), m.is_quiet), m.moved))
        parts.append(
            select(
                month_of(day(month.since)).label("month"),
                line_name(m.place).label("line"),
                literal(1, Integer()).label("customers"),
                *(m[n] for n in SUMS[:-1]),
                silence.label("silence"),
            )
        )
    stmt = union_all(*parts) if len(parts) > 1 else parts[0]
    return stmt.subquery("movement_months")


def schedules(filters: Filters, scope: Scope) -> Subquery:
    """Return customers valued twelve month ends ago: what was expected of each, and what came."""
    h, c = marts.customer_schedule.c, marts.customer_current
    names = ("month", "customer_no", "tier", "is_bound", "value", *LOSSES, "lost_in")
    stmt = (
        select(
            *(h[n] for n in names),
            *(c.c[n] for n in ("customer_id", "name", "region", "team", "rep")),
        )
        .select_from(c.join(marts.customer_schedule, h.customer_no == c.c.customer_no))
        .where(*allowed(c, filters, scope))
    )
    return stmt.subquery("schedules")


def tier_paths(filters: Filters, scope: Scope, last: date, *names: str) -> Subquery:
    """Return customers of each of three month ends with their tiers: tier_1 … and tier_raw_1 …."""
    c, s = marts.customer_current, ends_of(filters.calendar).c
    joined: Any = c
    columns: list[Any] = []
    for i in (1, 2, 3):
        kept = select(s.customer_no, s.tier, s.tier_raw)
        end = kept.where(s.month == day(add_months(last, i - 3))).subquery(f"end_{i}")
        joined = joined.join(end, end.c.customer_no == c.c.customer_no)
        columns += [end.c[n].label(f"{n}_{i}") for n in ("tier", "tier_raw")]
    stmt = select(*(shown(c.c[n], scope) for n in names), *columns).select_from(joined)
    return stmt.where(*allowed(c, filters, scope)).subquery("tier_paths")

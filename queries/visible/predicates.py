"""What a reader may see and asked for, as predicates on a mart's own columns."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Date,
    Integer,
    Label,
    Table,
    Text,
    and_,
    cast,
    false,
    literal,
    null,
    select,
)

from data.domain.choices import Ends
from data.domain.dimension import NOT_GIVEN
from data.domain.filters import Filters
from data.domain.period import Calendar, Period, add_months, month_start
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import CodedIn, Rows, once
from data.warehouse.marts.columns import CUBE_DIMENSIONS, bits
from queries.visible.pinned import ends_of, kept

#: Dimensions that only opportunities carry.
DEAL_DIMENSIONS = ("seller_team", "seller")
MOVING = ("tier", "lifecycle")


def day(value: date) -> ColumnElement[date]:
    """Return a day as a typed bound value."""
    return literal(value, Date())


def between(column: Any, period: Period) -> ColumnElement[bool]:
    """Return whether a day lies in the half-open period."""
    return and_(column >= day(period.since), column < day(period.until))


def moment(filters: Filters) -> date | None:
    """Return the month whose end decides tier and lifecycle; None: as they stand now."""
    if filters.period.until > filters.calendar.last_closed:
        return None
    return add_months(month_start(filters.period.until), -1)


def _rights(scope: Scope) -> dict[str, frozenset[str]]:
    """Return the values that the reader may see of a dimension, where not all of them.

    Who has no owner belongs to no team: only a reader of the whole company sees them.
    """
    rights = {"team": scope.teams, "rep": scope.reps}
    return {name: values - {NOT_GIVEN} for name, values in rights.items() if values is not None}


def scoped(table: Table, scope: Scope) -> list[ColumnElement[bool]]:
    """Return the reader's rights as predicates; no team and no rep means no rows."""
    return [coded(table, name, values) for name, values in _rights(scope).items()]


def coded(table: Table, name: str, *choices: Sequence[str] | frozenset[str]) -> ColumnElement[bool]:
    """Return whether a coded column holds a value of each choice; an empty one means no rows."""
    if not all(choices):
        return false()
    hot = table.c.get(bits(name))
    return CodedIn(table.c[name], hot, *choices)


def _chosen(table: Table, filters: Filters, done: frozenset[str]) -> list[ColumnElement[bool]]:
    """Return the choices of every dimension as predicates, but of those `done`."""
    predicates: list[ColumnElement[bool]] = []
    month = moment(filters)
    moved = {n: v for n, v in filters.chosen.items() if n in MOVING and month is not None}
    if month is not None and moved:
        members = _at_moment(month, tuple(moved.items()), filters.calendar)
        predicates.append(table.c.customer_no.in_(select(members.c.customer_no)))
    for name, values in filters.chosen.items():
        if name in moved or name in done:
            continue
        if name in DEAL_DIMENSIONS:
            if name in table.c:
                predicates.append(coded(table, name, values))
        elif name == "customer":
            predicates.append(_of_customers(table, values))
        elif name == "cohort":
            months = [date.fromisoformat(f"{v}-01") for v in values]
            predicates.append(table.c.cohort.in_([day(m) for m in months]))
        else:
            predicates.append(coded(table, name, values))
    return predicates


def _of_customers(table: Table, ids: Sequence[str]) -> ColumnElement[bool]:
    c = marts.customer_current.c
    bound = [literal(i, Text()) for i in ids]
    return table.c.customer_no.in_(select(c.customer_no).where(c.customer_id.in_(bound)))


@lru_cache(maxsize=1024)
def _at_moment(
    month: date, moved: tuple[tuple[str, tuple[str, ...]], ...], calendar: Calendar
) -> CTE:
    """Return who had the chosen tier and lifecycle at a month end.

    The same choice is the same relation wherever a statement reads it, so that the engine finds
    its members once and not once per part.
    """
    s = ends_of(calendar).c
    if calendar.is_pinned:
        chosen = [s[name].in_([literal(v, Text()) for v in values]) for name, values in moved]
    else:
        chosen = [CodedIn(s[name], None, values) for name, values in moved]
    stmt = select(s.customer_no).where(s.month == literal(month, Date()), *chosen)
    return once(stmt, "at_moment")


def of_reps_only(filters: Filters) -> list[ColumnElement[bool]]:
    """Return no rows where customers were chosen that what representatives did cannot be cut by.

    Their work stands by month, team and representative; a figure of everybody under a filter of
    some would be wrong.
    """
    answered = {"team", "rep", *DEAL_DIMENSIONS}
    # Spelt out: a plain false would take the reader's rights out of the statement with it.
    never = literal(1, Integer()) == literal(0, Integer())
    return [never] if set(filters.chosen) - answered else []


def allowed(table: Table, filters: Filters, scope: Scope) -> list[ColumnElement[bool]]:
    """Return the reader's rights and choices as predicates on a mart's own columns.

    Both on one dimension are one condition, so that an engine looks at its column once.
    """
    rights, chosen = _rights(scope), filters.chosen
    choices = {n: (own, chosen[n]) if n in chosen else (own,) for n, own in rights.items()}
    own = [coded(table, name, *each) for name, each in choices.items()]
    return [*own, *_chosen(table, filters, frozenset(rights))]


def fits_cube(filters: Filters, scope: Scope, dimensions: Sequence[str] = ()) -> bool:
    """Whether the question needs only dimensions of the cubes, as they stand now."""
    asked = (set(filters.chosen) | set(dimensions)) - set(DEAL_DIMENSIONS)
    moved = asked & set(MOVING) and moment(filters) is not None
    return scope.reps is None and asked <= set(CUBE_DIMENSIONS) and not moved


def selected(
    table: Table, scope: Scope, names: Sequence[str] = (), at: Calendar | None = None
) -> Rows:
    """Return the named columns, or all of them: few columns plan and compile faster.

    Tier and lifecycle are those of today; with the calendar of a month end looked back to, those
    that are kept of it.
    """
    wanted = dict.fromkeys(names or [c.name for c in table.columns])
    if at is None or not at.is_past or not set(MOVING) & set(wanted):
        return select(*(shown(table.c[n], scope) for n in wanted))
    then = kept(at)
    columns = [then.c[n].label(n) if n in MOVING else table.c[n] for n in wanted]
    stmt = select(*(shown(column, scope) for column in columns))
    joined = table.outerjoin(then, then.c.customer_no == table.c.customer_no)
    return stmt.select_from(joined)


def shown(column: Column[Any] | Label[Any], scope: Scope) -> ColumnElement[Any]:
    """Return the column, or blank where the reader sees it masked.

    Whatever then sorts, searches, groups or exports it finds nothing: the field is never read.
    """
    if column.name not in scope.masked:
        return column
    return cast(null(), column.type).label(column.name)


def unknown_ends(filters: Filters, ends: Ends) -> list[ColumnElement[bool]]:
    """Return a condition that holds for nobody where a month end is not known, else none."""
    return [] if filters.calendar.has_ends(*ends) else [false()]

"""Lists of tasks: what is due first stands first, in pages of as many as are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, case, func, or_, select

from data.domain.task import CLOSED, PRIORITIES, Owner
from data.domain.treatment import Treatment
from data.state.engine import reading
from data.state.tables import task
from data.state.task_rows import COLUMNS, TaskRecord, record_of

_t = task.c
#: Days are compared as they are; a task that is due on none comes last.
_ORDER = (
    case((_t.state.in_(sorted(CLOSED)), 1), else_=0),
    case((_t.due_on.is_(None), 1), else_=0),
    _t.due_on,
    case({name: i for i, name in enumerate(PRIORITIES)}, value=_t.priority),
    _t.task_id,
)


@dataclass(frozen=True)
class TaskQuery:
    """Which tasks are looked for; what is empty narrows nothing."""

    owners: tuple[Owner, ...] = ()
    states: tuple[str, ...] = ()
    priority: str = ""
    #: Due before this day; the day itself is not.
    due_before: date | None = None
    has_no_day: bool = False
    words: str = ""


def listed(
    database: Engine, query: TaskQuery, *, limit: int, offset: int = 0
) -> Sequence[TaskRecord]:
    """Return tasks that are not deleted, the most pressing first."""
    stmt = select(*COLUMNS).where(*_wanted(query)).order_by(*_ORDER).limit(limit).offset(offset)
    with reading(database) as connection:
        return [record_of(row) for row in connection.execute(stmt).mappings()]


def treatments(database: Engine, query: TaskQuery, *, limit: int) -> list[Treatment]:
    """Return customers of closed tasks by outcome, each from the first; the last closed first."""
    by = (_t.customer_id, _t.outcome)
    stmt = (
        select(_t.customer_id, func.min(_t.closed_on), _t.outcome)
        .where(*_wanted(query), _t.customer_id.is_not(None), _t.outcome.is_not(None))
        .group_by(*by)
        .order_by(func.max(_t.closed_on).desc(), *by)
        .limit(limit)
    )
    with reading(database) as connection:
        return [Treatment(*row) for row in connection.execute(stmt)]


def _wanted(query: TaskQuery) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [_t.deleted_at.is_(None)]
    if query.owners:
        wanted.append(or_(*(_of(owner) for owner in query.owners)))
    if query.states:
        wanted.append(_t.state.in_(query.states))
    if query.priority:
        wanted.append(_t.priority == query.priority)
    if query.due_before:
        wanted.append(_t.due_on < query.due_before)
    if query.has_no_day:
        wanted.append(_t.due_on.is_(None))
    return [*wanted, *(_says(word) for word in query.words.split())]


def _of(owner: Owner) -> ColumnElement[bool]:
    return and_(_t.owner_kind == owner.kind, _t.owner_id == owner.id)


def _says(word: str) -> ColumnElement[bool]:
    lower: Any = word.lower()
    return or_(
        func.lower(_t.title).contains(lower, autoescape=True),
        func.lower(_t.note).contains(lower, autoescape=True),
        func.lower(_t.customer_id) == lower,
    )

"""The rows of tasks and of their changes, read and written within a caller's transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from data.domain.canonical import canonical_json
from data.domain.task import CLOSED, Owner
from data.state.audit import utc_now
from data.state.engine import StateError
from data.state.tables import task, task_change

_t = task.c
_c = task_change.c
#: Values of one statement: every engine takes so many.
AT_ONCE = 500
T = TypeVar("T")


class UnknownTaskError(StateError):
    """There is no such task."""


@dataclass(frozen=True)
class TaskRecord:
    """One task as the state database knows it."""

    task_id: int
    title: str
    customer_id: str | None
    owner_kind: str
    owner_id: str
    due_on: date | None
    priority: str
    state: str
    outcome: str | None
    note: str
    origin_kind: str
    origin_key: str
    origin_window: str
    made_by: str
    made_at: datetime
    changed_by: str
    changed_at: datetime
    closed_on: date | None
    deleted_at: datetime | None
    version: int

    @property
    def owner(self) -> Owner:
        """Who is to do it."""
        return Owner(self.owner_kind, self.owner_id)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to be done."""
        return self.state in CLOSED


@dataclass(frozen=True)
class ChangeRecord:
    """One version of a task: who made it when, and the fields before and after."""

    task_id: int
    version: int
    action_id: str
    kind: str
    at: datetime
    actor: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


COLUMNS = tuple(_t[name] for name in TaskRecord.__dataclass_fields__)
#: What is kept of a task in its changes, as it stands in the table.
KEPT = (
    "title",
    "owner_kind",
    "owner_id",
    "due_on",
    "priority",
    "state",
    "outcome",
    "note",
    "closed_on",
    "deleted_at",
)
_DAYS = frozenset({"due_on", "closed_on"})


def record_of(row: RowMapping) -> TaskRecord:
    """Return the task of a row that holds at least its columns."""
    return TaskRecord(**{name: row[name] for name in TaskRecord.__dataclass_fields__})


def found(connection: Connection, ids: Sequence[int]) -> dict[int, TaskRecord]:
    """Return the tasks of these numbers that there are, deleted ones included."""
    tasks: dict[int, TaskRecord] = {}
    for part in _parts(ids):
        stmt = select(*COLUMNS).where(_t.task_id.in_(part))
        records = (record_of(row) for row in connection.execute(stmt).mappings())
        tasks |= {each.task_id: each for each in records}
    return tasks


def next_id(connection: Connection) -> int:
    """Return the number of the next task; who writes is alone."""
    return (connection.execute(select(func.max(_t.task_id))).scalar() or 0) + 1


def taken(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Return the keys of which there may be one task only and already is one."""
    there: set[str] = set()
    for part in _parts(keys):
        stmt = select(_t.once_key).where(_t.once_key.in_(part))
        there |= {str(key) for key in connection.execute(stmt).scalars()}
    return there


def add(connection: Connection, rows: Sequence[dict[str, Any]], *, action_id: str) -> None:
    """Insert tasks in their first version, with the change that opened them."""
    changes = [
        {
            "task_id": row["task_id"],
            "version": row["version"],
            "action_id": action_id,
            "kind": "opened",
            "at": row["made_at"],
            "actor": row["made_by"],
            "before": "{}",
            "after": canonical_json(_plain({name: row[name] for name in KEPT if name in row})),
        }
        for row in rows
    ]
    connection.execute(insert(task), list(rows))
    connection.execute(insert(task_change), changes)


def change(
    connection: Connection,
    before: TaskRecord,
    values: Mapping[str, Any],
    *,
    about: tuple[str, str, str],
) -> None:
    """Write a task's next version; `about` is (action, kind, actor)."""
    action_id, kind, actor = about
    now = utc_now()
    made = {"changed_by": actor, "changed_at": now, "version": before.version + 1}
    stmt = update(task).where(_t.task_id == before.task_id)
    connection.execute(stmt.values(**values, **made))
    connection.execute(
        insert(task_change).values(
            task_id=before.task_id,
            version=before.version + 1,
            action_id=action_id,
            kind=kind,
            at=now,
            actor=actor,
            before=canonical_json(_plain({name: getattr(before, name) for name in values})),
            after=canonical_json(_plain(values)),
        )
    )


def changes_of(connection: Connection, action_id: str) -> list[ChangeRecord]:
    """Return what one action did, by task."""
    stmt = select(task_change).where(_c.action_id == action_id).order_by(_c.task_id)
    return [_change_of(row) for row in connection.execute(stmt).mappings()]


def history(connection: Connection, task_id: int) -> list[ChangeRecord]:
    """Return every version of a task, the newest first."""
    stmt = select(task_change).where(_c.task_id == task_id).order_by(_c.version.desc())
    return [_change_of(row) for row in connection.execute(stmt).mappings()]


def _change_of(row: RowMapping) -> ChangeRecord:
    values: dict[str, Any] = {name: row[name] for name in ChangeRecord.__dataclass_fields__}
    values |= {name: _read(json.loads(row[name])) for name in ("before", "after")}
    return ChangeRecord(**values)


def _parts(found: Sequence[T]) -> list[Sequence[T]]:
    return [found[i : i + AT_ONCE] for i in range(0, len(found), AT_ONCE)]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


def _read(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as they stand in the table again."""
    kept = dict(values)
    for name in _DAYS & kept.keys():
        kept[name] = date.fromisoformat(kept[name]) if kept[name] else None
    if kept.get("deleted_at"):
        kept["deleted_at"] = datetime.fromisoformat(kept["deleted_at"])
    return kept

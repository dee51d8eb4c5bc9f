"""Tasks: opened, changed and undone, many at once, each action with one row in the audit log."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from data.access.reader import Reader
from data.domain.task import CLOSED, Draft, Owner, checked
from data.state import task_rows
from data.state.audit import record, require, utc_now
from data.state.engine import StateError, reading, writing
from data.state.task_rows import ChangeRecord, TaskRecord, UnknownTaskError

WORK, ASSIGN = "work-tasks", "assign-tasks"


class TaskActionError(StateError):
    """There is no such action that could be undone."""


@dataclass(frozen=True)
class Opened:
    """What came of drafts: the new tasks' numbers, and how many there were already."""

    action_id: str
    task_ids: tuple[int, ...]
    already: int = 0


@dataclass(frozen=True)
class Wanted:
    """A change of one task, by whoever has read this version of it."""

    task_id: int
    version: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Done:
    """What came of changes: the tasks that changed, and those that somebody else changed first."""

    action_id: str
    task_ids: tuple[int, ...]
    stale: tuple[TaskRecord, ...] = ()


def is_mine(found: TaskRecord, reader: Reader) -> bool:
    """Whether a reader is to do the task, or has made it."""
    return found.made_by == reader.user_id or owns(reader, found.owner)


def owns(reader: Reader, owner: Owner) -> bool:
    """Whether an owner is the reader, as a user or as a representative."""
    return str(owner) in {f"user:{reader.user_id}", f"rep:{reader.rep_id}"}


def task(database: Engine, task_id: int) -> TaskRecord:
    """Return one task; raise UnknownTaskError where there is none."""
    with reading(database) as connection:
        found = task_rows.found(connection, [task_id])
    if task_id not in found:
        raise UnknownTaskError(f"There is no task {task_id}. Look at the list again.")
    return found[task_id]


def tasks(database: Engine, ids: Sequence[int]) -> dict[int, TaskRecord]:
    """Return the tasks of these numbers that there are, by number."""
    with reading(database) as connection:
        return task_rows.found(connection, ids)


def history(database: Engine, task_id: int) -> list[ChangeRecord]:
    """Return every version of a task, the newest first."""
    with reading(database) as connection:
        return task_rows.history(connection, task_id)


# --- writing ---------------------------------------------------------------------------------


def open_tasks(database: Engine, *, actor: Reader, drafts: Sequence[Draft]) -> Opened:
    """Open tasks, all of them or none; of an origin that is once, those not yet there.

    Whether the actor may see their customers has been checked by who asks. A task for somebody
    else takes `assign-tasks`.
    """
    subject = "task/new"
    require(database, actor=actor, permission=WORK, subject=subject)
    if not all(owns(actor, draft.owner) for draft in drafts):
        require(database, actor=actor, permission=ASSIGN, subject=subject)
    action_id = secrets.token_hex(16)
    with writing(database) as connection:
        fresh = _not_yet_there(connection, drafts)
        first = task_rows.next_id(connection)
        rows = [_row(draft, first + i, actor) for i, draft in enumerate(fresh)]
        if rows:
            task_rows.add(connection, rows, action_id=action_id)
            told = {"origins": sorted({f"{d.origin.kind}/{d.origin.key}" for d in fresh})}
            _log(connection, actor, "tasks-opened", [r["task_id"] for r in rows], told)
    ids = tuple(row["task_id"] for row in rows)
    return Opened(action_id, ids, len(drafts) - len(ids))


def _not_yet_there(connection: Connection, drafts: Sequence[Draft]) -> list[Draft]:
    keys = [d.origin.once_key(d.customer_id) for d in drafts]
    seen = task_rows.taken(connection, [key for key in keys if key])
    fresh: list[Draft] = []
    for draft, key in zip(drafts, keys, strict=True):
        if key is None or key not in seen:
            fresh.append(draft)
        if key:
            seen.add(key)
    return fresh


def _row(draft: Draft, task_id: int, actor: Reader) -> dict[str, Any]:
    now = utc_now()
    return {
        "task_id": task_id,
        "title": draft.title.strip(),
        "customer_id": draft.customer_id,
        "owner_kind": draft.owner.kind,
        "owner_id": draft.owner.id,
        "due_on": draft.due_on,
        "priority": draft.priority,
        "state": "open",
        "outcome": None,
        "note": draft.note.strip(),
        "origin_kind": draft.origin.kind,
        "origin_key": draft.origin.key,
        "origin_window": draft.origin.window,
        "once_key": draft.origin.once_key(draft.customer_id),
        "made_by": actor.user_id,
        "made_at": now,
        "changed_by": actor.user_id,
        "changed_at": now,
        "closed_on": None,
        "version": 1,
    }


def change_tasks(database: Engine, *, actor: Reader, wanted: Sequence[Wanted], today: date) -> Done:
    """Change tasks that are still as they were read; the others are returned as they now are.

    `today` is the day of the data on which a task is closed. What is not the actor's own, and
    who is to do it, is changed by those who may assign.
    """
    require(database, actor=actor, permission=WORK, subject="task/change")
    clean = {w.task_id: checked(w.values) for w in wanted}
    now_there = tasks(database, [w.task_id for w in wanted])
    _refuse_missing([w.task_id for w in wanted], now_there)
    if any(_takes_assign(now_there[i], clean[i], actor) for i in clean):
        require(database, actor=actor, permission=ASSIGN, subject="task/change")
    action_id = secrets.token_hex(16)
    changed: list[int] = []
    stale: list[TaskRecord] = []
    with writing(database) as connection:
        current = task_rows.found(connection, [w.task_id for w in wanted])
        for each in wanted:
            before = current[each.task_id]
            if before.version != each.version or before.deleted_at:
                stale.append(before)
            elif values := _different(before, clean[each.task_id], today):
                about = (action_id, "changed", actor.user_id)
                task_rows.change(connection, before, values, about=about)
                changed.append(each.task_id)
        if changed:
            fields = sorted({name for each in wanted for name in each.values})
            _log(connection, actor, "tasks-changed", changed, {"fields": fields})
    return Done(action_id, tuple(changed), tuple(stale))


def undo(database: Engine, *, actor: Reader, action_id: str) -> Done:
    """Take one's own action back, where nobody has changed the tasks since.

    Opened tasks are deleted, changed ones are again as they were; both stay in the history.
    """
    require(database, actor=actor, permission=WORK, subject="task/undo")
    own = secrets.token_hex(16)
    undone: list[int] = []
    stale: list[TaskRecord] = []
    with writing(database) as connection:
        changes = task_rows.changes_of(connection, action_id)
        if not changes or any(c.actor != actor.user_id or c.kind == "undone" for c in changes):
            raise TaskActionError("There is nothing of yours to undo.")
        current = task_rows.found(connection, [c.task_id for c in changes])
        for each in changes:
            now = current[each.task_id]
            if now.version != each.version:
                stale.append(now)
                continue
            before = {"deleted_at": utc_now()} if each.kind == "opened" else each.before
            task_rows.change(connection, now, before, about=(own, "undone", actor.user_id))
            undone.append(each.task_id)
        if undone:
            _log(connection, actor, "tasks-undone", undone, {"action": action_id})
    return Done(own, tuple(undone), tuple(stale))


# --- what the writes share -------------------------------------------------------------------


def _refuse_missing(ids: Sequence[int], there: Mapping[int, TaskRecord]) -> None:
    for task_id in ids:
        if task_id not in there:
            raise UnknownTaskError(f"There is no task {task_id}. Look at the list again.")


def _takes_assign(before: TaskRecord, values: Mapping[str, Any], actor: Reader) -> bool:
    owner = values.get("owner", before.owner)
    return not is_mine(before, actor) or (owner != before.owner and not owns(actor, owner))


def _different(before: TaskRecord, values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return what would be new in the row; a closed task has a day and may have an outcome."""
    wanted = dict(values)
    if owner := wanted.pop("owner", None):
        wanted |= {"owner_kind": owner.kind, "owner_id": owner.id}
    # An outcome says how it ended: it ends what is not yet closed.
    if wanted.get("outcome") and wanted.get("state", before.state) not in CLOSED:
        wanted["state"] = "done"
    if wanted.get("state", before.state) in CLOSED:
        wanted["closed_on"] = before.closed_on or today
    else:
        wanted |= {"closed_on": None, "outcome": None}
    return {name: v for name, v in wanted.items() if getattr(before, name) != v}


def _log(
    connection: Connection,
    actor: Reader,
    action: str,
    ids: Sequence[int],
    details: Mapping[str, Any],
) -> None:
    subject = f"task/{ids[0]}" if len(ids) == 1 else "task/several"
    told = {"tasks": list(ids), **details}
    record(connection, actor=actor.acting, action=action, subject=subject, details=told)

"""What becomes of a reader's tasks: opened, changed, taken back, and the sentence that says so."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash
from dash import Input, Output

from components.tasks import undo_toast
from data.domain.filters import Filters
from data.domain.task import TaskError
from data.i18n import t, tn
from data.state import tasks
from data.state.engine import StateError
from data.state.tasks import Done, Wanted
from pages._page import guarded
from pages._state import FormError, actor_now, refusal, state
from pages._task_list import MOST, owners_now, seen_by_id, today_of
from queries.run import reader_now

WORK = "work-tasks"
TOASTS, DONE = "tasks-toasts", "tasks-done"
#: Both of what a write answers with: the sentence, and the stamp on which lists are drawn anew.
SAYS = (Output(TOASTS, "children"), Output(DONE, "data"))
ALSO_SAYS = (
    Output(TOASTS, "children", allow_duplicate=True),
    Output(DONE, "data", allow_duplicate=True),
)


def owner_options() -> list[tuple[str, str]]:
    """Return whom the reader may give tasks to, the reader first."""
    owners, reader = owners_now(), reader_now()
    mine = f"user:{reader.user_id}"
    others = sorted((name, key) for key, name in owners.names.items() if key in owners.reach)
    own = [(mine, t("Me"))]
    if not reader.may("assign-tasks"):
        return own
    return own + [(key, name) for name, key in others if key != mine]


def change(filters: Filters, wanted: Sequence[Wanted]) -> Done:
    """Change those of the tasks that the reader sees."""
    seen = seen_by_id(filters, [w.task_id for w in wanted])
    allowed = [w for w in wanted if w.task_id in seen]
    return tasks.change_tasks(state(), actor=actor_now(), wanted=allowed, today=today_of(filters))


def said_of(done: Done) -> tuple[Any, Any]:
    """Return the toast of a change and the stamp; tasks that others changed first are told."""
    count = len(done.task_ids)
    words = tn("{count} task is changed.", "{count} tasks are changed.", count)
    if done.stale:
        words += " " + tn(
            "{count} was changed by somebody else meanwhile and stays as it is.",
            "{count} were changed by others meanwhile and stay as they are.",
            len(done.stale),
        )
    undo = {"tasks_undo": done.action_id} if count else {}
    return undo_toast(words, **undo), done.action_id


def refused(error: StateError | TaskError | FormError) -> tuple[Any, Any]:
    """Return why nothing was changed."""
    return undo_toast(refusal(error)), dash.no_update


@guarded(
    *ALSO_SAYS,
    Input("tasks-undo-request", "data"),
    permission=WORK,
    prevent_initial_call=True,
)
def undo(request: Any) -> Any:
    """Take the reader's last action back, where nobody has changed the tasks since."""
    action = request.get("action") if isinstance(request, dict) else None
    if not isinstance(action, str):
        return dash.no_update, dash.no_update
    try:
        done = tasks.undo(state(), actor=actor_now(), action_id=action)
    except StateError as error:
        return refused(error)
    words = tn("{count} task is as before.", "{count} tasks are as before.", len(done.task_ids))
    if done.stale:
        words += " " + t("Others have been changed since and stay as they are.")
    return undo_toast(words), done.action_id


def pressed_of(found: Any) -> tuple[str, str, list[tuple[int, int]]] | None:
    """Return (field, value, [(task, version)]) of what the list sent; None where it is not that."""
    if not isinstance(found, dict):
        return None
    field, value, chosen = (found.get(key) for key in ("field", "value", "chosen"))
    if not isinstance(field, str) or not isinstance(value, str) or not isinstance(chosen, list):
        return None
    pairs = [_pair(each) for each in chosen[:MOST]]
    known = [pair for pair in pairs if pair]
    return (field, value, known) if known else None


def _pair(found: Any) -> tuple[int, int] | None:
    is_pair = isinstance(found, list) and len(found) == 2
    if not is_pair or not all(type(n) is int and 0 < n < 2**31 for n in found):
        return None
    return found[0], found[1]


def texts_of(values: Any, ids: Any, *, known: Mapping[str, Any] | Sequence[str]) -> dict[str, str]:
    """Return what the fields of a form hold, by key; what is no text is empty."""
    pairs = zip(values, ids, strict=True) if isinstance(values, list) else ()
    return {
        str(i["key"]): v if isinstance(v, str) else ""
        for v, i in pairs
        if isinstance(i, dict) and i.get("key") in known
    }

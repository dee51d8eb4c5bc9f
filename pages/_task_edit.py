"""The drawer of one task: its fields, its history, and both versions where two people wrote."""

from collections.abc import Mapping
from typing import Any

import dash
from dash import ALL, Input, Output, State, html

from components.task_forms import edit_form, history_list
from components.tasks import NOTHING, TEXTS, name_of_value
from components.versions import versions_form
from data.domain.filters import Filters
from data.domain.task import FIELDS, TaskError, as_texts, from_texts
from data.i18n import BLANK, day, label_of, t
from data.state import tasks
from data.state.engine import StateError
from data.state.task_rows import ChangeRecord, TaskRecord
from data.state.tasks import Wanted
from pages._access import moment
from pages._page import FILTERS, Query, asked, guarded
from pages._state import FormError, state
from pages._task_list import Owners, Seen, owners_now, scope_sentence, seen_by_id
from pages._task_writes import (
    ALSO_SAYS,
    WORK,
    change,
    owner_options,
    refused,
    said_of,
    texts_of,
)
from pages._versions import differing, texts_read, written
from queries.run import scope_now

OPEN, DRAWER, BODY, READ = (
    "tasks-open-request",
    "tasks-edit-drawer",
    "tasks-edit-body",
    "tasks-edit-read",
)
#: Versions of a task that its history tells.
MOST_TOLD = 12


def number_of(found: Any, key: str) -> int:
    """Return a whole number of what the browser sent; 0 where there is none."""
    value = found.get(key) if isinstance(found, dict) else None
    return value if type(value) is int and 0 < value < 2**31 else 0


@guarded(
    Output(BODY, "children"),
    Output(READ, "data"),
    Input(OPEN, "data"),
    State(FILTERS, "data"),
    prevent_initial_call=True,
    permission="view-tasks",
)
def show_task(request: Any, query: Query) -> Any:
    """Show one task that the reader sees; who may work on it can change it."""
    filters, wanted = asked(query), number_of(request, "task")
    seen = seen_by_id(filters, [wanted]).get(wanted)
    if seen is None:
        return html.P(t("There is no such task any more."), className="muted"), None
    owners, texts = owners_now(), fields_of(seen)
    about = html.P(scope_sentence() if seen.is_out_of_scope else seen.name, className="muted")
    form = edit_form(texts, owner_options_with(seen.task, owners))
    body = form if scope_now().may(WORK) else _read_only(texts, owners)
    read = {"task": wanted, "version": seen.task.version, "texts": texts}
    return [about, body, _origin(seen.task), _history(seen, owners)], read


def fields_of(seen: Seen) -> dict[str, str]:
    """Return a task's fields as texts; what may say something of a customer out of scope is not."""
    texts = texts_of_task(seen.task)
    if seen.is_out_of_scope:
        texts.pop("note")
    return texts


def texts_of_task(found: TaskRecord) -> dict[str, str]:
    """Return a task's fields as a form holds them."""
    return as_texts({name: getattr(found, name) for name in FIELDS})


def owner_options_with(found: TaskRecord, owners: Owners) -> list[tuple[str, str]]:
    """Return whom the task may be given to, and who has it."""
    has = (str(found.owner), owners.name(found.owner))
    options = owner_options()
    return options if has[0] in dict(options) else [has, *options]


def _read_only(texts: Mapping[str, str], owners: Owners) -> html.Dl:
    parts = [(t(TEXTS["names"][k]), _worded(k, v, owners)) for k, v in texts.items()]
    return html.Dl(
        [p for label, v in parts for p in (html.Dt(label), html.Dd(v))], className="facts"
    )


def _origin(found: TaskRecord) -> html.P:
    return html.P(label_of("origin", found.origin_kind), className="muted")


def _history(seen: Seen, owners: Owners) -> html.Div:
    told = tasks.history(state(), seen.task.task_id)[:MOST_TOLD]
    return history_list([_line(each, owners, seen) for each in told])


def _line(each: ChangeRecord, owners: Owners, seen: Seen) -> tuple[str, list[tuple[str, str, str]]]:
    verbs = {"opened": t("created"), "changed": t("changed"), "undone": t("taken back")}
    who = owners.names.get(f"user:{each.actor}", each.actor)
    head = f"{moment(each.at)} UTC · {who} · {verbs[each.kind]}"
    if each.kind == "opened":
        return head, []
    before, after = (_with_owner(values, seen.task) for values in (each.before, each.after))
    hidden = {"note", "closed_on"} if seen.is_out_of_scope else {"closed_on"}
    keys = [key for key in FIELDS if key in after and key not in hidden]
    told = [(key, *(_worded(key, side[key], owners) for side in (before, after))) for key in keys]
    return head, told


def _with_owner(values: Mapping[str, Any], found: TaskRecord) -> dict[str, str]:
    """Return changed fields as texts, an owner's two columns as one."""
    texts = as_texts(values)
    if {"owner_kind", "owner_id"} & texts.keys():
        kind = texts.get("owner_kind", found.owner_kind)
        texts["owner"] = f"{kind}:{texts.get('owner_id', found.owner_id)}"
    return texts


def _worded(key: str, value: str, owners: Owners) -> str:
    if not value:
        return BLANK
    if key == "owner":
        return owners.names.get(value, value.partition(":")[2])
    if key == "due_on":
        return day(from_texts({"due_on": value})["due_on"])
    return name_of_value(key, value) if key in ("state", "priority", "outcome") else value


# --- saving ----------------------------------------------------------------------------------


@guarded(
    *ALSO_SAYS,
    Output(BODY, "children", allow_duplicate=True),
    Output(READ, "data", allow_duplicate=True),
    Output(DRAWER, "is_open"),
    Input("tasks-save", "n_clicks"),
    State({"type": "tasks-field", "key": ALL}, "value"),
    State({"type": "tasks-field", "key": ALL}, "id"),
    State({"type": "tasks-version", "key": ALL}, "value"),
    State({"type": "tasks-version", "key": ALL}, "id"),
    State(READ, "data"),
    State(FILTERS, "data"),
    permission=WORK,
    prevent_initial_call=True,
)
def save(clicks: int | None, *values: Any) -> Any:
    """Save what was changed; where somebody else has changed it too, show both versions."""
    found, ids, sides, side_ids, read, query = values
    if not clicks:
        return (dash.no_update,) * 5
    filters = asked(query)
    before = texts_read(read, known=FIELDS)
    try:
        typed = texts_of(found, ids, known=FIELDS)
        typed = {k: "" if v == NOTHING else v for k, v in typed.items()}
        mine = written(read, typed, texts_of(sides, side_ids, known=FIELDS), known=FIELDS)
        return _saved(filters, read, before=before, mine=mine)
    except (StateError, TaskError, FormError) as error:
        return *refused(error), *(dash.no_update,) * 3


def _saved(filters: Filters, read: Any, *, before: dict[str, str], mine: dict[str, str]) -> Any:
    wanted, version = number_of(read, "task"), number_of(read, "version")
    changed = {key: value for key, value in mine.items() if value != before.get(key)}
    if not changed or not wanted:
        return *(dash.no_update,) * 4, False
    done = change(filters, [Wanted(wanted, version, from_texts(changed))])
    if not done.stale:
        return *said_of(done), dash.no_update, None, False
    seen = seen_by_id(filters, [wanted]).get(wanted)
    if seen is None:
        return *(dash.no_update,) * 2, t("There is no such task any more."), None, True
    return *(dash.no_update,) * 2, *_both(seen, before=before, mine=mine), True


def _both(seen: Seen, *, before: dict[str, str], mine: dict[str, str]) -> Any:
    """Return both versions and what was read of them; only what both changed is left open."""
    theirs, owners = fields_of(seen), owners_now()
    fields = differing(
        before,
        mine,
        theirs,
        label=lambda key: t(TEXTS["names"][key]),
        words=lambda key, value: _worded(key, value, owners),
    )
    who = owners.names.get(f"user:{seen.task.changed_by}", seen.task.changed_by)
    words = t(
        "{name} has changed this task meanwhile. Choose per field what is kept; nothing is lost"
        " until you save.",
        name=who,
    )
    read = {"task": seen.task.task_id, "version": seen.task.version, "texts": theirs, "mine": mine}
    return versions_form(words, fields, kind="tasks-version", save="tasks-save"), read

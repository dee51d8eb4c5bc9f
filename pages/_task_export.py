"""Files of the tasks that a reader sees, as the URL narrows them."""

from typing import Any

import flask

from components.tasks import TEXTS, name_of_value
from data.i18n import t
from pages._export import WRITERS, file_of, note_export
from pages._task_list import Owners, Seen, owners_now, query_of, scope_sentence, seen_tasks
from queries.run import fetcher, scope_now

PATH = "/tasks/list.<kind>"
MOST_WRITTEN = 10_000
NAMED = ("priority", "state", "outcome")


def export_tasks(kind: str) -> flask.Response:
    """Return the tasks as a file; that it left, and with how many rows, is in the audit log."""
    if kind not in WRITERS:
        flask.abort(404)
    if not scope_now().may("view-tasks"):
        flask.abort(403)
    info = fetcher().info()
    filters, _dropped = info.parsed(flask.request.args.to_dict())
    found, _is_cut = seen_tasks(filters, query_of(filters), most=MOST_WRITTEN)
    names, owners = TEXTS["names"], owners_now()
    heads = [t("Task"), t(names["title"]), t("Customer number"), t("Customer")]
    heads += [t(names[key]) for key in ("owner", "due_on", *NAMED, "closed_on", "note")]
    write, mimetype = WRITERS[kind]
    body = write(heads, [_row(each, owners) for each in found])
    note_export("tasks", rows=len(found), kind=kind, filters=filters.to_search())
    return file_of(body, f"tasks_{info.calendar.as_of}.{kind}", mimetype)


def _row(each: Seen, owners: Owners) -> list[Any]:
    found, is_out = each.task, each.is_out_of_scope
    named = [name_of_value(key, v) if (v := getattr(found, key)) else None for key in NAMED]
    return [
        found.task_id,
        found.title,
        None if is_out else found.customer_id,
        scope_sentence() if is_out else each.name,
        owners.name(found.owner),
        found.due_on,
        *named,
        found.closed_on,
        None if is_out else found.note,
    ]

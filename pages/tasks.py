"""Tasks: what is to be done for whom by when, by whom, and what came of it."""

from typing import Any

import dash
import dash_bootstrap_components as dbc
from dash import Input, Output, State, dcc, html

from components import shell
from components.access import card
from components.attributes import attributes
from components.cards import headline
from components.figures.marks import go
from components.figures.values import records
from components.followed import followed_table, no_effect, nothing_followed
from components.panel import grid
from components.states import skeleton
from components.tasks import Line, key_list, narrowing, task_table, task_tools
from data.domain.filters import Filters
from data.domain.task import TaskError, from_texts
from data.i18n import t, tn
from data.state.engine import StateError
from data.state.task_lists import TaskQuery, listed
from data.state.tasks import Wanted
from data.warehouse.engine import WarehouseError
from pages import _task_edit
from pages._note_card import note_card
from pages._page import (
    FILTERS,
    Query,
    asked,
    guarded,
    listing,
    panel,
    register_page,
    require_rows_data,
)
from pages._state import state
from pages._task_list import (
    MOST,
    STATES,
    Owners,
    Seen,
    narrowed,
    own_names,
    owners_now,
    query_of,
    scope_sentence,
    seen_tasks,
    today_of,
)
from pages._task_writes import (
    ALSO_SAYS,
    DONE,
    WORK,
    change,
    owner_options,
    pressed_of,
    refused,
    said_of,
)
from pages._treated import treated_now
from queries import followed
from queries.run import reader_now, run

register_page(
    __name__,
    path="/tasks",
    name="Tasks",
    order=88,
    permission="view-tasks",
    icon="list-check",
    group="Action",
)

SAY, CHOICES, TOOLS, LIST = "tasks-say", "tasks-choices", "tasks-tools-frame", "tasks-list"
PRESSED, KEYS = "tasks-pressed-request", "tasks-keys"
FOLLOWED = panel("tasks-followed", followed.followed_outcomes, metric="revenue")


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    return html.Div(
        [
            html.Div(skeleton(lines=1), id=SAY),
            grid(
                card(
                    t("Tasks"),
                    html.Div(_buttons(), className="tasks-head"),
                    html.Div(id=CHOICES),
                    html.Div(id=TOOLS),
                    html.Div(skeleton(lines=8), id=LIST),
                ),
                layout="full",
            ),
            grid(
                listing(
                    FOLLOWED, sub=_followed_words(), actions=("explain", "rows", "csv"), height=140
                ),
                layout="full",
            ),
            grid(note_card(), layout="full"),
            shell.drawer(_task_edit.DRAWER, _task_edit.BODY, t("Task")),
            dbc.Modal(
                [dbc.ModalHeader(dbc.ModalTitle(t("Keys"))), dbc.ModalBody(key_list())], id=KEYS
            ),
            *(dcc.Store(id=name) for name in (_task_edit.OPEN, _task_edit.READ)),
        ]
    )


def _followed_words() -> str:
    return t(
        "Customers of closed tasks, by how the task ended, from that day on; who has several that"
        " ended alike counts once, from the first. Days that still run count in no figure."
    )


def _buttons() -> list[Any]:
    reader = reader_now()
    new = html.Button(
        t("New task"), type="button", className="btn btn-primary", **attributes(data_task="")
    )
    keys = html.Button(
        t("Keys"), type="button", className="btn btn-outline", **attributes(data_drawer=KEYS)
    )
    files = [
        html.Button(
            label,
            type="button",
            className="btn btn-outline",
            **attributes(data_tasks_file=kind),
        )
        for kind, label in (("csv", t("CSV")), ("xlsx", t("Excel workbook")))
    ]
    offered = [(new, WORK), (keys, WORK), *((each, "export") for each in files)]
    return [button for button, permission in offered if reader.may(permission)]


@guarded(
    Output(SAY, "children"),
    Output(CHOICES, "children"),
    Output(TOOLS, "children"),
    Output(LIST, "children"),
    Input(FILTERS, "data"),
    Input(DONE, "data"),
)
def show_tasks(query: Query, _done: Any) -> Any:
    """List the tasks that the URL asks for, the most pressing first."""
    try:
        filters, owners = asked(query), owners_now()
    except WarehouseError:
        return _without_warehouse()
    found, is_cut = seen_tasks(filters, query_of(filters))
    may_work = reader_now().may(WORK)
    reach = {key: name for key, name in sorted(owners.names.items()) if key in owners.reach}
    words = filters.choices.find
    chosen = narrowing(narrowed(filters), reach, filters.choices.owner, words=words)
    tools = task_tools(dict(owner_options())) if may_work else []
    return _sentence(found, filters, is_cut=is_cut), chosen, tools, _list(found, filters, owners)


def _without_warehouse() -> Any:
    """List the reader's own tasks: whose customers the others are about cannot be looked up now."""
    own = TaskQuery(owners=own_names(reader_now()), states=STATES["undone"])
    lines = [
        Line(
            task=each.task_id,
            version=each.version,
            title=each.title,
            customer="",
            owner=t(reader_now().name),
            due_on=each.due_on,
            priority=each.priority,
            state=each.state,
            outcome=each.outcome or "",
        )
        for each in listed(state(), own, limit=MOST)
    ]
    words = t(
        "The warehouse does not answer, so these are your own tasks, without their customers."
        " Change them when it is back."
    )
    return headline([words]), [], [], task_table(lines, may_work=False)


def _sentence(found: list[Seen], filters: Filters, *, is_cut: bool) -> Any:
    late = sum(_is_late(each, filters) for each in found)
    if is_cut:
        count = f"{len(found):,}"
        listed = t("The {count} most pressing tasks are listed, and there are more.", count=count)
    else:
        listed = tn("{count} task is listed.", "{count} tasks are listed.", len(found))
    if not late:
        return headline([listed, " ", t("Nothing is late.")] if found else [listed])
    told = tn("{count} of them is late.", "{count} of them are late.", late)
    return headline([listed, " ", told])


def _is_late(each: Seen, filters: Filters) -> bool:
    due = each.task.due_on
    return due is not None and due < today_of(filters) and not each.task.is_closed


def _list(found: list[Seen], filters: Filters, owners: Owners) -> Any:
    if not found:
        return html.P(
            t("No task matches. Create some from the rows behind any list or chart."),
            className="muted",
        )
    lines = [line_of(each, filters, owners) for each in found]
    return task_table(lines, may_work=reader_now().may(WORK))


def line_of(each: Seen, filters: Filters, owners: Owners) -> Line:
    """Return a task in words."""
    found = each.task
    shown = found.customer_id if each.name is not None else None
    return Line(
        task=found.task_id,
        version=found.version,
        title=found.title,
        customer=scope_sentence() if each.is_out_of_scope else each.name or "",
        owner=owners.name(found.owner),
        due_on=found.due_on,
        priority=found.priority,
        state=found.state,
        outcome=found.outcome or "",
        go=go("customer", shown) if shown else "",
        is_late=_is_late(each, filters),
        is_out_of_scope=each.is_out_of_scope,
    )


@guarded(
    Output(FOLLOWED.id, "children"),
    Input(FILTERS, "data"),
    Input(DONE, "data"),
)
def list_followed(query: Query, _done: Any) -> Any:
    """List by outcome who ordered after a task was closed, and say what that does not show."""
    filters = asked(query)
    treated = treated_now(filters)
    require_rows_data(FOLLOWED, filters)
    rows = records(run(FOLLOWED.query, filters.knowing(treated=treated)))
    if not rows:
        is_own = narrowed(filters)["whose"] == "mine" and not filters.choices.owner
        return nothing_followed(is_own=is_own)
    may_compare = reader_now().may("view-experiments")
    table = followed_table(rows, id=f"{FOLLOWED.id}-table")
    return [table, no_effect(may_compare=may_compare, is_cut=treated.is_cut)]


@guarded(
    *ALSO_SAYS,
    Input(PRESSED, "data"),
    State(FILTERS, "data"),
    permission=WORK,
    prevent_initial_call=True,
)
def change_chosen(pressed: Any, query: Query) -> Any:
    """Change one field of all chosen tasks at once."""
    found = pressed_of(pressed)
    if found is None:
        return dash.no_update, dash.no_update
    field, value, chosen = found
    try:
        values = from_texts({field: value})
        done = change(asked(query), [Wanted(task, version, values) for task, version in chosen])
    except (StateError, TaskError) as error:
        return refused(error)
    return said_of(done)

"""Tasks on screen: the table with its tools, and the sentence that can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from components.attributes import attributes
from components.choices import choice, select
from components.icons import icon
from components.states import toast
from data.domain.task import NARROWED, OUTCOMES, PRIORITIES, STATES
from data.i18n import BLANK, day, label_of, t

#: What narrows the list, and what each value of it is called; those of a task have labels.
TEXTS: dict[str, dict[str, str]] = {
    "whose": {"mine": "My tasks", "all": "All tasks I may see"},
    "state": {"undone": "Not done yet", "any": "Any state"},
    "due": {"any": "Any day", "late": "Late", "week": "Within a week", "none": "Without a day"},
    "priority": {"any": "Any priority"},
    "names": {
        "whose": "Whose",
        "state": "State",
        "due": "Due",
        "priority": "Priority",
        "title": "Title",
        "owner": "Who does it",
        "due_on": "Due",
        "outcome": "How it ended",
        "note": "Note",
        "closed_on": "Closed",
    },
    "keys": {
        "j": "Next task",
        "k": "Task before",
        "x": "Choose the task, or leave it out",
        "e": "Open the task",
        "d": "Done",
        "/": "Search",
        "?": "These keys",
    },
}
LABELLED = {"state": "task_state", "priority": "priority", "outcome": "outcome"}
#: What a choice of none is called: an empty one would show as nothing.
NOTHING = "-"


@dataclass(frozen=True)
class Line:
    """One task in the list, in words; `go` filters the page by its customer."""

    task: int
    version: int
    title: str
    customer: str
    owner: str
    due_on: date | None
    priority: str
    state: str
    outcome: str
    go: str = ""
    is_late: bool = False
    is_out_of_scope: bool = False


def name_of_value(key: str, value: str) -> str:
    """Return what a value is called that narrows the list or stands in a task."""
    if value in TEXTS.get(key, {}):
        return t(TEXTS[key][value])
    return label_of(LABELLED.get(key, key), value)


def narrowing(
    found: Mapping[str, str], owners: Mapping[str, str], owner: str, *, words: str
) -> Any:
    """Return the choices that narrow the list; they are written into the URL."""
    fields = [
        choice(
            "tasks",
            t(TEXTS["names"][key]),
            select({v: name_of_value(key, v) for v in values}, found[key]),
            data_part=key,
        )
        for key, values in NARROWED.items()
    ]
    if owners:
        known = {NOTHING: t("Anybody"), **owners}
        fields.append(choice("owner", t(TEXTS["names"]["owner"]), select(known, owner or NOTHING)))
    box = dbc.Input(
        type="search", value=words, size="sm", maxlength=100, debounce=True, class_name="search"
    )
    fields.append(choice("find", t("Search"), box, data_tasks_search="1"))
    return html.Div(fields, className="choices")


def task_tools(owners: Mapping[str, str]) -> html.Div:
    """Return what can be done to the chosen tasks at once; `owners` may be given them."""
    offered: dict[str, dict[str, str]] = {
        "state": {v: label_of("task_state", v) for v in STATES},
        "outcome": {v: label_of("outcome", v) for v in OUTCOMES},
        "priority": {v: label_of("priority", v) for v in PRIORITIES},
        "owner": dict(owners),
    }
    fields = [
        html.Select(
            [html.Option(t(TEXTS["names"][key]) + " …", value="")]
            + [html.Option(label, value=value) for value, label in options.items()],
            className="form-select",
            **attributes(data_tasks_set=key, aria_label=t(TEXTS["names"][key])),
        )
        for key, options in offered.items()
        if options
    ]
    day_field = html.Label(
        [html.Span(t("Due"), className="muted"), day_input("tasks-day")],
        className="tasks-due",
        **attributes(data_tasks_set="due_on"),
    )
    count = html.Span(className="tasks-count", **attributes(data_words=t("{count} chosen")))
    return html.Div(
        [count, *fields, day_field], className="tasks-tools", hidden=True, id="tasks-tools"
    )


def day_input(id: Any, value: str = "") -> dcc.Input:
    """Return a field for a day."""
    return dcc.Input(id=id, type="date", value=value, className="form-control")  # pyright: ignore[reportArgumentType]


def task_table(lines: Sequence[Line], *, may_work: bool) -> html.Div:
    """Return the tasks as a table of which rows can be chosen and opened."""
    names = TEXTS["names"]
    heads = (
        (t(names["title"]), "text"),
        (t(names["owner"]), "text minor"),
        (t(names["due"]), "text"),
        (t(names["priority"]), "text minor"),
        (t(names["state"]), "text minor"),
    )
    box = [html.Th(_box(t("All tasks shown"), data_tasks_all="1"), scope="col")] if may_work else []
    head = html.Tr([*box, *(html.Th(label, scope="col", className=k) for label, k in heads)])
    body = [_row(line, may_work=may_work) for line in lines]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="plain-table tasks-table")
    return html.Div(table, className="table-scroll", tabIndex=0)


def _box(label: str, **marks: str) -> html.Button:
    return html.Button(
        type="button",
        className="tick",
        role="checkbox",
        **attributes(aria_label=label, aria_checked="false", **marks),
    )


def _row(line: Line, *, may_work: bool) -> html.Tr:
    box = [html.Td(_box(line.title, data_tasks_pick="1"))] if may_work else []
    title = html.Button(
        line.title, type="button", className="link", **attributes(data_tasks_open=str(line.task))
    )
    due: list[Any] = [day(line.due_on) if line.due_on else BLANK]
    if line.is_late:
        due.append(html.Span(t("late"), className="tag bad"))
    state = label_of("task_state", line.state)
    if line.outcome:
        state += " · " + label_of("outcome", line.outcome)
    cells = (
        (html.Td([title, _customer(line)], className="text")),
        (html.Td(line.owner, className="text minor")),
        (html.Td(due, className="text")),
        (html.Td(_priority(line.priority), className="text minor")),
        (html.Td(state, className="text minor")),
    )
    return html.Tr(
        [*box, *cells],
        tabIndex=-1,
        className="closed" if line.state in ("done", "dropped") else "",
        **attributes(data_task_id=str(line.task), data_task_version=str(line.version)),
    )


def _customer(line: Line) -> Any:
    if line.is_out_of_scope:
        return html.P([icon("lock"), " ", line.customer], className="muted")
    if not line.go:
        return None
    return html.P(html.A(line.customer, href="#", **attributes(data_go=line.go)), className="muted")


def _priority(priority: str) -> Any:
    label = label_of("priority", priority)
    return html.Span([icon("flag"), " ", label], className="bad") if priority == "high" else label


def undo_toast(sentence: str, **undo: str) -> html.Div:
    """Return what was done, and where it can be taken back the button that says `undo`."""
    marks = attributes(**{f"data_{key}": value for key, value in undo.items()})
    button = html.Button(t("Undo"), type="button", className="btn btn-outline", **marks)
    return toast(sentence, button=button if undo else None)


def key_list() -> html.Dl:
    """Return the keys of the list and what they do."""
    return html.Dl(
        [
            part
            for key, words in TEXTS["keys"].items()
            for part in (html.Dt(html.Kbd(key)), html.Dd(t(words)))
        ],
        className="facts keys",
    )

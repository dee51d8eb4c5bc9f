"""Forms of tasks: many new ones for a list of customers, and one that is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components.tasks import NOTHING, TEXTS, day_input, name_of_value
from data.domain.task import (
    FIELDS,
    MOST_NOTE_LETTERS,
    MOST_TITLE_LETTERS,
    OUTCOMES,
    PRIORITIES,
    STATES,
)
from data.i18n import figure, t, tn

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class NewTasks:
    """What a form of new tasks offers, (key, name) each, and what stands in it."""

    customers: Options
    owners: Options
    due_on: str
    title: str
    #: More customers are behind the list than are offered.
    is_cut: bool = False


def new_form(of: NewTasks) -> html.Div:
    """Return the form of new tasks: one for each customer that stays chosen."""
    listed: Any = [{"value": key, "label": name} for key, name in of.customers]
    values = {
        "title": of.title,
        "owner": of.owners[0][0],
        "due_on": of.due_on,
        "priority": "normal",
        "note": "",
    }
    return html.Div(
        [
            _customers_words(of),
            *(
                _field(key, {"type": "tasks-new", "key": key}, value, of.owners)
                for key, value in values.items()
            ),
            html.Details(
                [
                    html.Summary(t("Customers")),
                    dbc.Checklist(
                        id="tasks-customers",
                        options=listed,
                        value=[key for key, _name in of.customers],
                        class_name="checks",
                    ),
                ],
                open=len(listed) <= 12,
                hidden=not listed,
            ),
            html.Div(
                html.Button(
                    t("Create"), id="tasks-create", type="button", className="btn btn-primary"
                ),
                className="form-buttons",
            ),
        ]
    )


def _customers_words(of: NewTasks) -> Any:
    if not of.customers:
        return html.P(t("One task that is about no customer."), className="muted form-words")
    count = len(of.customers)
    words = tn("One task for {count} customer.", "One task for each of {count} customers.", count)
    if of.is_cut:
        words += " " + t(
            "The list holds more; the first {count} can be chosen. Narrow the filters for others.",
            count=figure(count, "count"),
        )
    return html.P(words, className="muted form-words")


def edit_form(values: Mapping[str, str], owners: Options) -> html.Div:
    """Return one task's fields and the button that saves them."""
    fields = [
        _field(key, {"type": "tasks-field", "key": key}, values[key], owners)
        for key in FIELDS
        if key in values
    ]
    save = html.Button(t("Save"), id="tasks-save", type="button", className="btn btn-primary")
    return html.Div([*fields, html.Div(save, className="form-buttons")])


def _field(key: str, id: Mapping[str, str], value: str, owners: Options) -> html.Label:
    known = dict(owners)
    if key == "owner":
        control = _select(id, known if value in known else {value: value, **known}, value)
    elif key in ("state", "priority"):
        names = STATES if key == "state" else PRIORITIES
        control = _select(id, {name: name_of_value(key, name) for name in names}, value)
    elif key == "outcome":
        found = {name: name_of_value(key, name) for name in OUTCOMES}
        control = _select(id, {NOTHING: t("none"), **found}, value or NOTHING)
    elif key == "note":
        control = dbc.Textarea(id=dict(id), value=value, maxlength=MOST_NOTE_LETTERS, rows=4)
    elif key == "due_on":
        control = day_input(dict(id), value)
    else:
        control = dbc.Input(id=dict(id), type="text", value=value, maxlength=MOST_TITLE_LETTERS)
    return html.Label([html.Span(t(TEXTS["names"][key])), control], className="field")


def _select(id: Mapping[str, str], options: Mapping[str, str], value: str) -> dbc.Select:
    listed: Any = [{"value": key, "label": label} for key, label in options.items()]
    return dbc.Select(id=dict(id), options=listed, value=value)


def history_list(lines: Sequence[tuple[str, Sequence[tuple[str, str, str]]]]) -> html.Div:
    """Return what happened to a task: (when and who, [(field, before, after)]), newest first."""
    items = [
        html.Li(
            [
                html.P(head, className="muted"),
                *(
                    html.P([t(TEXTS["names"][key]), ": ", html.Del(before), " → ", after])
                    for key, before, after in changes
                ),
            ]
        )
        for head, changes in lines
    ]
    return html.Div([html.H3(t("What happened to it")), html.Ul(items)], className="task-history")

"""Notes on screen: the list, the form, and as a reader's own words beside a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components.attributes import attributes
from components.icons import icon_button
from components.tasks import NOTHING, day_input
from data.domain.note import MOST_BODY_LETTERS
from data.i18n import t

TEXTS: dict[str, dict[str, str]] = {
    "audience": {"own": "Only me", "team": "My team", "company": "Everybody"},
    "field": {
        "on_day": "Day",
        "metric": "Metric",
        "customer_id": "Customer number",
        "audience": "Who may read it",
        "body": "What it says",
    },
}


@dataclass(frozen=True)
class NoteLine:
    """One note in words: what it is about, what it says, whose it is."""

    note: int
    version: int
    about: str
    body: str
    author: str
    audience: str
    #: When it was written and changed, in words.
    when: str = ""
    #: The reader may change it.
    is_mine: bool = False


def note_list(lines: Sequence[NoteLine]) -> html.Ul:
    """Return the notes; those that the reader may change have their tools."""
    return html.Ul([_item(line) for line in lines], className="notes")


def _item(line: NoteLine) -> html.Li:
    who = f"{line.author} · {t(TEXTS['audience'][line.audience])} · {line.when}"
    head: list[Any] = [html.B(line.about), html.Span(who, className="muted")]
    if line.is_mine:
        head.append(html.Span(_tools(line), className="panel-tools"))
    return html.Li([html.Div(head, className="note-head"), html.P(line.body)])


def _tools(line: NoteLine) -> list[Any]:
    marks = attributes(data_note=str(line.note), data_note_version=str(line.version))
    return [
        icon_button("pencil", t("Change the note"), **attributes(data_note_do="open"), **marks),
        icon_button("trash", t("Delete the note"), **attributes(data_note_do="delete"), **marks),
    ]


def note_words(lines: Sequence[NoteLine]) -> list[html.P]:
    """Return notes as they stand in the explanation of a number."""
    return [html.P([html.B(line.about), " ", line.body, " ", _who(line)]) for line in lines]


def _who(line: NoteLine) -> html.Span:
    return html.Span(f"({line.author})", className="muted")


def note_form(
    values: Mapping[str, str], metrics: Sequence[tuple[str, str]], *, offered: Sequence[str]
) -> html.Div:
    """Return the form of a note; `offered` are the audiences that it may have."""
    audiences = [(a, t(TEXTS["audience"][a])) for a in offered]
    controls = {
        "on_day": day_input(_id("on_day"), values["on_day"]),
        "metric": _select("metric", [(NOTHING, t("none")), *metrics], values["metric"] or NOTHING),
        "customer_id": dbc.Input(id=_id("customer_id"), value=values["customer_id"], maxlength=200),
        "audience": _select("audience", audiences, values["audience"]),
        "body": dbc.Textarea(
            id=_id("body"), value=values["body"], rows=5, maxlength=MOST_BODY_LETTERS
        ),
    }
    fields = [
        html.Label([html.Span(t(TEXTS["field"][key])), control], className="field")
        for key, control in controls.items()
    ]
    about = t("A note is about a day, a metric, a customer, or any of them together.")
    words = html.P(about, className="muted form-words")
    save = html.Button(t("Save"), id="tasks-note-save", type="button", className="btn btn-primary")
    return html.Div([words, *fields, html.Div(save, className="form-buttons")])


def _id(key: str) -> dict[str, str]:
    return {"type": "tasks-note-field", "key": key}


def _select(key: str, options: Sequence[tuple[str, str]], value: str) -> dbc.Select:
    listed: Any = [{"value": v, "label": label} for v, label in options]
    return dbc.Select(id=_id(key), options=listed, value=value)

"""Alerts on screen: what is open, what is watched, and the form of a new one."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from components.rules import RuleLine
from data.domain.alert import KINDS, MOST_LETTERS, OPERATORS
from data.domain.rule import WINDOWS
from data.i18n import t

#: A limit says nothing of a digest or an unusual month.
LIMIT = "not-digest not-anomaly"
#: What kinds of alerts, directions and rhythms are called.
LABELS: dict[str, dict[str, str]] = {
    "kind": {
        "threshold": "A limit is reached",
        "anomaly": "A month is unusual",
        "digest": "A digest of the key figures",
    },
    "operator": {"at_least": "at or above", "at_most": "at or below"},
    "window": {"day": "Daily", "week": "Weekly", "month": "Monthly"},
}


def finding_list(lines: Sequence[Mapping[str, str]]) -> html.Ol:
    """Return open findings: which alert, what it found, and a button that closes each."""
    return html.Ol([_finding(line) for line in lines], className="moves")


def _finding(line: Mapping[str, str]) -> html.Li:
    return html.Li(
        [
            html.Strong(line["name"]),
            html.B(line["day"]),
            html.P(line["text"]),
            html.Div(_button("close", line["key"], t("Seen to")), className="lab-actions"),
        ]
    )


def alert_list(lines: Sequence[RuleLine]) -> html.Ol:
    """Return alerts, each in words and with its buttons."""
    return html.Ol([_alert(line) for line in lines], className="moves")


def _alert(line: RuleLine) -> html.Li:
    buttons = [_button(what, line.key, label) for what, label in line.actions]
    return html.Li(
        [
            html.Strong(line.name),
            html.B(line.state, className="" if line.is_on else "muted"),
            html.P(line.words),
            html.Div(buttons, className="lab-actions"),
        ]
    )


def _button(what: str, key: str, label: str) -> html.Button:
    ids = {"type": "alerts-act", "key": f"{what}:{key}"}
    return html.Button(label, id=ids, type="button", className="btn btn-outline")


def alert_form(
    metrics: Mapping[str, str], channels: Mapping[str, str], *, may_export: bool
) -> html.Div:
    """Return the form of a new alert; whose customers it watches is said by the page's filters.

    Fields that say nothing of the chosen kind are hidden by the style sheet.
    """
    send = dcc.Dropdown(
        id=_id("channels"),
        multi=True,
        options=[{"value": key, "label": name} for key, name in channels.items()],
        value=[],
        placeholder=t("No message"),
    )
    limit = dbc.Input(id=_id("limit"), type="number", value=0, step="any")
    name = dbc.Input(id=_id("name"), type="text", maxlength=MOST_LETTERS, autocomplete="off")
    row = [
        _field(t("Figure"), _choice("metric", metrics), marks="not-digest"),
        _field(t("Limit"), _choice("operator", _labels("operator", OPERATORS)), marks=LIMIT),
        _field(t("Value of the limit; rates in percent"), limit, marks=LIMIT),
        _field(
            t("How often"),
            _choice("window", _labels("window", WINDOWS), value="month"),
            marks="not-anomaly",
        ),
    ]
    brief = t("By e-mail the one-page brief of the week or month goes along as PDF.")
    nowhere = t("There is no channel yet to send messages to. Administrators add them.")
    return html.Div(
        [
            _field(t("Name of the alert"), name),
            _field(t("When"), _choice("kind", _labels("kind", KINDS))),
            html.Div(row, className="rule-row"),
            _field(t("Send a message to"), send)
            if channels
            else html.P(nowhere, className="muted"),
            *([html.P(brief, className="muted only-digest")] if channels and may_export else []),
        ],
        className="rule-form",
    )


def _labels(group: str, keys: Sequence[str]) -> dict[str, str]:
    return {key: t(LABELS[group][key]) for key in keys}


def _id(key: str) -> dict[str, str]:
    return {"type": "alerts-field", "key": key}


def _field(label: str, control: Any, *, marks: str = "") -> html.Label:
    return html.Label([html.Span(label), control], className=f"field {marks}".rstrip())


def _choice(key: str, options: Mapping[str, str], *, value: str = "") -> dbc.Select:
    listed: list[Any] = [{"value": v, "label": words} for v, words in options.items()]
    return dbc.Select(id=_id(key), options=listed, value=value or next(iter(options)))

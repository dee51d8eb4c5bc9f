"""Alerts: limits and unusual months of any figure, digests by schedule, and what is open."""

from typing import Any

import dash
from dash import ALL, Input, Output, State, dcc, html

from components.access import card
from components.alerts import alert_form, alert_list, finding_list
from components.panel import grid
from components.states import banner, skeleton
from data.domain.alert import AlertError
from data.i18n import t
from data.state.engine import StateError
from pages import _alerts
from pages._page import FILTERS, Query, asked, guarded, register_page
from pages._pressing import one_more, pressed_key
from pages._rule_list import channels
from pages._state import refusal
from queries.run import reader_now

register_page(
    __name__,
    path="/alerts",
    name="Alerts",
    order=90,
    permission="view-rules",
    icon="bell",
    group="Action",
)

OPEN, LIST, SAID, ACTED = "alerts-open", "alerts-list", "alerts-said", "alerts-acted"
FORM, CHECK, ADD = "alerts-form", "alerts-check", "alerts-add"
TOLD, ADDED, LOOKED = "alerts-told", "alerts-added", "alerts-looked"
VALUES = (State({"type": "alerts-field", "key": ALL}, "id"),
          State({"type": "alerts-field", "key": ALL}, "value"))  # fmt: skip


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    buttons = [
        html.Button(t("Look now"), id=CHECK, type="button", className="btn btn-outline"),
        html.Button(t("Save and switch on"), id=ADD, type="button", className="btn btn-primary"),
    ]
    form = card(
        t("A new alert"),
        html.Div(skeleton(lines=6), id=FORM),
        html.Div(buttons, className="lab-actions"),
        html.Div(id=TOLD, role="status"),
        dcc.Loading(html.Div(id=LOOKED, role="status"), type="dot"),
        sub=t("It watches the customers and the period of the filters above"),
    )
    found = card(t("Open alerts"), html.Div(skeleton(lines=4), id=OPEN))
    listed = card(
        t("Alerts and digests"),
        html.Div(id=SAID, role="status"),
        html.Div(skeleton(lines=4), id=LIST),
    )
    side = html.Div([found, listed], className="rule-side")
    return html.Div(
        [grid(form, side, layout="wide"), *(dcc.Store(id=name) for name in (ACTED, ADDED))]
    )


@guarded(
    Output(OPEN, "children"),
    Output(LIST, "children"),
    Input(ACTED, "data"),
    Input(ADDED, "data"),
)
def show_alerts(_acted: Any, _added: Any) -> Any:
    """List what is open and what is watched."""
    found, lines = _alerts.finding_lines(), _alerts.lines()
    return (
        finding_list(found) if found else html.P(t("Nothing is open."), className="muted"),
        alert_list(lines) if lines else html.P(t("You have no alerts yet."), className="muted"),
    )


@guarded(Output(FORM, "children"), Input(FORM, "id"))
def show_form(_id: str) -> Any:
    """Draw the form once: what is being written stays when the lists change."""
    return alert_form(_alerts.metrics(), channels(), may_export=reader_now().may("export"))


@guarded(
    Output(SAID, "children"),
    Output(ACTED, "data"),
    Input({"type": "alerts-act", "key": ALL}, "n_clicks"),
    State(ACTED, "data"),
    permission="manage-rules",
    prevent_initial_call=True,
)
def act(_clicks: Any, acted: Any) -> Any:
    """Close what was found, switch an alert, or remove it."""
    if (pressed := pressed_key()) is None:
        return dash.no_update, dash.no_update
    what, _, key = pressed.partition(":")
    try:
        said = _alerts.carry_out(what, key)
    except StateError as error:
        return banner(refusal(error)), dash.no_update
    return banner(said, tone="good"), one_more(acted)


@guarded(
    Output(LOOKED, "children"),
    Input(CHECK, "n_clicks"),
    State(FILTERS, "data"),
    *VALUES,
    permission="manage-rules",
    prevent_initial_call=True,
)
def check(clicks: Any, query: Query, ids: Any, values: Any) -> Any:
    """Say what the alert would find now."""
    if not clicks:
        return dash.no_update
    try:
        text = _alerts.looked(_alerts.alert_in(ids, values, asked(query), name="…"))
    except AlertError as error:
        return banner(_alerts.error_words(error))
    return [html.P(line) for line in text.split("\n")]


@guarded(
    Output(TOLD, "children"),
    Output(ADDED, "data"),
    Input(ADD, "n_clicks"),
    State(FILTERS, "data"),
    State(ADDED, "data"),
    *VALUES,
    permission="manage-rules",
    prevent_initial_call=True,
)
def add(clicks: Any, query: Query, added: Any, ids: Any, values: Any) -> Any:
    """Keep the alert that the form describes."""
    if not clicks:
        return dash.no_update, dash.no_update
    try:
        said = _alerts.keep(_alerts.alert_in(ids, values, asked(query)))
    except AlertError as error:
        return banner(_alerts.error_words(error)), dash.no_update
    except StateError as error:
        return banner(refusal(error)), dash.no_update
    return banner(said, tone="good"), one_more(added)

"""The audit log on the access page: its newest rows, by who and what, and whether it is whole."""

import json
from typing import Any

import dash
import dash_bootstrap_components as dbc
from dash import Input, Output, html

from components.access import NOTHING, card, log_table
from components.states import banner, skeleton
from data.i18n import t
from data.i18n.labels import label_of
from data.state import accounts, audit, audit_log
from data.state.engine import StateError
from pages._access import moment, text_of
from pages._page import guarded
from pages._state import refusal, state

#: Counts the changes made on the page; each is a new row of the log.
DONE = "access-done"
LOG, WHO, WHAT, ABOUT = "access-log", "access-who", "access-what", "access-about"
#: Of a value of an entry; the rest is in the log itself.
MOST_LETTERS = 40
SEAL, VERIFY = "access-seal", "access-verify"


def audit_card() -> Any:
    """Lay the log out empty."""
    fields = [
        html.Label([html.Span(label), control], className="field")
        for label, control in (
            (t("Who"), dbc.Select(id=WHO, options=[], value=NOTHING)),
            (t("What"), dbc.Select(id=WHAT, options=[], value=NOTHING)),
            (t("About"), dbc.Input(id=ABOUT, type="text", debounce=True, maxlength=100)),
        )
    ]
    button = html.Button(t("Verify the log"), id=VERIFY, type="button", className="btn btn-outline")
    words = t("The newest 200 rows; each is sealed with the one before")
    return card(
        t("Audit log"),
        html.Div([*fields, button], className="lab-actions"),
        html.Div(id=SEAL, role="status"),
        html.Div(skeleton(lines=6), id=LOG),
        sub=words,
    )


@guarded(
    Output(LOG, "children"),
    Output(WHO, "options"),
    Output(WHAT, "options"),
    Input(WHO, "value"),
    Input(WHAT, "value"),
    Input(ABOUT, "value"),
    Input(DONE, "data"),
    permission="view-audit",
)
def show_log(who: Any, what: Any, about: Any, _done: Any) -> Any:
    """List the newest rows of the log that were asked for."""
    chosen = {"actor": text_of(who), "action": text_of(what), "about": text_of(about)}
    try:
        found = audit_log.newest(state(), **chosen)
        kinds = audit_log.actions(state())
        users = [account.user_id for account in accounts.accounts(state())]
    except StateError as error:
        return html.P(refusal(error), className="muted"), [], []
    rows = [
        {
            **vars(row),
            "at": moment(row.at),
            "action": label_of("logged", row.action),
            "details": _told(row.details),
        }
        for row in found
    ]
    everyone = {"value": NOTHING, "label": t("Everybody")}
    anything = {"value": NOTHING, "label": t("Everything")}
    return (
        log_table(rows),
        [everyone, *({"value": user, "label": user} for user in (*users, "system"))],
        [anything, *({"value": kind, "label": label_of("logged", kind)} for kind in kinds)],
    )


def _told(details: str) -> str:
    """Return an entry's details as words, long seals cut."""
    told = {key: value for key, value in json.loads(details).items() if value is not None}
    return " · ".join(f"{key}: {str(value)[:MOST_LETTERS]}" for key, value in told.items())


@guarded(
    Output(SEAL, "children"),
    Input(VERIFY, "n_clicks"),
    permission="view-audit",
    prevent_initial_call=True,
)
def verify_log(clicks: int | None) -> Any:
    """Read the whole log and say whether every row is as it was written."""
    if not clicks:
        return dash.no_update
    verdict = audit.verify(state())
    if not verdict.is_whole:
        words = t("The audit log is broken at row {row}.", row=verdict.broken_at)
        return banner(f"{words} {verdict.reason}")
    words = t(
        "{rows} rows, each sealed with the one before. Head: {head}",
        rows=f"{verdict.rows:,}",
        head=verdict.head,
    )
    return banner(words, tone="good")

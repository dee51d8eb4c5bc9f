"""Access: users and their rights, the matrix of roles, the scope self-test and the audit log."""

from typing import Any

import dash
import dash_bootstrap_components as dbc
from dash import ALL, Input, Output, State, ctx, dcc, html

from components.access import (
    card,
    check_table,
    matrix_table,
    user_form,
    user_table,
)
from components.confirmation import confirmation
from components.forms import post_form
from components.panel import grid
from components.states import banner, skeleton
from data.i18n import t
from data.state import accounts
from data.state.engine import StateError
from pages import _access
from pages._access_log import audit_card
from pages._page import FILTERS, Query, asked, guarded, register_page
from pages._session import csrf_token
from pages._state import refusal, state
from queries.run import reader_now

register_page(
    __name__,
    path="/access",
    name="Access",
    order=94,
    permission="view-access",
    icon="shield-lock",
    group="Trust",
)

USERS, USER, SAID = "access-users", "access-user", "access-said"
CHOSEN, PENDING, DONE = "access-chosen", "access-pending", "access-done"
ASK = "access-ask"
CHECKS, CHECK, CHECK_USER = "access-checked", "access-check", "access-check-user"
MATRIX = "access-matrix"


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    return html.Div(
        [
            grid(
                card(t("Users"), html.Div(skeleton(lines=6), id=USERS)),
                card(
                    t("Rights of one user"),
                    html.Div(id=SAID, role="status"),
                    html.Div(id=ASK),
                    html.Div(skeleton(lines=4), id=USER),
                ),
                layout="wide",
            ),
            grid(_matrix(), layout="full"),
            grid(_self_test(), layout="full"),
            grid(audit_card(), layout="full"),
            *(dcc.Store(id=name) for name in (CHOSEN, PENDING, DONE)),
        ]
    )


def _matrix() -> Any:
    link = html.A(t("Download as Excel workbook"), href=_access.MATRIX_PATH, download="")
    words = t("What each role may do, and which personal fields it reads in clear")
    return card(t("Roles and rights"), html.Div(id=MATRIX), html.P(link), sub=words)


def _self_test() -> Any:
    words = t(
        "Asks every question of every page as one user, once through the cache and once past it,"
        " and compares the answers row by row"
    )
    choice = dbc.Select(id=CHECK_USER, options=[], value="")
    button = html.Button(
        t("Run the self-test"), id=CHECK, type="button", className="btn btn-primary"
    )
    label = html.Label([html.Span(t("User")), choice], className="field")
    return card(
        t("Scope self-test"),
        html.Div([label, button], className="lab-actions"),
        dcc.Loading(html.Div(id=CHECKS), type="dot"),
        sub=words,
    )


# --- users -----------------------------------------------------------------------------------


@guarded(
    Output(USERS, "children"),
    Output(CHECK_USER, "options"),
    Output(CHECK_USER, "value"),
    Input(CHOSEN, "data"),
    Input(DONE, "data"),
)
def show_users(chosen: Any, _done: Any) -> Any:
    """List the users; the first is chosen until another one is."""
    lines = _access.user_lines()
    one = chosen if isinstance(chosen, str) and chosen else reader_now().user_id
    options = [{"value": line.user, "label": f"{line.name} · {line.role}"} for line in lines]
    return user_table(lines, one), options, one


@guarded(
    Output(CHOSEN, "data"),
    Input({"type": "access-choose", "key": ALL}, "n_clicks"),
    prevent_initial_call=True,
)
def choose_user(clicks: list[int | None]) -> Any:
    """Keep which user was chosen."""
    pressed = ctx.triggered_id
    return pressed["key"] if isinstance(pressed, dict) and any(clicks) else dash.no_update


@guarded(Output(USER, "children"), Input(CHOSEN, "data"), Input(DONE, "data"))
def show_user(chosen: Any, _done: Any) -> Any:
    """Show one user's role and place, and what may be done."""
    user = chosen if isinstance(chosen, str) and chosen else reader_now().user_id
    try:
        account = accounts.account(state(), user)
    except StateError as error:
        return html.P(refusal(error), className="muted")
    values = {
        "role": account.role,
        "team": account.team_id or "",
        "rep": account.rep_id or "",
    }
    switch = ("disable", t("Disable")) if account.is_enabled else ("enable", t("Enable again"))
    buttons = [("role", t("Change the role")), ("sign-out", t("Sign out everywhere")), switch]
    view = post_form("/view-as", t("View as"), csrf=csrf_token(), look="btn btn-outline", user=user)
    title = html.P([html.Strong(_access.name_of(account)), " ", html.Span(user, className="muted")])
    is_other = user != reader_now().user_id and account.is_usable
    return [title, user_form(values, _access.choices(), buttons, view if is_other else None)]


@guarded(
    Output(ASK, "children"),
    Output(PENDING, "data"),
    Output(SAID, "children"),
    Output(DONE, "data"),
    Input({"type": "access-do", "key": ALL}, "n_clicks"),
    Input({"type": "access-answer", "key": ALL}, "n_clicks"),
    State({"type": "access-field", "key": ALL}, "value"),
    State(CHOSEN, "data"),
    State(PENDING, "data"),
    State(DONE, "data"),
    permission="manage-users",
    prevent_initial_call=True,
)
def change_user(_do: Any, _answer: Any, fields: Any, *stores: Any) -> Any:
    """Ask before an account is changed, and change it at a yes.

    Who may do what is decided by data.state, which keeps refused attempts in the audit log.
    """
    chosen, pending, done = stores
    pressed = ctx.triggered_id
    if not isinstance(pressed, dict) or not ctx.triggered[0]["value"]:
        return (dash.no_update,) * 4
    try:
        if pressed["type"] == "access-do":
            return _ask_first(str(pressed["key"]), chosen, fields)
        return _answered(str(pressed["key"]), pending, done)
    except StateError as error:
        return [], None, banner(refusal(error)), dash.no_update


def _ask_first(action: str, chosen: Any, fields: Any) -> Any:
    role, team, rep = (*fields, "", "", "")[:3] if isinstance(fields, list) else ("", "", "")
    user = chosen if isinstance(chosen, str) and chosen else reader_now().user_id
    wanted = {"user": user, "action": action, "role": role, "team": team, "rep": rep}
    change = _access.Change.from_store(wanted)
    if change is None:
        return (dash.no_update,) * 4
    return confirmation(change.question(), kind="access-answer"), wanted, [], dash.no_update


def _answered(key: str, pending: Any, done: Any) -> Any:
    change = _access.Change.from_store(pending)
    if change is None or key != "yes":
        return [], None, [], dash.no_update
    count = done + 1 if isinstance(done, int) else 1
    return [], None, banner(change.carry_out(), tone="good"), count


# --- rights ----------------------------------------------------------------------------------


@guarded(Output(MATRIX, "children"), Input(FILTERS, "data"))
def show_matrix(_query: Query) -> Any:
    """Show what each role may do."""
    return matrix_table(*_access.matrix())


# --- self-test -------------------------------------------------------------------------------


@guarded(
    Output(CHECKS, "children"),
    Input(CHECK, "n_clicks"),
    State(CHECK_USER, "value"),
    State(FILTERS, "data"),
    prevent_initial_call=True,
)
def run_self_test(clicks: int | None, user: Any, query: Query) -> Any:
    """Compare what the cache holds for a user with what the engine says, page by page."""
    if not clicks or not isinstance(user, str):
        return dash.no_update
    try:
        lines = _access.checked_pages(user, asked(query))
    except StateError as error:
        return banner(refusal(error))
    equal = sum(line["is_equal"] for line in lines)
    words = t(
        "{equal} of {pages} pages equal, {questions} questions.",
        equal=equal,
        pages=len(lines),
        questions=sum(line["questions"] for line in lines),
    )
    return [banner(words, tone="good" if equal == len(lines) else "warn"), check_table(lines)]

"""Profile: who one is here, where one is signed in, and another password."""

from typing import Any

import dash
import dash_bootstrap_components as dbc
import flask
from dash import Input, Output, State, dcc, html

from components.access import card, session_table
from components.panel import grid
from components.preferences import now_and_other, other_language, other_theme, theme_words
from components.states import banner, skeleton
from data.access.passwords import LEAST_LETTERS, BusyError
from data.i18n import LANGUAGES, language, t
from data.state import account_rows, accounts, sign_in
from data.state.account_rows import AccountRecord
from data.state.engine import StateError, reading
from data.state.sessions import sessions_of
from pages._access import TEXTS, moment, name_of, place_of
from pages._page import FILTERS, Query, guarded, register_page
from pages._profile_tokens import token_card
from pages._session import csrf_token, keep, signed_now, theme, visitor
from pages._state import refusal, state
from queries.run import reader_now

register_page(
    __name__,
    path="/profile",
    name="Profile",
    order=95,
    permission="view-profile",
    icon="person-gear",
    group="Trust",
)

ABOUT, SESSIONS = "profile-about", "profile-sessions"
OUT, OUT_SAID = "profile-out", "profile-out-said"
PASSWORDS, PASSWORD, PASSWORD_SAID = "profile-passwords", "profile-password", "profile-said"
PRESENT, WANTED, AGAIN = "profile-present", "profile-wanted", "profile-again"
NO_PASSWORD, DONE = "profile-no-password", "profile-done"


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    return html.Div(
        [
            grid(
                card(t("Who you are here"), html.Div(skeleton(lines=4), id=ABOUT)),
                card(
                    t("Another password"),
                    html.Div(id=PASSWORD_SAID, role="status"),
                    html.Div(id=NO_PASSWORD),
                    _form(),
                ),
                layout="two",
            ),
            grid(_sessions(), layout="full"),
            grid(token_card(), layout="full"),
            dcc.Store(id=DONE),
        ]
    )


def _form() -> html.Div:
    fields = [
        html.Label(
            [
                html.Span(label),
                dbc.Input(id=name, type="password", maxlength=200, autocomplete=kind),
            ],
            className="field",
        )
        for name, label, kind in (
            (PRESENT, t("Present password"), "current-password"),
            (
                WANTED,
                t("New password, at least {count} characters", count=LEAST_LETTERS),
                "new-password",
            ),
            (AGAIN, t("New password once more"), "new-password"),
        )
    ]
    button = html.Button(
        t("Change the password"), id=PASSWORD, type="button", className="btn btn-primary"
    )
    return html.Div([*fields, html.Div(button, className="lab-actions")], id=PASSWORDS)


def _sessions() -> Any:
    button = html.Button(
        t("Sign out everywhere"), id=OUT, type="button", className="btn btn-outline"
    )
    words = t("Every browser in which you are signed in; half an hour without use ends a session")
    return card(
        t("Sessions"),
        html.Div(id=OUT_SAID, role="status"),
        html.Div(skeleton(lines=3), id=SESSIONS),
        html.Div(button, className="lab-actions"),
        sub=words,
    )


@guarded(
    Output(ABOUT, "children"),
    Output(NO_PASSWORD, "children"),
    Output(PASSWORDS, "hidden"),
    Input(FILTERS, "data"),
)
def show_about(_query: Query) -> Any:
    """Say name, role and whose customers are seen, and whether a password is kept here."""
    reader = reader_now()
    with reading(state()) as connection:
        account = account_rows.found(connection, reader.user_id)
        is_elsewhere = account_rows.is_from_elsewhere(connection, reader.user_id)
    fields = [t(TEXTS["field"][name]) for name in sorted(reader.role.masked)]
    lines = (
        (t("Name"), name_of(account)),
        (t("User"), account.user_id),
        (t("Role of the user"), t(reader.role.name)),
        (t("Sees"), place_of(account)),
        (t("Masked fields"), ", ".join(fields) or t("none")),
        *_preferences(),
    )
    cells = [part for label, value in lines for part in (html.Dt(label), html.Dd(value))]
    hint = html.P(_where_kept(), className="muted")
    why = _no_password(account, is_elsewhere=is_elsewhere)
    told = html.P(why, className="muted") if why else []
    return [html.Dl(cells, className="facts"), hint], told, bool(why)


def _preferences() -> tuple[tuple[str, Any], ...]:
    """Return language and colours of this browser, each with the other one to choose."""
    csrf, look = csrf_token(), "btn btn-outline"
    spoken, colours = language(), theme()
    forms = (
        other_language(spoken, csrf=csrf, look=look),
        other_theme(colours, csrf=csrf, look=look),
    )
    return (
        (t("Language"), now_and_other(LANGUAGES[spoken], forms[0])),
        (t("Colours"), now_and_other(theme_words(colours), forms[1])),
    )


def _where_kept() -> str:
    if reader_now().viewed_by:
        return t(
            "Language and colours change in this browser only while you read as somebody else."
        )
    return t("Language and colours are kept with your account, for every browser you sign in with.")


def _no_password(account: AccountRecord, *, is_elsewhere: bool) -> str:
    """Return why no password can be changed here; empty where it can."""
    if reader_now().viewed_by:
        return t("Only the user can change this password.")
    if account.is_demo:
        return t("Demo users have no password.")
    return t("Your password is kept by the identity provider.") if is_elsewhere else ""


@guarded(Output(SESSIONS, "children"), Input(FILTERS, "data"), Input(DONE, "data"))
def show_sessions(_query: Query, _done: Any) -> Any:
    """List where the reader is signed in; of somebody else's sessions nothing is shown."""
    reader = reader_now()
    if reader.viewed_by:
        return html.P(t("Sessions are shown to their own user only."), className="muted")
    own = signed_now()
    mine = own.session.session_id if own else ""
    return session_table(
        [
            {
                "browser": browser_of(each.browser),
                "address": each.address,
                "made_at": moment(each.made_at),
                "seen_at": moment(each.seen_at),
                "mark": t("this one") if each.session_id == mine else "",
            }
            for each in sessions_of(state(), reader.user_id)
        ]
    )


#: What browsers call themselves, those that borrow another one's name first.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome"}
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


def browser_of(agent: str) -> str:
    """Return browser and system in two words; what is not known stays as it was sent."""
    browser = next((name for mark, name in BROWSERS.items() if f"{mark}/" in agent), "")
    if not browser and "Safari/" in agent:
        browser = "Safari"
    system = next((name for name in SYSTEMS if name in agent), "")
    return " · ".join(part for part in (browser, system) if part) or agent


@guarded(
    Output(OUT_SAID, "children"),
    Input(OUT, "n_clicks"),
    prevent_initial_call=True,
)
def sign_out_everywhere(clicks: int | None) -> Any:
    """End every session of the reader, this one included."""
    reader = reader_now()
    if not clicks or reader.viewed_by:
        return dash.no_update
    try:
        accounts.sign_out_everywhere(state(), actor=reader, user_id=reader.user_id)
    except StateError as error:
        return banner(refusal(error))
    return banner(t("Every browser is signed out, this one too. Sign in again."), tone="good")


@guarded(
    Output(PASSWORD_SAID, "children"),
    Output(DONE, "data"),
    Output(PRESENT, "value"),
    Output(WANTED, "value"),
    Output(AGAIN, "value"),
    Input(PASSWORD, "n_clicks"),
    State(PRESENT, "value"),
    State(WANTED, "value"),
    State(AGAIN, "value"),
    prevent_initial_call=True,
)
def change_password(clicks: int | None, present: Any, wanted: Any, again: Any) -> Any:
    """Change the reader's own password; every other browser is signed out."""
    if not clicks or reader_now().viewed_by:
        return (dash.no_update,) * 5
    said, is_done = _changed(str(present or ""), str(wanted or ""), str(again or ""))
    # What was typed does not stay in the page.
    return banner(said, tone="good" if is_done else "warn"), clicks, "", "", ""


def _changed(present: str, wanted: str, again: str) -> tuple[str, bool]:
    if wanted != again:
        return t("The two new passwords differ. Type the same twice."), False
    try:
        token = sign_in.change_own_password(
            state(), reader_now(), present=present, wanted=wanted, visitor=visitor()
        )
    except StateError as error:
        return refusal(error), False
    except BusyError:
        return t("Too many sign-ins are being checked right now. Try again in a moment."), False

    @flask.after_this_request
    def hand_over(response: flask.Response) -> flask.Response:  # pyright: ignore[reportUnusedFunction]
        keep(response, token)
        return response

    return t("The password is changed, and every other browser is signed out."), True

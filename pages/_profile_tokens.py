"""API tokens on the profile: made, shown once, listed and revoked by their owner."""

from typing import Any

import dash
import dash_bootstrap_components as dbc
from dash import ALL, Input, Output, State, ctx, dcc, html

from components.access import card, token_table
from components.states import banner, skeleton
from data.i18n import t
from data.state import tokens
from data.state.engine import StateError
from data.state.tokens import LONGEST_DAYS, READS, TokenRecord
from pages._access import moment
from pages._page import FILTERS, Query, guarded
from pages._state import actor_now, refusal, state
from queries.run import reader_now

LIST, SAID, MADE = "profile-tokens", "profile-token-said", "profile-token-made"
NAME, DAYS, MAY_READ, MAKE, FRAME = (
    "profile-token-name",
    "profile-token-days",
    "profile-token-reads",
    "profile-token-make",
    "profile-token-frame",
)
DEFAULT_DAYS = 90


def token_card() -> html.Div:
    """Lay the tokens out empty; hidden from who may have none."""
    fields = [
        html.Label([html.Span(label), control], className="field")
        for label, control in (
            (t("What it is for"), dbc.Input(id=NAME, type="text", maxlength=60)),
            (
                t("Days until it expires"),
                dbc.Input(id=DAYS, type="number", min=1, max=LONGEST_DAYS, value=DEFAULT_DAYS),
            ),
            (
                t("What it may read"),
                dbc.Select(
                    id=MAY_READ,
                    options=[{"value": key, "label": _reads(key)} for key in READS],
                    value=next(iter(READS)),
                ),
            ),
        )
    ]
    button = html.Button(t("Make a token"), id=MAKE, type="button", className="btn btn-primary")
    words = t(
        "For GET /api/v1/ask/<question>, with the header Authorization: Bearer <token>. It reads"
        " what you may read, and nothing else"
    )
    frame = card(
        t("API tokens"),
        html.Div(id=SAID, role="status"),
        html.Div(skeleton(lines=2), id=LIST),
        html.Div([*fields, button], className="lab-actions"),
        dcc.Store(id=MADE),
        sub=words,
    )
    return html.Div(frame, id=FRAME, hidden=True)


def _reads(key: str) -> str:
    return t("figures only") if key == "figures" else t("figures and the rows behind them")


@guarded(Output(FRAME, "hidden"), Input(FILTERS, "data"), permission="view-profile")
def offer_tokens(_query: Query) -> bool:
    """Offer tokens to those who may have some."""
    return not reader_now().may(tokens.MANAGE)


@guarded(
    Output(LIST, "children"),
    Input(FILTERS, "data"),
    Input(MADE, "data"),
    permission=tokens.MANAGE,
)
def show_tokens(_query: Query, _made: Any) -> Any:
    """List the reader's tokens, the newest first."""
    found = tokens.tokens_of(state(), reader_now().user_id)
    if not found:
        return html.P(t("You have no token yet."), className="muted")
    return token_table([_line(each) for each in found])


def _line(token: TokenRecord) -> dict[str, Any]:
    if token.revoked_at:
        standing = t("revoked")
    else:
        standing = t("in force") if token.is_usable else t("expired")
    return {
        "prefix": token.prefix,
        "name": token.name,
        "reads": _reads(token.reads),
        "expires_at": moment(token.expires_at),
        "seen_at": moment(token.seen_at) if token.seen_at else t("never"),
        "standing": standing,
        "is_usable": token.is_usable,
    }


@guarded(
    Output(SAID, "children"),
    Output(MADE, "data"),
    Output(NAME, "value"),
    Input(MAKE, "n_clicks"),
    Input({"type": "profile-revoke", "key": ALL}, "n_clicks"),
    State(NAME, "value"),
    State(DAYS, "value"),
    State(MAY_READ, "value"),
    permission=tokens.MANAGE,
    prevent_initial_call=True,
)
def change_tokens(_make: Any, _revoke: Any, name: Any, days: Any, reads: Any) -> Any:
    """Make a token, shown this once, or revoke one."""
    pressed = ctx.triggered_id
    if pressed is None or not ctx.triggered[0]["value"]:
        return (dash.no_update,) * 3
    actor = actor_now()
    try:
        if isinstance(pressed, dict):
            tokens.revoke_token(state(), actor=actor, prefix=str(pressed["key"]))
            said: Any = t("The token is revoked.")
        else:
            number = days if isinstance(days, int) else 0
            made = tokens.make_token(
                state(), actor=actor, name=str(name or ""), days=number, reads=str(reads or "")
            )
            words = t("Copy the token now; it is not shown again:")
            said = [words, " ", html.Code(made, className="token")]
    except StateError as error:
        return banner(refusal(error)), dash.no_update, dash.no_update
    return banner(said, tone="good"), ctx.triggered[0]["value"], ""

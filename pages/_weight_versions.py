"""What is tried in the weight lab, and the versions of the scoring model below it."""

from typing import Any

import dash
from dash import ALL, Input, Output, State, ctx, dcc, html

from components.panel import grid
from components.states import banner, skeleton
from data.domain.filters import Filters
from data.domain.model import ModelError
from data.domain.what_if import WhatIf
from data.i18n import t
from data.state.engine import StateError
from pages._models import approve, draft, list_of_models, propose, standing
from pages._page import FILTERS, Query, asked, guarded
from pages._state import live_model, refusal

PERMISSION = "view-tiers"
VERSIONS, SAID, DONE = "weights-versions", "weights-said", "weights-done"


def tried_out(query: Query) -> tuple[Filters, WhatIf, WhatIf]:
    """Return the filters, what is tried, and what the customers have today."""
    filters = asked(query)
    own = WhatIf.of_model(live_model(filters.version))
    return filters, filters.what_if or own, own


def whole_number(value: Any) -> int | None:
    """Return a control's value as a whole number; a slider sends text."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def versions() -> list[Any]:
    """Return the frame of the versions and what they keep, empty; the callbacks below fill them."""
    frame = html.Section(
        [
            html.Header(
                [
                    html.H2(t("Versions of the scoring model"), className="panel-title"),
                    html.P(_version_words(), className="panel-sub"),
                ]
            ),
            html.Div(id=SAID, role="status"),
            html.Div(skeleton(lines=4), id=VERSIONS),
        ],
        className="card panel",
    )
    return [grid(frame, layout="full"), dcc.Store(id=DONE)]


def _version_words() -> str:
    return t(
        "Drafted, proposed, and approved by somebody else from a month on; the months before keep"
        " their model"
    )


@guarded(
    Output(VERSIONS, "children"),
    Input(FILTERS, "data"),
    Input(DONE, "data"),
    permission=PERMISSION,
)
def show_versions(query: Query, _done: Any) -> Any:
    """List the versions, what may be done to them, and which one the customers were scored by."""
    filters = asked(query)
    try:
        return [standing(filters), list_of_models(filters)]
    except StateError as error:
        return html.P(refusal(error), className="muted")


@guarded(
    Output(SAID, "children"),
    Output(DONE, "data"),
    Input("weights-save", "n_clicks"),
    Input({"type": "weights-propose", "key": ALL}, "n_clicks"),
    Input({"type": "weights-approve", "key": ALL}, "n_clicks"),
    State("weights-name", "value"),
    State({"type": "weights-month", "key": ALL}, "value"),
    State({"type": "weights-month", "key": ALL}, "id"),
    State(FILTERS, "data"),
    permission=PERMISSION,
    prevent_initial_call=True,
)
def act(*values: Any) -> Any:
    """Save, propose or approve, as the button says, and tell what came of it.

    Who may do what is decided by data.state, which keeps refused attempts in the audit log.
    """
    name, months, ids, query = values[-4:]
    pressed = ctx.triggered_id
    if pressed is None or not ctx.triggered[0]["value"]:
        return dash.no_update, dash.no_update
    filters, tried, _own = tried_out(query)
    try:
        if pressed == "weights-save":
            said = draft(filters, tried, name=str(name or ""))
        elif pressed["type"] == "weights-propose":
            said = propose(_number(pressed["key"]))
        else:
            chosen = {i["key"]: m for i, m in zip(ids, months, strict=True)}
            said = approve(filters, _number(pressed["key"]), month=str(chosen.get(pressed["key"])))
    except (StateError, ModelError) as error:
        return banner(refusal(error)), dash.no_update
    return banner(said, tone="good"), said


def _number(key: Any) -> int:
    """Return a version's number; none has 0."""
    return whole_number(key) or 0

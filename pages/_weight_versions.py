"""What is tried in the weight lab, and the versions of the scoring model below it."""

from typing import Any

import dash
from dash import ALL, Input, Output, State, ctx, dcc, html

from components.confirmation import confirmation
from components.panel import grid
from components.states import banner, skeleton
from data.domain.filters import Filters
from data.domain.model import ModelError
from data.domain.what_if import WhatIf
from data.i18n import t
from data.state.engine import StateError
from pages._models import (
    approve,
    ask_to_reject,
    draft,
    give_back,
    list_of_models,
    propose,
    reject,
    standing,
)
from pages._page import FILTERS, Query, asked, guarded
from pages._state import live_model, refusal

PERMISSION = "view-tiers"
VERSIONS, SAID, DONE = "weights-versions", "weights-said", "weights-done"
ASK, PENDING = "weights-ask", "weights-pending"
#: What the buttons do to a version; `answer` is the yes or no to a question.
STEPS = ("propose", "approve", "return", "reject", "answer")


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
            html.Div(id=ASK),
            html.Div(skeleton(lines=4), id=VERSIONS),
        ],
        className="card panel",
    )
    return [grid(frame, layout="full"), *(dcc.Store(id=name) for name in (DONE, PENDING))]


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
    Output(ASK, "children"),
    Output(PENDING, "data"),
    Input("weights-save", "n_clicks"),
    *(Input({"type": f"weights-{step}", "key": ALL}, "n_clicks") for step in STEPS),
    State("weights-name", "value"),
    State({"type": "weights-month", "key": ALL}, "value"),
    State({"type": "weights-month", "key": ALL}, "id"),
    State({"type": "weights-why", "key": ALL}, "value"),
    State({"type": "weights-why", "key": ALL}, "id"),
    State(PENDING, "data"),
    State(FILTERS, "data"),
    permission=PERMISSION,
    prevent_initial_call=True,
)
def act(*values: Any) -> Any:
    """Do what the button says and tell what came of it; ask before a proposal is rejected.

    Who may do what is decided by data.state, which keeps refused attempts in the audit log.
    """
    name, months, month_ids, notes, note_ids, pending, query = values[-7:]
    pressed = ctx.triggered_id
    if pressed is None or not ctx.triggered[0]["value"]:
        return (dash.no_update,) * 4
    filters, tried, _own = tried_out(query)
    try:
        if pressed == "weights-save":
            return _done(draft(filters, tried, name=_text(name)))
        step, key = pressed["type"].removeprefix("weights-"), pressed["key"]
        if step == "answer":
            return _answered(key, pending)
        why = _of(key, note_ids, notes)
        if step == "reject":
            asking = ask_to_reject(_number(key), note=why)
            store = {"version": key, "note": why}
            return [], dash.no_update, confirmation(asking, kind="weights-answer"), store
        return _done(_step(filters, step, key, month=_of(key, month_ids, months), note=why))
    except (StateError, ModelError) as error:
        return banner(refusal(error)), dash.no_update, [], None


def _step(filters: Filters, step: str, key: Any, *, month: str, note: str) -> str:
    """Propose, approve or return a version; return what was done."""
    version = _number(key)
    if step == "propose":
        return propose(version)
    return (
        approve(filters, version, month=month)
        if step == "approve"
        else give_back(version, note=note)
    )


def _answered(key: Any, pending: Any) -> Any:
    if key != "yes" or not isinstance(pending, dict):
        return [], dash.no_update, [], None
    return _done(reject(_number(pending.get("version")), note=_text(pending.get("note"))))


def _done(said: str) -> Any:
    return banner(said, tone="good"), said, [], None


def _of(key: Any, ids: Any, values: Any) -> str:
    """Return what the field of one version holds."""
    return _text({i["key"]: value for i, value in zip(ids, values, strict=True)}.get(key))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(key: Any) -> int:
    """Return a version's number; none has 0."""
    return whole_number(key) or 0

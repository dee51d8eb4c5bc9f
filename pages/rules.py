"""Rules: whom they are for, what follows, what they would have done, and which are on."""

from typing import Any

import dash
from dash import ALL, Input, Output, State, ctx, dcc, html

from components.access import card
from components.panel import grid
from components.rule_words import error_words
from components.rules import act_button, ready_list, rule_form, rule_list
from components.states import banner, skeleton
from data.domain.rule import RuleError
from data.i18n import t
from data.state.engine import StateError
from data.state.rules import StaleRuleError
from pages import _rule_form, _rule_list
from pages._page import FILTERS, guarded, register_page
from pages._pressing import one_more, pressed_key
from pages._rule_preview import names_of
from pages._rule_said import previewed, stale, unsure
from pages._state import refusal
from queries.run import fetcher

register_page(
    __name__,
    path="/rules",
    name="Rules",
    order=89,
    permission="view-rules",
    icon="lightning",
    group="Action",
)

LIST, READY, SAID = "rules-list", "rules-ready", "rules-said"
CHOSEN, DRAFT, FORM = "rules-chosen", "rules-draft", "rules-form"
CHANGED, WHY = "rules-changed", "rules-why"
ACTED, SAVED, TOLD = "rules-acted", "rules-saved", "rules-told"
CHECK, SAVE, PREVIEW = "rules-check", "rules-save", "rules-preview"
VALUES = (State({"type": "rules-value", "key": ALL}, "id"),
          State({"type": "rules-value", "key": ALL}, "value"))  # fmt: skip


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    buttons = [
        html.Button(t("Preview"), id=CHECK, type="button", className="btn btn-outline"),
        html.Button(t("Save and switch on"), id=SAVE, type="button", className="btn btn-primary"),
        act_button("new:", t("Start anew")),
    ]
    words = t("Conditions on who the customer is, on dates, figures, signals and events")
    form = card(
        t("Write a rule"),
        html.Div(skeleton(lines=8), id=FORM),
        html.Div(id=WHY, role="status"),
        html.Div(buttons, className="lab-actions"),
        html.Div(id=TOLD, role="status"),
        dcc.Loading(html.Div(id=PREVIEW, role="status"), type="dot"),
        sub=words,
    )
    rules = card(
        t("Rules"),
        html.Div(id=SAID, role="status"),
        html.Div(skeleton(lines=6), id=LIST),
    )
    ready = card(t("Ready rules"), html.Div(skeleton(lines=6), id=READY))
    stores = [dcc.Store(id=name) for name in (CHOSEN, CHANGED, DRAFT, ACTED, SAVED)]
    return html.Div([grid(form, html.Div([rules, ready], className="rule-side"), layout="wide"),
                     *stores])  # fmt: skip


# --- the lists -------------------------------------------------------------------------------


@guarded(
    Output(LIST, "children"),
    Output(READY, "children"),
    Input(ACTED, "data"),
    Input(SAVED, "data"),
    Input(FILTERS, "data"),
)
def show_rules(_acted: Any, _saved: Any, _query: Any) -> Any:
    """List the reader's rules and the ready ones."""
    lines = _rule_list.lines()
    listed = rule_list(lines) if lines else html.P(_nothing(), className="muted")
    return listed, ready_list(_rule_list.ready_lines(), is_open=not lines)


def _nothing() -> str:
    return t("You have no rules yet. Write one, or switch a ready one on.")


@guarded(
    Output(SAID, "children"),
    Output(ACTED, "data"),
    Output(CHOSEN, "data"),
    Input({"type": "rules-act", "key": ALL}, "n_clicks"),
    State(ACTED, "data"),
    permission="manage-rules",
    prevent_initial_call=True,
)
def act(_clicks: Any, acted: Any) -> Any:
    """Switch a rule, remove it, or put it into the form."""
    if (pressed := pressed_key()) is None:
        return (dash.no_update,) * 3
    what, _, key = pressed.partition(":")
    try:
        if (draft := _rule_list.draft_for(what, key)) is not None:
            return [], dash.no_update, draft
        said = _rule_list.carry_out(what, key)
    except StateError as error:
        return banner(refusal(error)), dash.no_update, dash.no_update
    count = one_more(acted)
    return banner(said, tone="good"), count, dash.no_update


# --- the form --------------------------------------------------------------------------------


@guarded(
    Output(FORM, "children"),
    Output(DRAFT, "data"),
    Input(CHOSEN, "data"),
    Input(CHANGED, "data"),
)
def draw(chosen: Any, changed: Any) -> Any:
    """Draw the form of the rule that was chosen, or as it was changed since."""
    draft = _rule_form.read_draft(changed if ctx.triggered_id == CHANGED else chosen)
    names = names_of(fetcher().info())
    return rule_form(draft, names, _rule_list.channels()), draft


@guarded(
    Output(WHY, "children"),
    Output(CHANGED, "data"),
    Input({"type": "rules-build", "key": ALL}, "n_clicks"),
    Input({"type": "rules-pick", "key": ALL}, "value"),
    State({"type": "rules-pick", "key": ALL}, "id"),
    State(DRAFT, "data"),
    *VALUES,
    prevent_initial_call=True,
)
def build(_clicks: Any, picks: Any, pick_ids: Any, held: Any, *values: Any) -> Any:
    """Change the tree: a condition comes, goes or becomes another one."""
    draft = _rule_form.read_draft(held)
    given = _rule_form.given(*values) | _rule_form.given(pick_ids, picks)
    made = _rule_form.filled(draft, given)
    pressed = ctx.triggered_id
    try:
        button = pressed if isinstance(pressed, dict) else {}
        if button.get("type") == "rules-build" and ctx.triggered[0]["value"]:
            made = _rule_form.built(made, str(button["key"]))
    except RuleError as error:
        return banner(error_words(error)), dash.no_update
    # A form just drawn reports its own choices: nothing is new then.
    is_drawn = _rule_form.shape(made) == _rule_form.shape(draft)
    return [], dash.no_update if is_drawn else made


# --- preview and save ------------------------------------------------------------------------


@guarded(
    Output(PREVIEW, "children"),
    Input(CHECK, "n_clicks"),
    State(DRAFT, "data"),
    *VALUES,
    permission="manage-rules",
    prevent_initial_call=True,
)
def check(clicks: Any, held: Any, ids: Any, values: Any) -> Any:
    """Say what the rule would do today, and what it would have done."""
    if not clicks:
        return dash.no_update
    draft = _rule_form.filled(_rule_form.read_draft(held), _rule_form.given(ids, values))
    try:
        return previewed(_rule_form.rule_in(_rule_form.worded(draft)))
    except RuleError as error:
        return banner(error_words(error))


@guarded(
    Output(TOLD, "children"),
    Output(SAVED, "data"),
    Input(SAVE, "n_clicks"),
    Input({"type": "rules-sure", "key": ALL}, "n_clicks"),
    State(DRAFT, "data"),
    State(SAVED, "data"),
    *VALUES,
    permission="manage-rules",
    prevent_initial_call=True,
)
def save(_clicks: Any, _sure: Any, held: Any, saved: Any, *values: Any) -> Any:
    """Save the rule, after telling what speaks against it or that somebody was faster."""
    pressed = ctx.triggered_id
    if not ctx.triggered[0]["value"]:
        return dash.no_update, dash.no_update
    sure = str(pressed["key"]) if isinstance(pressed, dict) else ""
    draft = _rule_form.filled(_rule_form.read_draft(held), _rule_form.given(*values))
    try:
        rule = _rule_form.rule_in(draft)
        if why := unsure(rule, is_sure=bool(sure)):
            return why, dash.no_update
        record = _rule_list.keep(draft, rule, is_over=sure == "over")
    except RuleError as error:
        return banner(error_words(error)), dash.no_update
    except StaleRuleError as error:
        return stale(error.now), dash.no_update
    except StateError as error:
        return banner(refusal(error)), dash.no_update
    count = one_more(saved)
    words = t("Saved as version {version}. It runs with the next run of the rules.",
              version=record.version)  # fmt: skip
    return banner(words, tone="good"), count

"""Messages: the channels they go to, what waits, and dead letters to be sent again."""

from typing import Any

import dash
from dash import ALL, Input, Output, State, dcc, html

from components.access import card
from components.messages import channel_form, channel_list, letter_list
from components.panel import grid
from components.states import banner, skeleton
from data.domain.channel import ChannelError
from data.i18n import t
from data.state.engine import StateError
from pages import _messages
from pages._page import FILTERS, guarded, register_page
from pages._pressing import one_more, pressed_key
from pages._state import refusal
from queries.run import reader_now

register_page(
    __name__,
    path="/messages",
    name="Messages",
    order=91,
    permission="view-messages",
    icon="envelope",
    group="Trust",
)

CHANNELS, LETTERS, SAID = "messages-channels", "messages-letters", "messages-said"
ACTED, ADD, ADDED, TOLD = "messages-acted", "messages-add", "messages-added", "messages-told"
FORM = "messages-form"


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    add = html.Button(t("Add the channel"), id=ADD, type="button", className="btn btn-primary")
    words = t("Rules and alerts send there; the target is checked now and whenever something goes")
    return html.Div(
        [
            grid(
                card(
                    t("Channels"),
                    html.Div(id=SAID, role="status"),
                    html.Div(skeleton(lines=4), id=CHANNELS),
                ),
                card(
                    t("A new channel"),
                    html.Div(channel_form(), id=FORM),
                    html.Div(add, className="lab-actions"),
                    html.Div(id=TOLD, role="status"),
                    sub=words,
                ),
                layout="two",
            ),
            grid(card(t("Outbox"), html.Div(skeleton(lines=4), id=LETTERS)), layout="full"),
            *(dcc.Store(id=name) for name in (ACTED, ADDED)),
        ]
    )


@guarded(
    Output(CHANNELS, "children"),
    Output(LETTERS, "children"),
    Input(ACTED, "data"),
    Input(ADDED, "data"),
    Input(FILTERS, "data"),
)
def show_messages(_acted: Any, _added: Any, _query: Any) -> Any:
    """List the channels, count the messages, and name those that were not taken."""
    may = reader_now().may("manage-channels")
    found = _messages.channel_lines()
    nothing = html.P(t("There is no channel yet."), className="muted")
    listed = channel_list(found, may_change=may) if found else nothing
    letters = _messages.letter_lines()
    return listed, [html.P(_messages.counted()), letter_list(letters, may_change=may)]


@guarded(
    Output(SAID, "children"),
    Output(ACTED, "data"),
    Input({"type": "messages-act", "key": ALL}, "n_clicks"),
    State(ACTED, "data"),
    permission="manage-channels",
    prevent_initial_call=True,
)
def act(_clicks: Any, acted: Any) -> Any:
    """Test or remove a channel, or send a dead letter again."""
    if (pressed := pressed_key()) is None:
        return dash.no_update, dash.no_update
    what, _, key = pressed.partition(":")
    try:
        said = _messages.carry_out(what, key)
    except ChannelError as error:
        return banner(_messages.error_words(error)), dash.no_update
    except StateError as error:
        return banner(refusal(error)), dash.no_update
    return banner(said, tone="good"), one_more(acted)


@guarded(
    Output(TOLD, "children"),
    Output(ADDED, "data"),
    Output(FORM, "children"),
    Input(ADD, "n_clicks"),
    State({"type": "messages-field", "key": ALL}, "id"),
    State({"type": "messages-field", "key": ALL}, "value"),
    State(ADDED, "data"),
    permission="manage-channels",
    prevent_initial_call=True,
)
def add(clicks: Any, ids: Any, values: Any, added: Any) -> Any:
    """Keep a new channel, and empty the form so that nothing secret stays in it."""
    if not clicks:
        return (dash.no_update,) * 3
    try:
        made = _messages.add(ids, values)
    except ChannelError as error:
        return banner(_messages.error_words(error)), dash.no_update, dash.no_update
    except StateError as error:
        return banner(refusal(error)), dash.no_update, dash.no_update
    count = one_more(added)
    return banner(made, tone="good"), count, channel_form()

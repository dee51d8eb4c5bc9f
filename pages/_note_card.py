"""Notes on the tasks page: found, listed, taken back and brought back."""

from typing import Any

import dash
from dash import Input, Output, State, dcc, html

from components import shell
from components.access import card
from components.attributes import attributes
from components.notes import note_list
from components.states import skeleton
from components.tasks import undo_toast
from data.i18n import t
from data.state import notes
from data.state.engine import StateError
from data.state.notes import GONE, WRITE, UnknownNoteError
from pages._note_edit import BODY, DONE, DRAWER, OPEN, READ, SAID
from pages._note_list import changeable, led_authors, seen_notes
from pages._note_marks import authors, line_of
from pages._page import FILTERS, Query, asked, guarded
from pages._state import actor_now, refusal, state
from pages._task_edit import number_of
from pages._task_writes import TOASTS
from queries.run import reader_now

LIST, FIND, PRESSED = "tasks-notes", "tasks-notes-find", "tasks-note-do-request"


def note_card() -> html.Div:
    """Lay the notes out empty."""
    box = dcc.Input(
        id=FIND,
        type="search",
        debounce=True,
        maxLength=100,
        value="",
        className="form-control search",
        placeholder=t("Search"),
    )
    find = html.Label([html.Span(t("Search"), className="visually-hidden"), box])
    new = html.Button(
        t("Write a note"),
        type="button",
        className="btn btn-outline",
        hidden=not reader_now().may(WRITE),
        **attributes(data_note_do="open", data_note="0", data_note_version="0"),
    )
    words = t(
        "What numbers do not say: on a day, a metric or a customer; shown on charts of months"
    )
    frame = card(
        t("Notes"),
        html.Div([new, find], className="tasks-head"),
        html.Div(skeleton(lines=2), id=LIST),
        sub=words,
    )
    stores = [dcc.Store(id=name) for name in (READ, OPEN, DONE)]
    return html.Div([frame, shell.drawer(DRAWER, BODY, t("Notes"), said=SAID), *stores])


@guarded(
    Output(LIST, "children"),
    Input(FIND, "value"),
    Input(DONE, "data"),
    Input(FILTERS, "data"),
    permission="view-tasks",
)
def list_notes(words: Any, _done: Any, query: Query) -> Any:
    """List the notes that the reader may see, the latest day first."""
    filters = asked(query)
    found = seen_notes(filters, words[:100] if isinstance(words, str) else "")
    if not found:
        return html.P(t("There is no note yet, or none with these words."), className="muted")
    names, led = authors(), led_authors()
    lines = [line_of(n, names, customer=who, is_mine=n.author in led) for n, who in found]
    return note_list(lines)


@guarded(
    Output(TOASTS, "children", allow_duplicate=True),
    Output(DONE, "data", allow_duplicate=True),
    Input(PRESSED, "data"),
    State(FILTERS, "data"),
    permission=WRITE,
    prevent_initial_call=True,
)
def delete_or_restore(pressed: Any, query: Query) -> Any:
    """Take a note that the reader may change away, or bring it back."""
    number, version = number_of(pressed, "note"), number_of(pressed, "version")
    action = pressed.get("do") if isinstance(pressed, dict) else None
    if not number or action not in ("delete", "restore"):
        return dash.no_update, dash.no_update
    is_back = action == "restore"
    does = notes.restore_note if is_back else notes.delete_note
    try:
        if changeable(asked(query), number, is_deleted=is_back) is None:
            raise UnknownNoteError(GONE)
        made = does(state(), actor=actor_now(), note_id=number, version=version)
    except StateError as error:
        return undo_toast(refusal(error)), dash.no_update
    stamp = f"{made.note_id}.{made.version}"
    if is_back:
        return undo_toast(t("The note is back.")), stamp
    marks = {"note_do": "restore", "note": str(number), "note_version": str(made.version)}
    return undo_toast(t("The note is deleted."), **marks), stamp

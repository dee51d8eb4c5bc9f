"""Notes on the tasks page: found, written, changed and taken back by their author."""

from typing import Any

import dash
from dash import ALL, Input, Output, State, dcc, html

from components import shell
from components.access import card
from components.attributes import attributes
from components.notes import note_form, note_list
from components.states import banner, skeleton
from components.tasks import NOTHING, undo_toast
from data.domain.filters import Filters
from data.domain.note import Note, NoteError
from data.domain.task import TaskError, from_texts
from data.i18n import t
from data.state import notes
from data.state.engine import StateError
from data.state.notes import NoteQuery, NoteRecord
from pages._note_marks import authors, line_of, note_reader, own_team
from pages._page import FILTERS, Query, asked, guarded
from pages._state import FormError, actor_now, refusal, state
from pages._task_edit import number_of
from pages._task_list import customers, scope_sentence
from pages._task_writes import TOASTS, texts_of
from queries.metrics import METRICS
from queries.run import reader_now

VIEW, WRITE = "view-tasks", "write-notes"
LIST, FIND, DRAWER = "tasks-notes", "tasks-notes-find", "tasks-note-drawer"
BODY, SAID, READ = "tasks-note-body", "tasks-note-said", "tasks-note-read"
OPEN, PRESSED, DONE = "tasks-note-open-request", "tasks-note-do-request", "tasks-note-done"
FIELDS = ("on_day", "metric", "customer_id", "audience", "body")
MOST_LISTED = 200


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
    return html.Div([frame, shell.drawer(DRAWER, BODY, t("Note"), said=SAID), *stores])


@guarded(
    Output(LIST, "children"),
    Input(FIND, "value"),
    Input(DONE, "data"),
    Input(FILTERS, "data"),
    permission=VIEW,
)
def list_notes(words: Any, _done: Any, query: Query) -> Any:
    """List the notes that the reader may see, the latest day first."""
    filters = asked(query)
    found = _seen(filters, NoteQuery(words=words[:100] if isinstance(words, str) else ""))
    if not found:
        return html.P(t("There is no note yet, or none with these words."), className="muted")
    names = authors()
    return note_list([line_of(each, names, customer=who) for each, who in found])


def _seen(filters: Filters, query: NoteQuery) -> list[tuple[NoteRecord, str]]:
    """Return notes with their customer's name; those of customers out of scope are the author's."""
    found = notes.notes(state(), note_reader(), query, limit=MOST_LISTED)
    named = customers(filters.unfiltered(), (n.customer_id for n in found if n.customer_id))
    seen: list[tuple[NoteRecord, str]] = []
    for each in found:
        row = named.get(each.customer_id or "")
        if row is not None:
            seen.append((each, str(row["name"] or row["customer_id"])))
        elif each.customer_id is None:
            seen.append((each, ""))
        elif each.author == reader_now().user_id:
            seen.append((each, scope_sentence()))
    return seen


# --- writing ---------------------------------------------------------------------------------


@guarded(
    Output(BODY, "children"),
    Output(SAID, "children"),
    Output(READ, "data"),
    Input(OPEN, "data"),
    State(FILTERS, "data"),
    permission=WRITE,
    prevent_initial_call=True,
)
def show_form(request: Any, query: Query) -> Any:
    """Open a note of the reader's own, or a new one on the day of the data."""
    filters, wanted = asked(query), number_of(request, "note")
    mine = _own(wanted) if wanted else None
    if wanted and mine is None:
        return html.P(t("There is no such note of yours any more."), className="muted"), [], None
    chosen = filters.values("customer")
    values = {
        "on_day": filters.calendar.as_of.isoformat(),
        "metric": "",
        "customer_id": chosen[0] if len(chosen) == 1 else "",
        "audience": "company",
        "body": "",
    }
    if mine:
        values = {k: str(getattr(mine, k) or "") for k in FIELDS}
    metrics = sorted(((key, t(m.label)) for key, m in METRICS.items()), key=lambda pair: pair[1])
    read = {"note": wanted, "version": mine.version if mine else 0}
    return note_form(values, metrics, has_team=own_team() is not None), [], read


def _own(number: int) -> NoteRecord | None:
    found = notes.own_note(state(), number, author=reader_now().user_id)
    return found if found and not found.deleted_at else None


@guarded(
    Output(TOASTS, "children", allow_duplicate=True),
    Output(DONE, "data"),
    Output(SAID, "children", allow_duplicate=True),
    Output(DRAWER, "is_open"),
    Input("tasks-note-save", "n_clicks"),
    State({"type": "tasks-note-field", "key": ALL}, "value"),
    State({"type": "tasks-note-field", "key": ALL}, "id"),
    State(READ, "data"),
    State(FILTERS, "data"),
    permission=WRITE,
    prevent_initial_call=True,
)
def save(clicks: int | None, values: Any, ids: Any, read: Any, query: Query) -> Any:
    """Keep a note as it was written or changed."""
    if not clicks:
        return (dash.no_update,) * 4
    texts = texts_of(values, ids, known=FIELDS)
    number, version = number_of(read, "note"), number_of(read, "version")
    try:
        said = _note(texts, asked(query))
        about: dict[str, Any] = {"actor": actor_now(), "said": said}
        if number:
            made = notes.change_note(state(), note_id=number, version=version, **about)
        else:
            made = notes.write_note(state(), team=own_team(), **about)
    except (StateError, NoteError, TaskError, FormError) as error:
        return *(dash.no_update,) * 2, banner(refusal(error)), True
    return undo_toast(t("The note is kept.")), f"{made.note_id}.{made.version}", [], False


def _note(texts: dict[str, str], filters: Filters) -> Note:
    """Return the note that a form holds, about a customer whom its author may see."""
    customer, metric = texts.get("customer_id", "").strip(), texts.get("metric", "")
    if customer and customer not in customers(filters.unfiltered(), [customer]):
        raise FormError(t("There is no such customer among yours."))
    if metric not in ("", NOTHING) and metric not in METRICS:
        raise FormError(t("There is no such metric."))
    return Note(
        body=texts.get("body", ""),
        audience=texts.get("audience", ""),
        on_day=from_texts({"due_on": texts.get("on_day", "")})["due_on"],
        metric=metric if metric in METRICS else None,
        customer_id=customer or None,
    )


@guarded(
    Output(TOASTS, "children", allow_duplicate=True),
    Output(DONE, "data", allow_duplicate=True),
    Input(PRESSED, "data"),
    permission=WRITE,
    prevent_initial_call=True,
)
def delete_or_restore(pressed: Any) -> Any:
    """Take a note of the reader's own away, or bring it back."""
    number, version = number_of(pressed, "note"), number_of(pressed, "version")
    action = pressed.get("do") if isinstance(pressed, dict) else None
    if not number or action not in ("delete", "restore"):
        return dash.no_update, dash.no_update
    does = notes.delete_note if action == "delete" else notes.restore_note
    try:
        made = does(state(), actor=actor_now(), note_id=number, version=version)
    except StateError as error:
        return undo_toast(refusal(error)), dash.no_update
    stamp = f"{made.note_id}.{made.version}"
    if action == "restore":
        return undo_toast(t("The note is back.")), stamp
    marks = {"note_do": "restore", "note": str(number), "note_version": str(made.version)}
    return undo_toast(t("The note is deleted."), **marks), stamp

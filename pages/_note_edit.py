"""The drawer of one note: written, changed, and both versions where two people changed it."""

from collections.abc import Mapping
from typing import Any

import dash
from dash import ALL, Input, Output, State, html

from components.notes import TEXTS, note_form
from components.states import banner
from components.tasks import NOTHING, undo_toast
from components.versions import versions_form
from data.domain.filters import Filters
from data.domain.note import Note, NoteError
from data.domain.task import TaskError, from_texts
from data.i18n import BLANK, day, t
from data.state import notes
from data.state.engine import StateError
from data.state.notes import WRITE, ChangedNoteError, NoteRecord, UnknownNoteError
from pages._access import moment
from pages._note_list import changeable
from pages._note_marks import authors, own_team
from pages._page import FILTERS, Query, asked, guarded
from pages._state import FormError, actor_now, refusal, state
from pages._task_edit import number_of
from pages._task_list import customers
from pages._task_writes import TOASTS, texts_of
from pages._versions import differing, texts_read, written
from queries.metrics import METRICS
from queries.run import reader_now

DRAWER, BODY, SAID, READ = (
    "tasks-note-drawer",
    "tasks-note-body",
    "tasks-note-said",
    "tasks-note-read",
)
OPEN, DONE = "tasks-note-open-request", "tasks-note-done"
FIELDS = ("on_day", "metric", "customer_id", "audience", "body")
_WRONG = (StateError, NoteError, TaskError, FormError)


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
    """Open a note that the reader may change, or a new one on the day of the data."""
    filters, wanted = asked(query), number_of(request, "note")
    found = changeable(filters, wanted) if wanted else None
    if wanted and found is None:
        return html.P(t("There is no such note any more."), className="muted"), [], None
    texts = texts_of_note(found) if found else _fresh(filters)
    metrics = sorted(((key, t(m.label)) for key, m in METRICS.items()), key=lambda pair: pair[1])
    form = note_form(texts, metrics, offered=_audiences(found))
    read = {"note": wanted, "version": found.version if found else 0, "texts": texts}
    return form, [], read


def texts_of_note(found: NoteRecord) -> dict[str, str]:
    """Return a note's fields as a form holds them."""
    return {key: str(getattr(found, key) or "") for key in FIELDS}


def _fresh(filters: Filters) -> dict[str, str]:
    chosen = filters.values("customer")
    return {
        "on_day": filters.calendar.as_of.isoformat(),
        "metric": "",
        "customer_id": chosen[0] if len(chosen) == 1 else "",
        "audience": "company",
        "body": "",
    }


def _audiences(found: NoteRecord | None) -> list[str]:
    """Return for whom a note may be: its author's team, and nobody else only by its author."""
    is_own = found is None or found.author == reader_now().user_id
    team = own_team() if found is None else found.author_team
    return [*(["own"] if is_own else []), *(["team"] if team else []), "company"]


@guarded(
    Output(TOASTS, "children", allow_duplicate=True),
    Output(DONE, "data"),
    Output(SAID, "children", allow_duplicate=True),
    Output(DRAWER, "is_open"),
    Output(BODY, "children", allow_duplicate=True),
    Output(READ, "data", allow_duplicate=True),
    Input("tasks-note-save", "n_clicks"),
    State({"type": "tasks-note-field", "key": ALL}, "value"),
    State({"type": "tasks-note-field", "key": ALL}, "id"),
    State({"type": "tasks-note-version", "key": ALL}, "value"),
    State({"type": "tasks-note-version", "key": ALL}, "id"),
    State(READ, "data"),
    State(FILTERS, "data"),
    permission=WRITE,
    prevent_initial_call=True,
)
def save(clicks: int | None, *values: Any) -> Any:
    """Keep a note; where somebody else has changed it too, show both versions."""
    found, ids, sides, side_ids, read, query = values
    if not clicks:
        return (dash.no_update,) * 6
    filters = asked(query)
    try:
        typed = texts_of(found, ids, known=FIELDS)
        typed = {k: "" if v == NOTHING else v for k, v in typed.items()}
        texts = written(read, typed, texts_of(sides, side_ids, known=FIELDS), known=FIELDS)
        return _saved(filters, read, texts)
    except _WRONG as error:
        return *(dash.no_update,) * 2, banner(refusal(error)), True, *(dash.no_update,) * 2


def _saved(filters: Filters, read: Any, texts: Mapping[str, str]) -> Any:
    try:
        made = _kept(filters, read, texts)
    except ChangedNoteError:
        return _both(filters, read, texts)
    stamp = f"{made.note_id}.{made.version}"
    return undo_toast(t("The note is kept.")), stamp, [], False, dash.no_update, None


def _kept(filters: Filters, read: Any, texts: Mapping[str, str]) -> NoteRecord:
    number, version = number_of(read, "note"), number_of(read, "version")
    before = changeable(filters, number) if number else None
    said = _note(texts, filters, before)
    if not number:
        return notes.write_note(state(), actor=actor_now(), said=said, team=own_team())
    if before is None:
        raise UnknownNoteError(notes.GONE)
    about = {"note_id": number, "version": version, "said": said}
    return notes.change_note(state(), actor=actor_now(), **about)


def _note(texts: Mapping[str, str], filters: Filters, before: NoteRecord | None) -> Note:
    """Return the note that a form holds, about a customer whom its writer sees or has named."""
    customer, metric = texts.get("customer_id", "").strip(), texts.get("metric", "")
    is_new = customer and not (before and before.customer_id == customer)
    if is_new and customer not in customers(filters.unfiltered(), [customer]):
        raise FormError(t("There is no such customer among yours."))
    if metric and metric not in METRICS:
        raise FormError(t("There is no such metric."))
    return Note(
        body=texts.get("body", ""),
        audience=texts.get("audience", ""),
        on_day=from_texts({"due_on": texts.get("on_day", "")})["due_on"],
        metric=metric or None,
        customer_id=customer or None,
    )


def _both(filters: Filters, read: Any, mine: Mapping[str, str]) -> Any:
    """Return both versions and what was read of them; nothing is kept yet."""
    found = changeable(filters, number_of(read, "note"))
    if found is None:
        gone = banner(t("There is no such note any more."))
        return *(dash.no_update,) * 2, gone, True, *(dash.no_update,) * 2
    theirs = texts_of_note(found)
    before = texts_read(read, known=FIELDS)
    fields = differing(before, mine, theirs, label=_label, words=_worded)
    words = t(
        "{name} has changed this note meanwhile ({when} UTC). Choose per field what is kept;"
        " nothing is lost until you save.",
        name=authors().get(found.changed_by or "", found.changed_by or BLANK),
        when=moment(found.changed_at),
    )
    form = versions_form(words, fields, kind="tasks-note-version", save="tasks-note-save")
    now = {"note": found.note_id, "version": found.version, "texts": theirs, "mine": dict(mine)}
    return *(dash.no_update,) * 2, [], True, form, now


def _label(key: str) -> str:
    return t(TEXTS["field"][key])


def _worded(key: str, value: str) -> str:
    if not value:
        return BLANK
    if key == "on_day":
        return day(from_texts({"due_on": value})["due_on"])
    if key == "metric":
        return t(METRICS[value].label) if value in METRICS else value
    return t(TEXTS["audience"][value]) if key == "audience" else value

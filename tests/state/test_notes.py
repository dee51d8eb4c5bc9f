"""Notes: who sees and changes them, and two windows do not overwrite each other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.access.demo_readers import DEMO_READERS
from data.access.reader import Reader
from data.access.roles import Role
from data.domain.note import Note, NoteError
from data.state import notes
from data.state.accounts import ship_demo_users
from data.state.audit import NotAllowedError, entries, verify
from data.state.engine import StateError
from data.state.notes import ChangedNoteError, NoteQuery, NoteReader, NoteRecord, UnknownNoteError

LEAD, ANALYST, REP = (DEMO_READERS[name] for name in ("lead", "analyst", "rep"))
DAY = date(2026, 6, 20)
EVERYTHING = NoteReader("admin", None)


@pytest.fixture
def kept(database: Engine) -> Engine:
    """A state database with the accounts of authors."""
    ship_demo_users(database)
    return database


def written(database: Engine, body: str = "Fair", **about: Any) -> NoteRecord:
    actor, team = about.pop("actor", LEAD), about.pop("team", "T1")
    said = Note(body, **{"audience": "company", "on_day": DAY, **about})
    return notes.write_note(database, actor=actor, said=said, team=team)


def bodies(database: Engine, reader: NoteReader, **query: Any) -> list[str]:
    return [n.body for n in notes.notes(database, reader, NoteQuery(**query), limit=100)]


def test_a_note_is_seen_by_its_audience(kept: Engine) -> None:
    for audience in ("own", "team", "company"):
        written(kept, audience, audience=audience)
    cases: dict[str, tuple[NoteReader, set[str]]] = {
        "author": (NoteReader("lead", frozenset({"T9"})), {"own", "team", "company"}),
        "same team": (NoteReader("rep", frozenset({"T1"})), {"team", "company"}),
        "other team": (NoteReader("rep", frozenset({"T2"})), {"company"}),
        "no team": (NoteReader("rep", frozenset()), {"company"}),
        "company": (EVERYTHING, {"team", "company"}),
    }
    for name, (reader, seen) in cases.items():
        assert set(bodies(kept, reader)) == seen, name


def test_notes_are_found_by_day_metric_and_words(kept: Engine) -> None:
    written(kept, "Fair opens")
    written(kept, "Price list", metric="revenue", on_day=None)
    written(kept, "Visit of the board", metric="revenue", on_day=date(2026, 5, 1))
    written(kept, "Calls late", on_day=None, customer_id="C1")
    assert bodies(kept, EVERYTHING) == [
        "Fair opens",
        "Visit of the board",
        "Calls late",
        "Price list",
    ]
    assert bodies(kept, EVERYTHING, since=date(2026, 6, 1)) == ["Fair opens"]
    assert bodies(kept, EVERYTHING, until=DAY) == ["Visit of the board"]
    assert bodies(kept, EVERYTHING, metric="revenue") == ["Visit of the board", "Price list"]
    about = {"metric": "revenue", "is_of_days": True}
    assert bodies(kept, EVERYTHING, **about) == ["Fair opens", "Visit of the board", "Price list"]
    assert bodies(kept, EVERYTHING, words="board VISIT") == ["Visit of the board"]
    assert bodies(kept, EVERYTHING, words="100%") == []


def test_changed_deleted_and_restored_by_the_author(kept: Engine) -> None:
    first = written(kept)
    said = Note("Fair, moved", "own", date(2026, 6, 27))
    second = notes.change_note(
        kept, actor=LEAD, note_id=first.note_id, version=first.version, said=said
    )
    assert (second.body, second.on_day, second.version) == ("Fair, moved", date(2026, 6, 27), 2)
    about = {"actor": LEAD, "note_id": first.note_id}
    notes.delete_note(kept, **about, version=2)
    assert not bodies(kept, NoteReader("lead", None))
    with pytest.raises(UnknownNoteError):
        notes.delete_note(kept, **about, version=3)
    notes.restore_note(kept, **about, version=3)
    assert bodies(kept, NoteReader("lead", None)) == ["Fair, moved"]
    done = [e.action for e in entries(kept, "note/1")]
    assert done == ["note-written", "note-changed", "note-deleted", "note-restored"]
    assert verify(kept).is_whole


def test_others_change_nothing(kept: Engine) -> None:
    first = written(kept)
    nobody = Reader("lead", "Lead", Role("none", "None", frozenset()))
    about = {"note_id": first.note_id, "version": 1}
    with pytest.raises(UnknownNoteError):
        notes.delete_note(kept, actor=REP, **about)
    for attempt in (notes.delete_note, notes.restore_note):
        with pytest.raises(NotAllowedError):
            attempt(kept, actor=nobody, **about)
    with pytest.raises(NotAllowedError):
        written(kept, actor=nobody)


def test_who_leads_the_author_changes_what_is_not_the_authors_alone(kept: Engine) -> None:
    for audience in ("team", "company"):
        first = written(kept, actor=REP, audience=audience)
        about = {"actor": LEAD, "note_id": first.note_id}
        with pytest.raises(NoteError, match="Only its author"):
            notes.change_note(kept, **about, version=1, said=Note("Mine", "own", DAY))
        said = Note("Corrected", audience, DAY)
        second = notes.change_note(kept, **about, version=1, said=said)
        assert (second.author, second.changed_by) == (REP.user_id, LEAD.user_id)
        assert second.author_team == first.author_team
        with pytest.raises(ChangedNoteError):
            notes.change_note(kept, actor=REP, note_id=first.note_id, version=1, said=said)
        notes.delete_note(kept, **about, version=2)
    alone = written(kept, actor=REP, audience="own")
    with pytest.raises(UnknownNoteError):
        notes.delete_note(kept, actor=LEAD, note_id=alone.note_id, version=1)


def test_one_note_is_found_by_who_sees_it(kept: Engine) -> None:
    first = written(kept, audience="team")
    same, other = NoteReader("rep", frozenset({"T1"})), NoteReader("rep", frozenset({"T2"}))
    assert notes.note_of(kept, same, first.note_id) == first
    assert first.changed_by is None
    assert notes.note_of(kept, other, first.note_id) is None
    notes.delete_note(kept, actor=LEAD, note_id=first.note_id, version=1)
    found = notes.note_of(kept, same, first.note_id)
    assert found is not None
    assert found.deleted_at is not None


def test_two_windows_do_not_overwrite_each_other(
    kept: Engine, open_it: Callable[[], Engine]
) -> None:
    first = written(kept)

    def change(number: int) -> str:
        said = Note(f"Window {number}", "company", DAY)
        about = {"note_id": first.note_id, "version": 1}
        try:
            return notes.change_note(open_it(), actor=LEAD, **about, said=said).body
        except ChangedNoteError:
            return ""

    with ThreadPoolExecutor(3) as pool:
        done = [each for each in pool.map(change, range(3)) if each]
    assert bodies(kept, EVERYTHING) == done


@pytest.mark.parametrize(
    "about",
    [
        {"body": " ", "on_day": DAY},
        {"body": "x" * 2_001, "on_day": DAY},
        {"body": "a\x00b", "on_day": DAY},
        {"body": "Fair"},
        {"body": "Fair", "on_day": DAY, "audience": "everyone"},
        {"body": "Fair", "on_day": date(1800, 1, 1)},
        {"body": "Fair", "metric": "x" * 300},
    ],
)
def test_what_a_note_cannot_say_is_refused(about: dict[str, Any]) -> None:
    with pytest.raises(NoteError):
        Note(**about)


def test_who_has_no_team_writes_for_none(kept: Engine) -> None:
    with pytest.raises(NoteError, match="no team"):
        written(kept, actor=ANALYST, audience="team", team=None)
    assert not isinstance(NoteError("x"), StateError)

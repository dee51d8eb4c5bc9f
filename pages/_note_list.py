"""Which notes a reader sees, and which of them the reader may change."""

from collections.abc import Sequence

from data.domain.filters import Filters
from data.state import notes
from data.state.notes import OTHERS, WRITE, NoteQuery, NoteRecord
from pages._note_marks import note_reader
from pages._state import state
from pages._task_list import customers, owners_now, scope_sentence
from queries.run import reader_now

#: Notes that the list tells.
MOST_LISTED = 200


def seen_notes(filters: Filters, words: str) -> list[tuple[NoteRecord, str]]:
    """Return the notes that say these words, each with its customer's name."""
    query = NoteQuery(words=words)
    return _named(filters, notes.notes(state(), note_reader(), query, limit=MOST_LISTED))


def _named(filters: Filters, found: Sequence[NoteRecord]) -> list[tuple[NoteRecord, str]]:
    """Return notes with their customer's name; those of customers out of scope are the author's."""
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


def changeable(filters: Filters, number: int, *, is_deleted: bool = False) -> NoteRecord | None:
    """Return a note that the reader sees and may change, or bring back; None: there is none."""
    found = notes.note_of(state(), note_reader(), number)
    if found is None or bool(found.deleted_at) is not is_deleted or not _named(filters, [found]):
        return None
    return found if found.author in led_authors() else None


def led_authors() -> frozenset[str]:
    """Return whose notes the reader may change: the own, and those of whom the reader leads."""
    reader = reader_now()
    if not reader.may(WRITE):
        return frozenset()
    if not reader.may(OTHERS):
        return frozenset({reader.user_id})
    reach = (owner.partition(":") for owner in owners_now().reach)
    return frozenset({reader.user_id, *(user for kind, _, user in reach if kind == "user")})

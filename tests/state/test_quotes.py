"""Decisions on quotes: who may, on what was seen, and what the log says of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from data.access.demo_readers import DEMO_READERS
from data.access.reader import Reader
from data.state.audit import NotAllowedError, entries, verify
from data.state.engine import StateError
from data.state.quotes import (
    Decision,
    QuoteChangedError,
    QuoteNoteError,
    decide,
    decisions,
    newest,
)

DIRECTOR, ADMIN = DEMO_READERS["executive"], DEMO_READERS["admin"]


def approved(database: Engine, actor: Reader = DIRECTOR, quote: str = "Q1") -> Decision:
    return decide(database, actor=actor, quote_id=quote, seen="waiting", status="approved")


def test_a_decision_is_kept_numbered_and_logged(database: Engine) -> None:
    assert (newest(database), decisions(database)) == (0, {})
    made = approved(database)
    assert (made.number, made.decided_by, made.seen) == (1, "executive", "waiting")
    other = decide(
        database, actor=ADMIN, quote_id="Q2", seen="waiting", status="returned", note=" too cheap "
    )
    assert (other.number, other.note) == (2, "too cheap")
    assert newest(database) == 2
    assert decisions(database) == {"Q1": made, "Q2": other}
    (entry,) = entries(database, "quote/Q2")
    assert entry.action == "quote-returned"
    assert entry.details == {"seen": "waiting", "note": "too cheap", "number": 2}
    assert verify(database).is_whole


def test_who_saw_an_older_status_is_told_and_changes_nothing(database: Engine) -> None:
    approved(database)
    with pytest.raises(QuoteChangedError, match="Q1 is approved by executive, and you saw it wait"):
        decide(
            database, actor=ADMIN, quote_id="Q1", seen="waiting", status="returned", note="why not"
        )
    assert newest(database) == 1
    back = decide(
        database, actor=ADMIN, quote_id="Q1", seen="approved", status="returned", note="withdrawn"
    )
    assert decisions(database)["Q1"] == back
    assert newest(database) == 2


def test_the_same_decision_twice_is_one(database: Engine) -> None:
    approved(database)
    with pytest.raises(QuoteChangedError):
        decide(database, actor=DIRECTOR, quote_id="Q1", seen="approved", status="approved")
    assert newest(database) == 1


def test_of_many_at_once_one_decides(database: Engine) -> None:
    def press(place: int) -> bool:
        status = "approved" if place % 2 else "returned"
        try:
            decide(
                database, actor=DIRECTOR, quote_id="Q1", seen="waiting", status=status, note="so"
            )
        except QuoteChangedError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(press, range(8))) == 1
    assert newest(database) == 1


@pytest.mark.parametrize("user", ["lead", "rep", "analyst"])
def test_nobody_else_decides_and_the_attempt_is_logged(database: Engine, user: str) -> None:
    with pytest.raises(NotAllowedError, match="'decide-quotes'"):
        approved(database, DEMO_READERS[user])
    assert newest(database) == 0
    assert [e.action for e in entries(database, "quote/Q1")] == ["refused"]


@pytest.mark.parametrize("note", ["", "   ", "two\nlines", "x" * 501])
def test_a_return_needs_a_reason_in_one_line(database: Engine, note: str) -> None:
    with pytest.raises(QuoteNoteError):
        decide(
            database, actor=DIRECTOR, quote_id="Q1", seen="waiting", status="returned", note=note
        )
    with pytest.raises(StateError, match="approved or returned"):
        decide(database, actor=DIRECTOR, quote_id="Q1", seen="waiting", status="waiting")
    assert newest(database) == 0

"""Decisions on quotes: approved or returned by the director, each naming the status it saw."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, func, insert, select

from data.access.reader import Reader
from data.domain.approvals import APPROVED, DECISIONS, RETURNED, WAITING
from data.state.audit import record, require, utc_now
from data.state.engine import StateError, reading, writing
from data.state.tables import quote_decision

DECIDE = "decide-quotes"
MOST_NOTE_LETTERS = 500
_t = quote_decision.c


class QuoteChangedError(StateError):
    """Somebody has decided on the quote since it was read."""


class UnknownQuoteError(StateError):
    """There is no such quote above the limit among those that the reader sees."""


class QuoteNoteError(StateError):
    """A quote is returned without a reason, or with one that is no line of text."""


@dataclass(frozen=True)
class Decision:
    """One decision on a quote."""

    number: int
    quote_id: str
    seen: str
    status: str
    note: str
    decided_by: str
    decided_at: datetime


def newest(database: Engine) -> int:
    """Return the number of the newest decision; 0 where there is none."""
    with reading(database) as connection:
        return _newest(connection)


def decisions(database: Engine) -> dict[str, Decision]:
    """Return the decision in force of each quote that was decided on."""
    stmt = select(quote_decision).order_by(_t.number)
    with reading(database) as connection:
        found = [Decision(**row) for row in connection.execute(stmt).mappings()]
    return {decision.quote_id: decision for decision in found}


def require_right(database: Engine, *, actor: Reader, quote_id: str) -> None:
    """Let who may decide on quotes pass; log and refuse everyone else."""
    require(database, actor=actor, permission=DECIDE, subject=f"quote/{quote_id}")


def decide(
    database: Engine, *, actor: Reader, quote_id: str, seen: str, status: str, note: str = ""
) -> Decision:
    """Approve or return a quote that stands as it was seen; who returns says why."""
    require_right(database, actor=actor, quote_id=quote_id)
    _check(status, note)
    with writing(database) as connection:
        before = _last(connection, quote_id)
        now = before.status if before else WAITING
        if now != seen or now == status:
            who = f" by {before.decided_by}" if before else ""
            raise QuoteChangedError(
                f"Quote {quote_id} is {now}{who}, and you saw it {seen}. Look at it again before "
                "you decide."
            )
        made = Decision(
            number=_newest(connection) + 1,
            quote_id=quote_id,
            seen=seen,
            status=status,
            note=note.strip(),
            decided_by=actor.acting,
            decided_at=utc_now(),
        )
        connection.execute(insert(quote_decision).values(**vars(made)))
        record(
            connection,
            actor=actor.acting,
            action=f"quote-{status}",
            subject=f"quote/{quote_id}",
            details={"seen": seen, "note": made.note, "number": made.number},
        )
        return made


def _check(status: str, note: str) -> None:
    if status not in DECISIONS:
        raise StateError(f"A quote is {APPROVED} or {RETURNED}, and not '{status}'.")
    is_line = len(note) <= MOST_NOTE_LETTERS and note.isprintable()
    if not is_line or (status == RETURNED and not note.strip()):
        raise QuoteNoteError(
            f"Say why the quote is returned, in one line of at most {MOST_NOTE_LETTERS} letters."
        )


def _newest(connection: Connection) -> int:
    return connection.execute(select(func.max(_t.number))).scalar() or 0


def _last(connection: Connection, quote_id: str) -> Decision | None:
    stmt = select(quote_decision).where(_t.quote_id == quote_id).order_by(_t.number.desc())
    row = connection.execute(stmt.limit(1)).mappings().first()
    return Decision(**row) if row else None

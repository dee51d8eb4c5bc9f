"""What a note may say: about a day, a metric, a customer or any of them together, and to whom."""

from dataclasses import dataclass
from datetime import date

from data.domain.task import EARLIEST, LATEST, MOST_KEY_LETTERS

#: Who may read a note: its author, the author's team and those above it, or everybody.
AUDIENCES = ("own", "team", "company")
MOST_BODY_LETTERS = 2_000


class NoteError(ValueError):
    """A note cannot say this; the sentence says what is missing or too much."""


@dataclass(frozen=True)
class Note:
    """What a note says and what it is about; metrics and customers by key."""

    body: str
    audience: str = "own"
    on_day: date | None = None
    metric: str | None = None
    customer_id: str | None = None

    def __post_init__(self) -> None:
        if not self.body.strip() or len(self.body) > MOST_BODY_LETTERS:
            raise NoteError(f"A note has 1 to {MOST_BODY_LETTERS} letters.")
        if not all(line.isprintable() for line in self.body.split("\n")):
            raise NoteError("A note has no control characters. Type it anew.")
        if self.audience not in AUDIENCES:
            raise NoteError(f"A note is for {', '.join(AUDIENCES)}.")
        if self.on_day is None and not self.metric and not self.customer_id:
            raise NoteError("A note is about a day, a metric or a customer. Name at least one.")
        if self.on_day is not None and not EARLIEST <= self.on_day < LATEST:
            raise NoteError("A note is on a day between 1900 and 2199.")
        if len(self.metric or "") > MOST_KEY_LETTERS or len(self.customer_id or "") > 200:
            raise NoteError("There is no such metric or customer.")

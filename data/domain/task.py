"""What a task may say, before it is one: title, customer, owner, day, priority and where from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.domain.canonical import canonical_json

#: In the order in which they are worked off and listed.
PRIORITIES = ("high", "normal", "low")
STATES = ("open", "doing", "done", "dropped")
CLOSED = frozenset({"done", "dropped"})
OUTCOMES = ("reached", "ordered", "lost", "wrong_data")
#: A user of this application, or a representative of the data, who may have no account here.
OWNER_KINDS = ("user", "rep")
ORIGINS = ("hand", "list", "chart", "rule")
#: What may be changed later, in the order in which a reader sees it.
FIELDS = ("title", "owner", "due_on", "priority", "state", "outcome", "note")
MOST_TITLE_LETTERS, MOST_NOTE_LETTERS, MOST_KEY_LETTERS = 200, 2_000, 200
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


class TaskError(ValueError):
    """A task cannot say this; the sentence names what was found and what may stand there."""


@dataclass(frozen=True, order=True)
class Owner:
    """Who is to do it: a user by id, or a representative by id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def from_text(cls, text: str) -> "Owner":
        """Return the owner of `user:…` or `rep:…`."""
        kind, _, owner = text.partition(":")
        if kind not in OWNER_KINDS or not owner or not _is_line(owner, MOST_KEY_LETTERS):
            raise TaskError(f"'{text[:50]}' is no owner. Name a user or a representative.")
        return cls(kind, owner)


@dataclass(frozen=True)
class Origin:
    """Where a task comes from: by hand, a list, a chart's question, or a rule and its window.

    `is_once`: there is at most one task per origin and customer, however often it is asked for.
    """

    kind: str = "hand"
    key: str = ""
    window: str = ""
    is_once: bool = False

    def once_key(self, customer_id: str | None) -> str | None:
        """Return what only one task may carry; None where there may be many."""
        if not self.is_once:
            return None
        return canonical_json([self.kind, self.key, self.window, customer_id])


@dataclass(frozen=True)
class Draft:
    """A task that is to be opened."""

    title: str
    owner: Owner
    customer_id: str | None = None
    due_on: date | None = None
    priority: str = "normal"
    note: str = ""
    origin: Origin = field(default_factory=Origin)

    def __post_init__(self) -> None:
        checked(
            {
                "title": self.title,
                "owner": self.owner,
                "due_on": self.due_on,
                "priority": self.priority,
                "note": self.note,
            }
        )
        known = self.origin.kind in ORIGINS
        keys = (self.origin.key, self.origin.window, self.customer_id or "")
        if not known or not all(_is_line(key, MOST_KEY_LETTERS) for key in keys):
            raise TaskError(f"A task comes from {', '.join(ORIGINS)}, with a key of one line.")


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a task as they are kept; raise TaskError where one cannot be so."""
    for name, value in values.items():
        if name not in FIELDS:
            raise TaskError(f"A task has no '{name}'. It has {', '.join(FIELDS)}.")
        if not _FITS[name](value):
            raise TaskError(_SAYS[name])
    return {k: v.strip() if isinstance(v, str) else v for k, v in values.items()}


def _is_line(text: str, most: int) -> bool:
    return len(text) <= most and (text.isprintable() or not text)


def _is_text(value: Any) -> bool:
    """Whether it is a note: several lines, no control characters."""
    return (
        isinstance(value, str)
        and len(value) <= MOST_NOTE_LETTERS
        and all(line.isprintable() for line in value.split("\n"))
    )


_FITS: dict[str, Any] = {
    "title": lambda v: isinstance(v, str) and bool(v.strip()) and _is_line(v, MOST_TITLE_LETTERS),
    "owner": lambda v: isinstance(v, Owner) and v.kind in OWNER_KINDS and bool(v.id),
    "due_on": lambda v: v is None or (isinstance(v, date) and EARLIEST <= v < LATEST),
    "priority": lambda v: v in PRIORITIES,
    "state": lambda v: v in STATES,
    "outcome": lambda v: v is None or v in OUTCOMES,
    "note": _is_text,
}
_SAYS: dict[str, str] = {
    "title": f"A task needs a title of one line, at most {MOST_TITLE_LETTERS} letters.",
    "owner": "A task needs an owner: a user or a representative.",
    "due_on": "A task is due on a day between 1900 and 2199, or on none.",
    "priority": f"A task's priority is {', '.join(PRIORITIES)}.",
    "state": f"A task is {', '.join(STATES)}.",
    "outcome": f"A task's outcome is none, {', '.join(OUTCOMES)}.",
    "note": f"A note has at most {MOST_NOTE_LETTERS} letters and no control characters.",
}

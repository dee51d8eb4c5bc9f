"""Customers treated: whom closed tasks were about, when they were closed and how they ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from data.domain.canonical import sha256
from data.domain.task import OUTCOMES

#: Days, the first of them that of the closing, in which is looked for what followed.
FOLLOWED_DAYS = (30, 90)
#: Customers of closed tasks, once per outcome, that one question is handed: those closed last. It
#: knows no scope yet, so it is far more than a company closes in the days above.
MOST_TREATED = 100_000
#: Of each line that a question is handed: the day, the outcome, and then the customer.
DAY_LETTERS, OUTCOME_LETTERS = 10, max(map(len, OUTCOMES))


class Treatment(NamedTuple):
    """A task that was closed with an outcome and names a customer."""

    customer_id: str
    closed_on: date
    outcome: str


@dataclass(frozen=True)
class Treated:
    """The customers of closed tasks, each once per outcome; `is_cut`: there are older tasks."""

    rows: tuple[Treatment, ...] = ()
    is_cut: bool = False

    def canonical(self) -> str:
        """Return what an answer depends on: who was treated when, in one order."""
        return sha256(self.lines)

    @property
    def lines(self) -> str:
        """One line per row: day, outcome filled up with spaces, customer."""
        return "\n".join(
            f"{r.closed_on.isoformat()}{r.outcome:<{OUTCOME_LETTERS}}{r.customer_id}"
            for r in self.rows
        )


def treated_by(found: Iterable[Treatment], *, is_cut: bool = False) -> Treated:
    """Return each customer once per outcome, from the first of such tasks.

    From the first and not from the last: days that are over stay over whatever is closed later.
    """
    first: dict[tuple[str, str], Treatment] = {}
    for each in found:
        key = (each.customer_id, each.outcome)
        first[key] = min(first.get(key, each), each)
    return Treated(tuple(sorted(first.values())), is_cut)

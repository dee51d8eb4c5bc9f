"""Customers treated: whom closed tasks were about, when they were closed and how they ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from data.domain.canonical import canonical_json, sha256

#: Days, the first of them that of the closing, in which is looked for what followed.
FOLLOWED_DAYS = (30, 90)
#: Closed tasks that one question looks at: the latest.
MOST_TREATED = 2_000


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
        return sha256(canonical_json([(r[0], r[1].isoformat(), r[2]) for r in self.rows]))


def treated_by(found: Iterable[Treatment], *, is_cut: bool = False) -> Treated:
    """Return each customer once per outcome, from the first of such tasks.

    From the first and not from the last: days that are over stay over whatever is closed later.
    """
    first: dict[tuple[str, str], Treatment] = {}
    for each in found:
        key = (each.customer_id, each.outcome)
        first[key] = min(first.get(key, each), each)
    return Treated(tuple(sorted(first.values())), is_cut)

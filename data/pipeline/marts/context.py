"""What every step of a refresh needs to know, and the spans of time it works through."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from data.domain.model import ScoringModel
from data.domain.period import Calendar, Period

#: Fact rows that one statement groups and sorts at a time; bounds the memory of a refresh.
SPAN_ROWS = 2_000_000
_FACT_TABLES = ("orders", "payment", "invoice", "activity", "ticket", "survey", "engagement")


@dataclass(frozen=True)
class Context:
    """What every step of a refresh needs to know."""

    connection: Connection
    calendar: Calendar
    model: ScoringModel
    #: Contract table -> number of rows.
    counts: dict[str, int]
    stages: tuple[str, ...]
    #: Dimension -> its values in code order, known once the dictionary is filled.
    values: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def has(self, table: str) -> bool:
        """Whether a contract table holds any row."""
        return self.counts.get(table, 0) > 0

    @property
    def engine(self) -> str:
        """The dialect's name."""
        return self.connection.dialect.name


def fact_spans(context: Context) -> list[Period]:
    """Return the time from the first fact to the as-of day as spans of whole months."""
    months = Period(context.calendar.first_on, context.calendar.until).months()
    rows = sum(context.counts.get(name, 0) for name in _FACT_TABLES)
    length = max(1, len(months) * SPAN_ROWS // max(rows, 1))
    starts = range(0, len(months), length)
    return [Period(months[i].since, months[min(i + length, len(months)) - 1].until) for i in starts]

"""Which figures can be read as of a past month end: those of dated facts, and what is kept then."""

from data.domain.metric import Metric
from queries.visible import KNOWN_THEN

#: Families whose rows are facts with a day, or month ends.
DATED = frozenset(
    {
        *("facts", "states", "active", "new", "churn", "returns", "statement", "value_churn"),
        *("deals", "reps", "books", "invoices"),
    }
)


def is_dated(base: Metric) -> bool:
    """Whether a base metric can be said of a closed month end."""
    if base.family == "today":
        return set(base.reads) <= KNOWN_THEN
    return base.family in DATED

"""What is asked of a family of rows, and what a family is."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Subquery

from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.period import Period
from data.domain.scope import Scope


class ComposedMetricError(Exception):
    """A composed metric was asked of the rows of one family."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a family: whose customers, which period, per which dimension."""

    filters: Filters
    scope: Scope
    period: Period
    #: The dimension column that rows are grouped by, or None for one row.
    group: str | None = None
    metrics: tuple[Metric, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The group as a tuple of none or one column."""
        return (self.group,) if self.group else ()

    @property
    def reads(self) -> tuple[str, ...]:
        """The facts that the metrics read, each once."""
        return tuple(dict.fromkeys(n for m in self.metrics for n in m.reads))


@dataclass(frozen=True)
class Family:
    """Rows that carry some base metrics: of a period, and by month where that makes sense."""

    rows: Callable[[Asked], Subquery]
    months: Callable[[Asked], Subquery] | None = None
    #: Of what has no period: the rows of the last month end of the period that is compared with.
    before: Callable[[Asked], Subquery] | None = None


def whole(period: Period) -> Period:
    """Return the calendar months that a period touches as one period."""
    touched = period.months()
    return Period(touched[0].since, touched[-1].until)

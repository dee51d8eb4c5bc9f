"""What alerts ask: one figure now, and one figure by whole month."""

from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from queries.kpis import monthly
from queries.measure import FAMILIES
from queries.metrics import base_of
from queries.question import Query, Rows

#: Months that an unusual one is compared with: three years of changes.
MONTHS = 48


def is_monthly(metric: Metric) -> bool:
    """Whether a metric is known by month: every part of it is."""
    parts = base_of(metric.key)
    return all(b.has_period and FAMILIES[b.family].months is not None for b in parts)


def closed_months(filters: Filters) -> Period:
    """Return the whole months that are over, at most so many, none before the first whole one."""
    calendar = filters.calendar
    first = add_months(calendar.last_closed, -MONTHS)
    known = calendar.preset("all").split()[0]
    since = max(first, known.since) if known else first
    return Period(min(since, add_months(calendar.last_closed, -1)), calendar.last_closed)


def metric_months(key: str) -> Query:
    """Return the question how a metric went by month."""

    def query(filters: Filters, scope: Scope) -> Rows:
        """One row per whole month that is over: slot (YYYY-MM) and the metric."""
        return monthly(filters, scope, (key,), period=closed_months(filters))

    query.key = f"metric_months.{key}"  # type: ignore[attr-defined]
    return query

"""What can be said of somebody who stands at a closed month end, and what cannot.

Dated facts up to that day are all there, and of the month end itself what is kept of it. How a
customer or an opportunity stood on that day beyond that is not kept: such figures stay blank.
"""

from typing import Any

from sqlalchemy import ColumnElement, cast, null

from data.domain.filters import Filters
from data.domain.metric import Metric
from queries.measure.dated import is_dated
from queries.metrics import METRICS, base_of
from queries.options import options
from queries.question import QUESTIONS, Query
from queries.single import metric_total

#: Asked by the frame: what can be chosen, and one metric, blank where it is not known.
ALWAYS = frozenset({options, metric_total})


def is_known_metric(metric: Metric) -> bool:
    """Whether every base metric can be said of a closed month end."""
    return all(is_dated(base) for base in base_of(metric.key))


def told(filters: Filters, key: str, value: Any) -> ColumnElement[Any]:
    """Return a metric's value, or a blank where a reader looks back to a month end without it."""
    is_untold = filters.calendar.is_past and not is_known_metric(METRICS[key])
    return cast(null(), value.type) if is_untold else value


def why_today_only(query: Query, filters: Filters) -> str | None:
    """Return which reason keeps a query from being asked as of a month end; None: it can be."""
    if query in ALWAYS:
        return None
    if key := getattr(query, "key", ""):
        metric = METRICS[filters.focus.get("metric", key.split(".")[-1])]
        return None if is_known_metric(metric) else ""
    asked = [q.today_only for q in QUESTIONS.values() if query in (q.query, q.members)]
    return None if "" in asked else next(iter(asked), "")

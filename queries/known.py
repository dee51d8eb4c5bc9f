"""What can be said of somebody who stands at a closed month end, and what cannot.

Dated facts up to that day are all there, and of the month end itself what is kept of it. How a
customer or an opportunity stood on that day beyond that is not kept: such figures stay blank.
"""

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


def is_known_then(query: Query, filters: Filters) -> bool:
    """Whether a query can be asked as of a closed month end."""
    if query in ALWAYS:
        return True
    if key := getattr(query, "key", ""):
        return is_known_metric(METRICS[filters.focus.get("metric", key.split(".")[-1])])
    return any(q.as_known for q in QUESTIONS.values() if query in (q.query, q.members))

"""METRICS: every number, once. Definitions follow metrics of the field and are shown to readers."""

from data.domain.metric import Metric
from queries.metrics import (
    asset,
    churn,
    customers,
    deals,
    four_assets,
    reps,
    revenue,
    risk,
    service,
    statement,
    value,
    waiting,
)
from queries.metrics.ratios import complement, money_ratio, ratio

__all__ = ["METRICS", "base_of", "complement", "money_ratio", "ratio"]

_TOPICS = (
    revenue,
    customers,
    churn,
    value,
    asset,
    statement,
    risk,
    deals,
    service,
    waiting,
    reps,
    four_assets,
)

METRICS: dict[str, Metric] = {m.key: m for topic in _TOPICS for m in topic.METRICS}


def base_of(*keys: str) -> list[Metric]:
    """Return the base metrics that the named metrics are composed of, each once, in order."""
    found: dict[str, Metric] = {}
    for key in keys:
        metric = METRICS[key]
        for part in metric.parts or (key,):
            found[part] = METRICS[part]
    return list(found.values())

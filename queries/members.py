"""The rows behind a metric: one per customer, opportunity or representative counted in it.

Every row carries the metric's base metrics under their keys, so that their sums (or, for means and
medians, their rows) give the figure again.
"""

from typing import Any

from sqlalchemy import Subquery, Text, cast, func, or_, select

from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.scope import Scope
from queries import visible
from queries.kpis import merged, value_of
from queries.measure import Asked, measured
from queries.metrics import METRICS, base_of
from queries.metrics.reps import GRAIN as REP_GRAIN
from queries.question import Query, Rows

#: What a list says about each customer, besides the figure.
CUSTOMER_COLUMNS = ("customer_id", "name", "region", "city", "industry", "team", "rep", "tier")
DEAL_COLUMNS = ("opportunity_id", "name", "stage", "status", "seller", "created_on", "closed_on")


def members_of(key: str) -> Query:
    """Return the members query of a metric; a focus on another metric overrides it."""

    def members(filters: Filters, scope: Scope) -> Rows:
        return metric_members(filters, scope, filters.focus.get("metric", key))

    members.key = f"members_of.{key}"  # type: ignore[attr-defined]
    return members


def metric_members(filters: Filters, scope: Scope, key: str) -> Rows:
    """One row per customer (or opportunity) counted: who, then the base metrics; largest first.

    What representatives did has one row per representative.
    """
    metric = METRICS[key]
    if metric.grain == REP_GRAIN:
        return _rep_members(filters, scope, metric)
    bases = tuple(base_of(key))
    is_deals = any(b.family == "deals" for b in bases)
    group = "opportunity_no" if is_deals else "customer_no"
    asked = Asked(filters, scope, filters.period, group=group, metrics=bases)
    counted_in = merged(measured(asked), by="key", bases=bases)
    m = counted_in.c
    who, names = _who(filters, scope, is_deals=is_deals)
    joined = counted_in.join(who, who.c[group] == m.key)
    counted = [_is_counted(b, m[b.key]) for b in bases]
    columns = [value_of(b, m).label(b.key) for b in bases]
    composed = [value_of(metric, m).label(key)] if metric.compose else []
    return (
        select(*(who.c[n] for n in names), *columns, *composed)
        .select_from(joined)
        .where(or_(*counted))
        .order_by(m[bases[0].key].desc().nulls_last(), who.c[names[0]])
    )


def _rep_members(filters: Filters, scope: Scope, metric: Metric) -> Rows:
    bases = tuple(base_of(metric.key))
    asked = Asked(filters, scope, filters.period, group="rep", metrics=bases)
    m = merged(measured(asked), by="key", bases=bases).c
    rep = cast(m.key, Text)
    columns = [value_of(b, m).label(b.key) for b in bases]
    composed = [value_of(metric, m).label(metric.key)] if metric.compose else []
    return (
        select(rep.label("rep"), *columns, *composed)
        .where(or_(*(_is_counted(b, m[b.key]) for b in bases)))
        .order_by(m[bases[0].key].desc().nulls_last(), rep)
    )


def _is_counted(metric: Metric, value: Any) -> Any:
    """Return whether a row takes part: a mean or median counts zeros, a sum has no use for them."""
    if metric.kind in ("median", "model"):
        return value.is_not(None)
    return func.coalesce(value, 0) != 0


def _who(filters: Filters, scope: Scope, *, is_deals: bool) -> tuple[Subquery, tuple[str, ...]]:
    if is_deals:
        return visible.deals(filters, scope, "opportunity_no", *DEAL_COLUMNS), DEAL_COLUMNS
    names = CUSTOMER_COLUMNS
    return visible.everyone(filters, scope, "customer_no", *names), names

"""Cards: several metrics over the period, its comparison and thirteen months, in one statement."""

from typing import Any

from sqlalchemy import Subquery, func, select, type_coerce, union_all

from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.period import Period, add_months, month_start
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, Rows
from queries.measure import Asked, measured, measured_by_month
from queries.metrics import METRICS, base_of

SPARK_MONTHS = 13
NOW, BEFORE = "now", "before"


def spark_period(filters: Filters) -> Period:
    """Return the thirteen months that end with the period's last month."""
    last = month_start(filters.period.last_day)
    return Period(add_months(last, 1 - SPARK_MONTHS), add_months(last, 1))


def kpis(filters: Filters, scope: Scope, keys: tuple[str, ...]) -> Rows:
    """One row per slot (now, before, each of 13 months as YYYY-MM): slot and the metrics."""
    bases = tuple(base_of(*keys))
    parts = measured(Asked(filters, scope, filters.period, metrics=bases), slot=NOW)
    if filters.comparison:
        before = Asked(filters, scope, filters.comparison, metrics=bases)
        parts += measured(before, slot=BEFORE, is_now=False)
    parts += measured_by_month(Asked(filters, scope, spark_period(filters), metrics=bases))
    return _composed(parts, keys, bases)


def totals(filters: Filters, scope: Scope, keys: tuple[str, ...]) -> Rows:
    """One row: the metrics over the period."""
    bases = tuple(base_of(*keys))
    parts = measured(Asked(filters, scope, filters.period, metrics=bases), slot=NOW)
    return _composed(parts, keys, bases)


def monthly(filters: Filters, scope: Scope, keys: tuple[str, ...], *, period: Period) -> Rows:
    """One row per month of a period: slot (YYYY-MM) and the metrics."""
    bases = tuple(base_of(*keys))
    parts = measured_by_month(Asked(filters, scope, period, metrics=bases))
    return _composed(parts, keys, bases)


def _composed(parts: list[Rows], keys: tuple[str, ...], bases: tuple[Metric, ...]) -> Rows:
    m = merged(parts, by="slot", bases=bases).c
    wanted = dict.fromkeys((*keys, *(b.key for b in bases)))
    return select(m.slot, *(value_of(METRICS[k], m).label(k) for k in wanted)).order_by(m.slot)


def merged(parts: list[Rows], *, by: str, bases: tuple[Metric, ...]) -> Subquery:
    """Return the parts as one row per slot or key, each metric from the part that carries it."""
    p = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("parts").c
    values = (func.max(p[m.key]).label(m.key) for m in bases)
    return select(p[by], *values).group_by(p[by]).subquery("merged")


def value_of(metric: Metric, relation: Any) -> Any:
    """Return a metric from the columns of its base metrics."""
    if metric.compose is not None:
        return metric.compose(*(relation[k] for k in metric.parts))
    column = relation[metric.key]
    return type_coerce(column, Cents()) if metric.unit == "money" else column

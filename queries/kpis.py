"""Cards: several metrics over the period, its comparison and thirteen months, in one statement."""

from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Double,
    Integer,
    Select,
    Subquery,
    Text,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.period import Period, add_months, month_start
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, month_text
from queries.measure import Asked, measured, measured_by_month
from queries.metrics import METRICS, base_of

SPARK_MONTHS = 13
NOW, BEFORE = "now", "before"


def spark_period(filters: Filters) -> Period:
    """Return the thirteen months that end with the period's last month."""
    last = month_start(filters.period.last_day)
    return Period(add_months(last, 1 - SPARK_MONTHS), add_months(last, 1))


def kpis(filters: Filters, scope: Scope, keys: tuple[str, ...]) -> Select[Any]:
    """One row per slot (now, before, each of 13 months as YYYY-MM): slot and the metrics."""
    bases = tuple(base_of(*keys))
    parts: list[Select[Any]] = []
    for slot, period in ((NOW, filters.period), (BEFORE, filters.comparison)):
        if period:
            asked = Asked(filters, scope, period, metrics=_of_slot(bases, slot))
            parts += [_slotted(stmt, literal(slot, Text()), bases) for stmt in measured(asked)]
    by_month = Asked(filters, scope, spark_period(filters), metrics=_of_slot(bases, BEFORE))
    for stmt in measured_by_month(by_month):
        parts.append(_slotted(stmt, None, bases))
    return _composed(union_all(*parts), keys, bases)


def totals(filters: Filters, scope: Scope, keys: tuple[str, ...]) -> Select[Any]:
    """One row: the metrics over the period."""
    bases = tuple(base_of(*keys))
    asked = Asked(filters, scope, filters.period, metrics=bases)
    parts = [_slotted(stmt, literal(NOW, Text()), bases) for stmt in measured(asked)]
    return _composed(union_all(*parts), keys, bases)


def _of_slot(bases: tuple[Metric, ...], slot: str) -> tuple[Metric, ...]:
    """Return the metrics that a slot can show: what is known as of today has no past."""
    return bases if slot == NOW else tuple(m for m in bases if m.has_period)


def _slotted(stmt: Select[Any], slot: Any, bases: tuple[Metric, ...]) -> Select[Any]:
    """Return the row(s) with their slot, padded with blanks for the other metrics."""
    rows = stmt.subquery()
    label = month_text(rows.c.month) if slot is None else slot
    return select(label.label("slot"), *_filled(rows, bases))


def padded(stmt: Select[Any], key: str, bases: tuple[Metric, ...]) -> Select[Any]:
    """Return the statement's key and every base metric, blank where it has none."""
    rows = stmt.subquery()
    return select(rows.c[key], *_filled(rows, bases))


def _filled(rows: Subquery, bases: tuple[Metric, ...]) -> list[Any]:
    return [
        (rows.c[m.key] if m.key in rows.c else cast(null(), sql_type(m))).label(m.key)
        for m in bases
    ]


def sql_type(metric: Metric) -> Any:
    """Return the SQL type of a base metric."""
    if metric.unit == "money":
        return Cents()
    return Double() if metric.kind in ("median", "model") else Integer()


def _composed(
    parts: CompoundSelect[Any], keys: tuple[str, ...], bases: tuple[Metric, ...]
) -> Select[Any]:
    p = parts.subquery("parts")
    merged = select(
        p.c.slot, *(func.max(p.c[m.key]).label(m.key) for m in bases)
    ).group_by(p.c.slot)
    m = merged.subquery("merged")
    wanted = dict.fromkeys((*keys, *(b.key for b in bases)))
    columns = [value_of(METRICS[k], m.c).label(k) for k in wanted]
    return select(m.c.slot, *columns).order_by(m.c.slot)


def value_of(metric: Metric, relation: Any) -> Any:
    """Return a metric from the columns of its base metrics."""
    if metric.compose is not None:
        return metric.compose(*(relation[k] for k in metric.parts))
    column = relation[metric.key]
    return type_coerce(column, Cents()) if metric.unit == "money" else column

"""Breakdowns: a metric by one dimension, now and in the comparison, largest first."""

from typing import Any

from sqlalchemy import Select, Text, cast, func, literal, null, select, type_coerce, union_all

from data.domain.dimension import DIMENSIONS, NOT_GIVEN
from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.period import Period
from data.domain.scope import Scope
from data.warehouse.dialects import Cents
from queries import visible
from queries.kpis import BEFORE, NOW, sql_type, value_of
from queries.measure import Asked, measured
from queries.metrics import METRICS, base_of

#: A chart shows so many members of a dimension; the rest is one line.
LIMIT = 200


def next_dimension(filters: Filters, start: str) -> str:
    """Return the dimension to break down by: one step below each that is narrowed to one value."""
    key = start
    while len(filters.values(key)) == 1:
        below = DIMENSIONS[key].below
        if below is None or below == "customer":
            return "customer"
        key = below
    return key


def by_dimension(
    filters: Filters, scope: Scope, keys: tuple[str, ...], *, dimension: str
) -> Select[Any]:
    """One row per value of the dimension: key, the metrics, and each before as `<metric>_before`.

    Customers come with their name.
    """
    bases = tuple(base_of(*keys))
    parts: list[Select[Any]] = []
    for slot, period in ((NOW, filters.period), (BEFORE, filters.comparison)):
        if period:
            parts += _slot(filters, scope, period, bases=bases, dimension=dimension, slot=slot)
    p = union_all(*parts).subquery("parts")
    merged = _merged(p, bases).subquery("merged")
    m = merged.c
    columns: list[Any] = []
    for key in dict.fromkeys((*keys, *(b.key for b in bases))):
        columns.append(value_of(METRICS[key], _Side(m, NOW)).label(key))
        columns.append(value_of(METRICS[key], _Side(m, BEFORE)).label(f"{key}_before"))
    stmt = select(m.key, *columns).where(m.key.is_not(None))
    if dimension == "customer":
        who = visible.everyone(filters, scope, "customer_no", "customer_id", "name")
        key = cast(who.c.customer_no, Text)
        stmt = select(who.c.customer_id.label("key"), who.c.name, *columns)
        stmt = stmt.select_from(merged.join(who, key == m.key))
    ranked = stmt.subquery("ranked")
    stmt = select(ranked)
    return stmt.order_by(ranked.c[keys[0]].desc().nulls_last(), ranked.c.key).limit(LIMIT)


class _Side:
    """The merged columns of one slot, read by the key of the base metric."""

    def __init__(self, columns: Any, slot: str) -> None:
        self.columns = columns
        self.slot = slot

    def __getitem__(self, key: str) -> Any:
        return self.columns[f"{self.slot}_{key}"]


def _slot(
    filters: Filters,
    scope: Scope,
    period: Period,
    *,
    bases: tuple[Metric, ...],
    dimension: str,
    slot: str,
) -> list[Select[Any]]:
    column = "customer_no" if dimension == "customer" else dimension
    usable = tuple(m for m in bases if slot == NOW or m.has_period)
    asked = Asked(filters, scope, period, group=column, metrics=usable)
    padded: list[Select[Any]] = []
    for stmt in measured(asked):
        rows = stmt.subquery()
        values = [
            (rows.c[m.key] if s == slot and m.key in rows.c else _blank(m)).label(f"{s}_{m.key}")
            for s in (NOW, BEFORE)
            for m in bases
        ]
        padded.append(select(_key(rows.c.key, dimension).label("key"), *values))
    return padded


def _key(column: Any, dimension: str) -> Any:
    """Return the key as text; who is no customer yet has no tier and still counts somewhere."""
    text = cast(column, Text)
    return func.coalesce(text, literal(NOT_GIVEN)) if dimension in visible.MOVING else text


def _blank(metric: Metric) -> Any:
    return cast(null(), sql_type(metric))


def _merged(parts: Any, bases: tuple[Metric, ...]) -> Select[Any]:
    names = [f"{s}_{m.key}" for s in (NOW, BEFORE) for m in bases]
    return select(
        parts.c.key, *(_money(func.max(parts.c[n]), parts.c[n]).label(n) for n in names)
    ).group_by(parts.c.key)


def _money(expression: Any, like: Any) -> Any:
    return type_coerce(expression, Cents()) if isinstance(like.type, Cents) else expression


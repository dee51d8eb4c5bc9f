"""Breakdowns: a metric by one dimension, now and in the comparison, largest first."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Subquery, Text, case, cast, func, literal, select, union_all

from data.domain.dimension import DIMENSIONS, NOT_GIVEN
from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.scope import Scope
from data.warehouse.dialects import Rows
from queries import visible
from queries.kpis import BEFORE, NOW, value_of
from queries.measure import Asked, measured
from queries.metrics import METRICS, base_of

#: A chart shows so many members of a dimension; the rest is one line.
LIMIT = 200


def next_dimension(filters: Filters, start: str) -> str:
    """Return the dimension to break down by: one step below each that is narrowed to one value.

    It begins with `start`, or with what the reader turned the breakdown to.
    """
    key = filters.choices.turned.get(start, start)
    while len(filters.values(key)) == 1:
        below = DIMENSIONS[key].below
        if below is None or below == "customer":
            return "customer"
        key = below
    return key


def by_dimension(filters: Filters, scope: Scope, keys: tuple[str, ...], *, dimension: str) -> Rows:
    """One row per value of the dimension: key, the metrics, and each before as `<metric>_before`.

    Customers come with their name.
    """
    bases = tuple(base_of(*keys))
    m = _two_sided(filters, scope, bases=bases, dimension=dimension)
    columns: list[Any] = []
    for key in dict.fromkeys((*keys, *(b.key for b in bases))):
        columns.append(value_of(METRICS[key], _Side(m.c, NOW)).label(key))
        columns.append(value_of(METRICS[key], _Side(m.c, BEFORE)).label(f"{key}_before"))
    stmt = select(_key(m.c.key, dimension).label("key"), *columns)
    if dimension == "customer":
        who = visible.everyone(filters, scope, "customer_no", "customer_id", "name")
        stmt = select(who.c.customer_id.label("key"), who.c.name, *columns)
        stmt = stmt.select_from(m.join(who, who.c.customer_no == m.c.key))
    ranked = stmt.subquery("ranked")
    return select(ranked).order_by(ranked.c[keys[0]].desc().nulls_last(), ranked.c.key).limit(LIMIT)


class _Side:
    """The columns of one slot, read by the key of the base metric."""

    def __init__(self, columns: Any, slot: str) -> None:
        self.columns = columns
        self.slot = slot

    def __getitem__(self, key: str) -> Any:
        return self.columns[f"{self.slot}_{key}"]


def _two_sided(
    filters: Filters, scope: Scope, *, bases: tuple[Metric, ...], dimension: str
) -> Subquery:
    """Return one row per key with every base metric twice, as now_… and before_… columns."""
    column = "customer_no" if dimension == "customer" else dimension
    now = Asked(filters, scope, filters.period, group=column, metrics=bases)
    parts = measured(now, slot=NOW)
    if filters.comparison:
        parts += measured(replace(now, period=filters.comparison), slot=BEFORE, is_now=False)
    p = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("parts").c
    sides = [
        func.max(case((p.slot == slot, p[b.key]))).label(f"{slot}_{b.key}")
        for slot in (NOW, BEFORE)
        for b in bases
    ]
    return select(p.key, *sides).group_by(p.key).subquery("sides")


def _key(column: Any, dimension: str) -> Any:
    """Return the key as text; who is no customer yet has no tier and still counts somewhere."""
    text = cast(column, Text)
    return func.coalesce(text, literal(NOT_GIVEN)) if dimension in visible.MOVING else text

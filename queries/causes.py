"""What moved a key figure: the figure by several dimensions, now and in the comparison."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Text, case, cast, func, literal, null, select, type_coerce, union_all

from data.domain.choices import MOVABLE
from data.domain.dimension import NOT_GIVEN
from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.period import Period
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, Rows, once, sum_cents, sum_int
from queries import visible
from queries.kpis import BEFORE, NOW
from queries.measure import Asked, measured
from queries.members import metric_members
from queries.metrics import METRICS, base_of
from queries.metrics.reps import GRAIN as REP_GRAIN
from queries.question import asks

#: Dimensions in which the parts of a change are looked for.
FIXED = ("team", "industry", "region", "source")
#: The tier of today is made of the orders of today and would explain them by themselves: only the
#: asset is taken apart by it, with the tier of each month end.
MOVING = ("tier", *FIXED)
#: What representatives did is of their teams and of themselves.
OF_REPS = ("team", "rep")
#: Read from the month ends: it has no period.
AT_ENDS = "customer_asset"


def moved_metric(filters: Filters) -> Metric:
    """Return the metric whose change is taken apart: that of the focus, or the chosen one."""
    return METRICS[filters.focus.get("metric", filters.choices.moved)]


def can_be_taken_apart(metric: Metric) -> bool:
    """Whether the parts of a metric make the whole: sums, counts, and ratios of two of them."""
    bases = base_of(metric.key)
    adds_up = all(base.kind in ("sum", "count", "distinct") for base in bases)
    is_ratio = len(bases) == 2 and metric.kind == "ratio" and metric.unit == "rate"
    has_time = metric.has_period and all(base.family != "statement" for base in bases)
    return metric.key == AT_ENDS or (has_time and adds_up and (len(bases) == 1 or is_ratio))


def cause_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer or opportunity counted in the metric: who, then the base metrics."""
    return metric_members(filters, scope, moved_metric(filters).key)


@asks("Largest movements", members=cause_members, metrics=MOVABLE)
def what_moved(filters: Filters, scope: Scope) -> Rows:
    """One row per dimension and value: dimension, key, top, bottom, top_before, bottom_before.

    The sum that makes the metric, and what it is divided by (blank where it is no ratio).
    """
    metric = moved_metric(filters)
    if metric.key == AT_ENDS:
        return _ordered(_at_ends(filters, scope))
    if metric.family == "facts":
        return _ordered(_from_cells(filters, scope, metric))
    return _ordered(_by_dimension(filters, scope, metric))


def _ordered(parts: Sequence[Rows]) -> Rows:
    p = union_all(*parts).subquery("parts").c
    columns = (p.dimension, p.key, p.top, p.bottom, p.top_before, p.bottom_before)
    return select(*columns).order_by(p.dimension, p.key)


def _sides(top: Any, bottom: Any, slot: Any) -> list[Any]:
    """Return the four sums of a group from rows of both slots; a blank bottom stays blank."""
    is_money = isinstance(top.type, Cents)

    def total(column: Any, which: str) -> Any:
        value = func.max(case((slot == which, column)))
        return type_coerce(value, Cents()) if is_money and column is top else value

    return [
        total(top, NOW).label("top"),
        total(bottom, NOW).label("bottom"),
        total(top, BEFORE).label("top_before"),
        total(bottom, BEFORE).label("bottom_before"),
    ]


# --- any metric, one dimension after the other -----------------------------------------------


def _by_dimension(filters: Filters, scope: Scope, metric: Metric) -> list[Rows]:
    dimensions = OF_REPS if metric.grain == REP_GRAIN else FIXED
    return [_grouped(filters, scope, metric, dimension) for dimension in dimensions]


def _grouped(filters: Filters, scope: Scope, metric: Metric, dimension: str) -> Rows:
    bases = base_of(metric.key)
    now = Asked(filters, scope, filters.period, group=dimension, metrics=tuple(bases))
    parts = measured(now, slot=NOW)
    if filters.comparison:
        parts += measured(replace(now, period=filters.comparison), slot=BEFORE, is_now=False)
    p = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("slots").c
    bottom = p[bases[1].key] if len(bases) > 1 else cast(null(), p[bases[0].key].type)
    return select(
        literal(dimension, Text()).label("dimension"),
        func.coalesce(cast(p.key, Text), literal(NOT_GIVEN)).label("key"),
        *_sides(p[bases[0].key], bottom, p.slot),
    ).group_by(p.key)


# --- additive facts: read once for all dimensions --------------------------------------------


def _from_cells(filters: Filters, scope: Scope, metric: Metric) -> list[Rows]:
    sides = [_cells(filters, scope, filters.period, metric=metric, slot=NOW)]
    if filters.comparison:
        sides.append(_cells(filters, scope, filters.comparison, metric=metric, slot=BEFORE))
    cells = once(union_all(*sides) if len(sides) > 1 else sides[0], "cells").c
    return [_rolled_up(cells, metric, dimension) for dimension in FIXED]


def _adding(metric: Metric) -> Any:
    return sum_cents if metric.unit == "money" else sum_int


def _cells(filters: Filters, scope: Scope, period: Period, *, metric: Metric, slot: str) -> Rows:
    """Return a fact by all dimensions at once, so that the facts are read once per period."""
    fact = metric.reads[0]
    rows = visible.facts(filters, scope, period, names=(fact,), dimensions=FIXED).c
    keys = [rows[d] for d in FIXED]
    total = _adding(metric)(rows[fact]).label("amount")
    return select(literal(slot, Text()).label("slot"), *keys, total).group_by(*keys)


def _rolled_up(cells: Any, metric: Metric, dimension: str) -> Rows:
    def total(slot: str) -> Any:
        return _adding(metric)(case((cells.slot == slot, cells.amount)))

    now = total(NOW)
    blank = cast(null(), now.type)
    return select(
        literal(dimension, Text()).label("dimension"),
        func.coalesce(cast(cells[dimension], Text), literal(NOT_GIVEN)).label("key"),
        now.label("top"),
        blank.label("bottom"),
        total(BEFORE).label("top_before"),
        blank.label("bottom_before"),
    ).group_by(cells[dimension])


# --- the customer asset, at the two month ends -----------------------------------------------


def _at_ends(filters: Filters, scope: Scope) -> list[Rows]:
    opening, closing = (visible.day(month) for month in filters.ends)
    s = visible.snapshots(filters, scope, "month", "value", *MOVING, dimensions=MOVING).c
    blank = cast(null(), Cents())
    return [
        select(
            literal(dimension, Text()).label("dimension"),
            func.coalesce(cast(s[dimension], Text), literal(NOT_GIVEN)).label("key"),
            sum_cents(case((s.month == closing, s.value))).label("top"),
            blank.label("bottom"),
            sum_cents(case((s.month == opening, s.value))).label("top_before"),
            blank.label("bottom_before"),
        )
        .where(s.month.in_([opening, closing]))
        .group_by(s[dimension])
        for dimension in MOVING
    ]

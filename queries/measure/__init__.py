"""How base metrics are measured: one family per kind of row, over a period or month by month.

A family answers with the same columns in every form, so that a card, a breakdown and a sparkline
of one metric can never be computed in two ways.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Subquery,
    Text,
    cast,
    func,
    literal,
    null,
    select,
)

from data.domain.metric import Metric
from data.warehouse.dialects import Cents, Rows, month_text
from queries import visible
from queries.measure.active import ACTIVE
from queries.measure.churn import CHURN
from queries.measure.contracts import CONTRACTS
from queries.measure.dated import is_dated
from queries.measure.deals import DEALS
from queries.measure.facts import FACTS, STATES
from queries.measure.family import Asked, ComposedMetricError, Family
from queries.measure.invoices import INVOICES
from queries.measure.reps import BOOKS, REPS
from queries.measure.returns import RETURNS
from queries.measure.statement import STATEMENT
from queries.measure.value_churn import VALUE_CHURN
from queries.measure.waiting import WAITING
from queries.measure.who import NEW, TODAY

__all__ = ["FAMILIES", "Asked", "measured", "measured_by_month"]

#: Families whose sums are 0, and not unknown, where nothing happened.
FLOWS = frozenset({"facts", "states", "deals", "reps"})
FAMILIES: dict[str, Family] = {
    "facts": FACTS,
    "states": STATES,
    "active": ACTIVE,
    "new": NEW,
    "today": TODAY,
    "churn": CHURN,
    "returns": RETURNS,
    "deals": DEALS,
    "contracts": CONTRACTS,
    "value_churn": VALUE_CHURN,
    "statement": STATEMENT,
    "waiting": WAITING,
    "invoices": INVOICES,
    "reps": REPS,
    "books": BOOKS,
}


def measured(asked: Asked, *, slot: str = "", is_now: bool = True) -> list[Rows]:
    """Return, per family, one row (or one per group): key, slot, and every metric asked for.

    A family's row is blank in the metrics of the others, so that the parts can be merged; what is
    known as of today only is blank in any other slot.
    """
    stmts: list[Rows] = []
    for name, metrics in _by_family(asked, is_now=is_now).items():
        family = FAMILIES[name]
        make = family.rows if is_now else family.before or family.rows
        rows = make(_of(asked, metrics))
        keys = [rows.c[g] for g in asked.groups]
        labels = [k.label("key") for k in keys] + [literal(slot, Text()).label("slot")]
        values = _values(asked, metrics, rows)
        # Blanks are dropped by their code: as text, every row's would be spelt out first.
        known = [k.is_not(None) for k in keys if asked.group not in visible.MOVING]
        stmts.append(select(*labels, *values).select_from(rows).where(*known).group_by(*keys))
    return stmts


def measured_by_month(asked: Asked) -> list[Rows]:
    """Return, per family that can, one row per calendar month: slot (YYYY-MM) and the metrics.

    Families with the same month rows are one part: the rows are read once.
    """
    found: dict[Callable[[Asked], Subquery], list[Metric]] = {}
    for name, metrics in _by_family(asked, is_now=False).items():
        if (months := FAMILIES[name].months) is not None:
            found.setdefault(months, []).extend(metrics)
    stmts: list[Rows] = []
    for months, metrics in found.items():
        rows = months(_of(asked, metrics))
        month = rows.c.month
        label = month_text(month).label("slot")
        values = _values(asked, metrics, rows)
        stmts.append(select(label, *values).select_from(rows).group_by(month))
    return stmts


def _values(asked: Asked, own: Sequence[Metric], rows: Subquery) -> list[Any]:
    keys = {m.key for m in own}
    return [
        (_value(asked, m, rows) if m.key in keys else cast(null(), _sql_type(m))).label(m.key)
        for m in asked.metrics
    ]


def _value(asked: Asked, metric: Metric, rows: Subquery) -> ColumnElement[Any]:
    """Return the metric over the rows: nothing counts as 0 where it would have been recorded.

    Before the first fact it stays blank, like what is not known (means, costs, values).
    """
    if metric.expr is None:
        raise ComposedMetricError(f"{metric.key} is composed and has no rows of its own.")
    if asked.filters.calendar.is_past and not is_dated(metric):
        return cast(null(), _sql_type(metric))
    value: ColumnElement[Any] = metric.expr(rows.c)
    is_count = metric.kind in ("count", "distinct")
    is_flow = metric.kind == "sum" and metric.family in FLOWS
    if (is_count or is_flow) and asked.period.until > asked.filters.calendar.first_on:
        return func.coalesce(value, 0)
    return value


def _sql_type(metric: Metric) -> Any:
    """Return the SQL type of a base metric."""
    if metric.unit == "money":
        return Cents()
    is_real = metric.kind in ("median", "model") or metric.unit == "number"
    return Double() if is_real else Integer()


def _of(asked: Asked, metrics: Sequence[Metric]) -> Asked:
    return Asked(asked.filters, asked.scope, asked.period, asked.group, tuple(metrics))


def _by_family(asked: Asked, *, is_now: bool = True) -> dict[str, list[Metric]]:
    """Return base metrics by their family, in order; those without a period only for now.

    What is kept of month ends is compared as a whole; its groups ask for the month ends themselves.
    """
    found: dict[str, list[Metric]] = {}
    for metric in asked.metrics:
        if is_now or metric.has_period or (metric.at_ends and asked.group is None):
            found.setdefault(metric.family, []).append(metric)
    return found

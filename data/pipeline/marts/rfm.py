"""RFM: each customer's quintiles of recency, frequency and money."""

from typing import Any

from sqlalchemy import ColumnElement, case, literal, literal_column, select

from data.pipeline.marts.context import Context
from data.pipeline.marts.silence import silent_days
from data.warehouse import marts
from data.warehouse.dialects import when


def rfm(context: Context, s: Any) -> list[Any]:
    """Quintiles by the stored cut points of `rfm_cut`; a recent order is a high score."""
    cut = {row.item: row for row in context.connection.execute(select(marts.rfm_cut))}
    if not cut:
        return []
    bought = s.orders_24m > 0
    quintiles = {
        "recency": literal(6) - _quintile(silent_days(s), cut["recency"]),
        "frequency": _quintile(s.orders_24m, cut["frequency"]),
        "monetary": _quintile(s.net_24m, cut["monetary"]),
    }
    return [when(bought, q, None).label(n) for n, q in quintiles.items()]


def _quintile(item: Any, cut: Any) -> ColumnElement[int]:
    cuts = [getattr(cut, f"cut_{i}") for i in range(1, 5)]
    return literal(1) + sum(
        (case((item > literal_column(str(c)), 1), else_=0) for c in cuts), literal(0)
    )

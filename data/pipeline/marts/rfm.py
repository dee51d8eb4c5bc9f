"""RFM: the cut points of recency, frequency and money, and each customer's quintiles."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, literal_column, select

from data.pipeline.marts.context import Context
from data.pipeline.marts.ends import LIVE
from data.pipeline.marts.filling import fill
from data.pipeline.marts.silence import silent_days
from data.pipeline.marts.work import w_state
from data.warehouse import marts
from data.warehouse.dialects import when


def fill_rfm_cuts(context: Context) -> None:
    """Fill `rfm_cut`: the smallest value that at least i fifths of the customers do not pass."""
    s = w_state.c
    live = and_(s.month == LIVE, s.orders_24m > 0)
    items = {"recency": silent_days(s), "frequency": s.orders_24m, "monetary": s.net_24m}
    for name, item in items.items():
        counted = select(item.label("v"), func.count().label("n")).where(live).group_by(item)
        c = counted.subquery("counted").c
        running = select(
            c.v,
            func.sum(c.n).over(order_by=c.v).label("up_to"),
            func.sum(c.n).over().label("all_of"),
        ).subquery("running")
        r = running.c
        cuts = [
            func.min(when(r.up_to * 5 >= r.all_of * i, r.v, None)).label(f"cut_{i}")
            for i in range(1, 5)
        ]
        having_any = select(literal(name).label("item"), *cuts).having(func.count() > 0)
        fill(context.connection, marts.rfm_cut, having_any)


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

"""Cut points of the whole company: between the scores of RFM, and between the bands of value."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, cast, func, insert, literal, select

from data.domain.columns import VALUE_CUTS
from data.pipeline.marts.context import Context
from data.pipeline.marts.ends import LIVE
from data.pipeline.marts.filling import fill
from data.pipeline.marts.silence import silent_days
from data.pipeline.marts.work import w_state
from data.warehouse import marts
from data.warehouse.dialects import when

FIFTHS = (20, 40, 60, 80)


def fill_rfm_cuts(context: Context) -> None:
    """Fill `rfm_cut`: the smallest value that at least i fifths of the customers do not pass."""
    s = w_state.c
    live = and_(s.month == LIVE, s.orders_24m > 0)
    items = {"recency": silent_days(s), "frequency": s.orders_24m, "monetary": s.net_24m}
    for name, item in items.items():
        r = _running(item, live)
        cuts = [cut.label(f"cut_{i}") for i, cut in enumerate(_cuts(r, FIFTHS), start=1)]
        having_any = select(literal(name).label("item"), *cuts).having(func.count() > 0)
        fill(context.connection, marts.rfm_cut, having_any)


def fill_value_cuts(context: Context) -> None:
    """Add to `rfm_cut` the largest value of each band but the last; ties make fewer bands."""
    c = marts.customer_current.c
    valued = and_(c.is_customer, ~c.is_churned, c.value.is_not(None))
    r = _running(cast(c.value, BigInteger), valued)
    *found, largest = context.connection.execute(select(*_cuts(r, VALUE_CUTS), func.max(r.v))).one()
    if largest is None:
        return
    # Above the largest value is nobody, and between two equal cuts neither.
    cuts = sorted({int(cut) for cut in found if cut < largest})
    row: dict[str, Any] = dict.fromkeys(f"cut_{i + 1}" for i in range(len(VALUE_CUTS)))
    row |= {f"cut_{i}": cut for i, cut in enumerate(cuts, start=1)}
    context.connection.execute(insert(marts.rfm_cut), [{"item": "value", **row}])


def _running(item: Any, where: ColumnElement[bool]) -> Any:
    """Return the columns of an item's values: v, customers up to it, customers of all."""
    counted = select(item.label("v"), func.count().label("n")).where(where).group_by(item)
    c = counted.subquery("counted").c
    running = select(
        c.v,
        func.sum(c.n).over(order_by=c.v).label("up_to"),
        func.sum(c.n).over().label("all_of"),
    )
    return running.subquery("running").c


def _cuts(r: Any, shares: Sequence[int]) -> list[ColumnElement[int]]:
    """Return the smallest values that so much per cent of the customers do not pass."""
    reached = (r.up_to * 100 >= r.all_of * share for share in shares)
    return [func.min(when(each, r.v, None)) for each in reached]

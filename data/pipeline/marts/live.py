"""What every mart says about each customer: the dimensions as they stand now, coded once."""

from typing import Any

from sqlalchemy import and_, select

from data.pipeline.marts.context import Context
from data.pipeline.marts.ends import LIVE
from data.pipeline.marts.filling import fill
from data.pipeline.marts.keys import one_hot
from data.pipeline.marts.work import DIMENSIONS, w_dimension, w_held, w_life, w_live, w_state
from data.warehouse.dialects import when
from data.warehouse.marts.columns import CUBE_DIMENSIONS, FIXED_DIMENSIONS, WIDE_DIMENSIONS, bits


def fill_live(context: Context) -> None:
    """Fill `w_live`: one row per customer and prospect; prospects have a lifecycle only."""
    life, d = w_life.c, w_dimension.c
    is_now = w_state.c.month == LIVE
    joined = (
        w_life.join(w_dimension, d.customer_no == life.customer_no)
        .outerjoin(w_state, and_(w_state.c.customer_no == life.customer_no, is_now))
        .outerjoin(w_held, and_(w_held.c.customer_no == life.customer_no, w_held.c.month == LIVE))
    )
    lifecycle = when(life.is_customer, w_state.c.lifecycle, "prospect")
    stmt = select(
        life.customer_no,
        life.cohort,
        life.contract_on,
        *(d[n] for n in DIMENSIONS),
        *(d[bits(n)] for n in FIXED_DIMENSIONS),
        w_held.c.tier,
        lifecycle.label("lifecycle"),
        one_hot(context, "tier", w_held.c.tier),
        one_hot(context, "lifecycle", lifecycle),
    ).select_from(joined)
    fill(context.connection, w_live, stmt)


def live_dimensions() -> list[Any]:
    """Return the dimension columns of a mart, read from `w_live`."""
    names = (*CUBE_DIMENSIONS, *(bits(n) for n in CUBE_DIMENSIONS), *WIDE_DIMENSIONS)
    return [w_live.c[n] for n in names]


def with_live(source: Any) -> Any:
    """Return the source joined with what `w_live` says about its customers."""
    return source.join(w_live, w_live.c.customer_no == source.c.customer_no)

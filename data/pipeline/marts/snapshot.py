"""Customers as they stood at each month end."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select

from data.domain.columns import SCORE_DIMENSIONS
from data.pipeline.marts.context import Context
from data.pipeline.marts.ends import LIVE
from data.pipeline.marts.filling import fill
from data.pipeline.marts.silence import was_lost
from data.pipeline.marts.work import w_before, w_held, w_state
from data.warehouse import marts
from data.warehouse.dialects import when


def fill_snapshot(context: Context) -> None:
    """Fill `customer_snapshot`: one row per customer and closed month end."""
    s, h = w_state.c, w_held.c
    joined = w_state.join(w_held, and_(h.customer_no == s.customer_no, h.month == s.month))
    stmt = (
        select(
            *(s[n] for n in ("month", "customer_no", "tier_raw", "lifecycle", "score")),
            *(s[n] for n in (*SCORE_DIMENSIONS, "coverage")),
            h.tier,
            literal(context.model.version).label("model"),
            s.is_churned,
            was_lost(context, s).label("is_lost"),
            s.margin_12m,
            s.value,
            _revaluation(s).label("revaluation"),
        )
        .select_from(joined.outerjoin(w_before, w_before.c.customer_no == s.customer_no))
        .where(s.month != LIVE)
        .order_by(s.month, s.customer_no)
    )
    fill(context.connection, marts.customer_snapshot, stmt)


def _revaluation(s: Any) -> ColumnElement[int]:
    """Return by how much the new scoring model values the customer higher than the one before."""
    valued = and_(w_before.c.customer_no.is_not(None), ~s.is_churned)
    return when(valued, func.coalesce(s.value, 0) - func.coalesce(w_before.c.value, 0))

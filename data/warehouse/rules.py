"""How scores and tiers are told in SQL: one spelling for the refresh and for a what-if."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal

from data.warehouse.dialects import int_div

#: Points in hundredths: the full scale, the value of a dimension without data, and one point.
FULL = 10_000
NEUTRAL = FULL // 2
POINT = 100


def mid_rank(up_to: Any, own: Any, known: Any) -> ColumnElement[int]:
    """Return the percentile mid-rank, 0–10000: (those below + half of those equal) / all.

    `up_to` counts those not above, `own` those equal, `known` all.
    """
    return int_div((up_to * 2 - own) * literal(FULL), known * 2)


def potential_of(c: Any) -> ColumnElement[int]:
    """Return the better of growth and value rank: either makes a customer one with potential."""
    return func.greatest(c.growth, func.coalesce(c.value_rank, literal(0, Integer())))


def raw_tier(
    *, is_dormant: Any, is_high: Any, has_potential: Any, scores_enough: Any
) -> ColumnElement[str]:
    """Return the tier before hysteresis; the first rule that holds decides."""
    return case(
        (is_dormant, "dormant"),
        (is_high, "high"),
        (and_(has_potential, scores_enough), "potential"),
        else_="general",
    )


def column_of(dimension: str) -> str:
    """Return the column that holds the points of a scoring model's dimension."""
    return "service" if dimension == "service_cost" else dimension

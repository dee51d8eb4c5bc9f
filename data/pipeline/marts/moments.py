"""How the dimensions of the score vary together: sums from which any weights can be judged."""

from itertools import product
from typing import Any

from sqlalchemy import BigInteger, cast, func, insert, select

from data.domain.columns import SCORE_DIMENSIONS
from data.pipeline.marts.context import Context
from data.warehouse import marts
from data.warehouse.dialects import sum_int, when
from data.warehouse.rules import NEUTRAL


def fill_moments(context: Context) -> None:
    """Fill `dimension_moment` from the customers of `customer_current` who have a score."""
    c = marts.customer_current.c
    points = {d: cast(c[d], BigInteger) for d in SCORE_DIMENSIONS}
    columns: dict[str, Any] = {"customers": func.count()}
    for dimension, own in points.items():
        columns[dimension] = sum_int(own)
        columns[f"{dimension} neutral"] = sum_int(when(own == NEUTRAL, 1))
    for one, other in product(points, points):
        columns[f"{one} {other}"] = sum_int(points[one] * points[other])
    labelled = [value.label(name) for name, value in columns.items()]
    stmt = select(*labelled).where(c.score.is_not(None))
    sums = context.connection.execute(stmt).mappings().one()
    rows = [
        {
            "dimension": one,
            "other": other,
            "customers": sums["customers"],
            "points": sums[one],
            "other_points": sums[other],
            "product": sums[f"{one} {other}"],
            "neutral": sums[f"{one} neutral"],
        }
        for one, other in product(points, points)
        if sums["customers"]
    ]
    if rows:
        context.connection.execute(insert(marts.dimension_moment), rows)

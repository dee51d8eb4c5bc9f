"""The ranking of a what-if: the one relation that is read of the whole company, not of the scope.

A score says "better than so many of the company's customers" (metrics.md), for a representative
as for the head of the company. So the weighted sums of all valued customers must be ranked
together. What leaves here is no customer: a sum of points and the score that it stands for, and
Who has which sum is known of visible customers only, from their own rows.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    cast,
    func,
    literal,
    select,
)

from data.domain.what_if import WhatIf
from data.warehouse import marts
from data.warehouse.dialects import COMPANY, once
from data.warehouse.rules import column_of, mid_rank


def weighted_sum(c: Any, what_if: WhatIf) -> ColumnElement[int]:
    """Return the weighted sum of a customer's dimensions, by which the ranking orders."""
    return _weighted(c, tuple(what_if.weights.items()))


def _weighted(c: Any, weights: tuple[tuple[str, int], ...]) -> ColumnElement[int]:
    # Up to 10,000 points by a weight of up to 100 each: more than the columns' 16 bits hold.
    parts = [cast(c[column_of(d)], Integer) * literal(w, Integer()) for d, w in weights if w]
    first, *rest = parts
    for part in rest:
        first = first + part
    return first


def ranking(what_if: WhatIf) -> CTE:
    """Return every weighted sum that occurs in the company, `weighted`, and its `score`, 0–10000.

    The percentile mid-rank of the refresh, to the last digit: (sums below + half of those equal)
    / all. One scan, one aggregate; as many rows as there are different sums.
    """
    return _ranking(tuple(what_if.weights.items()))


@lru_cache(maxsize=256)
def _ranking(weights: tuple[tuple[str, int], ...]) -> CTE:
    """Return the same relation for the same weights, so that a statement ranks once."""
    company = marts.customer_current.alias(COMPANY)
    weighted = _weighted(company.c, weights).label("weighted")
    sums = (
        select(weighted, func.count().label("n"))
        .where(company.c.score.is_not(None))
        .group_by(weighted)
        .subquery("sums")
    )
    up_to = cast(func.sum(sums.c.n).over(order_by=sums.c.weighted), BigInteger)
    known = cast(func.sum(sums.c.n).over(), BigInteger)
    running = select(sums, up_to.label("up_to"), known.label("known")).subquery("running")
    r = running.c
    score = mid_rank(r.up_to, r.n, r.known)
    return once(select(r.weighted, score.label("score")), "ranking")

"""Bands: exact counts and sums per range of a number, empty ranges included."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Integer, Subquery, case, literal, select, union_all

from data.warehouse.dialects import Cents, sum_cents, sum_int
from queries.question import Rows


def band_of(column: Any, edges: Sequence[int]) -> Any:
    """Return the number of the range that holds the value: 0 below the first edge, then upwards."""
    reached = [(column >= literal(edge, BigInteger()), literal(i)) for i, edge in _falling(edges)]
    return case(*reached, else_=literal(0))


def _falling(edges: Sequence[int]) -> list[tuple[int, int]]:
    return list(reversed(list(enumerate(edges, start=1))))


def banded(rows: Subquery, column: str, edges: Sequence[int]) -> Rows:
    """One row per range: band, customers, value; `rows` carry the column, customers and value."""
    r = rows.c
    found = select(band_of(r[column], edges).label("band"), r.customers, r.value)
    p = union_all(found, *_empty(len(edges) + 1)).subquery("bands").c
    return (
        select(
            p.band,
            sum_int(p.customers).label("customers"),
            sum_cents(p.value).label("value"),
        )
        .group_by(p.band)
        .order_by(p.band)
    )


def _empty(count: int) -> list[Rows]:
    """Return a row of nothing per range, so that a range without customers is a range with 0."""
    zero = (literal(0, Integer()).label("customers"), literal(0, Cents()).label("value"))
    return [select(literal(i, Integer()).label("band"), *zero) for i in range(count)]

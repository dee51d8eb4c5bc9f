"""How scores, tiers and shares are told in SQL: one spelling for the refresh and for questions."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Text, and_, case, cast, func, literal

from data.domain.dimension import ASSET_LINES
from data.warehouse.dialects import bits_and, int_div

#: Points in hundredths: the full scale, the value of a dimension without data, and one point.
FULL = 10_000
NEUTRAL = FULL // 2
POINT = 100


def mid_rank(up_to: Any, own: Any, known: Any) -> ColumnElement[int]:
    """Return the percentile mid-rank, 0–10000: (those below + half of those equal) / all.

    `up_to` counts those not above, `own` those equal, `known` all.
    """
    return int_div((up_to * 2 - own) * literal(FULL), known * 2)


def share_of(money: Any, part: Any) -> ColumnElement[int]:
    """Return so many ten-thousandths of money, cut to the ten-thousandth of its unit.

    In two parts, because the product of a large sum would not fit 64 bits.
    """
    full = literal(FULL, Integer())
    whole = int_div(money, full)
    return whole * part + int_div((money - whole * full) * part, full)


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


def asset_line(*, before: Any, after: Any, moved: Any) -> ColumnElement[int]:
    """Return the place in ASSET_LINES of the one line in which a customer stands.

    `before` and `after` say whether the customer is churned at the two month ends, blank where
    there was no such customer; `moved` is the change of the value less the revaluation. A number,
    because a million texts are slow to compare: `line_name` gives the word.
    """
    is_new = and_(before.is_(None), after.is_not(None))
    found = (
        (and_(is_new, after), "passed"),
        (is_new, "acquired"),
        (after.is_(None), "restated"),
        (and_(before, after), "unchanged"),
        (before, "reactivated"),
        (after, "depreciation"),
        (moved > literal(0, Integer()), "expansion"),
        (moved < literal(0, Integer()), "contraction"),
    )
    return case(*((rule, _place(line)) for rule, line in found), else_=_place("unchanged"))


def _place(line: str) -> ColumnElement[int]:
    return literal(ASSET_LINES.index(line), Integer())


def line_name(place: Any) -> ColumnElement[str]:
    """Return a line's name from its place."""
    return cast(case(*((place == _place(line), line) for line in ASSET_LINES)), Text)


def is_on_line(place: Any, line: str) -> ColumnElement[bool]:
    """Return whether a place is that of a line."""
    return place == _place(line)


def is_quiet(customer: Any, ordered: dict[str, int]) -> ColumnElement[bool]:
    """Whether somebody without a contract ordered in none of the months.

    `ordered` holds the bits of the months by column (`activity_bits`).
    """
    none = literal(0, BigInteger())
    quiet = (
        bits_and(func.coalesce(customer[name], none), literal(mask, BigInteger())) == none
        for name, mask in ordered.items()
    )
    return and_(customer.covered_until.is_(None), *quiet)

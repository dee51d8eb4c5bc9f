"""What the columns of the marts are made of: dimensions, facts of days, and their types."""

from typing import Any

from sqlalchemy import Column, Integer

from data.warehouse.dialects import Cents, Coded

#: Dimensions of the month cube: an ENUM for output and a one-hot integer for filters.
CUBE_DIMENSIONS = ("team", "region", "industry", "kind", "source", "tier", "lifecycle")
#: Dimensions with too many values for the cube; filtered by IN on the code.
WIDE_DIMENSIONS = ("rep", "city")
#: Those that do not move with time, in which cohorts are cut.
FIXED_DIMENSIONS = CUBE_DIMENSIONS[:5]
#: Those by which the gaps between orders are counted: rights and the proposal per tier.
GAP_DIMENSIONS = ("team", "tier")
MAX_STAGES = 10


def bits(name: str) -> str:
    """Return the name of the one-hot column beside a coded column."""
    return f"{name}_bit"


def coded(*names: str) -> list[Column[Any]]:
    """Return the coded columns of the dimensions with their one-hot columns."""
    return [c for n in names for c in (Column(n, Coded(n)), Column(bits(n), Integer))]


def wide() -> list[Column[Any]]:
    """Return the coded columns of the dimensions that the cube leaves out."""
    return [Column(n, Coded(n)) for n in WIDE_DIMENSIONS]


def columns(type_: Any, *names: str) -> list[Column[Any]]:
    """Return columns of one type."""
    return [Column(name, type_) for name in names]


#: Facts of an order day: counts and money that add up over customers and days.
ORDER_FACTS = ("orders", "gross", "net", "margin", "cost", "discount")
#: Facts of all other days with contact, money or engagement.
TOUCH_FACTS = (
    "collected",
    "due",
    "invoiced",
    "follow_ups",
    "minutes",
    "complaints",
    "tickets",
    "engagements",
    "visits",
    "shares",
    "redemptions",
    "promoters",
    "detractors",
    "nps_answers",
    "csat_points",
    "csat_answers",
    "service_cost",
)
MONEY_FACTS = frozenset(
    {"gross", "net", "margin", "cost", "discount", "collected", "due", "invoiced", "service_cost"}
)
#: Which growth state a customer has in a month: each 0 or 1, so that they add up.
MONTH_STATES = ("is_active", "is_new", "is_retained", "is_resumed", "is_lapsed")


def fact_columns(*names: str) -> list[Column[Any]]:
    """Return the columns of facts with their types."""
    return [Column(n, Cents if n in MONEY_FACTS else Integer) for n in names]

"""The record that every number is described by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Unit = Literal["money", "count", "rate", "per_year", "days", "score", "times", "number"]
Kind = Literal["sum", "count", "distinct", "ratio", "median", "model"]
Better = Literal["up", "down", "neither"]


@dataclass(frozen=True)
class Metric:
    """One number: what it means, how it is computed and how it is read.

    A base metric has an `expr` over the rows of its `family` (see `queries.measure`). A composed
    one names the keys of its `parts` and how they `compose`; both give blank on an empty base.
    """

    key: str
    label: str
    definition: str
    formula: str
    unit: Unit
    kind: Kind
    family: str = ""
    better: Better = "up"
    owner: str = "Sales operations"
    grain: str = "customer"
    expr: Callable[[Any], Any] | None = None
    #: Facts (columns of the marts) that `expr` reads.
    reads: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    compose: Callable[..., Any] | None = None
    #: False: known as of today only, so that no period or comparison applies.
    has_period: bool = True
    #: Without a period, yet kept of every closed month end: a card compares it with one.
    at_ends: bool = False
    #: Why it is blank on every page until something exists; empty: it is not.
    pending: str = ""

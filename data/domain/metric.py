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

    `family` names the relation that carries it (see `queries.kpis`); a ratio names the keys of
    its numerator and denominator instead of an `expr`.
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
    numerator: str | None = None
    denominator: str | None = None

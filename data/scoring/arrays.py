"""Types of the arrays that scoring takes and gives, and the time units it shares."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from data.domain.period import MONTH_DAYS

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

MONTH = MONTH_DAYS


def floats(values: npt.ArrayLike) -> Floats:
    """Return values as an array of floats."""
    return np.asarray(values, dtype=np.float64)


def weights(n: npt.ArrayLike | None, size: int) -> Floats:
    """Return how many customers each row stands for: one, where nothing is said."""
    return np.ones(size) if n is None else floats(n)


def monthly_rate(annual: float) -> float:
    """Return the monthly discount rate that compounds to an annual one."""
    return (1.0 + annual) ** (1 / 12) - 1.0


def discounts(annual: float, months: int) -> Floats:
    """Return what one unit at the end of month 1, 2, … is worth today."""
    return (1.0 + monthly_rate(annual)) ** -np.arange(1.0, months + 1)

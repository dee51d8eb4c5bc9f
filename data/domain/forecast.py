"""What the next months may bring: the months a year before and their growth, put to the test.

Seasonal naive method with growth, and intervals from its own past errors: Hyndman & Athanasopoulos,
Forecasting: Principles and Practice, 3rd edition, sections 5.2 and 5.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

YEAR = 12
#: Months of history without which nothing is said; growth needs a second year.
LEAST = YEAR
#: Months ahead that are foretold.
AHEAD = 6
#: Past errors without which no band is drawn.
FEWEST_ERRORS = 6
#: The band holds eight of ten past errors.
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Expected:
    """What one month ahead may bring, with its band (blank where too little was tested)."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Tested:
    """How far past forecasts were off: mean size and mean of the errors, and how many there were.

    `plain` is the mean size where the same month a year before is taken as it was.
    """

    count: int
    error: float | None
    bias: float | None
    plain: float | None

    @property
    def is_beaten(self) -> bool:
        """Whether the plain month a year before was nearer."""
        return self.plain is not None and self.error is not None and self.plain < self.error


@dataclass(frozen=True)
class Forecast:
    """The months ahead, nearest first, and the test of the method."""

    months: tuple[Expected, ...]
    tested: Tested


def growth(series: Sequence[float]) -> float:
    """Return the last twelve months over the twelve before; 1 where those are not known."""
    before = sum(series[-2 * YEAR : -YEAR])
    return sum(series[-YEAR:]) / before if len(series) >= 2 * YEAR and before > 0 else 1.0


def forecast(series: Sequence[float], ahead: int = AHEAD) -> Forecast | None:
    """Return the months after a series of whole months; None where it is shorter than a year."""
    if len(series) < LEAST:
        return None
    errors, plain = _errors(series, ahead)
    tested = Tested(len(errors), _size(errors), _mean(errors), _size(plain))
    has_band = len(errors) >= FEWEST_ERRORS
    low, high = (quantile(errors, share) if has_band else None for share in (LOW, HIGH))
    months = [
        Expected(value, _moved(value, low), _moved(value, high)) for value in _ahead(series, ahead)
    ]
    return Forecast(tuple(months), tested)


def _ahead(series: Sequence[float], ahead: int) -> list[float]:
    rise = growth(series)
    return [series[len(series) - YEAR + step % YEAR] * rise for step in range(ahead)]


def _errors(series: Sequence[float], ahead: int) -> tuple[list[float], list[float]]:
    """Return (actual − foretold) / foretold of every month that could be tested, and untouched."""
    errors: list[float] = []
    plain: list[float] = []
    for origin in range(2 * YEAR, len(series)):
        known = series[:origin]
        for step, value in enumerate(_ahead(known, min(ahead, len(series) - origin))):
            actual, same = series[origin + step], known[origin - YEAR + step]
            if value > 0 and same > 0:
                errors.append((actual - value) / value)
                plain.append((actual - same) / same)
    return errors, plain


def _moved(value: float, error: float | None) -> float | None:
    return None if error is None else value * (1 + error)


def _mean(errors: Sequence[float]) -> float | None:
    return sum(errors) / len(errors) if errors else None


def _size(errors: Sequence[float]) -> float | None:
    return _mean([abs(error) for error in errors])


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies, in proportion between two."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low, high = floor(place), ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)

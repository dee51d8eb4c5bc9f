"""Days as whole months of 30.4375 days, counted in integers so that every engine agrees."""

from typing import Any

from sqlalchemy import ColumnElement, literal

from data.domain.period import MONTH_DAYS
from data.warehouse.dialects import TEN_THOUSANDTHS, int_div

#: A month in ten-thousandths of a day.
_MONTH = round(MONTH_DAYS * TEN_THOUSANDTHS)


def months_begun(days: Any) -> ColumnElement[int]:
    """Return how many months the days touch: those over are rounded up."""
    return _months(days, _MONTH - 1)


def months_over(days: Any) -> ColumnElement[int]:
    """Return how many whole months have passed in the days."""
    return _months(days, 0)


def months_near(days: Any) -> ColumnElement[int]:
    """Return the number of months that comes nearest to the days."""
    return _months(days, _MONTH // 2)


def _months(days: Any, more: int) -> ColumnElement[int]:
    return int_div(days * literal(TEN_THOUSANDTHS) + literal(more), literal(_MONTH))

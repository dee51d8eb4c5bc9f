"""How metrics are composed of others; every division is blank on an empty base."""

from typing import Any

from sqlalchemy import Double, cast, func, type_coerce

from data.warehouse.dialects import Cents


def ratio(top: Any, bottom: Any) -> Any:
    """Return top / bottom as a real number, blank where the bottom is 0 or blank."""
    return cast(top, Double) / func.nullif(cast(bottom, Double), 0)


def money_ratio(top: Any, bottom: Any) -> Any:
    """Return money per unit."""
    return type_coerce(ratio(top, bottom), Cents())


def complement(top: Any, bottom: Any) -> Any:
    """Return 1 − top / bottom."""
    return 1.0 - ratio(top, bottom)


def per_hundred(top: Any, bottom: Any) -> Any:
    """Return top per hundred of bottom."""
    return 100.0 * ratio(top, bottom)

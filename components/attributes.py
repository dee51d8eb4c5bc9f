"""Attributes with a dash in their name, as Dash's components take them."""

from typing import Any


def attributes(**values: str) -> dict[str, Any]:
    """Return data_rows="x" as {"data-rows": "x"}, to be spread into a component."""
    return {name.replace("_", "-"): value for name, value in values.items()}

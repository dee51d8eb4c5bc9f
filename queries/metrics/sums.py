"""How base metrics add up a column of their family's rows."""

from typing import Any

from data.warehouse.dialects import sum_cents, sum_int


def fact(name: str, *, money: bool = False) -> dict[str, Any]:
    """Return how a metric sums an additive fact."""
    total = sum_cents if money else sum_int

    def expr(c: Any) -> Any:
        return total(c[name])

    return {"family": "facts", "reads": (name,), "expr": expr}


def count_of(family: str, column: str) -> dict[str, Any]:
    """Return how a metric sums a 0-or-1 column of a family."""
    return {**fact(column), "family": family}

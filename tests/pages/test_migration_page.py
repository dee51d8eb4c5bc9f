"""The tier migration page where nobody held a tier at the first month end."""

from collections.abc import Callable

from tests.pages.visitor import Visitor

Visit = Callable[..., Visitor]
MOVES = (
    "..migration-form.children...migration-say.children...migration-matrix.figure"
    "...migration-streams.figure...migration-money.figure.."
)


def test_customers_who_are_all_new_rose_and_fell_nowhere(visit: Visit) -> None:
    visitor = visit()
    newest = visitor.filters("?cohort=2026-05")
    answer = visitor.fire(MOVES, {"filters.data": newest})
    assert "0 customers rose and 0 fell" in answer.words
    assert "could not be drawn" not in answer.words

"""The registry of questions: what each panel asks, the rows behind it, and its metrics."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import Rows

Query: TypeAlias = Callable[[Filters, Scope], Rows]


@dataclass(frozen=True)
class Question:
    """One question of a page: `query` answers it, `members` are the rows behind the answer."""

    name: str
    title: str
    query: Query
    members: Query
    metrics: tuple[str, ...]
    #: Contract tables without which the answer would be an empty promise; any one suffices.
    needs: tuple[str, ...] = ("orders", "contract")


__all__ = ["QUESTIONS", "Query", "Question", "Rows", "asks", "reads_approvals"]

QUESTIONS: dict[str, Question] = {}


def asks(
    title: str, *, members: Query, metrics: tuple[str, ...], needs: tuple[str, ...] = ("orders",)
) -> Callable[[Query], Query]:
    """Register the decorated query as a question under its own name."""

    def register(query: Query) -> Query:
        name: str = query.__name__  # type: ignore[attr-defined]
        QUESTIONS[name] = Question(name, title, query, members, metrics, needs)
        return query

    return register


def reads_approvals(query: Query) -> Query:
    """Say that a query reads decisions on quotes: it is handed them, and they are in its key."""
    query.reads_approvals = True  # type: ignore[attr-defined]
    return query

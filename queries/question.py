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
    #: Why it cannot be answered for somebody who stands at a closed month end; empty: it can.
    today_only: str = ""


__all__ = ["QUESTIONS", "TODAY_ONLY", "Query", "Question", "Rows", "asks", "reads"]

QUESTIONS: dict[str, Question] = {}
#: Why a question is of today only: what it rests on is not kept of a month end.
TODAY_ONLY = ("model", "check", "parts", "waiting", "done_here", "handed_on")


def asks(
    title: str,
    *,
    members: Query,
    metrics: tuple[str, ...],
    needs: tuple[str, ...] = ("orders",),
    today_only: str = "",
) -> Callable[[Query], Query]:
    """Register the decorated query as a question under its own name.

    It can be asked as of any closed month end, which a test does, unless `today_only` names which
    of the reasons speaks against it.
    """
    if today_only not in ("", *TODAY_ONLY):
        raise ValueError(f"{title} is of today only because of {today_only!r}: no known reason.")

    def register(query: Query) -> Query:
        name: str = query.__name__  # type: ignore[attr-defined]
        QUESTIONS[name] = Question(name, title, query, members, metrics, needs, today_only)
        return query

    return register


def reads(name: str) -> Callable[[Query], Query]:
    """Say what a query reads of the state database, by the field of the filters that holds it.

    It is handed that when it is asked, and that is in its key.
    """

    def mark(query: Query) -> Query:
        query.reads = name  # type: ignore[attr-defined]
        return query

    return mark

"""run(query, filters): the only call a page makes to get rows, through scope and cache."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Integer, func, select

from data import settings
from data.access.reader import Reader, scope_of
from data.domain.filters import Filters
from data.domain.period import Calendar
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, Rows, sum_cents, sum_int
from data.warehouse.engine import WarehouseError
from data.warehouse.fetch import Fetcher, Question
from queries.known import why_today_only
from queries.question import Query

_FETCHER: ContextVar[Fetcher | None] = ContextVar("fetcher", default=None)
_READER: ContextVar[Reader | None] = ContextVar("reader", default=None)
_process: dict[str, Fetcher] = {}

#: Rows that a list shows at once; an export has no limit.
PAGE_ROWS = 1_000


#: Of whom and when is asked where only the columns of an answer matter.
NOBODY = Scope("", "")
ANY_DAYS = Calendar(date(2020, 1, 1), date(2024, 12, 31))

#: What the state database knows beside the warehouse, by the field of the filters that holds it.
_overlay: dict[str, Callable[[Filters], Any]] = {}


class NoReaderError(Exception):
    """A question was asked without a reader: nobody sees nothing."""


def connect(fetcher: Fetcher) -> None:
    """Let this process ask one warehouse."""
    _process["fetcher"] = fetcher


def fetcher() -> Fetcher:
    """Return what fetches rows here: the context's, else the process's."""
    found = _FETCHER.get() or _process.get("fetcher")
    if found is None:
        raise NoReaderError("No warehouse is connected. Call `connect` first.")
    return found


def overlaid_by(**sources: Callable[[Filters], Any]) -> None:
    """Let questions that read one of these be handed what its source knows."""
    _overlay.update(sources)


@contextmanager
def reading(reader: Reader, *, through: Fetcher | None = None) -> Generator[None]:
    """Ask as a reader inside the block."""
    token = _READER.set(reader)
    other = _FETCHER.set(through) if through else None
    try:
        yield
    finally:
        _READER.reset(token)
        if other:
            _FETCHER.reset(other)


def read_as(reader: Reader | None) -> None:
    """Let everything that follows in this request be asked as a reader, or as nobody."""
    _READER.set(reader)


def reader_now() -> Reader:
    """Return who is reading."""
    reader = _READER.get()
    if reader is None:
        raise NoReaderError("Nobody is reading, so nothing is shown.")
    return reader


def scope_now(version: int | None = None) -> Scope:
    """Return the scope of the reader who asks, resolved on the server for a version."""
    return scope_of(reader_now(), fetcher().info(version))


def run(query: Query, filters: Filters) -> pd.DataFrame:
    """Return the rows of a query for the reader who asks, through the cache."""
    return fetcher().rows(_question(query, filters))


def run_uncached(query: Query, filters: Filters) -> pd.DataFrame:
    """Return the same rows straight from the engine: for checks of the cache."""
    return fetcher().uncached(_question(query, filters))


def answered_at(query: Query, filters: Filters) -> datetime | None:
    """Return when the answer in the cache was computed; None where there is none."""
    return fetcher().answered_at(_question(query, filters))


def run_page(query: Query, filters: Filters, *, limit: int | None = PAGE_ROWS) -> pd.DataFrame:
    """Return the first rows of a list, or all of them for an export."""
    require_known(query, filters)
    name = f"{name_of(query)}:{limit}"
    scope = scope_now(filters.version)
    filters = _overlaid(query, filters)

    def build() -> Rows:
        return query(filters, scope).limit(limit)

    asked = _asked(name, filters, scope, build)
    if limit is None:
        asked = replace(asked, seconds=settings.number("EXPORT_SECONDS"))
    return fetcher().rows(asked)


def count_and_sums(query: Query, filters: Filters) -> dict[str, Any]:
    """Return how many rows a list has, and the sum of each of its money and count columns."""
    require_known(query, filters)
    scope = scope_now(filters.version)
    filters = _overlaid(query, filters)
    rows = query(filters, scope).order_by(None).subquery("listed")
    sums = [_sum(c).label(c.name) for c in rows.columns if _adds_up(c)]

    def build() -> Rows:
        return select(func.count().label("rows"), *sums).select_from(rows)

    answer = fetcher().rows(_asked(f"{name_of(query)}:sums", filters, scope, build))
    return dict(answer.iloc[0])


def _adds_up(column: Any) -> bool:
    return isinstance(column.type, Cents | Integer) and column.name != "customer_no"


def _sum(column: Any) -> Any:
    return (sum_cents if isinstance(column.type, Cents) else sum_int)(column)


def names_customers(query: Query) -> bool:
    """Whether the rows of a list say which customers they are of: by its columns, without data."""
    return (
        "customer_id" in query(Filters.from_query({}, ANY_DAYS, version=0), NOBODY).selected_columns
    )


def sql_of(query: Query, filters: Filters) -> str:
    """Return the statement behind a figure as the engine is asked."""
    return fetcher().sql(_question(query, filters))


def name_of(query: Query) -> str:
    """Return the name under which a query is known and cached."""
    return f"{query.__module__}.{getattr(query, 'key', query.__name__)}"  # type: ignore[attr-defined]


class NotKnownThenError(WarehouseError):
    """The question rests on what is not kept of a past month end; `reason` says on what."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


def require_known(query: Query, filters: Filters) -> None:
    """Raise where a reader looks back to a month end and the question cannot be asked of it."""
    if not filters.calendar.is_past:
        return
    why = why_today_only(query, filters)
    if why is not None:
        raise NotKnownThenError(
            f"{name_of(query)} cannot be asked of {filters.calendar.as_of}.", why
        )


def _overlaid(query: Query, filters: Filters) -> Filters:
    """Return the filters with what the query says that it reads beside the warehouse, read once."""
    name = getattr(query, "reads", "")
    source = _overlay.get(name)
    if source is None or filters.knows(name):
        return filters
    return filters.knowing(**{name: source(filters)})


def _question(query: Query, filters: Filters) -> Question:
    require_known(query, filters)
    scope = scope_now(filters.version)
    filters = _overlaid(query, filters)
    return _asked(name_of(query), filters, scope, lambda: query(filters, scope))


def _asked(name: str, filters: Filters, scope: Scope, build: Any) -> Question:
    depends_on = {"filters": filters.canonical(), "scope": scope.canonical()}
    return Question(name, filters.version, depends_on, build, scope)

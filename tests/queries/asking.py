"""Every registered question, readers, and filters to ask with: fixed ones and random ones."""

import importlib
import pkgutil
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd

import queries
from data.access.demo_readers import demo_reader
from data.access.reader import scope_of
from data.domain.filters import Filters
from data.domain.period import Period
from data.domain.scope import Scope
from data.warehouse.fetch import Fetcher, Question
from data.warehouse.info import VersionInfo
from queries import run
from queries.question import QUESTIONS, Query, Rows
from queries.question import Question as Registered
from tests.conftest import ADMIN, Demo

#: Dimensions that narrow customers, so that a total may be compared with its parts.
CUSTOMER_DIMENSIONS = ("team", "rep", "region", "city", "industry", "kind", "source")
ANY_DIMENSIONS = (*CUSTOMER_DIMENSIONS, "tier", "lifecycle", "cohort")
THRESHOLDS = (45, 60, 90, 120, 365)


def all_questions() -> dict[str, Registered]:
    """Return the registry after every module of the package was imported."""
    for module in pkgutil.iter_modules(queries.__path__):
        importlib.import_module(f"queries.{module.name}")
    return dict(sorted(QUESTIONS.items()))


def ask(demo: Demo, query: Query, filters: Filters, scope: Scope) -> pd.DataFrame:
    """Return a query's rows for a reader, straight from the engine."""
    return fetch(demo.fetcher, lambda: query(filters, scope), filters.version, scope)


@contextmanager
def overlaid(name: str, first: Any) -> Iterator[list[Any]]:
    """Hand questions that read `name` the newest of a list, as a server does."""
    newest, before = [first], dict(run._overlay)
    run.overlaid_by(**{name: lambda _filters: newest[-1]})
    try:
        yield newest
    finally:
        run._overlay.clear()
        run._overlay.update(before)


def fetch(
    fetcher: Fetcher, build: Callable[[], Rows], version: int, scope: Scope = ADMIN
) -> pd.DataFrame:
    """Return the rows of a statement for a reader, straight from the engine."""
    return fetcher.uncached(Question("test", version, {}, build, scope))


def one(rows: pd.DataFrame, column: str) -> Any:
    """Return the only row's cell; None where it is blank or there is no row."""
    if rows.empty or pd.isna(rows[column].iloc[0]):
        return None
    assert len(rows) == 1
    return rows[column].iloc[0]


def readers(info: VersionInfo) -> dict[str, Scope]:
    """Return the scopes of a reader of everything, a lead and a representative."""
    return {user: scope_of(demo_reader(user, info), info) for user in ("admin", "lead", "rep")}


def random_period(dice: random.Random, filters: Filters) -> Filters:
    """Return the filters over a preset or over any days of the history, with any threshold."""
    calendar = filters.calendar
    filters = replace(filters, threshold=dice.choice(THRESHOLDS))
    if dice.random() < 0.5:
        name = dice.choice(("ytd", "month", "last_month", "quarter", "last_3", "last_12", "all"))
        return replace(filters, preset=name, period=calendar.preset(name))
    days = (calendar.as_of - calendar.first_on).days
    first, last = sorted(dice.sample(range(days + 1), 2))
    start = calendar.first_on
    span = Period(start + timedelta(days=first), start + timedelta(days=last + 1))
    return replace(filters, preset="custom", period=span)


def random_filters(
    dice: random.Random, demo: Demo, *, dimensions: tuple[str, ...] = ANY_DIMENSIONS
) -> Filters:
    """Return filters with a random period and up to three random choices."""
    filters = random_period(dice, demo.filters())
    known = dict(demo.fetcher.info().dictionary.values)
    known["cohort"] = tuple(
        f"{month.since:%Y-%m}" for month in filters.calendar.preset("all").months()
    )
    for name in dice.sample(dimensions, dice.randrange(min(4, len(dimensions) + 1))):
        values = list(known[name])
        filters = filters.choosing(name, *dice.sample(values, min(len(values), dice.randint(1, 4))))
    return filters

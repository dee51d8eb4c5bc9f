"""The rows behind every metric give its figure again, whatever is asked for."""

import math
import random
from collections.abc import Iterator
from functools import partial
from itertools import cycle
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Double, literal, select

from data.domain.filters import Filters
from data.domain.metric import Metric
from data.warehouse.dialects import TEN_THOUSANDTHS, Cents
from queries.known import is_known_metric
from queries.kpis import totals
from queries.members import metric_members
from queries.metrics import METRICS, base_of
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask, fetch, random_filters

FILTERS = 30
#: The share of them that look back to a month end of the last year.
LOOKED_BACK = 0.4
METRICS_EACH = 10
#: Errors of a sum, which are no sum of errors: tests/queries/test_official_value.py adds them up.
JOINT = {"asset_error"}
#: Families whose sums over nobody are blank, not zero: amounts held and not moved.
STOCKS = ("today", "new", "value_churn", "statement", "waiting", "books", "invoices")


def test_members_give_the_figure_again(dice: random.Random, duckdb_demo: Demo) -> None:
    for filters, keys in _asked(dice, duckdb_demo):
        figures = ask(duckdb_demo, partial(totals, keys=keys), filters, ADMIN).iloc[0]
        for key in keys:
            if filters.calendar.is_past and not is_known_metric(METRICS[key]):
                continue
            rows = ask(duckdb_demo, partial(metric_members, key=key), filters, ADMIN)
            where = (key, filters.to_search(), filters.threshold)
            assert rows.iloc[:, 0].is_unique, where
            for base in (b for b in base_of(key) if b.key not in JOINT):
                if rows.empty and figures[base.key] == 0:
                    continue  # A sum of nothing but zeros has no row: nobody takes part in it.
                assert again(base, rows[base.key]) == about(figures[base.key]), (*where, base.key)
            assert recomposed(duckdb_demo, filters, METRICS[key], figures) == about(figures[key]), (
                where
            )


def _asked(dice: random.Random, demo: Demo) -> Iterator[tuple[Filters, tuple[str, ...]]]:
    """Yield random filters, each with the next few metrics, so that every metric is met."""
    keys = list(METRICS)
    dice.shuffle(keys)
    turn = cycle(keys)
    for _ in range(FILTERS):
        filters = random_filters(dice, demo)
        if dice.random() < LOOKED_BACK:
            month = dice.choice(filters.calendar.closed_months[-12:])
            query = {**filters.to_query(), "as_of": f"{month:%Y-%m}"}
            filters = demo.filters(**query)
        yield filters, tuple(next(turn) for _ in range(METRICS_EACH))


def about(figure: Any) -> Any:
    """Return a figure to compare with; blank figures are met by None."""
    if figure is None or math.isnan(figure):
        return None
    return pytest.approx(float(figure), rel=1e-12, abs=1e-6)


def again(metric: Metric, column: pd.Series) -> float | None:
    """Return a base metric computed from its rows, by its kind."""
    found = pd.to_numeric(column).dropna().astype(float)
    if metric.kind == "median":
        return None if found.empty else float(found.median())
    if metric.kind == "model" and metric.unit != "money":
        return None if found.empty else float(found.mean())
    if metric.kind == "distinct":
        assert set(found) <= {0.0, 1.0}
    is_amount = metric.unit in ("money", "number")
    is_unknown = found.empty and is_amount and metric.family in STOCKS
    return None if is_unknown or metric.pending else math.fsum(found)


def recomposed(demo: Demo, filters: Filters, metric: Metric, figures: pd.Series) -> float | None:
    """Return a composed metric computed anew from the figures of its parts."""
    if metric.compose is None:
        found = figures[metric.key]
        return None if pd.isna(found) else float(found)
    parts = [_literal(METRICS[part], figures[part]) for part in metric.parts]
    value = metric.compose(*parts).label("value")
    rows = fetch(demo.fetcher, lambda: select(value), filters.version)
    found = rows["value"].iloc[0]
    return None if pd.isna(found) else float(found)


def _literal(metric: Metric, figure: Any) -> Any:
    figure = None if pd.isna(figure) else float(figure)
    if metric.unit == "money":
        return literal(None if figure is None else round(figure * TEN_THOUSANDTHS), Cents())
    return literal(figure, Double())

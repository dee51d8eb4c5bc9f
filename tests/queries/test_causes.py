"""What moved a key figure: its parts make the change of the figure itself, on every engine."""

from collections import defaultdict
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest
from sqlalchemy import func, select

from components.figures.values import records
from data.domain.choices import MOVABLE
from data.domain.contribution import Part, Side, contributions
from data.domain.filters import Filters
from data.warehouse.schema import target
from queries import visible
from queries.asset_statement import asset_at_ends
from queries.causes import AT_ENDS, FIXED, MOVING, can_be_taken_apart, what_moved
from queries.kpis import totals
from queries.metrics import METRICS
from queries.outlook import revenue_outlook
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask, fetch, readers

SEARCHES = ({}, {"period": "last_3", "compare": "previous"}, {"kind": "business"})


def change_of(demo: Demo, filters: Filters, key: str) -> float:
    """Return by how much a metric itself moved."""
    if key == AT_ENDS:
        rows = ask(demo, asset_at_ends, filters, ADMIN)
        return float(rows["value"].iloc[1] - rows["value"].iloc[0])
    assert filters.comparison
    now = ask(demo, partial(totals, keys=(key,)), filters, ADMIN)[key].iloc[0]
    other = replace(filters, period=filters.comparison)
    before = ask(demo, partial(totals, keys=(key,)), other, ADMIN)[key].iloc[0]
    return float(now - before)


@pytest.mark.parametrize("key", MOVABLE)
def test_the_parts_of_every_dimension_make_the_change(key: str, any_demo: Demo) -> None:
    for query in SEARCHES:
        filters = any_demo.filters(moved=key, **query)
        groups: dict[str, list[Part]] = defaultdict(list)
        for row in records(ask(any_demo, what_moved, filters, ADMIN)):
            groups[row["dimension"]].append(
                Part(
                    row["key"],
                    Side(row["top"] or 0.0, row["bottom"] or 0.0),
                    Side(row["top_before"] or 0.0, row["bottom_before"] or 0.0),
                )
            )
        assert set(groups) == set(MOVING if key == AT_ENDS else FIXED)
        whole = change_of(any_demo, filters, key)
        is_ratio = METRICS[key].kind == "ratio"
        for dimension, parts in groups.items():
            if key == "lead_to_won":
                # Its comparison is read as many days after its start: it is not a period alone.
                continue
            moved = sum(c.moved for c in contributions(parts, is_ratio=is_ratio))
            assert moved == pytest.approx(whole, abs=1e-3), (key, dimension, query)


def test_what_does_not_add_up_is_not_taken_apart() -> None:
    assert all(can_be_taken_apart(METRICS[key]) for key in MOVABLE)
    for key in ("aov", "cycle_days", "velocity", "nps", "asset_error", "asset_closing"):
        assert not can_be_taken_apart(METRICS[key]), key


def test_revenue_and_targets_are_those_of_the_company(any_demo: Demo) -> None:
    filters = any_demo.filters()
    rows = ask(any_demo, revenue_outlook, filters, ADMIN)
    whole = any_demo.filters(period="all")
    revenue = ask(any_demo, partial(totals, keys=("revenue",)), whole, ADMIN)["revenue"].iloc[0]
    assert rows["value"].sum() == pytest.approx(revenue, abs=1e-3)
    last = pd.to_datetime(rows["month"]).max().date()
    stmt = select(func.sum(target.c.value).label("value")).where(
        target.c.metric == "sales", target.c.month <= visible.day(last)
    )
    known = fetch(any_demo.fetcher, lambda: stmt, filters.version)["value"].iloc[0]
    assert rows["target"].sum() == pytest.approx(float(known))
    assert rows["month"].is_unique


def test_targets_are_those_of_the_readers_own_and_of_no_other_cut(duckdb_demo: Demo) -> None:
    scopes = readers(duckdb_demo.fetcher.info())
    filters = duckdb_demo.filters()
    sums = {
        u: ask(duckdb_demo, revenue_outlook, filters, s)["target"].sum() for u, s in scopes.items()
    }
    assert 0 < sums["rep"] < sums["lead"] < sums["admin"]
    cut = ask(duckdb_demo, revenue_outlook, duckdb_demo.filters(kind="business"), scopes["admin"])
    assert cut["target"].isna().all()

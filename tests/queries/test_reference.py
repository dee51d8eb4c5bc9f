"""Every metric equals its hand-written reference SQL over the contract tables."""

import math
import random
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.marts import MARTS
from queries.kpis import totals
from queries.metrics import METRICS
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask, random_filters, readers
from tests.queries.references import KEYS, MODELLED, Referee, reference

#: How far a figure may lie from its reference, by unit; counts are exact.
WITHIN = {"money": 0.0001, "rate": 1e-12, "count": 0.0}

PERIODS = ("ytd", "last_month", "2024-02-11..2025-03-20", "all", "last_year")
CHOSEN: tuple[Mapping[str, str], ...] = (
    {"region": "East Coast 东部沿海,Northeast 东北"},
    {"industry": "Retail 零售,Manufacturing 制造", "source": "website,referral"},
    {"tier": "high,potential"},
    {"tier": "dormant", "period": "last_year"},
    {"cohort": "2024-03,2025-01"},
    {"kind": "person", "period": "last_month", "threshold": "60"},
)


def test_every_metric_has_a_reference_and_every_reference_a_metric() -> None:
    assert sorted(set(METRICS) - MODELLED) == list(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_reference_reads_contract_tables_only(key: str) -> None:
    words = set(re.findall(r"\w+", reference(key)))
    assert not words & set(MARTS.tables)


def assert_equal_to_references(
    demo: Demo, filters: Filters, scope: Scope = ADMIN, *, keys: tuple[str, ...] = KEYS
) -> None:
    """Compare the metrics over the filters with their references."""
    rows = ask(demo, partial(totals, keys=keys), filters, scope)
    assert len(rows) == 1
    with Referee(demo, filters, scope) as referee:
        expected = {key: referee.value(key) for key in keys}
    found = {key: rows[key].iloc[0] for key in keys}
    wrong = {
        key: f"{found[key]} and by reference {expected[key]}"
        for key in keys
        if not equal(found[key], expected[key], WITHIN.get(METRICS[key].unit, 1e-9))
    }
    assert wrong == {}, (filters.to_search(), filters.threshold, scope.user)


def equal(found: Any, expected: Any, within: float) -> bool:
    """Whether two cells agree; blank only equals blank."""
    if is_blank(found) or is_blank(expected):
        return is_blank(found) and is_blank(expected)
    if isinstance(expected, Decimal):
        return abs(Decimal(repr(float(found))) - expected) < Decimal("0.00005")
    gap = abs(float(found) - float(expected))
    return gap <= within or math.isclose(found, expected, rel_tol=1e-12)


def is_blank(cell: Any) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


@pytest.mark.parametrize("threshold", [90, 45, 120])
@pytest.mark.parametrize("period", PERIODS)
def test_the_company(period: str, threshold: int, duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters(period=period, threshold=str(threshold))
    assert_equal_to_references(duckdb_demo, filters)


@pytest.mark.parametrize("query", CHOSEN, ids=lambda q: "&".join(q))
def test_chosen_customers(query: Mapping[str, str], duckdb_demo: Demo) -> None:
    assert_equal_to_references(duckdb_demo, duckdb_demo.filters(**query))


@pytest.mark.parametrize("user", ["lead", "rep"])
def test_narrow_readers(user: str, duckdb_demo: Demo) -> None:
    scope = readers(duckdb_demo.fetcher.info())[user]
    assert_equal_to_references(duckdb_demo, duckdb_demo.filters(), scope)


def test_a_team_with_its_teams_below(duckdb_demo: Demo) -> None:
    info = duckdb_demo.fetcher.info()
    for team in sorted(info.dictionary.subtree, key=lambda t: -len(info.dictionary.subtree[t]))[:3]:
        assert_equal_to_references(duckdb_demo, duckdb_demo.filters().choosing("team", team))


def test_random_choices(dice: random.Random, duckdb_demo: Demo) -> None:
    for _ in range(5):
        assert_equal_to_references(duckdb_demo, random_filters(dice, duckdb_demo))

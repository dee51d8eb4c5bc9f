"""A period of the reader's own ends at the as-of day: nothing is known of the days after it."""

from functools import partial

import pytest

from data.domain.filters import parse
from queries.kpis import totals
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask
from tests.queries.test_reference import assert_equal_to_references

KEYS = ("churned_customers", "churn_rate", "point_churn", "alive_at_end", "revenue")


def test_nobody_is_judged_at_a_day_to_come(duckdb_demo: Demo) -> None:
    as_of = duckdb_demo.fetcher.info().calendar.as_of
    rows = [
        ask(duckdb_demo, partial(totals, keys=KEYS), duckdb_demo.filters(period=period), ADMIN)
        for period in ("2026-01-01..2027-12-31", f"2026-01-01..{as_of}")
    ]
    assert rows[0].equals(rows[1])


def test_the_comparison_is_of_as_many_days(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters(period="2026-06-01..2026-06-30")
    assert filters.period.last_day == filters.calendar.as_of
    assert filters.comparison
    assert filters.comparison.last_day == filters.calendar.as_of.replace(year=2025)
    assert_equal_to_references(duckdb_demo, filters, keys=KEYS)


@pytest.mark.parametrize("period", ["2026-07-01..2026-07-31", "2031-01-01..2031-01-01"])
def test_a_period_of_days_to_come_is_named_as_dropped(period: str, duckdb_demo: Demo) -> None:
    calendar = duckdb_demo.fetcher.info().calendar
    filters, dropped = parse({"period": period}, calendar, version=1)
    assert filters.preset == "ytd"
    assert dropped == [f"period={period}"]

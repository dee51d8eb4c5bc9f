"""The undisturbed figures of the company are those of a real one that grows a little."""

import duckdb
import pytest

Connection = duckdb.DuckDBPyConnection


def number(connection: Connection, sql: str) -> float:
    row = connection.execute(sql).fetchone()
    assert row is not None and row[0] is not None
    return float(row[0])


@pytest.fixture(scope="module", params=["company", "undisturbed"])
def either(request: pytest.FixtureRequest) -> Connection:
    """The company with and without its stories."""
    connection: Connection = request.getfixturevalue(request.param)
    return connection


YEAR_SALES = """SELECT sum(amount) / 1e6 FROM orders
    WHERE ordered_on >= DATE '{0}-06-01' AND ordered_on < DATE '{1}-06-01'"""


def test_sales_grow_a_little(either: Connection) -> None:
    earlier, later = (number(either, YEAR_SALES.format(y, y + 1)) for y in (2024, 2025))
    assert 80 < earlier < 130
    assert 1.0 < later / earlier < 1.2


def test_active_customers_grow_a_little(either: Connection) -> None:
    active = """SELECT avg(n) FROM (SELECT count(DISTINCT customer_id) AS n FROM orders
        WHERE amount > 0 AND ordered_on >= DATE '{0}-06-01' AND ordered_on < DATE '{1}-06-01'
        GROUP BY date_trunc('month', ordered_on))"""
    earlier, later = (number(either, active.format(y, y + 1)) for y in (2024, 2025))
    assert 0.99 < later / earlier < 1.12


def test_point_churn(either: Connection) -> None:
    churn = number(
        either,
        """SELECT avg(CAST(last_on < DATE '2026-06-20' - 90 AS INTEGER)) FROM (
            SELECT max(ordered_on) AS last_on FROM orders WHERE amount > 0 GROUP BY customer_id)""",
    )
    assert 0.2 < churn < 0.45


def test_margin_rate(either: Connection) -> None:
    assert 0.27 < number(either, "SELECT sum(amount - cost) / sum(amount) FROM orders") < 0.34


def test_returns(either: Connection) -> None:
    share = number(either, "SELECT avg(CAST(amount < 0 AS INTEGER)) FROM orders")
    assert 0.025 < share < 0.035


def test_win_rate(either: Connection) -> None:
    won = number(
        either,
        "SELECT avg(CAST(status = 'won' AS INTEGER)) FROM opportunity WHERE status <> 'open'",
    )
    assert 0.25 < won < 0.35


def test_february_is_low_and_the_last_quarter_high(either: Connection) -> None:
    per_month = """SELECT avg(total) FROM (SELECT sum(amount) AS total FROM orders WHERE {}
        GROUP BY date_trunc('month', ordered_on))"""
    usual = number(either, per_month.format("ordered_on < DATE '2026-06-01'"))
    assert number(either, per_month.format("month(ordered_on) = 2")) < 0.85 * usual
    assert number(either, per_month.format("month(ordered_on) IN (11, 12)")) > 1.08 * usual


def test_targets_are_within_reach(either: Connection) -> None:
    attained = number(
        either,
        """SELECT sum(sold) / sum(value) FROM target JOIN (SELECT rep_id,
            date_trunc('month', ordered_on) AS month, sum(amount) AS sold FROM orders GROUP BY ALL)
            USING (rep_id, month)
        WHERE metric = 'sales' AND month >= DATE '2026-01-01' AND month < DATE '2026-06-01'""",
    )
    assert 0.9 < attained < 1.08


def test_collections_keep_up_with_sales(either: Connection) -> None:
    collected = number(
        either,
        """SELECT (SELECT sum(amount) FROM payment WHERE paid_on >= DATE '2025-06-01')
            / (SELECT sum(amount) FROM orders WHERE ordered_on >= DATE '2025-06-01')""",
    )
    assert 0.88 < collected < 1.02

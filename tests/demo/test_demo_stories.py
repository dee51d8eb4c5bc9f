"""The planted stories stand in the data, by plain SQL; the undisturbed company has none of them."""

from typing import Any

import duckdb
import pytest

from data.demo import demo_truth

Connection = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    """What was planted in the default company."""
    return demo_truth()


def number(connection: Connection, sql: str) -> float:
    row = connection.execute(sql).fetchone()
    assert row is not None and row[0] is not None
    return float(row[0])


MONTHLY_ACTIVITY = """SELECT {what} FROM engagement
    WHERE happened_on >= DATE '{since}' AND happened_on < DATE '{until}'"""


def activity_rise(connection: Connection, what: str) -> float:
    """March and April 2026 against December to February, per month."""
    base = number(
        connection, MONTHLY_ACTIVITY.format(what=what, since="2025-12-01", until="2026-03-01")
    )
    spring = number(
        connection, MONTHLY_ACTIVITY.format(what=what, since="2026-03-01", until="2026-05-01")
    )
    return (spring / 2) / (base / 3) - 1


VISITS = "sum(count) FILTER (WHERE kind = 'visit')"
REDEMPTIONS = "sum(count) FILTER (WHERE kind = 'redeem')"
ENGAGED = "count(DISTINCT (customer_id, date_trunc('month', happened_on)))"


@pytest.mark.parametrize("what", [VISITS, REDEMPTIONS, ENGAGED])
def test_spring_buys_activity(company: Connection, undisturbed: Connection, what: str) -> None:
    assert activity_rise(company, what) > 0.3
    assert activity_rise(undisturbed, what) < 0.15


SPRING_MARGIN = """SELECT sum(amount - cost) / sum(amount) FROM orders
    WHERE ordered_on >= DATE '{}' AND ordered_on < DATE '{}'"""


def test_spring_buys_no_profit(company: Connection) -> None:
    winter = number(company, SPRING_MARGIN.format("2025-12-01", "2026-03-01"))
    spring = number(company, SPRING_MARGIN.format("2026-03-01", "2026-05-01"))
    assert spring < winter - 0.005
    low, high = conversion_interval(company, "CMP-2026-SPRING", "2026-03-01", "2026-05-01")
    assert low < 0 < high


def test_spring_activity_comes_from_quiet_customers(company: Connection) -> None:
    share = number(
        company,
        """SELECT avg(CAST(last_on IS NULL OR last_on < DATE '2026-01-01' AS INTEGER))
        FROM campaign_member LEFT JOIN (SELECT customer_id, max(ordered_on) AS last_on FROM orders
            WHERE ordered_on < DATE '2026-03-01' GROUP BY 1) USING (customer_id)
        WHERE campaign_id = 'CMP-2026-SPRING' AND responded_on IS NOT NULL""",
    )
    assert share > 0.8


def reply_hours(connection: Connection, *, slow_team: bool, after: bool) -> float:
    return number(
        connection,
        f"""SELECT median(date_diff('second', opened_at, first_replied_at) / 3600)
        FROM ticket JOIN rep USING (rep_id)
        WHERE (team_id = 'TN2') = {slow_team}
            AND (opened_at >= TIMESTAMP '2026-03-01') = {after}""",
    )


def churned_share(connection: Connection, *, slow_team: bool, on: str) -> float:
    return number(
        connection,
        f"""SELECT avg(CAST(last_on < DATE '{on}' - 90 AS INTEGER)) FROM (
            SELECT customer_id, max(ordered_on) AS last_on FROM orders
            WHERE amount > 0 AND ordered_on <= DATE '{on}' GROUP BY 1)
        JOIN customer USING (customer_id) JOIN rep USING (rep_id)
        WHERE (team_id = 'TN2') = {slow_team}""",
    )


def test_slow_team_replies_twice_as_slowly(
    company: Connection, undisturbed: Connection, truth: dict[str, Any]
) -> None:
    assert truth["slow_team"]["team_id"] == "TN2"
    before = reply_hours(company, slow_team=True, after=False)
    assert 1.7 < reply_hours(company, slow_team=True, after=True) / before < 2.8
    others = reply_hours(company, slow_team=False, after=False)
    assert reply_hours(company, slow_team=False, after=True) < 1.2 * others
    calm = reply_hours(undisturbed, slow_team=True, after=False)
    assert reply_hours(undisturbed, slow_team=True, after=True) < 1.4 * calm


def test_churn_follows_the_slow_replies(company: Connection, undisturbed: Connection) -> None:
    def gap(connection: Connection, on: str) -> float:
        slow = churned_share(connection, slow_team=True, on=on)
        return slow - churned_share(connection, slow_team=False, on=on)

    assert abs(gap(company, "2026-02-28")) < 0.04
    assert gap(company, "2026-06-20") > 0.1
    assert abs(gap(undisturbed, "2026-06-20")) < 0.05


def test_one_rep_inherited_a_rich_book(company: Connection, truth: dict[str, Any]) -> None:
    story = truth["rich_book"]
    moved = f"""FROM customer_owner a JOIN customer_owner b
            ON a.customer_id = b.customer_id AND a.until = b.since
        WHERE a.rep_id = '{story["from_rep_id"]}' AND b.rep_id = '{story["to_rep_id"]}'
            AND b.since = DATE '{story["on"]}'"""
    assert number(company, f"SELECT count(*) {moved}") == story["customers"] > 60
    rich, usual = (
        number(
            company,
            f"""SELECT sum(amount) / count(DISTINCT customer_id) FROM orders
            WHERE customer_id {verb} (SELECT a.customer_id {moved})""",
        )
        for verb in ("IN", "NOT IN")
    )
    assert rich > 4 * usual
    left = (
        f"SELECT count(*) FROM rep WHERE rep_id = '{story['from_rep_id']}' AND left_on IS NOT NULL"
    )
    assert number(company, left) == 1


def test_nobody_in_the_undisturbed_company_left(undisturbed: Connection) -> None:
    assert number(undisturbed, "SELECT count(left_on) FROM rep") == 0


def test_large_accounts_cost_more_than_they_bring(
    company: Connection, undisturbed: Connection, truth: dict[str, Any]
) -> None:
    losing = """SELECT count(*) FROM (SELECT customer_id, sum(amount) AS spent FROM service_cost
            GROUP BY 1) JOIN (SELECT customer_id, sum(amount - cost) AS margin FROM orders
            GROUP BY 1) USING (customer_id) WHERE spent > margin"""
    planted = truth["costly_accounts"]["customer_ids"]
    assert len(planted) == 40
    among = ", ".join(f"'{key}'" for key in planted)
    assert number(company, f"{losing} AND customer_id IN ({among})") == 40
    assert number(company, f"{losing} AND customer_id NOT IN ({among})") <= 5
    assert number(undisturbed, losing) <= 5
    sales = """SELECT median(total) FROM (SELECT sum(amount) AS total FROM orders {}
        GROUP BY customer_id)"""
    large = number(company, sales.format(f"WHERE customer_id IN ({among})"))
    assert large > 20 * number(company, sales.format(""))


UNIT_PRICES = """SELECT median(after / before) FROM (
    SELECT product_id, median(l.amount / quantity) FILTER (WHERE ordered_on < DATE '2025-03-01')
            AS before,
        median(l.amount / quantity) FILTER (WHERE ordered_on >= DATE '2025-03-01') AS after
    FROM order_line l JOIN orders o USING (order_id)
    WHERE o.discount = 0 AND o.amount > 0 GROUP BY 1)"""


def test_prices_rose(company: Connection, undisturbed: Connection, truth: dict[str, Any]) -> None:
    rise = truth["price_rise"]["rate"]
    assert number(company, UNIT_PRICES) == pytest.approx(1 + rise, abs=0.002)
    assert number(undisturbed, UNIT_PRICES) == pytest.approx(1, abs=1e-9)


def conversion_interval(
    connection: Connection, campaign: str, since: str, until: str
) -> tuple[float, float]:
    """The 95 % interval of treatment minus control, share of members with an order."""
    arms = dict(
        (arm, (count, share))
        for arm, count, share in connection.execute(
            """SELECT arm, count(*), avg(CAST(buyer IS NOT NULL AS INTEGER))
            FROM campaign_member LEFT JOIN (SELECT DISTINCT customer_id AS buyer FROM orders
                WHERE amount > 0 AND ordered_on >= CAST(? AS DATE) AND ordered_on < CAST(? AS DATE))
            ON buyer = customer_id WHERE campaign_id = ? GROUP BY 1""",
            [since, until, campaign],
        ).fetchall()
    )
    (n, p), (m, q) = arms["treatment"], arms["control"]
    half = 1.96 * (p * (1 - p) / n + q * (1 - q) / m) ** 0.5
    return p - q - half, p - q + half


def test_wake_up_uplift_is_found(company: Connection, truth: dict[str, Any]) -> None:
    story = truth["wake_up"]
    low, high = conversion_interval(company, story["campaign_id"], story["since"], story["until"])
    assert 0 < low < story["true_expected_uplift_in_conversion"] < high


def test_undisturbed_company_has_no_experiments(undisturbed: Connection) -> None:
    assert number(undisturbed, "SELECT count(*) FROM campaign_member WHERE arm = 'control'") == 0


def quote_conversion(connection: Connection, *, after: bool) -> float:
    """Of the quotes of a time that are settled since, those that became contracts."""
    return number(
        connection,
        f"""SELECT avg(CAST(signed AS INTEGER)) FROM (
            SELECT opportunity_id, min(entered_at) FILTER (WHERE stage = 'quoted') AS quoted_at,
                bool_or(stage = 'contract') AS signed FROM opportunity_stage GROUP BY 1)
        JOIN opportunity USING (opportunity_id)
        WHERE (quoted_at >= TIMESTAMP '2026-02-01') = {after} AND (signed OR status = 'lost')""",
    )


def test_quotes_became_the_bottleneck(
    company: Connection, undisturbed: Connection, truth: dict[str, Any]
) -> None:
    story = truth["bottleneck"]
    before, after = (quote_conversion(company, after=late) for late in (False, True))
    assert before == pytest.approx(story["conversion_before"], abs=0.03)
    assert after == pytest.approx(story["conversion_after"], abs=0.05)
    assert abs(quote_conversion(undisturbed, after=True) - before) < 0.06


def test_doubles_share_their_phone(
    company: Connection, undisturbed: Connection, truth: dict[str, Any]
) -> None:
    pairs = truth["duplicates"]["first_and_second_entry"]
    assert 130 < len(pairs) < 260
    company.execute("CREATE OR REPLACE TEMP TABLE pair (a TEXT, b TEXT)")
    company.executemany("INSERT INTO pair VALUES (?, ?)", pairs[:50])
    alike = """SELECT count(*) FROM pair JOIN customer x ON x.customer_id = a
        JOIN customer y ON y.customer_id = b
        WHERE right(y.phone, 8) = right(coalesce(x.phone, y.phone), 8) AND x.name <> y.name
            AND x.kind = y.kind"""
    assert number(company, alike) == 50
    assert number(undisturbed, "SELECT count(*) FROM customer WHERE phone LIKE '+86%'") == 0


@pytest.mark.parametrize("column", ["industry", "region"])
def test_holes(company: Connection, undisturbed: Connection, column: str) -> None:
    blank = f"SELECT avg(CAST({column} IS NULL AS INTEGER)) FROM customer"
    assert 0.005 < number(company, blank) < 0.02
    assert number(undisturbed, blank) == 0


def test_great_quotes_wait_for_the_director(company: Connection) -> None:
    waiting = "SELECT count(*) FROM quote WHERE status = 'waiting' AND amount > 200000"
    assert 3 <= number(company, waiting) <= 30
    assert (
        number(
            company, "SELECT count(*) FROM quote WHERE (status = 'waiting') <> (decided_at IS NULL)"
        )
        == 0
    )

"""Expected loss, risk, signals and churn in value, added up anew from the marts."""

from functools import partial
from typing import Any

import pandas as pd
import pytest

from data.domain.columns import LOSSES, SIGNALS
from data.domain.filters import Filters
from data.domain.scope import Scope
from queries import loss, risk, signals
from queries.kpis import kpis, totals
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask, readers

LOST = " + ".join(f"value * {name} // 10000" for name in LOSSES)
CUSTOMERS = "FROM customer_current WHERE is_customer AND NOT is_churned"
CHOSEN = ({}, {"region": "East Coast 东部沿海"}, {"tier": "high,potential"})
EVERY = pytest.mark.parametrize("query", CHOSEN, ids=lambda q: "&".join(q) or "all")


def cell(demo: Demo, sql: str) -> Any:
    """Return the only cell of a statement over the marts."""
    with demo.fetcher.readers.engine(demo.filters().version).connect() as connection:
        return connection.exec_driver_sql(sql).scalar_one()


def total(demo: Demo, key: str, filters: Filters) -> Any:
    """Return one metric."""
    return ask(demo, partial(totals, keys=(key,)), filters, ADMIN)[key].iloc[0]


def within(filters: Filters) -> str:
    """Return the chosen customers as SQL."""
    chosen = [(name, ", ".join(f"'{v}'" for v in vs)) for name, vs in filters.chosen.items()]
    return "".join(f" AND {name} IN ({values})" for name, values in chosen)


@EVERY
def test_the_figures_are_those_of_the_marts(query: dict[str, str], duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters(**query)
    where = f"{CUSTOMERS}{within(filters)}"
    wanted = {
        "expected_loss": f"SELECT sum({LOST}) / 10000.0 {where}",
        "value_at_risk": f"SELECT sum(value) / 10000.0 {where} AND risk >= 0.5",
        "customers_at_risk": f"SELECT count(*) {where} AND risk >= 0.5",
        "risk_mean": f"SELECT avg(risk) {where}",
        "customers_signalled": f"SELECT count(*) {where} AND ({' OR '.join(SIGNALS)})",
    }
    for key, sql in wanted.items():
        expected = cell(duckdb_demo, sql)
        assert total(duckdb_demo, key, filters) == pytest.approx(float(expected), rel=1e-12), key


@EVERY
def test_no_more_is_lost_than_there_is(query: dict[str, str], duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters(**query)
    lost = total(duckdb_demo, "expected_loss", filters)
    asset = total(duckdb_demo, "customer_asset", filters)
    assert 0 < lost < asset
    assert total(duckdb_demo, "loss_share", filters) == pytest.approx(lost / asset, rel=1e-12)


def test_months_and_reasons_add_up_to_the_card(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    whole = total(duckdb_demo, "expected_loss", filters)
    months = ask(duckdb_demo, loss.loss_months, filters, ADMIN)
    reasons = ask(duckdb_demo, loss.loss_reasons, filters, ADMIN)
    assert months[list(LOSSES)].to_numpy().sum() == pytest.approx(whole, rel=1e-12)
    assert reasons["expected_loss"].sum() == pytest.approx(whole, rel=1e-12)
    assert set(reasons["reason"]) == {"contract", "silence"}
    assert months["asset"].sum() == pytest.approx(
        total(duckdb_demo, "customer_asset", filters), rel=1e-12
    )


def test_the_rows_of_a_bar_add_up_to_it(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    months = ask(duckdb_demo, loss.loss_months, filters, ADMIN)
    for tier, rows in months.groupby("tier"):
        for month in (1, 7, 12):
            marked = filters.focused(band=str(month), state=str(tier))
            members = ask(duckdb_demo, loss.loss_members, marked, ADMIN)
            bar = rows[f"loss_{month}"].sum()
            assert members["expected_loss"].sum() == pytest.approx(bar, rel=1e-12, abs=1e-6)
            assert members["customer_id"].is_unique
    for reason in ("silence", "contract"):
        members = ask(duckdb_demo, loss.loss_members, filters.focused(reason=reason), ADMIN)
        assert set(members["loss_reason"]) == {reason}


def test_the_list_is_ranked_by_the_months_asked_for(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    for asked, key in ((filters, "expected_loss"), (filters.focused(band="3"), "loss_3m")):
        listed = ask(duckdb_demo, loss.loss_list, asked, ADMIN)
        members = ask(duckdb_demo, loss.loss_list_members, asked, ADMIN)
        assert len(listed) == loss.NAMED
        assert listed[key].is_monotonic_decreasing
        assert listed["customer_id"].tolist() == members["customer_id"].tolist()[: loss.NAMED]
        assert (listed["loss_3m"] <= listed["expected_loss"]).all()


def test_a_mark_that_makes_no_sense_is_no_mark(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    for query, marks in (
        (loss.loss_members, {"band": "13"}),
        (risk.stay_members, {"band": "2025-H3"}),
        (risk.stay_members, {"band": "٢٠٢٥-H1"}),
        (risk.stay_members, {"band": "0000-H1"}),
        (signals.signal_members, {"state": "is_churned"}),
    ):
        every = ask(duckdb_demo, query, filters, ADMIN)
        assert len(ask(duckdb_demo, query, filters.focused(**marks), ADMIN)) == len(every), marks


# --- signals ---------------------------------------------------------------------------------


def test_the_rows_of_a_signal_are_its_customers(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    row = ask(duckdb_demo, signals.signals, filters, ADMIN).iloc[0]
    for name in SIGNALS:
        members = ask(duckdb_demo, signals.signal_members, filters.focused(state=name), ADMIN)
        assert len(members) == row[f"{name}_customers"] <= row[f"{name}_known"]
        value = 0.0 if pd.isna(row[f"{name}_value"]) else row[f"{name}_value"]
        assert members["customer_asset"].sum() == pytest.approx(value, rel=1e-12)
    falling = ask(
        duckdb_demo, signals.signal_members, filters.focused(state="is_frequency_falling"), ADMIN
    )
    assert (falling["last_gap_days"] > 1.5 * falling["median_gap_days"]).all()
    every = ask(duckdb_demo, signals.signal_members, filters, ADMIN)
    assert len(every) == row["signalled"]


# --- churn in value --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2026-05-01..2026-05-31", "2026-04-01", "2026-05-01"),
        ("2025-01-01..2025-12-31", "2024-12-01", "2025-12-01"),
    ],
)
def test_churn_in_value_between_two_month_ends(
    period: str, start: str, end: str, duckdb_demo: Demo
) -> None:
    filters = duckdb_demo.filters(period=period)
    joined = (
        "FROM customer_snapshot AS s JOIN customer_snapshot AS e USING (customer_no)"
        f" WHERE s.month = DATE '{start}' AND e.month = DATE '{end}' AND NOT s.is_churned"
    )
    at_start = cell(duckdb_demo, f"SELECT sum(s.value) / 10000.0 {joined}")
    lost = cell(duckdb_demo, f"SELECT sum(s.value) / 10000.0 {joined} AND e.is_churned")
    assert total(duckdb_demo, "value_at_start", filters) == pytest.approx(float(at_start))
    assert total(duckdb_demo, "value_lost", filters) == pytest.approx(float(lost))
    assert total(duckdb_demo, "value_churn", filters) == pytest.approx(float(lost / at_start))


#: Written by hand: by closed month, what was worth something at its start and what of it churned.
VALUE_CHURN = """
    SELECT strftime(e.month, '%Y-%m') AS slot,
           sum(s.value) / 10000.0 AS value_at_start,
           sum(CASE WHEN e.is_churned THEN s.value WHEN s.value IS NOT NULL THEN 0 END) / 10000.0
               AS value_lost
    FROM customer_snapshot AS s
    JOIN customer_snapshot AS e ON e.customer_no = s.customer_no
         AND e.month = s.month + INTERVAL 1 MONTH
    JOIN customer_current AS c ON c.customer_no = s.customer_no
    WHERE NOT s.is_churned AND {chosen}
    GROUP BY ALL ORDER BY ALL
"""
#: What is asked for, and who that is: a tier as of the end of the whole period.
MONTHS = (
    ({"period": "last_12"}, "TRUE"),
    ({"period": "last_12", "tier": "high"}, "c.tier = 'high'"),
    ({"period": "last_12", "region": "East Coast 东部沿海"}, "c.region = 'East Coast 东部沿海'"),
    (
        {"period": "2024-04-01..2025-03-31", "tier": "high,general"},
        "c.customer_no IN (SELECT customer_no FROM customer_snapshot"
        " WHERE month = DATE '2025-03-01' AND tier IN ('high', 'general'))",
    ),
)


@pytest.mark.parametrize(("query", "chosen"), MONTHS)
def test_months_of_churn_in_value_equal_the_reference(
    query: dict[str, str], chosen: str, any_demo: Demo, duckdb_demo: Demo
) -> None:
    keys = ("value_lost", "value_at_start", "value_churn")
    for scope in readers(any_demo.fetcher.info()).values():
        filters = any_demo.filters(**query)
        found = ask(any_demo, partial(kpis, keys=keys), filters, scope).set_index("slot")
        months = found.drop(index=["now", "before"]).astype(float)
        assert len(months) == 13
        wanted = _value_churn(duckdb_demo, chosen, scope).loc[months.index]
        pd.testing.assert_frame_equal(months, wanted[[*months.columns]], rtol=1e-9)
        # Where nobody of value was lost, the loss is 0 and not unknown.
        assert months["value_churn"].notna().all()


def _value_churn(demo: Demo, chosen: str, scope: Scope) -> pd.DataFrame:
    """Return the reference over the customers who are chosen and within the reader's scope."""
    for name, allowed in (("team", scope.teams), ("rep", scope.reps)):
        if allowed is not None:
            names = ", ".join(f"'{each}'" for each in sorted(allowed))
            chosen += f" AND c.{name} IN ({names})"
    with demo.fetcher.readers.engine(demo.filters().version).connect() as connection:
        raw: Any = connection.connection.driver_connection
        rows = raw.execute(VALUE_CHURN.format(chosen=chosen)).df()
    rows = rows.set_index("slot").astype(float)
    return rows.assign(value_churn=rows["value_lost"] / rows["value_at_start"])


def test_the_cube_and_the_customers_tell_the_same_months(duckdb_demo: Demo) -> None:
    keys = ("value_lost", "value_at_start")
    tiers = {"tier": "high,potential,general,dormant"}
    both = [
        ask(duckdb_demo, partial(kpis, keys=keys), duckdb_demo.filters(**each), ADMIN)
        for each in ({}, tiers)
    ]
    pd.testing.assert_frame_equal(*both)


def test_another_threshold_has_no_months_of_churn_in_value(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters(threshold="45")
    rows = ask(duckdb_demo, partial(kpis, keys=("value_churn",)), filters, ADMIN)
    assert set(rows["slot"]) <= {"now", "before"}
    assert rows["value_churn"].notna().all()


# --- curves ----------------------------------------------------------------------------------


def test_curves_are_of_groups_that_hide_everyone(duckdb_demo: Demo) -> None:
    for query in (risk.tier_survival, risk.cohort_survival):
        rows = ask(duckdb_demo, query, duckdb_demo.filters(), ADMIN)
        assert not rows.empty
        assert (rows["customers"] >= 30).all()
        assert ((rows["low"] <= rows["survival"]) & (rows["survival"] <= rows["high"])).all()


def test_the_rankings_come_with_what_is_official(duckdb_demo: Demo) -> None:
    rows = ask(duckdb_demo, risk.churn_checks, duckdb_demo.filters(), ADMIN)
    found = set(zip(rows["model"], rows["measure"], strict=True))
    assert {("mbg", "auc"), ("logistic", "brier"), ("risk", "is_logit")} <= found
    assert not rows.duplicated(["model", "measure"]).any()
    tenths = ask(duckdb_demo, risk.churn_deciles, duckdb_demo.filters(), ADMIN)
    assert set(tenths["model"]) == {"mbg", "logistic"}
    assert tenths["actual"].between(0, 1).all()

"""The customer asset and its error are the rows behind them added up, by any filter and reader."""

import math
import random
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest
from sqlalchemy import select

from components.value_parts import parts_of
from data.domain.columns import SHIFTS, VALUE_CUTS
from data.domain.filters import Filters
from data.domain.scope import Scope
from queries import visible
from queries.asset import (
    CUTS,
    map_members,
    month_members,
    value_cuts,
    value_months,
    value_risk,
)
from queries.clv import part_members, value_kpis, value_measures
from queries.kpis import spark_period, totals
from queries.question import Rows
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask, random_filters, readers

#: Half of the smallest amount that is stored, for each of what a spend per order is multiplied by.
ROUNDED = 0.00005


def _plain(filters: Filters, scope: Scope) -> Rows:
    names = ("customer_id", "tier", "value", "is_churned", "margin", "orders_ahead", *SHIFTS)
    return select(visible.customers(filters, scope, *names))


def _error(rows: pd.DataFrame) -> float:
    return math.sqrt(sum(float(rows[name].sum()) ** 2 for name in SHIFTS))


def test_the_asset_is_the_value_of_those_not_churned(
    dice: random.Random, duckdb_demo: Demo
) -> None:
    keys = ("customer_asset", "asset_error", "lifetime_value", "value_mean", "expected_orders")
    for _ in range(6):
        filters = random_filters(dice, duckdb_demo)
        rows = ask(duckdb_demo, _plain, filters, ADMIN)
        held = rows[~rows["is_churned"].astype(bool) & rows["value"].notna()]
        found = ask(duckdb_demo, partial(totals, keys=keys), filters, ADMIN).iloc[0]
        if held.empty:
            assert pd.isna(found["customer_asset"])
            assert pd.isna(found["asset_error"])
            continue
        asset = float(held["value"].sum())
        assert found["customer_asset"] == pytest.approx(asset, abs=1e-4)
        assert found["asset_error"] == pytest.approx(_error(held), abs=1e-4)
        assert found["value_mean"] == pytest.approx(asset / len(held), abs=1e-4)
        past = float(rows["margin"].sum())
        assert found["lifetime_value"] == pytest.approx(past + asset, abs=1e-4)
        ahead = held["orders_ahead"].sum(min_count=1)  # Contracts alone foretell no orders.
        near = pytest.approx(ahead, abs=1e-4 * len(held), nan_ok=True)
        assert found["expected_orders"] == near


def test_tiers_add_up_in_value_and_not_in_error(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    tiers = ask(duckdb_demo, value_measures, filters, ADMIN)
    whole = ask(duckdb_demo, value_kpis, filters, ADMIN).set_index("slot").loc["now"]
    assert tiers["customer_asset"].sum() == pytest.approx(whole["customer_asset"], abs=1e-3)
    assert 0 < whole["asset_error"] <= tiers["asset_error"].sum()


def test_the_last_month_end_of_everybody_is_what_its_rows_add_up_to(duckdb_demo: Demo) -> None:
    for user, scope in readers(duckdb_demo.fetcher.info()).items():
        filters = duckdb_demo.filters()
        months = ask(duckdb_demo, value_months, filters, scope)
        rows = ask(duckdb_demo, month_members, filters, scope)
        sums = rows.groupby("month")["customer_asset"].sum()
        assert len(months) == 13, user
        for month, value in months[["month", "value"]].itertuples(index=False):
            assert value == pytest.approx(float(sums[month]), abs=1e-3), (user, month)


def test_the_asset_is_compared_with_a_month_end_whose_rows_add_up_to_it(
    dice: random.Random, any_demo: Demo
) -> None:
    for query in ({}, {"compare": "previous"}, {"period": "last_year"}, {"as_of": "2026-02"}):
        filters = random_filters(dice, any_demo)
        filters = replace(any_demo.filters(**query), chosen=filters.chosen)
        slots = ask(any_demo, value_kpis, filters, ADMIN).set_index("slot")["customer_asset"]
        rows = ask(any_demo, month_members, replace(filters, preset="all"), ADMIN)
        sums = rows.groupby(rows["month"].map(lambda month: f"{month:%Y-%m}"))["customer_asset"]
        expected = sums.sum()
        known = slots.drop(["now", "before"], errors="ignore").dropna()
        spark = spark_period(filters)
        months = [f"{month.since:%Y-%m}" for month in spark.months()]
        assert list(known.index) == [month for month in months if month in expected]
        for month, value in known.items():
            assert value == pytest.approx(float(expected[month]), abs=1e-3), (query, month)
        assert filters.comparison
        end = filters.calendar.ends_of(filters.comparison)[1]
        assert end < filters.comparison.until
        if f"{end:%Y-%m}" in expected:
            near = pytest.approx(float(expected[f"{end:%Y-%m}"]), abs=1e-3)
            assert slots["before"] == near, query
        else:
            assert pd.isna(slots.get("before")), query


def test_months_reach_back_to_the_first_where_the_period_is_all(duckdb_demo: Demo) -> None:
    months = ask(duckdb_demo, value_months, duckdb_demo.filters(period="all"), ADMIN)
    first = duckdb_demo.fetcher.info().calendar.first_on
    assert months["month"].min() <= first.replace(day=1)
    assert len(months) > 30
    assert months["value"].notna().all()


def test_every_cell_of_the_map_opens_its_customers(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    cells = ask(duckdb_demo, value_risk, filters, ADMIN)
    assert cells["customers"].sum() == len(ask(duckdb_demo, map_members, filters, ADMIN))
    for cell in cells.itertuples():
        narrowed = filters.focused(band=f"{cell.band}-{cell.tenth}")
        rows = ask(duckdb_demo, map_members, narrowed, ADMIN)
        assert len(rows) == cell.customers
        assert rows["customer_asset"].sum() == pytest.approx(cell.value, abs=1e-4)
        assert rows["risk"].between(cell.tenth / 10, (cell.tenth + 1) / 10).all()


def test_bands_are_quantiles_of_the_company_for_every_reader(any_demo: Demo) -> None:
    rows = ask(any_demo, _plain, any_demo.filters(), ADMIN)
    valued = rows["value"][~rows["is_churned"].astype(bool)].dropna().sort_values()
    expected = [valued.iloc[-(-len(valued) * share // 100) - 1] for share in VALUE_CUTS]
    for scope in readers(any_demo.fetcher.info()).values():
        filters = any_demo.filters(tier="high", period="last_year")
        (cuts,) = ask(any_demo, value_cuts, filters, scope)[[*CUTS]].to_numpy(float)
        assert list(cuts) == pytest.approx(expected, abs=1e-4)
    edges = [-1.0, *expected, float("inf")]
    cells = ask(any_demo, value_risk, any_demo.filters(), ADMIN)
    assert set(cells["band"]) == set(range(len(VALUE_CUTS) + 1))
    for band in sorted(set(cells["band"])):
        sums = cells.loc[cells["band"] == band, ["customers", "value"]].sum()
        inside = valued[(valued > edges[band] + 1e-5) & (valued <= edges[band + 1] + 1e-5)]
        assert sums["customers"] <= len(inside)
        assert sums["value"] <= inside.sum() + 1e-3
    # Contracts have a value without a risk of silence: the map leaves them out, the bands do not.
    assert 0.5 * len(valued) < cells["customers"].sum() <= len(valued)


def test_a_cell_holds_values_of_its_band(any_demo: Demo) -> None:
    filters = any_demo.filters()
    (cuts,) = ask(any_demo, value_cuts, filters, ADMIN)[[*CUTS]].to_numpy(float)
    edges = [-1.0, *cuts, float("inf")]
    for cell in ask(any_demo, value_risk, filters, ADMIN).iloc[::7].itertuples():
        narrowed = filters.focused(band=f"{cell.band}-{cell.tenth}")
        found = ask(any_demo, map_members, narrowed, ADMIN)["customer_asset"]
        assert len(found) == cell.customers
        assert (found > edges[cell.band]).all()
        assert (found <= edges[cell.band + 1]).all()


def test_the_formula_adds_up_to_the_value_as_stored(duckdb_demo: Demo) -> None:
    rows = ask(duckdb_demo, part_members, duckdb_demo.filters(), ADMIN)
    valued = rows[rows["value"].notna()]
    assert len(valued) > 1_000
    for row in valued.to_dict("records"):
        parts = dict(parts_of(row))
        assert float(sum(parts.values())) == round(row["value"], 4)
        orders = row["margin_rate"] * row["order_spend"] * row["discounted_orders"]
        within = ROUNDED * (3 + (row["discounted_orders"] or 0))
        if "floor" not in parts and "orders" in parts:
            assert float(parts["orders"]) == pytest.approx(orders, abs=within)

"""The four assets by tier and the next field are the rows behind them added up, on every engine."""

import pytest
from sqlalchemy import select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.pipeline.marts.master_data import FIELDS
from queries import visible
from queries.four_assets import COVERED, SCORED, asset_members, next_fields, tier_assets
from queries.metrics import METRICS
from queries.question import Rows
from queries.single import metric_total
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask, readers


def _plain(filters: Filters, scope: Scope) -> Rows:
    names = ("customer_id", "tier", *SCORED, *COVERED, "completeness", "next_field")
    return select(visible.customers(filters, scope, *names))


def test_scores_and_coverage_are_the_means_of_the_customers(any_demo: Demo) -> None:
    for query in ({}, {"industry": "Retail 零售"}):
        filters = any_demo.filters(**query)
        rows = ask(any_demo, _plain, filters, ADMIN)
        tiers = ask(any_demo, tier_assets, filters, ADMIN).set_index("tier")
        assert list(tiers.index) == sorted(set(rows["tier"]))
        for tier, own in rows.groupby("tier"):
            found = tiers.loc[tier]
            assert found["customers"] == len(own)
            for name in SCORED:
                assert found[name] == pytest.approx(own[name].dropna().mean() / 100, rel=1e-9)
            for name in COVERED:
                assert found[name] == pytest.approx(own[name].mean() / 10_000, rel=1e-9)
        for name in SCORED:
            whole = ask(any_demo, metric_total, filters.focused(metric=name), ADMIN)[name].iloc[0]
            assert whole == pytest.approx(rows[name].dropna().mean() / 100, rel=1e-9)


def test_every_reader_opens_the_customers_of_a_field(any_demo: Demo) -> None:
    filters = any_demo.filters()
    for user, scope in readers(any_demo.fetcher.info()).items():
        fields = ask(any_demo, next_fields, filters, scope)
        assert set(fields["key"]) <= set(FIELDS)
        everybody = ask(any_demo, asset_members, filters, scope)
        assert fields["customers"].sum() == everybody["next_field"].notna().sum(), user
        for key, customers in fields[["key", "customers"]].itertuples(index=False):
            rows = ask(any_demo, asset_members, filters.focused(band=key), scope)
            assert len(rows) == customers, (user, key)
            assert set(rows["next_field"]) == {key}
        lacking = ask(any_demo, metric_total, filters.focused(metric="incomplete_customers"), scope)
        assert lacking["incomplete_customers"].iloc[0] == fields["customers"].sum(), user


def test_the_metrics_name_what_the_marts_hold() -> None:
    assert {METRICS[name].reads for name in SCORED} == {(name,) for name in SCORED}

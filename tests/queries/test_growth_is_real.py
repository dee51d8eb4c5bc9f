"""Activity, campaigns and their arms against the contract tables; the planted story is found."""

import pandas as pd
import pytest
from sqlalchemy import func, select

from components.figures.values import records
from data.domain.experiment import of_shares
from data.domain.prosperity import BASE_MONTHS
from data.pipeline.load_demo import Company
from data.warehouse import schema
from pages._prosperity import judge
from queries import campaigns, engagement, experiments, prosperity
from queries.run import reading
from tests.conftest import ADMIN, Demo, loaded
from tests.queries.asking import ask, fetch


@pytest.fixture(params=["duckdb", "postgres", "clickhouse"], scope="module")
def demo(request: pytest.FixtureRequest) -> Demo:
    """The demo company on each engine in turn."""
    return request.getfixturevalue(f"{request.param}_demo")


def test_engaged_customers_are_those_of_the_engagements(demo: Demo) -> None:
    filters = demo.filters()
    rows = ask(demo, prosperity.prosperity_months, filters, ADMIN)
    assert len(rows) == prosperity.MONTHS + BASE_MONTHS
    e = schema.engagement.c
    day = pd.Timestamp(rows["month"].iloc[-1])
    until = day + pd.offsets.MonthBegin(1)
    stmt = select(
        func.count(func.distinct(e.customer_id)).label("engaged"), func.sum(e["count"]).label("all")
    ).where(e.happened_on >= day.date(), e.happened_on < until.date())
    known = fetch(demo.fetcher, lambda: stmt, filters.version).iloc[0]
    assert rows["engaged"].iloc[-1] == known["engaged"]
    assert rows["engagements"].iloc[-1] == known["all"]


def test_growth_adds_up_to_the_months(demo: Demo) -> None:
    filters = demo.filters(judged="2026-03")
    months = ask(demo, prosperity.prosperity_months, filters, ADMIN)
    by_month = dict(zip(months["month"].astype(str).str[:7], months["engagements"], strict=True))
    growth = ask(demo, engagement.engagement_growth, filters, ADMIN)
    assert growth["engagements"].sum() == by_month["2026-03"]
    base = sum(by_month[m] for m in ("2025-12", "2026-01", "2026-02"))
    assert growth["before"].sum() == base
    members = ask(demo, engagement.growth_members, filters.focused(state="dormant"), ADMIN)
    own = growth[growth["tier"] == "dormant"]
    assert members["engagements"].sum() == own["engagements"].sum()


def test_bonus_hunters_jumped_and_bought_nothing(demo: Demo) -> None:
    rows = ask(demo, engagement.hunter_members, demo.filters(judged="2026-03"), ADMIN)
    assert len(rows) > 20
    assert (rows["orders"] == 0).all()
    assert set(rows["tier_before"]) == {"general", "dormant"}
    assert (rows["engagements"] * BASE_MONTHS >= 2 * rows["engagements_before"]).all()
    named = ask(demo, engagement.hunters, demo.filters(judged="2026-03"), ADMIN)
    assert named["customer_id"].tolist() == rows["customer_id"].tolist()[: engagement.NAMED]


def test_arms_are_those_of_the_members(demo: Demo) -> None:
    filters = demo.filters()
    rows = ask(demo, experiments.experiment_arms, filters, ADMIN)
    m = schema.campaign_member.c
    stmt = select(m.campaign_id, m.arm, func.count().label("customers")).group_by(
        m.campaign_id, m.arm
    )
    known = fetch(demo.fetcher, lambda: stmt.order_by(m.campaign_id, m.arm), filters.version)
    wanted = {(r.campaign_id, r.arm == "treatment"): r.customers for r in known.itertuples()}
    found = {(r.campaign_id, bool(r.is_treated)): r.customers for r in rows.itertuples()}
    assert found == wanted
    for row in rows.itertuples():
        arm = "treatment" if row.is_treated else "control"
        marked = filters.focused(campaign=row.campaign_id, arm=arm)
        members = ask(demo, campaigns.campaign_members, marked, ADMIN)
        assert len(members) == row.customers
        assert (members["orders_run"] > 0).sum() == row.buyers
        assert members["campaign_margin"].sum() == pytest.approx(row.y_90, abs=1e-3)
        squares = (members["campaign_margin"] ** 2).sum()
        assert squares == pytest.approx(row.yy_90, rel=1e-9, abs=1e-3)


def test_buyers_are_those_of_the_orders(demo: Demo) -> None:
    filters = demo.filters()
    rows = ask(demo, experiments.experiment_arms, filters, ADMIN)
    o, m, c = schema.orders.c, schema.campaign_member.c, schema.campaign.c
    joined = schema.campaign_member.join(schema.campaign, c.campaign_id == m.campaign_id).join(
        schema.orders, o.customer_id == m.customer_id
    )
    stmt = (
        select(m.campaign_id, m.arm, func.count(func.distinct(m.customer_id)).label("buyers"))
        .select_from(joined)
        .where(o.amount > 0, o.ordered_on >= c.starts_on, o.ordered_on <= c.ends_on)
        .group_by(m.campaign_id, m.arm)
        .order_by(m.campaign_id, m.arm)
    )
    known = fetch(demo.fetcher, lambda: stmt, filters.version)
    wanted = {(r.campaign_id, r.arm == "treatment"): r.buyers for r in known.itertuples()}
    assert {(r.campaign_id, bool(r.is_treated)): r.buyers for r in rows.itertuples()} == wanted


def test_segments_add_up_to_the_arms(demo: Demo) -> None:
    filters = demo.filters(campaign="CMP-2025-WAKE")
    rows = ask(demo, experiments.experiment_segments, filters, ADMIN)
    assert set(rows["campaign_id"]) == {"CMP-2025-WAKE"}
    arms = ask(demo, experiments.experiment_arms, filters, ADMIN)
    arms = arms[arms["campaign_id"] == "CMP-2025-WAKE"]
    sums = rows.groupby(["dimension", "is_treated"])["customers"].sum()
    for row in arms.itertuples():
        for dimension in experiments.SEGMENTS:
            assert sums[dimension, row.is_treated] == row.customers, dimension
    assert len(ask(demo, experiments.segment_members, filters, ADMIN)) == arms["customers"].sum()


# --- stories ---------------------------------------------------------------------------------


def test_the_planted_uplift_lies_in_its_interval(duckdb_demo: Demo) -> None:
    rows = records(ask(duckdb_demo, experiments.experiment_arms, duckdb_demo.filters(), ADMIN))
    arms = {r["is_treated"]: r for r in rows if r["campaign_id"] == "CMP-2025-WAKE"}
    effect = of_shares(*((arms[side]["buyers"], arms[side]["customers"]) for side in (True, False)))
    assert effect is not None
    assert effect.low <= 0.06 <= effect.high


def test_the_planted_campaign_is_found(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    assert f"{filters.calendar.liveliest:%Y-%m}" in ("2026-03", "2026-04")
    with reading(duckdb_demo.reader("admin"), through=duckdb_demo.fetcher):
        found = judge(filters)
    assert found.verdict in ("false", "watch")
    assert {"vanity", "hunters", "campaigns"} <= set(found.failed)
    assert found.checks["campaigns"].facts["campaigns"][0].startswith("Spring gift")


def test_the_same_company_undisturbed_is_healthy(tmp_path) -> None:
    clean = loaded("", tmp_path, Company(customers=2_000, months=36, seed=11, stories=False))
    with reading(clean.reader("admin"), through=clean.fetcher):
        found = judge(clean.filters())
    clean.close()
    assert found.verdict == "healthy"
    assert found.unknown == ["campaigns"]

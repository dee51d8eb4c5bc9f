"""As of a closed month end: what is said then is what a refresh of that day said, or was kept."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection, DateTime, delete, insert, literal, select, update

from data import settings
from data.domain.columns import SCORE_DIMENSIONS
from data.domain.filters import Filters
from data.pipeline import load_demo as loading
from data.pipeline.contract import copy_contract
from data.pipeline.in_force import state_of
from data.pipeline.load_demo import Company, load_demo
from data.pipeline.refresh import refresh
from data.warehouse.dialects import business_day
from data.warehouse.fetch import Fetcher
from data.warehouse.marts import customer_current
from data.warehouse.schema import (
    activity,
    campaign,
    campaign_member,
    contract,
    engagement,
    invoice,
    opportunity,
    opportunity_stage,
    orders,
    payment,
    quote,
    survey,
    ticket,
)
from data.warehouse.versions import Warehouse, new_version, open_warehouse
from queries.asset import value_months
from queries.asset_statement import asset_at_ends, asset_statement
from queries.known import is_known_metric, why_today_only
from queries.metrics import METRICS
from queries.question import TODAY_ONLY
from queries.restated import restated_members, restated_months
from queries.single import metric_total
from queries.visible import KNOWN_THEN
from tests.conftest import ADMIN, Demo
from tests.queries.asking import all_questions, ask

COMPANY = Company(customers=700, months=24, seed=5)
#: The refresh that teaches the model and closes March, and the one that looks back to it.
THEN, TODAY = date(2026, 3, 31), date(2026, 6, 20)
#: Facts of April that come in only after it closed.
LATE = tuple(date(2026, 4, 3) + timedelta(days=n) for n in range(12))
SEARCHES = (
    {},
    {"period": "all", "tier": "high,potential"},
    {"kind": "business", "compare": "none"},
)
#: The moments of the four versions: taught, as of March, as of today (April and May pinned), late.
TAUGHT, MARCH, NOW, RESTATED = 1, 2, 3, 4


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One company as known at four moments, by one scoring model."""
    warehouse = open_warehouse("", var=tmp_path_factory.mktemp("as_known"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("KEEP_VERSIONS", "9")
        patched.setattr(loading, "refresh", lambda build, **k: refresh(build, as_of=THEN, **k))
        load_demo(warehouse, COMPANY)
        changes = (
            (THEN, _cut),
            (TODAY, _leave),
            (TODAY + timedelta(days=1), _come_late),
        )
        for as_of, change in changes:
            _follow(warehouse, as_of, change=change)
    demo = Demo(warehouse, Fetcher(warehouse))
    yield demo
    demo.close()


def _follow(warehouse: Warehouse, as_of: date, *, change: Callable[[Connection], None]) -> None:
    with state_of(warehouse) as state, new_version(warehouse) as build:
        copy_contract(build)
        change(build.connection)
        refresh(build, as_of=as_of, state=state)


def _leave(_connection: Connection) -> None:
    """Leave the facts as they are."""


#: The day from which on a fact is there, and the days of it that may still be to come.
BEGINS = {
    orders: "ordered_on",
    invoice: "issued_on",
    payment: "paid_on",
    opportunity: "created_on",
    opportunity_stage: "entered_at",
    quote: "submitted_at",
    activity: "happened_at",
    ticket: "opened_at",
    survey: "answered_on",
    contract: "starts_on",
    engagement: "happened_on",
    campaign: "starts_on",
}
TO_COME = {
    quote: ("decided_at",),
    ticket: ("first_replied_at", "resolved_at"),
    campaign_member: ("responded_on",),
}


def _cut(connection: Connection) -> None:
    """Leave of the facts what was there on the day of the refresh: nothing of later is known."""
    for table, name in BEGINS.items():
        connection.execute(delete(table).where(_on(table.c[name]) > THEN))
    for table, names in TO_COME.items():
        for name in names:
            later = update(table).where(_on(table.c[name]) > THEN)
            connection.execute(later.values({name: None}))
    o = opportunity.c
    is_later = o.closed_on > THEN
    reopened = {"status": "open", "closed_on": None, "lost_reason": None}
    connection.execute(update(opportunity).where(is_later).values(**reopened))
    h = opportunity_stage.c
    stages = select(h.opportunity_id, h.stage).order_by(h.opportunity_id, h.entered_at)
    known = {row.opportunity_id: row.stage for row in connection.execute(stages)}
    was_open = connection.execute(select(o.opportunity_id, o.stage).where(o.status == "open"))
    for key, stage in was_open.all():
        if key in known and known[key] != stage:
            stood = update(opportunity).where(o.opportunity_id == key)
            connection.execute(stood.values(stage=known[key]))


def _on(column: Any) -> Any:
    is_time = isinstance(column.type, DateTime)
    return business_day(column, literal(settings.value("TIME_ZONE"))) if is_time else column


def _come_late(connection: Connection) -> None:
    """Add orders of April, of customers who had ordered before."""
    stmt = select(orders).where(orders.c.ordered_on < date(2026, 2, 1), orders.c.amount > 0)
    known = connection.execute(stmt.order_by(orders.c.order_id).limit(len(LATE)))
    rows = [
        {**row._mapping, "order_id": f"late{n}", "ordered_on": LATE[n], "amount": Decimal(9_000)}
        for n, row in enumerate(known)
    ]
    connection.execute(insert(orders), rows)


def at(demo: Demo, version: int, **query: str) -> Filters:
    """Return the filters of a URL in a version."""
    info = demo.fetcher.info(version)
    return Filters.from_query(query, info.calendar, version=version)


def difference(then: pd.DataFrame, now: pd.DataFrame) -> str:
    """Return what two answers differ in; blanks of any kind are alike, numbers up to rounding."""
    if list(then.columns) != list(now.columns) or len(then) != len(now):
        return f"{then.shape} and {now.shape}"
    for name in (c for c in then.columns if c != "customer_no"):
        a, b = then[name], now[name]
        both_blank = a.isna() & b.isna()
        if pd.api.types.is_numeric_dtype(a) and pd.api.types.is_numeric_dtype(b):
            numbers = a.astype(float), b.astype(float)
            same = np.isclose(*numbers, rtol=1e-9, atol=1e-4, equal_nan=True)
        else:
            same = (a.astype(str) == b.astype(str)) | both_blank
        if not same.all():
            return f"{name}: {a[~same].iloc[0]} and {b[~same].iloc[0]}"
    return ""


KNOWN = [q for q in all_questions().values() if not q.today_only and q.name != "restated_months"]


@pytest.mark.parametrize("question", KNOWN, ids=lambda q: q.name)
def test_a_past_month_end_is_read_as_a_refresh_of_that_day_read_it(
    question: object, company: Demo
) -> None:
    for query in (question.query, question.members):  # type: ignore[attr-defined]
        if why_today_only(query, at(company, NOW, as_of="2026-03")) is not None:
            continue
        for search in SEARCHES:
            then = ask(company, query, at(company, MARCH, **search), ADMIN)
            now = ask(company, query, at(company, NOW, as_of="2026-03", **search), ADMIN)
            known = [c for c in then.columns if _is_known(str(c), then)]
            assert list(then.columns) == list(now.columns)
            found = difference(then[known], now[known])
            assert not found, (query.__name__, search, found)
            untold = now.drop(columns=known)
            assert untold.isna().all(axis=None), (query.__name__, untold.dropna(how="all"))


def _is_known(column: str, rows: pd.DataFrame) -> bool:
    key = column.removesuffix("_before")
    # Beside what a value is made of stands the customer's own rate, which is no metric.
    if key in METRICS and not (key == "margin_rate" and "order_spend" in rows):
        return is_known_metric(METRICS[key])
    # An opportunity has an amount as well, which is no dimension of a score.
    return key in KNOWN_THEN or key not in customer_current.c or key in SCORE_DIMENSIONS


#: What cannot be asked of a past month end, by its reason: the list is to shrink.
OF_TODAY = {
    "model": "keep_curve loss_list loss_months loss_reasons schedule_check value_cuts value_risk",
    "check": "churn_checks churn_deciles cohort_survival model_checks model_deciles model_facts"
    " model_findings tier_survival",
    "parts": "effective_weights flapping next_fields rfm_cuts rfm_grid signals tier_assets"
    " tier_scores what_if_movers what_if_tiers would_be would_be_customers",
    "waiting": "follow_up_queue queue_teams queue_tiers waiting_quotes",
    "done_here": "decided_quotes followed_outcomes",
    "handed_on": "handover",
}


def test_what_is_of_today_only_is_named_with_its_reason() -> None:
    found: dict[str, list[str]] = {reason: [] for reason in TODAY_ONLY}
    for question in all_questions().values():
        if question.today_only:
            found[question.today_only].append(question.name)
    assert {reason: " ".join(names) for reason, names in found.items()} == OF_TODAY


def test_every_metric_is_what_it_was_or_blank(company: Demo) -> None:
    for key, metric in METRICS.items():
        then = at(company, MARCH).focused(metric=key)
        now = at(company, NOW, as_of="2026-03").focused(metric=key)
        found = ask(company, metric_total, now, ADMIN)
        if is_known_metric(metric):
            assert not difference(ask(company, metric_total, then, ADMIN), found), key
        else:
            assert found[key].isna().all(), key


def test_a_kept_month_end_stays_what_it_was(company: Demo) -> None:
    for month in ("2026-04", "2026-05"):
        before = at(company, NOW, as_of=month)
        after = at(company, RESTATED, as_of=month)
        assert after.calendar.is_pinned
        assert after.calendar.pinned_from == date(2026, 4, 1)
        for query in (asset_at_ends, asset_statement):
            kept = ask(company, query, after, ADMIN)
            assert not difference(ask(company, query, before, ADMIN), kept), (month, query)
        rows = ask(company, value_months, after, ADMIN)
        today = ask(company, value_months, at(company, RESTATED), ADMIN)
        last = pd.to_datetime(rows["month"]).max()
        recomputed = today[pd.to_datetime(today["month"]) == last]["value"].iloc[0]
        assert rows["value"].iloc[-1] != pytest.approx(recomputed)


@pytest.mark.parametrize("search", SEARCHES)
def test_the_statement_closes_on_kept_month_ends(search: dict[str, str], company: Demo) -> None:
    query = {"as_of": "2026-05", "ends": "2026-03..2026-05", **search}
    filters = at(company, RESTATED, **query)
    lines = ask(company, asset_statement, filters, ADMIN)
    ends = ask(company, asset_at_ends, filters, ADMIN)["value"].tolist()
    assert lines["opening"].sum() == pytest.approx(ends[0], abs=1e-3)
    assert lines["closing"].sum() == pytest.approx(ends[1], abs=1e-3)
    parts = lines["opening"].sum() + lines["moved"].sum() + lines["revaluation"].sum()
    assert parts == pytest.approx(ends[1], abs=1e-3)


def test_what_was_restated_is_the_difference_and_names_its_customers(company: Demo) -> None:
    filters = at(company, RESTATED)
    months = ask(company, restated_months, filters, ADMIN)
    assert not months.empty
    assert set(months["cause"]) <= {"later_facts", "later_state", "not_known_then", "gone_since"}
    for month, rows in months.groupby("month"):
        name = f"{pd.Timestamp(month):%Y-%m}"
        kept = ask(company, asset_at_ends, at(company, RESTATED, as_of=name), ADMIN)["value"]
        opening = pd.Timestamp(month) - pd.DateOffset(months=1)
        ends = at(company, RESTATED, ends=f"{opening:%Y-%m}..{name}")
        today = ask(company, asset_at_ends, ends, ADMIN)["value"]
        moved = rows["asset_now"].sum() - rows["asset_then"].sum()
        assert moved == pytest.approx(today.iloc[-1] - kept.iloc[-1], abs=1e-3)
        assert moved != 0
        for row in rows.itertuples():
            marked = filters.focused(month=name, cause=str(row.cause))
            who = ask(company, restated_members, marked, ADMIN)
            assert len(who) == row.customers
            assert who["asset_now"].sum() == pytest.approx(row.asset_now or 0.0, abs=1e-3)
    assert ask(company, restated_months, at(company, NOW), ADMIN).empty


def test_other_months_make_no_sense(company: Demo) -> None:
    for month in ("2026-06", "2023-01", "2027-01", "2026-13", "nonsense", ""):
        assert not at(company, NOW, as_of=month).calendar.is_past, month
    filters = at(company, NOW, as_of="2026-03", period="all")
    assert filters.period.until == date(2026, 4, 1)
    assert at(company, NOW, **filters.to_query()) == filters
    assert filters.canonical() != at(company, NOW, period="all").canonical()

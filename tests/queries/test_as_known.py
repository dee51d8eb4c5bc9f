"""As of a closed month end: what is said then is what a refresh of that day said, or was kept."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection, insert, select

from data.domain.filters import Filters
from data.pipeline import load_demo as loading
from data.pipeline.contract import copy_contract
from data.pipeline.in_force import state_of
from data.pipeline.load_demo import Company, load_demo
from data.pipeline.refresh import refresh
from data.warehouse.fetch import Fetcher
from data.warehouse.schema import orders
from data.warehouse.versions import Warehouse, new_version, open_warehouse
from queries.asset import value_months
from queries.asset_statement import asset_at_ends, asset_statement
from queries.known import is_known_metric, is_known_then
from queries.metrics import METRICS
from queries.restated import restated_members, restated_months
from queries.single import metric_total
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
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("KEEP_VERSIONS", "9")
        settings.setattr(loading, "refresh", lambda build, **k: refresh(build, as_of=THEN, **k))
        load_demo(warehouse, COMPANY)
        for as_of, late in ((THEN, False), (TODAY, False), (TODAY + timedelta(days=1), True)):
            _follow(warehouse, as_of, is_late=late)
    demo = Demo(warehouse, Fetcher(warehouse))
    yield demo
    demo.close()


def _follow(warehouse: Warehouse, as_of: date, *, is_late: bool) -> None:
    with state_of(warehouse) as state, new_version(warehouse) as build:
        copy_contract(build)
        if is_late:
            _come_late(build.connection)
        refresh(build, as_of=as_of, state=state)


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


KNOWN = [q for q in all_questions().values() if q.as_known and q.name != "restated_months"]


@pytest.mark.parametrize("question", KNOWN, ids=lambda q: q.name)
def test_a_past_month_end_is_read_as_a_refresh_of_that_day_read_it(
    question: object, company: Demo
) -> None:
    for query in (question.query, question.members):  # type: ignore[attr-defined]
        if not is_known_then(query, at(company, NOW, as_of="2026-03")):
            continue
        for search in SEARCHES:
            then = ask(company, query, at(company, MARCH, **search), ADMIN)
            now = ask(company, query, at(company, NOW, as_of="2026-03", **search), ADMIN)
            columns = [c for c in then.columns if c in now.columns and _is_known(str(c))]
            assert set(then.columns) - set(now.columns) <= {"tier"}
            found = difference(then[columns], now[columns])
            assert not found, (query.__name__, search, found)


def _is_known(column: str) -> bool:
    key = column.removesuffix("_before")
    return key not in METRICS or is_known_metric(METRICS[key])


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

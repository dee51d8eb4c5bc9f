"""Values in the engine are those of the models: recomputed from the contract tables in Python."""

import json
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from data.access.demo_readers import DEMO_READERS
from data.domain.columns import LOSSES, SHIFTS
from data.domain.model import ScoringModel
from data.pipeline.contract import copy_contract
from data.pipeline.fits import Fits
from data.pipeline.in_force import models_in_force, origin_of, state_of
from data.pipeline.load_demo import Company, load_demo
from data.pipeline.refresh import refresh
from data.scoring.intervals import shifted
from data.scoring.lookup import lookup
from data.scoring.orders import p_alive
from data.scoring.spend import expected_spend
from data.state.models import approve_model, draft_model, models, propose_model
from data.warehouse.marts import customer_current, model_finding
from data.warehouse.schema import contract, orders
from data.warehouse.versions import live, new_version, open_warehouse
from tests.companies import company
from tests.conftest import Demo

UNIT = 10_000


def read(demo: Demo, table: Any, *names: str) -> list[Any]:
    """Return rows of the live version."""
    with demo.fetcher.readers.engine(demo.fetcher.info().number).connect() as connection:
        return list(connection.execute(select(*(table.c[n] for n in names))))


@pytest.fixture(scope="module")
def fits(duckdb_demo: Demo) -> Fits:
    """What the demo's model has learnt, as the state database keeps it."""
    engine = duckdb_demo.fetcher.readers.engine(duckdb_demo.fetcher.info().number)
    with state_of(duckdb_demo.warehouse) as state, engine.connect() as connection:
        found = models_in_force(state, origin_of(connection))[0].fits
    assert found is not None
    return found


def purchases(demo: Demo) -> dict[str, list[tuple[date, int]]]:
    """Return per customer the days on which it paid, and what, in ten-thousandths."""
    as_of = demo.fetcher.info().calendar.as_of
    by_day: dict[str, dict[date, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in read(demo, orders, "customer_id", "ordered_on", "amount"):
        if row.ordered_on <= as_of and row.customer_id:
            by_day[row.customer_id][row.ordered_on].append(round(row.amount * UNIT))
    return {
        who: sorted(
            (day, sum(paid)) for day, paid in days.items() if sum(paid) > 0 and max(paid) > 0
        )
        for who, days in by_day.items()
    }


def test_every_value_of_a_customer_without_contract_is_the_models(
    duckdb_demo: Demo, fits: Fits
) -> None:
    names = (
        "customer_id",
        "industry",
        "value",
        "p_alive",
        "order_spend",
        "margin",
        "service_month",
    )
    as_of = duckdb_demo.fetcher.info().calendar.as_of
    bound = {
        r.customer_id
        for r in read(duckdb_demo, contract, "customer_id", "starts_on")
        if r.starts_on <= as_of
    }
    paid = purchases(duckdb_demo)
    rows = [
        r
        for r in read(duckdb_demo, customer_current, *names, SHIFTS[0])
        if paid.get(r.customer_id) and r.customer_id not in bound
    ]
    assert len(rows) > 1_000
    days = [paid[r.customer_id] for r in rows]
    x = np.array([len(d) - 1 for d in days], dtype=float)
    t_x = np.array([(d[-1][0] - d[0][0]).days for d in days], dtype=float)
    age = np.array([(as_of - d[0][0]).days for d in days], dtype=float)
    repeat = np.array([sum(p for _, p in d[1:]) // max(len(d) - 1, 1) for d in days], dtype=float)
    spend = expected_spend(fits.spend, x, np.where(x > 0, repeat, np.nan))
    spent = np.array([sum(p for _, p in d) for d in days], dtype=float)
    earned = np.array([float(r.margin) for r in rows])
    prior = np.array([fits.rates[r.industry] for r in rows])
    rate = np.clip((earned + fits.rate_weight * prior) / (spent + fits.rate_weight), 0, 1)
    service = np.array([float(r.service_month) for r in rows])

    def valued(buying: Any) -> Any:
        # The lookup knows ages in whole weeks.
        table = lookup(buying, x, np.floor((age + 3) / 7) * 7, months=36, annual_discount=0.10)
        alive = p_alive(buying, x, t_x, age)
        return alive, np.maximum(alive * (rate * spend * table.deo - service * table.dam), 0)

    alive, value = valued(fits.buying)
    assert np.abs(alive - [r.p_alive for r in rows]).max() < 1e-9
    assert np.abs(spend - [r.order_spend for r in rows]).max() <= 1
    assert np.abs(value - [float(r.value) for r in rows]).max() <= 2, "ten-thousandths"
    moved = valued(shifted(fits.buying, 0))[1] - value
    assert np.abs(moved - [float(getattr(r, SHIFTS[0])) for r in rows]).max() <= 4


def test_the_formula_of_the_stored_parts_gives_the_value(duckdb_demo: Demo) -> None:
    names = (
        *("value", "margin_rate", "order_spend", "discounted_orders", "service_month"),
        *("alive_months", "contract_month", "contract_months"),
    )
    for r in read(duckdb_demo, customer_current, *names):
        if r.value is None:
            continue
        bought = r.margin_rate * float(r.order_spend or 0) * (r.discounted_orders or 0) - float(
            r.service_month
        ) * (r.alive_months or 0)
        bound = (r.margin_rate * float(r.contract_month or 0) - float(r.service_month)) * (
            r.contract_months or 0
        )
        assert abs(max(0.0, bought + bound) - float(r.value)) <= 100, "a hundredth"


def test_no_more_can_be_lost_than_there_is(duckdb_demo: Demo) -> None:
    rows = read(duckdb_demo, customer_current, "is_churned", "value", *LOSSES)
    for r in rows:
        chances = [getattr(r, name) for name in LOSSES]
        if r.is_churned or r.value is None:
            assert all(c is None for c in chances)
        else:
            assert min(chances) >= 0 and sum(chances) <= UNIT


def test_the_next_refresh_learns_nothing_new_and_gives_the_same_values(tmp_path: Path) -> None:
    warehouse = open_warehouse("", var=tmp_path)
    load_demo(warehouse, Company(customers=600, months=18, seed=3, stories=False))
    first = _values(Demo(warehouse, None))  # type: ignore[arg-type]
    with state_of(warehouse) as state:
        kept = [m.fitted for m in models(state)]
        with new_version(warehouse) as build:
            copy_contract(build)
            refresh(build, state=state)
        assert [m.fitted for m in models(state)] == kept
    assert _values(Demo(warehouse, None)) == first  # type: ignore[arg-type]


def _values(demo: Demo) -> list[Any]:
    import duckdb

    file = str(demo.warehouse.file(live(demo.warehouse)))
    with duckdb.connect(file, read_only=True) as connection:
        return connection.execute("SELECT * FROM customer_snapshot ORDER BY ALL").fetchall()


def test_a_new_model_holds_from_its_month_and_its_difference_is_the_revaluation(
    tmp_path: Path,
) -> None:
    warehouse = open_warehouse("", var=tmp_path)
    load_demo(warehouse, Company(customers=600, months=18, seed=3, stories=False))
    before = {(r[0], r[1]): r for r in _months(warehouse)}
    month = max(m for m, _ in before)
    with state_of(warehouse) as state:
        drafted = draft_model(
            state,
            actor=DEMO_READERS["analyst"],
            definition=replace(ScoringModel(), annual_discount=0.3),
            name="dearer money",
        )
        propose_model(state, actor=DEMO_READERS["analyst"], version=drafted.version)
        approve_model(
            state,
            actor=DEMO_READERS["executive"],
            version=drafted.version,
            effective_month=month,
        )
        with new_version(warehouse) as build:
            copy_contract(build)
            refresh(build, state=state)
    moved = 0
    for at, who, value, churned, revaluation, model in _months(warehouse):
        old = before[at, who][2]
        if at < month:
            assert (value, revaluation, model) == (old, 0, 1)
        else:
            assert model == drafted.version
            assert revaluation == (0 if churned else value - old)
            moved += revaluation != 0
    assert moved > 50


def _months(warehouse: Any) -> list[Any]:
    import duckdb

    names = "month, customer_no, value, is_churned, revaluation, model"
    with duckdb.connect(str(warehouse.file(live(warehouse))), read_only=True) as connection:
        return connection.execute(f"SELECT {names} FROM customer_snapshot").fetchall()


def test_another_companys_data_are_learnt_from_anew(tmp_path: Path) -> None:
    warehouse = open_warehouse("", var=tmp_path)
    load_demo(warehouse, Company(customers=600, months=18, seed=3, stories=False))
    load_demo(warehouse, Company(customers=600, months=18, seed=4, stories=False))
    with state_of(warehouse) as state:
        assert [(m.version, m.state) for m in models(state)] == [(1, "retired"), (2, "approved")]
        assert models(state)[1].effective_month == models(state)[0].effective_month


# --- too little, or absurd -------------------------------------------------------------------

AS_OF = date(2026, 6, 30)


def people(count: int) -> list[dict[str, Any]]:
    """Return customers of a hand-made company."""
    return [{"customer_id": f"c{i:03}", "name": f"C {i}"} for i in range(count)]


def sold(who: int, days_ago: int, amount: str, number: int) -> dict[str, Any]:
    """Return one order."""
    from decimal import Decimal

    return {
        "order_id": f"o{number}",
        "customer_id": f"c{who:03}",
        "ordered_on": AS_OF - timedelta(days=days_ago),
        "amount": Decimal(amount),
    }


ODD = {
    "three customers": [sold(i, 30 * i, "100", i) for i in range(3)],
    "all once": [sold(i, i, "100", i) for i in range(150)],
    "one day": [sold(i, 0, "100", i) for i in range(150)],
    "absurd amounts": [
        sold(i % 140, i % 300, "9999999999.9999" if i % 7 else "0.0001", i) for i in range(900)
    ],
    "a typing error": [
        *(sold(i % 140, i % 300, "12.5", i) for i in range(500)),
        # The largest amounts that an import takes; a sum of few of them is all that 64 bits hold.
        sold(1, 20, "999999999999.9999", 900),
        sold(2, 20, "-999999999999.9999", 901),
        sold(3, 200, "99999999999", 902),
    ],
    "few come back": [sold(i, i, "20", i) for i in range(159)]
    + [sold(i, 2 * i + 9, "30", 500 + i) for i in range(90)],
    "future dates": [sold(i, i, "100", i) for i in range(50)]
    + [sold(i, -30 - i, "100", 500 + i) for i in range(150)],
    "only returns": [sold(i, i, "-50", i) for i in range(40)] + [sold(50, 5, "10", 99)],
}


@pytest.mark.parametrize("name", ODD)
def test_too_little_or_absurd_data_give_a_reason_and_no_silly_number(
    name: str, tmp_path: Path
) -> None:
    fetcher = company(tmp_path, {"customer": people(160), "orders": ODD[name]}, AS_OF)
    with fetcher.readers.engine(fetcher.info().number).connect() as connection:
        values = connection.execute(select(customer_current.c.value)).scalars().all()
        findings = list(connection.execute(select(model_finding)))
        alive = set(connection.execute(select(customer_current.c.p_alive)).scalars())
        simple = connection.execute(select(customer_current.c.simple_value)).scalars().all()
    fetcher.readers.close()
    assert findings, "the reader is told"
    assert all(json.loads(f.details) is not None for f in findings)
    known = [v for v in values if v is not None]
    assert all(0 <= v <= 2**62 for v in known)
    if name not in ("absurd amounts", "a typing error"):
        assert not known, "blank, and the simple value stands in"
        assert alive == {None}, "no chance of models that nobody may use"
    assert len(simple) == len(values)


# --- months that have closed -----------------------------------------------------------------


def test_a_month_is_pinned_when_it_closes_and_stays_as_it_was_known(tmp_path: Path) -> None:
    import duckdb

    warehouse = open_warehouse("", var=tmp_path)
    load_demo(warehouse, Company(customers=400, months=12, seed=3, stories=False))

    def pinned(as_of: date, *, sql: str = "") -> tuple[Any, list[Any], list[Any]]:
        with state_of(warehouse) as state, new_version(warehouse) as build:
            copy_contract(build)
            if sql:
                build.connection.exec_driver_sql(sql)
            refresh(build, as_of=as_of, state=state)
        with duckdb.connect(str(warehouse.file(live(warehouse))), read_only=True) as connection:
            query = "SELECT * FROM pinned_end ORDER BY month, customer_id"
            since = connection.execute("SELECT pinned_from FROM version_info").fetchone()
            now = (
                "SELECT c.customer_id, s.value FROM customer_snapshot s JOIN customer_current c "
                "USING (customer_no) WHERE s.month = '2026-04-01' ORDER BY c.customer_id"
            )
            return since, connection.execute(query).fetchall(), connection.execute(now).fetchall()

    # The demo itself was loaded as of 20 June: only what closes after that is pinned.
    assert pinned(date(2026, 6, 29))[:2] == ((None,), [])
    since, first, _ = pinned(date(2026, 7, 2))
    assert since == (date(2026, 6, 1),)
    assert {row[0] for row in first} == {date(2026, 6, 1)}
    assert {row[-1] for row in first} == {date(2026, 7, 2)}
    _, again, _ = pinned(date(2026, 7, 9), sql="UPDATE orders SET amount = amount * 2")
    assert again == first, "what was known in July stays, though every order has changed since"

"""Whose rows a reader sees, relation by relation, and that a masked field is never read."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import func, select

from data.access.demo_readers import demo_reader
from data.access.reader import scope_of
from data.domain.dimension import NOT_GIVEN
from data.domain.filters import Filters
from data.domain.period import Period
from data.domain.scope import MASKABLE, Scope
from data.warehouse.dialects import Rows, sum_cents
from data.warehouse.fetch import Fetcher
from queries import visible
from tests.companies import Table, company
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask, fetch

AS_OF = date(2026, 6, 20)
DAY = date(2026, 5, 4)
MONTHS = Period(date(2026, 5, 1), date(2026, 7, 1))
TEAM_A = replace(ADMIN, user="a", role="lead", teams=frozenset({"A"}))
TEAM_B = replace(ADMIN, user="b", role="lead", teams=frozenset({"B"}))
REP_A = replace(ADMIN, user="ra", role="rep", reps=frozenset({"ra"}))
NOBODYS = replace(ADMIN, user="n", role="lead", teams=frozenset({NOT_GIVEN}))
MASKED = replace(ADMIN, masked=MASKABLE)


def sale(number: str, customer: str, rep: str | None, amount: int) -> dict[str, Any]:
    """Return an order."""
    return {
        "order_id": number,
        "customer_id": customer,
        "rep_id": rep,
        "ordered_on": DAY,
        "amount": Decimal(amount),
    }


def deal(number: str, customer: str | None, rep: str) -> dict[str, Any]:
    """Return an open opportunity."""
    return {
        "opportunity_id": number,
        "customer_id": customer,
        "lead_name": "Lead",
        "rep_id": rep,
        "stage": "lead",
        "status": "open",
        "created_on": DAY,
    }


#: Two teams, a customer of each and one without an owner; both reps sell to all of them.
TABLES: dict[str, Table] = {
    "team": [
        {"team_id": "T", "name": "All", "parent_team_id": None},
        {"team_id": "A", "name": "A", "parent_team_id": "T"},
        {"team_id": "B", "name": "B", "parent_team_id": "T"},
    ],
    "rep": [
        {"rep_id": "ra", "name": "Ra", "team_id": "A"},
        {"rep_id": "rb", "name": "Rb", "team_id": "B"},
    ],
    "customer": [
        {"customer_id": "a1", "name": "Of A", "rep_id": "ra", "phone": "+8613900000001"},
        {"customer_id": "b1", "name": "Of B", "rep_id": "rb", "phone": "+8613900000002"},
        {"customer_id": "n1", "name": "Of nobody", "rep_id": None, "phone": "+8613900000003"},
    ],
    "contact": [
        {"customer_id": "a1", "name": "Ann", "role": "buyer", "email": "ann@a.example"},
        {"customer_id": "b1", "name": "Bob", "role": "buyer", "email": "bob@b.example"},
    ],
    "orders": [
        sale("O1", "a1", "ra", 10),
        sale("O2", "b1", "ra", 20),
        sale("O3", "a1", "rb", 5),
        sale("O4", "n1", "rb", 7),
        sale("O5", "n1", None, 3),
    ],
    "opportunity": [deal("D1", None, "ra"), deal("D2", "b1", "ra"), deal("D3", "n1", "ra")],
    "activity": [
        {
            "activity_id": "V1",
            "customer_id": None,
            "rep_id": "ra",
            "kind": "call",
            "happened_at": datetime(2026, 5, 4, 9),
        }
    ],
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fetcher]:
    """The company of two teams."""
    fetcher = company(tmp_path_factory.mktemp("scope"), TABLES, AS_OF)
    yield fetcher
    fetcher.readers.close()


Seen = Callable[..., pd.DataFrame]


@pytest.fixture
def seen(small: Fetcher) -> Seen:
    """Return the rows of a relation as a reader sees them."""
    filters = Filters.from_query({}, small.info().calendar, version=1).over(MONTHS)

    def rows(relation: Callable[..., Any], scope: Scope, *names: str, **chosen: str) -> Any:
        narrowed = filters
        for key, value in chosen.items():
            narrowed = narrowed.choosing(key, value)
        takes_period = "period" in inspect.signature(relation).parameters
        args = (narrowed, scope, *((narrowed.period,) if takes_period else ()))
        found = relation(*args).c
        stmt = select(*(found[n] for n in names)).order_by(*(found[n] for n in names))
        return fetch(small, lambda: stmt, 1)

    return rows


def test_customers_follow_their_owner_and_without_one_the_company(seen: Seen) -> None:
    whom = {s.user: set(seen(visible.customers, s, "customer_id")["customer_id"]) for s in SCOPES}
    assert whom == {"admin": {"a1", "b1", "n1"}, "a": {"a1"}, "b": {"b1"}, "ra": {"a1"}, "n": set()}


SCOPES = (ADMIN, TEAM_A, TEAM_B, REP_A, NOBODYS)


def test_what_customers_bought_follows_the_customers_owner(seen: Seen) -> None:
    sums = {s.user: seen(visible.order_days, s, "net")["net"].sum() for s in SCOPES}
    assert sums == {"admin": 45, "a": 15, "b": 20, "ra": 15, "n": 0}


def test_deals_follow_the_customer_and_without_one_their_representative(seen: Seen) -> None:
    whose = {
        s.user: set(seen(visible.deals, s, "opportunity_id")["opportunity_id"]) for s in SCOPES
    }
    assert whose == {
        "admin": {"D1", "D2", "D3"},
        "a": {"D1"},
        "b": {"D2"},
        "ra": {"D1"},
        "n": set(),
    }


def test_what_representatives_did_follows_the_facts_own_representative(seen: Seen) -> None:
    sums = {s.user: seen(visible.rep_months, s, "sales")["sales"].sum() for s in SCOPES}
    assert sums == {"admin": 45, "a": 30, "b": 12, "ra": 30, "n": 0}
    calls = {s.user: seen(visible.rep_months, s, "follow_ups")["follow_ups"].sum() for s in SCOPES}
    assert calls == {"admin": 1, "a": 1, "b": 0, "ra": 1, "n": 0}


def test_the_orders_behind_a_leaderboard_keep_foreign_customers_unnamed(seen: Seen) -> None:
    columns = ("order_id", "rep", "customer_id", "name", "is_foreign", "sales")
    for scope in SCOPES:
        rows = seen(visible.rep_orders, scope, *columns)
        assert rows["sales"].sum() == seen(visible.rep_months, scope, "sales")["sales"].sum()
    rows = seen(visible.rep_orders, TEAM_A, *columns).set_index("order_id")
    assert rows.loc["O1", ["customer_id", "name", "is_foreign"]].tolist() == ["a1", "Of A", 0]
    assert rows.loc["O2", "is_foreign"] == 1
    assert rows.loc["O2", ["customer_id", "name"]].isna().all()
    of_b = seen(visible.rep_orders, ADMIN, "order_id", team="B")
    assert set(of_b["order_id"]) == {"O3", "O4"}


def test_a_comparison_of_few_customers_is_not_published(seen: Seen, small: Fetcher) -> None:
    published = visible.benchmark().c
    rows = fetch(small, lambda: select(published.industry), 1)
    assert rows.empty


def test_foreign_customers_stay_unnamed_on_every_engine(any_demo: Demo) -> None:
    info = any_demo.fetcher.info()
    own = scope_of(demo_reader("lead", info), info)
    lead = replace(ADMIN, user="lead", teams=own.teams)

    def leaderboard(filters: Filters, scope: Scope) -> Rows:
        m = visible.rep_months(filters, scope, filters.period).c
        return select(sum_cents(m.sales).label("sales"))

    def behind(filters: Filters, scope: Scope) -> Rows:
        o = visible.rep_orders(filters, scope, filters.period).c
        named = func.count(o.customer_id).label("named")
        foreign = func.sum(o.is_foreign).label("foreign_rows")
        return select(sum_cents(o.sales).label("sales"), named, foreign, func.count().label("n"))

    filters = any_demo.filters(period="all")
    for scope in (lead, ADMIN):
        whole = ask(any_demo, leaderboard, filters, scope).iloc[0]
        rows = ask(any_demo, behind, filters, scope).iloc[0]
        assert rows["sales"] == pytest.approx(whole["sales"], abs=1e-4)
        assert rows["named"] + rows["foreign_rows"] == rows["n"] > 0
    # In the demo company every team sells to its own customers only, as far as the company knows.
    assert ask(any_demo, behind, filters, ADMIN)["foreign_rows"].iloc[0] == 0

"""Leaderboard, books and hand-overs: recomputed in Python, and whose they are."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from data.domain.filters import Filters
from data.domain.period import add_months
from data.domain.scope import Scope
from queries import visible
from queries.breakdown import by_dimension
from queries.kpis import totals
from queries.measure.reps import counted_months
from queries.question import Rows
from queries.team import (
    LEADER,
    book_comparison,
    book_members,
    handover,
    handover_members,
    invoice_ages,
    invoice_members,
    leaderboard,
    sale_members,
    team_nodes,
)
from tests.companies import Table, company
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask, readers

#: Of others, a rate is told from so many customers of so many representatives; ages in years.
LEAST_CUSTOMERS, LEAST_REPS, AGES = 5, 3, (1, 3)
BASES = ("sales", "cash_collected", "cash_due", "contacts_made", "rep_won", "sales_target")


# --- what they did ---------------------------------------------------------------------------


def test_the_rows_of_the_leaderboard_add_up_to_its_sales(any_demo: Demo) -> None:
    filters = any_demo.filters()
    for scope in readers(any_demo.fetcher.info()).values():
        board = ask(any_demo, leaderboard, filters, scope)
        orders = ask(any_demo, sale_members, filters, scope)
        assert orders["sales"].sum() == pytest.approx(board["sales"].sum(), abs=1e-4)
        assert board["sales"].is_monotonic_decreasing
    assert len(board) == 1, "a representative stands alone"


def test_a_team_holds_its_subtree(duckdb_demo: Demo) -> None:
    info = duckdb_demo.fetcher.info()
    filters = duckdb_demo.filters()
    nodes = ask(duckdb_demo, team_nodes, filters, ADMIN).set_index("key")
    for team in nodes.index:
        alone = filters.choosing("team", team)
        expected = ask(duckdb_demo, partial(totals, keys=LEADER), alone, ADMIN).iloc[0]
        for key in LEADER:
            assert nodes.loc[team, key] == pytest.approx(expected[key], rel=1e-12), (team, key)
    below = [team for team in nodes.index if info.parents.get(team) == "T0"]
    assert nodes.loc[below, "sales"].sum() == pytest.approx(nodes.loc["T0", "sales"])


@pytest.mark.parametrize("dimension", ["team", "rep"])
def test_teams_and_people_add_up(dimension: str, duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters(period="last_12")
    keys = (*BASES, "book_opening", "book_growth", "book_expected")
    whole = ask(duckdb_demo, partial(totals, keys=keys), filters, ADMIN).iloc[0]
    divided = partial(by_dimension, keys=keys, dimension=dimension)
    parts = ask(duckdb_demo, divided, filters, ADMIN)
    for key in keys:
        assert parts[key].sum() == pytest.approx(whole[key], rel=1e-12, abs=1e-3), key


def test_only_whole_months_that_are_over_count(duckdb_demo: Demo) -> None:
    spans = {
        "ytd": ("2026-01-01", "2026-06-01"),
        "2026-05-10..2026-06-20": ("2026-05-01", "2026-07-01"),
        "2026-04-10..2026-06-20": ("2026-05-01", "2026-06-01"),
        "month": ("2026-06-01", "2026-07-01"),
        "2025-02-01..2025-03-31": ("2025-02-01", "2025-04-01"),
    }
    for query, (since, until) in spans.items():
        filters = duckdb_demo.filters(period=query)
        found = counted_months(filters.period, filters.calendar)
        assert (str(found.since), str(found.until)) == (since, until), query


def test_customers_dimensions_cannot_cut_what_representatives_did(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters(tier="high")
    for query in (leaderboard, sale_members, team_nodes, book_comparison):
        rows = ask(duckdb_demo, query, filters, ADMIN)
        assert rows.select_dtypes("number").fillna(0).eq(0).all(axis=None)


# --- books -----------------------------------------------------------------------------------


def ends_of(filters: Filters, scope: Scope) -> Rows:
    """One row per customer and month end of the two: what the books are made of."""
    s = visible.snapshot_customers(filters, scope).c
    c = visible.everyone(filters, scope, "customer_no", "first_on").c
    both = s.month.in_([visible.day(m) for m in filters.calendar.ends_of(filters.period)])
    names = ("customer_no", "month", "rep", "region", "tier", "value", "revaluation")
    columns = [s[n] for n in names]
    stmt = select(*columns, c.first_on).where(both, s.customer_no == c.customer_no)
    return stmt.order_by(s.customer_no, s.month)


def books(demo: Demo, filters: Filters) -> dict[str, dict[str, Any]]:
    """Return each book by hand: opening, growth and expected, in ten-thousandths."""
    opening, closing = filters.calendar.ends_of(filters.period)
    rows = ask(demo, ends_of, filters, ADMIN)
    rows["month"] = [pd.Timestamp(m).date() for m in rows["month"]]
    after = rows[rows["month"] == closing].set_index("customer_no")["value"]
    cells: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows[rows["month"] == opening].itertuples():
        if pd.isna(row.value) or row.value <= 0:
            continue
        first = None if pd.isna(row.first_on) else pd.Timestamp(row.first_on).date()
        closed = add_months(opening, 1)
        ages = [i for i, y in enumerate(AGES) if first and first >= add_months(closed, -12 * y)]
        age = ages[0] if ages else len(AGES)
        then = round(row.value * 10_000)
        now = after.get(row.customer_no)
        now = 0 if now is None or pd.isna(now) else round(now * 10_000)
        cell = cells[row.rep, row.tier, age, row.region]
        for i, amount in enumerate((then, now - then, 1)):
            cell[i] += amount
    return _fair(cells)


def _rate(cells: Any, rep: str, same: Any) -> float | None:
    others = [(key[0], c) for key, c in cells.items() if key[0] != rep and same(key)]
    held = [sum(c[i] for _, c in others) for i in range(3)]
    is_enough = held[2] >= LEAST_CUSTOMERS and len({r for r, _ in others}) >= LEAST_REPS
    return held[1] / held[0] if is_enough and held[0] > 0 else None


def _fair(cells: Any) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(
        lambda: {"customers": 0, "opening": 0, "growth": 0, "expected": 0}
    )
    for key, (then, grown, count) in cells.items():
        rep, tier = key[0], key[1]
        rate = _rate(cells, rep, lambda k, key=key: k[1:] == key[1:])
        if rate is None:
            rate = _rate(cells, rep, lambda k, tier=tier: k[1] == tier)
        book = found[rep]
        book["customers"] += count
        book["opening"] += then
        if rate is not None:
            book["growth"] += grown
            book["expected"] += then * rate
    return found


def test_books_on_every_engine(any_demo: Demo) -> None:
    filters = any_demo.filters(period="last_12")
    assert not filters.calendar.revalued
    expected = books(any_demo, filters)
    rows = ask(any_demo, book_comparison, filters, ADMIN)
    assert set(rows["key"]) == set(expected)
    for row in rows.itertuples():
        book = expected[row.key]
        assert row.customers == book["customers"], row.key
        assert round(row.book_opening * 10_000) == book["opening"], row.key
        assert round(row.book_growth * 10_000) == book["growth"], row.key
        # Each cell is rounded to a ten-thousandth.
        assert row.book_expected * 10_000 == pytest.approx(book["expected"], abs=60), row.key
        assert row.fair_growth == pytest.approx(row.book_growth - row.book_expected, abs=1e-3)
    assert rows["fair_growth"].is_monotonic_decreasing


def test_a_lead_sees_the_same_fairness_as_the_company(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters(period="last_12")
    company_wide = ask(duckdb_demo, book_comparison, filters, ADMIN).set_index("key")
    for user, scope in readers(duckdb_demo.fetcher.info()).items():
        own = ask(duckdb_demo, book_comparison, filters, scope).set_index("key")
        assert not own.empty
        pd.testing.assert_frame_equal(own, company_wide.loc[own.index], check_dtype=False)
        assert user == "admin" or len(own) < len(company_wide)


def test_the_customers_behind_a_book_add_up(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters(period="last_12")
    rows = ask(duckdb_demo, book_comparison, filters, ADMIN).set_index("key")
    members = ask(duckdb_demo, book_members, filters, ADMIN).groupby("rep")
    for rep, book in members:
        assert book["book_opening"].sum() == pytest.approx(rows.loc[rep, "book_opening"], abs=1e-3)
        assert len(book) == rows.loc[rep, "customers"]


# --- hand-overs and invoices -----------------------------------------------------------------

AS_OF = date(2026, 6, 20)


def owned(customer: str, rep: str, since: date, until: date | None = None) -> dict[str, Any]:
    return {"customer_id": customer, "rep_id": rep, "since": since, "until": until}


TABLES: dict[str, Table] = {
    "team": [{"team_id": "A", "name": "A", "parent_team_id": None}],
    "rep": [
        {"rep_id": "gone", "name": "Gone", "team_id": "A", "left_on": date(2026, 3, 1)},
        {"rep_id": "soon", "name": "Soon", "team_id": "A", "left_on": date(2026, 7, 1)},
        {"rep_id": "heir", "name": "Heir", "team_id": "A", "left_on": None},
    ],
    "customer": [
        {"customer_id": "kept", "name": "Still with who left", "rep_id": "gone"},
        {"customer_id": "given", "name": "Given on", "rep_id": "heir"},
        {"customer_id": "own", "name": "Always the heir's", "rep_id": "heir"},
        {"customer_id": "later", "name": "Of who leaves later", "rep_id": "soon"},
        {"customer_id": "nobodys", "name": "Nobody's", "rep_id": None},
    ],
    "customer_owner": [
        owned("given", "gone", date(2025, 1, 1), date(2025, 6, 1)),
        owned("given", "soon", date(2025, 6, 1), date(2025, 9, 1)),
        owned("given", "gone", date(2025, 9, 1), date(2026, 3, 1)),
        owned("given", "heir", date(2026, 3, 1)),
        owned("own", "heir", date(2025, 1, 1)),
    ],
    "orders": [
        {"order_id": n, "customer_id": n, "ordered_on": date(2026, 5, 4), "amount": Decimal(9)}
        for n in ("kept", "given", "own", "later", "nobodys")
    ],
    "invoice": [
        {"invoice_id": "I1", "customer_id": "own", "issued_on": date(2026, 2, 1),
         "due_on": date(2026, 3, 1), "amount": Decimal(100)},
        {"invoice_id": "I2", "customer_id": "own", "issued_on": date(2026, 6, 1),
         "due_on": AS_OF, "amount": Decimal(50)},
        {"invoice_id": "I3", "customer_id": "own", "issued_on": date(2026, 6, 19),
         "due_on": None, "amount": Decimal(7)},
        {"invoice_id": "I4", "customer_id": "given", "issued_on": date(2026, 4, 1),
         "due_on": date(2026, 5, 1), "amount": Decimal(30)},
    ],
    "payment": [
        {"payment_id": "P1", "invoice_id": "I1", "customer_id": "own",
         "paid_on": date(2026, 4, 1), "amount": Decimal(40)},
        {"payment_id": "P2", "invoice_id": "I4", "customer_id": "given",
         "paid_on": date(2026, 4, 9), "amount": Decimal(30)},
        {"payment_id": "P3", "invoice_id": None, "customer_id": "own",
         "paid_on": date(2026, 4, 9), "amount": Decimal(60)},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder: Path = tmp_path_factory.mktemp("team")
    fetcher = company(folder, TABLES, AS_OF)
    return Demo(fetcher.warehouse, fetcher)


def test_who_left_whose_customers_went_where(small: Demo) -> None:
    rows = ask(small, handover, small.filters(), ADMIN)
    found = {
        (None if pd.isna(r.former) else r.former, r.key): r.customers for r in rows.itertuples()
    }
    assert found == {(None, "(none)"): 1, ("gone", "gone"): 1, ("gone", "heir"): 1}
    members = ask(small, handover_members, small.filters(), ADMIN)
    assert sorted(members["customer_id"]) == ["given", "kept", "nobodys"]
    team = replace(ADMIN, user="a", role="lead", teams=frozenset({"A"}))
    assert "nobodys" not in set(ask(small, handover_members, small.filters(), team)["customer_id"])
    heir = replace(ADMIN, user="h", role="rep", reps=frozenset({"heir"}))
    assert ask(small, handover_members, small.filters(), heir)["customer_id"].tolist() == ["given"]


def test_invoices_age_by_what_is_open_of_them(small: Demo) -> None:
    rows = ask(small, invoice_ages, small.filters(), ADMIN)
    found = {row.band: row.open_invoice for row in rows.itertuples()}
    assert found == {"91+": 60.0, "1-30": 7.0, "not due": 50.0}
    old = ask(small, invoice_members, small.filters().focused(band="91+"), ADMIN)
    assert old["invoice_id"].tolist() == ["I1"]
    late = ask(small, partial(totals, keys=("overdue_amount",)), small.filters(), ADMIN)
    assert late["overdue_amount"].iloc[0] == 67.0
    small.close()

"""Moves between tiers against the snapshot rows, and who was treated and what followed."""

import random
from collections import Counter, defaultdict
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import BigInteger, Text, cast, func, select, type_coerce

from data.domain.dimension import ABSENT
from data.domain.filters import Filters
from data.domain.model import ScoringModel
from data.domain.period import Period, add_months
from data.warehouse import marts
from data.warehouse.rules import column_of
from queries import flapping, migration, playbook, visible
from tests.conftest import ADMIN, Demo
from tests.queries.asking import all_questions, ask, fetch, random_filters

Ends = dict[int, dict[date, tuple[str, str, int | None]]]


@pytest.fixture(params=["duckdb", "postgres", "clickhouse"], scope="module")
def demo(request: pytest.FixtureRequest) -> Demo:
    """The demo company on each engine in turn."""
    return request.getfixturevalue(f"{request.param}_demo")


@pytest.fixture(scope="module")
def history(demo: Demo) -> Ends:
    """Tier held, raw tier and value (of who was not churned) by customer and month end."""
    s = marts.customer_snapshot.c
    tiers = (cast(s[n], Text).label(n) for n in ("tier", "tier_raw"))
    value = type_coerce(s.value, BigInteger()).label("value")
    stmt = select(s.month, s.customer_no, s.is_churned, *tiers, value)
    stmt = stmt.order_by(s.month, s.customer_no)
    found: Ends = defaultdict(dict)
    for row in fetch(demo.fetcher, lambda: stmt, demo.fetcher.info().number).itertuples():
        month = pd.Timestamp(row.month).date()
        is_valued = not row.is_churned and not pd.isna(row.value)
        value_then = int(row.value) if is_valued else None
        found[int(row.customer_no)][month] = (row.tier, row.tier_raw, value_then)
    return found


def numbers(demo: Demo, filters: Filters) -> set[int]:
    """Return the customers with these filters."""
    c = visible.customers(filters, ADMIN, "customer_no").c
    rows = fetch(demo.fetcher, lambda: select(c.customer_no), filters.version)
    return {int(n) for n in rows["customer_no"]}


def test_moves_are_those_of_the_snapshots(dice: random.Random, demo: Demo, history: Ends) -> None:
    months = [m.since for m in demo.filters().calendar.preset("all").months()][:-1]
    for _ in range(6):
        ends = tuple(sorted(dice.sample(months, 2)))
        filters = random_filters(dice, demo).offering(ends=ends)
        customers: Counter[tuple[str, str]] = Counter()
        values: Counter[tuple[str, str]] = Counter()
        for number in numbers(demo, filters):
            path = history.get(number, {})
            if ends[1] not in path:
                continue
            was = path[ends[0]][0] if ends[0] in path else ABSENT
            move = (was, path[ends[1]][0])
            customers[move] += 1
            values[move] += path[ends[1]][2] or 0
        rows = ask(demo, migration.tier_moves, filters, ADMIN)
        found = {(row.was, row.tier): row for row in rows.itertuples()}
        assert {k: row.customers for k, row in found.items()} == dict(customers)
        for move, row in found.items():
            closing = 0 if pd.isna(row.closing) else round(row.closing * 10_000)
            assert closing == values[move], (move, filters.to_search())


def test_a_cell_opens_its_customers_with_what_moved_them(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    rows = ask(duckdb_demo, migration.tier_moves, filters, ADMIN)
    for row in rows.itertuples():
        cell = filters.focused(move=f"{row.was}-{row.tier}")
        members = ask(duckdb_demo, migration.move_members, cell, ADMIN)
        assert len(members) == row.customers
        assert members["mover"].isna().all() == (row.was == ABSENT)
    changed = rows[rows["was"] != rows["tier"]]["customers"].sum()
    movers = ask(duckdb_demo, migration.mover_members, filters, ADMIN)
    assert len(movers) == changed


def test_what_moved_most_is_weighed_by_the_model_in_force(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    facts = ask(duckdb_demo, all_questions()["model_facts"].query, filters, ADMIN)
    own = facts[facts["part"] == "weight"].set_index("name")["value"].to_dict()
    assert own == {column_of(k): float(v) for k, v in ScoringModel().weights.items()}
    ends = filters.ends
    stmt = select(
        *visible.movements(filters, ADMIN, ends, "customer_id", scores=migration.SCORES).c
    )
    rows = fetch(duckdb_demo.fetcher, lambda: stmt, filters.version).set_index("customer_id")
    named = ask(duckdb_demo, migration.move_members, filters, ADMIN).dropna(subset=["mover"])
    assert len(named) > 100
    for row in named.itertuples():
        of = rows.loc[row.customer_id]
        sizes = {n: abs(of[f"closing_{n}"] - of[f"opening_{n}"]) * w for n, w in own.items()}
        assert sizes[row.mover] == max(sizes.values())


def test_named_movers_go_the_way_they_are_named_for(demo: Demo) -> None:
    rows = ask(demo, migration.movers, demo.filters(), ADMIN)
    height = {tier: i for i, tier in enumerate(("dormant", "general", "potential", "high"))}
    steps = rows["tier"].map(height) - rows["tier_before"].map(height)
    assert ((steps > 0) == (rows["is_up"] == 1)).all()
    assert (steps != 0).all()
    assert rows.groupby("is_up").size().max() <= migration.NAMED


def test_flapping_counts_who_left_and_came_back(demo: Demo, history: Ends) -> None:
    filters = demo.filters()
    last = filters.ends[1]
    months = [add_months(last, i) for i in (-2, -1, 0)]
    paths = [[p[m] for m in months] for p in history.values() if all(m in p for m in months)]
    row = ask(demo, flapping.flapping, filters, ADMIN).iloc[0]
    assert row["customers"] == len(paths)
    for place, prefix in ((0, ""), (1, "raw_")):
        tiers = [[end[place] for end in path] for path in paths]
        assert row[f"{prefix}changed"] == sum(a != b or b != c for a, b, c in tiers)
        assert row[f"{prefix}returned"] == sum(a == c != b for a, b, c in tiers)
    members = ask(demo, flapping.flapping_members, filters, ADMIN)
    assert len(members) == row["returned"]
    assert row["returned"] < row["raw_returned"]


def test_the_playbook_is_of_the_tiers_at_the_opening(demo: Demo) -> None:
    filters = demo.filters()
    rows = ask(demo, playbook.playbook, filters, ADMIN)
    moves = ask(demo, migration.tier_moves, filters, ADMIN)
    known = moves[moves["was"] != ABSENT]
    by_tier = rows.groupby("tier")["customers"].sum().to_dict()
    assert by_tier == known.groupby("was")["customers"].sum().to_dict()
    for row in rows.itertuples():
        arm = "treated" if row.is_treated else "others"
        marked = filters.focused(state=row.tier, arm=arm)
        members = ask(demo, playbook.playbook_members, marked, ADMIN)
        assert len(members) == row.customers
        assert (members["orders"] > 0).sum() == row.buyers
    treated = add_months(filters.ends[0], 1)
    m = visible.month_customers(
        filters, ADMIN, Period(treated, add_months(treated, 1)), "customer_no", "follow_ups"
    ).c
    stmt = select(func.count().label("n")).where(m.follow_ups > 0)
    followed = fetch(demo.fetcher, lambda: stmt, filters.version)["n"].iloc[0]
    assert 0 < rows[rows["is_treated"] == 1]["customers"].sum() <= followed


def test_unknown_month_ends_have_no_moves(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters().offering(ends=(date(2010, 1, 1), date(2011, 1, 1)))
    for query in (migration.tier_moves, migration.movers, playbook.playbook):
        assert ask(duckdb_demo, query, filters, ADMIN).empty

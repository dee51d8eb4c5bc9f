"""The asset statement against the snapshot rows: every customer in one line, nothing left over."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import BigInteger, select, type_coerce

from data.domain.columns import LOSSES
from data.domain.dimension import ASSET_LINES
from data.domain.filters import Filters
from data.domain.period import add_months
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.fetch import Fetcher
from queries import asset_statement as statement
from queries import schedule, visible
from queries.kpis import totals
from queries.metrics.statement import PARTS
from tests.conftest import ADMIN, Demo, MakeDemo
from tests.queries.asking import ask, fetch, random_filters

TRIES = 12
SUMS = ("opening", "moved", "revaluation", "closing")


@pytest.fixture(params=["duckdb", "postgres", "clickhouse"], scope="module")
def demo(request: pytest.FixtureRequest) -> Demo:
    """The demo company on each engine in turn."""
    return request.getfixturevalue(f"{request.param}_demo")


@dataclass(frozen=True)
class End:
    """One customer at one month end."""

    is_churned: bool
    value: int | None
    revaluation: int


@pytest.fixture(scope="module")
def history(demo: Demo) -> dict[int, dict[date, End]]:
    """Every customer's month ends as they are stored, by customer number."""
    s = marts.customer_snapshot.c
    money = (type_coerce(s[n], BigInteger()).label(n) for n in ("value", "revaluation"))
    stmt = select(s.month, s.customer_no, s.is_churned, *money).order_by(s.month, s.customer_no)
    found: dict[int, dict[date, End]] = defaultdict(dict)
    for row in fetch(demo.fetcher, lambda: stmt, demo.fetcher.info().number).itertuples():
        value = None if pd.isna(row.value) else int(row.value)
        moved = 0 if pd.isna(row.revaluation) else int(row.revaluation)
        month = pd.Timestamp(row.month).date()
        found[int(row.customer_no)][month] = End(bool(row.is_churned), value, moved)
    return found


def line_of(before: End | None, after: End | None, moved: int) -> str:
    """Return the line of metrics.md, spelt from its words and not from the product's CASE."""
    if before is None:
        return "passed" if after.is_churned else "acquired"  # type: ignore[union-attr]
    if after is None:
        return "restated"
    if before.is_churned:
        return "unchanged" if after.is_churned else "reactivated"
    if after.is_churned:
        return "depreciation"
    return "expansion" if moved > 0 else "contraction" if moved < 0 else "unchanged"


def recomputed(
    history: dict[int, dict[date, End]], people: set[int], ends: tuple[date, date]
) -> dict[str, dict[str, int]]:
    """Return customers and sums by line, in ten-thousandths."""
    lines: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for number in people:
        months = history.get(number, {})
        before, after = months.get(ends[0]), months.get(ends[1])
        if before is None and after is None:
            continue
        a = 0 if before is None or before.is_churned else before.value or 0
        z = 0 if after is None or after.is_churned else after.value or 0
        is_counted = after is not None and not after.is_churned
        inside = (e.revaluation for m, e in months.items() if ends[0] < m <= ends[1])
        v = sum(inside) if is_counted else 0
        line = lines[line_of(before, after, z - a - v)]
        found = {"customers": 1, "opening": a, "closing": z, "revaluation": v, "moved": z - a - v}
        for name, amount in found.items():
            line[name] += amount
    return {name: dict(sums) for name, sums in lines.items()}


def cents(rows: pd.DataFrame, column: str) -> int:
    """Return a money column's sum in ten-thousandths, blanks as nothing."""
    return sum(round(value * 10_000) for value in rows[column].dropna())


def random_scope(dice: random.Random, demo: Demo) -> Scope:
    """Return a reader of everything, of some teams, of one representative, or of nobody."""
    info = demo.fetcher.info()
    teams = list(info.dictionary.values["team"])
    rep = dice.choice(list(info.reps))
    some = frozenset(dice.sample(teams, dice.randint(1, 4)))
    kinds = [
        ADMIN,
        replace(ADMIN, teams=some),
        replace(ADMIN, reps=frozenset({rep})),
        replace(ADMIN, teams=frozenset()),
    ]
    return dice.choices(kinds, weights=(4, 4, 2, 1))[0]


def asked(dice: random.Random, demo: Demo) -> Iterator[tuple[Filters, Scope]]:
    """Yield random filters, month ends, dimensions and readers."""
    calendar = demo.fetcher.info().calendar
    months = [m.since for m in calendar.preset("all").months()][:-1]
    for _ in range(TRIES):
        opening, closing = sorted(dice.sample(months, 2))
        by = dice.choice(("team", "rep", "region", "city", "industry", "kind", "source", "tier"))
        filters = random_filters(dice, demo).offering(ends=(opening, closing), by=by)
        yield filters, random_scope(dice, demo)


def numbers(demo: Demo, filters: Filters, scope: Scope) -> set[int]:
    """Return the customers that a reader sees with these filters."""
    c = visible.customers(filters, scope, "customer_no").c
    rows = fetch(demo.fetcher, lambda: select(c.customer_no), filters.version)
    return {int(n) for n in rows["customer_no"]}


def test_lines_are_exclusive_exhaustive_and_leave_nothing_over(
    dice: random.Random, demo: Demo, history: dict[int, dict[date, End]]
) -> None:
    for filters, scope in asked(dice, demo):
        where = (filters.to_search(), scope.teams, scope.reps)
        people = numbers(demo, filters, scope)
        wanted = recomputed(history, people, filters.ends)
        rows = ask(demo, statement.asset_statement, filters, scope)
        assert set(rows["line"]) == set(wanted), where
        assert set(wanted) <= set(ASSET_LINES)
        assert not rows.duplicated(["key", "line"]).any()
        assert rows["key"].notna().all()
        for line, sums in wanted.items():
            own = rows[rows["line"] == line]
            assert own["customers"].sum() == sums["customers"], (line, where)
            for name in SUMS:
                assert cents(own, name) == sums[name], (line, name, where)
        residual = cents(rows, "opening") + cents(rows, "moved") + cents(rows, "revaluation")
        assert residual == cents(rows, "closing"), where
        ends = ask(demo, statement.asset_at_ends, filters, scope)
        known = {pd.Timestamp(row.month).date(): row for row in ends.itertuples()}
        for end, name in zip(filters.ends, ("opening", "closing"), strict=True):
            value = known[end].value if end in known else None
            asset = 0 if value is None or pd.isna(value) else round(value * 10_000)
            assert asset == cents(rows, name), (name, where)


def test_every_cell_opens_its_customers(dice: random.Random, demo: Demo) -> None:
    for filters, scope in list(asked(dice, demo))[:4]:
        rows = ask(demo, statement.asset_statement, filters, scope)
        for row in rows.sample(min(3, len(rows)), random_state=dice.randrange(99)).itertuples():
            cell = filters.focused(line=str(row.line), group=str(row.key))
            members = ask(demo, statement.statement_members, cell, scope)
            assert len(members) == row.customers
            assert members["customer_id"].is_unique
            assert set(members["line"]) == {row.line}
            assert cents(members, "asset_moved") == cents(rows.loc[[row.Index]], "moved")
            assert members["cause"].isna().all() == (row.line == "unchanged")


def test_metrics_are_the_statement(dice: random.Random, demo: Demo) -> None:
    filters, scope = next(asked(dice, demo))
    filters = filters.offering(ends=demo.filters().ends)
    rows = ask(demo, statement.asset_statement, filters, scope)
    found = ask(demo, lambda f, s: totals(f, s, ("asset_closing", *PARTS)), filters, scope)
    figures = found.iloc[0] if len(found) else pd.Series(dtype=float)
    for key in PARTS:
        name = key.removeprefix("asset_")
        own = rows if name in SUMS else rows[rows["line"] == name]
        wanted = cents(own, name if name in SUMS else "moved")
        value = figures.get(key)
        assert round((0.0 if value is None or pd.isna(value) else value) * 10_000) == wanted, key


def test_months_chain_whichever_way_they_are_counted(demo: Demo) -> None:
    filters = demo.filters().offering(ends=(date(2025, 11, 1), date(2026, 5, 1)))
    cube = ask(demo, statement.statement_months, filters, ADMIN)
    tiers = filters.choosing("tier", "high", "potential", "general", "dormant")
    counted = ask(demo, statement.statement_months, tiers, ADMIN)
    for rows in (cube, counted):
        assert not isinstance(rows["month"].iloc[0], str)
        rows["month"] = pd.to_datetime(rows["month"])
    key = ["month", "line"]
    for column in ("customers", *SUMS):
        ours, theirs = (each.set_index(key)[column].fillna(0) for each in (cube, counted))
        assert (ours - theirs).abs().max() < 1e-6, column
    for name, at in (("opening", -1), ("closing", 0)):
        for when, rows in cube.groupby("month"):
            month = pd.Timestamp(str(when)).date()
            shown = filters.offering(ends=(add_months(month, at - 1), add_months(month, at)))
            ends = ask(demo, statement.asset_at_ends, shown, ADMIN)
            last = ends.sort_values("month")["value"].iloc[-1]
            assert cents(rows, name) == round(last * 10_000)


def test_a_month_end_that_is_not_known_has_no_rows(duckdb_demo: Demo) -> None:
    for ends in ((date(2019, 1, 1), date(2026, 5, 1)), (date(2026, 5, 1), date(2026, 6, 1))):
        filters = duckdb_demo.filters().offering(ends=ends)
        assert not duckdb_demo.fetcher.info().calendar.has_ends(*ends)
        for query in (
            statement.asset_statement,
            statement.statement_months,
            statement.statement_members,
        ):
            assert ask(duckdb_demo, query, filters, ADMIN).empty


def test_a_revaluation_is_a_column_and_no_line(small_demo: MakeDemo) -> None:
    demo = small_demo(300)
    filters = demo.filters()
    before = ask(demo, statement.asset_statement, filters, ADMIN)
    month = add_months(filters.ends[0], 1)
    engine = demo.fetcher.readers.engine(filters.version)
    path = str(engine.url.database)
    demo.fetcher.readers.close()
    _revalue(path, month)
    demo = Demo(demo.warehouse, Fetcher(demo.warehouse))
    filters = demo.filters()
    assert filters.calendar.revalued == {month}
    after = ask(demo, statement.asset_statement, filters, ADMIN)
    assert cents(after, "closing") == cents(before, "closing")
    revalued = cents(after, "revaluation")
    assert revalued != 0
    assert cents(after, "moved") == cents(before, "moved") - revalued
    gone = after[after["line"].isin(["depreciation", "passed"])]
    assert cents(gone, "revaluation") == 0
    rows = ask(demo, statement.statement_members, filters.focused(line="revaluation"), ADMIN)
    assert cents(rows, "asset_revaluation") == revalued


def _revalue(path: str, month: date) -> None:
    """Write into a version of the test what a new scoring model would have written."""
    import duckdb

    with duckdb.connect(path) as connection:
        connection.execute(
            "UPDATE customer_snapshot SET revaluation = 123456 + customer_no"
            " WHERE month = $month AND customer_no % 3 = 0",
            {"month": month},
        )
        connection.execute(
            "UPDATE cube_movement SET revaluation = 1 WHERE month = $month", {"month": month}
        )


# --- the schedule ----------------------------------------------------------------------------


def test_the_schedule_is_set_against_what_the_snapshots_say(
    demo: Demo, history: dict[int, dict[date, End]]
) -> None:
    filters = demo.filters()
    rows = ask(demo, schedule.schedule_check, filters, ADMIN)
    start = add_months(filters.calendar.last_closed, -13)
    assert {pd.Timestamp(m).date() for m in rows["month"]} == {start}
    lost: dict[int, int] = defaultdict(int)
    valued = 0
    for months in history.values():
        own = months.get(start)
        if own is None or own.is_churned or own.value is None:
            continue
        valued += own.value
        ahead = (i for i in range(1, 13) if months[add_months(start, i)].is_churned)
        lost[next(ahead, 0)] += own.value
    assert cents(rows, "asset") == valued
    for i in range(1, 13):
        assert cents(rows, f"lost_{i}") == lost[i]
    expected = sum(cents(rows, name) for name in LOSSES)
    assert 0 < expected <= valued
    # A model of any use is nearer to what happened than saying that all or nothing is lost.
    happened = sum(lost[i] for i in range(1, 13))
    assert abs(expected - happened) < min(happened, valued - happened)


def test_rows_of_a_month_of_the_schedule(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    rows = ask(duckdb_demo, schedule.schedule_check, filters, ADMIN)
    for month in (1, 7, 12):
        marked = filters.focused(band=str(month))
        members = ask(duckdb_demo, schedule.schedule_members, marked, ADMIN)
        assert cents(members, "loss_expected") == cents(rows, f"loss_{month}")
        assert cents(members, "loss_actual") == cents(rows, f"lost_{month}")


def test_the_largest_losses_add_up_to_what_is_kept(demo: Demo) -> None:
    filters = demo.filters().offering(keep=40)
    curve = ask(demo, schedule.keep_curve, filters, ADMIN)
    members = ask(demo, schedule.keep_members, filters, ADMIN)
    assert curve["rank"].tolist() == list(range(1, len(curve) + 1))
    assert curve["expected_loss"].is_monotonic_decreasing
    assert len(members) == 40
    assert cents(members, "expected_loss") == round(curve["saved"].iloc[39] * 10_000)
    whole = ask(demo, lambda f, s: totals(f, s, ("expected_loss",)), filters, ADMIN)
    assert curve["whole"].iloc[0] == pytest.approx(whole["expected_loss"].iloc[0], rel=1e-12)
    assert curve["saved"].iloc[-1] <= curve["whole"].iloc[0] + 1e-6

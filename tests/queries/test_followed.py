"""What followed closed tasks, recomputed in Python from the raw orders; whose is counted."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.domain.task import OUTCOMES
from data.domain.treatment import FOLLOWED_DAYS, Treated, Treatment, treated_by
from data.warehouse.schema import orders
from queries import run as asking
from queries import visible
from queries.followed import followed_members, followed_outcomes
from queries.pipeline import open_stages
from queries.question import Rows
from tests.conftest import ADMIN, NOBODY, Demo
from tests.queries.asking import ask, overlaid, random_filters, readers

DAY = timedelta(days=1)


def seen(filters: Filters, scope: Scope) -> Rows:
    c = visible.everyone(filters, scope, "customer_id").c
    return select(c.customer_id).order_by(c.customer_id)


def raw_orders(demo: Demo, version: int) -> dict[str, list[tuple[date, int]]]:
    """Return the days and amounts, in ten-thousandths, of all orders and returns by customer."""
    columns = (orders.c.customer_id, orders.c.ordered_on, orders.c.amount)
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    with demo.fetcher.readers.engine(version).connect() as connection:
        for who, on, amount in connection.execute(select(*columns)):
            found[who].append((pd.Timestamp(on).date(), round(amount * 10_000)))
    return found


def some_tasks(dice: random.Random, demo: Demo) -> Treated:
    """Return closed tasks: days at the edges of what is over, some twice, some of nobody."""
    filters = demo.filters()
    everybody = list(ask(demo, seen, filters, ADMIN)["customer_id"])
    until = filters.calendar.until
    edges = [until - (days + i) * DAY for days in FOLLOWED_DAYS for i in (-1, 0, 1)]
    edges += [filters.calendar.as_of, until, until + DAY]
    raw = raw_orders(demo, filters.version)
    # Of days on which they ordered, and the days after and one window before.
    ordered = [(who, on) for who, found in raw.items() for on, _ in found]
    near = [
        (who, on - each * DAY)
        for who, on in dice.sample(sorted(ordered), 120)
        for each in (0, -1, dice.choice((29, 30, 89, 90)))
    ]
    far = [(who, dice.choice(edges)) for who in dice.sample(everybody, 120)]
    strange = [("O'Neill; --", until - 100 * DAY), ("", until - 100 * DAY)]
    found = [Treatment(who, on, dice.choice(OUTCOMES)) for who, on in (*near, *far, *strange)]
    # Of customers who are not there any more, as many as no list of parameters bears.
    gone = [Treatment(f"gone {i:020}", until - 50 * DAY, OUTCOMES[i % 4]) for i in range(9_000)]
    return treated_by(found + dice.sample(found, 50) + gone)


def expected(demo: Demo, filters: Filters, scope: Scope) -> list[dict[str, Any]]:
    """Return the rows behind, last closed first, from the raw orders."""
    mine, until = set(ask(demo, seen, filters, scope)["customer_id"]), filters.calendar.until
    raw = raw_orders(demo, filters.version)
    rows: list[dict[str, Any]] = []
    for who, closed_on, outcome in filters.treated.rows:
        row: dict[str, Any] = {"customer_id": who, "closed_on": closed_on, "outcome": outcome}
        for days in FOLLOWED_DAYS:
            end = closed_on + days * DAY
            found = [a for on, a in raw.get(who, ()) if closed_on <= on < end and on < until]
            is_over = end <= until
            row[f"ordered_{days}"] = int(any(a > 0 for a in found)) if is_over else None
            row[f"revenue_{days}"] = sum(found) / 10_000 if is_over else None
        if who in mine:
            rows.append(row)
    rows.sort(key=lambda row: (row["customer_id"], row["outcome"]))
    return sorted(rows, key=lambda row: row["closed_on"], reverse=True)


FIGURES = [f"{name}_{days}" for days in FOLLOWED_DAYS for name in ("ordered", "revenue")]


def plain(rows: pd.DataFrame) -> list[dict[str, Any]]:
    found = rows.to_dict("records")
    for row in found:
        row["closed_on"] = pd.Timestamp(row["closed_on"]).date()
        row |= {name: None if pd.isna(row[name]) else row[name] for name in FIGURES}
    return found


def assert_followed(demo: Demo, filters: Filters, scope: Scope) -> int:
    """Compare rows and panel with the recomputation; return how many customers were counted."""
    wanted = expected(demo, filters, scope)
    rows = plain(ask(demo, followed_members, filters, scope))
    who = ("customer_id", "outcome", "closed_on")
    assert [[r[n] for n in who] for r in rows] == [[r[n] for n in who] for r in wanted]
    for found, right in zip(rows, wanted, strict=True):
        for name in FIGURES:
            assert found[name] == (None if right[name] is None else pytest.approx(right[name])), (
                name,
                right,
            )
    panel = ask(demo, followed_outcomes, filters, scope).to_dict("records")
    there = [name for name in OUTCOMES if any(r["outcome"] == name for r in wanted)]
    assert [row["outcome"] for row in panel] == there
    for row in panel:
        own = [r for r in wanted if r["outcome"] == row["outcome"]]
        assert row["customers"] == len(own)
        for days in FOLLOWED_DAYS:
            over = [r for r in own if r[f"ordered_{days}"] is not None]
            assert row[f"over_{days}"] == len(over)
            for name in (f"ordered_{days}", f"revenue_{days}"):
                total = sum(r[name] for r in over) if over else None
                assert (None if pd.isna(row[name]) else row[name]) == (
                    None if total is None else pytest.approx(total, abs=1e-4)
                )
    return len(wanted)


def test_what_followed_on_every_engine(any_demo: Demo) -> None:
    dice = random.Random(6)
    filters = any_demo.filters().knowing(treated=some_tasks(dice, any_demo))
    whole = assert_followed(any_demo, filters, ADMIN)
    assert whole > 300
    for scope in list(readers(any_demo.fetcher.info()).values())[1:]:
        assert 0 < assert_followed(any_demo, filters, scope) < whole
    assert assert_followed(any_demo, filters, NOBODY) == 0
    assert ask(any_demo, followed_outcomes, any_demo.filters(), ADMIN).empty


def test_filters_choose_the_customers_and_the_period_does_not(
    dice: random.Random, duckdb_demo: Demo
) -> None:
    tasks = some_tasks(dice, duckdb_demo)
    for _ in range(4):
        filters = random_filters(dice, duckdb_demo).knowing(treated=tasks)
        assert_followed(duckdb_demo, filters, ADMIN)


def test_each_customer_counts_once_per_outcome_from_the_first_task(dice: random.Random) -> None:
    since = date(2026, 1, 1)
    found = [
        Treatment(f"C{dice.randrange(9)}", since + dice.randrange(90) * DAY, dice.choice(OUTCOMES))
        for _ in range(200)
    ]
    rows = treated_by(found).rows
    assert len({(r.customer_id, r.outcome) for r in rows}) == len(rows)
    for row in rows:
        assert row in found
        same = [f for f in found if (f[0], f[2]) == (row[0], row[2])]
        assert row.closed_on == min(f.closed_on for f in same)
    dice.shuffle(found)
    assert treated_by(found).rows == rows


@pytest.fixture
def handed() -> Iterator[list[Treated]]:
    """Hand questions the newest of these customers treated, as a server does."""
    with overlaid("treated", Treated()) as newest:
        yield newest


def test_a_closed_task_shows_at_once_and_leaves_other_answers_cached(
    duckdb_demo: Demo, handed: list[Treated]
) -> None:
    fetcher, filters = duckdb_demo.cached(), duckdb_demo.filters()
    who = ask(duckdb_demo, seen, filters, ADMIN)["customer_id"].iloc[0]
    long_ago = filters.calendar.until - 200 * DAY
    with asking.reading(duckdb_demo.reader("executive"), through=fetcher):
        assert asking.run(followed_outcomes, filters).empty
        asking.run(open_stages, filters)
        asked = fetcher.computed
        for outcome in ("reached", "lost"):
            handed.append(Treated((Treatment(who, long_ago, outcome),)))
            asking.run(open_stages, filters)
            assert asking.run(followed_outcomes, filters)["outcome"].tolist() == [outcome]
        assert fetcher.computed == asked + 2
        sums = asking.count_and_sums(followed_members, filters)
        rows = asking.run_page(followed_members, filters, limit=None)
        assert sums["rows"] == len(rows) == 1
        assert sums["revenue_90"] == pytest.approx(rows["revenue_90"].sum())
    fetcher.readers.close()

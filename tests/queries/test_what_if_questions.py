"""What-ifs: the model's own weights give today's tiers again; nothing is lost; scope holds."""

import random
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from data.domain.filters import Filters
from data.domain.model import PRESETS
from data.domain.scope import Scope
from data.domain.what_if import WhatIf
from data.warehouse.dialects import Rows
from data.warehouse.rules import column_of
from queries import visible
from queries.rescored import rescored
from queries.what_if import (
    NAMED,
    effective_weights,
    mover_members,
    what_if_members,
    what_if_movers,
    what_if_tiers,
)
from tests.conftest import ADMIN, NOBODY, Demo
from tests.queries.asking import CUSTOMER_DIMENSIONS, ask, random_filters, readers

TIERS = ("dormant", "general", "potential", "high")


def some_what_if(dice: random.Random) -> WhatIf:
    """Return any weights of a preset, zeros among them, and any limits."""
    preset = PRESETS[dice.choice(sorted(PRESETS))]
    weights = {d: dice.choice((0, 0, dice.randint(1, 100))) for d in preset}
    weights[dice.choice(sorted(preset))] = dice.randint(1, 100)
    high = dice.randint(0, 100)
    return WhatIf(
        MappingProxyType(weights),
        high_score=high,
        potential_growth=dice.randint(0, 100),
        potential_score=dice.randint(0, high),
        dormant_days=dice.randint(31, 400),
    )


def one_by_one(filters: Filters, scope: Scope) -> Rows:
    """One row per customer: number, both tiers, band and raw points."""
    dims = [column_of(d) for preset in PRESETS.values() for d in preset]
    names = ("customer_no", "score", "silent_days", "engaged_on", "covered_until", "value_rank")
    r = rescored(filters, scope, *names, *dims).c
    return select(*r).order_by(r.customer_no)


def test_the_models_own_weights_give_todays_tiers_and_scores(any_demo: Demo) -> None:
    own = any_demo.filters().trying(WhatIf())
    rows = ask(any_demo, one_by_one, own, ADMIN)
    assert len(rows) > 1_000
    assert (rows["today"] == rows["then"]).all()
    assert (rows["band"] == rows["score"] // 1_000).all()
    assert set(rows["then"]) == set(TIERS)
    ranking = visible.ranking(WhatIf())
    sums = visible.customers(own, ADMIN, "score", *(column_of(d) for d in WhatIf().weights))
    own_sum = visible.weighted_sum(sums.c, WhatIf())

    def looked_up(_filters: Filters, _scope: Scope) -> Rows:
        joined = sums.join(ranking, ranking.c.weighted == own_sum)
        return select(sums.c.score, ranking.c.score.label("again")).select_from(joined)

    found = ask(any_demo, looked_up, own, ADMIN)
    assert len(found) == len(rows)
    assert (found["score"] == found["again"]).all()


def test_any_what_if_is_what_the_rules_say(any_demo: Demo, dice: random.Random) -> None:
    for _ in range(3):
        tried = some_what_if(dice)
        filters = any_demo.filters().trying(tried)
        rows = ask(any_demo, one_by_one, filters, ADMIN)
        scores = _ranked(rows, tried)
        assert (rows["band"] == scores // 1_000).all(), tried
        wanted = [
            _rule(row, score, tried, filters)
            for row, score in zip(rows.to_dict("records"), scores, strict=True)
        ]
        assert list(rows["then"]) == wanted, tried


def _ranked(rows: pd.DataFrame, tried: WhatIf) -> pd.Series:
    """Return percentile mid-ranks of the weighted sum in hundredths, computed by pandas."""
    sums = sum(rows[column_of(d)].astype(int) * w for d, w in tried.weights.items())
    below = sums.rank(method="min") - 1
    equal = sums.groupby(sums).transform("size")
    return ((2 * below + equal).astype(int) * 10_000) // (2 * len(rows))


def _rule(row: Any, score: int, tried: WhatIf, filters: Filters) -> str:
    as_of = pd.Timestamp(filters.calendar.as_of)
    is_silent = pd.isna(row["silent_days"]) or row["silent_days"] >= tried.dormant_days
    engaged = not pd.isna(row["engaged_on"]) and (
        as_of - pd.Timestamp(row["engaged_on"])
    ) < pd.Timedelta(days=180)
    bound = not pd.isna(row["covered_until"]) and pd.Timestamp(row["covered_until"]) > as_of
    rank = 0 if pd.isna(row["value_rank"]) else row["value_rank"]
    if is_silent and not engaged and not bound:
        return "dormant"
    if score >= tried.high_score * 100:
        return "high"
    promises = max(row["growth"], rank) >= tried.potential_growth * 100
    return "potential" if promises and score >= tried.potential_score * 100 else "general"


def test_nobody_is_lost_and_no_money(any_demo: Demo, dice: random.Random) -> None:
    plain = any_demo.filters()
    today = ask(any_demo, what_if_tiers, plain, ADMIN)
    for _ in range(3):
        then = ask(any_demo, what_if_tiers, plain.trying(some_what_if(dice)), ADMIN)
        for column in ("customers", "value", "simple", "margin"):
            sums = then.groupby("today")[column].sum()
            wanted = today.groupby("today")[column].sum()
            pd.testing.assert_series_equal(sums, wanted, check_dtype=False)
            assert then[column].sum() == pytest.approx(today[column].sum())


def test_without_a_what_if_nobody_moves(any_demo: Demo) -> None:
    rows = ask(any_demo, what_if_tiers, any_demo.filters(), ADMIN)
    assert (rows["today"] == rows["then"]).all()
    assert ask(any_demo, what_if_movers, any_demo.filters(), ADMIN).empty


def test_members_add_up_to_every_cell(duckdb_demo: Demo, dice: random.Random) -> None:
    filters = random_filters(dice, duckdb_demo, dimensions=CUSTOMER_DIMENSIONS)
    filters = filters.trying(some_what_if(dice))
    cells = ask(duckdb_demo, what_if_tiers, filters, ADMIN)
    listed = ask(duckdb_demo, what_if_members, filters, ADMIN)
    assert len(listed) == cells["customers"].sum()
    moved = cells[cells["today"] != cells["then"]]
    assert len(ask(duckdb_demo, mover_members, filters, ADMIN)) == moved["customers"].sum()
    for cell in cells.head(8).itertuples():
        marked = filters.focused(state=f"{cell.today}-{cell.then}", band=str(cell.band))
        rows = ask(duckdb_demo, what_if_members, marked, ADMIN)
        assert len(rows) == cell.customers
        assert rows["historical_12m"].sum() == pytest.approx(cell.margin, abs=1e-6)
    for tier in TIERS:
        rows = ask(duckdb_demo, what_if_members, filters.focused(state=f"any-{tier}"), ADMIN)
        assert len(rows) == cells.loc[cells["then"] == tier, "customers"].sum()


def test_the_named_movers_are_the_largest(duckdb_demo: Demo, dice: random.Random) -> None:
    filters = duckdb_demo.filters().trying(WhatIf(PRESETS["fifty-thirty-twenty"]))
    named = ask(duckdb_demo, what_if_movers, filters, ADMIN)
    every = ask(duckdb_demo, mover_members, filters, ADMIN)
    height = {tier: i for i, tier in enumerate(TIERS)}
    up = every["tier_then"].map(height) > every["tier_raw"].map(height)
    for is_up in (1, 0):
        wanted = every[up == bool(is_up)].head(NAMED)
        found = named[named["is_up"] == is_up]
        assert list(found["customer_id"]) == list(wanted["customer_id"])
    assert {"amount", "potential", "interaction"} <= set(named.columns)


def test_scores_are_of_the_company_and_people_of_the_scope(any_demo: Demo) -> None:
    filters = any_demo.filters().trying(WhatIf(PRESETS["fifty-thirty-twenty"], high_score=70))
    whole = ask(any_demo, what_if_members, filters, ADMIN).set_index("customer_id")
    for scope in readers(any_demo.fetcher.info()).values():
        rows = ask(any_demo, what_if_members, filters, scope).set_index("customer_id")
        if scope.teams is not None:
            assert set(rows["team"]) <= set(scope.teams)
        if scope.reps is not None:
            assert set(rows["rep"]) <= set(scope.reps)
        assert list(rows["tier_then"]) == list(whole.loc[rows.index, "tier_then"])
    assert ask(any_demo, what_if_tiers, filters, NOBODY).empty
    assert ask(any_demo, what_if_movers, filters, NOBODY).empty


def test_effective_weights_are_shares_of_the_variance(any_demo: Demo, dice: random.Random) -> None:
    for _ in range(3):
        tried = some_what_if(dice)
        filters = any_demo.filters().trying(tried)
        rows = ask(any_demo, effective_weights, filters, ADMIN).set_index("dimension")
        people = ask(any_demo, one_by_one, any_demo.filters().trying(tried), ADMIN)
        parts = {d: people[column_of(d)].astype(float) * w for d, w in tried.weights.items()}
        whole = sum(parts.values())
        for dimension, part in parts.items():
            share = part.cov(whole) / whole.var()
            assert rows.loc[dimension, "share"] == pytest.approx(share, abs=1e-6)
            neutral = (people[column_of(dimension)] == 5_000).mean()
            assert rows.loc[dimension, "neutral"] == pytest.approx(neutral)
        assert rows["share"].sum() == pytest.approx(1)
        assert rows["weight"].sum() == pytest.approx(1)


def test_a_what_if_is_cached_by_its_weights_and_reader(duckdb_demo: Demo) -> None:
    from queries.run import reading, run

    fetcher = duckdb_demo.cached()
    plain = duckdb_demo.filters()
    tried = [plain, plain.trying(WhatIf()), plain.trying(WhatIf(high_score=81))]
    for user in ("executive", "rep"):
        with reading(duckdb_demo.reader(user), through=fetcher):
            for filters in (*tried, *(replace(f) for f in tried)):
                run(what_if_tiers, filters)
    assert fetcher.computed == 2 * len(tried)

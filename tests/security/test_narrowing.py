"""A narrower scope is a filter that cannot be lifted: metamorphic relations over random filters."""

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

from data.domain.dimension import NOT_GIVEN
from data.domain.filters import Filters
from data.domain.scope import Scope
from queries.kpis import totals
from queries.metrics import METRICS
from tests.conftest import ADMIN, Demo
from tests.queries.asking import all_questions, ask, random_filters
from tests.queries.test_breakdowns import ADDITIVE
from tests.queries.test_registry import COMPANY_WIDE
from tests.warehouse.rows import difference

Many = Callable[[int, int], int]
Tell = Callable[[str], None]
#: Metrics asked for at once; over many filters each is met.
METRICS_EACH = 4


def team_scopes(demo: Demo) -> dict[str, Scope]:
    """Return the scope of who leads each team, by the team."""
    info = demo.fetcher.info()
    return {
        team: replace(ADMIN, user=team, role="lead", teams=info.dictionary.subtree[team])
        for team in info.dictionary.values["team"]
        if team != NOT_GIVEN
    }


def within(demo: Demo, filters: Filters, scope: Scope) -> Filters:
    """Return the filters of somebody who sees everything and asks for the scope's teams only."""
    assert scope.teams
    tree = demo.fetcher.info().dictionary
    chosen = filters.values("team") or tuple(scope.teams)
    both = set(tree.expanded("team", [chosen])) & set(tree.expanded("team", [scope.teams]))
    return filters.choosing("team", *(both or {"no such team"}))


def test_a_lead_sees_what_an_administrator_sees_of_the_team(
    dice: random.Random, duckdb_demo: Demo, many: Many, tell: Tell
) -> None:
    scopes = team_scopes(duckdb_demo)
    count = many(60, 5_000)
    for _ in range(count):
        filters = random_filters(dice, duckdb_demo)
        scope = scopes[dice.choice(sorted(scopes))]
        keys = tuple(dice.sample(sorted(METRICS), METRICS_EACH))
        asked = partial(totals, keys=keys)
        mine = ask(duckdb_demo, asked, filters, scope)
        found = ask(duckdb_demo, asked, within(duckdb_demo, filters, scope), ADMIN)
        assert difference(mine, found) == "", (scope.user, keys, filters.to_search())
    tell(f"lead(A, f) = admin(f and team = A): {count} random filters, {METRICS_EACH} metrics each")


def test_every_question_of_a_lead_is_the_administrators_of_the_team(
    dice: random.Random, duckdb_demo: Demo, many: Many, tell: Tell
) -> None:
    scopes = team_scopes(duckdb_demo)
    questions = [q for q in all_questions().values() if q.name not in COMPANY_WIDE]
    count = many(1, 6)
    for question in questions:
        for _ in range(count):
            filters = random_filters(dice, duckdb_demo)
            scope = scopes[dice.choice(sorted(scopes))]
            theirs = within(duckdb_demo, filters, scope)
            mine = ask(duckdb_demo, question.members, filters, scope)
            found = ask(duckdb_demo, question.members, theirs, ADMIN)
            assert difference(mine, found) == "", (question.name, scope.user, filters.to_search())
    tell(f"the same for the rows behind {len(questions)} questions, {count} filters each")


def test_a_representative_sees_what_an_administrator_sees_of_the_own_customers(
    dice: random.Random, duckdb_demo: Demo, many: Many, tell: Tell
) -> None:
    reps = sorted({*duckdb_demo.fetcher.info().reps} - {NOT_GIVEN})
    count = many(10, 500)
    for _ in range(count):
        filters = random_filters(dice, duckdb_demo)
        rep = dice.choice(reps)
        own = replace(ADMIN, user=rep, role="rep", reps=frozenset({rep}))
        keys = tuple(dice.sample(sorted(METRICS), METRICS_EACH))
        chosen = filters.values("rep")
        theirs = filters.choosing("rep", rep if not chosen or rep in chosen else "no such rep")
        mine = ask(duckdb_demo, partial(totals, keys=keys), filters, own)
        found = ask(duckdb_demo, partial(totals, keys=keys), theirs, ADMIN)
        assert difference(mine, found) == "", (rep, keys, filters.to_search())
    tell(f"rep(R, f) = admin(f and owner = R): {count} random filters")


def test_teams_add_up_to_the_company(
    dice: random.Random, duckdb_demo: Demo, many: Many, tell: Tell
) -> None:
    # The subtree of a team above would count the teams below again; customers without an owner
    # belong to the company alone.
    alone = [s for s in team_scopes(duckdb_demo).values() if len(s.teams or ()) == 1]
    count = many(4, 200)
    for _ in range(count):
        filters = random_filters(dice, duckdb_demo)
        whole = ask(duckdb_demo, partial(totals, keys=ADDITIVE), filters, ADMIN).iloc[0]
        chosen = filters.values("team")
        rest = filters.choosing("team", NOT_GIVEN) if not chosen or NOT_GIVEN in chosen else None
        parts = [ask(duckdb_demo, partial(totals, keys=ADDITIVE), filters, s) for s in alone]
        if rest:
            parts.append(ask(duckdb_demo, partial(totals, keys=ADDITIVE), rest, ADMIN))
        for key in ADDITIVE:
            found = sum(float(part[key].fillna(0).iloc[0]) for part in parts)
            expected = 0.0 if pd.isna(whole[key]) else float(whole[key])
            assert found == pytest.approx(expected, rel=1e-12, abs=1e-4), (key, filters.to_search())
    tell(f"teams add up to the company: {count} random filters, {len(ADDITIVE)} additive metrics")

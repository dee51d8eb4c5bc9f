"""The sales organisation: four regions with three teams each, and their representatives."""

import numpy as np

from data.demo.columns import MISSING, Batch, Ints, batch, constant, days, joined, words
from data.demo.names import GIVEN_EN, GIVEN_ZH, SURNAMES_EN, SURNAMES_ZH
from data.demo.plan import Plan
from data.demo.stories import HANDOVER_DAY, HANDOVER_TEAM

REGION_CODES = ["N", "E", "S", "W"]
_REGION_NAMES = ["North 华北", "East 华东", "South 华南", "West 西部"]
_ORDINALS = "一二三"
TEAMS_PER_REGION = 3
TEAMS = [f"T{code}{k}" for code in REGION_CODES for k in (1, 2, 3)]
#: Share of the customers by sales region.
REGION_WEIGHT = np.array([0.27, 0.33, 0.24, 0.16])

#: The team a demo sales lead sees, and a representative in it who has customers at any size.
DEMO_LEAD_TEAM = "TN"
DEMO_REP = "R-N2-001"

LEAVER, HEIR = 0, 1


def reps_per_team(plan: Plan) -> int:
    """About one representative per 200 customers, fewer per customer in a very large company."""
    small = min(plan.customers, 80_000) / 200
    large = max(plan.customers - 80_000, 0) / 1_150
    return max(3, round(min(small + large, 1_200) / len(TEAMS)))


def rep_ids(plan: Plan) -> list[str]:
    """The key of each representative; the position is the number used in arrays."""
    seats = range(1, reps_per_team(plan) + 1)
    return [f"R-{team[1:]}-{seat:03d}" for team in TEAMS for seat in seats]


def rep_number(plan: Plan, team: str, seat: int) -> int:
    """The position of a team's representative."""
    return TEAMS.index(team) * reps_per_team(plan) + seat


def team_table() -> tuple[str, Batch]:
    """The team tree, parents first."""
    regions = [f"T{code}" for code in REGION_CODES]
    names = ["Haiyue Supply 海岳供应", *_REGION_NAMES]
    for region in _REGION_NAMES:
        english, chinese = region.split()
        names += [f"{english} {k + 1} {chinese}{_ORDINALS[k]}组" for k in range(3)]
    parents = [MISSING] + [0] * 4 + [1 + k // TEAMS_PER_REGION for k in range(len(TEAMS))]
    every = ["T0", *regions, *TEAMS]
    own = np.arange(len(every))
    return batch(
        "team",
        {
            "team_id": words(every, own),
            "name": words(names, own),
            "parent_team_id": words(every, np.array(parents)),
        },
    )


def rep_table(plan: Plan) -> tuple[str, Batch]:
    """Every representative, with the one who left and the one who took over."""
    draws = plan.draws(0, "rep")
    count = len(TEAMS) * reps_per_team(plan)
    own = np.arange(count)
    surname = draws.integers(0, len(SURNAMES_EN), count)
    given = draws.integers(0, len(GIVEN_EN), count)
    hired, left = _spans(plan, draws, count)
    return batch(
        "rep",
        {
            "rep_id": words(rep_ids(plan), own),
            "name": joined(
                words(SURNAMES_EN, surname),
                constant(" ", count),
                words(GIVEN_EN, given),
                constant(" ", count),
                words(SURNAMES_ZH, surname),
                words(GIVEN_ZH, given),
            ),
            "team_id": words(TEAMS, own // reps_per_team(plan)),
            "level": words(
                ["senior", "standard", "junior"],
                np.searchsorted([0.25, 0.8], draws.random(count)).astype(np.int64),
            ),
            "hired_on": days(hired),
            "left_on": days(left),
        },
    )


def _spans(plan: Plan, draws: np.random.Generator, count: int) -> tuple[Ints, Ints]:
    hired = plan.days[0] - draws.integers(30, 3_000, count)
    left = np.full(count, MISSING)
    if plan.stories:
        left[rep_number(plan, HANDOVER_TEAM, LEAVER)] = HANDOVER_DAY
        hired[rep_number(plan, HANDOVER_TEAM, HEIR)] = HANDOVER_DAY - 10
    return hired, left

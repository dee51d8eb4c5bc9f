"""Contract terms of some businesses, renewed or left to end."""

import numpy as np

from data.demo import stories
from data.demo.calendar import END
from data.demo.columns import MISSING, Batch, Ints, batch, days, ids, money
from data.demo.orders import KEYS_PER_CHUNK
from data.demo.people import People
from data.demo.plan import Plan
from data.demo.staff import TEAMS

_RENEWS, _SLOW_TEAM_RENEWS = 0.83, 0.45
_TWO_YEARS_SHARE = 0.2
_YEAR_DAYS = 365
#: A year's fee in orders of the customer's mean spend, and its rise at each renewal.
_FEE, _RISE = 5.0, 1.04


def contract_table(plan: Plan, chunk: int, crowd: People) -> tuple[str, Batch]:
    """The contract terms of a chunk; each renewal names the term before it."""
    draws = plan.draws(chunk, "contract")
    customer = np.flatnonzero(crowd.contract)
    size = len(customer)
    term = _YEAR_DAYS * (1 + (draws.random(size) < _TWO_YEARS_SHARE))
    base = plan.days[0] - draws.integers(0, _YEAR_DAYS - 5, size)
    won = crowd.join[customer] + draws.integers(0, 30, size)
    start = np.minimum(np.where(crowd.base[customer], base, won), END)
    fee = np.rint(crowd.spend[customer] * _FEE * draws.lognormal(0, 0.3, size) / 10) * 10
    rounds: list[Ints] = []
    alive = np.arange(size)
    for step in range(plan.months // 12 + 2):
        begins = start[alive] + step * term[alive]
        rounds.append(np.stack([alive, np.full(len(alive), step), begins]))
        ends = begins + term[alive]
        keeps = draws.random(len(alive)) < _chance(plan, crowd.team[customer[alive]], ends)
        alive = alive[keeps & (ends <= END)]
    who, step, begins = np.concatenate(rounds, axis=1)
    key = chunk * KEYS_PER_CHUNK + who * 100 + step
    amount = np.rint(fee[who] * term[who] / _YEAR_DAYS * _RISE**step).astype(np.int64) * 10_000
    return batch(
        "contract",
        {
            "contract_id": ids("K", key),
            "customer_id": ids("C", crowd.number[customer[who]], width=7),
            "starts_on": days(begins),
            "ends_on": days(begins + term[who] - 1),
            "amount": money(amount),
            "renewed_from_id": ids("K", np.where(step > 0, key - 1, MISSING)),
        },
    )


def _chance(plan: Plan, team: Ints, ends: Ints) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    slow = (team == TEAMS.index(stories.SLOW_TEAM)) & (ends >= stories.SLOW_START) & plan.stories
    return np.where(slow, _SLOW_TEAM_RENEWS, _RENEWS)

"""What customers do between orders: visits, logins, reviews, redemptions, ideas, community."""

import numpy as np

from data.demo import stories
from data.demo.calendar import END
from data.demo.campaigns import SPRING, Members
from data.demo.columns import Batch, Flags, Floats, Ints, batch, days, ids, whole, words
from data.demo.orders import Orders
from data.demo.people import People
from data.demo.plan import Plan
from data.demo.relation import relation

KINDS = ["visit", "login", "review", "share", "redeem", "co_creation", "community"]
REDEEM = KINDS.index("redeem")
_SHARE = [0.42, 0.27, 0.08, 0.08, 0.08, 0.02, 0.05]
#: The gift festival draws visits, logins, shares and redemptions.
_SPRING_SHARE = [0.44, 0.22, 0.0, 0.07, 0.27, 0.0, 0.0]
#: Points earned each time; a redemption spends them.
_POINTS = np.array([0, 1, 20, 15, -200, 100, 10])
#: Engagements of a customer over the whole history, and how much customers differ.
_MEAN, _SPREAD_SHAPE = 7.2, 0.9
#: Gift seekers come about this often during the festival.
_SPRING_VISITS = 1.45


def engagement_table(
    plan: Plan, chunk: int, crowd: People, orders: Orders, members: Members
) -> tuple[str, Batch]:
    """One row per customer, day and kind of engagement, in the order of days."""
    draws = plan.draws(chunk, "engagement")
    customer, day = _usual(plan, draws, crowd, orders)
    kind = draws.choice(len(KINDS), len(customer), p=_SHARE)
    if plan.stories:
        guest, guest_day = _spring(draws, members)
        customer, day = np.concatenate([customer, guest]), np.concatenate([day, guest_day])
        extra = draws.choice(len(KINDS), len(guest), p=_SPRING_SHARE)
        kind = np.concatenate([kind, extra])
    code = np.unique((day * len(crowd) + customer) * len(KINDS) + kind)
    rest, kind = np.divmod(code, len(KINDS))
    day, customer = np.divmod(rest, len(crowd))
    often = np.where(kind <= 1, 1 + draws.geometric(0.5, len(kind)), 1)
    return batch(
        "engagement",
        {
            "customer_id": ids("C", crowd.number[customer], width=7),
            "happened_on": days(day),
            "kind": words(KINDS, kind),
            "count": whole(often),
            "points": whole(often * _POINTS[kind]),
        },
    )


def _usual(
    plan: Plan, draws: np.random.Generator, crowd: People, orders: Orders
) -> tuple[Ints, Ints]:
    """Engagement while a customer is a customer, and for a while after the last order."""
    size = len(crowd)
    stays = draws.exponential(70, size).astype(np.int64)
    first, last = relation(plan, crowd, orders, tail=stays)
    opens, closes = plan.adoption.at(first), plan.adoption.at(np.minimum(last + 1, END))
    keen = draws.gamma(_SPREAD_SHAPE, 1 / _SPREAD_SHAPE, size)
    mean: Floats = _MEAN * keen * (closes - opens) / plan.adoption.passed[-1]
    customer = np.repeat(np.arange(size), draws.poisson(mean).astype(np.int64))
    moment = opens[customer] + draws.random(len(customer)) * (closes - opens)[customer]
    return customer, plan.adoption.day(moment)


def _spring(draws: np.random.Generator, members: Members) -> tuple[Ints, Ints]:
    """The first story: those who answered come for the gift, and do not buy."""
    answered: Flags = (members.campaign == SPRING) & (members.responded >= 0)
    row = np.flatnonzero(answered)
    times: Ints = 1 + draws.poisson(_SPRING_VISITS, len(row))
    row = np.repeat(row, times)
    day = members.responded[row] + draws.integers(0, 14, len(row))
    return members.customer[row], np.minimum(day, stories.SPRING_END - 1)

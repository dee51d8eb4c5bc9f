"""What stories and staff do to customers: doubles, costly accounts, owners, departures."""

from dataclasses import dataclass

import numpy as np

from data.demo import stories
from data.demo.calendar import END
from data.demo.columns import MISSING, Flags, Ints
from data.demo.plan import Plan
from data.demo.staff import HEIR, LEAVER, TEAMS, rep_number, reps_per_team

#: Customers without an owner, and with a new one for ordinary reasons.
UNOWNED_SHARE, MOVED_SHARE = 0.015, 0.06


def duplicates(plan: Plan, chunk: int, unfit: Flags) -> Ints:
    """For some customers the earlier entry of the same customer."""
    draws = plan.draws(chunk, "duplicate")
    size = len(unfit)
    twice = (draws.random(size) < stories.DUPLICATE_SHARE * 4 / 3) & (np.arange(size) > size // 4)
    twice &= ~unfit & plan.stories
    pool = np.flatnonzero(~twice & ~unfit)
    picked = pool[(draws.random(size) * np.searchsorted(pool, np.arange(size))).astype(np.int64)]
    return np.where(twice, picked, MISSING)


def costly_accounts(plan: Plan, chunk: int, fit: Flags) -> Flags:
    """The large accounts of the fourth story."""
    chosen = np.zeros(len(fit), dtype=np.bool_)
    if plan.stories:
        pool = np.flatnonzero(fit)
        wanted = min(max(1, round(len(fit) * stories.COSTLY_SHARE)), len(pool))
        chosen[plan.draws(chunk, "costly").choice(pool, wanted, replace=False)] = True
    return chosen


@dataclass(frozen=True)
class Owners:
    """Who owns each customer, who did before, and from which day on it changed."""

    rep: Ints
    previous: Ints
    handover: Ints


def owners(plan: Plan, chunk: int, team: Ints, rich: Flags, join: Ints) -> Owners:
    """Representatives of the customer's team; a few customers changed hands, a few have nobody."""
    draws = plan.draws(chunk, "owner")
    size, seats = len(team), reps_per_team(plan)
    rep = team * seats + draws.integers(0, seats, size)
    previous = team * seats + draws.integers(0, seats, size)
    first = np.maximum(join, plan.days[0])
    handover = first + (draws.random(size) * (END - first)).astype(np.int64) + 1
    moved = (draws.random(size) < MOVED_SHARE) & (handover <= END)
    owned = draws.random(size) >= UNOWNED_SHARE
    in_book = (draws.random(size) < 0.6) & rich & (join < stories.HANDOVER_DAY) & plan.stories
    if plan.stories:
        leaver = rep_number(plan, stories.HANDOVER_TEAM, LEAVER)
        heir = rep_number(plan, stories.HANDOVER_TEAM, HEIR)
        in_book &= team == TEAMS.index(stories.HANDOVER_TEAM)
        # Before the heir came and after the leaver went, colleagues own what is not in the book.
        other = leaver + 2 + draws.integers(0, seats - 2, size)
        rep = np.where((rep == leaver) | (rep == heir), other, rep)
        moved &= (previous != leaver) & (previous != heir)
        rep = np.where(in_book, heir, rep)
        previous = np.where(in_book, leaver, previous)
        handover = np.where(in_book, stories.HANDOVER_DAY, handover)
    moved = (in_book | moved) & owned & (previous != rep)
    return Owners(
        rep=np.where(owned, rep, MISSING),
        previous=np.where(moved, previous, MISSING),
        handover=np.where(moved, handover, MISSING),
    )


def stops(plan: Plan, chunk: int, team: Ints) -> Ints:
    """The day from which a customer orders no more, whatever the model says."""
    draws = plan.draws(chunk, "stop")
    stop = np.full(len(team), END + 1)
    if plan.stories:
        leaves = draws.random(len(team)) < stories.SLOW_LEAVE_SHARE
        leaves &= team == TEAMS.index(stories.SLOW_TEAM)
        day = stories.SLOW_START + 5 + draws.exponential(12, len(team)).astype(np.int64)
        stop = np.where(leaves, np.minimum(day, END + 1), stop)
    return stop

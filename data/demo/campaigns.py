"""The campaigns: two experiments with control groups, and two autumn sales that win customers."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo import stories
from data.demo.calendar import day_of
from data.demo.columns import MISSING, Batch, Flags, Ints, batch, days, ids, money, words
from data.demo.people import SOCIAL, People
from data.demo.plan import Plan
from data.demo.purchases import Purchases, in_order

CAMPAIGNS = [stories.SPRING, stories.WAKE, "CMP-2025-AUTUMN", "CMP-2024-AUTUMN"]
SPRING, WAKE, AUTUMN_2025, AUTUMN_2024 = range(4)
_NAMES = [
    "Spring gift festival 春季有礼",
    "Wake-up letter 唤醒行动",
    "Double Eleven 2025 双十一",
    "Double Eleven 2024 双十一",
]
_SPANS = [
    (stories.SPRING_SINCE, stories.SPRING_UNTIL),
    (stories.WAKE_SINCE, stories.WAKE_UNTIL),
    (date(2025, 11, 1), date(2025, 11, 30)),
    (date(2024, 11, 1), date(2024, 11, 30)),
]
_HEAD_COST = [stories.SPRING_HEAD_COST, stories.WAKE_HEAD_COST, 60, 55]
_PER_YUAN = 10_000


@dataclass(frozen=True)
class Members:
    """One entry per campaign and customer; `treated` is false in the control group."""

    campaign: Ints
    customer: Ints
    treated: Flags
    responded: Ints

    def of(self, campaign: int, *, treated: bool = True) -> Ints:
        """The customers of one arm."""
        return self.customer[(self.campaign == campaign) & (self.treated == treated)]


def run_campaigns(
    plan: Plan, chunk: int, crowd: People, natural: Purchases
) -> tuple[Members, Purchases]:
    """Who was aimed at, and the purchases with those that the wake-up letter added."""
    parts = [_autumn(crowd, natural, AUTUMN_2025), _autumn(crowd, natural, AUTUMN_2024)]
    bought = natural
    if plan.stories:
        wake, bought = _wake(plan, chunk, crowd, natural)
        parts += [wake, _spring(plan, chunk, crowd, natural)]
    fields = [
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("campaign", "customer", "treated", "responded")
    ]
    return Members(*fields), bought


def _members(campaign: int, customer: Ints, treated: Flags, responded: Ints) -> Members:
    return Members(np.full(len(customer), campaign), customer, treated, responded)


def _autumn(crowd: People, natural: Purchases, campaign: int) -> Members:
    """New customers of a sale month who came over the website or social media; no control group."""
    since, until = (day_of(when) for when in _SPANS[campaign])
    first = natural.first(len(crowd))
    won = np.flatnonzero(
        (first >= since) & (first <= until) & (crowd.source <= SOCIAL) & ~crowd.base
    )
    return _members(campaign, won, np.ones(len(won), dtype=np.bool_), first[won])


def _quiet(crowd: People, bought: Purchases, day: int, gap: int) -> Flags:
    """Customers who have bought before a day, but not in the days just before it."""
    last = bought.last_before(day, len(crowd))
    return (last != MISSING) & (last < day - gap)


def _wake(plan: Plan, chunk: int, crowd: People, natural: Purchases) -> tuple[Members, Purchases]:
    """The sixth story: of those treated, just so many more buy that the expected uplift is known.

    A treated customer who would not have come anyway buys with the chance uplift / (1 - share
    of members who come anyway), so that conversion rises by exactly the uplift on average.
    """
    draws = plan.draws(chunk, "wake")
    member = np.flatnonzero(_quiet(crowd, natural, stories.WAKE_START, stories.WAKE_QUIET_DAYS))
    treated = _in_pairs(draws, natural.last_before(stories.WAKE_START, len(crowd))[member])
    inside = (natural.day >= stories.WAKE_START) & (natural.day < stories.WAKE_END)
    anyway = np.isin(member, natural.customer[inside])
    chance = stories.WAKE_UPLIFT / max(1 - anyway.mean(), 0.1) if len(member) else 0.0
    woken = treated & ~anyway & (draws.random(len(member)) < chance)
    span = stories.WAKE_END - stories.WAKE_START
    day = stories.WAKE_START + (draws.random(len(member)) ** 1.6 * span).astype(np.int64)
    again = woken & (draws.random(len(member)) < 0.35)
    later = stories.WAKE_END + draws.integers(5, 120, len(member))
    curious = treated & (draws.random(len(member)) < 0.09)
    customer = np.concatenate([natural.customer, member[woken], member[again]])
    bought_on = np.concatenate([natural.day, day[woken], later[again]])
    by_time = in_order(customer, bought_on)
    responded = np.where(woken | curious, day, MISSING)
    return (
        _members(WAKE, member, treated, responded),
        Purchases(customer[by_time], bought_on[by_time]),
    )


def _in_pairs(draws: np.random.Generator, quiet_since: Ints) -> Flags:
    """One of each two neighbours in days of silence is treated, by the toss of a coin."""
    place = np.empty(len(quiet_since), dtype=np.int64)
    place[np.argsort(quiet_since, kind="stable")] = np.arange(len(quiet_since))
    coin = draws.integers(0, 2, (len(place) + 1) // 2)
    return (place + coin[place // 2]) % 2 == 0


def _spring(plan: Plan, chunk: int, crowd: People, natural: Purchases) -> Members:
    """The first story: gifts for mostly quiet customers, one in seven held back as control."""
    draws = plan.draws(chunk, "spring")
    size = len(crowd)
    quiet = _quiet(crowd, natural, stories.SPRING_START, 60)
    chosen = draws.random(size) < np.where(quiet, 0.62, 0.08)
    chosen &= ~crowd.prospect & (crowd.join < stories.SPRING_START)
    member = np.flatnonzero(chosen)
    treated = draws.random(len(member)) < 6 / 7
    day = draws.integers(stories.SPRING_START, stories.SPRING_END, len(member))
    answers = treated & (draws.random(len(member)) < 0.55)
    return _members(SPRING, member, treated, np.where(answers, day, MISSING))


def member_table(crowd: People, members: Members) -> tuple[str, Batch]:
    """The members of all campaigns, each treated one with its cost."""
    cost = np.array(_HEAD_COST)[members.campaign] * members.treated * _PER_YUAN
    return batch(
        "campaign_member",
        {
            "campaign_id": words(CAMPAIGNS, members.campaign),
            "customer_id": ids("C", crowd.number[members.customer], width=7),
            "arm": words(["control", "treatment"], members.treated.astype(np.int64)),
            "cost": money(cost),
            "responded_on": days(members.responded),
        },
    )


def head_counts(members: Members) -> Ints:
    """How many customers of each campaign cost money."""
    return np.bincount(members.campaign[members.treated], minlength=len(CAMPAIGNS))


def campaign_table(plan: Plan, heads: Ints) -> tuple[str, Batch]:
    """The campaigns; each one's cost is the sum of what its members cost."""
    shown = np.arange(len(CAMPAIGNS)) if plan.stories else np.array([AUTUMN_2025, AUTUMN_2024])
    spans = np.array([[day_of(since), day_of(until)] for since, until in _SPANS])
    cost = (heads * np.array(_HEAD_COST) * _PER_YUAN)[shown]
    return batch(
        "campaign",
        {
            "campaign_id": words(CAMPAIGNS, shown),
            "name": words(_NAMES, shown),
            "kind": words(["gift", "letter", "sale", "sale"], shown),
            "purpose": words(["activate", "retain", "acquire", "acquire"], shown),
            "starts_on": days(spans[shown, 0]),
            "ends_on": days(spans[shown, 1]),
            "budget": money(cost + cost // 10),
            "cost": money(cost),
        },
    )

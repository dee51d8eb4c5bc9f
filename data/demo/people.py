"""Who the customers are and how they behave: one set of numpy arrays per chunk.

Purchases follow the MBG/NBD picture: a customer buys at an own steady rate (gamma over
customers) and after each purchase may leave for good (beta over customers). Spend per order
has an own mean (inverse gamma over customers), so that a few customers carry the company.
"""

from dataclasses import dataclass

import numpy as np

from data.demo import stories
from data.demo.calendar import END
from data.demo.columns import MISSING, Flags, Floats, Ints
from data.demo.names import INDUSTRIES, INDUSTRY_SHARE, SOURCES
from data.demo.places import CITY_COUNT, CITY_START, REGION_SHARE
from data.demo.plan import Plan
from data.demo.planted import costly_accounts, duplicates, owners, stops
from data.demo.staff import (
    REGION_WEIGHT,
    TEAMS_PER_REGION,
)

BUSINESS_SHARE = 0.36
PROSPECT_SHARE = 0.12
#: Customers the company already had when its records begin.
BASE_SHARE = 0.52
CONTRACT_ONLY_SHARE, CONTRACT_SHARE = 0.03, 0.07

#: Orders per day: gamma shape, mean gap in days. Businesses order less often, and more.
RATE_SHAPE = {True: 5.0, False: 4.6}
MEAN_GAP = {True: 59.0, False: 51.0}
#: Chance to leave after a purchase: beta of customers won and of the base that stayed so far.
LEAVE_NEW, LEAVE_BASE = (0.33, 2.1), (0.8, 70.0)
#: Mean spend per order in yuan, and the inverse gamma's shape.
MEAN_SPEND, SPEND_SHAPE = {True: 3_500.0, False: 330.0}, 3.2

#: Businesses that spend more per order are the rich book of the third story.
RICH = 3_800.0
#: A costly account has been a customer for more than a year.
_LONG_STANDING_DAYS = 500

SOURCE_SHARE = {True: [0.16, 0.06, 0.2, 0.34, 0.09, 0.15], False: [0.3, 0.3, 0.1, 0.04, 0.08, 0.18]}
SOCIAL, REFERRAL = SOURCES.index("social"), SOURCES.index("referral")


@dataclass(frozen=True)
class People:
    """The customers of a chunk, in the order in which they came; `number` is the customer's."""

    number: Ints
    join: Ints
    business: Flags
    base: Flags
    prospect: Flags
    contract_only: Flags
    contract: Flags
    hunter: Flags
    costly: Flags
    team: Ints
    rep: Ints
    previous_rep: Ints
    handover: Ints
    region: Ints
    city: Ints
    industry: Ints
    source: Ints
    referrer: Ints
    duplicate_of: Ints
    rate: Floats
    leave: Floats
    spend: Floats
    stop: Ints

    def __len__(self) -> int:
        """How many customers the chunk holds."""
        return len(self.number)

    @property
    def first_entry(self) -> Ints:
        """The position of each customer's first entry: its own unless it was entered twice."""
        return np.where(self.duplicate_of < 0, np.arange(len(self)), self.duplicate_of)

    def rep_on(self, customer: Ints, day: Ints) -> Ints:
        """The representative who owned each customer on each day."""
        return np.where(
            day < self.handover[customer], self.previous_rep[customer], self.rep[customer]
        )


@dataclass(frozen=True)
class _Arrivals:
    join: Ints
    prospect: Flags
    base: Flags
    hunter: Flags


def people(plan: Plan, chunk: int) -> People:
    """The customers of one chunk; depends on the plan and the chunk's number only."""
    number = plan.numbers(chunk)
    size = len(number)
    draws = plan.draws(chunk, "people")
    came = _arrivals(plan, draws, size)
    duplicate_of = duplicates(plan, chunk, came.prospect | came.hunter)
    same = np.where(duplicate_of < 0, np.arange(size), duplicate_of)
    business = ((draws.random(size) < BUSINESS_SHARE) & ~came.hunter)[same]
    contract_only, contract = _contracts(draws, business & ~came.prospect)
    settled = business & (duplicate_of < 0) & ~came.prospect & ~contract_only
    costly = costly_accounts(plan, chunk, settled & (came.join < END - _LONG_STANDING_DAYS))
    team = _teams(draws, size)[same]
    region = _pick_rows(draws, REGION_SHARE[team // TEAMS_PER_REGION])[same]
    spend = _by_kind(business, MEAN_SPEND) * (SPEND_SHAPE - 1)
    spend = spend / draws.gamma(SPEND_SHAPE, size=size)
    owned = owners(plan, chunk, team, business & (spend > RICH), came.join)
    source = _sources(draws, business, came.hunter)
    return People(
        number=number,
        join=came.join,
        business=business,
        base=came.base,
        prospect=came.prospect,
        contract_only=contract_only,
        contract=contract,
        hunter=came.hunter,
        costly=costly,
        team=team,
        rep=owned.rep,
        previous_rep=owned.previous,
        handover=owned.handover,
        region=region,
        city=_cities(draws, region)[same],
        industry=_industries(draws, business)[same],
        source=source,
        referrer=_referrers(draws, source == REFERRAL, came.prospect),
        duplicate_of=duplicate_of,
        rate=_rates(draws, business) * np.where(costly, 1.5, 1.0),
        leave=_leaving(draws, came, costly),
        spend=np.where(costly, spend * 4, spend),
        stop=stops(plan, chunk, team),
    )


def _arrivals(plan: Plan, draws: np.random.Generator, size: int) -> _Arrivals:
    lot = draws.random(size)
    prospect = lot < PROSPECT_SHARE
    base = (lot >= PROSPECT_SHARE) & (lot < PROSPECT_SHARE + BASE_SHARE * (1 - PROSPECT_SHARE))
    hunter = (lot > 1 - stories.SPRING_HUNTERS) & plan.stories
    join = plan.arrivals.spread(draws.random(size))
    # Prospects who came long ago were cleared out or won: most are of the last year.
    recent = plan.arrivals.spread(1 - draws.random(size) ** 2 * 0.6)
    before = plan.days[0] - 1 - (draws.exponential(700, size) % 2_400).astype(np.int64)
    spring = draws.integers(stories.SPRING_START, stories.SPRING_END, size)
    join = np.where(prospect, recent, np.where(base, before, np.where(hunter, spring, join)))
    order = np.argsort(join, kind="stable")
    return _Arrivals(join[order], prospect[order], base[order], hunter[order])


def _contracts(draws: np.random.Generator, fit: Flags) -> tuple[Flags, Flags]:
    """Businesses that have contracts and no orders, and those that have contracts at all."""
    lot = draws.random(len(fit)) * BUSINESS_SHARE * (1 - PROSPECT_SHARE)
    return fit & (lot < CONTRACT_ONLY_SHARE), fit & (lot < CONTRACT_ONLY_SHARE + CONTRACT_SHARE)


def _rates(draws: np.random.Generator, business: Flags) -> Floats:
    shape = _by_kind(business, RATE_SHAPE)
    return draws.gamma(shape) / shape / _by_kind(business, MEAN_GAP)


def _leaving(draws: np.random.Generator, came: _Arrivals, costly: Flags) -> Floats:
    won, stayed = (draws.beta(*figures, len(costly)) for figures in (LEAVE_NEW, LEAVE_BASE))
    chance = np.where(came.base, stayed, won)
    return np.where(came.hunter, 1.0, np.where(costly, 0.002, chance))


def _cities(draws: np.random.Generator, region: Ints) -> Ints:
    return CITY_START[region] + (draws.random(len(region)) * CITY_COUNT[region]).astype(np.int64)


def _by_kind(business: Flags, figures: dict[bool, float]) -> Floats:
    return np.where(business, figures[True], figures[False])


def _teams(draws: np.random.Generator, size: int) -> Ints:
    region = np.searchsorted(np.cumsum(REGION_WEIGHT), draws.random(size))
    return region * TEAMS_PER_REGION + draws.integers(0, TEAMS_PER_REGION, size)


def _pick_rows(draws: np.random.Generator, shares: Floats) -> Ints:
    lot = draws.random(len(shares))[:, None] * shares.sum(axis=1, keepdims=True)
    return (lot > np.cumsum(shares, axis=1)).sum(axis=1)


def _sources(draws: np.random.Generator, business: Flags, hunter: Flags) -> Ints:
    lot = draws.random(len(business))
    found = np.where(
        business,
        np.searchsorted(np.cumsum(SOURCE_SHARE[True]), lot),
        np.searchsorted(np.cumsum(SOURCE_SHARE[False]), lot),
    )
    return np.where(hunter, SOCIAL, np.minimum(found, len(SOURCES) - 1))


def _industries(draws: np.random.Generator, business: Flags) -> Ints:
    found = np.searchsorted(np.cumsum(INDUSTRY_SHARE), draws.random(len(business)))
    return np.where(business, np.minimum(found, len(INDUSTRIES) - 2), len(INDUSTRIES) - 1)


def _referrers(draws: np.random.Generator, referred: Flags, prospect: Flags) -> Ints:
    """Someone who was a customer before; good references are spread unevenly."""
    pool = np.flatnonzero(~prospect)
    earlier = np.searchsorted(pool, np.arange(len(referred)))
    picked = (draws.random(len(referred)) ** 1.5 * earlier).astype(np.int64)
    known = referred & (earlier > 0)
    return np.where(known, pool[np.minimum(picked, len(pool) - 1)], MISSING)

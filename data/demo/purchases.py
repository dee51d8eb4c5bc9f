"""When customers buy: the days of all orders of a chunk, from rates, seasons and departures."""

from dataclasses import dataclass

import numpy as np

from data.demo.calendar import END
from data.demo.columns import MISSING, Floats, Ints
from data.demo.people import People
from data.demo.plan import Plan

#: Businesses order after every second event of a Poisson process: steadier gaps.
STEADY = 2


@dataclass(frozen=True)
class Purchases:
    """One entry per purchase, by customer and day; `customer` is the position in the chunk."""

    customer: Ints
    day: Ints

    def last_before(self, day: int, customers: int) -> Ints:
        """Each customer's last day of purchase before a day, `MISSING` without one."""
        found = np.full(customers, MISSING)
        past = self.day < day
        np.maximum.at(found, self.customer[past], self.day[past])
        return found

    def first(self, customers: int) -> Ints:
        """Each customer's first day of purchase, `MISSING` without one."""
        found = np.full(customers, END + 1)
        np.minimum.at(found, self.customer, self.day)
        return np.where(found > END, MISSING, found)


def purchases(plan: Plan, chunk: int, crowd: People) -> Purchases:
    """The days on which the chunk's customers buy of their own accord."""
    draws = plan.draws(chunk, "purchase")
    buys = ~crowd.prospect & ~crowd.contract_only
    start = _starts(plan, draws, crowd)
    customer, day = _repeats(plan, draws, crowd, start)
    opening = np.flatnonzero(buys & ~crowd.base & (start <= END))
    customer = np.concatenate([opening, customer])
    day = np.concatenate([start[opening], day])
    by_time = in_order(customer, day)
    customer, day = customer[by_time], day[by_time]
    stays = rank(customer) < draws.geometric(np.maximum(crowd.leave, 1e-3))[customer]
    stays &= (day < crowd.stop[customer]) & buys[customer]
    return Purchases(customer[stays], day[stays])


def in_order(customer: Ints, day: Ints) -> Ints:
    """The order that sorts by customer, then day."""
    return np.argsort(customer * 100_000 + day, kind="stable")


def rank(customer: Ints) -> Ints:
    """0, 1, 2 … within each run of the same customer."""
    place = np.arange(len(customer))
    begins = np.concatenate([[True], customer[1:] != customer[:-1]])[: len(customer)]
    return place - np.maximum.accumulate(np.where(begins, place, 0))


def _starts(plan: Plan, draws: np.random.Generator, crowd: People) -> Ints:
    """The first purchase of those who came in the history, the first day for the base."""
    won = crowd.join + draws.integers(0, 4, len(crowd))
    return np.where(crowd.base, plan.days[0], np.minimum(won, END))


def _repeats(
    plan: Plan, draws: np.random.Generator, crowd: People, start: Ints
) -> tuple[Ints, Ints]:
    steady = np.where(crowd.business, STEADY, 1)
    opens = plan.trade.at(np.minimum(start + ~crowd.base, END))
    span: Floats = plan.trade.passed[-1] - opens
    events = draws.poisson(crowd.rate * steady * span)
    customer = np.repeat(np.arange(len(crowd)), events)
    moment = opens[customer] + draws.random(len(customer)) * span[customer]
    by_time = np.lexsort((moment, customer))
    customer, moment = customer[by_time], moment[by_time]
    kept = rank(customer) % steady[customer] == 0
    return customer[kept], plan.trade.day(moment[kept])

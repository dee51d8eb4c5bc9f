"""After the sale: tickets with their reply times, surveys, and what service costs."""

import numpy as np

from data.demo import stories
from data.demo.calendar import CLOSE, DAY_SECONDS, END, first_day, month_of
from data.demo.columns import (
    MISSING,
    Batch,
    Flags,
    Floats,
    Ints,
    batch,
    days,
    flags,
    ids,
    money,
    times,
    whole,
    words,
)
from data.demo.orders import KEYS_PER_CHUNK, Orders
from data.demo.people import People
from data.demo.plan import Plan
from data.demo.relation import relation
from data.demo.staff import TEAMS, rep_ids

REASONS = ["delivery", "quality", "billing", "how to use", "warranty"]
_TICKETS, _SURVEYS = 0.26, 0.33
_COSTLY_TICKETS = 9.0
#: Further complaints of each of the slow team's customers.
_SLOW_COMPLAINTS = 0.05
_COMPLAINT_SHARE, _SLOW_COMPLAINT_SHARE = 0.36, 0.6
_REPLY_SPREAD = 0.7
#: Points of a 0 to 10 scale that the gift festival costs, queues and sold-out gifts.
_SPRING_DISAPPOINTMENT = 0.45
#: Customers with service costs of their own besides the costly accounts.
_TRACKED_SHARE = 0.05


def _slow(plan: Plan, crowd: People, customer: Ints, day: Ints) -> Flags:
    """Whether the second story has reached a customer on a day."""
    team = crowd.team[customer] == TEAMS.index(stories.SLOW_TEAM)
    return team & (day >= stories.SLOW_START) & plan.stories


def _moments(
    draws: np.random.Generator, first: Ints, last: Ints, mean: Floats
) -> tuple[Ints, Ints]:
    """Customers and days of so many events on average, spread over each customer's span."""
    customer = np.repeat(np.arange(len(mean)), draws.poisson(mean))
    span = np.maximum(last - first, 0)[customer] + 1
    return customer, first[customer] + (draws.random(len(customer)) * span).astype(np.int64)


def service_tables(
    plan: Plan, chunk: int, crowd: People, orders: Orders
) -> list[tuple[str, Batch]]:
    """Tickets, surveys and service costs of a chunk."""
    span = relation(plan, crowd, orders, tail=30)
    return [
        _tickets(plan, chunk, crowd, span),
        _surveys(plan, chunk, crowd, span),
        _costs(plan, chunk, crowd, orders),
    ]


def _tickets(plan: Plan, chunk: int, crowd: People, span: tuple[Ints, Ints]) -> tuple[str, Batch]:
    draws = plan.draws(chunk, "ticket")
    first, last = span
    share = (last - first) / len(plan.days)
    mean = _TICKETS * 2 * share * np.where(crowd.business, 1.5, 0.72) * ~crowd.prospect
    customer, day = _moments(draws, first, last, mean + crowd.costly * _COSTLY_TICKETS)
    more, more_day = _complaints(plan, draws, crowd)
    customer, day = np.concatenate([customer, more]), np.concatenate([day, more_day])
    by_day = np.argsort(day, kind="stable")
    customer, day = customer[by_day], day[by_day]
    size, slow = len(day), _slow(plan, crowd, customer, day)
    opened = day * DAY_SECONDS + draws.integers(0, DAY_SECONDS, size)
    hours = np.where(slow, stories.SLOW_REPLY_HOURS, stories.REPLY_HOURS)
    hours = hours * np.exp(_REPLY_SPREAD * draws.standard_normal(size))
    replied = opened + (hours * 3600).astype(np.int64)
    solved = replied + (30 * np.exp(0.9 * draws.standard_normal(size)) * 3600).astype(np.int64)
    solved = np.where((solved >= CLOSE) | (draws.random(size) < 0.02), MISSING, solved)
    rating = 5.2 - 0.055 * hours + 0.9 * draws.standard_normal(size)
    rated = (draws.random(size) < 0.55) & (solved != MISSING)
    grade = np.clip(np.rint(rating), 1, 5).astype(np.int64)
    complaint = draws.random(size) < np.where(slow, _SLOW_COMPLAINT_SHARE, _COMPLAINT_SHARE)
    return batch(
        "ticket",
        {
            "ticket_id": ids("T", chunk * KEYS_PER_CHUNK + np.arange(1, size + 1)),
            "customer_id": ids("C", crowd.number[customer], width=7),
            "rep_id": words(rep_ids(plan), crowd.rep_on(customer, day)),
            "kind": words(["request", "complaint"], complaint.astype(np.int64)),
            "opened_at": times(opened),
            "first_replied_at": times(np.where(replied >= CLOSE, MISSING, replied)),
            "resolved_at": times(solved),
            "satisfaction": whole(np.where(rated, grade, MISSING)),
            "reason": words(
                REASONS, draws.choice(len(REASONS), size, p=[0.32, 0.24, 0.14, 0.2, 0.1])
            ),
        },
    )


def _complaints(plan: Plan, draws: np.random.Generator, crowd: People) -> tuple[Ints, Ints]:
    """Those that the slow team's customers add from the day on which replies slow down."""
    met = (crowd.team == TEAMS.index(stories.SLOW_TEAM)) & (crowd.join < stories.SLOW_START)
    mean = _SLOW_COMPLAINTS * (met & ~crowd.prospect & plan.stories)
    size = len(crowd)
    return _moments(draws, np.full(size, stories.SLOW_START), np.full(size, END), mean)


def _surveys(plan: Plan, chunk: int, crowd: People, span: tuple[Ints, Ints]) -> tuple[str, Batch]:
    draws = plan.draws(chunk, "survey")
    first, last = span
    share = (last - first) / len(plan.days)
    mean = _SURVEYS * 2 * share * ~crowd.prospect
    customer, day = _moments(draws, first, last, mean)
    by_day = np.argsort(day, kind="stable")
    customer, day = customer[by_day], day[by_day]
    size = len(day)
    mood = -1.6 * _slow(plan, crowd, customer, day) - 1.0 * crowd.costly[customer]
    spring = (day >= stories.SPRING_START) & (day < stories.SPRING_END) & plan.stories
    mood = mood - _SPRING_DISAPPOINTMENT * spring
    nps = np.clip(np.rint(8.2 + mood + 1.9 * draws.standard_normal(size)), 0, 10)
    csat = np.clip(np.rint(4.25 + 0.4 * mood + 0.75 * draws.standard_normal(size)), 1, 5)
    silent = draws.random(size) < 0.08
    return batch(
        "survey",
        {
            "survey_id": ids("S", chunk * KEYS_PER_CHUNK + np.arange(1, size + 1)),
            "customer_id": ids("C", crowd.number[customer], width=7),
            "answered_on": days(day),
            "nps": whole(nps.astype(np.int64)),
            "csat": whole(np.where(silent, MISSING, csat.astype(np.int64))),
            "is_suggestion": flags(draws.random(size) < 0.12),
        },
    )


def _costs(plan: Plan, chunk: int, crowd: People, orders: Orders) -> tuple[str, Batch]:
    """Monthly service spend: a few per cent of margin, and more than all margin if costly."""
    draws = plan.draws(chunk, "service cost")
    size = len(crowd)
    margin = np.bincount(orders.customer, orders.amount - orders.cost, size)
    revenue = np.bincount(orders.customer, orders.amount, size)
    lot, share = draws.random(size), 0.04 + 0.12 * draws.random(size)
    tracked = (lot < _TRACKED_SHARE / 0.32) & crowd.business & (revenue > 0) & ~crowd.costly
    total = np.where(crowd.costly, np.maximum(stories.COSTLY_SERVICE * margin, 0.08 * revenue), 0.0)
    total = np.where(tracked, np.maximum(share * margin, 0.01 * revenue), total)
    begins = month_of(np.maximum(crowd.join, plan.days[0]))
    last = begins.copy()
    np.maximum.at(last, orders.customer, month_of(orders.day))
    months = np.where((tracked | crowd.costly) & (total > 0), last - begins + 1, 0)
    customer = np.repeat(np.arange(size), months)
    step = np.arange(len(customer)) - np.repeat(np.cumsum(months) - months, months)
    blur = 0.85 + 0.3 * draws.random(len(customer))
    amount = total[customer] / months[customer] * blur
    return batch(
        "service_cost",
        {
            "customer_id": ids("C", crowd.number[customer], width=7),
            "month": days(first_day(begins[customer] + step)),
            "amount": money(np.rint(amount / 100).astype(np.int64) * 100),
        },
    )

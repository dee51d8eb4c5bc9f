"""What representatives do: first calls to leads and the care of customers between orders."""

import numpy as np

from data.demo.calendar import CLOSE, DAY_SECONDS, office_time, workdays
from data.demo.columns import MISSING, Batch, Floats, Ints, batch, ids, times, whole, words
from data.demo.deals import Deals
from data.demo.funnel import CONTACTED, LEAD
from data.demo.orders import KEYS_PER_CHUNK, Orders
from data.demo.people import MEAN_SPEND, People
from data.demo.plan import Plan
from data.demo.relation import relation
from data.demo.staff import rep_ids

KINDS = ["call", "visit", "email", "message", "event"]
#: Shortest and longest in minutes, by kind.
_SHORTEST, _LONGEST = np.array([5, 45, 5, 2, 90]), np.array([28, 170, 18, 12, 260])
_LEAD_SHARE = [0.55, 0.08, 0.15, 0.22, 0.0]
_CARE_SHARE = [0.4, 0.2, 0.16, 0.2, 0.04]
_PERSON_SHARE = [0.3, 0.02, 0.2, 0.44, 0.04]
#: Contacts per month with a customer of mean spend.
_BUSINESS_CARE, _PERSON_CARE, _COSTLY_CARE = 0.25, 0.033, 2.5
_DAYS_PER_MONTH = 30.4
#: Leads never reached, but tried.
_TRIED = 0.6


def activity_table(
    plan: Plan, chunk: int, crowd: People, orders: Orders, found: Deals
) -> tuple[str, Batch]:
    """The activities of a chunk, in the order of time."""
    draws = plan.draws(chunk, "activity")
    row, lead_at = _calls(draws, found)
    customer, care_at = _care(plan, draws, crowd, orders)
    kind = np.concatenate(
        [draws.choice(len(KINDS), len(row), p=_LEAD_SHARE), _care_kinds(draws, crowd, customer)]
    )
    happened = np.concatenate([lead_at, care_at])
    nobody = np.full(len(customer), MISSING)
    owner = np.concatenate(
        [_caller(crowd, found, row, lead_at), crowd.rep_on(customer, care_at // DAY_SECONDS)]
    )
    by_time = np.argsort(happened, kind="stable")
    who = np.concatenate([found.customer[row], customer])[by_time]
    number = np.where(who < 0, MISSING, crowd.number[np.maximum(who, 0)])
    kind = kind[by_time]
    length = _SHORTEST[kind] + draws.random(len(kind)) ** 1.5 * (_LONGEST - _SHORTEST)[kind]
    return batch(
        "activity",
        {
            "activity_id": ids("A", chunk * KEYS_PER_CHUNK + np.arange(1, len(kind) + 1)),
            "customer_id": ids("C", number, width=7),
            "opportunity_id": ids("D", np.concatenate([found.key[row], nobody])[by_time]),
            "rep_id": words(rep_ids(plan), owner[by_time]),
            "kind": words(KINDS, kind),
            "happened_at": times(happened[by_time]),
            "minutes": whole(length.astype(np.int64)),
        },
    )


def _calls(draws: np.random.Generator, found: Deals) -> tuple[Ints, Ints]:
    """The first contact of each lead that was reached, and late tries of the others."""
    entered = found.path.entered
    size = len(found.key)
    late = entered[:, LEAD] // DAY_SECONDS + draws.integers(2, 9, size)
    tried = office_time(workdays(late), draws.random(size))
    tried = np.where(draws.random(size) < _TRIED, tried, MISSING)
    reached = entered[:, CONTACTED] != MISSING
    waits = (entered[:, CONTACTED] == MISSING) & (found.path.lost_at == MISSING)
    moment = np.where(reached, entered[:, CONTACTED], np.where(waits, MISSING, tried))
    row = np.flatnonzero((moment != MISSING) & (moment < CLOSE))
    return row, moment[row]


def _caller(crowd: People, found: Deals, row: Ints, moment: Ints) -> Ints:
    """The customer's owner on the day of the call; without one, the owner of the lead."""
    customer = found.customer[row]
    owner = crowd.rep_on(np.maximum(customer, 0), moment // DAY_SECONDS)
    return np.where((customer < 0) | (owner < 0), found.rep[row], owner)


def _care(
    plan: Plan, draws: np.random.Generator, crowd: People, orders: Orders
) -> tuple[Ints, Ints]:
    """Contacts with customers and prospects; those who spend more are seen more often."""
    first, last = relation(plan, crowd, orders, tail=75)
    usual = np.where(crowd.business, MEAN_SPEND[True], MEAN_SPEND[False])
    pace: Floats = np.where(crowd.business, _BUSINESS_CARE, _PERSON_CARE)
    pace = pace * np.clip(crowd.spend / usual, 0.1, 9) ** 0.35
    pace = np.where(crowd.costly, _COSTLY_CARE, pace) * (crowd.rep >= 0)
    events = draws.poisson(pace * (last - first) / _DAYS_PER_MONTH)
    customer = np.repeat(np.arange(len(crowd)), events)
    day = first[customer] + (draws.random(len(customer)) * (last - first)[customer]).astype(
        np.int64
    )
    return customer, office_time(workdays(day), draws.random(len(customer)))


def _care_kinds(draws: np.random.Generator, crowd: People, customer: Ints) -> Ints:
    size = len(customer)
    business = draws.choice(len(KINDS), size, p=_CARE_SHARE)
    person = draws.choice(len(KINDS), size, p=_PERSON_SHARE)
    return np.where(crowd.business[customer], business, person)

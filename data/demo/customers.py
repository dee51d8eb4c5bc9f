"""The customer table and what hangs on it: owners, contacts, own fields; with their holes."""

from datetime import date

import numpy as np

from data.demo import names, stories
from data.demo.calendar import day_of
from data.demo.columns import (
    MISSING,
    Batch,
    Column,
    Flags,
    Ints,
    batch,
    constant,
    days,
    ids,
    joined,
    money,
    whole,
    words,
)
from data.demo.identity import Identity, full_names, identity, mail, phones
from data.demo.people import People
from data.demo.places import CITIES, REGIONS
from data.demo.plan import Plan
from data.demo.staff import rep_ids

_PER_YUAN = 10_000
#: Mean cost in yuan of winning a customer, by source; service and referral cost nothing.
_WON_FOR = np.array([70.0, 95.0, 260.0, 420.0, 0.0, 0.0])

_FIELDS = {
    "member_level": ["gold", "silver", "bronze"],
    "occupation": ["office", "teacher", "medical", "self-employed", "student", "retired"],
    "interest": ["cooking", "sports", "travel", "reading", "parenting", "gardening"],
    "company_size": ["1-19", "20-99", "100-499", "500+"],
    "buying_habit": ["by tender", "framework agreement", "on demand", "seasonal"],
}
_PERSON_FIELDS, _BUSINESS_FIELDS = (0, 3), (3, 5)


def customer_tables(plan: Plan, chunk: int, crowd: People) -> list[tuple[str, Batch]]:
    """Customers, owners, contacts and own fields of a chunk."""
    who = identity(plan, chunk, crowd)
    return [
        _customers(plan, chunk, crowd, who),
        _owners(plan, crowd),
        _contacts(plan, chunk, crowd, who),
        _fields(plan, chunk, crowd),
    ]


def _customers(plan: Plan, chunk: int, crowd: People, who: Identity) -> tuple[str, Batch]:
    draws = plan.draws(chunk, "master data")
    size = len(crowd)
    twice = crowd.duplicate_of >= 0
    person = ~crowd.business
    region = np.where(_holes(plan, draws, size), MISSING, crowd.region)
    industry = np.where(_holes(plan, draws, size), MISSING, crowd.industry)
    born = day_of(date(1950, 1, 1)) + (draws.beta(3, 2.2, size) * 365.25 * 56).astype(np.int64)
    dated = person & (draws.random(size) < 0.58)
    year = born.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    level = draws.choice(len(names.ROLES), size, p=[0.22, 0.2, 0.33, 0.25])
    referrer = crowd.number[np.maximum(crowd.referrer, 0)]
    return batch(
        "customer",
        {
            "customer_id": ids("C", crowd.number, width=7),
            "name": full_names(crowd, who),
            "kind": words(["person", "business"], crowd.business.astype(np.int64)),
            "industry": words(names.INDUSTRIES, industry),
            "region": words(REGIONS, region),
            "city": words(CITIES, np.where(draws.random(size) < 0.03, MISSING, crowd.city)),
            "source": words(names.SOURCES, crowd.source),
            "rep_id": words(rep_ids(plan), crowd.rep),
            "referrer_id": ids("C", np.where(crowd.referrer < 0, MISSING, referrer), width=7),
            "joined_on": days(crowd.join),
            "birthday": days(np.where(dated, born, MISSING)),
            "gender": words(
                ["female", "male"], _some(draws, draws.integers(0, 2, size), person, 0.86)
            ),
            "birth_year": whole(np.where(dated, year, MISSING)),
            "decision_level": words(names.ROLES, _some(draws, level, crowd.business, 0.78)),
            "phone": phones(draws, who, twice),
            "email": mail(draws, crowd.number[crowd.first_entry]),
            "acquisition_cost": _won_for(draws, crowd),
        },
    )


def _holes(plan: Plan, draws: np.random.Generator, size: int) -> Flags:
    return (draws.random(size) < stories.HOLE_SHARE) & plan.stories


def _some(draws: np.random.Generator, codes: Ints, where: Flags, share: float) -> Ints:
    return np.where(where & (draws.random(len(codes)) < share), codes, MISSING)


def _won_for(draws: np.random.Generator, crowd: People) -> Column:
    mean = _WON_FOR[crowd.source] * np.where(crowd.business, 3.0, 1.0)
    cost = np.rint(mean * draws.lognormal(-0.1, 0.45, len(crowd)) * 100).astype(np.int64) * 100
    return money(cost, blank=(cost == 0) | (draws.random(len(crowd)) < 0.18))


def _owners(plan: Plan, crowd: People) -> tuple[str, Batch]:
    """Who owned whom from when until before when."""
    moved = np.flatnonzero(crowd.handover >= 0)
    owned = np.flatnonzero(crowd.rep >= 0)
    since = np.where(crowd.handover[owned] >= 0, crowd.handover[owned], crowd.join[owned])
    customer = np.concatenate([moved, owned])
    return batch(
        "customer_owner",
        {
            "customer_id": ids("C", crowd.number[customer], width=7),
            "rep_id": words(
                rep_ids(plan), np.concatenate([crowd.previous_rep[moved], crowd.rep[owned]])
            ),
            "since": days(np.concatenate([crowd.join[moved], since])),
            "until": days(np.concatenate([crowd.handover[moved], np.full(len(owned), MISSING)])),
        },
    )


def _contacts(plan: Plan, chunk: int, crowd: People, who: Identity) -> tuple[str, Batch]:
    """One contact person for each business, two for every third."""
    draws = plan.draws(chunk, "contact")
    first = np.flatnonzero(crowd.business)
    second = first[draws.random(len(first)) < 0.33]
    customer = np.concatenate([first, second])
    later = np.arange(len(customer)) >= len(first)
    # The next surname in the list keeps two persons of one business apart.
    surname = (who.surname[customer] + later) % len(names.SURNAMES_EN)
    given = who.given[customer]
    phone = np.where(draws.random(len(customer)) < 0.8, who.phone[customer] + later, MISSING)
    mail = np.where(draws.random(len(customer)) < 0.6, crowd.number[customer], MISSING)
    return batch(
        "contact",
        {
            "customer_id": ids("C", crowd.number[customer], width=7),
            "name": joined(
                words(names.SURNAMES_EN, surname),
                constant(" ", len(customer)),
                words(names.GIVEN_EN, given),
                constant(" ", len(customer)),
                words(names.SURNAMES_ZH, surname),
                words(names.GIVEN_ZH, given),
            ),
            "role": words(names.ROLES, draws.integers(0, len(names.ROLES), len(customer))),
            "phone": joined(constant("100", len(customer)), ids("", phone, width=8)),
            "email": joined(
                words(["buyer", "office"], later.astype(np.int64)),
                ids("-c", mail, width=7),
                constant("@example.com", len(customer)),
            ),
        },
    )


def _fields(plan: Plan, chunk: int, crowd: People) -> tuple[str, Batch]:
    """One of the company's own fields for each customer."""
    draws = plan.draws(chunk, "field")
    low = np.where(crowd.business, _BUSINESS_FIELDS[0], _PERSON_FIELDS[0])
    high = np.where(crowd.business, _BUSINESS_FIELDS[1], _PERSON_FIELDS[1])
    field = low + (draws.random(len(crowd)) * (high - low)).astype(np.int64)
    sizes = np.array([len(values) for values in _FIELDS.values()])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    value = starts[field] + (draws.random(len(crowd)) * sizes[field]).astype(np.int64)
    return batch(
        "customer_attribute",
        {
            "customer_id": ids("C", crowd.number, width=7),
            "name": words(list(_FIELDS), field),
            "value": words([value for values in _FIELDS.values() for value in values], value),
        },
    )

"""What customers are called and how they are reached; both entries of a double share it."""

from dataclasses import dataclass

import numpy as np

from data.demo import names
from data.demo.columns import MISSING, Column, Flags, Ints, constant, either, ids, joined, words
from data.demo.people import People
from data.demo.plan import Plan


@dataclass(frozen=True)
class Identity:
    """What a customer's name and addresses are made of; the same for both entries of a double."""

    brand: Ints
    form: Ints
    surname: Ints
    given: Ints
    phone: Ints


def identity(plan: Plan, chunk: int, crowd: People) -> Identity:
    """The names and numbers of a chunk's customers."""
    draws = plan.draws(chunk, "identity")
    size = len(crowd)
    drawn = [
        draws.integers(0, len(names.BRANDS_EN), size),
        draws.choice(len(names.FORMS_EN), size, p=[0.4, 0.12, 0.18, 0.12, 0.06, 0.12]),
        (draws.random(size) ** 1.6 * len(names.SURNAMES_EN)).astype(np.int64),
        draws.integers(0, len(names.GIVEN_EN), size),
        draws.integers(0, 100_000_000, size),
    ]
    return Identity(*(values[crowd.first_entry] for values in drawn))


def full_names(crowd: People, who: Identity) -> Column:
    """Haichuan Retail 海川零售, Wang Xiaoming 王晓明; second entries are spelt differently."""
    return either(_companies(crowd, who), _persons(crowd, who))


def _companies(crowd: People, who: Identity) -> Column:
    twice = (crowd.duplicate_of >= 0).astype(np.int64)
    brand = np.where(crowd.business, who.brand, MISSING)
    trade = np.minimum(crowd.industry, len(names.TRADES_EN) - 1)
    return joined(
        words(names.BRANDS_EN, brand),
        words([" ", "  "], twice),
        words(names.TRADES_EN, trade),
        words(names.FORMS_EN, who.form),
        words([" ", " Co., Ltd. "], twice),
        words(names.BRANDS_ZH, brand),
        words(names.TRADES_ZH, trade),
        words(names.FORMS_ZH, who.form),
        words(["", "有限公司"], twice),
    )


def _persons(crowd: People, who: Identity) -> Column:
    twice = (crowd.duplicate_of >= 0).astype(np.int64)
    loud = [name.upper() for name in names.SURNAMES_EN]
    return joined(
        words(names.SURNAMES_EN + loud, who.surname + twice * len(loud)),
        words([" ", "  "], twice),
        words(names.GIVEN_EN, who.given),
        constant(" ", len(crowd)),
        words(names.SURNAMES_ZH, who.surname),
        words(["", " "], twice),
        words(names.GIVEN_ZH, who.given),
    )


def phones(draws: np.random.Generator, who: Identity, twice: Flags) -> Column:
    """Numbers that no network gives out: none begins with 100. Doubles add the country code."""
    size = len(twice)
    known = (draws.random(size) < 0.93) | twice
    tail = np.where(known, who.phone, MISSING)
    return joined(words(["100", "+86 100"], twice.astype(np.int64)), ids("", tail, width=8))


def mail(draws: np.random.Generator, number: Ints) -> Column:
    """An address for most customers, at a domain that nobody can own."""
    known = np.where(draws.random(len(number)) < 0.71, number, MISSING)
    return joined(ids("c", known, width=7), constant("@example.com", len(number)))

"""Survival curves: as lifelines draws them of single customers, whose days are counted here."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from sqlalchemy import select

from data.domain.model import ScoringModel
from data.warehouse.marts import customer_current, customer_snapshot, survival_curve
from tests.companies import company
from tests.conftest import Demo
from tests.warehouse.rows import asked

MONTH = Decimal("30.4375")
MODEL = ScoringModel()
DAY = timedelta(days=1)


@dataclass
class Person:
    """What is known of one customer: days with an order, and contract terms."""

    orders: list[date] = field(default_factory=list)
    terms: list[tuple[date, date]] = field(default_factory=list)

    @property
    def start(self) -> date:
        """The day of the first order or contract."""
        return min([*self.orders, *(since for since, _ in self.terms)])

    def is_there(self, day: date) -> bool:
        """Whether the customer is not churned on a day, told day by day."""
        ends = [until for since, until in self.terms if since <= day]
        if ends:
            return (day - max(ends)).days <= MODEL.grace_days
        last = max((d for d in self.orders if d <= day), default=None)
        return last is not None and (day - last).days <= MODEL.threshold_days

    def before(self, day: date) -> "Person":
        """Return the customer as known before a day."""
        terms = [term for term in self.terms if term[0] < day]
        return Person([d for d in self.orders if d < day], terms)

    def lost_on(self, after: date, as_of: date) -> date | None:
        """Return the first day after one that finds the customer past its limit.

        An order or a contract of that very day comes too late.
        """
        day = after + DAY
        while day <= as_of:
            if not self.before(day).is_there(day):
                return day
            day += DAY
        return None


def _lasted(person: Person, start: date, as_of: date) -> tuple[int, bool]:
    """Return the whole months that the customer was seen to stay, and whether it was then lost."""
    seen = min(int((as_of - start).days // MONTH), 36)
    lost_on = person.lost_on(start, as_of)
    if lost_on is None:
        return seen, False
    gone = math.ceil((lost_on - start).days / MONTH)
    return (gone, True) if gone <= seen else (seen, False)


def _people(demo: Demo) -> dict[str, Person]:
    """Return every customer of the contract tables."""
    info = demo.fetcher.info()
    people: dict[str, Person] = {}
    with demo.fetcher.readers.engine(info.number).connect() as connection:
        raw: Any = connection.connection.driver_connection
        known = "customer_id IN (SELECT customer_id FROM customer) AND {} <= $as_of ORDER BY ALL"
        bought = "SELECT DISTINCT customer_id, ordered_on FROM orders WHERE amount > 0 AND " + known
        bound = "SELECT customer_id, starts_on, ends_on FROM contract WHERE " + known
        given = {"as_of": info.calendar.as_of}
        for name, day in raw.execute(bought.format("ordered_on"), given).fetchall():
            people.setdefault(name, Person()).orders.append(day)
        for name, since, until in raw.execute(bound.format("starts_on"), given).fetchall():
            people.setdefault(name, Person()).terms.append((since, until))
    return people


def _curve(stays: Sequence[tuple[int, bool]]) -> Iterator[tuple[int, int, float, float, float]]:
    fitter = KaplanMeierFitter().fit([m for m, _ in stays], [gone for _, gone in stays])
    bounds = fitter.confidence_interval_survival_function_
    for month in range(max(m for m, _ in stays) + 1):
        low, high = bounds.loc[:month].iloc[-1]
        yield month, len(stays), float(fitter.predict(month)), float(low), float(high)


def _assert_curve(demo: Demo, kind: str, key: str, stays: Sequence[tuple[int, bool]]) -> None:
    s = survival_curve.c
    names = ("month", "customers", "survival", "low", "high")
    stmt = select(*(s[n] for n in names)).where(s.kind == kind, s.key == key).order_by(s.month)
    found = asked(demo, stmt)
    wanted = pd.DataFrame(_curve(stays), columns=list(names))
    pd.testing.assert_frame_equal(found, wanted, check_dtype=False, rtol=1e-9)


def _keys(demo: Demo, kind: str) -> list[str]:
    s = survival_curve.c
    return list(asked(demo, select(s.key).where(s.kind == kind).distinct().order_by(s.key))["key"])


def test_cohorts_equal_the_curves_of_single_customers(duckdb_demo: Demo) -> None:
    as_of = duckdb_demo.fetcher.info().calendar.as_of
    cohorts: dict[str, list[tuple[int, bool]]] = {}
    for person in _people(duckdb_demo).values():
        start = person.start
        key = f"{start.year}-H{1 if start.month <= 6 else 2}"
        cohorts.setdefault(key, []).append(_lasted(person, start, as_of))
    assert _keys(duckdb_demo, "cohort") == sorted(cohorts)
    for key, stays in cohorts.items():
        _assert_curve(duckdb_demo, "cohort", key, stays)


def test_tiers_equal_the_curves_of_single_customers(duckdb_demo: Demo) -> None:
    as_of = duckdb_demo.fetcher.info().calendar.as_of
    until = (as_of + DAY).replace(year=as_of.year - 1, day=1)
    start, month = until - DAY, (until - DAY).replace(day=1)
    s, c = customer_snapshot.c, customer_current.c
    stmt = (
        select(c.customer_id, s.tier)
        .where(s.customer_no == c.customer_no, s.month == month, s.is_churned.is_(False))
        .order_by(c.customer_id)
    )
    people = _people(duckdb_demo)
    tiers: dict[str, list[tuple[int, bool]]] = {}
    for name, tier in asked(duckdb_demo, stmt).itertuples(index=False):
        tiers.setdefault(str(tier), []).append(_lasted(people[name], start, as_of))
    assert _keys(duckdb_demo, "tier") == sorted(tiers)
    for key, stays in tiers.items():
        _assert_curve(duckdb_demo, "tier", key, stays)


# --- borders ---------------------------------------------------------------------------------

AS_OF = date(2026, 6, 20)
START = date(2025, 1, 10)


def _demo(folder: Path, person: Person, as_of: date = AS_OF) -> Demo:
    orders = [
        {
            "order_id": f"O{i}",
            "customer_id": "a",
            "ordered_on": day,
            "amount": Decimal("10.00"),
        }
        for i, day in enumerate(person.orders)
    ]
    terms = [
        {
            "contract_id": f"K{i}",
            "customer_id": "a",
            "starts_on": since,
            "ends_on": until,
            "amount": Decimal("1200.00"),
        }
        for i, (since, until) in enumerate(person.terms)
    ]
    tables: dict[str, Any] = {"customer": [{"customer_id": "a", "name": "a"}]}
    tables |= {n: rows for n, rows in (("orders", orders), ("contract", terms)) if rows}
    fetcher = company(folder, tables, as_of)
    return Demo(fetcher.warehouse, fetcher)


def _days(*days: int) -> list[date]:
    return [START + timedelta(days=d) for d in days]


def _term(since: int, until: int) -> tuple[date, date]:
    return START + timedelta(days=since), START + timedelta(days=until)


GRACE, LIMIT = MODEL.grace_days, MODEL.threshold_days
#: Case -> the customer, and the day after its start on which it is first lost.
CASES: dict[str, tuple[Person, int | None]] = {
    "orders as far apart as the threshold": (Person(_days(*range(0, 500, LIMIT))), None),
    "one day more": (Person(_days(0, LIMIT + 1, 2 * LIMIT, 3 * LIMIT)), LIMIT + 1),
    "one order": (Person(_days(0)), LIMIT + 1),
    "a contract before the threshold": (Person(_days(0), [_term(LIMIT, 600)]), None),
    "a contract after it": (Person(_days(0), [_term(LIMIT + 2, 600)]), LIMIT + 1),
    "orders after a contract do not save": (
        Person(_days(0, 100, 150), [_term(50, 80)]),
        80 + GRACE + 1,
    ),
    "a contract alone": (Person([], [_term(0, 364)]), 364 + GRACE + 1),
    "renewed on the last day of grace": (
        Person([], [_term(0, 100), _term(100 + GRACE, 600)]),
        None,
    ),
    "renewed a day late": (
        Person([], [_term(0, 100), _term(101 + GRACE, 600)]),
        101 + GRACE,
    ),
    "a short term within a long one": (
        Person([], [_term(0, 200), _term(20, 40)]),
        200 + GRACE + 1,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_customer_is_lost_on_the_day_past_its_limit(case: str, tmp_path: Path) -> None:
    person, day = CASES[case]
    lost = person.lost_on(START, AS_OF)
    assert lost == (None if day is None else START + timedelta(days=day))
    demo = _demo(tmp_path, person)
    _assert_curve(demo, "cohort", "2025-H1", [_lasted(person, START, AS_OF)])


@pytest.mark.parametrize(("as_of", "has_tier"), [(date(2026, 1, 30), False), (AS_OF, True)])
def test_tiers_are_followed_only_where_a_year_ago_is_known(
    as_of: date, has_tier: bool, tmp_path: Path
) -> None:
    person = Person(_days(*range(0, 600, 30)))
    demo = _demo(tmp_path, person, as_of)
    assert bool(_keys(demo, "tier")) == has_tier

"""Who meets a rule: today's way and the way of past days agree, and both with plain Python."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from data.access.reader import scope_of
from data.domain.ready_rules import READY
from data.domain.rule import Condition, Group, Rule
from data.domain.rule_fields import FIELDS
from data.domain.scope import MASKABLE, Scope
from data.warehouse import marts
from data.warehouse.schema import activity, customer, ticket
from queries.rule_check import masked_fields
from queries.rule_predicates import COLUMNS
from queries.rule_spans import SPANS
from queries.rules import (
    PREVIEW_DAYS,
    held_bits,
    mask_days,
    rule_customers,
    rule_days,
    rule_patterns,
    rule_reach,
)
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask, fetch
from tests.rules.making import random_condition, random_tree, rule_of
from tests.warehouse.rows import plain

DAYS = range(PREVIEW_DAYS)


def today(demo: Demo, rule: Rule, scope: Scope = ADMIN) -> set[str]:
    rows = ask(demo, rule_customers(rule), demo.filters(), scope)
    assert rows["customer_id"].is_unique
    assert rows["value"].dropna().is_monotonic_decreasing
    return set(rows["customer_id"])


def held(demo: Demo, rule: Rule, scope: Scope = ADMIN) -> dict[str, int]:
    """Return the bits of the last days by customer."""
    rows = ask(demo, rule_days(rule), demo.filters(), scope)
    masks = [c for c in rows.columns if c.startswith("mask_")]
    found = {r["customer_id"]: held_bits([int(r[m]) for m in masks]) for _, r in rows.iterrows()}
    assert all(0 < bits < 1 << PREVIEW_DAYS for bits in found.values())
    return found


def on_day(bits: dict[str, int], i: int) -> set[str]:
    return {who for who, each in bits.items() if each >> i & 1}


def test_every_field_can_be_asked_about() -> None:
    assert set(FIELDS) == set(COLUMNS) | set(SPANS)
    dated = {k for k, f in FIELDS.items() if f.is_exact and f.kind != "choice"}
    assert dated <= set(SPANS)
    assert set(SPANS) <= {k for k, f in FIELDS.items() if f.is_exact}


def test_both_ways_agree_on_the_as_of_day(any_demo: Demo) -> None:
    dice = random.Random(11)
    met = 0
    for field in FIELDS:
        rule = rule_of(random_condition(dice, (field,)))
        now = today(any_demo, rule)
        assert on_day(held(any_demo, rule), PREVIEW_DAYS - 1) == now, rule
        met += bool(now)
    assert met > len(FIELDS) / 2


def test_trees_agree_on_the_as_of_day(dice: random.Random, duckdb_demo: Demo) -> None:
    for _ in range(12):
        rule = rule_of(random_tree(dice))
        assert on_day(held(duckdb_demo, rule), PREVIEW_DAYS - 1) == today(duckdb_demo, rule), rule


def test_a_tree_is_its_conditions_joined(dice: random.Random, any_demo: Demo) -> None:
    """Day by day: all, any and none of two conditions, by sets in Python."""
    exact = tuple(f for f, about in FIELDS.items() if about.is_exact)
    everyone = ask(
        any_demo, rule_reach(rule_of(*_conditions(dice, exact))), any_demo.filters(), ADMIN
    )
    whole = int(everyone["everyone"].iloc[0])
    for _ in range(3):
        one, other = _conditions(dice, exact)
        a, b = (held(any_demo, rule_of(each)) for each in (one, other))
        joined = {
            j: held(any_demo, rule_of(Group(j, (one, other)))) for j in ("all", "any", "none")
        }  # type: ignore[arg-type]
        for i in dice.sample(DAYS, 5):
            left, right = on_day(a, i), on_day(b, i)
            assert on_day(joined["all"], i) == left & right
            assert on_day(joined["any"], i) == left | right
            none = on_day(joined["none"], i)
            assert not none & (left | right)
            assert len(none) + len(left | right) == whole


def _conditions(dice: random.Random, fields: tuple[str, ...]) -> list[Condition]:
    return [random_condition(dice, fields) for _ in range(2)]


# --- against plain Python --------------------------------------------------------------------


def table(demo: Demo, of: Any) -> pd.DataFrame:
    return fetch(demo.fetcher, lambda: select(of), demo.fetcher.live())


def test_figures_of_today_are_those_of_the_marts(any_demo: Demo) -> None:
    rows = plain(table(any_demo, marts.customer_current))
    year = any_demo.filters().calendar.as_of.year
    figures = {
        "risk": (rows["risk"] * 100, 40),
        "age": (year - rows["birth_year"], 45),
        "csat": (rows["csat_180"], 4),
        "completeness": (rows["completeness"] / 100, 70),
        "complaints": (rows["complaints_90"], 1),
        "expected_loss": (rows["expected_loss"], 500),
    }
    for field, (figure, limit) in figures.items():
        for operator, wanted in (("at_least", figure >= limit), ("at_most", figure <= limit)):
            who = set(rows["customer_id"][wanted.fillna(value=False)])
            assert today(any_demo, rule_of(Condition(field, operator, limit))) == who, field
            assert who, field


def past_days(demo: Demo) -> list[tuple[int, date]]:
    last = demo.filters().calendar.as_of
    return [(i, last - timedelta(days=PREVIEW_DAYS - 1 - i)) for i in (0, 17, 44, 45, 60, 89)]


def test_days_since_a_follow_up_on_past_days(duckdb_demo: Demo) -> None:
    found = table(duckdb_demo, activity)
    days = pd.to_datetime(found["happened_at"]).dt.date
    everyone = set(table(duckdb_demo, customer)["customer_id"])
    old, fresh, never = (
        held(duckdb_demo, rule_of(Condition("since_contact", op, n)))
        for op, n in (("at_least", 30), ("at_most", 10), ("never", None))
    )
    for i, day in past_days(duckdb_demo):
        last = days[days <= day].groupby(found["customer_id"]).max()
        since = {who: (day - when).days for who, when in last.items()}
        assert on_day(old, i) == {w for w, n in since.items() if n >= 30}
        assert on_day(fresh, i) == {w for w, n in since.items() if n <= 10}
        assert on_day(never, i) == everyone - set(since)


def test_complaints_on_past_days(duckdb_demo: Demo) -> None:
    found = table(duckdb_demo, ticket)
    found = found[found["kind"] == "complaint"]
    opened = pd.to_datetime(found["opened_at"]).dt.date
    answered = pd.to_datetime(found["first_replied_at"].fillna(found["resolved_at"])).dt.date
    for wait in (0, 1, 2):
        bits = held(duckdb_demo, rule_of(Condition("complaint", "at_least", wait)))
        for i, day in past_days(duckdb_demo):
            waits = (opened <= day - timedelta(days=wait)) & (answered.isna() | (answered > day))
            assert on_day(bits, i) == set(found["customer_id"][waits].dropna()), (wait, day)


def test_birthdays_on_past_days(any_demo: Demo) -> None:
    found = table(any_demo, customer)[["customer_id", "birthday"]].dropna()
    for ahead in (0, 7, 200):
        bits = held(any_demo, rule_of(Condition("birthday", "within", ahead)))
        for i, day in past_days(any_demo):
            wanted = {
                who
                for who, born in zip(
                    found["customer_id"], pd.to_datetime(found["birthday"]), strict=True
                )
                if _days_to(born.date(), day) <= ahead
            }
            assert on_day(bits, i) == wanted, (ahead, day)


def _days_to(born: date, day: date) -> int:
    for year in (day.year, day.year + 1):
        is_leap_day = (born.month, born.day) == (2, 29) and year % 4
        on = date(year, 2, 28) if is_leap_day else born.replace(year=year)
        if on >= day:
            return (on - day).days
    raise AssertionError


def test_patterns_count_the_customers_of_each_mask(dice: random.Random, any_demo: Demo) -> None:
    exact = tuple(f for f, about in FIELDS.items() if about.is_exact)
    rule = rule_of(Group("any", tuple(_conditions(dice, exact))))
    rows = ask(any_demo, rule_patterns(rule), any_demo.filters(), ADMIN)
    masks = [c for c in rows.columns if c.startswith("mask_")]
    counted = Counter(
        {held_bits([int(r[m]) for m in masks]): r["customers"] for _, r in rows.iterrows()}
    )
    assert counted == Counter(held(any_demo, rule).values())


def test_the_masks_cover_the_days_once() -> None:
    for days in (1, 44, 45, 46, 90):
        chunks = mask_days(date(2026, 6, 20), days)
        listed = [a + timedelta(days=i) for a, b in chunks for i in range((b - a).days + 1)]
        assert listed == [date(2026, 6, 20) - timedelta(days=n) for n in reversed(range(days))]


# --- scope and masks -------------------------------------------------------------------------


def test_a_rule_fires_within_the_owners_scope_only(any_demo: Demo) -> None:
    info = any_demo.fetcher.info()
    for user in ("lead", "rep"):
        scope = scope_of(any_demo.reader(user), info)
        for key in ("no-follow-up", "tier-drop", "complaint-waits", "contract-ends"):
            ready = READY[key]
            rule = ready.taken_over(ready.name, ready.text)
            mine = ask(any_demo, rule_customers(rule), any_demo.filters(), scope)
            rows = ask(any_demo, rule_customers(rule), any_demo.filters(), ADMIN)
            wanted = rows["team"].isin(scope.teams) if scope.teams is not None else True
            wanted &= rows["rep"].isin(scope.reps) if scope.reps is not None else True
            assert set(mine["customer_id"]) == set(rows["customer_id"][wanted]), (user, key)
            assert set(held(any_demo, rule, scope)) <= set(held(any_demo, rule))


def test_a_masked_field_fires_for_nobody_and_is_named(duckdb_demo: Demo) -> None:
    rule = rule_of(Condition("birthday", "within", 365))
    masked = replace(ADMIN, masked=MASKABLE)
    assert masked_fields(rule, masked) == ["birthday"]
    assert masked_fields(rule, ADMIN) == []
    assert today(duckdb_demo, rule, masked) == set()
    assert held(duckdb_demo, rule, masked) == {}
    assert len(today(duckdb_demo, rule)) > 100


def test_two_rules_share_no_cache_entry() -> None:
    keys: list[Callable[..., Any]] = [rule_customers, rule_reach, rule_days]
    a, b = rule_of(Condition("score", "at_least", 1)), rule_of(Condition("score", "at_least", 2))
    names = {getattr(query(rule), "key") for query in keys for rule in (a, b)}  # noqa: B009
    assert len(names) == 6
    assert rule_days(a).key != rule_days(a, days=5).key  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", READY)
def test_ready_rules_answer(duckdb_demo: Demo, key: str) -> None:
    ready = READY[key]
    rule = ready.taken_over(ready.name, ready.text)
    reach = ask(duckdb_demo, rule_reach(rule), duckdb_demo.filters(), ADMIN).iloc[0]
    assert 0 <= reach["met"] == len(today(duckdb_demo, rule)) < reach["everyone"]

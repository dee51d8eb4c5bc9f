"""Rules as plain values: canonical, bounded, and told when they make no sense."""

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from data.domain.ready_rules import READY
from data.domain.rule import (
    MOST_DEPTH,
    SENTENCES,
    WINDOWS,
    Condition,
    Group,
    Node,
    Rule,
    RuleError,
    firings,
    window_of,
)
from data.domain.rule_fields import FIELDS, GROUPS, WITHOUT_VALUE
from data.domain.rule_sense import check_sense, is_possible
from tests.rules.making import random_rule, random_tree, rule_of

OLD = Condition("since_contact", "at_least", 30)
FRESH = Condition("since_contact", "at_most", 29)
NEVER = Condition("since_contact", "never")


def code_of(made: Callable[[], Any]) -> str:
    with pytest.raises(RuleError) as found:
        made()
    assert str(found.value) == SENTENCES[found.value.code].format(**found.value.values)
    return found.value.code


def test_a_rule_survives_its_json(dice: random.Random) -> None:
    for _ in range(100):
        rule = random_rule(dice)
        again = Rule.from_json(rule.to_json())
        assert (again, again.to_json()) == (rule, rule.to_json())


def test_the_same_values_in_another_order_are_the_same_rule() -> None:
    one = Condition("region", "in", ("East", "West", "East"))
    assert one == Condition("region", "in", ("West", "East"))
    assert one.value == ("East", "West")


@pytest.mark.parametrize(
    ("code", "condition"),
    [
        ("field", ("salary", "at_least", 3)),
        ("operator", ("region", "at_least", 3)),
        ("operator", ("since_contact", "; drop table", 3)),
        ("number", ("since_contact", "at_least", None)),
        ("number", ("since_contact", "at_least", True)),
        ("number", ("since_contact", "at_least", 3.5)),
        ("number", ("since_contact", "at_least", -1)),
        ("number", ("birthday", "within", 366)),
        ("values", ("region", "in", ())),
        ("values", ("region", "in", ("",))),
        ("values", ("region", "in", tuple(map(str, range(99))))),
        ("values", ("region", "in", "East")),
    ],
)
def test_a_condition_says_what_it_cannot_be(code: str, condition: Any) -> None:
    assert code_of(lambda: Condition(*condition)) == code


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "x" * 201}),
        ("text", {"text": ""}),
        ("action", {"has_task": False}),
        ("action", {"has_task": "yes"}),
        ("window", {"window": "minute"}),
        ("cool_down", {"cool_down": -1}),
        ("cool_down", {"cool_down": 3.0}),
        ("due", {"due_days": 91}),
        ("due", {"priority": "urgent"}),
        ("channels", {"channels": [str(n) for n in range(9)]}),
        ("channels", {"channels": 5}),
        ("channels", {"channels": "everyone"}),
        ("unknown", {"sql": "select 1"}),
        ("json", {"tree": "1=1"}),
        ("empty", {"tree": {"join": "all", "parts": []}}),
        ("join", {"tree": {"join": "xor", "parts": [OLD.plain()]}}),
        ("unknown", {"tree": {"join": "all", "parts": [OLD.plain() | {"not": True}]}}),
    ],
)
def test_a_rule_says_what_it_cannot_be(code: str, change: dict[str, Any]) -> None:
    plain = rule_of(OLD).plain() | change
    assert code_of(lambda: Rule.from_json(json.dumps(plain))) == code


def test_groups_and_conditions_are_bounded() -> None:
    deep: Node = OLD
    for _ in range(MOST_DEPTH):
        deep = Group("all", (deep,))
    assert code_of(lambda: Group("all", (deep,))) == "depth"
    assert code_of(lambda: Group("all", (OLD,) * 21)) == "many"
    text = '{"join":"all","parts":[' * 100_000
    assert code_of(lambda: Rule.from_json(text)) == "json"
    nested = {
        "name": "x",
        "text": "x",
        "tree": json.loads('{"join":"all","parts":[' * 50 + "]}" * 50),
    }
    assert code_of(lambda: Rule.from_plain(nested)) == "depth"


# --- sense -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        (OLD, Condition("since_contact", "at_most", 10)),
        (OLD, NEVER),
        (OLD, Group("none", (OLD,))),
        (Condition("is_churned", "yes"), Condition("is_churned", "no")),
        (Condition("tier", "in", ("high",)), Condition("tier", "not_in", ("high", "general"))),
        (Group("any", (OLD, NEVER)), Group("none", (OLD, NEVER))),
        (Condition("tier", "not_in", ("high", "potential", "general", "dormant")),),
        (Group("none", (Condition("score", "at_least", 1), Condition("score", "at_most", 0))),
         Condition("score", "at_least", 0)),
    ],
)  # fmt: skip
def test_a_contradiction_is_told(parts: tuple[Node, ...]) -> None:
    assert code_of(lambda: check_sense(rule_of(*parts))) == "never"


@pytest.mark.parametrize(
    "parts",
    [
        (Group("any", (OLD, FRESH, NEVER)),),
        (Group("any", (OLD, Group("none", (OLD,)))),),
        (Group("none", (Group("all", (OLD, NEVER)),)),),
    ],
)
def test_a_rule_that_asks_nothing_is_told(parts: tuple[Node, ...]) -> None:
    assert code_of(lambda: check_sense(rule_of(*parts))) == "everybody"


@pytest.mark.parametrize(
    "parts",
    [
        (OLD,),
        (Group("any", (OLD, FRESH)),),  # Who was never contacted is neither.
        (OLD, Condition("since_contact", "at_most", 30)),
        (Condition("tier", "not_in", ("high",)), Condition("tier", "not_in", ("general",))),
        (Group("none", (OLD, NEVER)), FRESH),
    ],
)
def test_a_rule_that_some_can_meet_passes(parts: tuple[Node, ...]) -> None:
    check_sense(rule_of(*parts))


def test_what_somebody_meets_is_called_possible(dice: random.Random) -> None:
    """Against trying: random values for every field, which the tree is evaluated on."""
    for _ in range(150):
        tree = random_tree(dice, fields=("score", "since_contact", "tier", "is_churned"))
        for _ in range(40):
            who = {
                "score": dice.choice([None, *range(0, 101, 10)]),
                "since_contact": dice.choice([None, *range(0, 400, 10)]),
                "tier": dice.choice([None, "high", "potential", "general", "dormant"]),
                "is_churned": dice.choice([None, True, False]),
            }
            assert is_possible(tree, holds=meets(tree, who)), (tree, who)


def meets(node: Node, who: dict[str, Any]) -> bool:
    if isinstance(node, Group):
        found = [meets(part, who) for part in node.parts]
        return {"all": all(found), "any": any(found), "none": not any(found)}[node.join]
    value, wanted = who[node.field], node.value
    if value is None:
        return node.operator == "never"
    tests: dict[str, Callable[[], bool]] = {
        "in": lambda: value in wanted,  # type: ignore[operator]
        "not_in": lambda: value not in wanted,  # type: ignore[operator]
        "at_least": lambda: value >= wanted,
        "at_most": lambda: value <= wanted,
        "never": lambda: False,
        "yes": lambda: value is True,
        "no": lambda: value is False,
    }
    return tests[node.operator]()


# --- ready rules and fields ------------------------------------------------------------------


def test_ready_rules_make_sense() -> None:
    assert len(READY) >= 15
    for ready in READY.values():
        rule = ready.taken_over(ready.name, ready.text)
        check_sense(rule)
        assert Rule.from_json(rule.to_json()) == rule
        assert len(ready.text) <= 200


def test_every_field_has_a_group_and_limits() -> None:
    for field in FIELDS.values():
        assert field.group in GROUPS
        needs_number = set(field.operators) - WITHOUT_VALUE and field.kind != "choice"
        assert not needs_number or field.span[0] < field.span[1], field.key


# --- when it fires ---------------------------------------------------------------------------


def test_firings_keep_window_and_pause(dice: random.Random) -> None:
    for _ in range(200):
        held = dice.getrandbits(90) | dice.getrandbits(90)
        rule = rule_of(OLD, cool_down=dice.choice((0, 1, 7, 30)), window=dice.choice(WINDOWS))
        since = date(2026, 3, 1) + timedelta(days=dice.randrange(40))
        fired = firings(held, since, rule, days=90)
        assert all(held >> (day - since).days & 1 for day in fired)
        windows = [window_of(rule.window, day) for day in fired]
        assert len(set(windows)) == len(windows)
        pauses = [(b - a).days for a, b in pairwise(fired)]
        assert all(p >= rule.cool_down for p in pauses)
        # Nothing is left out: a day that held and did not fire was too near the one before.
        for i in range(90):
            day = since + timedelta(days=i)
            if not held >> i & 1 or day in fired:
                continue
            last = max(d for d in fired if d < day)
            is_same = window_of(rule.window, day) == window_of(rule.window, last)
            assert is_same or (day - last).days < rule.cool_down

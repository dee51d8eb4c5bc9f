"""Whatever is sent in place of a rule: a rule of ours, or a sentence; never text in a statement (T16)."""

import json
import random
import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, TextClause, create_engine
from sqlalchemy.sql import visitors
from sqlalchemy.sql.functions import FunctionElement

from data.domain.rule import (
    JOINS,
    PRIORITIES,
    SENTENCES,
    WINDOWS,
    Condition,
    Group,
    Rule,
    RuleError,
)
from data.domain.rule_fields import FIELDS, WITHOUT_VALUE
from queries.rules import rule_customers, rule_days
from tests.conftest import ADMIN, Demo
from tests.rules.making import random_tree, rule_of
from tests.security.corpus import SQL_INJECTIONS
from tests.security.test_filter_fuzz import anything

Many = Callable[[int, int], int]
OPERATORS = sorted({name for field in FIELDS.values() for name in field.operators})
#: Stands in a value of each rule, and must stand in no statement.
CANARY = "zqxcanary"


def _leaf(dice: random.Random) -> Any:
    """Return a condition: near one of ours, or anything."""
    if dice.random() < 0.1:
        return anything(dice)
    hostile = (*SQL_INJECTIONS[:9], "__class__", "salary", "net_12m)--", "func", "sql")
    value: Any = dice.choice(
        (3, -1, 10**30, 2.5, True, None, "x", [CANARY], [CANARY, "East China"])
    )
    found = {
        "field": dice.choice((*FIELDS, *FIELDS, *hostile)),
        "operator": dice.choice((*OPERATORS, *OPERATORS, *hostile)),
        "value": value if dice.random() < 0.8 else anything(dice),
    }
    if dice.random() < 0.1:
        found[dice.choice(hostile)] = anything(dice)
    return found


def _tree(dice: random.Random, depth: int) -> Any:
    if depth == 0 or dice.random() < 0.3:
        return _leaf(dice)
    join = dice.choice((*JOINS * 4, "xor", None, 1, [], {}))
    return {"join": join, "parts": [_tree(dice, depth - 1) for _ in range(dice.randrange(4))]}


def _honest(dice: random.Random) -> dict[str, Any]:
    """Return a rule of ours, whose choices have a value that nobody has."""
    plain = rule_of(random_tree(dice)).plain()
    for leaf in _leaves(plain["tree"]):
        if FIELDS[leaf["field"]].kind == "choice" and leaf["operator"] not in WITHOUT_VALUE:
            leaf["value"] = [CANARY, *leaf["value"]]
    return plain


def _leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    if "join" not in node:
        return [node]
    return [leaf for part in node["parts"] for leaf in _leaves(part)]


def expression(dice: random.Random) -> Any:
    """Return what may be sent in place of a rule."""
    if dice.random() < 0.05:
        return anything(dice)
    plain = _honest(dice)
    if dice.random() < 0.7:
        plain["tree"] = _tree(dice, dice.choice((1, 2, 3, 4, 60)))
        if isinstance(plain["tree"], dict) and "join" not in plain["tree"]:
            plain["tree"] = {"join": "all", "parts": [plain["tree"]]}
    for _ in range(dice.choice((0, 0, 1, 2))):
        name = dice.choice((*plain, "sql", "__init__"))
        plain[name] = dice.choice((anything(dice), [], {}, 5, dice.choice((*WINDOWS, *PRIORITIES))))
    return plain


def rule_or_sentence(found: Any) -> Rule | None:
    """Return the rule; None where it is refused with one of the sentences."""
    try:
        rule = Rule.from_json(json.dumps(found))
    except RuleError as error:
        refused = error
    else:
        assert Rule.from_json(rule.to_json()) == rule
        return rule
    assert str(refused) == SENTENCES[refused.code].format(**refused.values)
    return None


Read = tuple[set[str], set[str]]


def read_by(rule: Rule, demo: Demo) -> Read:
    """Return the columns and functions of a rule's statements, in which no value stands as text."""
    columns, functions = set[str](), set[str]()
    for query in (rule_customers(rule), rule_days(rule, days=5)):
        stmt = query(demo.filters(), ADMIN)
        for part in visitors.iterate(stmt):
            assert not isinstance(part, TextClause), part
            if isinstance(part, FunctionElement):
                functions.add(part.name)
            elif isinstance(part, Column):
                # Of an alias's name only: `held_1.customer_no` is the second of that name.
                columns.add(re.sub(r"_\d+\.", ".", str(part)))
        # An engine's own words are written when it compiles.
        dialect = create_engine("duckdb://").dialect
        sql = str(stmt.compile(dialect=dialect))
        assert CANARY not in sql
        assert not [text for text in SQL_INJECTIONS if len(text) > 6 and text in sql]
        functions |= {f"{name}(" for name in re.findall(r"([a-z_]+)\(", sql.lower())}
    return columns, functions


def allowed(demo: Demo) -> Read:
    """Return what the statements of all fields with all their operators read."""
    columns, functions = set[str](), set[str]()
    for key, field in FIELDS.items():
        for operator in field.operators:
            value: Any = field.span[0] if field.kind != "choice" else ("x",)
            one = Condition(key, operator, None if operator in WITHOUT_VALUE else value)
            # A second kind of join, so that all joins are among them.
            found = read_by(rule_of(one, Group("none", (one,)), Group("any", (one,))), demo)
            columns |= found[0]
            functions |= found[1]
    return columns, functions


def test_whatever_is_sent_is_a_rule_of_ours_or_refused_with_a_sentence(
    duckdb_demo: Demo, dice: random.Random, many: Many, tell: Callable[[str], None]
) -> None:
    columns, functions = allowed(duckdb_demo)
    count, taken = many(60, 500), 0
    for _ in range(count):
        sent = expression(dice)
        rule = rule_or_sentence(sent)
        if rule is not None:
            taken += 1
            found = read_by(rule, duckdb_demo)
            assert found[0] <= columns, (sent, found[0] - columns)
            assert found[1] <= functions, (sent, found[1] - functions)
    assert 0 < taken < count, taken
    tell(f"{count} rules sent: {taken} compiled, the others refused with a sentence")

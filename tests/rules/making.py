"""Rules to test with: of given conditions, and random ones."""

import random
from typing import Any

from data.domain.rule import JOINS, WINDOWS, Condition, Group, Node, Rule
from data.domain.rule_fields import FIELDS, WITHOUT_VALUE

#: Values that the demo company has, so that random conditions meet somebody.
VALUES: dict[str, tuple[str, ...]] = {
    "region": ("East China", "North China", "South China"),
    "kind": ("business", "person"),
    "source": ("referral", "website", "partner"),
    "owner_level": ("senior", "standard", "junior"),
}


def rule_of(*parts: Node, **changed: Any) -> Rule:
    """Return a rule that all of these must hold for."""
    plain: dict[str, Any] = {"name": "A rule", "text": "Call back", "tree": Group("all", parts)}
    return Rule(**plain | changed)


def random_condition(dice: random.Random, fields: tuple[str, ...]) -> Condition:
    """Return a condition on one of the fields."""
    field = FIELDS[dice.choice(fields)]
    operator = dice.choice(field.operators)
    if operator in WITHOUT_VALUE:
        return Condition(field.key, operator)
    if field.kind == "choice":
        known = field.values or VALUES.get(field.key, ("one", "two", "three"))
        chosen = tuple(dice.sample(known, dice.randint(1, len(known) - 1)))
        return Condition(field.key, operator, chosen)
    low, high = field.span
    usual = {"since": 200, "until": 60, "waiting": 30, "number": 100, "money": 50_000}
    return Condition(field.key, operator, dice.randint(low, min(high, usual[field.kind])))


def random_tree(
    dice: random.Random, *, fields: tuple[str, ...] = tuple(FIELDS), depth: int = 2
) -> Group:
    """Return a tree of up to `depth` groups."""
    parts: list[Node] = []
    for _ in range(dice.randint(1, 3)):
        is_group = depth > 1 and dice.random() < 0.35
        parts.append(
            random_tree(dice, fields=fields, depth=depth - 1)
            if is_group
            else random_condition(dice, fields)
        )
    while sum(len(list(p.conditions())) if isinstance(p, Group) else 1 for p in parts) > 8:
        parts.pop()
    return Group(dice.choice(JOINS), tuple(parts or [random_condition(dice, fields)]))  # type: ignore[arg-type]


def random_rule(dice: random.Random) -> Rule:
    """Return any rule."""
    return rule_of(
        random_tree(dice),
        window=dice.choice(WINDOWS),
        cool_down=dice.randrange(100),
        channels=tuple(dice.sample(("a", "b", "c"), dice.randrange(3))),
    )

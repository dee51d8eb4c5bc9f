"""Whether a rule makes sense by itself: that somebody can meet it, and that not everybody must.

The tree is written as alternatives, each a set of conditions that hold or do not. An alternative
is possible where every field has a value, blank among them, that agrees with all its conditions;
it is enough to try the numbers at the borders of the conditions and beside them. Fields are looked
at one by one: that two of them exclude each other is for the preview to show.
"""

from collections.abc import Iterable
from itertools import product
from typing import TypeAlias

from data.domain.rule import Condition, Group, Node, Rule, RuleError
from data.domain.rule_fields import FIELDS, RuleField

#: A condition that holds (True), or that does not (False).
Literal: TypeAlias = tuple[Condition, bool]
Alternative: TypeAlias = frozenset[Literal]
#: Alternatives beyond which a rule is taken to make sense.
MOST_ALTERNATIVES = 5_000
#: What a value of a choice stands for that no condition names.
OTHER = "\0other"


def check_sense(rule: Rule) -> None:
    """Raise RuleError where a rule can never fire, or must for everybody."""
    if not is_possible(rule.tree, holds=True):
        raise RuleError("never")
    if not is_possible(rule.tree, holds=False):
        raise RuleError("everybody")


def is_possible(tree: Node, *, holds: bool) -> bool:
    """Whether somebody could be, for whom the tree holds (or does not)."""
    found = _alternatives(tree, holds=holds)
    return found is None or any(_agrees(each) for each in found)


def _alternatives(node: Node, *, holds: bool) -> set[Alternative] | None:
    """Return the node as alternatives; None where there are too many to look at."""
    if isinstance(node, Condition):
        return {frozenset({(node, holds)})}
    wants = holds if node.join != "none" else not holds
    found = [_alternatives(part, holds=wants) for part in node.parts]
    if any(each is None for each in found):
        return None
    known = [each for each in found if each is not None]
    # One part that holds is enough for "any", and for the opposite of "all" and of "none".
    if (node.join != "any") == holds:
        return _joined(known)
    return {alternative for each in known for alternative in each}


def _joined(found: list[set[Alternative]]) -> set[Alternative] | None:
    size = 1
    for each in found:
        size *= len(each)
    if size > MOST_ALTERNATIVES:
        return None
    return {frozenset[Literal]().union(*each) for each in product(*found)}


def _agrees(alternative: Alternative) -> bool:
    by_field: dict[str, list[Literal]] = {}
    for condition, holds in alternative:
        by_field.setdefault(condition.field, []).append((condition, holds))
    return all(_has_value(FIELDS[key], found) for key, found in by_field.items())


def _has_value(field: RuleField, found: list[Literal]) -> bool:
    conditions = [condition for condition, _ in found]
    return any(
        all(_holds(condition, value) is holds for condition, holds in found)
        for value in _tried(field, conditions)
    )


def _tried(field: RuleField, conditions: Iterable[Condition]) -> list[int | str | bool | None]:
    """Return the values at which the conditions could change, and blank."""
    if field.kind == "flag":
        return [True, False, None]
    if field.kind == "choice":
        named = {v for c in conditions if isinstance(c.value, tuple) for v in c.value}
        others = [] if field.values and set(field.values) <= named else [OTHER]
        return [*sorted(named), *others, None]
    low, high = field.span
    near = {c.value + d for c in conditions if isinstance(c.value, int) for d in (-1, 0, 1)}
    return [*sorted(v for v in near | {low, high} if low <= v <= high), None]


def _holds(condition: Condition, value: int | str | bool | None) -> bool:
    """Whether a condition holds for a value; nothing but "never" holds for a blank."""
    if value is None or condition.operator == "never":
        return value is None and condition.operator == "never"
    if isinstance(condition.value, tuple):
        return (value in condition.value) is (condition.operator == "in")
    if isinstance(condition.value, int):
        number = int(value)
        is_least = condition.operator == "at_least"
        return number >= condition.value if is_least else number <= condition.value
    return bool(value) is (condition.operator == "yes")


def unknown_values(tree: Group, known: dict[str, frozenset[str]]) -> list[tuple[str, str]]:
    """Return (field, value) of every chosen value that the data do not hold."""
    return [
        (condition.field, value)
        for condition in tree.conditions()
        if isinstance(condition.value, tuple) and condition.field in known
        for value in condition.value
        if value not in known[condition.field]
    ]

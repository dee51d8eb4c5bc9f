"""What the data and the owner's rights say about a rule before it is saved."""

from data.domain.rule import Rule
from data.domain.rule_fields import FIELDS
from data.domain.scope import Scope
from data.warehouse.info import VersionInfo


def known_values(info: VersionInfo) -> dict[str, frozenset[str]]:
    """Return the values that a choice can have: its own, or those that the data hold."""
    found: dict[str, frozenset[str]] = {}
    for key, field in FIELDS.items():
        if field.kind == "choice" and key in info.dictionary.values:
            parents = frozenset(info.dictionary.subtree) if key == "team" else frozenset[str]()
            found[key] = frozenset(info.dictionary.values[key]) | parents
        elif field.values:
            found[key] = frozenset(field.values)
    return found


def missing_tables(rule: Rule, info: VersionInfo) -> dict[str, tuple[str, ...]]:
    """Return field -> the contract tables that it needs and none of which holds a row."""
    asked = dict.fromkeys(c.field for c in rule.tree.conditions())
    needed = {key: FIELDS[key].needs for key in asked if FIELDS[key].needs}
    return {
        key: names
        for key, names in needed.items()
        if not any(info.counts.get(name, 0) for name in names)
    }


def masked_fields(rule: Rule, scope: Scope) -> list[str]:
    """Return the fields of a rule that its owner sees masked: they cannot be asked about."""
    asked = dict.fromkeys(c.field for c in rule.tree.conditions())
    return [key for key in asked if FIELDS[key].personal in scope.masked]

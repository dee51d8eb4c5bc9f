"""A rule while it is being written: plain values that the browser holds, changed step by step.

What the browser sends is checked when it becomes a rule; until then a condition may lack its
value, and a path that leads nowhere changes nothing.
"""

import copy
from collections.abc import Mapping
from typing import Any

from data.domain.rule import JOINS, MOST_CONDITIONS, MOST_DEPTH, Rule, RuleError
from data.domain.rule_fields import FIELDS, WITHOUT_VALUE

#: What the parts of a draft are, besides its conditions.
READ_AS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("name", "text", "priority", "window", "ready", "rule_id"), (str,)),
    **dict.fromkeys(("due_days", "cool_down", "version"), (int,)),
    "has_task": (bool,),
    "channels": (list,),
}
#: What a draft holds besides its conditions, with what a new one begins with.
START: dict[str, Any] = {
    "name": "",
    "text": "",
    "has_task": True,
    "priority": "normal",
    "due_days": 3,
    "channels": [],
    "window": "day",
    "cool_down": 30,
    "ready": "",
}
FIRST: dict[str, Any] = {"field": "since_contact", "operator": "at_least", "value": 30}
Draft = dict[str, Any]


def new_draft() -> Draft:
    """Return an empty rule with one condition."""
    return {
        **START,
        "rule_id": None,
        "version": None,
        "tree": {"join": "all", "parts": [{**FIRST}]},
    }


def draft_of(rule: Rule, *, rule_id: str | None = None, version: int | None = None) -> Draft:
    """Return a rule as a draft."""
    return {**rule.plain(), "rule_id": rule_id, "version": version}


def read_draft(found: Any) -> Draft:
    """Return the draft of a Store; a new one where it holds none."""
    held = found if isinstance(found, dict) else {}
    tree = _read(held.get("tree"), depth=1)
    if tree is None or "join" not in tree:
        return new_draft()
    names = ("rule_id", "version", *START)
    kept = {n: held[n] for n in names if n in held and type(held[n]) in READ_AS[n]}
    return {**new_draft(), **kept, "tree": tree}


def _read(found: Any, *, depth: int) -> dict[str, Any] | None:
    """Return a condition or group of a Store as far as it can be drawn; None for anything else."""
    node = found if isinstance(found, dict) else {}
    if isinstance(node.get("parts"), list) and node.get("join") in JOINS and depth <= MOST_DEPTH:
        parts = [_read(part, depth=depth + 1) for part in node["parts"][:MOST_CONDITIONS]]
        return {"join": node["join"], "parts": [part for part in parts if part is not None]}
    field = FIELDS.get(str(node.get("field")))
    if field is None or node.get("operator") not in field.operators:
        return None
    return {"field": field.key, "operator": node["operator"], "value": node.get("value")}


def rule_in(draft: Draft) -> Rule:
    """Return the rule that a draft has become; raise RuleError where it is none yet."""
    names = (*START, "tree")
    return Rule.from_plain({name: draft.get(name, START.get(name)) for name in names})


def worded(draft: Draft) -> Draft:
    """Return a draft that can be previewed before its texts are written."""
    return {**draft, **{name: draft.get(name) or "…" for name in ("name", "text")}}


def node_at(draft: Draft, path: str) -> dict[str, Any] | None:
    """Return the condition or group at a path like 0.2; None where it leads nowhere."""
    node: Any = draft["tree"]
    for step in path.split(".") if path else []:
        parts = node.get("parts") if isinstance(node, dict) else None
        if not isinstance(parts, list) or not step.isdigit() or int(step[:4]) >= len(parts):
            return None
        node = parts[int(step)]
    return node if isinstance(node, dict) else None


def filled(draft: Draft, values: Mapping[str, Any]) -> Draft:
    """Return a draft with what its fields hold: `name`, or `0.1|value` of a condition."""
    made = copy.deepcopy(draft)
    for key, value in values.items():
        path, _, part = key.rpartition("|")
        if not part or "|" not in key:
            if key in START:
                made[key] = value
        elif part == "value" and (node := node_at(made, path)) is not None:
            node["value"] = value
        else:
            _pick(made, path, part, value)
    return made


def _pick(draft: Draft, path: str, part: str, value: Any) -> None:
    """Set a condition's field or operator, or a group's join; what follows from it is reset."""
    node = node_at(draft, path)
    is_known = node is not None and (part == "join" or node.get("field") in FIELDS)
    if node is None or not is_known or part not in node or node[part] == value:
        return
    if part == "field" and value in FIELDS:
        operator = FIELDS[value].operators[0]
        node.update({"field": value, "operator": operator, "value": None})
    elif part == "join":
        node["join"] = value
    elif part == "operator" and value in FIELDS[str(node["field"])].operators:
        # Right after another field was picked, the browser still sends the old comparison.
        node["operator"] = value
        if value in WITHOUT_VALUE:
            node["value"] = None


def added(draft: Draft, path: str, *, is_group: bool) -> Draft:
    """Return a draft with another condition, or a group with one, in the group at a path."""
    made = copy.deepcopy(draft)
    node = node_at(made, path)
    if node is None or not isinstance(node.get("parts"), list):
        return made
    if len(node["parts"]) >= MOST_CONDITIONS:
        raise RuleError("many", most=MOST_CONDITIONS)
    if is_group and len(path.split(".")) + bool(path) + 1 > MOST_DEPTH:
        raise RuleError("depth", most=MOST_DEPTH)
    node["parts"].append({"join": "any", "parts": [{**FIRST}]} if is_group else {**FIRST})
    return made


def without(draft: Draft, path: str) -> Draft:
    """Return a draft without the condition or group at a path; the first group stays."""
    made = copy.deepcopy(draft)
    above, _, last = path.rpartition(".")
    parent = node_at(made, above)
    if path and parent is not None and node_at(made, path) is not None:
        parent["parts"].pop(int(last))
    return made


def built(draft: Draft, action: str) -> Draft:
    """Return a draft after a button of the tree: add, group or remove, and a path."""
    what, _, path = action.partition(":")
    if what == "remove":
        return without(draft, path)
    return added(draft, path, is_group=what == "group") if what in ("add", "group") else draft


def given(ids: Any, values: Any) -> dict[str, Any]:
    """Return what the fields of a form hold, by their keys."""
    if not isinstance(ids, list) or not isinstance(values, list):
        return {}
    pairs = zip(ids, values, strict=False)
    return {str(i["key"]): v for i, v in pairs if isinstance(i, dict) and "key" in i}


def shape(draft: Draft) -> Any:
    """Return what decides how the form looks: the tree without what is compared with."""

    def of(node: Any) -> Any:
        if "join" in node:
            return [of(part) for part in node["parts"]]
        return (node["field"], node["operator"])

    return of(draft["tree"])

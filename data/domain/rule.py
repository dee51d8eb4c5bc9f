"""A rule: a tree of conditions on customers, what follows where it holds, and how often."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Literal, TypeAlias, cast

from data.domain.canonical import canonical_json
from data.domain.period import month_start
from data.domain.rule_fields import FIELDS, WITHOUT_VALUE

#: Groups within groups, the outermost counted, and conditions in all.
MOST_DEPTH, MOST_CONDITIONS = 3, 20
MOST_VALUES, MOST_LETTERS = 60, 200
MOST_COOL_DOWN, MOST_CHANNELS = 365, 5
#: How a group joins its parts; "none": not one of them holds.
JOINS = ("all", "any", "none")
WINDOWS = ("day", "week", "month")
PRIORITIES = ("high", "normal", "low")
DUE_DAYS = range(0, 91)

#: What is wrong with a rule, in sentences that go through `t()`.
SENTENCES: dict[str, str] = {
    "json": "A rule is a JSON object, and this is none.",
    "unknown": "A rule has no part called '{name}'.",
    "name": "A rule needs a name of 1 to {most} letters on one line.",
    "field": "There is no field '{field}' that a rule could ask about.",
    "operator": "'{field}' cannot be compared by '{operator}'.",
    "number": "'{field}' is compared with a whole number from {low} to {high}.",
    "values": "Choose 1 to {most} values for '{field}'.",
    "join": "A group joins its conditions by all, any or none of them, not by '{join}'.",
    "empty": "A group needs at least one condition.",
    "depth": "Groups may lie in each other {most} deep, not deeper.",
    "many": "A rule may have up to {most} conditions.",
    "window": "A rule fires at most once per day, week or month.",
    "cool_down": "The pause for one customer is 0 to {most} days.",
    "action": "Choose what is to follow: a task, a message or both.",
    "text": "The text of the task or message needs 1 to {most} letters on one line.",
    "due": "A task is due within 0 to {most} days, and its priority is high, normal or low.",
    "channels": "A message goes to at most {most} channels.",
    "never": "This rule can never fire: no customer can meet its conditions at once.",
    "everybody": "This rule asks nothing: every customer always meets its conditions.",
}
Join = Literal["all", "any", "none"]
Window = Literal["day", "week", "month"]


class RuleError(ValueError):
    """A rule cannot be so; `code` names the sentence that says why."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(SENTENCES[code].format(**values))


@dataclass(frozen=True)
class Condition:
    """One field compared with a number, with several values, or alone (never, yes, no)."""

    field: str
    operator: str
    value: int | tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        about = FIELDS.get(self.field)
        if about is None:
            raise RuleError("field", field=self.field[:MOST_LETTERS])
        if self.operator not in about.operators:
            raise RuleError("operator", field=about.label, operator=self.operator[:MOST_LETTERS])
        object.__setattr__(self, "value", _checked(self.field, self.operator, self.value))

    def plain(self) -> dict[str, Any]:
        """Return it as plain values."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {"field": self.field, "operator": self.operator, "value": value}


def _checked(key: str, operator: str, value: object) -> int | tuple[str, ...] | None:
    about = FIELDS[key]
    if operator in WITHOUT_VALUE:
        return None
    if about.kind == "choice":
        found = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
        texts = sorted({v for v in found if isinstance(v, str) and 0 < len(v) <= MOST_LETTERS})
        if not 0 < len(texts) <= MOST_VALUES:
            raise RuleError("values", field=about.label, most=MOST_VALUES)
        return tuple(texts)
    low, high = about.span
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise RuleError("number", field=about.label, low=f"{low:,}", high=f"{high:,}")
    return value


@dataclass(frozen=True)
class Group:
    """Conditions and groups, of which all, any or none must hold."""

    join: Join
    parts: "tuple[Node, ...]"

    def __post_init__(self) -> None:
        if self.join not in JOINS:
            raise RuleError("join", join=str(self.join)[:MOST_LETTERS])
        if not self.parts:
            raise RuleError("empty")
        if self.depth > MOST_DEPTH:
            raise RuleError("depth", most=MOST_DEPTH)
        if len(list(self.conditions())) > MOST_CONDITIONS:
            raise RuleError("many", most=MOST_CONDITIONS)

    @property
    def depth(self) -> int:
        """How many groups lie in each other, this one counted."""
        return 1 + max(p.depth if isinstance(p, Group) else 0 for p in self.parts)

    def conditions(self) -> Iterator[Condition]:
        """Yield every condition, wherever it stands."""
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.conditions()
            else:
                yield part

    def plain(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"join": self.join, "parts": [part.plain() for part in self.parts]}


Node: TypeAlias = Condition | Group


def node_of(found: Any, *, depth: int = 1) -> Node:
    """Return the condition or group that plain values describe; raise RuleError otherwise."""
    if not isinstance(found, dict):
        raise RuleError("json")
    values = cast("dict[str, Any]", found)
    if "join" not in values:
        value = values.get("value")
        value = tuple(cast("list[Any]", value)) if isinstance(value, list) else value
        _known(values, ("field", "operator", "value"))
        return Condition(str(values.get("field")), str(values.get("operator")), value)
    _known(values, ("join", "parts"))
    if depth > MOST_DEPTH:
        raise RuleError("depth", most=MOST_DEPTH)
    parts = values.get("parts")
    listed = cast("list[Any]", parts) if isinstance(parts, list) else []
    if len(listed) > MOST_CONDITIONS:
        raise RuleError("many", most=MOST_CONDITIONS)
    return Group(values["join"], tuple(node_of(part, depth=depth + 1) for part in listed))


def _known(values: Mapping[str, Any], names: tuple[str, ...]) -> None:
    if unknown := sorted(set(values) - set(names)):
        raise RuleError("unknown", name=unknown[0][:MOST_LETTERS])


@dataclass(frozen=True)
class Rule:
    """Who is meant, what follows, and how often: at most once per window and after the pause."""

    name: str
    tree: Group
    #: What is to be done; becomes the title of the task and the text of the message.
    text: str
    has_task: bool = True
    priority: str = "normal"
    due_days: int = 3
    #: Channels that get a message.
    channels: tuple[str, ...] = ()
    window: Window = "day"
    #: Days after a firing in which the same customer is left alone.
    cool_down: int = 30
    #: The ready rule that it was made from; empty: none.
    ready: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "channels", tuple(sorted(set(self.channels))))
        for is_wrong, code, values in (
            (not _is_line(self.name), "name", {"most": MOST_LETTERS}),
            (not _is_line(self.text), "text", {"most": MOST_LETTERS}),
            (not _is_followed(self.has_task, self.channels), "action", {}),
            (len(self.channels) > MOST_CHANNELS, "channels", {"most": MOST_CHANNELS}),
            (self.window not in WINDOWS, "window", {}),
            (not _is_within(self.cool_down, MOST_COOL_DOWN), "cool_down", {"most": MOST_COOL_DOWN}),
            (
                not _is_within(self.due_days, DUE_DAYS[-1]) or self.priority not in PRIORITIES,
                "due",
                {"most": DUE_DAYS[-1]},
            ),
        ):
            if is_wrong:
                raise RuleError(code, **values)

    @property
    def is_exact(self) -> bool:
        """Whether every condition is known for past days as it was then."""
        return all(FIELDS[c.field].is_exact for c in self.tree.conditions())

    def plain(self) -> dict[str, Any]:
        """Return every field as a plain value."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return found | {"tree": self.tree.plain(), "channels": list(self.channels)}

    def to_json(self) -> str:
        """Return the rule as canonical JSON; `from_json` gives an equal rule back."""
        return canonical_json(self.plain())

    @classmethod
    def from_json(cls, text: str) -> "Rule":
        """Read what `to_json` wrote; raise RuleError for anything else."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise RuleError("json") from error
        if not isinstance(found, dict):
            raise RuleError("json")
        return cls.from_plain(cast("dict[str, Any]", found))

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> "Rule":
        """Return the rule of plain values; raise RuleError for what no rule can be."""
        _known(values, tuple(f.name for f in fields(cls)))
        tree = node_of(values.get("tree"))
        if not isinstance(tree, Group):
            raise RuleError("empty")
        texts = {n: str(values.get(n) or "") for n in ("name", "text", "ready")}
        rest = {n: v for n, v in values.items() if n not in {*texts, "tree", "channels"}}
        found = values.get("channels") or ()
        if not isinstance(found, list | tuple):
            raise RuleError("channels", most=MOST_CHANNELS)
        channels = tuple(str(c) for c in cast("list[Any]", found))
        return cls(tree=tree, channels=channels, **texts, **rest)


def _is_line(text: str) -> bool:
    """Whether a text can be the title of a task: one line, something in it."""
    return bool(text.strip()) and len(text) <= MOST_LETTERS and text.isprintable()


def _is_followed(has_task: Any, channels: tuple[str, ...]) -> bool:
    """Whether a task, a message or both follow."""
    return isinstance(has_task, bool) and (has_task or bool(channels))


def _is_within(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


# --- when it fires ---------------------------------------------------------------------------


def window_of(window: str, day: date) -> date:
    """Return the first day of the window that a day lies in; weeks begin on Monday."""
    if window == "week":
        return day - timedelta(days=day.weekday())
    return month_start(day) if window == "month" else day


def firings(held: int, since: date, rule: Rule, *, days: int) -> list[date]:
    """Return the days on which a rule would have fired for a customer, run once a day.

    Bit i of `held` says whether the conditions held on the day `since` + i.
    """
    fired: list[date] = []
    for i in range(days):
        if held >> i & 1 and _may_fire(since + timedelta(days=i), fired, rule):
            fired.append(since + timedelta(days=i))
    return fired


def _may_fire(day: date, fired: list[date], rule: Rule) -> bool:
    if not fired:
        return True
    is_rested = (day - fired[-1]).days >= rule.cool_down
    return is_rested and window_of(rule.window, day) > window_of(rule.window, fired[-1])

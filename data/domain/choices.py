"""What single pages let their readers choose besides the filters: as a value and as a URL."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from data.domain.prosperity import THRESHOLDS
from data.domain.task import NARROWED, Owner, TaskError

#: Dimensions that the asset statement can be cut by.
CUTS = ("team", "rep", "region", "city", "industry", "kind", "source", "tier")
DEFAULT_CUT = "team"
#: Dimensions that a breakdown of customers, and one of deals, can be turned to.
TURNS = (*CUTS, "lifecycle")
DEAL_TURNS = ("seller_team", "seller", "source", "region", "industry")
#: Key figures of which the cockpit says what moved them.
MOVABLE = (
    *("customer_asset", "active_customers", "churn_rate"),
    *("revenue", "collections", "lead_to_won"),
)
DEFAULT_MOVED = "revenue"
#: What the concentration is of: the past, or what is expected.
CONCENTRATED = ("gross_ever", "customer_asset")
#: How many customers "save the top k" can look at.
KEPT = range(1, 1_001)
DEFAULT_KEPT = 50
#: Months that data can be about; a year before or after them is a date, too.
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
MOST_LETTERS = 200

#: The first days of two months, at whose ends something is read.
Ends: TypeAlias = tuple[date, date]


def _nothing() -> Mapping[str, int]:
    return MappingProxyType({})


def _usual() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Choices:
    """What a page was asked to show; each belongs to one page or two and is blank elsewhere."""

    ends: Ends | None = None
    by: str = DEFAULT_CUT
    keep: int = DEFAULT_KEPT
    #: The month that the checks of prosperity judge.
    judged: date | None = None
    #: Thresholds of the checks that differ from the usual ones.
    checks: Mapping[str, int] = field(default_factory=_nothing)
    campaign: str = ""
    #: The key figure whose change is taken apart.
    moved: str = DEFAULT_MOVED
    #: The metric whose concentration is shown.
    concentrated: str = CONCENTRATED[0]
    #: What a breakdown is turned to, by the dimension that it begins with.
    turned: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(dict[str, str]()))
    #: The metric whose definition is read.
    defined: str = ""
    #: Which tasks are listed, where that differs from the usual; whose; and which words they say.
    tasks: Mapping[str, str] = field(default_factory=_usual)
    owner: str = ""
    find: str = ""

    def canonical(self) -> dict[str, object]:
        """Return everything that an answer depends on: the cache key's part."""
        return {**self.to_query(), "by": self.by, "keep": self.keep, "moved": self.moved}

    def to_query(self) -> dict[str, str]:
        """Return the URL's parameters, defaults left out."""
        plain = Choices()
        return {
            key: WRITE[key](value)
            for key, value in ((key, getattr(self, key)) for key in WRITE)
            if value != getattr(plain, key)
        }


def parse_choices(query: Mapping[str, str], dropped: list[str]) -> Choices:
    """Return the choices of a URL; nonsense is added to `dropped`."""
    found: dict[str, Any] = {}
    for key, read in READ.items():
        if key not in query:
            continue
        try:
            found[key] = read(query[key])
        except ValueError:
            dropped.append(f"{key}={query[key]}"[:MOST_LETTERS])
    return Choices(**found)


def _month(text: str) -> date:
    if len(text) != len("2026-01"):
        raise ValueError(text)
    found = date.fromisoformat(f"{text}-01")
    if not EARLIEST <= found < LATEST:
        raise ValueError(text)
    return found


def _ends(text: str) -> Ends:
    opening, _, closing = text.partition("..")
    found = _month(opening), _month(closing)
    if found[0] >= found[1]:
        raise ValueError(text)
    return found


def _cut(text: str) -> str:
    if text not in CUTS:
        raise ValueError(text)
    return text


def _movable(text: str) -> str:
    if text not in MOVABLE:
        raise ValueError(text)
    return text


def _concentrated(text: str) -> str:
    if text not in CONCENTRATED:
        raise ValueError(text)
    return text


def _key(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9_]{1,60}", text):
        raise ValueError(text)
    return text


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise ValueError(text)
    return int(text)


def _kept(text: str) -> int:
    if _number(text) not in KEPT:
        raise ValueError(text)
    return int(text)


def _checks(text: str) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for part in text.split(","):
        key, _, value = part.partition(":")
        if key not in THRESHOLDS or key in found:
            raise ValueError(text)
        found[key] = _number(value)
        if found[key] not in THRESHOLDS[key].span:
            raise ValueError(text)
    return MappingProxyType({k: v for k, v in found.items() if v != THRESHOLDS[k].usual})


def _turned(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for part in text.split(","):
        start, _, dimension = part.partition(":")
        known = DEAL_TURNS if start.startswith("seller") else TURNS
        if start not in known or dimension not in known or start in found:
            raise ValueError(text)
        found[start] = dimension
    return MappingProxyType({k: v for k, v in sorted(found.items()) if k != v})


def _written_pairs(pairs: Mapping[str, str]) -> str:
    return ",".join(f"{key}:{value}" for key, value in sorted(pairs.items()))


def _campaign(text: str) -> str:
    if not text or "\x00" in text or len(text) > MOST_LETTERS:
        raise ValueError(text)
    return text


def _tasks(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for part in text.split(","):
        key, _, value = part.partition(":")
        if value not in NARROWED.get(key, ()) or key in found:
            raise ValueError(text)
        found[key] = value
    return MappingProxyType({k: v for k, v in found.items() if v != NARROWED[k][0]})


def _owner(text: str) -> str:
    try:
        return str(Owner.from_text(text))
    except TaskError as error:
        raise ValueError(text) from error


def _words(text: str) -> str:
    if not text.strip() or not text.isprintable() or len(text) > MOST_LETTERS:
        raise ValueError(text)
    return text


def _written_ends(ends: Ends) -> str:
    return f"{ends[0]:%Y-%m}..{ends[1]:%Y-%m}"


def _written_parts(checks: Mapping[str, object]) -> str:
    return ",".join(f"{key}:{value}" for key, value in sorted(checks.items()))


READ: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "ends": _ends,
        "by": _cut,
        "keep": _kept,
        "judged": _month,
        "checks": _checks,
        "campaign": _campaign,
        "moved": _movable,
        "concentrated": _concentrated,
        "defined": _key,
        "tasks": _tasks,
        "owner": _owner,
        "find": _words,
        "turned": _turned,
    }
)
WRITE: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "ends": _written_ends,
        "by": str,
        "keep": str,
        "judged": "{:%Y-%m}".format,
        "checks": _written_parts,
        "campaign": str,
        "moved": str,
        "concentrated": str,
        "defined": str,
        "tasks": _written_parts,
        "owner": str,
        "find": str,
        "turned": _written_pairs,
    }
)
#: The parameters of the URL that say a choice.
CHOSEN = tuple(READ)

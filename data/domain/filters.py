"""What the reader asked for: the period and the customers, as a value, as a URL and as words."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import parse_qsl, urlencode

from data.domain.approvals import Approvals
from data.domain.choices import CHOSEN, Choices, Ends, parse_choices
from data.domain.dimension import DIMENSIONS, FOCUS_KEYS, OWN_VALUES
from data.domain.escaping import escaped, unescaped
from data.domain.period import (
    COMPARISONS,
    DAY,
    DEFAULT_THRESHOLD,
    PRESETS,
    Calendar,
    Period,
    month_start,
)
from data.domain.treatment import Treated
from data.domain.what_if import PARAMETERS, WhatIf, parse_what_if

DEFAULT_PRESET = "ytd"
DEFAULT_COMPARISON = "year"
#: Under a month, a customer could churn and come back between two month ends unseen.
THRESHOLDS = range(31, 731)
#: A URL longer than this is not one of ours.
MAX_VALUES = 60
MAX_LENGTH = 200
#: Months that data can be about; a year before or after them is a date, too.
EARLIEST, LATEST = "1900-01", "2200-01"

Query: TypeAlias = Mapping[str, str]
#: Dimension -> the values there are; a dimension that is not named takes any value.
Known: TypeAlias = Mapping[str, Container[str]]
NOTHING_KNOWN: Known = MappingProxyType({})


@dataclass(frozen=True)
class Filters:
    """The period, its comparison and the chosen values per dimension of one warehouse version."""

    version: int
    calendar: Calendar
    period: Period
    preset: str = DEFAULT_PRESET
    compare: str = DEFAULT_COMPARISON
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    focus: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    threshold: int = DEFAULT_THRESHOLD
    #: The dimensions chosen by clicking, oldest first: the breadcrumb.
    path: tuple[str, ...] = ()
    #: Other weights and limits of the tiers, where the reader tries some.
    what_if: WhatIf | None = None
    #: What the page was asked to show besides.
    choices: Choices = field(default_factory=Choices)
    #: Decisions on quotes that the warehouse does not know; for questions that say they read them.
    approvals: Approvals = field(default_factory=Approvals)
    #: Customers of closed tasks, likewise.
    treated: Treated = field(default_factory=Treated)

    @property
    def ends(self) -> Ends:
        """The two month ends that are set against each other: chosen, or those of the period."""
        return self.choices.ends or self.calendar.ends_of(self.period)

    @property
    def comparison(self) -> Period | None:
        """The period compared with, or None where the reader wants none."""
        return self.period.compared(self.compare)

    def values(self, key: str) -> tuple[str, ...]:
        """Return the chosen values of a dimension; empty means all."""
        return self.chosen.get(key, ())

    def choosing(self, key: str, *values: str) -> "Filters":
        """Return these filters with a dimension set to the values (none: not filtered)."""
        rest = {k: v for k, v in self.chosen.items() if k != key}
        if values:
            rest[key] = tuple(sorted(set(values)))
        return replace(self, chosen=MappingProxyType(dict(sorted(rest.items()))))

    def focused(self, **marks: str) -> "Filters":
        """Return these filters narrowed to one mark of a panel."""
        return replace(self, focus=MappingProxyType(dict(sorted({**self.focus, **marks}.items()))))

    def silent_for(self, threshold: int) -> "Filters":
        """Return these filters with another inactivity threshold."""
        return replace(self, threshold=threshold)

    def trying(self, what_if: WhatIf | None) -> "Filters":
        """Return these filters with other weights and limits of the tiers (None: today's)."""
        return replace(self, what_if=what_if)

    def offering(self, **chosen: object) -> "Filters":
        """Return these filters with other choices of the page."""
        return replace(self, choices=replace(self.choices, **chosen))  # pyright: ignore[reportArgumentType]

    def knowing(self, **known: object) -> "Filters":
        """Return these filters with what the warehouse does not know: `approvals`, `treated`."""
        return replace(self, **known)  # pyright: ignore[reportArgumentType]

    def knows(self, name: str) -> bool:
        """Whether they hold something of what the warehouse does not know."""
        held = getattr(self, name)
        return held != type(held)()

    def unfocused(self) -> "Filters":
        """Return these filters without a mark."""
        return replace(self, focus=MappingProxyType({}))

    def unfiltered(self) -> "Filters":
        """Return these filters with every customer chosen."""
        return replace(self, chosen=MappingProxyType({}), path=())

    def over(self, period: Period) -> "Filters":
        """Return these filters over another period."""
        return replace(self, period=period)

    def canonical(self) -> dict[str, object]:
        """Return everything that an answer depends on, in one order: the cache key's part."""
        return {
            "version": self.version,
            "period": [self.period.since.isoformat(), self.period.until.isoformat()],
            "compare": self.compare,
            "chosen": {k: list(v) for k, v in sorted(self.chosen.items())},
            "focus": dict(sorted(self.focus.items())),
            "threshold": self.threshold,
            "what_if": self.what_if and self.what_if.canonical(),
            "choices": self.choices.canonical(),
            "as_of": self.calendar.as_of.isoformat(),
            "approvals": self.approvals.canonical(),
            "treated": self.treated.canonical(),
        }

    def to_query(self) -> dict[str, str]:
        """Return the URL's parameters, defaults left out."""
        query: dict[str, str] = {}
        if self.preset == "custom":
            query["period"] = f"{self.period.since.isoformat()}..{self.period.last_day.isoformat()}"
        elif self.preset != DEFAULT_PRESET:
            query["period"] = self.preset
        if self.compare != DEFAULT_COMPARISON:
            query["compare"] = self.compare
        query |= {key: ",".join(map(escaped, values)) for key, values in self.chosen.items()}
        if self.threshold != self.calendar.threshold_days:
            query["threshold"] = str(self.threshold)
        if self.what_if:
            query |= self.what_if.to_query()
        query |= self.choices.to_query() | self.calendar.to_query()
        if self.focus:
            query["focus"] = ",".join(f"{k}:{escaped(v)}" for k, v in self.focus.items())
        if self.path:
            query["path"] = ",".join(self.path)
        return query

    def to_search(self) -> str:
        """Return the URL's search part, with its question mark where there is one."""
        query = self.to_query()
        return "?" + urlencode(query, safe=",:.") if query else ""

    @classmethod
    def from_query(cls, query: Query, calendar: Calendar, *, version: int) -> "Filters":
        """Return the filters that a query describes; nonsense is dropped."""
        return parse(query, calendar, version=version)[0]


def parse(
    query: Query, calendar: Calendar, *, version: int, known: Known = NOTHING_KNOWN
) -> tuple[Filters, list[str]]:
    """Return the filters of a URL query, and the parameters that made no sense, as written."""
    dropped: list[str] = []
    calendar = _looked_at(query.get("as_of"), calendar, dropped)
    preset, period = _period(query.get("period"), calendar, dropped)
    filters = Filters(
        version=version,
        calendar=calendar,
        period=period,
        preset=preset,
        compare=_one_of(query, "compare", COMPARISONS, DEFAULT_COMPARISON, dropped=dropped),
        chosen=_chosen(query, known, dropped),
        focus=_focus(query.get("focus"), dropped),
        threshold=_threshold(query.get("threshold"), calendar, dropped),
        path=_path(query.get("path")),
        what_if=parse_what_if(query, dropped),
        choices=parse_choices(query, dropped),
    )
    keys = {"period", "compare", "threshold", "focus", "path", "as_of"}
    keys |= {*PARAMETERS, *CHOSEN, *DIMENSIONS}
    dropped += [f"{key}={query[key]}"[:MAX_LENGTH] for key in sorted(set(query) - keys)]
    return filters, dropped


def _looked_at(value: str | None, calendar: Calendar, dropped: list[str]) -> Calendar:
    """Return the calendar at the end of a closed month; nonsense and open months are dropped."""
    if value is None:
        return calendar
    if _is_month(value):
        month = date.fromisoformat(f"{value}-01")
        if month_start(calendar.first_on) <= month < calendar.live.last_closed:
            return calendar.live.at(month)
    dropped.append(f"as_of={value}"[:MAX_LENGTH])
    return calendar


def parse_search(
    search: str, calendar: Calendar, *, version: int, known: Known = NOTHING_KNOWN
) -> tuple[Filters, list[str]]:
    """Return `parse` of the text behind a URL's question mark."""
    pairs = parse_qsl(search.lstrip("?")[:4000], keep_blank_values=True)
    return parse(dict(pairs), calendar, version=version, known=known)


def _one_of(
    query: Query, key: str, allowed: Iterable[str], default: str, *, dropped: list[str]
) -> str:
    value = query.get(key, default)
    if value in allowed:
        return value
    dropped.append(f"{key}={value}"[:MAX_LENGTH])
    return default


def _period(value: str | None, calendar: Calendar, dropped: list[str]) -> tuple[str, Period]:
    if value is None:
        return DEFAULT_PRESET, calendar.preset(DEFAULT_PRESET)
    if value in PRESETS:
        return value, calendar.preset(value)
    try:
        since, last = (date.fromisoformat(part) for part in value.split("..", 1))
        if not EARLIEST <= since.isoformat() <= last.isoformat() < LATEST:
            raise ValueError(value)
        # What comes after the as-of day is not known: nobody is judged there, and the days
        # compared with are as many.
        return "custom", Period(since, min(last + DAY, calendar.until))
    except (ValueError, OverflowError):
        dropped.append(f"period={value}"[:MAX_LENGTH])
        return DEFAULT_PRESET, calendar.preset(DEFAULT_PRESET)


def _chosen(query: Query, known: Known, dropped: list[str]) -> Mapping[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    for key in sorted(DIMENSIONS):
        if key not in query:
            continue
        values = [unescaped(v) for v in query[key].split(",") if v]
        kept = sorted({v for v in values if _makes_sense(key, v) and v in known.get(key, values)})
        if len(kept) < len(set(values)) or not values or len(kept) > MAX_VALUES:
            dropped.append(f"{key}={query[key]}"[:MAX_LENGTH])
        if kept:
            chosen[key] = tuple(kept[:MAX_VALUES])
    return MappingProxyType(chosen)


def _makes_sense(key: str, value: str) -> bool:
    if "\x00" in value or len(value) > MAX_LENGTH:
        return False
    if key in OWN_VALUES:
        return value in OWN_VALUES[key]
    return _is_month(value) if key == "cohort" else True


def _is_month(value: str) -> bool:
    try:
        date.fromisoformat(f"{value}-01")
    except ValueError:
        return False
    return len(value) == len("2026-01") and EARLIEST <= value < LATEST


def _focus(value: str | None, dropped: list[str]) -> Mapping[str, str]:
    marks: dict[str, str] = {}
    for part in (value or "").split(","):
        key, _, mark = part.partition(":")
        if key in FOCUS_KEYS and mark and _mark_makes_sense(key, mark):
            marks[key] = unescaped(mark)[:MAX_LENGTH]
        elif part:
            dropped.append(f"focus={part}"[:MAX_LENGTH])
    return MappingProxyType(dict(sorted(marks.items())))


def _mark_makes_sense(key: str, mark: str) -> bool:
    return "\x00" not in mark and (key not in ("month", "cohort") or _is_month(mark))


def _threshold(value: str | None, calendar: Calendar, dropped: list[str]) -> int:
    if value is None:
        return calendar.threshold_days
    if value.isascii() and value.isdigit() and len(value) < 5 and int(value) in THRESHOLDS:
        return int(value)
    dropped.append(f"threshold={value}"[:MAX_LENGTH])
    return calendar.threshold_days


def _path(value: str | None) -> tuple[str, ...]:
    return tuple(key for key in (value or "").split(",") if key in DIMENSIONS)[:8]

"""What moved a key figure, in words: the parts that add most to its change, computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from components.cards import Movement
from components.figures.marks import go
from components.figures.values import Row, records
from data.domain.contribution import Contribution, Part, Side, contributions
from data.domain.filters import Filters
from data.domain.metric import Metric
from data.i18n import change, figure, label_of, signed, t
from pages._page import label_of_dimension
from queries.causes import AT_ENDS, can_be_taken_apart, moved_metric, what_moved
from queries.run import fetcher, run

#: Parts that a list names.
NAMED = 5


@dataclass(frozen=True)
class Cause:
    """One part of a change: the group, its name, and what it adds."""

    dimension: str
    name: str
    moved: Contribution

    @property
    def title(self) -> str:
        """The group in words."""
        return t("{what}: {name}", what=label_of_dimension(self.dimension), name=self.name)

    @property
    def go(self) -> str:
        """What choosing the group does."""
        return go(self.dimension, self.moved.key)


def causes(filters: Filters) -> list[Cause]:
    """Return the parts of the change of the chosen metric, the largest first; none to compare."""
    metric = moved_metric(filters)
    if not can_be_taken_apart(metric) or not (filters.comparison or metric.key == AT_ENDS):
        return []
    info = fetcher().info(filters.version)
    found: list[Cause] = []
    rows = records(run(what_moved, filters))
    for dimension, group in groupby(rows, key=lambda row: row["dimension"]):
        parts = _parts(list(group))
        if len(parts) > 1 and any(_is_known(part) for part in parts):
            told = contributions(parts, is_ratio=metric.kind == "ratio")
            found += [Cause(dimension, _name(info, dimension, c.key), c) for c in told if c.moved]
    return sorted(found, key=lambda c: (-abs(c.moved.moved), c.dimension, c.moved.key))


def _parts(rows: Sequence[Row]) -> list[Part]:
    return [
        Part(
            row["key"],
            now=Side(row["top"] or 0.0, row["bottom"] or 0.0),
            before=Side(row["top_before"] or 0.0, row["bottom_before"] or 0.0),
        )
        for row in rows
    ]


def _is_known(part: Part) -> bool:
    """Whether there was anything to compare with."""
    return bool(part.before.top or part.before.bottom)


def _name(info: Any, dimension: str, key: str) -> str:
    name = info.label(dimension, key)
    return label_of(dimension, key) if name == key else name


def amount(moved: float, metric: Metric, *, short: bool = True) -> str:
    """Return how much a part adds: in points where the metric is a rate."""
    if metric.unit == "rate":
        return t("{points} pp", points=signed(round(moved * 100, 2), "number"))
    return signed(moved, metric.unit, short=short)


def movement(cause: Cause, metric: Metric) -> Movement:
    """Return a part of the change as a line of the list of movements."""
    moved = cause.moved
    own = change(moved.now, moved.before, metric)
    is_good = (moved.moved > 0) == (metric.better == "up")
    return Movement(
        title=cause.title,
        value=amount(moved.moved, metric),
        tone="flat" if metric.better == "neither" else ("good" if is_good else "bad"),
        reason=t(
            "{now} now, {before} before, {change}",
            now=figure(moved.now, metric.unit, short=True),
            before=figure(moved.before, metric.unit, short=True),
            change=f"{own.arrow} {own.text}".strip(),
        ),
        go=cause.go,
    )

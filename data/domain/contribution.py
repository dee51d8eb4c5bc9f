"""What moved a number: how much each part adds to its change, so that the parts make the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Side:
    """A part's sum and, where the number is a ratio, what it is divided by."""

    top: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True)
class Part:
    """One part of a number, now and in the comparison."""

    key: str
    now: Side
    before: Side


@dataclass(frozen=True)
class Contribution:
    """How much a part adds to the change; its own figures are blank where it has none."""

    key: str
    moved: float
    now: float | None
    before: float | None


def contributions(parts: Iterable[Part], *, is_ratio: bool) -> list[Contribution]:
    """Return what each part adds to the change, the largest first; nothing where none is known.

    A part of a sum adds the difference of its own sums. A part of a ratio adds its weight times its
    distance from the whole ratio before, now less then: one that merely grows and stays average
    adds nothing, and all of them add up to the change of the ratio.
    """
    found = list(parts)
    told = _of_ratio(found) if is_ratio else _of_sum(found)
    return sorted(told, key=lambda each: (-abs(each.moved), each.key))


def _of_sum(parts: Sequence[Part]) -> list[Contribution]:
    return [Contribution(p.key, p.now.top - p.before.top, p.now.top, p.before.top) for p in parts]


def _of_ratio(parts: Sequence[Part]) -> list[Contribution]:
    now, before = _whole([p.now for p in parts]), _whole([p.before for p in parts])
    if not now.bottom or not before.bottom:
        return []
    level = before.top / before.bottom
    return [
        Contribution(
            p.key,
            _weighed(p.now, now, level) - _weighed(p.before, before, level),
            _ratio(p.now),
            _ratio(p.before),
        )
        for p in parts
    ]


def _whole(sides: Sequence[Side]) -> Side:
    return Side(sum(side.top for side in sides), sum(side.bottom for side in sides))


def _weighed(side: Side, whole: Side, level: float) -> float:
    return (side.top - level * side.bottom) / whole.bottom


def _ratio(side: Side) -> float | None:
    return side.top / side.bottom if side.bottom else None

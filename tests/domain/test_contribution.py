"""The parts of a change make the whole change, for sums and for ratios."""

import random

import pytest

from data.domain.contribution import Part, Side, contributions


def parts(dice: random.Random, count: int) -> list[Part]:
    """Return parts with any sums; some are there on one side only."""

    def side() -> Side:
        if dice.random() < 0.15:
            return Side()
        bottom = dice.uniform(0.1, 1_000)
        return Side(dice.uniform(-0.2, 1.2) * bottom, bottom)

    return [Part(str(n), side(), side()) for n in range(count)]


def test_parts_add_up_to_the_change(dice: random.Random) -> None:
    for _ in range(200):
        found = parts(dice, dice.randint(2, 12))
        now, before = ([getattr(p, side) for p in found] for side in ("now", "before"))
        whole = sum(s.top for s in now) - sum(s.top for s in before)
        told = contributions(found, is_ratio=False)
        assert sum(c.moved for c in told) == pytest.approx(whole, abs=1e-7)
        bottoms = sum(s.bottom for s in now), sum(s.bottom for s in before)
        told = contributions(found, is_ratio=True)
        if not all(bottoms):
            assert told == []
            continue
        ratios = [
            sum(s.top for s in side) / b for side, b in zip((now, before), bottoms, strict=True)
        ]
        assert sum(c.moved for c in told) == pytest.approx(ratios[0] - ratios[1], abs=1e-9)


def test_a_part_that_grows_and_stays_average_adds_nothing_to_a_ratio() -> None:
    found = [
        Part("average", Side(60, 200), Side(30, 100)),
        Part("worse", Side(50, 100), Side(30, 100)),
    ]
    average, worse = sorted(contributions(found, is_ratio=True), key=lambda c: c.key)
    assert average.moved == pytest.approx(0)
    assert worse.moved == pytest.approx(110 / 300 - 0.3)
    assert (worse.now, worse.before) == (0.5, 0.3)


def test_the_largest_comes_first_whatever_its_sign() -> None:
    found = [Part(k, Side(v), Side()) for k, v in (("a", 3.0), ("b", -9.0), ("c", 9.0))]
    assert [c.key for c in contributions(found, is_ratio=False)] == ["b", "c", "a"]

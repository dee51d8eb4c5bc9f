"""Alerts as plain values, the week and month that are over, and what makes a month unusual."""

import random
from datetime import date, timedelta
from statistics import median
from typing import Any

import pytest

from data.domain.alert import FAR, LEAST_RESIDUALS, Alert, AlertError, last_whole, unusual

PLAIN: dict[str, Any] = {"name": "Low", "kind": "threshold", "metric": "revenue", "limit": 3}


def test_an_alert_survives_its_json() -> None:
    for changed in (
        {},
        {"kind": "anomaly", "window": "month"},
        {"channels": ("b", "a"), "language": "zh"},
    ):
        alert = Alert(**PLAIN | changed)
        again = Alert.from_json(alert.to_json())
        assert (again, again.to_json()) == (alert, alert.to_json())


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("name", {"name": "\n"}),
        ("kind", {"kind": "x"}),
        ("kind", {"operator": "drop"}),
        ("metric", {"metric": ""}),
        ("limit", {"limit": float("nan")}),
        ("limit", {"limit": True}),
        ("window", {"kind": "anomaly", "window": "day"}),
        ("window", {"kind": "digest", "window": "day", "channels": ("a",)}),
        ("channels", {"kind": "digest", "window": "week"}),
        ("json", {"language": "fr"}),
    ],
)
def test_an_alert_says_what_it_cannot_be(code: str, changed: dict[str, Any]) -> None:
    with pytest.raises(AlertError) as found:
        Alert(**PLAIN | changed)
    assert found.value.code == code
    for text in ("[]", "{", '{"sql": 1}'):
        with pytest.raises(AlertError):
            Alert.from_json(text)


def test_limits_count_when_they_are_reached() -> None:
    low, high = Alert(**PLAIN), Alert(**PLAIN | {"operator": "at_least"})
    assert [low.is_beyond(v) for v in (2, 3, 4)] == [True, True, False]
    assert [high.is_beyond(v) for v in (2, 3, 4)] == [False, True, True]


def test_the_last_whole_week_and_month() -> None:
    for n in range(400):
        until = date(2026, 1, 1) + timedelta(days=n)
        week, month = last_whole("week", until), last_whole("month", until)
        assert (week.since.weekday(), week.days) == (0, 7)
        assert timedelta(0) <= until - week.until < timedelta(days=7)
        assert month.is_whole_months
        assert month.until == until.replace(day=1)


# --- unusual months --------------------------------------------------------------------------


def series(dice: random.Random, months: int) -> list[float | None]:
    season = [dice.uniform(50, 150) for _ in range(12)]
    return [season[n % 12] * 1.01**n + dice.gauss(0, 3) for n in range(months)]


def reference(values: list[float]) -> float:
    """The published score, written out: 0.6745 (r - median) / MAD of the residuals before."""
    changes = [values[n] - values[n - 12] for n in range(12, len(values))]
    usual = median(changes[:-1])
    return 0.6745 * (changes[-1] - usual) / median([abs(c - usual) for c in changes[:-1]])


def test_the_score_is_the_published_one(dice: random.Random) -> None:
    told = 0
    for _ in range(300):
        values: list[Any] = series(dice, dice.randint(25, 48))
        values[-1] += dice.uniform(-80, 80)
        found = unusual(values)
        z = reference(values)
        assert (found is not None) is (abs(z) > FAR)
        if found:
            told += 1
            assert found.z == pytest.approx(z)
            assert (found.value, found.before) == (values[-1], values[-13])
    assert 50 < told < 300


def test_a_season_is_nothing_unusual(dice: random.Random) -> None:
    """A month that is always high is usual: false alarms stay rare."""
    told = sum(unusual(series(dice, 40)) is not None for _ in range(400))
    assert told < 40


def test_little_or_nothing_known_is_nothing_unusual() -> None:
    base: list[float | None] = [100.0 + n % 12 for n in range(12 + LEAST_RESIDUALS)]
    assert unusual([*base, 9_999.0]) is None  # Every change before was the same: no spread at all.
    wobbly = [v + n % 5 if v else v for n, v in enumerate(base)]
    assert unusual([*wobbly, 9_999.0]) is not None
    assert unusual([*wobbly[1:], 9_999.0]) is None
    assert unusual([*wobbly, None]) is None
    assert unusual([]) is None


def test_equal_changes_fall_back_to_the_mean_deviation() -> None:
    values: list[float | None] = [100.0] * 24 + [101.0, *[100.0] * 10, 500.0]
    assert unusual(values) is not None

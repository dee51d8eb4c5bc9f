"""The forecast: exact where its assumption holds, honest about its error, silent without history."""

import math
import random

import pytest

from data.domain.forecast import AHEAD, FEWEST_ERRORS, forecast, growth, quantile


def seasonal(months: int, rise: float = 1.0) -> list[float]:
    """Return months with a season, each year `rise` times the one before."""
    return [100.0 * (2 + math.sin(m % 12)) * rise ** (m // 12) for m in range(months)]


@pytest.mark.parametrize("rise", [1.0, 1.2, 0.7])
def test_a_season_that_grows_evenly_is_foretold(rise: float) -> None:
    series = seasonal(48 + AHEAD, rise)
    found = forecast(series[:48])
    assert found is not None
    assert [m.value for m in found.months] == pytest.approx(series[48:])
    assert found.tested.error is not None
    assert growth(series[:48]) == pytest.approx(rise)


def test_what_is_foretold_uses_nothing_of_its_future(dice: random.Random) -> None:
    series = [dice.uniform(50, 150) for _ in range(40)]
    found = forecast(series)
    assert found == forecast([*series])
    assert forecast(series[:36]) != found
    longer = forecast([*series, 1_000_000.0])
    assert longer is not None and found is not None
    assert found.tested.count < longer.tested.count


def test_the_band_holds_eight_of_ten_of_its_own_errors(dice: random.Random) -> None:
    series = [v * dice.uniform(0.8, 1.25) for v in seasonal(60, 1.1)]
    errors = []
    for origin in range(24, 60):
        made = forecast(series[:origin])
        assert made is not None
        errors += [
            (series[origin + s] - m.value) / m.value
            for s, m in enumerate(made.months[: 60 - origin])
        ]
    found = forecast(series)
    assert found is not None
    first = found.months[0]
    assert first.low is not None and first.high is not None
    inside = [first.low <= first.value * (1 + e) <= first.high for e in errors]
    assert found.tested.count == len(errors)
    assert sum(inside) / len(errors) == pytest.approx(0.8, abs=0.03)
    assert found.tested.error == pytest.approx(sum(map(abs, errors)) / len(errors))


@pytest.mark.parametrize("months", range(0, 12))
def test_a_year_is_needed(months: int) -> None:
    assert forecast(seasonal(months)) is None


@pytest.mark.parametrize("months", [12, 23, 24])
def test_without_tests_there_is_no_band(months: int) -> None:
    found = forecast(seasonal(months))
    assert found is not None
    assert found.tested.error is None
    assert all(m.low is None and m.high is None for m in found.months)
    assert len(found.months) == AHEAD


def test_a_year_without_revenue_divides_by_nothing() -> None:
    for series in ([0.0] * 40, [0.0] * 24 + seasonal(16), seasonal(24) + [0.0] * 16):
        found = forecast(series)
        assert found is not None
        assert all(math.isfinite(m.value) for m in found.months)


def test_quantiles_are_those_of_a_sorted_list() -> None:
    values = [5.0, 1.0, 3.0, 2.0, 4.0]
    assert [quantile(values, s) for s in (0, 0.1, 0.5, 1)] == pytest.approx([1, 1.4, 3, 5])
    assert FEWEST_ERRORS > 1

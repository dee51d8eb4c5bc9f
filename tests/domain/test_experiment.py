"""Effects in closed form against scipy's, and what they must keep to."""

import math
import random
from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from data.domain.experiment import (
    Arm,
    holm,
    of_means,
    of_shares,
    planned_share,
    quantile_t,
    ratio_p,
    roi,
)


def arm(y: Sequence[float], x: Sequence[float] | None = None) -> Arm:
    """Return the sums of an arm."""
    a, b = np.asarray(y), np.asarray(x if x is not None else np.zeros(len(y)))
    sums = {"y": a, "yy": a * a, "x": b, "xx": b * b, "xy": a * b}
    return Arm(len(a), **{name: float(values.sum()) for name, values in sums.items()})


@pytest.mark.parametrize("freedom", [8, 15, 40, 300, 5_000])
def test_quantiles_of_t(freedom: float) -> None:
    assert quantile_t(0.975, freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=2e-4)
    assert quantile_t(0.975, math.inf) == pytest.approx(stats.norm.ppf(0.975))


def test_means_are_those_of_welch(dice: random.Random) -> None:
    draws = np.random.default_rng(dice.randrange(10**6))
    y, v = draws.gamma(2, 60, 400), draws.gamma(2, 50, 150)
    effect = of_means(arm(y), arm(v))
    known = stats.ttest_ind(y, v, equal_var=False)
    low, high = known.confidence_interval(0.95)
    assert effect is not None
    assert effect.difference == pytest.approx(y.mean() - v.mean())
    assert (effect.low, effect.high) == pytest.approx((low, high), rel=1e-4)
    assert effect.p == pytest.approx(known.pvalue, abs=0.005)
    assert effect.is_clear == (known.pvalue < 0.05)


def test_shares_are_those_of_two_proportions() -> None:
    effect = of_shares((263, 1_000), (189, 1_000))
    assert effect is not None
    chi = stats.chi2_contingency([[263, 737], [189, 811]], correction=False)
    assert effect.p == pytest.approx(chi.pvalue, rel=1e-9)
    assert effect.low < 0.074 < effect.high
    assert of_shares((0, 0), (1, 2)) is None


def test_a_covariate_narrows_the_interval_and_moves_nothing_on_average() -> None:
    draws = np.random.default_rng(5)
    plain, adjusted, covered = [], [], 0
    for _ in range(200):
        x = draws.gamma(2, 50, 600)
        y = 0.8 * x + draws.normal(0, 30, 600)
        treated = draws.random(600) < 0.5
        y = y + np.where(treated, 5.0, 0.0)
        arms = (arm(y[treated], x[treated]), arm(y[~treated], x[~treated]))
        raw, cuped = of_means(*arms), of_means(*arms, is_adjusted=True)
        assert raw is not None
        assert cuped is not None
        plain.append(raw.high - raw.low)
        adjusted.append(cuped.difference)
        covered += cuped.low <= 5.0 <= cuped.high
        assert cuped.high - cuped.low < raw.high - raw.low
        assert 0.5 < cuped.reduced < 0.95
    assert np.mean(adjusted) == pytest.approx(5.0, abs=0.7)
    assert covered >= 180


def test_the_detectable_effect_is_found_four_times_of_five() -> None:
    effect = of_shares((200, 1_000), (200, 1_000))
    assert effect is not None
    draws = np.random.default_rng(3)
    found = 0
    for _ in range(600):
        a = int(draws.binomial(1_000, 0.2 + effect.detectable))
        each = of_shares((a, 1_000), (int(draws.binomial(1_000, 0.2)), 1_000))
        found += each is not None and each.p < 0.05
    assert 0.74 < found / 600 < 0.87


def test_uneven_arms_are_told() -> None:
    assert ratio_p(5_065, 860, share=planned_share(5_065, 860)) > 0.05
    assert ratio_p(5_000, 4_700) == pytest.approx(stats.chisquare([5_000, 4_700]).pvalue)
    assert ratio_p(5_300, 4_700, share=planned_share(5_300, 4_700)) < 0.001
    assert ratio_p(0, 0) == 1.0


def test_what_is_blank_is_blank() -> None:
    assert of_means(Arm(1, 5.0, 25.0), Arm(40, 5.0, 25.0)) is None
    assert roi(10.0, 0.0) is None
    assert roi(30.0, 20.0) == pytest.approx(0.5)
    same = of_means(arm([3.0, 3.0]), arm([3.0, 3.0]))
    assert same is not None
    assert (same.low, same.high, same.p) == (0.0, 0.0, 1.0)


def test_holm_is_never_below_the_plain_value(dice: random.Random) -> None:
    values = [dice.random() for _ in range(12)]
    found = holm(values)
    assert all(f >= v for f, v in zip(found, values, strict=True))
    assert min(found) == pytest.approx(min(1.0, min(values) * 12))
    order = sorted(range(12), key=lambda i: values[i])
    assert [found[i] for i in order] == sorted(found)

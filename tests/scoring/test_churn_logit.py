"""The churn regression: found again, evaluated as SQL would, calibrated, with reasons."""

import math

import numpy as np
import pytest

from data.scoring import churn_logit
from data.scoring.arrays import Floats
from data.scoring.churn_logit import (
    FEATURES,
    Calibration,
    ChurnLogit,
    features,
    fit_calibration,
    fit_logit,
    probability,
    reasons,
)


def people(n: int = 20_000) -> tuple[Floats, Floats]:
    """Customers whose churn follows a known regression."""
    dice = np.random.default_rng(12)
    age = dice.uniform(1, 900, n)
    rows = features(age * dice.random(n), dice.integers(1, 20, n), dice.gamma(2, 30, n), age)
    odds = -1.0 + 0.5 * rows[:, 0] - 1.2 * rows[:, 1] + 0.8 * rows[:, 4]
    return rows, (dice.random(n) < 1 / (1 + np.exp(-odds))) * 1.0


def test_finds_the_regression_again() -> None:
    rows, churned = people()
    m = fit_logit(rows, churned, horizon=90)
    assert m.status == ()
    assert m.coefficients == pytest.approx((0.5, -1.2, 0, 0, 0.8), abs=0.2)
    assert probability(m, rows).mean() == pytest.approx(churned.mean(), abs=1e-4)
    assert ChurnLogit.from_json(m.to_json()) == m
    # The same bytes again, and as SQL evaluates it: one over one plus an exponential.
    assert fit_logit(rows, churned, horizon=90).to_json() == m.to_json()
    total = m.intercept + sum(c * f for c, f in zip(m.coefficients, rows[5], strict=True))
    assert probability(m, rows)[5] == pytest.approx(1 / (1 + math.exp(-total)))


def test_reasons_add_up_to_the_difference_from_the_mean() -> None:
    rows, churned = people(2000)
    m = fit_logit(rows, churned, horizon=90)
    told = reasons(m, rows)
    assert told.shape == (2000, len(FEATURES))
    mean = m.intercept + np.array(m.coefficients) @ np.array(m.centers)
    p = probability(m, rows)
    assert told.sum(axis=1) + mean == pytest.approx(np.log(p / (1 - p)))


def test_longer_horizons_leave_fewer_silent() -> None:
    rows, churned = people(2000)
    m = fit_logit(rows, churned, horizon=90)
    assert probability(m, rows, horizon=90) == pytest.approx(probability(m, rows))
    assert (probability(m, rows, horizon=180) < probability(m, rows)).all()


@pytest.mark.parametrize("churned", [0.0, 1.0])
def test_one_outcome_is_a_status(churned: float) -> None:
    rows, _ = people(50)
    m = fit_logit(rows, np.full(50, churned), horizon=90)
    assert m.status == ("one_outcome", "small_sample")
    assert abs(probability(m, rows) - churned).max() < 0.011


def test_odd_customers_have_features() -> None:
    rows = features([-1, 0, 1e9], [0, 1, 1e9], [-5, np.nan, np.inf], [0, 0, -3])
    assert np.isfinite(rows).all()
    assert fit_logit(rows[:0], [], horizon=90).status == ("one_outcome", "small_sample")
    constant = fit_logit(np.ones((4, 5)), [0, 1, 0, 1], horizon=90)
    assert probability(constant, np.ones((1, 5))) == pytest.approx([0.5])


def test_sample_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, churned = people()
    whole = probability(fit_logit(rows, churned, horizon=90), rows)
    monkeypatch.setattr(churn_logit, "SAMPLE", 10_000)
    half = fit_logit(rows, churned, horizon=90)
    assert half.customers == 10_000
    assert np.abs(probability(half, rows) - whole).max() < 0.1


def test_calibration_mends_a_bent_probability() -> None:
    dice = np.random.default_rng(2)
    true = dice.random(40_000)
    came = (dice.random(40_000) < true) * 1.0
    curve = fit_calibration(true**3, came)
    assert len(curve.knots) <= 50 and (np.diff(curve.values) >= 0).all()
    assert np.abs(curve.of(true**3) - true).mean() < 0.02
    assert (curve.of([-1, 2]) == [curve.values[0], curve.values[-1]]).all()
    assert fit_calibration([], []) == Calibration((0.0, 1.0), (0.0, 1.0))
    assert fit_calibration([0.3, 0.3], [1, 0]).of([0.1, 0.9]).tolist() == [0.5, 0.5]

"""Shifted-beta-geometric: the published estimates, residual lifetimes, Kaplan-Meier by hand."""

import numpy as np
import pytest

from data.scoring.arrays import Floats
from data.scoring.renewal import (
    derl,
    fit_renewal,
    kaplan_meier,
    renewal_rate,
    survival,
)

#: Fader and Hardie (2007), table 1: customers of 1,000 left after each of seven renewals.
HIGH_END = (1000, 869, 743, 653, 593, 551, 517, 491)
REGULAR = (1000, 631, 468, 382, 326, 289, 262, 241)


def counts(there: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Losses by renewals survived, and who is still there after all of them."""
    still = np.zeros(len(there))
    still[-1] = there[-1]
    return -np.diff(np.array(there, dtype=np.float64)), still


@pytest.mark.parametrize(
    ("there", "alpha", "beta", "twelve", "residual"),
    [
        (HIGH_END, 0.6681, 3.8061, 0.378, (5.4145, 6.8967)),
        (REGULAR, 0.7041, 1.1820, 0.170, (2.9644, 5.8941)),
    ],
)
def test_published(
    there: tuple[int, ...], alpha: float, beta: float, twelve: float, residual: tuple[float, float]
) -> None:
    m = fit_renewal(*counts(there), prior=False)
    assert (m.customers, m.lost, m.status) == (1000, 1000 - there[-1], ())
    assert [m.alpha, m.beta] == pytest.approx([alpha, beta], rel=1e-4)
    assert survival(m, 12) == pytest.approx(twelve, abs=5e-4)
    assert derl(m, [1, 5], discount=0.1) == pytest.approx(residual, abs=1e-4)
    held = fit_renewal(*counts(there))
    assert [held.alpha, held.beta] == pytest.approx([alpha, beta], rel=6e-3)


def test_residual_lifetime_is_the_sum_of_its_renewals() -> None:
    m = fit_renewal(*counts(HIGH_END))
    ahead = np.arange(0, 4000)
    for n in (1, 3):
        stays = survival(m, n + ahead) / survival(m, n - 1)
        assert derl(m, n, discount=0.1) == pytest.approx((stays / 1.1**ahead).sum(), rel=1e-9)
    assert np.isinf(derl(m, 1, discount=0.0))
    assert renewal_rate(m, [0, 1, 7]) == pytest.approx(
        survival(m, [1, 2, 8]) / survival(m, [0, 1, 7])
    )
    assert (np.diff(renewal_rate(m, np.arange(20))) > 0).all()


@pytest.mark.parametrize(
    ("lost", "still", "status"),
    [
        ([], [], "no_data"),
        ([0, 0], [50, 0], "no_data"),
        ([0, 0], [0, 500], "nobody_left"),
        ([500], [0], "not_identified"),
        ([3, np.nan, -4], [9, 2, np.inf], "small_sample"),
    ],
)
def test_thin_data_get_a_status(lost: list[float], still: list[float], status: str) -> None:
    m = fit_renewal(lost, still)
    assert status in m.status
    assert np.isfinite([m.alpha, m.beta, m.log_likelihood, *np.ravel(m.covariance)]).all()
    assert 0 < survival(m, 12) < 1


def test_kaplan_meier_by_hand() -> None:
    curve = kaplan_meier([1, 2, 3, 4, 5], [1, 0, 1, 1, 0])
    assert curve.t.tolist() == [0, 1, 2, 3, 4, 5]
    by_hand = [1, 4 / 5, 4 / 5, 4 / 5 * 2 / 3, 4 / 5 * 2 / 3 * 1 / 2, 4 / 15]
    assert curve.survival == pytest.approx(by_hand)
    assert (curve.low <= curve.survival).all() and (curve.survival <= curve.high).all()
    weighed = kaplan_meier([1, 2, 3], [1, 0, 1], [2, 1, 3])
    repeated = kaplan_meier([1, 1, 2, 3, 3, 3], [1, 1, 0, 1, 1, 1])
    assert weighed.survival == pytest.approx(repeated.survival)
    nothing = kaplan_meier([], [])
    assert (nothing.survival.tolist(), nothing.low.tolist()) == ([1.0], [0.0])
    assert (kaplan_meier([3, 3], [1, 1]).survival >= 0).all()
    assert (kaplan_meier([3, np.nan, -1], [1, 1, 1]).survival == [1, 0]).all()

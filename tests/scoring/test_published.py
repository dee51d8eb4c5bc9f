"""The published estimates and examples of the articles on CDNOW come out again."""

from dataclasses import replace

import numpy as np
import pytest

from data.scoring import buying, spend
from data.scoring.cells import Cells, compress
from data.scoring.likelihood import Rows, row_log_likelihood
from data.scoring.model import Buying
from tests.scoring.cdnow import History

BG = (0.24259, 4.41353, 0.79289, 2.42575)
MBG = (0.52484, 6.18299, 0.89136, 1.61400)


def model(kind: buying.Kind, *four: float) -> Buying:
    return Buying(kind, *four, 0.0, ((0.0,) * 4,) * 4, 0, 0, True)


#: Rounded as the article prints them.
PRINTED = model("bg", 0.243, 4.414, 0.793, 2.426)


@pytest.fixture(scope="module")
def cells(sample: History) -> Cells:
    return compress(*sample.in_weeks())


@pytest.mark.parametrize(
    ("kind", "parameters", "log_likelihood"), [("bg", BG, -9582.426), ("mbg", MBG, -9582.133)]
)
def test_buying(
    cells: Cells, kind: buying.Kind, parameters: tuple[float, ...], log_likelihood: float
) -> None:
    fitted = buying.fit_buying(cells, kind, prior=False)
    assert (fitted.customers, fitted.converged, fitted.status) == (2357, True, ())
    assert np.exp(fitted.logs) == pytest.approx(parameters, rel=1e-4)
    assert fitted.log_likelihood == pytest.approx(log_likelihood, abs=0.002)


@pytest.mark.parametrize("kind", ["bg", "mbg"])
def test_prior_moves_little(cells: Cells, kind: buying.Kind) -> None:
    free, held = (buying.fit_buying(cells, kind, prior=prior) for prior in (False, True))
    assert np.exp(held.logs - free.logs) == pytest.approx(np.ones(4), abs=0.0055)
    assert 0 <= free.log_likelihood - held.log_likelihood < 0.002


def test_days_and_weeks_are_one_model(sample: History) -> None:
    days = buying.fit_buying(compress(sample.x, sample.t_x, sample.age), "bg", prior=False)
    assert [days.r, days.alpha / 7, days.a, days.b] == pytest.approx(BG, rel=1e-3)


def test_examples_of_the_article() -> None:
    # With the unrounded estimates: at the printed ones E[X(32)] is 1.0452, not 1.0437.
    population = buying.population_expected(model("bg", *BG), [0.1429, 1, 3, 31.8571, 32, 78])
    assert population == pytest.approx([0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.858], abs=6e-5)
    assert buying.expected(PRINTED, 2, 30.43, 38.86, 39) == pytest.approx(1.226, abs=5e-4)
    assert buying.no_order(PRINTED, 0, 0, 0, 39) == pytest.approx(0.5737864, abs=1e-7)
    assert buying.p_alive(PRINTED, 23, 39, 39) == pytest.approx(0.96856, abs=1e-5)
    several = buying.p_alive(PRINTED, [5, 6, 7, 8], 30, 39)
    assert several == pytest.approx([0.7056, 0.6871, 0.6639, 0.6365], abs=5e-5)
    assert buying.expected(PRINTED, 26, 30.86, 31, 52) == pytest.approx(25.7582, abs=1e-4)


def test_sum_over_the_sample_misses_what_came(sample: History) -> None:
    total = buying.expected(model("bg", *BG), *sample.in_weeks(), 39).sum()
    assert total == pytest.approx(1653.4, abs=0.1)


def test_rows_stay_stable() -> None:
    few = Cells(np.array([0, 200]), np.array([0.0, 38.0]), np.array([40.0, 40.0]), np.ones(2))
    theta = np.log([0.25, 4.0, 0.8, 2.5])
    rows = row_log_likelihood(Rows.of(few, "bg"), theta)
    assert rows == pytest.approx([-0.59947382, 100.79569], abs=1e-5)


def test_spend(sample: History) -> None:
    fitted = spend.fit_spend(sample.x, sample.mean, winsorise=None, prior=False)
    assert (fitted.customers, fitted.status) == (946, ())
    assert [fitted.p, fitted.q, fitted.v] == pytest.approx([6.2488, 3.7446, 15.4478], rel=2e-3)
    assert fitted.log_likelihood == pytest.approx(-4055.923, abs=0.05)
    first = spend.expected_spend(fitted, [2, 1, 0, 0, 0, 7], [22.345, 11.77, 0, 0, 0, 73.74])
    assert first == pytest.approx([24.65, 18.91, 35.17, 35.17, 35.17, 71.46], abs=0.01)
    assert fitted.mean == pytest.approx(35.17, abs=0.01)
    assert fitted.correlation == pytest.approx(0.11, abs=0.005)


def test_a_shift_of_one_error_costs_half_a_point(cells: Cells) -> None:
    """The covariance is right: one standard error away, the likelihood is 0.5 lower."""
    from data.scoring import intervals

    fitted = buying.fit_buying(cells, "bg", prior=False)
    rows = Rows.of(cells, "bg")
    for k in range(4):
        there = row_log_likelihood(rows, intervals.shifted(fitted, k).logs) @ cells.n
        # The largest direction is long enough to be no longer quite a parabola.
        assert fitted.log_likelihood - there == pytest.approx(0.5, abs=0.1)


def test_json_comes_back(cells: Cells, sample: History) -> None:
    fitted = buying.fit_buying(cells)
    assert Buying.from_json(fitted.to_json()) == fitted
    money = spend.fit_spend(sample.x, sample.mean)
    assert spend.Spend.from_json(money.to_json()) == money
    assert replace(fitted, kind="bg").b_alive == fitted.b

"""Standard errors by the delta method against fits to other draws of the same company."""

import numpy as np
import pytest

from data.scoring import buying, intervals, spend
from data.scoring.arrays import Floats
from data.scoring.cells import Cells, compress
from tests.scoring.simulation import draw, model


def test_directions_make_up_the_covariance() -> None:
    root = np.array([[0.3, 0.1, 0.0], [0.0, 0.2, 0.1], [0.1, 0.0, 0.5]])
    covariance = root @ root.T
    found = intervals.directions(tuple(map(tuple, covariance.tolist())))
    assert sum(np.outer(each, each) for each in found) == pytest.approx(covariance)
    lengths = [float(each @ each) for each in found]
    assert lengths == sorted(lengths, reverse=True)


def test_unknown_parameters_shift_no_further_than_a_limit() -> None:
    wide = tuple(map(tuple, (np.eye(4) * 1e6).tolist()))
    assert max(np.abs(each).max() for each in intervals.directions(wide)) == intervals.FAR


def total(m: buying.Buying, cells: Cells) -> Floats:
    return cells.n * buying.expected(m, cells.x, cells.t_x, cells.age, 365.0)


def test_error_of_a_total_is_what_draws_differ_by() -> None:
    true = model("mbg", 0.7, 60.0, 0.8, 2.5)
    ages = np.random.default_rng(1).uniform(30, 700, 4000)
    base = draw(true, ages, 1.0, seed=100)
    company = compress(base.x, base.t_x, base.age)
    fits = [
        buying.fit_buying(compress(d.x, d.t_x, d.age))
        for d in (draw(true, ages, 1.0, seed=seed) for seed in range(40))
    ]
    # The same customers valued by every fit: only the parameters differ.
    spread = np.std([total(m, company).sum() for m in fits], ddof=1)
    m = buying.fit_buying(company)
    here = total(m, company)
    shifts = np.array([total(intervals.shifted(m, k), company) - here for k in range(4)])
    assert intervals.total_standard_error(shifts) == pytest.approx(spread, rel=0.35)
    assert intervals.standard_error(shifts).shape == here.shape
    # The errors of customers go together, so that the total's is near their sum.
    each = intervals.standard_error(shifts)
    assert np.sqrt((each**2).sum()) < intervals.total_standard_error(shifts) < each.sum() * 1.001


def test_spend_shifts() -> None:
    dice = np.random.default_rng(3)
    x = dice.integers(1, 9, 3000).astype(np.float64)
    mean = dice.gamma(6 * x) / (6 * x) * 6 * 15 / dice.gamma(4.0, 1, 3000)
    m = spend.fit_spend(x, mean)
    moved = [intervals.shifted_spend(m, k) for k in range(3)]
    shifts = np.array([[each.mean - m.mean] for each in moved])
    standard = intervals.total_standard_error(shifts)
    # About the standard error of a mean of 3,000 customers of such a spread.
    assert standard == pytest.approx(mean.std() / np.sqrt(3000), rel=0.35)
    for each in moved:
        assert each.weight * each.mean == pytest.approx(each.v)
    assert intervals.shifted_spend(spend.fit_spend([], []), 0).v == 0

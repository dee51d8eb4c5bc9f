"""Renewals as observed: the curves that lifelines draws of single customers, and thin data."""

import numpy as np
import pytest
from lifelines import KaplanMeierFitter

from data.scoring.observed import (
    LEAST_DECIDED,
    Counts,
    is_thin,
    observed_plans,
    observed_rate,
    shifted_plans,
)
from data.scoring.promise import promise
from data.scoring.renewal import fit_renewal, survival
from tests.scoring.test_renewal import HIGH_END


def drawn(seed: int, customers: int) -> np.ndarray:
    """Draw customers: length of contract, renewals, and whether they then left."""
    dice = np.random.default_rng(seed)
    term = dice.choice([1, 12, 24], customers, p=[0.5, 0.45, 0.05])
    left = dice.geometric(dice.beta(2, 6, customers)) - 1
    seen = dice.integers(0, 6, customers)
    return np.stack([term, np.minimum(left, seen), left < seen], axis=1).astype(float)


def counts(people: np.ndarray) -> Counts:
    """Return customers as the engine counts them."""
    shape, at = np.unique(people[:, :2], axis=0, return_inverse=True)
    lost = np.bincount(at.ravel(), people[:, 2])
    return Counts(shape[:, 0], shape[:, 1], lost, np.bincount(at.ravel()) - lost)


@pytest.mark.parametrize("seed", range(5))
def test_a_plan_is_the_curve_that_lifelines_draws(seed: int) -> None:
    people = drawn(seed, 400)
    plans = {plan.term_months: plan for plan in observed_plans(counts(people))}
    assert {0, 1, 12} <= set(plans)
    for length, plan in plans.items():
        own = people if length == 0 else people[people[:, 0] == length]
        # Who left after k renewals lasted k + 1 periods; who renewed k times is seen for k.
        fitter = KaplanMeierFitter().fit(own[:, 1] + own[:, 2], own[:, 2])
        table = fitter.event_table.loc[1 : len(plan.rates)]
        assert plan.decided == tuple(table["at_risk"].astype(int))
        assert min(plan.decided) >= LEAST_DECIDED
        stays = fitter.survival_function_at_times(np.arange(1, len(plan.rates) + 1))
        assert np.cumprod(plan.rates) == pytest.approx(stays.to_numpy())
        assert (plan.customers, plan.lost) == (len(own), own[:, 2].sum())


def test_the_published_customers_stay_as_published() -> None:
    # Nobody is censored before the last renewal: the shares are those of the table itself.
    there = np.array(HIGH_END, dtype=float)
    still = np.append(np.zeros(7), there[-1])
    lost = np.append(-np.diff(there), 0.0)
    held = Counts(np.full(8, 12.0), np.arange(8.0), lost, still)
    plan = observed_plans(held)[-1]
    assert 1000 * np.cumprod(plan.rates) == pytest.approx(there[1:])
    model = fit_renewal(lost[:7], still)
    assert survival(model, np.arange(1, 8)) == pytest.approx(np.cumprod(plan.rates), abs=0.02)


def test_the_last_share_holds_on_and_a_thin_plan_has_that_of_all() -> None:
    people = np.array([[12, 0, 1]] * 5 + [[12, 2, 0]] * 15 + [[24, 1, 0]] * 4, dtype=float)
    plans = observed_plans(counts(people))
    assert [plan.term_months for plan in plans] == [0, 12]
    assert plans[1].rates == (0.75, 1.0)
    assert plans[0].rates == (pytest.approx(1 - 5 / 24), 1.0)
    found = observed_rate(plans, [12, 12, 12, 24, 36], [0, 1, 30, 0, 0])
    assert found == pytest.approx([0.75, 1.0, 1.0, 1 - 5 / 24, 1 - 5 / 24])
    # A share of all has an error, too, and so has a share of none.
    lower = observed_rate(shifted_plans(plans, 0), [12, 12], [0, 1])
    assert (lower < [0.75, 1.0]).all() and (lower > 0).all()
    assert shifted_plans(plans, 1) == plans


@pytest.mark.parametrize(
    ("people", "plans", "thin"),
    [
        ([], 0, False),
        ([[12, 0, 0]] * 300, 0, False),
        ([[12, 0, 1]], 0, True),
        ([[12, 0, 1]] * 9, 0, True),
        ([[12, 0, 1]] * 40, 2, True),
        ([[12, 1, 0]] * 40, 2, False),
    ],
)
def test_thin_data_are_no_silly_number(people: list[list[int]], plans: int, thin: bool) -> None:
    given = counts(np.array(people, dtype=float).reshape(-1, 3))
    found = observed_plans(given)
    model = fit_renewal(*given.by_renewals())
    assert (len(found), is_thin(model)) == (plans, thin)
    assert all(0 <= rate <= 1 for plan in found for rate in plan.rates)


def test_a_promise_is_paid_to_its_end_and_then_as_observed() -> None:
    people = np.array([[12, 0, 1]] * 5 + [[12, 1, 0]] * 15, dtype=float)
    plans = observed_plans(counts(people))
    made = promise(
        lambda term, k: observed_rate(plans, term, k), [0], [12], [3], months=24, annual_discount=0
    )
    assert made.discounted == pytest.approx([3 + 12 * 0.75 + 9 * 0.75**2])
    assert made.hazard == pytest.approx([0.25])
    assert made.lost[0, 3] == pytest.approx(0.25) and made.lost[0].sum() == pytest.approx(0.25)

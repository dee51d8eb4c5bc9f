"""First churn by month against simulation, and its exact cases."""

from itertools import product

import numpy as np
import pytest

from data.scoring.arrays import MONTH
from data.scoring.first_churn import churn_by_month, first_churn, gone_churn
from data.scoring.model import Kind
from data.scoring.orders import no_order_alive
from tests.scoring.simulation import first_passages, model

MODELS: list[tuple[Kind, float, float, float, float]] = [
    ("mbg", 0.525, 43.3, 0.89, 1.61),
    ("bg", 0.243, 30.9, 0.79, 2.43),
    ("mbg", 4.0, 60.0, 0.5, 4.0),
]
CUSTOMERS = [(0.0, 100.0, 50.0), (3.0, 300.0, 10.0), (20.0, 300.0, 5.0), (5.0, 700.0, 80.0)]


@pytest.mark.parametrize(
    ("four", "customer", "threshold"), [*product(MODELS, CUSTOMERS, (90.0, 180.0))]
)
def test_by_simulation(
    four: tuple[Kind, float, float, float, float],
    customer: tuple[float, float, float],
    threshold: float,
) -> None:
    m = model(*four)
    x, age, silence = customer
    told = first_churn(m, [x], [age], [silence], threshold_days=threshold)[0]
    came = first_passages(m, customer, threshold, np.arange(13) * MONTH, seed=1)
    # Half a step of silence more or less moves at most this between neighbouring months.
    assert np.abs(told - came).max() < 0.011
    assert told.sum() == pytest.approx(came.sum(), abs=0.006)


def test_nobody_churns_before_the_threshold() -> None:
    m = model("mbg", 0.525, 43.3, 0.89, 1.61)
    churn = first_churn(m, [3, 3, 3], [300] * 3, [0, 89, 91], threshold_days=90)
    # 90 days on from an order lie in the third month, one day on from 89 in the first.
    assert churn[0, :2] == pytest.approx([0, 0], abs=1e-9) and churn[0, 2] > 0.3
    assert churn[1, 0] == pytest.approx(no_order_alive(m, 3, 300, 1), abs=1e-6)
    assert (churn[2] == 0).all()


def test_who_is_gone_churns_on_the_day() -> None:
    gone = gone_churn([0, 50, 90, 91], threshold_days=90, months=4)
    assert gone.tolist() == [[0, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]


def test_alive_or_not_adds_up() -> None:
    m = model("bg", 0.243, 30.9, 0.79, 2.43)
    churn = churn_by_month(m, [4.0], [250.0], [300.0], threshold_days=90)
    alive = first_churn(m, [4.0], [300.0], [50.0], threshold_days=90)
    gone = gone_churn([50.0], threshold_days=90)
    share = (churn - gone)[0, 5:].sum() / (alive - gone)[0, 5:].sum()
    assert churn == pytest.approx(share * alive + (1 - share) * gone)
    assert 0 < churn.sum() <= 1


def test_many_at_once_are_as_one() -> None:
    m = model("mbg", 0.525, 43.3, 0.89, 1.61)
    dice = np.random.default_rng(3)
    x, age, silence = dice.integers(0, 9, 50), dice.integers(1, 900, 50), dice.integers(0, 90, 50)
    together = first_churn(m, x, age, silence, threshold_days=90)
    for k in (0, 7, 49):
        alone = first_churn(m, [x[k]], [age[k]], [silence[k]], threshold_days=90)
        assert together[k] == pytest.approx(alone[0], abs=1e-12)

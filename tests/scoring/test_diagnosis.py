"""Every sentence the reader must get has its code, and sound data have none."""

from dataclasses import replace

import numpy as np
import pytest

from data.scoring.buying import fit_buying
from data.scoring.cells import compress
from data.scoring.diagnosis import Facts, findings, gap_variation
from data.scoring.spend import fit_spend
from data.scoring.validation import BackTest, Measured
from tests.scoring.simulation import draw, model

SOUND = Facts(
    calibration_days=720,
    horizon_days=365,
    median_gap=45,
    gap_variation=0.9,
    same_amount=0.02,
    first_orders_early=0.06,
    early_days=30,
    is_acquisition_known=False,
)


@pytest.fixture(scope="module")
def models() -> tuple:
    ages = np.random.default_rng(1).uniform(30, 700, 20_000)
    drawn = draw(model("mbg", 0.7, 60.0, 0.8, 2.5), ages, 1.0, seed=2)
    dice = np.random.default_rng(3)
    mean = dice.gamma(6.0, 15, 20_000) / dice.gamma(4.0, 1, 20_000)
    return fit_buying(compress(drawn.x, drawn.t_x, drawn.age)), fit_spend(drawn.x, mean)


def codes(*arguments: object) -> list[str]:
    return [finding.code for finding in findings(*arguments)]


def outcome(**values: float) -> BackTest:
    """A back-test in which mbg and the last period measured so."""
    rows = tuple(
        Measured(*name.split("__"), value)  # type: ignore[arg-type]
        for name, value in values.items()
    )
    best: dict[str, str] = {}
    for measure in {row.measure for row in rows}:
        best[measure] = min((abs(r.value), r.model) for r in rows if r.measure == measure)[1]
    return BackTest(rows, best, (), 100, 365.0)


def test_sound_data_have_no_findings(models: tuple) -> None:
    assert codes(*models, SOUND) == []
    good = outcome(mbg__orders_bias=-0.09, mbg__orders_rmse=1.0, last_period__orders_rmse=1.2)
    assert codes(*models, SOUND, good) == []


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("short_calibration", {"median_gap": 400}),
        ("long_horizon", {"horizon_days": 1500}),
        ("clockwork", {"gap_variation": 0.1}),
        ("fixed_fees", {"same_amount": 0.7}),
        ("left_truncated", {"first_orders_early": 0.6}),
    ],
)
def test_data(models: tuple, code: str, change: dict[str, float]) -> None:
    assert codes(*models, replace(SOUND, **change)) == [code]
    unknown = replace(SOUND, median_gap=None, gap_variation=None)
    assert codes(*models, unknown) == []
    known = replace(SOUND, first_orders_early=0.9, is_acquisition_known=True)
    assert codes(*models, known) == []


def test_fits(models: tuple) -> None:
    buying, spend = models
    assert codes(replace(buying, status=("not_identified",)), spend, SOUND) == [
        "buying_not_identified"
    ]
    odd = replace(spend, status=("infinite_variance", "correlated"), ignored=3)
    assert codes(buying, odd, SOUND) == [
        "spend_infinite_variance",
        "spend_correlated",
        "spend_ignored",
    ]
    thin = fit_buying(compress([0, 1], [0, 3], [9, 9]))
    assert "buying_small_sample" in codes(thin, spend, SOUND)


def test_correlated_money_is_found() -> None:
    dice = np.random.default_rng(5)
    x = dice.integers(1, 20, 2000)
    m = fit_spend(x, 10 + 3 * x + dice.gamma(5, 2, 2000))
    assert "correlated" in m.status and m.correlation > 0.3


def test_back_test(models: tuple) -> None:
    off = outcome(mbg__orders_bias=-0.19, mbg__spend_bias=0.11)
    found = findings(*models, SOUND, off)
    assert [(f.code, f.values["what"], f.values["bias"]) for f in found] == [
        ("back_test_off", "orders", -0.19),
        ("back_test_off", "spend", 0.11),
    ]
    worse = outcome(mbg__orders_rmse=2.0, last_period__orders_rmse=1.5)
    assert findings(*models, SOUND, worse)[0].values == {
        "measure": "orders_rmse",
        "model": "last_period",
        "own": 2.0,
        "theirs": 1.5,
    }
    assert codes(*models, SOUND, worse) == ["baseline_better"]
    other = outcome(mbg__orders_rmse=2.0, bg__orders_rmse=1.5)
    assert codes(*models, SOUND, other) == ["other_model_better"]


def test_gap_variation() -> None:
    # Gaps 10 and 30: mean 20, mean square 500; variation sqrt(500 − 400) / 20 = .5.
    assert gap_variation([20, 20, 30], [500, 400, 900]) == 0.0
    assert gap_variation([20, 30], [500, 900], [3, 1]) == pytest.approx(0.5)
    assert gap_variation([], []) is None
    assert gap_variation([np.nan, 0], [1, 1]) is None

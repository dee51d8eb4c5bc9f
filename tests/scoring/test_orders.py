"""Predictions against simulation, numerical integration, and recorded figures of another library."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.special import hyp2f1
from scipy.stats import beta

from data.scoring import buying
from data.scoring.arrays import MONTH, discounts
from data.scoring.cells import compress
from data.scoring.likelihood import Rows, gradient_terms, row_log_likelihood
from data.scoring.model import Kind
from data.scoring.orders import by_quantiles
from data.scoring.spend import fit_spend
from tests.scoring.cdnow import History, history
from tests.scoring.simulation import draw, model

KINDS: tuple[Kind, ...] = ("mbg", "bg")
PARAMETERS = (
    (0.525, 43.3, 0.89, 1.61),
    (2.0, 37.0, 1.0, 4.0),
    (0.05, 3.0, 0.02, 0.1),
    (5, 90, 3, 9),
)


@pytest.mark.parametrize(("kind", "four"), [*product(KINDS, PARAMETERS)])
def test_expected_alive_by_integration(kind: Kind, four: tuple[float, ...]) -> None:
    m = model(kind, *four)
    for x, age, horizon in product((0, 1, 7, 80), (0.0, 20.0, 900.0), (1.0, 90.0, 1096.0)):
        share = horizon / (m.alpha + age)

        def orders(p: float, x: int = x, share: float = share) -> float:
            return -np.expm1(-(m.r + x) * np.log1p(p * share)) / p if p > 0 else (m.r + x) * share

        def stays(p: float, x: int = x, share: float = share) -> float:
            return float(np.exp(-(m.r + x) * np.log1p(p * share)))

        # Substituting quantiles takes the poles of the beta density out of the integral.
        quantile = beta(m.a, m.b_alive + x).ppf
        for what, value in ((orders, "expected_alive"), (stays, "alive_later")):
            true = quad(lambda u, what=what: what(quantile(u)), 0, 1, limit=200)[0]  # noqa: B023
            found = float(getattr(buying, value)(m, x, age, horizon))
            assert found == pytest.approx(true, rel=2e-5, abs=1e-7), (value, x, age, horizon)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_by_simulation(kind: Kind) -> None:
    m = model(kind, 0.7, 60.0, 0.8, 2.5)
    n, horizon = 400_000, 180.0
    drawn = draw(m, np.full(n, 300.0), horizon, seed=3)
    figures = (drawn.x, drawn.t_x, drawn.age)
    alive = buying.p_alive(m, *figures)
    orders = buying.expected(m, *figures, horizon)
    silent = buying.no_order(m, *figures, horizon)
    later = alive * buying.alive_later(m, drawn.x, drawn.age, horizon)
    for bought in (drawn.x == 0, drawn.x == 1, (drawn.x > 1) & (drawn.x < 6), drawn.x > 5):
        for told, came in (
            (alive, drawn.is_alive),
            (orders, drawn.later),
            (silent, drawn.later == 0),
            (later, drawn.is_alive_later),
        ):
            error = came[bought].std() / np.sqrt(bought.sum())
            assert abs(told[bought].mean() - came[bought].mean()) < 4 * error + 1e-9
    error = drawn.x.std() / np.sqrt(n)
    assert abs(buying.population_expected(m, 300.0) - drawn.x.mean()) < 4 * error


@pytest.mark.parametrize("kind", KINDS)
def test_fit_finds_the_parameters_again(kind: Kind) -> None:
    true = model(kind, 0.7, 60.0, 0.8, 2.5)
    drawn = draw(true, np.random.default_rng(5).uniform(30, 1000, 60_000), 1.0, seed=6)
    fitted = buying.fit_buying(compress(drawn.x, drawn.t_x, drawn.age), kind)
    assert fitted.status == ()
    off = np.abs(fitted.logs - true.logs) / fitted.standard_errors
    assert off.max() < 3.5


@pytest.mark.parametrize(("kind", "four"), [*product(KINDS, PARAMETERS)])
def test_gradient(kind: Kind, four: tuple[float, ...]) -> None:
    dice = np.random.default_rng(1)
    age = dice.uniform(1, 500, 300)
    x = np.where(age > 5, dice.poisson(2, 300), 0)
    rows = Rows.of(compress(x, age * dice.random(300), age), kind)
    theta = np.log(four)
    gradient = gradient_terms(rows, theta)[1]
    for k, step in enumerate(np.eye(4) * 1e-6):
        up, down = (row_log_likelihood(rows, theta + s) @ rows.cells.n for s in (step, -step))
        assert gradient[k] == pytest.approx((up - down) / 2e-6, rel=1e-5, abs=1e-4)


def test_where_the_series_fails() -> None:
    """SciPy has no value for 2F1(2, 37; 242; .97), which is 1.38148."""
    assert not np.isfinite(hyp2f1(2.0, 37.0, 242.0, 0.97)) or hyp2f1(
        2.0, 37.0, 242.0, 0.97
    ) == pytest.approx(1.38148, rel=1e-5)
    # BG/NBD of a = 3, b = 40, r = 5, x = 200: exactly these four.
    m = model("bg", 5.0, 30.0, 3.0, 40.0)
    horizon = 30.0 * 0.97 / 0.03
    found = buying.expected_alive(m, 200, 0.0, horizon)
    euler = 242 / 2 * (1 - 0.03**2 * 1.38148)
    assert found == pytest.approx(euler, rel=1e-4)
    rough = by_quantiles(m, np.array([200.0]), np.array([0.0]), np.array([horizon]))
    assert rough == pytest.approx([euler], rel=5e-3)


def test_recorded_figures_of_lifetimes(sample: History) -> None:
    """lifetimes 0.11.3 on the same 2,357 customers: sums of P(alive) and of 39 weeks' orders."""
    weeks = sample.in_weeks()
    recorded = {"bg": (1917.2763, 1653.4233), "mbg": (1057.6385, 1576.7357)}
    for kind, (alive, orders) in recorded.items():
        m = buying.fit_buying(compress(*weeks), "bg" if kind == "bg" else "mbg", prior=False)
        assert buying.p_alive(m, *weeks).sum() == pytest.approx(alive, rel=1e-5)
        assert buying.expected(m, *weeks, 39).sum() == pytest.approx(orders, rel=1e-5)
    new = buying.population_expected(m, [1, 39, 78])
    assert new == pytest.approx([0.05306063, 1.1822838, 1.80363619], rel=1e-5)


#: lifetimes 0.11.3 on all 23,570 customers: r, alpha, a, b in weeks, the sum of P(alive), and
#: the sum of 39 weeks' orders.
RECORDED: dict[Kind, tuple[float, ...]] = {
    "bg": (0.2516239, 4.788942, 0.7234408, 2.161119, 19_215.2054, 16_873.7165),
    "mbg": (0.6371299, 7.310238, 0.8074792, 1.228423, 9_560.4671, 15_933.6171),
}


@pytest.mark.parametrize("kind", KINDS)
def test_lifetimes_finds_the_same_on_everybody(kind: Kind, everybody: pd.DataFrame) -> None:
    weeks = history(everybody).in_weeks()
    m = buying.fit_buying(compress(*weeks), kind, prior=False)
    sums = buying.p_alive(m, *weeks).sum(), buying.expected(m, *weeks, 39).sum()
    assert m.customers == 23_570
    assert [*np.exp(m.logs), *sums] == pytest.approx(RECORDED[kind], rel=1e-5)


def test_lifetimes_finds_the_same_spend_on_everybody(everybody: pd.DataFrame) -> None:
    found = history(everybody)
    m = fit_spend(found.x, found.mean, winsorise=None, prior=False)
    assert [m.p, m.q, m.v] == pytest.approx((6.275359, 3.624450, 14.983689), rel=1e-4)


def test_lookup_adds_up() -> None:
    m = model("mbg", 0.525, 43.3, 0.89, 1.61)
    x, age = np.array([0, 1, 12]), np.array([0, 300, 900])
    table = buying.lookup(m, x, age, months=36, annual_discount=0.1)
    assert table.by_month.shape == table.alive_by_month.shape == (3, 36)
    assert table.orders_h == pytest.approx(buying.expected_alive(m, x, age, 36 * MONTH))
    assert table.deo == pytest.approx((table.by_month * discounts(0.1, 36)).sum(axis=1))
    assert table.dam == pytest.approx((table.alive_by_month * discounts(0.1, 36)).sum(axis=1))
    assert (np.diff(table.alive_by_month, axis=1) < 0).all()
    assert (table.deo < table.orders_h).all()
    undiscounted = buying.lookup(m, x, age, months=36, annual_discount=0.0)
    assert undiscounted.deo == pytest.approx(undiscounted.orders_h)
    assert discounts(0.1, 12)[-1] == pytest.approx(1 / 1.1)

"""What must hold for any customers and any money, however odd."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from data.scoring import buying, intervals, spend
from data.scoring.arrays import Floats
from data.scoring.cells import Cells, compress
from data.scoring.first_churn import churn_by_month
from data.scoring.lookup import lookup
from data.scoring.model import Buying, Kind
from tests.scoring.simulation import draw, model

kinds = st.sampled_from(("mbg", "bg"))
logs = st.tuples(st.floats(-4, 4), st.floats(0, 8), st.floats(-4, 4), st.floats(-4, 4))
odd = arrays.arrays(
    np.float64,
    st.tuples(st.integers(0, 40), st.just(4)),
    elements=st.one_of(
        st.sampled_from([0.0, 1.0, 2.0, 365.0, 1e5, 1e9, -3.0, float("nan"), float("inf")]),
        st.integers(0, 900).map(float),
    ),
)


@st.composite
def models(draw: st.DrawFn) -> Buying:
    return model(draw(kinds), *np.exp(draw(logs)))


@st.composite
def customers(draw: st.DrawFn) -> tuple[Floats, Floats, Floats]:
    """Possible customers, up to 10,000 purchases in 30 years."""
    n = draw(st.integers(1, 20))
    seed = draw(st.integers(0, 10**6))
    dice = np.random.default_rng(seed)
    age = np.floor(dice.exponential(draw(st.sampled_from([3.0, 300.0, 3000.0])), n))
    x = np.minimum(np.floor(dice.exponential(draw(st.sampled_from([0.3, 5.0, 2000.0])), n)), age)
    return x, np.where(x > 0, np.ceil(age * dice.random(n)).clip(1), 0.0), age


@settings(deadline=None, max_examples=150)
@given(models(), customers(), st.sampled_from([0.0, 1.0, 30.0, 365.0, 1096.0]))
def test_predictions_are_possible(m: Buying, who: tuple[Floats, ...], horizon: float) -> None:
    x, t_x, age = who
    alive, silent = buying.p_alive(m, x, t_x, age), buying.no_order(m, x, t_x, age, horizon)
    orders = buying.expected_alive(m, x, age, horizon)
    stays = buying.alive_later(m, x, age, horizon)
    for probability in (alive, silent, stays):
        assert np.isfinite(probability).all() and (probability >= 0).all()
        assert (probability <= 1).all()
    assert np.isfinite(orders).all() and (orders >= 0).all()
    assert (silent >= 1 - alive - 1e-12).all()
    # At least one order is as likely as there are orders to expect, at most.
    assert (1 - buying.no_order_alive(m, x, age, horizon) <= orders * (1 + 1e-4) + 1e-6).all()
    longer = buying.expected_alive(m, x, age, horizon + 100)
    assert (longer >= orders * (1 - 1e-4) - 1e-6).all()
    assert (buying.alive_later(m, x, age, horizon + 100) <= stays + 1e-4).all()


@settings(deadline=None, max_examples=100)
@given(models(), customers())
def test_silence_lowers_the_hope(m: Buying, who: tuple[Floats, ...]) -> None:
    x, t_x, age = who
    now, later = buying.p_alive(m, x, t_x, age), buying.p_alive(m, x, t_x, age + 50)
    assert (later <= now).all()
    risks = (buying.no_order(m, x, t_x, old, 90) for old in (age, age + 50))
    assert (next(risks) <= next(risks) + 1e-12).all()


plain_logs = st.tuples(st.floats(-1.5, 1.5), st.floats(2, 6), st.floats(-1, 1), st.floats(-1, 2))
plain_models = st.builds(lambda kind, four: model(kind, *np.exp(four)), kinds, plain_logs)


@settings(deadline=None, max_examples=60)
@given(plain_models, customers(), st.sampled_from([30.0, 365.0, 1096.0]))
def test_a_living_customer_who_bought_more_will_buy_more(
    m: Buying, who: tuple[Floats, ...], horizon: float
) -> None:
    """The rate gamma(r+x, α+T) rises with x and falls with T, the dropout beta(a, b'+x) falls."""
    x, _, age = who
    orders = buying.expected_alive(m, x, age, horizon)
    more, older = (
        buying.expected_alive(m, x + dx, age + dt, horizon) for dx, dt in ((1, 0), (0, 60))
    )
    assert (more >= orders * (1 - 1e-9)).all() and (older <= orders * (1 + 1e-9)).all()
    silent = buying.no_order_alive(m, x, age, horizon)
    assert (buying.no_order_alive(m, x + 1, age, horizon) <= silent).all()
    # Who has only just bought is the likelier alive, too, so nothing of it is lost.
    bought = np.maximum(x, 1)
    now = buying.expected(m, bought, age, age, horizon)
    assert (buying.expected(m, bought + 1, age, age, horizon) >= now * (1 - 1e-9)).all()


@settings(deadline=None, max_examples=100)
@given(plain_models, customers(), st.sampled_from([30.0, 365.0]))
def test_a_later_last_purchase_raises_the_hope(
    m: Buying, who: tuple[Floats, ...], horizon: float
) -> None:
    x, t_x, age = who
    later = np.where(x > 0, np.minimum(t_x + 20, age), 0.0)
    assert (buying.p_alive(m, x, later, age) >= buying.p_alive(m, x, t_x, age)).all()
    risks = (buying.no_order(m, x, last, age, horizon) for last in (later, t_x))
    assert (next(risks) <= next(risks) + 1e-12).all()


@settings(deadline=None, max_examples=100)
@given(plain_models, st.floats(1, 2000), st.floats(1, 2000))
def test_more_purchases_raise_the_hope_until_silence_tells(
    m: Buying, last: float, silence: float
) -> None:
    """P(alive) is not monotone in x: ln odds = ln(b'+x−1) − (r+x)·s − ln a peaks at b'+x−1 = 1/s.

    Of two customers as long silent, the one who used to buy often is the likelier gone.
    """
    x = np.arange(1.0, 400.0)
    alive = buying.p_alive(m, x, last, last + silence)
    s = np.log(m.alpha + last + silence) - np.log(m.alpha + last)
    rises = m.b_alive + x[1:] - 1 <= 1 / s
    falls = m.b_alive + x[:-1] - 1 >= 1 / s
    assert (np.diff(alive)[rises] >= -1e-12).all() and (np.diff(alive)[falls] <= 1e-12).all()


@settings(deadline=None, max_examples=60)
@given(st.floats(0.5, 60), st.floats(1, 500), st.integers(1, 40))
def test_expected_spend_lies_between_the_own_mean_and_that_of_all(
    mean: float, own: float, x: int
) -> None:
    m = replace(spend.fit_spend([], []), p=4.0, q=4.0, mean=mean, weight=0.75, limit=1e6)
    told, longer, dearer = spend.expected_spend(m, [x, x + 1, x], [own, own, own * 1.1])
    assert min(mean, own) - 1e-9 <= told <= max(mean, own) + 1e-9
    assert abs(longer - own) <= abs(told - own) + 1e-9
    assert dearer > told


@settings(deadline=None, max_examples=25)
@given(models(), customers(), st.sampled_from([1.0, 30.0, 90.0, 365.0]))
def test_first_churn_is_at_most_once(m: Buying, who: tuple[Floats, ...], threshold: float) -> None:
    churn = churn_by_month(m, *who, threshold_days=threshold)
    assert churn.shape == (who[0].size, 12)
    assert np.isfinite(churn).all() and (churn >= 0).all()
    assert (churn.sum(axis=1) <= 1 + 1e-9).all()


@settings(deadline=None, max_examples=60)
@given(odd, kinds, st.booleans())
def test_any_data_give_a_model(rows: Floats, kind: Kind, prior: bool) -> None:
    cells = compress(rows[:, 0], rows[:, 1], rows[:, 2], np.abs(rows[:, 3]))
    m = buying.fit_buying(cells, kind, prior=prior)
    assert np.isfinite([*m.logs, m.log_likelihood, *np.ravel(m.covariance)]).all()
    assert "small_sample" in m.status or m.customers >= 300
    assert Buying.from_json(m.to_json()) == m
    orders = buying.expected(m, cells.x, cells.t_x, cells.age, 365.0)
    assert np.isfinite(orders).all()
    assert np.isfinite(intervals.shifted(m, 0).logs).all()


@settings(deadline=None, max_examples=60)
@given(odd, st.booleans())
def test_any_money_gives_a_model(rows: Floats, prior: bool) -> None:
    m = spend.fit_spend(rows[:, 0], rows[:, 1], np.abs(rows[:, 3]), prior=prior)
    assert np.isfinite([m.p, m.q, m.v, m.mean, m.weight, *np.ravel(m.covariance)]).all()
    assert m.mean >= 0 and m.weight >= 0
    told = spend.expected_spend(m, rows[:, 0], rows[:, 1])
    assert np.isfinite(told).all() and (told >= 0).all()
    assert np.isfinite(intervals.shifted_spend(m, 0).mean)


def bought(n: int = 3000) -> tuple[Floats, Floats, Floats, Floats]:
    """Customers with equal and unequal figures, and money."""
    dice = np.random.default_rng(9)
    age = np.floor(dice.uniform(1, 700, n))
    x = np.minimum(dice.poisson(dice.gamma(0.7, 3, n)), age)
    mean = dice.gamma(6.0, 1, n) / dice.gamma(4.0, 1, n) * 15
    return x, np.where(x > 0, np.ceil(age * dice.random(n)), 0.0), age, mean


def test_order_of_rows_changes_nothing() -> None:
    x, t_x, age, mean = bought()
    mixed = np.random.default_rng(2).permutation(x.size)
    one = buying.fit_buying(compress(x, t_x, age)).to_json()
    assert one == buying.fit_buying(compress(x[mixed], t_x[mixed], age[mixed])).to_json()
    assert spend.fit_spend(x, mean).to_json() == spend.fit_spend(x[mixed], mean[mixed]).to_json()


def test_counts_are_rows() -> None:
    x, t_x, age, mean = bought()
    twice = (np.repeat(part, 2) for part in (x, t_x, age))
    one = buying.fit_buying(compress(x, t_x, age, np.full(x.size, 2)))
    assert one == buying.fit_buying(compress(*twice))
    weighed = spend.fit_spend(x, mean, np.full(x.size, 2))
    repeated = spend.fit_spend(np.repeat(x, 2), np.repeat(mean, 2))
    assert [weighed.p, weighed.q, weighed.v] == pytest.approx([repeated.p, repeated.q, repeated.v])


@pytest.mark.parametrize("factor", [1e-4, 0.01, 7.3, 1e6])
def test_money_scales(factor: float) -> None:
    x, _, _, mean = bought()
    one, other = spend.fit_spend(x, mean), spend.fit_spend(x, mean * factor)
    assert [other.p, other.q, other.v / factor] == pytest.approx([one.p, one.q, one.v], rel=1e-5)
    told = spend.expected_spend(other, x, mean * factor) / factor
    assert told == pytest.approx(spend.expected_spend(one, x, mean), rel=1e-5)


@pytest.mark.parametrize(
    ("x", "t_x", "age", "status"),
    [
        (np.zeros(500), np.zeros(500), np.arange(500.0), "nobody_repeats"),
        (np.zeros(500), np.zeros(500), np.ones(500), "nobody_repeats"),
        (np.zeros(500), np.zeros(500), np.zeros(500), "no_data"),
        (np.zeros(0), np.zeros(0), np.zeros(0), "no_data"),
        (np.full(500, 1e5), np.full(500, 99_999.0), np.full(500, 1e5), "not_identified"),
        (np.full(500, 9.0), np.full(500, 90.0), np.full(500, 90.0), "not_identified"),
        (np.full(50, 3.0), np.full(50, 40.0), np.full(50, 90.0), "small_sample"),
    ],
)
def test_odd_companies_get_a_status(x: Floats, t_x: Floats, age: Floats, status: str) -> None:
    for kind in ("mbg", "bg"):
        for prior in (True, False):
            m = buying.fit_buying(compress(x, t_x, age), kind, prior=prior)
            assert status in m.status, (kind, prior, m)
            assert np.isfinite(buying.expected(m, x, t_x, age, 365.0)).all()


def test_money_that_cannot_be() -> None:
    x = np.array([3.0, 2, 2, 1, 4, 1, 0])
    mean = np.array([10.0, -5, 0, np.nan, np.inf, 12, 9])
    m = spend.fit_spend(x, mean)
    assert (m.customers, m.ignored) == (2, 4)
    assert np.isfinite(spend.expected_spend(m, x, mean)).all()


def test_fixed_fees_and_endless_tails() -> None:
    fees = spend.fit_spend(np.full(400, 3.0), np.full(400, 20.0))
    assert "fixed_amounts" in fees.status
    assert spend.expected_spend(fees, [0, 3], [0.0, 20.0]) == pytest.approx([20.0, 20.0])
    dice = np.random.default_rng(4)
    tail = 10 * dice.pareto(0.6, 5000) + 1
    endless = spend.fit_spend(np.full(5000, 2.0), tail)
    assert "infinite_mean" in endless.status
    told = spend.expected_spend(endless, [0, 2], [0.0, 10.0])
    assert told[0] == pytest.approx(endless.mean)
    assert told[1] == pytest.approx((endless.mean + 2 * 10) / 3)


def test_cells_merge_and_refuse() -> None:
    x = [1, 1, 0, 2, 1, 0.5, -1, 3, 1]
    t_x = [5, 5, 9, 50, 0, 5, 5, np.nan, 6]
    age = [9, 9, 9, 40, 9, 9, 9, 9, 9]
    cells = compress(x, t_x, age)
    # Refused: last purchase after the end, none at all, half a purchase, fewer than none, unknown.
    assert cells.ignored == 5
    assert (cells.x.tolist(), cells.t_x.tolist(), cells.n.tolist()) == (
        [0, 1, 1],
        [0, 5, 6],
        [1, 2, 1],
    )
    assert (cells.customers, cells.repeaters) == (4, 3)


def test_too_many_cells_become_weeks() -> None:
    ages = np.random.default_rng(8).integers(1, 900, 20_000).astype(np.float64)
    drawn = draw(model("mbg", 0.7, 60.0, 0.8, 2.5), ages, 1.0, seed=8)
    x, t_x, age = drawn.x, np.ceil(drawn.t_x), drawn.age
    cells = compress(x, t_x, age, max_cells=1000)
    exact = compress(x, t_x, age)
    assert cells.n.size < exact.n.size and cells.customers == exact.customers == 20_000
    assert (cells.t_x <= cells.age).all() and (cells.age % 7 == 0).all()
    assert (cells.t_x[cells.x > 0] > 0).all()
    one, other = (buying.fit_buying(each) for each in (exact, cells))
    assert np.abs(one.logs - other.logs).max() < 0.05


def test_the_subsample_leads_to_the_same_place(monkeypatch: pytest.MonkeyPatch) -> None:
    x, t_x, age, mean = bought(20_000)
    cells: Cells = compress(x, t_x, age)
    one, money = buying.fit_buying(cells), spend.fit_spend(x, mean)
    monkeypatch.setattr(buying, "SAMPLE", 1000)
    monkeypatch.setattr(spend, "SAMPLE", 1000)
    assert np.abs(buying.fit_buying(cells).logs - one.logs).max() < 1e-5
    again = spend.fit_spend(x, mean)
    assert [again.p, again.q, again.v] == pytest.approx([money.p, money.q, money.v], rel=1e-5)


def test_a_cell_gives_the_same_digits_in_any_company() -> None:
    fitted = model("mbg", 0.5, 60.0, 0.8, 2.5)
    rng = np.random.default_rng(5)
    x, age = rng.integers(0, 40, 500).astype(float), rng.integers(0, 200, 500) * 7.0
    together = lookup(fitted, x, age, months=36, annual_discount=0.1)
    for some in (slice(0, 1), slice(3, 10), slice(100, 433)):
        alone = lookup(fitted, x[some], age[some], months=36, annual_discount=0.1)
        for name in ("deo", "dam", "orders_h"):
            assert (getattr(alone, name) == getattr(together, name)[some]).all(), name

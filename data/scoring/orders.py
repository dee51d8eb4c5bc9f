"""What a fitted model says of a customer: alive, orders to come, silence, staying.

Everything separates into P(alive), which needs the day of the last purchase, and what is expected
of a living customer, which needs only repeat purchases x and age T: the purchase rate is then
gamma(r+x, α+T) and the dropout probability beta(a, b'+x).
"""

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, expit, hyp2f1

from data.scoring.arrays import Bools, Floats, floats
from data.scoring.likelihood import log_alive_odds
from data.scoring.model import Buying

#: Quantiles of the dropout probability where the series fails for good.
QUANTILES = 512
#: a = 1 divides nought by nought; so near it, both sides are averaged.
NEAR_ONE = 1e-7


def p_alive(m: Buying, x: npt.ArrayLike, t_x: npt.ArrayLike, age: npt.ArrayLike) -> Floats:
    """Return the probability that a customer has not left for good."""
    bought, last, old = np.broadcast_arrays(floats(x), floats(t_x), floats(age))
    last = np.minimum(np.where(bought > 0, last, 0.0), old)
    return expit(log_alive_odds(m.kind, m.logs, bought, last, old))


def expected_alive(
    m: Buying, x: npt.ArrayLike, age: npt.ArrayLike, horizon: npt.ArrayLike
) -> Floats:
    """Return the orders of the next `horizon` days of a customer who is alive."""
    bought, old, ahead = np.broadcast_arrays(floats(x), floats(age), floats(horizon))
    ceiling = (m.r + bought) / (m.alpha + old) * ahead
    orders = _euler(m.a, m.r, (m.b_alive, m.alpha), (bought, old, ahead))
    if abs(m.a - 1.0) < NEAR_ONE:
        orders = np.full_like(orders, np.nan)
    unsure = _impossible(orders, ceiling)
    if unsure.any():
        rows = (bought[unsure], old[unsure], ahead[unsure])
        orders[unsure] = _beside(m, rows, ceiling[unsure])
    return np.clip(orders, 0.0, ceiling)


def _euler(
    a: float, r: float, other: tuple[float, float], rows: tuple[Floats, Floats, Floats]
) -> Floats:
    """Return C/(a−1) · [1 − (1−z)^(a−1) · 2F1(a−1, a+b'−1−r; C; z)]."""
    (b, alpha), (x, age, horizon) = other, rows
    z = horizon / (alpha + age + horizon)
    c = a + b + x - 1.0
    with np.errstate(all="ignore"):
        series = hyp2f1(a - 1.0, a + b - 1.0 - r, c, z)
        return np.atleast_1d(c / (a - 1.0) * (1.0 - (1.0 - z) ** (a - 1.0) * series)).reshape(
            z.shape
        )


def _impossible(orders: Floats, ceiling: Floats) -> Bools:
    """Tell where a value is not finite or outside of what the mean rate allows."""
    slack = 1e-7 * ceiling + 1e-9
    return ~(np.isfinite(orders) & (orders >= -slack) & (orders <= ceiling + slack))


def _beside(m: Buying, rows: tuple[Floats, Floats, Floats], ceiling: Floats) -> Floats:
    """Return the mean of the values on both sides of parameters where the series fails."""
    other = (m.b_alive, m.alpha)
    sides = [_euler(m.a * (1 + e), m.r * (1 + 3 * e), other, rows) for e in (1e-6, -1e-6)]
    orders = (sides[0] + sides[1]) / 2
    unsure = _impossible(orders, ceiling * (1 + 1e-5))
    if unsure.any():
        x, age, horizon = (part[unsure] for part in rows)
        orders[unsure] = by_quantiles(m, x, age, horizon)
    return orders


def by_quantiles(m: Buying, x: Floats, age: Floats, horizon: Floats) -> Floats:
    """Return the orders of a living customer as a mean over quantiles of the dropout probability.

    Good to a few in a thousand, and finite for any parameters.
    """
    middle = (np.arange(QUANTILES) + 0.5) / QUANTILES
    p = betaincinv(m.a, (m.b_alive + x)[:, None], middle)
    rate = (m.r + x) / (m.alpha + age)
    left = -np.expm1(-(m.r + x)[:, None] * np.log1p(p * (horizon / (m.alpha + age))[:, None]))
    per_quantile = np.where(
        p > 1e-12, left / np.maximum(p, 1e-300), (rate * horizon)[:, None] * np.ones_like(p)
    )
    return per_quantile.mean(axis=1)


def expected(
    m: Buying,
    x: npt.ArrayLike,
    t_x: npt.ArrayLike,
    age: npt.ArrayLike,
    horizon: npt.ArrayLike,
) -> Floats:
    """Return the orders expected of a customer in the next `horizon` days."""
    return p_alive(m, x, t_x, age) * expected_alive(m, x, age, horizon)


def no_order_alive(
    m: Buying, x: npt.ArrayLike, age: npt.ArrayLike, horizon: npt.ArrayLike
) -> Floats:
    """Return the probability that a living customer orders nothing for `horizon` days."""
    old = m.alpha + floats(age)
    return np.exp(-(m.r + floats(x)) * np.log1p(floats(horizon) / old))


def no_order(
    m: Buying,
    x: npt.ArrayLike,
    t_x: npt.ArrayLike,
    age: npt.ArrayLike,
    horizon: npt.ArrayLike,
) -> Floats:
    """Return the churn risk: the probability of no order in the next `horizon` days."""
    orders = -np.expm1(-(m.r + floats(x)) * np.log1p(floats(horizon) / (m.alpha + floats(age))))
    return 1.0 - p_alive(m, x, t_x, age) * orders


def alive_later(m: Buying, x: npt.ArrayLike, age: npt.ArrayLike, horizon: npt.ArrayLike) -> Floats:
    """Return the probability that a living customer is still alive after `horizon` days.

    Dropout comes at the rate λp, so this is E[(1 + p·t/(α+T))^−(r+x)] over beta(a, b'+x): 2F1 by
    Pfaff's transformation, whose parameters stay small for heavy buyers.
    """
    bought, old, ahead = np.broadcast_arrays(floats(x), floats(age), floats(horizon))
    z = ahead / (m.alpha + old + ahead)
    with np.errstate(all="ignore"):
        series = hyp2f1(m.a, m.a + m.b_alive - m.r, m.a + m.b_alive + bought, z)
        stays = np.atleast_1d((1.0 - z) ** m.a * series).reshape(z.shape)
    silent = no_order_alive(m, bought, old, ahead)
    unsure = ~(np.isfinite(stays) & (stays <= 1 + 1e-7) & (stays >= silent - 1e-7))
    if unsure.any():
        stays[unsure] = _stays_by_quantiles(m, bought[unsure], (ahead / (m.alpha + old))[unsure])
    return np.clip(stays, silent, 1.0)


def _stays_by_quantiles(m: Buying, x: Floats, share: Floats) -> Floats:
    middle = (np.arange(QUANTILES) + 0.5) / QUANTILES
    p = betaincinv(m.a, (m.b_alive + x)[:, None], middle)
    return np.exp(-(m.r + x)[:, None] * np.log1p(p * share[:, None])).mean(axis=1)


def population_expected(m: Buying, t: npt.ArrayLike) -> Floats:
    """Return the repeat orders expected of a new customer in the first `t` days."""
    return expected(m, 0.0, 0.0, 0.0, t)

"""What a model must beat: last period again, the rate so far, RFM cells, gradient boosting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from scipy.stats import rankdata

from data.scoring.arrays import Floats, Ints, floats
from data.scoring.churn_logit import features, fit_logit, probability

#: Rows that gradient boosting learns from; beyond, every k-th is taken.
SAMPLE = 50_000
SEED = 11
QUINTILES = 5


@dataclass(frozen=True)
class Window:
    """Customers as they stood one day, and what they did in the `horizon` days after it.

    `mean_repeat` is the mean spend of repeat orders, `mean_spend` of all; `last_orders` and
    `last_spend` are the repeat orders of the `horizon` days before the day.
    """

    x: Floats
    t_x: Floats
    age: Floats
    mean_repeat: Floats
    mean_spend: Floats
    last_orders: Floats
    last_spend: Floats
    orders: Floats
    spend: Floats
    horizon: float

    @property
    def features(self) -> Floats:
        """Recency, frequency and money as the regressions read them."""
        return features(self.age - self.t_x, self.x + 1, self.mean_spend, self.age)

    @property
    def churned(self) -> Floats:
        """Who did not order in the days after."""
        return floats(self.orders <= 0)


@dataclass(frozen=True)
class Predicted:
    """Orders, spend and P(no order) of the days after; absent where a model has none."""

    orders: Floats | None = None
    spend: Floats | None = None
    churn: Floats | None = None


def historical(now: Window) -> Predicted:
    """Return the rate of repeat orders so far, going on."""
    orders = now.x / np.maximum(now.age, 1.0) * now.horizon
    return Predicted(orders, orders * now.mean_spend)


def last_period(now: Window) -> Predicted:
    """Return the last period again."""
    return Predicted(now.last_orders, now.last_spend)


def rfm_cell(past: Window, now: Window) -> Predicted:
    """Return what customers of the same quintiles did after the earlier day."""
    longer = now.horizon / past.horizon
    here, there = _cells(past), _cells(now)
    n = np.bincount(here, minlength=QUINTILES**3).astype(np.float64)

    def mean(values: Floats) -> Floats:
        overall = float(values.mean()) if values.size else 0.0
        # One customer of the mean in every cell, so that empty cells have an answer.
        return (np.bincount(here, values, QUINTILES**3) + overall) / (n + 1.0)

    churn = mean(past.churned)[there] ** longer
    return Predicted(mean(past.orders)[there] * longer, mean(past.spend)[there] * longer, churn)


def _cells(window: Window) -> Ints:
    parts = (window.t_x - window.age, window.x, window.mean_spend)
    fifths = [
        np.minimum(QUINTILES * (rankdata(part) - 0.5) // max(part.size, 1), QUINTILES - 1)
        for part in parts
    ]
    return (fifths[0] * QUINTILES**2 + fifths[1] * QUINTILES + fifths[2]).astype(np.int64)


def logistic(past: Window, now: Window) -> Predicted:
    """Return P(no order) by the regression trained on the earlier day."""
    model = fit_logit(past.features, past.churned, horizon=past.horizon)
    return Predicted(churn=probability(model, now.features, horizon=now.horizon))


def boosting(past: Window, now: Window) -> Predicted:
    """Return gradient boosting on the same features and the rate, trained on the earlier day."""
    longer = now.horizon / past.horizon
    step = max(1, -(-past.x.size // SAMPLE))
    rows, ahead = _with_rate(past)[::step], _with_rate(now)
    if rows.shape[0] < 2 * QUINTILES or not (past.orders[::step] > 0).any():
        return Predicted()

    def learned(target: Floats, loss: str) -> Floats:
        return _boosted(rows, target[::step], loss)(ahead)

    # A power, not a multiple: silence of a longer time is rarer.
    silent = np.clip(learned(past.churned, "squared_error"), 0.0, 1.0) ** longer
    # Where nobody paid, there is no spend to learn from.
    paid = np.maximum(past.spend, 0.0)
    spend = learned(paid, "poisson") * longer if paid[::step].any() else None
    return Predicted(learned(past.orders, "poisson") * longer, spend, silent)


def _with_rate(window: Window) -> Floats:
    """Return the features and the orders per day, which carry over to older customers."""
    return np.column_stack([window.features, window.x / np.maximum(window.age, 1.0)])


def _boosted(rows: Floats, target: Floats, loss: str) -> Callable[[Floats], Floats]:
    from sklearn.ensemble import HistGradientBoostingRegressor
    from threadpoolctl import threadpool_limits

    model: Any = HistGradientBoostingRegressor(
        loss=loss,
        max_iter=100,
        learning_rate=0.05,
        min_samples_leaf=int(np.clip(rows.shape[0] // 100, 20, 200)),
        # The stubs know only the text "auto".
        early_stopping=cast("Any", False),
        random_state=SEED,
    )
    # More threads than idle processors make it many times slower, and one gives the same bytes.
    with threadpool_limits(limits=1):
        model.fit(rows, target)

    def predict(ahead: Floats) -> Floats:
        with threadpool_limits(limits=1):
            return floats(model.predict(ahead))

    return predict

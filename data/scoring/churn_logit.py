"""Churn ranked by logistic regression on recency, frequency and money, with reasons."""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from data.scoring.arrays import Bools, Floats, floats
from data.scoring.stored import dump, load

#: ln(1 + days silent), ln orders, ln(1 + mean spend), ln(1 + age in days), silent share of the age.
FEATURES = ("silence", "orders", "spend", "age", "silent_share")
#: Rows that are enough; beyond, every k-th is taken.
SAMPLE = 200_000
KNOTS = 50
MIN_OUTCOMES = 100


@dataclass(frozen=True)
class ChurnLogit:
    """P(no order in `horizon` days) = 1 / (1 + exp(−(intercept + Σ coefficient · feature))).

    `centers` are the means of the features, against which reasons are told.
    """

    coefficients: tuple[float, ...]
    intercept: float
    centers: tuple[float, ...]
    horizon: float
    customers: int
    lost: int
    status: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the model as JSON, with equal bytes for equal models."""
        return dump(self, unit="day")

    @staticmethod
    def from_json(text: str) -> "ChurnLogit":
        """Return the model that `to_json` wrote."""
        return load(ChurnLogit, text, unit="day")


@dataclass(frozen=True)
class Calibration:
    """Predicted probabilities and what they turned out to be, joined by straight lines."""

    knots: tuple[float, ...]
    values: tuple[float, ...]

    def of(self, probability: npt.ArrayLike) -> Floats:
        """Return calibrated probabilities."""
        return np.interp(floats(probability), self.knots, self.values)


def features(
    silence: npt.ArrayLike, orders: npt.ArrayLike, spend: npt.ArrayLike, age: npt.ArrayLike
) -> Floats:
    """Return the features of customers, one row each: days silent, orders, mean spend, age."""
    silent, old = (np.maximum(floats(days), 0.0) for days in (silence, age))
    paid = np.maximum(np.nan_to_num(floats(spend), nan=0.0, posinf=0.0, neginf=0.0), 0.0)
    bought = np.log(np.maximum(floats(orders), 1.0))
    share = np.minimum(silent / (old + 1.0), 1.0)
    return np.column_stack([np.log1p(silent), bought, np.log1p(paid), np.log1p(old), share])


def fit_logit(rows: Floats, churned: npt.ArrayLike, *, horizon: float) -> ChurnLogit:
    """Return the regression of "no order in `horizon` days" on features of the past."""
    step = max(1, -(-rows.shape[0] // SAMPLE))
    few, lost = rows[::step], np.asarray(churned, dtype=np.bool_)[::step]
    possible = np.isfinite(few).all(axis=1)
    few, lost = few[possible], lost[possible]
    outcomes = min(int(lost.sum()), int((~lost).sum()))
    if outcomes == 0:
        return _constant(few, lost, horizon)
    means, scales = few.mean(axis=0), few.std(axis=0)
    scales = np.where(scales > 1e-9, scales, 1.0)
    scaled, intercept, converged = _regression((few - means) / scales, lost)
    coefficients = scaled / scales
    told = {"not_converged": not converged, "small_sample": outcomes < MIN_OUTCOMES}
    return ChurnLogit(
        coefficients=tuple(float(each) for each in coefficients),
        intercept=float(intercept - coefficients @ means),
        centers=tuple(float(each) for each in means),
        horizon=horizon,
        customers=int(lost.size),
        lost=int(lost.sum()),
        status=tuple(code for code, holds in told.items() if holds),
    )


def _constant(rows: Floats, lost: Bools, horizon: float) -> ChurnLogit:
    """Return the same probability for everybody: all or none were lost."""
    share = (lost.sum() + 0.5) / (lost.size + 1.0)
    centers = rows.mean(axis=0) if rows.size else np.zeros(len(FEATURES))
    return ChurnLogit(
        coefficients=(0.0,) * len(FEATURES),
        intercept=float(logit(share)),
        centers=tuple(float(each) for each in centers),
        horizon=horizon,
        customers=int(lost.size),
        lost=int(lost.sum()),
        status=("one_outcome", "small_sample"),
    )


def _regression(rows: Floats, lost: Bools) -> tuple[Floats, float, bool]:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    model: Any = LogisticRegression(C=100.0, max_iter=1000, tol=1e-8)
    with warnings.catch_warnings(record=True) as caught, threadpool_limits(limits=1):
        warnings.simplefilter("always", ConvergenceWarning)
        model.fit(rows, lost)
    converged = not any(issubclass(each.category, ConvergenceWarning) for each in caught)
    return model.coef_[0], float(model.intercept_[0]), converged


def probability(m: ChurnLogit, rows: Floats, *, horizon: float | None = None) -> Floats:
    """Return P(no order in `horizon` days), the model's own horizon where none is given.

    Another horizon takes the chance of silence per day as even: the probability to the power of
    the ratio of the horizons.
    """
    silent = expit(m.intercept + rows @ np.array(m.coefficients))
    return silent if horizon is None else silent ** (horizon / m.horizon)


def reasons(m: ChurnLogit, rows: Floats) -> Floats:
    """Return how far each feature moves a customer's log odds from the mean customer's."""
    return (rows - np.array(m.centers)) * np.array(m.coefficients)


def fit_calibration(predicted: npt.ArrayLike, churned: npt.ArrayLike) -> Calibration:
    """Return the rising curve closest to what happened, of at most 50 knots.

    To be fitted on customers whom the model has not seen.
    """
    from sklearn.isotonic import IsotonicRegression

    given, lost = floats(predicted), floats(churned)
    possible = np.isfinite(given) & np.isfinite(lost)
    if not possible.any():
        return Calibration((0.0, 1.0), (0.0, 1.0))
    curve = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    curve.fit(given[possible], lost[possible])
    knots, values = floats(curve.X_thresholds_), floats(curve.y_thresholds_)
    if knots.size > KNOTS:
        at = np.quantile(given[possible], np.linspace(0, 1, KNOTS))
        at = np.unique(at)
        knots, values = at, np.interp(at, knots, values)
    return Calibration(tuple(map(float, knots)), tuple(map(float, values)))

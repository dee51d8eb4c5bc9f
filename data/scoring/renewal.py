"""Shifted-beta-geometric model of renewals (Fader and Hardie 2007), and survival of thin data."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import betaln as log_beta
from scipy.special import hyp2f1, psi

from data.scoring.arrays import Bools, Floats, floats, weights
from data.scoring.maximum import Covariance, Loss, as_rows, maximise, standard_errors
from data.scoring.stored import dump, load

PRIOR_SD = 2.0
#: Losses below which one churn rate per customer cannot be told from another.
MIN_LOST = 30
MIN_CUSTOMERS = 100
#: Confidence of the bounds of a survival curve.
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Renewal:
    """The chance to leave at a renewal ~ beta(alpha, beta) across customers, fixed for each.

    The covariance is that of (ln alpha, ln beta).
    """

    alpha: float
    beta: float
    log_likelihood: float
    covariance: Covariance
    customers: int
    lost: int
    converged: bool
    status: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the model as JSON, with equal bytes for equal models."""
        return dump(self)

    @staticmethod
    def from_json(text: str) -> "Renewal":
        """Return the model that `to_json` wrote."""
        return load(Renewal, text)


@dataclass(frozen=True)
class Curve:
    """A survival curve: the share still there after each duration, with its bounds."""

    t: Floats
    survival: Floats
    low: Floats
    high: Floats


def fit_renewal(lost_at: npt.ArrayLike, still: npt.ArrayLike, *, prior: bool = True) -> Renewal:
    """Return the model of highest likelihood.

    `lost_at[k]` customers renewed k times and then left; `still[k]` renewed k times and are there.
    """
    lost, there = _counted(lost_at), _counted(still)
    customers = float(lost.sum() + there.sum())
    decided = float(lost.sum() + there[1:].sum())
    if decided <= 0:
        wide = as_rows(np.eye(2) * PRIOR_SD**2)
        status = ("no_data", "not_converged", "not_identified", "small_sample")
        return Renewal(1.0, 3.0, 0.0, wide, round(customers), 0, False, status)
    weight = 1.0 if prior else 0.0
    found = maximise(_loss(lost, there, weight), _center(), customers=customers)
    alpha, beta = (float(each) for each in np.exp(found.theta))
    fitted = Renewal(
        alpha=alpha,
        beta=beta,
        log_likelihood=float(-_loss(lost, there, 0.0)(found.theta)[0] * customers),
        covariance=found.covariance,
        customers=round(customers),
        lost=round(float(lost.sum())),
        converged=found.converged,
    )
    return replace(fitted, status=_statuses(fitted))


def _counted(counts: npt.ArrayLike) -> Floats:
    given = floats(counts)
    return np.where(np.isfinite(given) & (given > 0), given, 0.0)


def _center() -> Floats:
    """Return the middle of the prior: one in four leaves at the first renewal."""
    return np.log([1.0, 3.0])


def _loss(lost: Floats, still: Floats, weight: float) -> Loss:
    k_lost, k_still = np.arange(lost.size, dtype=float), np.arange(still.size, dtype=float)
    customers = lost.sum() + still.sum()

    def loss(theta: Floats) -> tuple[float, Floats]:
        a, b = np.exp(theta)
        start = log_beta(a, b)
        value = lost @ (log_beta(a + 1, b + k_lost) - start)
        value += still @ (log_beta(a, b + k_still) - start)
        sums = psi(a + b + 1 + k_lost), psi(a + b + k_still)
        slope_a = lost @ (psi(a + 1) - sums[0]) + still @ (psi(a) - sums[1])
        slope_b = lost @ (psi(b + k_lost) - sums[0]) + still @ (psi(b + k_still) - sums[1])
        gradient = np.array([slope_a - customers * (psi(a) - psi(a + b)), 0.0])
        gradient[1] = slope_b - customers * (psi(b) - psi(a + b))
        off = (theta - _center()) / PRIOR_SD
        penalty = weight * 0.5 * float(off @ off)
        total = penalty - float(value)
        return total / customers, (weight * off / PRIOR_SD - gradient * [a, b]) / customers

    return loss


def _statuses(m: Renewal) -> tuple[str, ...]:
    told = {
        "nobody_left": m.lost == 0,
        "not_converged": not m.converged,
        "not_identified": bool(np.any(standard_errors(m.covariance) > 1)),
        "small_sample": m.customers < MIN_CUSTOMERS or m.lost < MIN_LOST,
    }
    return tuple(code for code, holds in told.items() if holds)


def survival(m: Renewal, k: npt.ArrayLike) -> Floats:
    """Return the share of new customers who renew at least `k` times."""
    return np.exp(log_beta(m.alpha, m.beta + floats(k)) - log_beta(m.alpha, m.beta))


def renewal_rate(m: Renewal, k: npt.ArrayLike) -> Floats:
    """Return the share who renew once more, of those who renewed `k` times."""
    return (m.beta + floats(k)) / (m.alpha + m.beta + floats(k))


def derl(m: Renewal, n: npt.ArrayLike, *, discount: float) -> Floats:
    """Return the discounted expected residual lifetime of a customer in period `n`, from 1.

    In periods paid for, the next renewal (not yet decided) counting whole; `discount` per period.
    """
    period = floats(n)
    if discount <= 0:
        return np.where(m.alpha > 1, _undiscounted(m, period), np.inf)
    before = m.beta + period - 1.0
    ratio = hyp2f1(1.0, before + 1.0, m.alpha + before + 1.0, 1.0 / (1.0 + discount))
    return before / (m.alpha + before) * ratio


def _undiscounted(m: Renewal, period: Floats) -> Floats:
    """Return Σ S(t), finite only for alpha > 1."""
    return (m.beta + period - 1.0) / (m.alpha - 1.0) if m.alpha > 1 else period


def kaplan_meier(
    durations: npt.ArrayLike, is_event: npt.ArrayLike, n: npt.ArrayLike | None = None
) -> Curve:
    """Return the survival curve of durations, of which some ended and some go on."""
    # Here, because lifelines takes a second to import and most processes never draw a curve.
    from lifelines import KaplanMeierFitter

    lasted = floats(durations)
    ended = np.asarray(is_event, dtype=np.bool_)
    count = weights(n, lasted.size)
    possible: Bools = np.isfinite(lasted) & (lasted >= 0) & np.isfinite(count) & (count > 0)
    if not possible.any():
        return Curve(*(np.array([value]) for value in (0.0, 1.0, 0.0, 1.0)))
    fitter = KaplanMeierFitter(alpha=1 - CONFIDENCE)
    fitter.fit(lasted[possible], ended[possible], weights=np.round(count[possible]).astype(int))
    bounds = fitter.confidence_interval_survival_function_.to_numpy(dtype=np.float64)
    curve = fitter.survival_function_
    return Curve(
        t=curve.index.to_numpy(dtype=np.float64),
        survival=curve.to_numpy(dtype=np.float64)[:, 0],
        low=np.nan_to_num(bounds[:, 0], nan=0.0),
        high=np.nan_to_num(bounds[:, 1], nan=1.0),
    )

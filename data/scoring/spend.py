"""Gamma-gamma model of the mean spend per order (Fader and Hardie 2013)."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, psi

from data.scoring.arrays import Floats, Ints, floats, weights
from data.scoring.maximum import Covariance, Loss, Maximum, as_rows, maximise, standard_errors
from data.scoring.stored import dump, load

#: Means above this quantile are taken down to it, so that one absurd order moves nothing.
WINSORISE = 0.999
SAMPLE = 20_000
PRIOR_SD = 2.0
#: Middle of the prior of (ln p, ln q, ln p·v), money in units of the observed mean.
CENTER = np.log([4.0, 4.0, 3.0])
MIN_CUSTOMERS = 100
#: From here on, frequency tells of spend, and multiplying the two expectations is wrong.
CORRELATED = 0.3
#: A population mean this much above the observed one comes from the tail, not from the data.
RUNAWAY = 3.0
#: Spread of the means (standard deviation / mean) below which they are one fixed fee.
FIXED = 1e-3


@dataclass(frozen=True)
class Spend:
    """Spend per order ~ gamma(p, v'), v' ~ gamma(q, v) across customers.

    `mean` is the customer a newcomer is taken for, and `weight` its weight in orders: the
    expected spend is (weight · mean + x · own mean) / (weight + x). The covariance is that of
    (ln p, ln q, ln p·v). `limit` is the highest mean that counted.
    """

    p: float
    q: float
    v: float
    mean: float
    weight: float
    limit: float
    log_likelihood: float
    covariance: Covariance
    correlation: float
    customers: int
    ignored: int
    converged: bool
    status: tuple[str, ...] = ()

    @property
    def standard_errors(self) -> Floats:
        """The standard errors of the logs of the three parameters."""
        return standard_errors(self.covariance)

    def to_json(self) -> str:
        """Return the model as JSON, with equal bytes for equal models."""
        return dump(self)

    @staticmethod
    def from_json(text: str) -> "Spend":
        """Return the model that `to_json` wrote."""
        return load(Spend, text)


@dataclass(frozen=True)
class _Paid:
    """Customers with repeat orders and money: orders, mean spend and how many."""

    x: Floats
    mean: Floats
    n: Floats

    def every(self, step: int) -> "_Paid":
        return _Paid(*(part[step // 2 :: step] for part in (self.x, self.mean, self.n)))


def fit_spend(
    x: npt.ArrayLike,
    mean_spend: npt.ArrayLike,
    n: npt.ArrayLike | None = None,
    *,
    winsorise: float | None = WINSORISE,
    prior: bool = True,
) -> Spend:
    """Return the model of highest likelihood over customers who came back and paid."""
    paid, ignored = _paid(floats(x), floats(mean_spend), n)
    if not paid.x.size:
        return _unfitted(ignored)
    limit = _quantile(paid.mean, paid.n, winsorise) if winsorise else float(paid.mean.max())
    paid = replace(paid, mean=np.minimum(paid.mean, limit))
    observed = float(paid.n @ paid.mean / paid.n.sum())
    # In units of the mean, so that a currency changes nothing but v.
    paid = replace(paid, mean=paid.mean / observed)
    weight = 1.0 if prior else 0.0
    few = paid.every(step) if (step := paid.x.size // SAMPLE) >= 2 else None
    found = maximise(
        _loss(paid, weight),
        CENTER,
        customers=float(paid.n.sum()),
        sample=None if few is None else _loss(few, weight),
    )
    return _scaled(_model(found, paid, limit / observed, ignored), observed)


def expected_spend(m: Spend, x: npt.ArrayLike, mean_spend: npt.ArrayLike) -> Floats:
    """Return the spend expected per future order; without repeat orders, the population's mean."""
    bought, own = np.broadcast_arrays(floats(x), floats(mean_spend))
    known = np.isfinite(bought) & (bought > 0) & np.isfinite(own) & (own > 0)
    counted = np.where(known, bought, 0.0)
    capped = np.where(known, np.minimum(own, m.limit), 0.0)
    total = m.weight + counted
    safe = np.where(total > 0, total, 1.0)
    return np.where(total > 0, (m.weight * m.mean + counted * capped) / safe, m.mean)


def _paid(x: Floats, mean: Floats, n: npt.ArrayLike | None) -> tuple[_Paid, int]:
    """Return who counts, and how many came back but have no possible mean."""
    count = weights(n, x.size)
    with np.errstate(invalid="ignore"):
        repeats = np.isfinite(x) & (x > 0) & np.isfinite(count) & (count > 0)
        possible = repeats & np.isfinite(mean) & (mean > 0)
    ignored = round(float(count[repeats & ~possible].sum()))
    order = np.flatnonzero(possible)
    order = order[_order(x[order], mean[order])]
    return _Paid(x[order], mean[order], count[order]), ignored


def _order(x: Floats, mean: Floats) -> Ints:
    """Return the order by orders, then mean spend: sums must not depend on how rows came."""
    with np.errstate(invalid="ignore"):
        small = x.astype(np.uint16)
    if not x.size or not (small == x).all():
        return np.lexsort((mean, x))
    # Numbers this small are sorted without being compared.
    order = np.argsort(mean)
    return order[np.argsort(small[order], kind="stable")]


def _quantile(values: Floats, n: Floats, share: float) -> float:
    order = np.argsort(values)
    reached = np.cumsum(n[order]) >= share * n.sum()
    return float(values[order][int(np.argmax(reached))])


def _loss(paid: _Paid, weight: float) -> Loss:
    """Return the loss; all but one logarithm of every customer is known by the number of orders."""
    x, starts = np.unique(paid.x, return_index=True)
    by_x = np.add.reduceat(paid.n, starts)
    customers, spent = by_x.sum(), paid.x * paid.mean
    log_x, log_means = np.log(x), np.add.reduceat(paid.n * np.log(paid.mean), starts)

    def loss(theta: Floats) -> tuple[float, Floats]:
        p, q, pv = np.exp(theta)
        v, px = pv / p, p * x
        log_sums = np.add.reduceat(paid.n * np.log(v + spent), starts)
        shares = np.add.reduceat(paid.n / (v + spent), starts)
        fixed = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v) + px * log_x
        value = by_x @ fixed + (px - 1.0) @ log_means - (px + q) @ log_sums
        slope_v = customers * q / v - (px + q) @ shares
        shapes = psi(px + q) - psi(px) + log_x
        slope_p = x @ (by_x * shapes + log_means - log_sums)
        slope_q = by_x @ (psi(px + q) - psi(q) + np.log(v)) - log_sums.sum()
        gradient = np.array([p * slope_p - v * slope_v, q * slope_q, v * slope_v])
        off = (theta - CENTER) / PRIOR_SD
        penalty = weight * 0.5 * float(off @ off)
        return (penalty - float(value)) / customers, (
            weight * off / PRIOR_SD - gradient
        ) / customers

    return loss


def _model(found: Maximum, paid: _Paid, limit: float, ignored: int) -> Spend:
    p, q, pv = (float(each) for each in np.exp(found.theta))
    runs_away = q <= 1 or pv / (q - 1) > RUNAWAY
    spread = float(np.sqrt(paid.n @ (paid.mean - 1.0) ** 2 / paid.n.sum()))
    # Without a finite mean of the population, the observed one stands in, as heavy as one order.
    stands_in = runs_away or spread < FIXED
    fitted = Spend(
        p=p,
        q=q,
        v=pv / p,
        mean=1.0 if stands_in else pv / (q - 1),
        weight=1.0 if stands_in else (q - 1) / p,
        limit=limit,
        log_likelihood=float(-_loss(paid, 0.0)(found.theta)[0] * paid.n.sum()),
        covariance=found.covariance,
        correlation=_correlation(paid),
        customers=round(float(paid.n.sum())),
        ignored=ignored,
        converged=found.converged,
    )
    told = {
        "infinite_mean": runs_away,
        "fixed_amounts": spread < FIXED,
        "not_converged": not found.converged,
        "not_identified": bool(np.any(fitted.standard_errors > 1)),
        "infinite_variance": q <= 2,
        "correlated": abs(fitted.correlation) > CORRELATED,
        "small_sample": fitted.customers < MIN_CUSTOMERS,
    }
    return replace(fitted, status=tuple(code for code, holds in told.items() if holds))


def _scaled(m: Spend, unit: float) -> Spend:
    """Return the model in money, from one in units of the mean."""
    return replace(
        m,
        v=m.v * unit,
        mean=m.mean * unit,
        limit=m.limit * unit,
        log_likelihood=m.log_likelihood - m.customers * float(np.log(unit)),
    )


def _correlation(paid: _Paid) -> float:
    """Return the correlation of repeat orders and mean spend; zero where one does not vary."""
    share = paid.n / paid.n.sum()
    x, mean = paid.x - share @ paid.x, paid.mean - share @ paid.mean
    spread = float(np.sqrt((share @ x**2) * (share @ mean**2)))
    return float(share @ (x * mean)) / spread if spread > 0 else 0.0


def _unfitted(ignored: int) -> Spend:
    """Return a model of nothing: nobody came back and paid."""
    wide = as_rows(np.eye(3) * PRIOR_SD**2)
    status = ("no_data", "not_converged", "not_identified", "small_sample")
    return Spend(4.0, 4.0, 0.0, 0.0, 0.75, 0.0, 0.0, wide, 0.0, 0, ignored, False, status)

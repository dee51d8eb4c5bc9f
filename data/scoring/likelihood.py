"""Log-likelihood of BG/NBD and MBG/NBD with its gradient in the logs of the parameters.

Fader, Hardie and Lee (2005); Batislam, Denizel and Filiztekin (2007). In logs throughout:
ln L = A(x) − (r+x) ln(α+t_x) + ln(u + c), where u = ((α+t_x)/(α+T))^(r+x) is the part of those
still alive and c that of those who left at the last purchase.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, gammaln, psi

from data.scoring.arrays import Floats, Ints
from data.scoring.cells import Cells
from data.scoring.model import Kind


@dataclass(frozen=True)
class Rows:
    """Cells with their repeat purchases told apart once, not at every step."""

    kind: Kind
    cells: Cells
    distinct: Floats
    place: Ints

    @staticmethod
    def of(cells: Cells, kind: Kind) -> "Rows":
        """Prepare cells for many passes."""
        distinct, place = np.unique(cells.x, return_inverse=True)
        return Rows(kind, cells, distinct.astype(np.float64), place.astype(np.int64))


def log_alive_odds(kind: Kind, theta: Floats, x: Floats, t_x: Floats, age: Floats) -> Floats:
    """Return ln(u / c): the log odds of being alive; infinite for one-time buyers in BG/NBD."""
    r, alpha, a, b = np.exp(theta)
    silence = np.log(alpha + age) - np.log(alpha + t_x)
    return -(r + x) * silence - _log_c(kind, a, b, x)


def _log_c(kind: Kind, a: float, b: float, x: Floats) -> Floats:
    if kind == "mbg":
        return np.log(a) - np.log(b + x)
    safe = np.where(x > 0, b + x - 1.0, 1.0)
    return np.where(x > 0, np.log(a) - np.log(safe), -np.inf)


def row_log_likelihood(rows: Rows, theta: Floats) -> Floats:
    """Return the log-likelihood of one customer of every cell."""
    return _terms(rows, theta)[0]


def gradient_terms(rows: Rows, theta: Floats) -> tuple[float, Floats]:
    """Return the log-likelihood of all customers and its gradient in the logs."""
    row, alive, silence = _terms(rows, theta)
    r, alpha, a, b = np.exp(theta)
    cells, n, x = rows.cells, rows.cells.n, rows.distinct
    bought = x[rows.place]
    by_x = _digammas(rows.kind, theta, x) @ np.bincount(rows.place, n, x.size)
    gone = n * (1.0 - alive)
    survivors = np.bincount(rows.place, gone, x.size)
    shift = 0.0 if rows.kind == "mbg" else 1.0
    # One-time buyers of BG/NBD are never gone: their share is zero whatever stands below it.
    below = np.where((x > 0) | (rows.kind == "mbg"), b + x - shift, 1.0)
    at_last, at_end = 1.0 / (alpha + cells.t_x), 1.0 / (alpha + cells.age)
    log_last = np.log(alpha + cells.t_x)
    slope = np.array(
        [
            by_x[0] + n.sum() * np.log(alpha) - n @ (log_last + alive * silence),
            n.sum() * r / alpha - n @ ((r + bought) * (at_last + alive * (at_end - at_last))),
            by_x[1] + gone.sum() / a,
            by_x[2] - (survivors / below).sum(),
        ]
    )
    return float(n @ row), slope * np.array([r, alpha, a, b])


def _terms(rows: Rows, theta: Floats) -> tuple[Floats, Floats, Floats]:
    """Return per row: the log-likelihood, P(alive), and ln(α+T) − ln(α+t_x)."""
    r, alpha, a, b = np.exp(theta)
    cells, x = rows.cells, rows.distinct[rows.place]
    log_last = np.log(alpha + cells.t_x)
    silence = np.log(alpha + cells.age) - log_last
    log_u = -(r + x) * silence
    log_c = _log_c(rows.kind, a, b, rows.distinct)[rows.place]
    constant = _gammas(rows.kind, theta, rows.distinct)[rows.place]
    row = constant - (r + x) * log_last + np.logaddexp(log_u, log_c)
    return row, expit(log_u - log_c), silence


def _gammas(kind: Kind, theta: Floats, x: Floats) -> Floats:
    """Return A(x) = ln Γ(r+x)/Γ(r) + r ln α + ln B(a, b+k)/B(a, b), k chances survived."""
    r, alpha, a, b = np.exp(theta)
    k = x + 1.0 if kind == "mbg" else x
    beta = gammaln(b + k) - gammaln(b) + gammaln(a + b) - gammaln(a + b + k)
    return gammaln(r + x) - gammaln(r) + r * np.log(alpha) + beta


def _digammas(kind: Kind, theta: Floats, x: Floats) -> Floats:
    """Return the derivatives of A(x) in r (without ln α), a and b."""
    r, _, a, b = np.exp(theta)
    k = x + 1.0 if kind == "mbg" else x
    both = psi(a + b) - psi(a + b + k)
    return np.array([psi(r + x) - psi(r), both, psi(b + k) - psi(b) + both])

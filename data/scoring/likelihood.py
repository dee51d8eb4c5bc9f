"""Log-likelihood of BG/NBD and MBG/NBD with its gradient in the logs of the parameters.

Fader, Hardie and Lee (2005); Batislam, Denizel and Filiztekin (2007). In logs throughout:
ln L = A(x) − (r+x) ln(α+t_x) + ln(u + c), where u = ((α+t_x)/(α+T))^(r+x) is the part of those
still alive and c that of those who left at the last purchase.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, psi

from data.scoring.arrays import Floats, Ints, floats
from data.scoring.cells import Cells
from data.scoring.model import Kind


@dataclass(frozen=True)
class Rows:
    """Cells with their repeat purchases told apart once, not at every step."""

    kind: Kind
    cells: Cells
    distinct: Floats
    place: Ints
    customers: Floats

    @staticmethod
    def of(cells: Cells, kind: Kind) -> "Rows":
        """Prepare cells for many passes."""
        distinct, place = np.unique(cells.x, return_inverse=True)
        customers = np.bincount(place, cells.n)
        return Rows(kind, cells, floats(distinct), place.astype(np.int64), floats(customers))


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
    return _terms(rows, theta).row


def gradient_terms(rows: Rows, theta: Floats) -> tuple[float, Floats]:
    """Return the log-likelihood of all customers and its gradient in the logs."""
    t = _terms(rows, theta)
    r, alpha, a, b = np.exp(theta)
    cells, n, x = rows.cells, rows.cells.n, rows.distinct
    by_x = _digammas(rows.kind, theta, x) @ rows.customers
    gone = n * t.gone
    survivors = np.bincount(rows.place, gone, x.size)
    shift = 0.0 if rows.kind == "mbg" else 1.0
    # One-time buyers of BG/NBD are never gone: their share is zero whatever stands below it.
    below = np.where((x > 0) | (rows.kind == "mbg"), b + x - shift, 1.0)
    mean_rate = (r + x)[rows.place] * (t.gone / (alpha + cells.t_x) + t.alive / (alpha + cells.age))
    slope = np.array(
        [
            by_x[0] + n.sum() * np.log(alpha) - n @ (t.log_last + t.alive * t.silence),
            n.sum() * r / alpha - n @ mean_rate,
            by_x[1] + gone.sum() / a,
            by_x[2] - (survivors / below).sum(),
        ]
    )
    return float(n @ t.row), slope * np.array([r, alpha, a, b])


@dataclass(frozen=True)
class _Terms:
    """Per row: log-likelihood, P(alive) and the rest to 1, ln(α+t_x), ln(α+T) − ln(α+t_x)."""

    row: Floats
    alive: Floats
    gone: Floats
    log_last: Floats
    silence: Floats


def _terms(rows: Rows, theta: Floats) -> _Terms:
    r, alpha, a, b = np.exp(theta)
    cells, x = rows.cells, rows.distinct
    log_last = np.log(alpha + cells.t_x)
    silence = np.log(alpha + cells.age) - log_last
    heat = (r + x)[rows.place]
    log_u = -heat * silence
    log_c = _log_c(rows.kind, a, b, x)[rows.place]
    # ln(u + c) and both shares from one exponential of the smaller over the larger.
    odds = log_u - log_c
    smaller = np.exp(-np.abs(odds))
    larger = 1.0 / (1.0 + smaller)
    is_alive = odds >= 0
    row = _gammas(rows.kind, theta, x)[rows.place] - heat * log_last
    row += np.maximum(log_u, log_c) + np.log(1.0 + smaller)
    rest = smaller * larger
    return _Terms(
        row=row,
        alive=np.where(is_alive, larger, rest),
        gone=np.where(is_alive, rest, larger),
        log_last=log_last,
        silence=silence,
    )


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

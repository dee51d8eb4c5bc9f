"""How sure a value is: the delta method, by models shifted along independent directions.

A total's standard error is sqrt(Σ_k (Σ_i shift_ik)²): the parameters are shared, so the errors of
customers add up instead of cancelling. What is left out is the customer's own chance.
"""

from dataclasses import replace

import numpy as np

from data.scoring.arrays import Floats
from data.scoring.maximum import Covariance
from data.scoring.model import Buying
from data.scoring.renewal import Renewal
from data.scoring.spend import RUNAWAY, Spend

#: Shift of a log beyond which a parameter is not known at all: a factor of twenty either way.
FAR = 3.0


def directions(covariance: Covariance) -> list[Floats]:
    """Return the independent directions of error, each one standard error long, largest first."""
    values, vectors = np.linalg.eigh(np.array(covariance))
    scaled = vectors * np.sqrt(np.clip(values, 0.0, None))
    # An eigenvector has no sign of its own; its largest part shall be positive.
    largest = scaled[np.abs(scaled).argmax(axis=0), np.arange(values.size)]
    signed = scaled * np.where(largest < 0, -1.0, 1.0)
    return [_bounded(signed[:, k]) for k in range(values.size)[::-1]]


def _bounded(shift: Floats) -> Floats:
    longest = float(np.abs(shift).max())
    return shift if longest <= FAR else shift * (FAR / longest)


def shifted(m: Buying, k: int) -> Buying:
    """Return the model one standard error away along direction `k` (0 to 3)."""
    r, alpha, a, b = (float(v) for v in np.exp(m.logs + directions(m.covariance)[k]))
    return replace(m, r=r, alpha=alpha, a=a, b=b)


def shifted_spend(m: Spend, k: int) -> Spend:
    """Return the model one standard error away along direction `k` (0 to 2)."""
    if m.v <= 0:
        return m
    move = directions(m.covariance)[k]
    p, q, pv = (float(v) for v in np.exp(np.log([m.p, m.q, m.p * m.v]) + move))
    moved = replace(m, p=p, q=q, v=pv / p)
    if {"infinite_mean", "fixed_amounts"} & set(m.status) or q <= 1:
        return moved
    return replace(moved, mean=min(pv / (q - 1), RUNAWAY * m.mean), weight=(q - 1) / p)


def shifted_renewal(m: Renewal, k: int) -> Renewal:
    """Return the model one standard error away along direction `k` (0 or 1)."""
    moved = np.exp(np.log([m.alpha, m.beta]) + directions(m.covariance)[k])
    return replace(m, alpha=float(moved[0]), beta=float(moved[1]))


def standard_error(shifts: Floats) -> Floats:
    """Return the standard error of each customer from its shifts (directions × customers)."""
    return np.sqrt((shifts**2).sum(axis=0))


def total_standard_error(shifts: Floats) -> float:
    """Return the standard error of the sum over all customers."""
    return float(np.sqrt((shifts.sum(axis=1) ** 2).sum()))

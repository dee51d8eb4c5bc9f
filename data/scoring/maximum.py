"""Maximum of a smooth likelihood: a subsample finds the place, the whole data the last digits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from scipy.optimize import minimize

from data.scoring.arrays import Floats

#: Parameters to (value, gradient), both per customer and to be minimised.
Loss: TypeAlias = Callable[[Floats], tuple[float, Floats]]
Covariance: TypeAlias = tuple[tuple[float, ...], ...]

#: Logs of parameters beyond this are no estimates: e^±14 is a millionth and a million.
LIMIT = 14.0
#: Step of the central differences of the gradient, in logs.
STEP = 1e-4
#: Largest gradient per customer at a maximum.
FLAT = 1e-6
NEWTON_STEPS = 4


@dataclass(frozen=True)
class Maximum:
    """Where a likelihood is highest, and the covariance of the parameters there."""

    theta: Floats
    covariance: Covariance
    converged: bool


def maximise(loss: Loss, start: Floats, *, customers: float, sample: Loss | None = None) -> Maximum:
    """Return the maximum of a likelihood given by its mean loss per customer."""
    bounded = _bounded(loss)
    options: dict[str, Any] = {"gtol": FLAT}
    if sample is not None:
        first = minimize(_bounded(sample), start, jac=True, method="BFGS", options=options)
        start = np.clip(first.x, -LIMIT, LIMIT)
        options["hess_inv0"] = _positive(first.hess_inv)
    found = minimize(bounded, start, jac=True, method="BFGS", options=options)
    theta, gradient, hessian = _polished(bounded, np.clip(found.x, -LIMIT, LIMIT))
    inside = bool(np.all(np.abs(theta) < LIMIT))
    return Maximum(
        theta, _covariance(hessian * customers), inside and bool(np.abs(gradient).max() < FLAT)
    )


def _bounded(loss: Loss) -> Loss:
    """Return the loss, flat beyond the limits, so that no step leads to infinity."""

    def inside(theta: Floats) -> tuple[float, Floats]:
        value, gradient = loss(np.clip(theta, -LIMIT, LIMIT))
        return value, np.where(np.abs(theta) <= LIMIT, gradient, 0.0)

    return inside


def _polished(loss: Loss, theta: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the parameters after Newton's steps, the gradient there, and the Hessian before."""
    hessian = hessian_of(loss, theta)
    value, gradient = loss(theta)
    for _ in range(NEWTON_STEPS):
        if np.abs(gradient).max() < FLAT * 1e-4 or np.linalg.eigvalsh(hessian)[0] <= 0:
            break
        moved = theta - np.linalg.solve(hessian, gradient)
        value_there, gradient_there = loss(moved)
        if value_there > value + 1e-12 * abs(value) or np.abs(moved).max() >= LIMIT:
            break
        theta, value, gradient = moved, value_there, gradient_there
    return theta, gradient, hessian


def hessian_of(loss: Loss, theta: Floats) -> Floats:
    """Return the Hessian by central differences of the analytic gradient."""
    steps = np.eye(theta.size) * STEP
    rows = [(loss(theta + step)[1] - loss(theta - step)[1]) / (2 * STEP) for step in steps]
    hessian = np.array(rows)
    return (hessian + hessian.T) / 2


def _positive(inverse: Floats) -> Floats:
    """Return a symmetric matrix with its eigenvalues raised above zero."""
    values, vectors = np.linalg.eigh((inverse + inverse.T) / 2)
    positive = (vectors * np.clip(values, 1e-8, 1e8)) @ vectors.T
    return (positive + positive.T) / 2


def _covariance(hessian: Floats) -> Covariance:
    """Return the inverse; a direction in which the likelihood is flat has variance 1e4."""
    values, vectors = np.linalg.eigh(hessian)
    inverse = (vectors / np.maximum(values, 1e-4)) @ vectors.T
    return as_rows(inverse)


def as_rows(matrix: Floats) -> Covariance:
    """Return a matrix as a tuple of rows."""
    return tuple(tuple(float(cell) for cell in row) for row in matrix)


def standard_errors(covariance: Covariance) -> Floats:
    """Return the standard errors of the logs of the parameters."""
    return np.sqrt(np.clip(np.diag(np.array(covariance)), 0.0, None))

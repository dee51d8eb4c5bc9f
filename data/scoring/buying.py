"""Fits BG/NBD and MBG/NBD by maximum likelihood, and offers all that such a model answers."""

from dataclasses import replace

import numpy as np

from data.scoring.arrays import Floats
from data.scoring.cells import Cells
from data.scoring.likelihood import Rows, gradient_terms
from data.scoring.lookup import Lookup, lookup
from data.scoring.maximum import Loss, Maximum, as_rows, maximise
from data.scoring.model import Buying, Kind
from data.scoring.orders import (
    alive_later,
    expected,
    expected_alive,
    no_order,
    no_order_alive,
    p_alive,
    population_expected,
)

__all__ = [
    "Buying",
    "Kind",
    "Lookup",
    "alive_later",
    "expected",
    "expected_alive",
    "fit_buying",
    "lookup",
    "no_order",
    "no_order_alive",
    "p_alive",
    "population_expected",
]

#: Cells that are enough to find the neighbourhood of the maximum.
SAMPLE = 20_000
PRIOR_SD = 2.0
MIN_CUSTOMERS = 300
MIN_REPEATERS = 100


def fit_buying(cells: Cells, kind: Kind = "mbg", *, prior: bool = True) -> Buying:
    """Return the model of highest likelihood; the prior weighs as much as one customer."""
    known = cells.fitted()
    center = _center(known)
    if not known.n.size:
        return _unfitted(kind, center)
    weight = 1.0 if prior else 0.0
    loss = _loss(Rows.of(known, kind), center, weight)
    found = maximise(
        loss, center, customers=float(known.n.sum()), sample=_sample(known, kind, weight)
    )
    return _model(found, known, kind)


def _center(cells: Cells) -> Floats:
    """Return the middle of the prior: what purchases per day of the data suggest."""
    bought = max(float(cells.n @ cells.x), 0.5)
    days = float(cells.n @ cells.age) or 365.0
    return np.log([0.7, 0.7 * days / bought, 0.8, 3.0])


def _loss(rows: Rows, center: Floats, weight: float) -> Loss:
    customers = rows.cells.n.sum()

    def loss(theta: Floats) -> tuple[float, Floats]:
        value, gradient = gradient_terms(rows, theta)
        off = (theta - center) / PRIOR_SD
        penalty = weight * 0.5 * float(off @ off)
        return (penalty - value) / customers, (weight * off / PRIOR_SD - gradient) / customers

    return loss


def _sample(cells: Cells, kind: Kind, weight: float) -> Loss | None:
    """Return the loss over every k-th cell, or none where all are few enough."""
    step = cells.n.size // SAMPLE
    if step < 2:
        return None
    few = cells.chosen(slice(step // 2, None, step))
    return _loss(Rows.of(few, kind), _center(cells), weight)


def _model(found: Maximum, cells: Cells, kind: Kind) -> Buying:
    value = gradient_terms(Rows.of(cells, kind), found.theta)[0]
    r, alpha, a, b = (float(each) for each in np.exp(found.theta))
    fitted = Buying(
        kind=kind,
        r=r,
        alpha=alpha,
        a=a,
        b=b,
        log_likelihood=value,
        covariance=found.covariance,
        customers=cells.customers,
        repeaters=cells.repeaters,
        converged=found.converged,
    )
    return replace(fitted, status=_statuses(fitted))


def _statuses(m: Buying) -> tuple[str, ...]:
    """Return what the reader must know of the fit itself."""
    dropout = m.a / (m.a + m.b)
    unsure = bool(np.any(m.standard_errors > 1)) or dropout < 0.002 or m.a + m.b > 1000
    small = m.customers < MIN_CUSTOMERS or m.repeaters < MIN_REPEATERS
    told = {
        "nobody_repeats": m.repeaters == 0,
        "not_converged": not m.converged,
        "not_identified": unsure,
        "small_sample": small,
    }
    return tuple(code for code, holds in told.items() if holds)


def _unfitted(kind: Kind, center: Floats) -> Buying:
    r, alpha, a, b = (float(each) for each in np.exp(center))
    wide = as_rows(np.eye(4) * PRIOR_SD**2)
    status = ("no_data", "not_converged", "not_identified", "small_sample")
    return Buying(kind, r, alpha, a, b, 0.0, wide, 0, 0, False, status)

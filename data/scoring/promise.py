"""What a contract is expected to pay: certain to its end, then renewed as the model says."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.scoring.arrays import Floats, discounts, floats
from data.scoring.observed import Chance

#: Months ahead for which the loss is told.
LOSS_MONTHS = 12


@dataclass(frozen=True)
class Promise:
    """Per contract: discounted months that it pays, P(not renewed) at its end, losses by month.

    `lost` is contracts × 12: P(its end comes in month t without a renewal).
    """

    discounted: Floats
    hazard: Floats
    lost: Floats


def promise(
    chance: Chance,
    renewals: npt.ArrayLike,
    term_months: npt.ArrayLike,
    months_left: npt.ArrayLike,
    *,
    months: int,
    annual_discount: float,
) -> Promise:
    """Return what contracts renewed so often, with so many months left, are expected to do.

    `chance` says the share renewed once more from the term in months and the renewals before.
    """
    before, length, left = (floats(v) for v in (renewals, term_months, months_left))
    ahead = np.arange(1.0, max(months, LOSS_MONTHS) + 1)
    # Renewals that must have happened before month t is paid: one as soon as the term is over.
    needed = np.ceil((ahead[None, :] - left[:, None]) / length[:, None])
    needed = np.maximum(needed, 0.0)
    most = int(needed.max(initial=0.0))
    survival = np.ones((before.size, most + 1))
    for step in range(most):
        survival[:, step + 1] = survival[:, step] * chance(length, before + step)
    paid = np.take_along_axis(survival, needed.astype(np.int64), axis=1)
    lost = -np.diff(paid, axis=1, prepend=1.0)[:, :LOSS_MONTHS]
    return Promise(
        # Row by row, as in `lookup`: the same contract gives the same digits in any company.
        discounted=(paid[:, :months] * discounts(annual_discount, months)).sum(axis=1),
        hazard=1.0 - chance(length, before),
        lost=lost,
    )

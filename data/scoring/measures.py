"""How well predictions met what happened; ties never depend on the order of rows."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from data.scoring.arrays import Floats


@dataclass(frozen=True)
class Errors:
    """Mean absolute error, root mean squared error, and the total's miss as a share."""

    mae: float
    rmse: float
    bias: float


@dataclass(frozen=True)
class Decile:
    """Customers predicted alike: how many, the mean predicted, the mean that came."""

    customers: int
    predicted: float
    actual: float


def errors(predicted: Floats, actual: Floats) -> Errors:
    """Return the errors; the bias is zero where nothing was to be had."""
    if not actual.size:
        return Errors(0.0, 0.0, 0.0)
    off, total = predicted - actual, float(actual.sum())
    bias = float(off.sum()) / total if total else 0.0
    return Errors(float(np.abs(off).mean()), float(np.sqrt((off**2).mean())), bias)


def gini(predicted: Floats, actual: Floats) -> float:
    """Return how well the order was told, 1 being the order that came and 0 chance."""
    best = _rank_product(actual, actual)
    return _rank_product(predicted, actual) / best if best else 0.0


def _rank_product(predicted: Floats, actual: Floats) -> float:
    if not actual.size:
        return 0.0
    ranks = rankdata(predicted)
    return float((ranks - ranks.mean()) @ actual)


def spearman(predicted: Floats, actual: Floats) -> float:
    """Return the correlation of ranks, zero where one side does not vary."""
    if not actual.size:
        return 0.0
    one, other = rankdata(predicted), rankdata(actual)
    one, other = one - one.mean(), other - other.mean()
    spread = float(np.sqrt((one @ one) * (other @ other)))
    return float(one @ other) / spread if spread else 0.0


def deciles(predicted: Floats, actual: Floats) -> tuple[Decile, ...]:
    """Return tenths by prediction, lowest first; equal predictions share one."""
    if not actual.size:
        return ()
    tenth = np.floor(10 * (rankdata(predicted) - 0.5) / predicted.size).astype(np.int64)
    groups = [tenth == k for k in np.unique(tenth)]
    return tuple(
        Decile(int(rows.sum()), float(predicted[rows].mean()), float(actual[rows].mean()))
        for rows in groups
    )


def top_decile_lift(predicted: Floats, actual: Floats) -> float:
    """Return the mean of the tenth predicted highest, over the mean of all."""
    mean = float(actual.mean()) if actual.size else 0.0
    if not mean:
        return 0.0
    _, place = np.unique(-predicted, return_inverse=True)
    # Equal predictions count with their mean, so that none of them is the luckier one.
    shared = (np.bincount(place, actual) / np.bincount(place))[place]
    best = np.sort(place, kind="stable")[: max(1, actual.size // 10)]
    by_group = np.zeros(int(place.max()) + 1)
    by_group[place] = shared
    return float(by_group[best].mean()) / mean


def auc(predicted: Floats, happened: Floats) -> float:
    """Return the chance that one to whom it happened was ranked higher; .5 where all are alike."""
    yes = happened > 0
    hits, misses = int(yes.sum()), int((~yes).sum())
    if not hits or not misses:
        return 0.5
    ranks = rankdata(predicted)
    return (float(ranks[yes].sum()) - hits * (hits + 1) / 2) / (hits * misses)


def brier(predicted: Floats, happened: Floats) -> float:
    """Return the mean squared error of a probability."""
    return float(((predicted - (happened > 0)) ** 2).mean()) if happened.size else 0.0

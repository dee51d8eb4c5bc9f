"""When a customer first becomes churned: the probability for each of the next months.

Churned is a silence beyond the threshold, whether the customer left or only waits. Silence that
no purchase breaks has a closed form. For the rest, purchase rate and dropout probability are put
on a grid; on each node silence grows in steps of half a week until it reaches the threshold.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, gammainc

from data.scoring.arrays import MONTH, Floats, floats
from data.scoring.model import Buying
from data.scoring.orders import no_order_alive, p_alive

STEP = 3.5
#: Purchases per day between the outer bins of the grid: one in 30 years to two a day.
RATES = np.geomspace(1e-4, 2.0, 60)
#: Dropout probabilities between the bins, closer together where beta densities change fastest.
DROPOUTS = np.array([0.003, 0.01, 0.03, 0.06, 0.1, 0.16, 0.24, 0.34, 0.46, 0.6, 0.75, 0.9, 0.97])
#: Cells whose weights on the grid stand in memory together.
BATCH = 20_000


@dataclass(frozen=True)
class Grid:
    """Per node of (rate, dropout), silence in steps and month: P(bought, and churned by then)."""

    step: float
    by_month: Floats


def grid_of(*, threshold_days: float, months: int) -> Grid:
    """Return the passage probabilities of a living customer on every node of the grid."""
    steps = max(1, int(np.ceil(threshold_days / STEP)))
    step = max(threshold_days, 1.0) / steps
    rates, dropouts = _middles(RATES, 0.0), _middles(DROPOUTS, 1.0)
    rate = np.repeat(rates, dropouts.size)[:, None]
    dropout = np.tile(dropouts, rates.size)[:, None]
    silent = np.exp(-rate * step)
    stays = np.exp(-rate * dropout * step) - silent
    leaves = -np.expm1(-rate * dropout * step)
    last = int(np.ceil(months * MONTH / step))
    passed = np.zeros((last + 1, rate.size, steps + 1))
    for now in range(1, last + 1):
        # A purchase falls anywhere in the step, so half a step of silence has passed at its end.
        late, early = float(now > steps), float(now >= steps)
        unbroken = (late * silent**steps + early * silent ** (steps - 1)) / 2
        renewed = passed[now - 1, :, :2].mean(axis=1, keepdims=True) + unbroken
        gone = (late + early) / 2
        passed[now, :, :-1] = silent * passed[now - 1, :, 1:] + stays * renewed + leaves * gone
    return Grid(step, _at_months(passed, step, months))


def _middles(edges: Floats, top: float) -> Floats:
    """Return one value per bin: geometric middles inside, the outer bins near their edges.

    `top` is the upper end of the values, or 0 where they have none.
    """
    outer = (edges[-1] + top) / 2 if top else edges[-1] * 1.2
    return np.concatenate([[edges[0] / 2], np.sqrt(edges[1:] * edges[:-1]), [outer]])


def _at_months(passed: Floats, step: float, months: int) -> Floats:
    """Return P(churned by the end of month t), between steps by straight lines."""
    at = np.arange(months + 1) * MONTH / step
    low = np.minimum(np.floor(at).astype(np.int64), passed.shape[0] - 2)
    share = (at - low)[:, None, None]
    cumulated = passed[low] * (1 - share) + passed[low + 1] * share
    return np.moveaxis(cumulated, 0, -1)


def node_weights(m: Buying, x: Floats, age: Floats) -> Floats:
    """Return the posterior mass of each node, for living customers: cells × nodes."""
    shape, rate = (m.r + x)[:, None], (m.alpha + age)[:, None]
    by_rate = _masses(gammainc(shape, RATES * rate))
    by_dropout = _masses(betainc(m.a, (m.b_alive + x)[:, None], DROPOUTS))
    return (by_rate[:, :, None] * by_dropout[:, None, :]).reshape(x.size, -1)


def _masses(below: Floats) -> Floats:
    edges = [np.zeros((below.shape[0], 1)), below, np.ones((below.shape[0], 1))]
    return np.maximum(np.diff(np.concatenate(edges, axis=1), axis=1), 0.0)


def first_churn(
    m: Buying,
    x: npt.ArrayLike,
    age: npt.ArrayLike,
    silent_days: npt.ArrayLike,
    *,
    threshold_days: float,
    months: int = 12,
) -> Floats:
    """Return P(first churned in month t) of living customers: cells × months.

    Who is silent beyond the threshold is churned already, and has zeros.
    """
    bought, old, silence = np.broadcast_arrays(floats(x), floats(age), floats(silent_days))
    grid = grid_of(threshold_days=threshold_days, months=months)
    churn = np.zeros((bought.size, months))
    for start in range(0, bought.size, BATCH):
        part = slice(start, start + BATCH)
        mass = node_weights(m, bought[part], old[part])
        churn[part] = _passages(grid, mass, silence[part] / grid.step)
    left = np.maximum(threshold_days - silence, 0.0)
    unbroken = no_order_alive(m, bought, old, left)[:, None]
    # The closed form is exact and the grid is not: together they stay below one.
    churn *= np.minimum(1.0, (1.0 - unbroken) / np.maximum(churn.sum(axis=1), 1e-12)[:, None])
    churn += unbroken * gone_churn(silence, threshold_days=threshold_days, months=months)
    churn[silence > threshold_days] = 0.0
    return churn


def _passages(grid: Grid, mass: Floats, silence: Floats) -> Floats:
    """Return passages after a purchase, between whole steps of silence by straight lines."""
    top = grid.by_month.shape[1] - 1
    inside = np.clip(silence, 0.0, top)
    low = np.minimum(np.floor(inside).astype(np.int64), max(top - 1, 0))
    share = (inside - low)[:, None]
    by_month = np.zeros((silence.size, grid.by_month.shape[2]))
    for step in np.unique(low):
        rows = low == step
        here, later = mass[rows] @ grid.by_month[:, step], mass[rows] @ grid.by_month[:, step + 1]
        by_month[rows] = here * (1 - share[rows]) + later * share[rows]
    return np.clip(np.diff(by_month, axis=1), 0.0, 1.0)


def gone_churn(silent_days: npt.ArrayLike, *, threshold_days: float, months: int = 12) -> Floats:
    """Return the same of customers who have left for good: certainty in one month."""
    silence = floats(silent_days)
    month = np.floor((threshold_days - silence) / MONTH)
    return ((silence <= threshold_days)[:, None] & (month[:, None] == np.arange(months))) * 1.0


def churn_by_month(
    m: Buying,
    x: npt.ArrayLike,
    t_x: npt.ArrayLike,
    age: npt.ArrayLike,
    *,
    threshold_days: float,
    months: int = 12,
) -> Floats:
    """Return P(first churned in month t) of customers of whom it is not known if they are alive."""
    silence = floats(age) - floats(t_x)
    alive = p_alive(m, x, t_x, age)[:, None]
    living = first_churn(m, x, age, silence, threshold_days=threshold_days, months=months)
    gone = gone_churn(silence, threshold_days=threshold_days, months=months)
    return alive * living + (1 - alive) * gone

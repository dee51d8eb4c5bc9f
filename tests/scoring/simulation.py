"""Customers drawn from the models themselves, in continuous time."""

from dataclasses import dataclass

import numpy as np

from data.scoring.arrays import Floats
from data.scoring.model import Buying, Kind

FLAT = ((0.0,) * 4,) * 4


def model(kind: Kind, r: float, alpha: float, a: float, b: float) -> Buying:
    """A model of these parameters that nobody fitted."""
    return Buying(kind, r, alpha, a, b, 0.0, FLAT, 0, 0, converged=True)


@dataclass(frozen=True)
class Drawn:
    """Customers up to their age, and what they did in the days after."""

    x: Floats
    t_x: Floats
    age: Floats
    later: Floats
    is_alive: Floats
    is_alive_later: Floats


def draw(m: Buying, ages: Floats, horizon: float, *, seed: int) -> Drawn:
    """Draw a customer for every age, and follow each for `horizon` days more."""
    dice = np.random.default_rng(seed)
    n = ages.size
    rate, dropout = dice.gamma(m.r, 1 / m.alpha, n), dice.beta(m.a, m.b, n)
    x, t_x, later, now = (np.zeros(n) for _ in range(4))
    # Not yet gone: where the customer leaves at some moment, it is the last purchase.
    left = np.full(n, np.inf)
    if m.kind == "mbg":
        left[dice.random(n) < dropout] = 0.0
    going = np.flatnonzero(np.isinf(left))
    while going.size:
        now[going] += dice.exponential(1 / rate[going])
        going = going[now[going] <= ages[going] + horizon]
        before = going[now[going] <= ages[going]]
        x[before] += 1
        t_x[before] = now[before]
        later[going[now[going] > ages[going]]] += 1
        gone = dice.random(going.size) < dropout[going]
        left[going[gone]] = now[going[gone]]
        going = going[~gone]
    return Drawn(x, t_x, ages, later, (left > ages) * 1.0, (left > ages + horizon) * 1.0)


def first_passages(
    m: Buying, customer: tuple[float, float, float], threshold: float, edges: Floats, *, seed: int
) -> Floats:
    """Return how often a living customer of (x, age, silence) first becomes churned by month."""
    x, age, silence = customer
    n = 200_000
    dice = np.random.default_rng(seed)
    rate = dice.gamma(m.r + x, 1 / (m.alpha + age), n)
    dropout = dice.beta(m.a, m.b_alive + x, n)
    last, now, churned = np.full(n, -silence), np.zeros(n), np.full(n, np.inf)
    is_alive, going = np.ones(n, dtype=bool), np.arange(n)
    while going.size:
        following = now[going] + dice.exponential(1 / rate[going])
        following[~is_alive[going]] = np.inf
        due = last[going] + threshold
        hit = due < following
        churned[going[hit]] = due[hit]
        going = going[~hit]
        now[going] = last[going] = following[~hit]
        is_alive[going] = dice.random(going.size) >= dropout[going]
        going = going[now[going] < edges[-1]]
    return np.histogram(churned, edges)[0] / n

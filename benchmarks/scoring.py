"""Time of the scoring models on simulated customers, from compressed cells to a lookup table.

`OMP_NUM_THREADS=1 python -m benchmarks.scoring --customers 100000,1000000` prints Markdown: the
best of three runs of each step, one thread.
"""

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from data.scoring.arrays import MONTH, Floats
from data.scoring.buying import Buying, expected, fit_buying, lookup, no_order, p_alive
from data.scoring.cells import compress
from data.scoring.churn_logit import features, fit_logit
from data.scoring.first_churn import first_churn
from data.scoring.intervals import shifted, total_standard_error
from data.scoring.spend import expected_spend, fit_spend

Made = TypeVar("Made")
RUNS = 3
DAYS = 1095
THRESHOLD = 90.0


@dataclass(frozen=True)
class People:
    """Simulated customers: repeat purchase days, last one, age, mean repeat spend."""

    x: Floats
    t_x: Floats
    age: Floats
    mean: Floats


def simulate(n: int, *, seed: int) -> People:
    """Draw customers from MBG/NBD and gamma-gamma, days rounded up as a warehouse keeps them."""
    dice = np.random.default_rng(seed)
    rate, dropout = dice.gamma(0.7, 1 / 60.0, n), dice.beta(0.8, 2.5, n)
    age = dice.integers(1, DAYS + 1, n).astype(np.float64)
    x, t_x, now = np.zeros(n), np.zeros(n), np.zeros(n)
    going = np.flatnonzero(dice.random(n) >= dropout)
    while going.size:
        now[going] += dice.exponential(1 / rate[going])
        going = going[now[going] <= age[going]]
        # Orders of one day are one purchase.
        new = going[np.ceil(now[going]) > t_x[going]]
        x[new] += 1
        t_x[new] = np.ceil(now[new])
        going = going[dice.random(going.size) >= dropout[going]]
    each = dice.gamma(6.0 * np.maximum(x, 1)) / (6.0 * np.maximum(x, 1))
    return People(x, t_x, age, each * 6.0 * 15.0 / dice.gamma(4.0, 1, n))


def timed(work: Callable[[], Made]) -> tuple[float, Made]:
    """Return the best time of some runs in seconds, and what came out."""
    best = float("inf")
    for _ in range(RUNS):
        started = time.perf_counter()
        made = work()
        best = min(best, time.perf_counter() - started)
    return best, made


def report(customers: int, *, seed: int) -> list[str]:
    """Return the report of one size as lines of Markdown."""
    people = simulate(customers, seed=seed)
    steps: list[tuple[str, float, str]] = []

    def step(name: str, work: Callable[[], Made], say: Callable[[Made], str]) -> Made:
        seconds, made = timed(work)
        steps.append((name, seconds, say(made)))
        return made

    x, t_x, age, mean = people.x, people.t_x, people.age, people.mean
    cells = step("cells", lambda: compress(x, t_x, age), lambda c: f"{c.n.size:,} cells")
    m = step("fit MBG/NBD", lambda: fit_buying(cells), _estimates)
    step("fit BG/NBD", lambda: fit_buying(cells, "bg"), _estimates)
    money = step(
        "fit gamma-gamma", lambda: fit_spend(x, mean), lambda s: f"p {s.p:.2f} q {s.q:.2f}"
    )
    step(
        "P(alive), churn risk of all",
        lambda: (p_alive(m, x, t_x, age), no_order(m, x, t_x, age, THRESHOLD)),
        lambda both: f"mean {both[1].mean():.3f}",
    )
    step(
        "expected spend of all",
        lambda: expected_spend(money, x, mean),
        lambda s: f"mean {s.mean():.2f}",
    )
    pairs = np.unique(np.stack([x, age]), axis=1)
    step(
        "lookup, 36 months",
        lambda: lookup(m, pairs[0], pairs[1], months=36, annual_discount=0.1),
        lambda table: f"{table.x.size:,} pairs",
    )
    step(
        "standard error of the year's orders",
        lambda: _error(m, (cells.x, cells.t_x, cells.age, cells.n)),
        lambda error: f"± {error:,.0f}",
    )
    silent = np.minimum(age - t_x, THRESHOLD)
    triples = np.unique(np.stack([x, age // 7 * 7, silent // 7 * 7]), axis=1)[:, :100_000]
    step(
        "first churn, 12 months",
        lambda: first_churn(m, *triples, threshold_days=THRESHOLD),
        lambda churn: f"{churn.shape[0]:,} cells",
    )
    rows = features(age - t_x, x + 1, mean, age)
    step(
        "fit churn regression",
        lambda: fit_logit(rows, age - t_x > THRESHOLD, horizon=THRESHOLD),
        lambda fitted: f"{fitted.customers:,} rows",
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return [
        f"### {customers:,} customers, {int(x.sum()):,} repeat purchases",
        "",
        "| step | seconds | |",
        "|---|---|---|",
        *(f"| {name} | {seconds:.3f} | {said} |" for name, seconds, said in steps),
        f"| all | {sum(seconds for _, seconds, _ in steps):.3f} | peak so far {peak:.2f} GB |",
        "",
    ]


def _estimates(m: Buying) -> str:
    return f"r {m.r:.3f} α {m.alpha:.1f} a {m.a:.3f} b {m.b:.3f} {' '.join(m.status)}".strip()


def _error(m: Buying, cells: tuple[Any, ...]) -> float:
    x, t_x, age, n = cells
    here = expected(m, x, t_x, age, 12 * MONTH)
    shifts = [n * (expected(shifted(m, k), x, t_x, age, 12 * MONTH) - here) for k in range(4)]
    return total_standard_error(np.array(shifts))


def print_sizes(report: Callable[..., list[str]], *, about: str | None, sizes: str) -> None:
    """Print a report for each number of customers that the command line names."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--customers", default=sizes)
    parser.add_argument("--seed", type=int, default=11)
    arguments = parser.parse_args()
    for size in arguments.customers.split(","):
        print("\n".join(report(int(size), seed=arguments.seed)), flush=True)


if __name__ == "__main__":
    print_sizes(report, about=__doc__, sizes="100000,1000000,3000000")

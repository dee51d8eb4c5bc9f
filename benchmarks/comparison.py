"""The scoring models beside the package lifetimes: from every summary to every value.

`python -m benchmarks.comparison --customers 100000,1000000` prints Markdown. Both sides run once,
one after the other, with one thread each; lifetimes has its own environment under var/bench. Where
`compress` merges into whole weeks (a million customers), the estimates differ by less than one
in two hundred; below, in no digit printed.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from benchmarks.scoring import People, print_sizes, simulate
from data.scoring.arrays import MONTH, discounts
from data.scoring.buying import fit_buying, lookup, p_alive
from data.scoring.cells import compress
from data.scoring.spend import expected_spend, fit_spend

Made = TypeVar("Made")
MONTHS, ANNUAL = 36, 0.1
ENVIRONMENT = Path("var/bench/lifetimes")
#: The last release, and packages of its time: it cannot be imported beside pandas 3.
PACKAGES = ("lifetimes==0.11.3", "pandas==2.2.3", "numpy==1.26.4", "scipy==1.13.1")


def other_python() -> Path:
    """Return the Python that has lifetimes, made where it is missing."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES]
        subprocess.run(install, check=True)
    return python


def there(people: People) -> dict[str, Any]:
    """Return the seconds and results of lifetimes."""
    file = ENVIRONMENT / "people.npz"
    python = other_python()
    named = {"x": people.x, "t_x": people.t_x, "age": people.age, "mean": people.mean}
    days = MONTH * np.arange(1.0, MONTHS + 1)
    np.savez(file, **named, days=days, discounts=discounts(ANNUAL, MONTHS))
    script = Path(__file__).with_name("lifetimes_side.py")
    done = subprocess.run(
        [python, "-W", "ignore", script, file],
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def here(people: People) -> dict[str, Any]:
    """Return the seconds and results of the cockpit's models, by the same steps."""
    x, t_x, age, mean = people.x, people.t_x, people.age, people.mean
    seconds: dict[str, float] = {}

    def step(name: str, work: Callable[[], Made]) -> Made:
        started = time.perf_counter()
        made = work()
        seconds[name] = time.perf_counter() - started
        return made

    m = step("fit", lambda: fit_buying(compress(x, t_x, age), prior=False))
    money = step("fit spend", lambda: fit_spend(x, mean, winsorise=None, prior=False))
    alive = step("P(alive)", lambda: p_alive(m, x, t_x, age))
    orders = step("orders", lambda: _discounted(m, x, age))
    spend = step("spend", lambda: expected_spend(money, x, mean))
    value = step("value", lambda: alive * orders * spend)
    return {
        "seconds": seconds,
        "parameters": list(np.exp(m.logs)),
        "spend": [money.p, money.q, money.v],
        "alive": float(alive.sum()),
        "value": float(value.sum()),
        "blank": int(np.isnan(value).sum()),
    }


def _discounted(m: Any, x: Any, age: Any) -> Any:
    """Return what each customer, if alive, is expected to order: looked up, as the engine joins."""
    wide = int(age.max()) + 1
    pair = x.astype(np.int64) * wide + age.astype(np.int64)
    found = np.flatnonzero(np.bincount(pair))
    table = lookup(m, found // wide, found % wide, months=MONTHS, annual_discount=ANNUAL)
    orders = np.zeros(found[-1] + 1)
    orders[found] = table.deo
    return orders[pair]


def report(customers: int, *, seed: int) -> list[str]:
    """Return the report of one size as lines of Markdown."""
    people = simulate(customers, seed=seed)
    ours, theirs = here(people), there(people)
    sums = [(name, ours["seconds"][name], theirs["seconds"][name]) for name in ours["seconds"]]
    whole = ("all", sum(own for _, own, _ in sums), sum(other for _, _, other in sums))
    return [
        f"### Beside lifetimes 0.11.3, {customers:,} customers",
        "",
        "| step | here, s | lifetimes, s | times |",
        "|---|---|---|---|",
        *(
            f"| {n} | {own:.3f} | {other:.3f} | {other / own:,.1f} |"
            for n, own, other in (*sums, whole)
        ),
        "",
        f"MBG/NBD r, alpha, a, b: here {_numbers(ours['parameters'])}; lifetimes"
        f" {_numbers(theirs['parameters'])}. Gamma-gamma p, q, v: here {_numbers(ours['spend'])};"
        f" lifetimes {_numbers(theirs['spend'])}.",
        f"Sum of P(alive): here {ours['alive']:,.1f}; lifetimes {theirs['alive']:,.1f}. Value of"
        f" {MONTHS} months: here {ours['value']:,.0f} with {ours['blank']:,} blank; lifetimes"
        f" {theirs['value']:,.0f} with {theirs['blank']:,} blank.",
        "",
    ]


def _numbers(values: list[float]) -> str:
    return ", ".join(f"{value:.4f}" for value in values)


if __name__ == "__main__":
    print_sizes(report, about=__doc__, sizes="100000,1000000")

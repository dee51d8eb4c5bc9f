"""The package lifetimes on the customers of a file: run by `benchmarks.comparison`, prints JSON.

It has its own Python environment, for the archived package needs an older pandas than the product.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from lifetimes import GammaGammaFitter, ModifiedBetaGeoFitter

seconds: dict[str, float] = {}


def step(name: str, work: Callable[[], Any]) -> Any:
    """Do it once, and keep how long it took."""
    started = time.perf_counter()
    made = work()
    seconds[name] = time.perf_counter() - started
    return made


def main(file: str) -> None:
    """Fit both models, value everybody month by month, and print times and results."""
    people = np.load(file)
    x, t_x, age, mean, days = (people[name] for name in ("x", "t_x", "age", "mean", "days"))
    m, money, paid = ModifiedBetaGeoFitter(), GammaGammaFitter(), x > 0
    step("fit", lambda: m.fit(x, t_x, age))
    step("fit spend", lambda: money.fit(x[paid], mean[paid]))
    alive = step("P(alive)", lambda: m.conditional_probability_alive(x, t_x, age))
    expect = m.conditional_expected_number_of_purchases_up_to_time
    total = step("orders", lambda: np.array([expect(day, x, t_x, age) for day in days]))
    spend = step("spend", lambda: money.conditional_expected_average_profit(x, mean))
    by_month = np.diff(total, axis=0, prepend=0.0)
    value = step("value", lambda: (people["discounts"] @ by_month) * spend)
    found = {
        "parameters": [float(m.params_[name]) for name in ("r", "alpha", "a", "b")],
        "spend": [float(money.params_[name]) for name in ("p", "q", "v")],
        "alive": float(np.nansum(alive)),
        "value": float(np.nansum(value)),
        "blank": int(np.isnan(value).sum()),
    }
    print(json.dumps({"seconds": seconds, **found}))


if __name__ == "__main__":
    main(sys.argv[1])

"""What the reader must know before believing a model, as codes with their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.scoring.arrays import floats, weights
from data.scoring.model import Buying
from data.scoring.observed import Plan, is_thin
from data.scoring.renewal import Renewal
from data.scoring.renewed import SHARE, RenewalTest
from data.scoring.spend import Spend
from data.scoring.validation import BackTest

#: Miss of the hold-out total that must be told.
MISS = 0.10
#: Variation of the gaps of one customer (standard deviation / mean) below which they tick.
CLOCKWORK = 0.25
#: Share of customers who always pay the same, above which it is a fee.
FEES = 0.5
#: How many times the even share of first orders may fall on the first days of the data.
CROWDED = 5.0
MEASURES = ("orders_rmse", "spend_rmse")
#: Standard deviations of chance beyond which a total is missed by the model and not by chance.
BEYOND_CHANCE = 1.96


@dataclass(frozen=True)
class Finding:
    """One thing to be told: its code and the numbers of its sentence."""

    code: str
    values: dict[str, float | str]


@dataclass(frozen=True)
class Facts:
    """What the data themselves say, all times in days.

    `gap_variation`: median over customers of standard deviation / mean of their gaps (three
    orders or more; None where nobody has them). `same_amount`: share of repeat customers whose
    orders all cost the same. `first_orders_early`: share of customers whose first order fell in
    the first `early_days` of the data. `is_acquisition_known`: the data say since when each is a
    customer.
    """

    calibration_days: float
    horizon_days: float
    median_gap: float | None
    gap_variation: float | None
    same_amount: float
    first_orders_early: float
    early_days: float
    is_acquisition_known: bool


def findings(
    buying: Buying, spend: Spend, facts: Facts, back_test: BackTest | None = None
) -> tuple[Finding, ...]:
    """Return all that must be told, the gravest first."""
    found = [
        *_of_buying(buying),
        *_of_spend(spend),
        *_of_data(facts),
        *(() if back_test is None else _of_back_test(back_test, buying.kind)),
    ]
    return tuple(found)


def contract_findings(
    renewal: Renewal | None, plans: Sequence[Plan] = (), test: RenewalTest | None = None
) -> tuple[Finding, ...]:
    """Return all that must be told of renewals, the gravest first; `plans` if they are in use."""
    if renewal is None:
        return ()
    return (
        *_of_renewal(renewal, is_observed=bool(plans)),
        *(() if test is None else _of_renewal_test(test)),
    )


def _of_renewal(m: Renewal, *, is_observed: bool) -> list[Finding]:
    codes = _codes(m.status)
    values: dict[str, float | str] = {"customers": m.customers, "lost": m.lost}
    assumed: dict[str, float | str] = {"share": m.alpha / (m.alpha + m.beta)}
    found = [Finding(f"renewal_{code}", values) for code in codes]
    if is_observed:
        found.append(Finding("renewal_observed", {}))
    elif is_thin(m) or "no_data" in codes:
        found.append(Finding("renewal_assumed", assumed))
    return found


def _codes(status: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is told of a fit: without any data, whatever else holds follows from that."""
    return ("no_data",) if "no_data" in status else status


def _of_renewal_test(test: RenewalTest) -> list[Finding]:
    expected = test.value(test.official, "total")
    off = abs(expected - test.renewed)
    values: dict[str, float | str] = {
        "contracts": test.contracts,
        "days": test.days,
        "expected": expected,
        "renewed": test.renewed,
    }
    found: list[Finding] = []
    if off > MISS * test.renewed and off > BEYOND_CHANCE * test.spread:
        found.append(Finding("renewals_off", values))
    if test.winners["renewals_rmse"] == SHARE:
        own, theirs = (test.value(m, "rmse") for m in (test.official, SHARE))
        measured = {"measure": "renewals_rmse", "model": SHARE, "own": own, "theirs": theirs}
        found.append(Finding("baseline_better", measured))
    return found


def _of_buying(m: Buying) -> list[Finding]:
    numbers: dict[str, float | str] = {"customers": m.customers, "repeaters": m.repeaters}
    largest = {"largest_error": float(m.standard_errors.max()), "dropout": m.a / (m.a + m.b)}
    values = {"not_identified": {**numbers, **largest}}
    return [Finding(f"buying_{code}", values.get(code, numbers)) for code in _codes(m.status)]


def _of_spend(m: Spend) -> list[Finding]:
    values: dict[str, float | str] = {
        "customers": m.customers,
        "q": m.q,
        "correlation": m.correlation,
        "mean": m.mean,
    }
    found = [Finding(f"spend_{code}", values) for code in _codes(m.status)]
    if m.ignored:
        found.append(Finding("spend_ignored", {"customers": m.ignored}))
    return found


def _of_data(facts: Facts) -> list[Finding]:
    days: dict[str, float | str] = {
        "calibration_days": facts.calibration_days,
        "horizon_days": facts.horizon_days,
    }
    gap, varies = facts.median_gap, facts.gap_variation
    even = CROWDED * facts.early_days / max(facts.calibration_days, facts.early_days, 1.0)
    crowded = not facts.is_acquisition_known and facts.first_orders_early > min(even, 0.9)
    told: list[tuple[bool, Finding]] = [
        (
            gap is not None and facts.calibration_days < 2 * gap,
            Finding("short_calibration", {**days, "median_gap": gap or 0.0}),
        ),
        (facts.horizon_days > 2 * facts.calibration_days, Finding("long_horizon", days)),
        (
            varies is not None and varies < CLOCKWORK,
            Finding("clockwork", {"gap_variation": varies or 0.0}),
        ),
        (facts.same_amount > FEES, Finding("fixed_fees", {"share": facts.same_amount})),
        (
            crowded,
            Finding(
                "left_truncated", {"share": facts.first_orders_early, "days": facts.early_days}
            ),
        ),
    ]
    return [finding for holds, finding in told if holds]


def _of_back_test(test: BackTest, kind: str) -> list[Finding]:
    found: list[Finding] = []
    for what in ("orders", "spend"):
        bias = test.value(kind, f"{what}_bias")
        if bias is not None and abs(bias) > MISS:
            found.append(Finding("back_test_off", {"what": what, "bias": bias}))
    for measure in MEASURES:
        winner, own = test.winners.get(measure), test.value(kind, measure)
        if winner is None or own is None or winner == kind:
            continue
        theirs = test.value(winner, measure)
        found.append(
            Finding(
                "other_model_better" if winner in ("mbg", "bg") else "baseline_better",
                {"measure": measure, "model": winner, "own": own, "theirs": theirs or 0.0},
            )
        )
    return found


def gap_variation(
    gaps: npt.ArrayLike, squares: npt.ArrayLike, n: npt.ArrayLike | None = None
) -> float | None:
    """Return the median over customers of standard deviation / mean of their gaps.

    `gaps` and `squares` are each customer's mean gap and mean squared gap, in days.
    """
    mean, square = floats(gaps), floats(squares)
    count = weights(n, mean.size)
    possible = np.isfinite(mean) & np.isfinite(square) & (mean > 0) & (count > 0)
    if not possible.any():
        return None
    mean, square, count = mean[possible], square[possible], count[possible]
    varies = np.sqrt(np.maximum(square - mean**2, 0.0)) / mean
    order = np.argsort(varies, kind="stable")
    middle = np.searchsorted(np.cumsum(count[order]), count.sum() / 2)
    return float(varies[order][middle])

"""Hold-out of contracts: how many were expected to renew when they ended, and how many did."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.scoring.arrays import Floats
from data.scoring.validation import Measured, winners_of

#: Contracts that must have ended on the hold-out for it to tell anything.
LEAST_ENDED = 10
#: The baseline: the share of all ended contracts that had been renewed until then.
SHARE = "renewed_share"


@dataclass(frozen=True)
class Ended:
    """Contracts that came to their end, by length of the term and renewals before."""

    term_months: Floats
    renewals: Floats
    contracts: Floats
    renewed: Floats


@dataclass(frozen=True)
class RenewalTest:
    """What every model expected of the contracts that ended on the hold-out, and who is best.

    `spread` is the standard deviation that chance alone gives the official model's total.
    """

    rows: tuple[Measured, ...]
    winners: dict[str, str]
    contracts: int
    renewed: int
    days: float
    official: str
    spread: float

    def value(self, model: str, measure: str) -> float:
        """Return one measure of one model."""
        found = {(r.model, r.measure): r.value for r in self.rows}
        return found[model, f"renewals_{measure}"]


def test_renewals(
    ended: Ended, chances: Mapping[str, Floats], *, official: str, days: float
) -> RenewalTest | None:
    """Return how the models' chances of renewal did; None where too few contracts ended."""
    contracts, renewed = float(ended.contracts.sum()), float(ended.renewed.sum())
    if contracts < LEAST_ENDED:
        return None
    rows: list[Measured] = []
    for model, chance in chances.items():
        total = float(ended.contracts @ chance)
        missed = ended.renewed * (1 - chance) ** 2
        missed += (ended.contracts - ended.renewed) * chance**2
        measured = {
            "total": total,
            "bias": (total - renewed) / renewed if renewed else float("nan"),
            "rmse": float(np.sqrt(missed.sum() / contracts)),
        }
        rows += [
            Measured(model, f"renewals_{name}", value)
            for name, value in measured.items()
            if np.isfinite(value)
        ]
    chance = chances[official]
    return RenewalTest(
        rows=tuple(rows),
        winners=winners_of(tuple(r for r in rows if r.measure == "renewals_rmse")),
        contracts=round(contracts),
        renewed=round(renewed),
        days=days,
        official=official,
        spread=float(np.sqrt(ended.contracts @ (chance * (1 - chance)))),
    )


def renewed_share(lost: Floats, still: Floats) -> float:
    """Return the share of all ended contracts that were renewed: both by renewals of a customer."""
    renewed = float(np.arange(lost.size) @ lost + np.arange(still.size) @ still)
    ended = renewed + float(lost.sum())
    return renewed / ended if ended else 1.0

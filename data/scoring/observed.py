"""Renewals as observed, by plan: Kaplan-Meier, where the data are too thin for a model of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from data.scoring.arrays import Floats, floats
from data.scoring.renewal import Renewal

#: Customers that must have come to a renewal for its rate to be read.
LEAST_DECIDED = 10
#: The plan that stands for every length of contract together.
ALL_PLANS = 0
#: What a model of renewals may say of itself that makes the observed shares the better guide.
THIN = frozenset({"not_converged", "not_identified", "small_sample"})
#: From term in months and renewals before: the share renewed once more.
Chance: TypeAlias = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True)
class Plan:
    """The contracts of one length: of those renewed k times, the share renewed once more.

    `decided[k]` customers had come to that renewal; the last share holds on.
    """

    term_months: int
    rates: tuple[float, ...]
    decided: tuple[int, ...]
    customers: int
    lost: int


@dataclass(frozen=True)
class Counts:
    """Customers by length of contract and renewals: those who left then, and those still there."""

    term_months: Floats
    renewals: Floats
    lost: Floats
    still: Floats

    def by_renewals(self) -> tuple[Floats, Floats]:
        """Return who left and who is there after 0, 1, 2 … renewals, of all plans."""
        size = int(self.renewals.max(initial=0.0)) + 1
        at = self.renewals.astype(np.int64)
        found = np.bincount(at, self.lost, size), np.bincount(at, self.still, size)
        return found[0].astype(np.float64), found[1].astype(np.float64)

    def of(self, term_months: float) -> "Counts":
        """Return those of one plan."""
        here = self.term_months == term_months
        return Counts(*(part[here] for part in self._parts))

    @property
    def _parts(self) -> tuple[Floats, ...]:
        return self.term_months, self.renewals, self.lost, self.still


def is_thin(m: Renewal) -> bool:
    """Whether what was observed is the better guide; where nobody has left, it says nothing."""
    return bool(THIN & set(m.status)) and m.lost > 0


def observed_plans(counts: Counts) -> tuple[Plan, ...]:
    """Return the plans with enough contracts decided, and all together; none where too few are."""
    lengths = np.unique(counts.term_months)
    found = [_plan(ALL_PLANS, counts), *(_plan(int(n), counts.of(n)) for n in lengths)]
    return tuple(plan for plan in found if plan)


def _plan(term_months: int, counts: Counts) -> Plan | None:
    """Return the Kaplan-Meier estimate up to the last renewal that enough had come to."""
    lost, still = counts.by_renewals()
    # Who renewed k times and is there has not come to the next renewal: censored.
    there = lost + still
    decided = np.cumsum(there[::-1])[::-1] - still
    enough = int(np.argmin(np.append(decided >= LEAST_DECIDED, False)))
    if not enough:
        return None
    rates = 1.0 - lost[:enough] / decided[:enough]
    return Plan(
        term_months=term_months,
        rates=tuple(float(rate) for rate in rates),
        decided=tuple(round(float(n)) for n in decided[:enough]),
        customers=round(float(there.sum())),
        lost=round(float(lost.sum())),
    )


def observed_rate(
    plans: Sequence[Plan], term_months: npt.ArrayLike, renewals: npt.ArrayLike
) -> Floats:
    """Return the share renewed once more; a plan with too few contracts has that of all."""
    term, before = floats(term_months), floats(renewals)
    by_length = {plan.term_months: plan.rates for plan in plans}
    found = np.empty(np.broadcast(term, before).shape)
    term, before = np.broadcast_arrays(term, before)
    for length in np.unique(term):
        rates = np.array(by_length.get(int(length), by_length[ALL_PLANS]))
        here = term == length
        found[here] = rates[np.minimum(before[here], rates.size - 1).astype(np.int64)]
    return found


def shifted_plans(plans: Sequence[Plan], k: int) -> tuple[Plan, ...]:
    """Return the plans one standard error lower for direction 0; they have no other direction.

    All shares err together, which is the widest that their sum can be off.
    """
    return tuple(plans) if k else tuple(_lowered(plan) for plan in plans)


def _lowered(plan: Plan) -> Plan:
    n = np.array(plan.decided, dtype=np.float64)
    renewed = np.array(plan.rates) * n
    # Half a contract on either side: a share of all or none has an error, too.
    odds = np.log((renewed + 0.5) / (n - renewed + 0.5))
    error = np.sqrt(1 / (renewed + 0.5) + 1 / (n - renewed + 0.5))
    lower = 1 / (1 + np.exp(error - odds))
    rates = tuple(float(rate) for rate in np.minimum(lower, plan.rates))
    return Plan(plan.term_months, rates, plan.decided, plan.customers, plan.lost)

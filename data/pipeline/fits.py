"""What a scoring model has learnt from the data: its fitted parts, and their JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

from data.scoring.arrays import Floats
from data.scoring.churn_logit import Calibration, ChurnLogit
from data.scoring.intervals import shifted_renewal
from data.scoring.model import Buying
from data.scoring.observed import Chance, Plan, observed_rate, shifted_plans
from data.scoring.renewal import Renewal, renewal_rate
from data.scoring.spend import Spend

#: Orders of the mean customer that an industry's margin rate weighs beside the customer's own.
RATE_ORDERS = 5
#: What makes a fit unfit for use; the reader is told, and the simple value takes its place.
UNUSABLE = frozenset({"no_data", "nobody_repeats", "not_identified", "small_sample"})


def _as_predicted() -> Calibration:
    return Calibration((0.0, 1.0), (0.0, 1.0))


def _no_rates() -> Mapping[str, float]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Fits:
    """The fitted parts of a scoring model; money in ten-thousandths, time in days.

    `rate` is the company's margin rate, `rates` those of its industries; `rate_weight` is the
    money that an industry's rate weighs beside a customer's own.
    """

    buying: Buying
    spend: Spend
    renewal: Renewal | None = None
    #: Renewals as observed, where the data are too thin for the model of them.
    plans: tuple[Plan, ...] = ()
    #: The regression, and which of the two ranks churn officially: "buying" or "logit".
    logit: ChurnLogit | None = None
    risk_by: str = "buying"
    #: What the official ranking's probabilities have turned out to be.
    calibration: Calibration = field(default_factory=_as_predicted)
    rate: float = 1.0
    rate_weight: float = 1.0
    rates: Mapping[str, float] = field(default_factory=_no_rates)

    @property
    def values_orders(self) -> bool:
        """Whether the fit is good enough to say what orders will bring."""
        return not UNUSABLE & set(self.buying.status)

    def renewal_chance(self, direction: int | None = None) -> Chance | None:
        """Return how likely contracts are renewed, or so one standard error along a direction."""
        if self.plans:
            plans = self.plans if direction is None else shifted_plans(self.plans, direction)
            return partial(observed_rate, plans)
        if self.renewal is None:
            return None
        model = self.renewal if direction is None else shifted_renewal(self.renewal, direction)
        return partial(_modelled, model)

    def to_json(self) -> str:
        """Return the fit as JSON, equal bytes for equal fits."""
        parts = {n: _plain(getattr(self, n)) for n in ("buying", "spend", "renewal", "logit")}
        plain = {
            **({"plans": [asdict(plan) for plan in self.plans]} if self.plans else {}),
            "risk_by": self.risk_by,
            "calibration": asdict(self.calibration),
            "rate": self.rate,
            "rate_weight": self.rate_weight,
            "rates": dict(self.rates),
        }
        return json.dumps(parts | plain, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> "Fits":
        """Return what `to_json` wrote."""
        stored: dict[str, Any] = json.loads(text)
        found = {
            k: json.dumps(stored[k]) for k in ("buying", "spend", "renewal", "logit") if stored[k]
        }
        curve = stored["calibration"]
        return Fits(
            buying=Buying.from_json(found["buying"]),
            spend=Spend.from_json(found["spend"]),
            renewal=Renewal.from_json(found["renewal"]) if "renewal" in found else None,
            logit=ChurnLogit.from_json(found["logit"]) if "logit" in found else None,
            plans=tuple(_plan(each) for each in stored.get("plans", ())),
            risk_by=stored["risk_by"],
            calibration=Calibration(tuple(curve["knots"]), tuple(curve["values"])),
            rate=stored["rate"],
            rate_weight=stored["rate_weight"],
            rates=MappingProxyType(stored["rates"]),
        )


def _modelled(m: Renewal, _term_months: Floats, renewals: Floats) -> Floats:
    return renewal_rate(m, renewals)


def _plan(stored: Mapping[str, Any]) -> Plan:
    rates, decided = tuple(stored["rates"]), tuple(stored["decided"])
    counts = {name: stored[name] for name in ("term_months", "customers", "lost")}
    return Plan(rates=rates, decided=decided, **counts)


def _plain(part: Buying | Spend | Renewal | ChurnLogit | None) -> Any:
    return json.loads(part.to_json()) if part else None

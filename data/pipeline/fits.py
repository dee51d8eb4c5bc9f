"""What a scoring model has learnt from the data: its fitted parts, and their JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

from data.scoring.churn_logit import Calibration, ChurnLogit
from data.scoring.model import Buying
from data.scoring.renewal import Renewal
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

    def to_json(self) -> str:
        """Return the fit as JSON, equal bytes for equal fits."""
        parts = {n: _plain(getattr(self, n)) for n in ("buying", "spend", "renewal", "logit")}
        plain = {
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
            risk_by=stored["risk_by"],
            calibration=Calibration(tuple(curve["knots"]), tuple(curve["values"])),
            rate=stored["rate"],
            rate_weight=stored["rate_weight"],
            rates=MappingProxyType(stored["rates"]),
        )


def _plain(part: Buying | Spend | Renewal | ChurnLogit | None) -> Any:
    return json.loads(part.to_json()) if part else None

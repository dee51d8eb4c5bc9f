"""What a scoring model has learnt from the data: its fitted parts, and their JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from data.scoring.model import Buying
from data.scoring.renewal import Renewal
from data.scoring.spend import Spend

#: Orders of the mean customer that an industry's margin rate weighs beside the customer's own.
RATE_ORDERS = 5
#: What makes a fit unfit for use; the reader is told, and the simple value takes its place.
UNUSABLE = frozenset({"no_data", "nobody_repeats", "not_identified", "small_sample"})


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
    rate: float = 1.0
    rate_weight: float = 1.0
    rates: Mapping[str, float] = field(default_factory=_no_rates)

    @property
    def values_orders(self) -> bool:
        """Whether the fit is good enough to say what orders will bring."""
        return not UNUSABLE & set(self.buying.status)

    def to_json(self) -> str:
        """Return the fit as JSON, equal bytes for equal fits."""
        parts: dict[str, Any] = {
            name: json.loads(part.to_json()) if part else None
            for name, part in (
                ("buying", self.buying),
                ("spend", self.spend),
                ("renewal", self.renewal),
            )
        }
        plain = {"rate": self.rate, "rate_weight": self.rate_weight, "rates": dict(self.rates)}
        return json.dumps(parts | plain, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> "Fits":
        """Return what `to_json` wrote."""
        stored: dict[str, Any] = json.loads(text)
        found = {k: json.dumps(v) for k, v in stored.items() if isinstance(v, dict)}
        return Fits(
            buying=Buying.from_json(found["buying"]),
            spend=Spend.from_json(found["spend"]),
            renewal=Renewal.from_json(found["renewal"]) if "renewal" in found else None,
            rate=stored["rate"],
            rate_weight=stored["rate_weight"],
            rates=MappingProxyType(stored["rates"]),
        )

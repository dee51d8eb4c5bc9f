"""The scoring model: weights, limits and windows, as one version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

DIMENSIONS = ("amount", "loyalty", "referral", "service_cost", "growth")


def _five() -> Mapping[str, int]:
    weights = {"amount": 30, "loyalty": 25, "referral": 15, "service_cost": 10, "growth": 20}
    return MappingProxyType(weights)


@dataclass(frozen=True)
class ScoringModel:
    """How customers are scored and tiered; weights add up to 100, limits are points of 0–100."""

    version: int = 1
    name: str = "five dimensions"
    weights: Mapping[str, int] = field(default_factory=_five)
    high_score: int = 80
    potential_growth: int = 70
    potential_score: int = 50
    dormant_days: int = 180
    #: Points by which every border must be passed before a tier changes at once.
    hysteresis: int = 3
    rfm_months: int = 24
    #: Days without an order after which a customer counts as churned.
    threshold_days: int = 90
    #: Days after a contract's end within which a renewal still counts.
    grace_days: int = 30
    #: Years a customer is expected to stay, for the simple CLV, where no churn is observed.
    max_years: int = 10

    def __post_init__(self) -> None:
        if set(self.weights) != set(DIMENSIONS) or sum(self.weights.values()) != 100:
            raise ValueError(
                "The weights of a scoring model must cover every dimension and sum to 100."
            )

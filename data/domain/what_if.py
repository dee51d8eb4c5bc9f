"""A what-if: other weights and limits for the tiers, as a value, as a URL, as a draft's terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from data.domain.model import FIVE_DIMENSIONS, PRESETS, WHOLE, ScoringModel

WHOLE_WEIGHT = 100
#: Name in the URL -> the field of the model that it sets; the limits of the tiers.
LIMITS: Mapping[str, str] = MappingProxyType(
    {
        "high": "high_score",
        "growth": "potential_growth",
        "score": "potential_score",
        "dormant": "dormant_days",
    }
)
#: The parameters of the URL that say a what-if.
PARAMETERS = ("weights", "limits")
MOST_LETTERS = 200
#: The mean of percentile mid-ranks, and the smallest effect on a sum that a reason may name.
MEAN_POINTS, LEAST_EFFECT = 50.0, 0.1


def _shipped() -> Mapping[str, int]:
    return PRESETS[FIVE_DIMENSIONS]


@dataclass(frozen=True)
class WhatIf:
    """Weights of the dimensions of one preset, and the limits of the tiers.

    The ranking asks only for the weights' proportions, so they may add up to any number above 0
    while somebody tries; a draft needs 100.
    """

    weights: Mapping[str, int] = field(default_factory=_shipped)
    high_score: int = 80
    potential_growth: int = 70
    potential_score: int = 50
    dormant_days: int = 180

    @classmethod
    def of_model(cls, model: ScoringModel) -> "WhatIf":
        """Return what a model does, to start from."""
        return cls(model.weights, **{name: getattr(model, name) for name in LIMITS.values()})

    @property
    def preset(self) -> str:
        """The preset whose dimensions are weighed."""
        return next(name for name, found in PRESETS.items() if set(found) == set(self.weights))

    @property
    def total(self) -> int:
        """What the weights add up to."""
        return sum(self.weights.values())

    def share(self, dimension: str) -> float:
        """Return the share of the weight that a dimension has, 0–1."""
        return self.weights.get(dimension, 0) / self.total

    def of_preset(self, preset: str) -> "WhatIf":
        """Return the same limits with the weights that a preset ships with."""
        return replace(self, weights=PRESETS[preset])

    def weighing(self, dimension: str, weight: int) -> "WhatIf":
        """Return the same with another weight; a dimension of the other preset changes nothing."""
        if dimension not in self.weights:
            return self
        return replace(self, weights=MappingProxyType({**self.weights, dimension: weight}))

    def limited(self, name: str, value: int) -> "WhatIf":
        """Return the same with another limit.

        A potential customer needs no higher score than a high-value one, so the one limit takes
        the other along.
        """
        changed: dict[str, Any] = {name: value}
        if name == "high_score":
            changed["potential_score"] = min(self.potential_score, value)
        if name == "potential_score":
            changed["high_score"] = max(self.high_score, value)
        return replace(self, **changed)

    def at_100(self) -> "WhatIf":
        """Return the weights in the same proportions as whole numbers that add up to 100."""
        floors = {d: w * WHOLE_WEIGHT // self.total for d, w in self.weights.items()}
        rests = {d: w * WHOLE_WEIGHT % self.total for d, w in self.weights.items()}
        missing = WHOLE_WEIGHT - sum(floors.values())
        for dimension in sorted(rests, key=lambda d: -rests[d])[:missing]:
            floors[dimension] += 1
        return replace(self, weights=MappingProxyType(floors))

    def applied_to(self, model: ScoringModel, *, name: str) -> ScoringModel:
        """Return the model with these weights and limits; raise ModelError where it cannot be."""
        limits: dict[str, Any] = {n: getattr(self, n) for n in LIMITS.values()}
        return replace(model, name=name, preset=self.preset, weights=self.weights, **limits)

    def canonical(self) -> dict[str, object]:
        """Return everything that an answer depends on: the cache key's part."""
        limits = {name: getattr(self, name) for name in LIMITS.values()}
        return {"weights": dict(sorted(self.weights.items())), **limits}

    def to_query(self) -> dict[str, str]:
        """Return the URL's parameters, whole: a link means the same under any live model."""
        limits = {key: getattr(self, name) for key, name in LIMITS.items()}
        return {"weights": _written(self.weights), "limits": _written(limits)}


def moved_by(
    before: WhatIf, after: WhatIf, points: Mapping[str, float], *, is_up: bool
) -> tuple[str, float]:
    """Return the dimension whose new weight moved a customer most, and by how much.

    `points` (0–100) are the customer's. A dimension's part is the change of its share of the
    weight times the points above or below the mean of 50; blank where none moves that way.
    """
    effects = {
        d: (after.share(d) - before.share(d)) * (value - MEAN_POINTS) for d, value in points.items()
    }
    sign = 1 if is_up else -1
    most = max(effects, key=lambda d: sign * effects[d])
    return (most, effects[most]) if sign * effects[most] >= LEAST_EFFECT else ("", 0.0)


def parse_what_if(query: Mapping[str, str], dropped: list[str]) -> WhatIf | None:
    """Return the what-if of a URL, None where it has none; nonsense is added to `dropped`."""
    given = {key: _pairs(query[key]) for key in PARAMETERS if key in query}
    weights = _weights(given.get("weights"))
    limits = _limits(given.get("limits"))
    found: dict[str, Any] = {"weights": weights, "limits": limits}
    dropped += [f"{key}={query[key]}"[:MOST_LETTERS] for key in given if found[key] is None]
    if weights is None and limits is None:
        return None
    return WhatIf(weights or _shipped(), **(limits or {}))


def _written(pairs: Mapping[str, int]) -> str:
    return ",".join(f"{key}:{value}" for key, value in pairs.items())


def _pairs(text: str) -> dict[str, int] | None:
    """Return key -> whole number of `key:number,…`; None where it is written otherwise."""
    found: dict[str, int] = {}
    for part in text.split(","):
        key, _, value = part.partition(":")
        if not (value.isascii() and value.isdigit() and len(value) < 6) or key in found:
            return None
        found[key] = int(value)
    return found


def _weights(found: Mapping[str, int] | None) -> Mapping[str, int] | None:
    """Return the weights in the order of their preset; None where they are none."""
    if not found or not any(found.values()) or max(found.values()) > WHOLE_WEIGHT:
        return None
    for wanted in PRESETS.values():
        if set(wanted) == set(found):
            return MappingProxyType({d: found[d] for d in wanted})
    return None


def _limits(found: Mapping[str, int] | None) -> dict[str, int] | None:
    """Return the limits by the model's fields; None where one is unknown or out of its range."""
    if not found or not set(found) <= set(LIMITS):
        return None
    named = {LIMITS[key]: value for key, value in found.items()}
    if any(not WHOLE[n][0] <= value <= WHOLE[n][1] for n, value in named.items()):
        return None
    high = named.get("high_score", WhatIf.high_score)
    score = named.get("potential_score", WhatIf.potential_score)
    return named if score <= high else None

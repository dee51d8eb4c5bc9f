"""The scoring model: weights, limits, windows and the terms of value, as one version."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, Literal, cast

from data.domain.canonical import canonical_json

FIVE_DIMENSIONS = "five-dimensions"
FIFTY_THIRTY_TWENTY = "fifty-thirty-twenty"
#: Preset -> its dimensions with their weights, in the order in which they are shown.
PRESETS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        FIVE_DIMENSIONS: MappingProxyType(
            {"amount": 30, "loyalty": 25, "referral": 15, "service_cost": 10, "growth": 20}
        ),
        FIFTY_THIRTY_TWENTY: MappingProxyType({"amount": 50, "potential": 30, "interaction": 20}),
    }
)
#: How a customer's buying is modelled: MBG/NBD or BG/NBD.
BUYING_KINDS = ("mbg", "bg")
#: Smallest and largest value of every whole number. The threshold starts at 31 days: under a
#: month a customer could churn and return between two month ends unseen.
WHOLE: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "version": (1, 1_000_000),
        "high_score": (0, 100),
        "potential_growth": (0, 100),
        "potential_score": (0, 100),
        "dormant_days": (31, 3_650),
        "hysteresis": (0, 20),
        "rfm_months": (1, 120),
        "threshold_days": (31, 1_095),
        "grace_days": (0, 365),
        "max_years": (1, 50),
        "horizon_months": (1, 120),
        "holdout_months": (1, 24),
    }
)
RATES = ("annual_discount", "attribution_share")
MOST_LETTERS = 80


class ModelError(ValueError):
    """A scoring model cannot be as described; the sentence says what to change."""


def _five() -> Mapping[str, int]:
    return PRESETS[FIVE_DIMENSIONS]


@dataclass(frozen=True)
class ScoringModel:
    """How customers are scored, tiered and valued; weights add up to 100, limits are points."""

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
    #: Which dimensions the weights are of.
    preset: str = FIVE_DIMENSIONS
    buying_kind: Literal["mbg", "bg"] = "mbg"
    #: Months ahead that the official value sums.
    horizon_months: int = 36
    #: Discount of a year; a month's is (1 + d)^(1/12) - 1.
    annual_discount: float = 0.10
    #: Last months left out of the fit, on which it is then tested.
    holdout_months: int = 6
    #: Share of the value of customers brought in that is shown as referral value.
    attribution_share: float = 0.30

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ModelError(problem)
        object.__setattr__(self, "weights", _ordered(self.weights, self.preset))
        for name in RATES:
            object.__setattr__(self, name, float(getattr(self, name)))

    @classmethod
    def of_preset(cls, preset: str, **changed: Any) -> "ScoringModel":
        """Return the model of a preset with the weights that it ships with."""
        if preset not in PRESETS:
            raise ModelError(_unknown_preset(preset))
        shipped: dict[str, Any] = {
            "preset": preset,
            "weights": PRESETS[preset],
            "name": preset.replace("-", " "),
        }
        return cls(**{**shipped, **changed})

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of the preset, in the order in which they are shown."""
        return tuple(PRESETS[self.preset])

    def weight(self, dimension: str) -> int:
        """Return the weight of a dimension; 0 for one that the preset does not have."""
        return self.weights.get(dimension, 0)

    def to_json(self) -> str:
        """Return the whole model as canonical JSON; `from_json` gives an equal model back."""
        return canonical_json(self.plain())

    def plain(self) -> dict[str, Any]:
        """Return every field as a plain value."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return found | {"weights": dict(self.weights)}

    @classmethod
    def from_json(cls, text: str) -> "ScoringModel":
        """Read what `to_json` wrote; a field that an older release did not have takes its default.

        Raises ModelError for anything else.
        """
        try:
            found = json.loads(text)
        except ValueError as error:
            raise ModelError(f"A scoring model is no valid JSON: {error}.") from error
        if not isinstance(found, dict):
            raise ModelError("A scoring model is a JSON object with one entry per field.")
        return cls.from_plain(cast(dict[str, Any], found))

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> "ScoringModel":
        """Return the model of plain values; raise ModelError for a field that does not exist."""
        known = {f.name for f in fields(cls)}
        if unknown := sorted(set(values) - known):
            raise ModelError(
                f"A scoring model has no '{unknown[0]}'. Known: {', '.join(sorted(known))}."
            )
        return cls(**values)

    def changes(self, before: "ScoringModel") -> dict[str, list[Any]]:
        """Return field -> [before, now] for every field that differs, its version left out."""
        old, new = before.plain(), self.plain()
        return {k: [old[k], new[k]] for k in new if k != "version" and old[k] != new[k]}

    def _problems(self) -> Iterator[str]:
        """Yield a sentence for everything that is wrong, in the order of reading."""
        yield from _name_problems(self.name)
        if not isinstance(cast(object, self.preset), str) or self.preset not in PRESETS:
            yield _unknown_preset(self.preset)
        yield from _weight_problems(self.weights, self.preset)
        for name, (least, most) in WHOLE.items():
            if not _is_whole(getattr(self, name), least, most):
                yield (
                    f"{name} is {getattr(self, name)!r}. "
                    f"Choose a whole number from {least} to {most}."
                )
        for name in RATES:
            if not _is_rate(getattr(self, name)):
                yield f"{name} is {getattr(self, name)!r}. Write a rate from 0 to 1: 0.1 is 10 %."
        yield from self._contradictions()

    def _contradictions(self) -> Iterator[str]:
        if self.buying_kind not in BUYING_KINDS:
            yield f"buying_kind is {self.buying_kind!r}. Choose mbg (MBG/NBD) or bg (BG/NBD)."
        if self.potential_score > self.high_score:
            yield (
                f"potential_score is {self.potential_score} and high_score is {self.high_score}. "
                "A potential customer needs no higher score than a high-value one."
            )


def _ordered(weights: Mapping[str, int], preset: str) -> Mapping[str, int]:
    return MappingProxyType({d: weights[d] for d in PRESETS[preset]})


def _unknown_preset(preset: object) -> str:
    return f"There is no preset {preset!r}. Choose {' or '.join(PRESETS)}."


def _name_problems(name: object) -> Iterator[str]:
    if not isinstance(name, str) or not name.strip():
        yield "A scoring model needs a name. Write one."
    elif len(name) > MOST_LETTERS or not name.isprintable():
        yield f"Write the name of a scoring model in one line of at most {MOST_LETTERS} letters."


def _weight_problems(weights: object, preset: str) -> Iterator[str]:
    if not isinstance(weights, Mapping):
        yield "The weights of a scoring model are one whole number per dimension."
        return
    found = cast(Mapping[Any, Any], weights)
    wanted = PRESETS[preset]
    if set(found) != set(wanted):
        given = ", ".join(str(name) for name in found) or "none"
        yield f"The weights of {preset} must name exactly {', '.join(wanted)}; given: {given}."
        return
    for name, points in found.items():
        if not _is_whole(points, 0, 100):
            yield f"The weight of {name} is {points!r}. Choose a whole number from 0 to 100."
            return
    if (total := sum(found.values())) != 100:
        yield f"The weights add up to {total}. Change them so that they add up to 100."


def _is_whole(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _is_rate(value: object) -> bool:
    return type(value) in (int, float) and 0 <= float(str(value)) <= 1

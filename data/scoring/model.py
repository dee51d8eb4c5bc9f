"""The fitted model of purchases: its parameters, how sure they are, and its JSON."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from data.scoring.arrays import Floats
from data.scoring.maximum import Covariance, standard_errors

Kind = Literal["mbg", "bg"]
FORMAT = 1


class ModelFormatError(ValueError):
    """A stored model cannot be read."""

    def __init__(self, found: object) -> None:
        super().__init__(
            f"This stored model has the format {found!r}, and format {FORMAT} is needed. "
            "Fit the model again."
        )


@dataclass(frozen=True)
class Buying:
    """BG/NBD ("bg") or MBG/NBD ("mbg"): purchase rates gamma(r, alpha), dropout beta(a, b).

    Time is in days. The covariance is that of (ln r, ln alpha, ln a, ln b).
    """

    kind: Kind
    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    covariance: Covariance
    customers: int
    repeaters: int
    converged: bool
    status: tuple[str, ...] = ()

    @property
    def b_alive(self) -> float:
        """The second beta parameter of a living customer before any repeat purchase.

        In MBG/NBD a customer may also drop out at the first purchase, so who is alive survived
        one chance more.
        """
        return self.b + 1.0 if self.kind == "mbg" else self.b

    @property
    def logs(self) -> Floats:
        """The logs of the four parameters."""
        return np.log([self.r, self.alpha, self.a, self.b])

    @property
    def standard_errors(self) -> Floats:
        """The standard errors of the logs of the four parameters."""
        return standard_errors(self.covariance)

    def to_json(self) -> str:
        """Return the model as JSON, with equal bytes for equal models."""
        return json.dumps({"format": FORMAT, "unit": "day", **asdict(self)}, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> "Buying":
        """Return the model that `to_json` wrote."""
        stored: dict[str, Any] = json.loads(text)
        if stored.pop("format", None) != FORMAT or stored.pop("unit", None) != "day":
            raise ModelFormatError(json.loads(text).get("format"))
        stored["covariance"] = tuple(tuple(row) for row in stored["covariance"])
        stored["status"] = tuple(stored["status"])
        return Buying(**stored)

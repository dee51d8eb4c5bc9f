"""The fitted model of purchases: its parameters, how sure they are, and its JSON."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from data.scoring.arrays import Floats
from data.scoring.maximum import Covariance, standard_errors
from data.scoring.stored import dump, load

Kind = Literal["mbg", "bg"]


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
        return dump(self, unit="day")

    @staticmethod
    def from_json(text: str) -> "Buying":
        """Return the model that `to_json` wrote."""
        return load(Buying, text, unit="day")

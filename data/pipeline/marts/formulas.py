"""The fitted models as SQL over the figures of a customer; equations as in the papers.

Fader, Hardie and Lee 2005 (BG/NBD), Batislam et al. 2007 (MBG/NBD), Fader and Hardie 2013
(gamma-gamma).
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Double, Integer, cast, func, literal_column

from data.pipeline.fits import Fits
from data.scoring.churn_logit import ChurnLogit
from data.scoring.model import Buying
from data.scoring.spend import Spend
from data.warehouse.dialects import when

#: A power beyond e^700 has left what a double can hold; the customer is certainly gone.
MOST = "700.0"


def number(value: float) -> ColumnElement[float]:
    """Return a parameter as a literal, to the last digit."""
    return literal_column(f"CAST({float(value)!r} AS DOUBLE PRECISION)", Double())


def p_alive(m: Buying, h: Any) -> ColumnElement[float]:
    """Return P(alive) = 1 / (1 + c · ((α+T)/(α+t_x))^(r+x)); c = a/(b+x), BG/NBD a/(b+x−1)."""
    x = cast(h.repeats, Double)
    odds = number(m.a) / (number(m.b) + x if m.kind == "mbg" else _at_least_one(m, x))
    grown = (number(m.r) + x) * (_ln(m, h.age_days) - _ln(m, h.buying_days))
    power = func.exp(func.least(grown, literal_column(MOST)))
    alive = number(1.0) / (number(1.0) + odds * power)
    return alive if m.kind == "mbg" else when(h.repeats > 0, alive, number(1.0))


def _at_least_one(m: Buying, x: Any) -> Any:
    return number(m.b) + func.greatest(x, number(1.0)) - number(1.0)


def _ln(m: Buying, days: Any) -> ColumnElement[float]:
    return func.ln(number(m.alpha) + cast(days, Double))


def expected_spend(m: Spend, h: Any) -> ColumnElement[float]:
    """Return the spend expected per order: the own mean, drawn to the population's."""
    x = func.coalesce(when(h.mean_spend > 0, cast(h.repeats, Double), None), number(0.0))
    own = func.least(func.coalesce(cast(h.mean_spend, Double), number(0.0)), number(m.limit))
    total = number(m.weight) + x
    return (number(m.weight * m.mean) + x * own) / func.nullif(total, number(0.0))


# --- risk ------------------------------------------------------------------------------------


def raw_risk(fits: Fits, h: Any, alive: Any, *, days: int) -> ColumnElement[float]:
    """Return P(no order in the next days) by the official ranking, not yet calibrated."""
    if fits.risk_by == "logit" and fits.logit is not None:
        return _by_logit(fits.logit, h)
    return _no_order(fits.buying, h, alive, days=days)


def in_thousandths(probability: Any) -> ColumnElement[int]:
    """Return a probability as the whole thousandths under which its calibration is kept."""
    return cast(func.round(probability * number(1000.0)), Integer)


def _no_order(m: Buying, h: Any, alive: Any, *, days: int) -> ColumnElement[float]:
    """Return 1 − PA + PA · ((α+T)/(α+T+h))^(r+x)."""
    later = replace(m, alpha=m.alpha + days)
    exponent = (number(m.r) + cast(h.repeats, Double)) * (
        _ln(m, h.age_days) - _ln(later, h.age_days)
    )
    return number(1.0) - alive * (number(1.0) - func.exp(exponent))


def _by_logit(m: ChurnLogit, h: Any) -> ColumnElement[float]:
    """Return 1 / (1 + exp(−(intercept + Σ coefficient · feature))), features as `features`."""
    one = number(1.0)
    age = cast(h.age_days, Double)
    silent = age - cast(h.buying_days, Double)
    features = (
        func.ln(one + silent),
        func.ln(cast(h.repeats, Double) + one),
        func.ln(one + func.greatest(cast(h.mean_order, Double), number(0.0))),
        func.ln(one + age),
        silent / (age + one),
    )
    total = number(m.intercept)
    for coefficient, feature in zip(m.coefficients, features, strict=True):
        total = total + number(coefficient) * feature
    bounded = func.least(func.greatest(-total, number(-700.0)), number(700.0))
    return one / (one + func.exp(bounded))

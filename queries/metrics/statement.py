"""The lines of the asset statement: how the customer asset came from one month end to another."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, cast, func, literal, or_, type_coerce

from data.domain.metric import Metric
from data.warehouse.dialects import Cents, sum_cents
from data.warehouse.rules import is_on_line
from queries.metrics.owners import FINANCE


def on_line(c: Any, line: str) -> ColumnElement[Any]:
    """Return what the customers of one line moved the asset by."""
    return sum_cents(case((is_on_line(c.place, line), c.moved)))


def of_silence(c: Any) -> ColumnElement[Any]:
    """Return the part of a contraction that comes of having ordered nothing."""
    return case((and_(is_on_line(c.place, "contraction"), c.is_quiet), c.moved))


def _closing(*parts: Any) -> Any:
    """Return the sum of all lines, blank where none of them is known."""
    known = or_(*(part.is_not(None) for part in parts))
    whole: Any = sum((func.coalesce(cast(part, BigInteger), 0) for part in parts), literal(0))
    return type_coerce(case((known, whole)), Cents())


PARTS = (
    *("asset_opening", "asset_acquired", "asset_reactivated", "asset_expansion"),
    *("asset_contraction", "asset_depreciation", "asset_restated", "asset_revaluation"),
)
METRICS = (
    Metric(
        "asset_opening",
        "Opening asset",
        "The customer asset at the earlier of the two month ends: the value then of all customers"
        " who were not churned then.",
        "Σ value at the opening",
        "money",
        "sum",
        owner=FINANCE,
        family="statement",
        expr=lambda c: sum_cents(c.opening),
    ),
    Metric(
        "asset_acquired",
        "Acquired",
        "The value at the closing of customers who were none at the opening and are not churned at"
        " the closing.",
        "Σ value at the closing of new customers",
        "money",
        "sum",
        owner=FINANCE,
        family="statement",
        expr=lambda c: on_line(c, "acquired"),
    ),
    Metric(
        "asset_reactivated",
        "Reactivated",
        "The value at the closing of customers who were churned at the opening and are not at the"
        " closing.",
        "Σ value at the closing of customers come back",
        "money",
        "sum",
        owner=FINANCE,
        family="statement",
        expr=lambda c: on_line(c, "reactivated"),
    ),
    Metric(
        "asset_expansion",
        "Expansion",
        "By how much the customers who were not churned at either month end are worth more at the"
        " closing, those who are worth less left out.",
        "Σ closing − opening − revaluation, where above 0",
        "money",
        "sum",
        owner=FINANCE,
        family="statement",
        expr=lambda c: on_line(c, "expansion"),
    ),
    Metric(
        "asset_contraction",
        "Contraction",
        "By how much the customers who were not churned at either month end are worth less at the"
        " closing, those who are worth more left out.",
        "Σ closing − opening − revaluation, where below 0",
        "money",
        "sum",
        owner=FINANCE,
        family="statement",
        expr=lambda c: on_line(c, "contraction"),
    ),
    Metric(
        "asset_silence",
        "Contraction by silence",
        "The part of the contraction that falls on customers without a contract who ordered nothing"
        " between the month ends: the decay before the inactivity threshold.",
        "Σ contraction of customers without an order in between",
        "money",
        "sum",
        owner=FINANCE,
        family="statement",
        expr=lambda c: sum_cents(of_silence(c)),
    ),
    Metric(
        "asset_depreciation",
        "Depreciation",
        "The value at the opening of customers who were not churned then and are at the closing.",
        "− Σ value at the opening of customers who churned",
        "money",
        "sum",
        owner=FINANCE,
        family="statement",
        expr=lambda c: on_line(c, "depreciation"),
    ),
    Metric(
        "asset_restated",
        "Restated",
        "The value of customers who are at one of the month ends only because customers were"
        " merged or deleted or data came late.",
        "Σ value of customers merged, deleted or come late",
        "money",
        "sum",
        owner=FINANCE,
        better="neither",
        family="statement",
        expr=lambda c: on_line(c, "restated"),
    ),
    Metric(
        "asset_revaluation",
        "Revaluation",
        "By how much changes of the scoring model between the month ends valued customers higher or"
        " lower at the change, of those not churned at the closing. A column of its own: no line"
        " holds any of it.",
        "Σ new − old value at changes of the model",
        "money",
        "sum",
        owner=FINANCE,
        family="statement",
        better="neither",
        expr=lambda c: sum_cents(c.revaluation),
    ),
    Metric(
        "asset_closing",
        "Closing asset",
        "The customer asset at the later of the two month ends. The opening, every line and the"
        " revaluation add up to it exactly.",
        "Opening + acquired + reactivated + expansion + contraction + depreciation + restated"
        " + revaluation",
        "money",
        "ratio",
        owner=FINANCE,
        parts=PARTS,
        compose=_closing,
    ),
)

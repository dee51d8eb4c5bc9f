"""What may be lost: churn risk, the loss that it makes expected, and churn in value."""

from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    and_,
    case,
    func,
    literal,
    or_,
    type_coerce,
)

from data.domain.columns import EXPECTED, EXPECTED_LOSS, SIGNALS
from data.domain.metric import Metric
from data.warehouse.dialects import Cents, sum_cents, sum_int, when
from queries.metrics.asset import held
from queries.metrics.owners import FINANCE
from queries.metrics.ratios import ratio

#: The risk from which a customer counts as one at risk.
HIGH_RISK = 0.5


def loss_in(c: Any, month: int) -> ColumnElement[Any]:
    """Return a customer's expected loss of one of the next twelve months.

    Blank for who is churned or has no value.
    """
    return c[EXPECTED[month - 1]]


def loss_within(c: Any, months: int = len(EXPECTED)) -> ColumnElement[Any]:
    """Return a customer's expected loss of the next so many months."""
    if months == len(EXPECTED):
        return c[EXPECTED_LOSS]
    return type_coerce(reduce(add, (loss_in(c, t) for t in range(1, months + 1))), Cents())


def is_at_risk(c: Any) -> ColumnElement[bool]:
    """Whether a customer is not churned and more likely than not to become so."""
    return and_(~c.is_churned, c.risk >= literal(HIGH_RISK, Double()))


METRICS = (
    Metric(
        "expected_loss",
        "Expected loss, 12 months",
        "Value of today that is expected to leave the customer asset within twelve months if"
        " nothing is done: the value of every customer times the probability of becoming churned"
        " in each month, given the days already silent or the end of the contract. A customer who"
        " becomes churned may order again later; that is not counted against it. It can never"
        " exceed the asset.",
        "Σ over customers and months 1–12 of value × P(first churned in the month)",
        "money",
        "sum",
        owner=FINANCE,
        family="today",
        better="down",
        reads=("value", "is_churned", EXPECTED_LOSS),
        expr=lambda c: sum_cents(held(c, loss_within(c))),
        has_period=False,
    ),
    Metric(
        "loss_share",
        "Expected loss, share of the asset",
        "The expected loss of the next twelve months over the customer asset.",
        "Expected loss, 12 months / customer asset",
        "rate",
        "ratio",
        owner=FINANCE,
        better="down",
        parts=("expected_loss", "customer_asset"),
        compose=ratio,
        has_period=False,
    ),
    Metric(
        "risk_mean",
        "Average churn risk",
        "The mean probability, calibrated on what has come true, of not ordering within the"
        " inactivity threshold of the scoring model; under contract, of not renewing at its end."
        " Over customers who are not churned.",
        "Mean of P(no order within the threshold), of P(no renewal) under contract",
        "rate",
        "model",
        family="today",
        better="down",
        reads=("risk", "is_churned"),
        expr=lambda c: func.avg(held(c, c.risk)),
        has_period=False,
    ),
    Metric(
        "customers_at_risk",
        "Customers at risk",
        "Customers who are not churned and whose churn risk is 50 % or more.",
        "Count of customers not churned with a risk ≥ 50 %",
        "count",
        "count",
        family="today",
        better="down",
        reads=("risk", "is_churned"),
        expr=lambda c: sum_int(when(is_at_risk(c))),
        has_period=False,
    ),
    Metric(
        "value_at_risk",
        "Value at risk",
        "The value of customers who are not churned and whose churn risk is 50 % or more.",
        "Σ value of customers not churned with a risk ≥ 50 %",
        "money",
        "sum",
        owner=FINANCE,
        family="today",
        better="down",
        reads=("value", "risk", "is_churned"),
        expr=lambda c: sum_cents(case((is_at_risk(c), c.value))),
        has_period=False,
    ),
    Metric(
        "customers_signalled",
        "Customers with a signal",
        "Customers who are not churned and show at least one sign of leaving: the last gap between"
        " two orders more than 1.5 times the own usual one; more complaints in the last 90 days"
        " than in the 90 before, at least two; first replies slower, or satisfaction lower, in the"
        " last 180 days than before; no follow-up for longer than the limit of the tier (14, 21,"
        " 30 and 60 days); at most half the engagements of the 90 days before.",
        "Count of customers not churned with a signal",
        "count",
        "count",
        family="today",
        better="down",
        reads=("is_churned", *SIGNALS),
        expr=lambda c: sum_int(when(and_(~c.is_churned, or_(*(c[n] for n in SIGNALS))))),
        has_period=False,
    ),
    Metric(
        "value_at_start",
        "Value at the start",
        "The value, at the month end before the period, of customers who were not churned on the"
        " last day before the period.",
        "Σ value at the last month end before the period",
        "money",
        "sum",
        owner=FINANCE,
        family="value_churn",
        expr=lambda c: sum_cents(c.value_start),
    ),
    Metric(
        "value_lost",
        "Value lost by churn",
        "The value, at the month end before the period, of customers not churned at the period's"
        " start and churned at its end.",
        "Σ value at the start of customers who churned",
        "money",
        "sum",
        owner=FINANCE,
        better="down",
        family="value_churn",
        expr=lambda c: sum_cents(c.value_lost),
    ),
    Metric(
        "value_churn",
        "Value churn",
        "The churn rate in value: the value of those who churned in the period over the value of"
        " all who were not churned at its start, both as of the month end before the period.",
        "Value lost by churn / value at the start",
        "rate",
        "ratio",
        owner=FINANCE,
        better="down",
        parts=("value_lost", "value_at_start"),
        compose=ratio,
    ),
)

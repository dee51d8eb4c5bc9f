"""The four assets of a customer, and how complete the master data are."""

from typing import Any

from sqlalchemy import Double, cast, func

from data.domain.metric import Metric


def _points(column: Any) -> Any:
    """Return the mean of hundredths of points over those of whom something is known."""
    return func.avg(cast(column, Double)) / 100.0


METRICS = (
    Metric(
        "asset_information",
        "Information asset",
        "How well the customer is known, 0–100: completeness of the master data (60) and how fresh"
        " the last order, engagement, ticket or answer is (40), each as a percentile rank among"
        " the valued customers of the company.",
        "60 completeness + 40 freshness, as percentile ranks",
        "score",
        "model",
        family="today",
        reads=("asset_information",),
        expr=lambda c: _points(c.asset_information),
        has_period=False,
    ),
    Metric(
        "asset_relationship",
        "Relationship asset",
        "How good the relation is, 0–100: NPS, satisfaction, orders of 12 months and few"
        " complaints, a quarter each, as percentile ranks. What was never asked is left out and"
        " lowers the coverage.",
        "Mean of the ranks of NPS, satisfaction, orders and complaints reversed",
        "score",
        "model",
        family="today",
        reads=("asset_relationship",),
        expr=lambda c: _points(c.asset_relationship),
        has_period=False,
    ),
    Metric(
        "asset_value",
        "Value asset",
        "What the customer is worth, 0–100: official value and net revenue of 12 months, half"
        " each, as percentile ranks.",
        "Mean of the ranks of value and net revenue of 12 months",
        "score",
        "model",
        family="today",
        reads=("asset_value",),
        expr=lambda c: _points(c.asset_value),
        has_period=False,
    ),
    Metric(
        "asset_strategic",
        "Strategic asset",
        "What the customer gives besides orders, 0–100: customers brought (40), suggestions,"
        " co-creation and community (20 each), as percentile ranks.",
        "40 referrals + 20 suggestions + 20 co-creation + 20 community, as percentile ranks",
        "score",
        "model",
        family="today",
        reads=("asset_strategic",),
        expr=lambda c: _points(c.asset_strategic),
        has_period=False,
    ),
    Metric(
        "completeness_mean",
        "Completeness of master data",
        "The mean share of the weight of the master data that is filled in: phone 20; name, email"
        " and decision level or birthday 15 each; industry or gender and birth year 10, kind 10;"
        " region, city and source 5 each.",
        "Mean of filled weight / weight of the kind's fields",
        "rate",
        "model",
        family="today",
        reads=("completeness",),
        expr=lambda c: func.avg(cast(c.completeness, Double)) / 10000.0,
        has_period=False,
    ),
    Metric(
        "incomplete_customers",
        "Customers with a field missing",
        "Customers of whom at least one field of the master data is blank. Each stands under the"
        " weightiest field that is missing: the next one to fill in.",
        "Count of customers with a blank field",
        "count",
        "count",
        better="down",
        family="today",
        reads=("next_field",),
        expr=lambda c: func.count(c.next_field),
        has_period=False,
    ),
)

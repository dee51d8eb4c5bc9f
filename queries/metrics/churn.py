"""Churn, retention and renewal."""

from sqlalchemy import func

from data.domain.metric import Metric
from data.warehouse.dialects import sum_int, when
from queries.metrics.ratios import complement, ratio

METRICS = (
    Metric(
        "alive_at_start",
        "Not churned at the start",
        "Customers who were not churned on the last day before the period.",
        "Count at the start",
        "count",
        "count",
        family="churn",
        expr=lambda c: sum_int(c.alive_start),
    ),
    Metric(
        "churned_customers",
        "Churned customers",
        "Customers not churned at the period's start and churned at its end. Churned means more"
        " days without an order than the inactivity threshold or, under contract, past its end by"
        " the grace days without a renewal.",
        "Not churned at start and churned at end",
        "count",
        "count",
        better="down",
        family="churn",
        expr=lambda c: sum_int(c.lost),
    ),
    Metric(
        "churn_rate",
        "Churn rate",
        "Customers who churned in the period over those not churned at its start.",
        "Churned customers / not churned at the start",
        "rate",
        "ratio",
        better="down",
        parts=("churned_customers", "alive_at_start"),
        compose=ratio,
    ),
    Metric(
        "retention_rate",
        "Retention rate",
        "The share of customers not churned at the period's start who are not churned at its end.",
        "1 − churn rate",
        "rate",
        "ratio",
        parts=("churned_customers", "alive_at_start"),
        compose=complement,
    ),
    Metric(
        "alive_at_end",
        "Not churned at the end",
        "Customers who are not churned on the period's last day.",
        "Count at the end",
        "count",
        "count",
        family="churn",
        expr=lambda c: sum_int(c.alive_end),
    ),
    Metric(
        "ever_at_end",
        "Customers ever",
        "Customers with an order or contract up to the period's last day.",
        "Count of all who ever ordered",
        "count",
        "count",
        family="churn",
        expr=lambda c: sum_int(c.ever_end),
    ),
    Metric(
        "point_churn",
        "Point churn",
        "The share of all customers who ever ordered that is past the inactivity threshold (or its"
        " contract) on the period's last day.",
        "1 − not churned at the end / customers ever",
        "rate",
        "ratio",
        better="down",
        parts=("alive_at_end", "ever_at_end"),
        compose=complement,
    ),
    Metric(
        "won_back",
        "Won back",
        "Orders by which a churned customer came back: the days since the order before it are more"
        " than the inactivity threshold. A customer who came back twice counts twice; customers"
        " under contract do not count.",
        "Count of orders more than the threshold after the one before",
        "count",
        "count",
        family="returns",
        expr=lambda c: sum_int(c.won_back),
    ),
    Metric(
        "contracts_ended",
        "Contracts ended",
        "Contract terms whose last day lies in the period.",
        "Count of terms by end day",
        "count",
        "count",
        better="neither",
        grain="contract",
        family="contracts",
        expr=lambda _rows: func.count(),
    ),
    Metric(
        "contracts_renewed",
        "Contracts renewed",
        "Terms that ended in the period and were followed, within the grace days, by one that ends"
        " later.",
        "Count of renewed terms",
        "count",
        "count",
        grain="contract",
        family="contracts",
        expr=lambda c: sum_int(when(c.is_renewed)),
    ),
    Metric(
        "renewal_rate",
        "Renewal rate",
        "Contract terms renewed over terms that ended in the period.",
        "Contracts renewed / contracts ended",
        "rate",
        "ratio",
        parts=("contracts_renewed", "contracts_ended"),
        compose=ratio,
        grain="contract",
    ),
)

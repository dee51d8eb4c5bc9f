"""Revenue, orders and collections: what customers bought and paid."""

from sqlalchemy import func, type_coerce

from data.domain.metric import Metric
from data.warehouse.dialects import Cents
from queries.metrics.owners import FINANCE, SERVICE
from queries.metrics.ratios import money_ratio, ratio
from queries.metrics.sums import fact

METRICS = (
    Metric(
        "revenue",
        "Revenue",
        "Net revenue: the sum of all orders less returns, by order day. Orders without a customer"
        " are left out and their amount is shown on the data page.",
        "Σ order amount, returns negative",
        "money",
        "sum",
        owner=FINANCE,
        **fact("net", money=True),
    ),
    Metric(
        "gross_revenue",
        "Gross revenue",
        "The sum of all orders with a positive amount, before returns.",
        "Σ order amount > 0",
        "money",
        "sum",
        owner=FINANCE,
        **fact("gross", money=True),
    ),
    Metric(
        "margin",
        "Margin",
        "Net revenue less the cost of the goods. Where no cost is recorded, the margin rate of the"
        " settings is used; without one, margin equals revenue and the label says so.",
        "Revenue − cost",
        "money",
        "sum",
        owner=FINANCE,
        **fact("margin", money=True),
    ),
    Metric(
        "margin_rate",
        "Margin rate",
        "Margin as a share of net revenue.",
        "Margin / revenue",
        "rate",
        "ratio",
        owner=FINANCE,
        parts=("margin", "revenue"),
        compose=ratio,
    ),
    Metric(
        "service_cost",
        "Service cost",
        "What it cost to serve the customers: the recorded service cost, or else minutes of"
        " follow-up and tickets at the unit costs of the settings.",
        "Σ service cost",
        "money",
        "sum",
        better="down",
        owner=SERVICE,
        **fact("service_cost", money=True),
    ),
    Metric(
        "contribution",
        "Contribution",
        "Margin less service cost.",
        "Margin − service cost",
        "money",
        "model",
        owner=FINANCE,
        parts=("margin", "service_cost"),
        compose=lambda margin, cost: type_coerce(margin - func.coalesce(cost, 0), Cents()),
    ),
    Metric(
        "orders",
        "Orders",
        "Orders with a positive amount; a return is no order.",
        "Count of orders with amount > 0",
        "count",
        "count",
        grain="order",
        **fact("orders"),
    ),
    Metric(
        "aov",
        "Average order value",
        "Gross revenue per order (客单价 per order). Not to be mixed up with revenue per customer.",
        "Gross revenue / orders",
        "money",
        "ratio",
        parts=("gross_revenue", "orders"),
        compose=money_ratio,
    ),
    Metric(
        "arpu",
        "Revenue per active customer",
        "Net revenue per customer with at least one order in the period (ARPU).",
        "Revenue / active customers",
        "money",
        "ratio",
        parts=("revenue", "active_customers"),
        compose=money_ratio,
    ),
    Metric(
        "collections",
        "Collected",
        "Payments received in the period (回款), by payment day.",
        "Σ payments",
        "money",
        "sum",
        owner=FINANCE,
        **fact("collected", money=True),
    ),
    Metric(
        "due",
        "Invoices due",
        "Invoices whose due day lies in the period.",
        "Σ invoices by due day",
        "money",
        "sum",
        better="neither",
        owner=FINANCE,
        **fact("due", money=True),
    ),
    Metric(
        "collection_rate",
        "Collection rate",
        "Payments received in the period over invoices due in it. It can pass 100 % when old"
        " invoices are paid.",
        "Collected / invoices due",
        "rate",
        "ratio",
        owner=FINANCE,
        parts=("collections", "due"),
        compose=ratio,
    ),
)

"""What customers are expected to bring: the official value, how sure it is, and what is beside it.

Whoever is churned stands in the list with a value, and is left out of every sum.
"""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Double, case, cast, func, literal, type_coerce

from data.domain.columns import SHIFTS
from data.domain.metric import Metric
from data.warehouse.dialects import TEN_THOUSANDTHS, Cents, sum_cents, when
from queries.metrics.owners import FINANCE
from queries.metrics.ratios import money_ratio

#: Standard errors to each side of an estimate that hold it 95 times of 100.
SIGMAS_95 = 1.96


def held(c: Any, column: Any) -> ColumnElement[Any]:
    """Return a column for customers who are not churned, blank for the others."""
    return case((~c.is_churned, column))


def asset_error(c: Any) -> ColumnElement[Any]:
    """Return the standard error of the asset over the rows: delta method on the fitted models.

    The shifts of all customers by one error have one cause, so they add up before they are
    squared; different errors are independent.
    """
    # One test of each customer and not one per error; blank stays blank.
    is_held = when(~c.is_churned)
    sums = [cast(func.coalesce(sum_cents(c[name] * is_held), 0), Double) for name in SHIFTS]
    squares: Any = sum((each * each for each in sums[1:]), sums[0] * sums[0])
    error = cast(func.round(func.sqrt(squares)), BigInteger)
    return type_coerce(case((func.count(held(c, c.value)) > 0, error)), Cents())


def own_error(c: Any) -> ColumnElement[Any]:
    """Return the standard error of one customer's value, blank where there is no value."""
    each = [cast(func.coalesce(c[name], 0), Double) for name in SHIFTS]
    squares: Any = sum((one * one for one in each[1:]), each[0] * each[0])
    error = cast(func.round(func.sqrt(squares)), BigInteger)
    return type_coerce(case((c.value.is_not(None), error)), Cents())


def _expected_orders(c: Any) -> ColumnElement[float]:
    """Return the sum of expected orders, in whole ten-thousandths: the same on every engine."""
    scaled = func.round(held(c, c.orders_ahead) * literal(float(TEN_THOUSANDTHS), Double()))
    return cast(func.sum(cast(scaled, BigInteger)), Double) / literal(TEN_THOUSANDTHS * 1.0)


def _to_date_and_ahead(past: Any, ahead: Any) -> Any:
    return type_coerce(cast(past, BigInteger) + cast(ahead, BigInteger), Cents())


METRICS = (
    Metric(
        "customer_asset",
        "Customer asset",
        "The sum of the official value over customers who are not churned. The value of a customer"
        " is what the fitted models expect of the next 36 months: margin of the expected orders"
        " and of the contract, less service cost, each month discounted by 10 % a year. Months and"
        " discount are those of the scoring model.",
        "Σ value of customers not churned; value = Σ (margin − service cost of month t)"
        " / (1 + d)^t",
        "money",
        "sum",
        owner=FINANCE,
        family="today",
        reads=("value", "is_churned"),
        expr=lambda c: sum_cents(held(c, c.value)),
        has_period=False,
        at_ends=True,
    ),
    Metric(
        "asset_error",
        "Standard error of the customer asset",
        "How far the customer asset moves when the parameters of the fitted models move by their"
        " own standard errors (delta method). The 95 % interval reaches 1.96 of it to each side."
        " It says how sure the expectation is, not how lucky a single customer will be, nor how"
        " far the model itself is off: that is the error of the hold-out beside it. The errors of"
        " groups do not add up to that of all.",
        "√ Σ over directions of (Σ over customers of the shift of the value)²",
        "money",
        "model",
        owner=FINANCE,
        family="today",
        better="down",
        reads=("value", "is_churned", *SHIFTS),
        expr=asset_error,
        has_period=False,
    ),
    Metric(
        "asset_customers",
        "Customers in the asset",
        "Customers who are not churned and have an official value.",
        "Count of customers not churned with a value",
        "count",
        "count",
        family="today",
        reads=("value", "is_churned"),
        expr=lambda c: func.count(held(c, c.value)),
        has_period=False,
    ),
    Metric(
        "value_mean",
        "Value per customer",
        "The customer asset divided by the customers in it.",
        "Customer asset / customers in the asset",
        "money",
        "ratio",
        owner=FINANCE,
        parts=("customer_asset", "asset_customers"),
        compose=money_ratio,
        has_period=False,
    ),
    Metric(
        "lifetime_value",
        "Lifetime value, to date and ahead",
        "The historical value of all customers plus the customer asset: a discounted future added"
        " to an undiscounted past. A size to compare customers by, and no amount for the books.",
        "Historical value, ever + customer asset",
        "money",
        "ratio",
        owner=FINANCE,
        parts=("historical_value", "customer_asset"),
        compose=_to_date_and_ahead,
        has_period=False,
    ),
    Metric(
        "referral_value",
        "Referral value",
        "A share (30 % unless the scoring model says otherwise) of the value of the customers whom"
        " the customer brought in, to one generation. It is shown apart and never added to the"
        " asset, which holds the customers brought in already.",
        "Σ attribution share × value of customers brought in",
        "money",
        "sum",
        family="today",
        reads=("referral_value",),
        expr=lambda c: sum_cents(c.referral_value),
        has_period=False,
    ),
    Metric(
        "expected_orders",
        "Expected orders, 36 months",
        "Orders that the fitted model expects within the months of the value (36 unless the"
        " scoring model says otherwise) of customers who are not churned and buy order by order.",
        "Σ expected orders of customers not churned",
        "number",
        "sum",
        family="today",
        reads=("orders_ahead", "is_churned"),
        expr=_expected_orders,
        has_period=False,
    ),
)

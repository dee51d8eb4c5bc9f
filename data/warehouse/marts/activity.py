"""What customers did, by day and by month, one by one and in cubes."""

from sqlalchemy import Column, Date, Integer, SmallInteger

from data.warehouse.dialects import Cents, Coded
from data.warehouse.marts.columns import (
    CUBE_DIMENSIONS,
    FIXED_DIMENSIONS,
    GAP_DIMENSIONS,
    MONTH_STATES,
    ORDER_FACTS,
    TOUCH_FACTS,
    coded,
    columns,
    fact_columns,
    wide,
)
from data.warehouse.marts.mart import mart

customer_day = mart(
    "customer_day",
    "customer and day with an order or a return",
    columns(Integer, "customer_no"),
    columns(Date, "day", "previous_on", "next_on", "cohort", "contract_on"),
    coded(*CUBE_DIMENSIONS),
    wide(),
    fact_columns(*ORDER_FACTS),
    sort=("day", "customer_no"),
)
touch_day = mart(
    "touch_day",
    "customer and day with a payment, follow-up, ticket, survey or engagement",
    columns(Integer, "customer_no"),
    columns(Date, "day", "cohort"),
    coded(*CUBE_DIMENSIONS),
    wide(),
    fact_columns(*TOUCH_FACTS),
    sort=("day", "customer_no"),
)
customer_month = mart(
    "customer_month",
    "customer and month with any fact, and the month after activity stopped",
    columns(Integer, "customer_no"),
    columns(Date, "month", "cohort"),
    columns(SmallInteger, "age"),
    coded(*CUBE_DIMENSIONS),
    wide(),
    columns(SmallInteger, *MONTH_STATES),
    fact_columns(*ORDER_FACTS, *TOUCH_FACTS),
    sort=("month", "team", "region", "industry", "customer_no"),
)
cube_month = mart(
    "cube_month",
    "month and combination of the cube's dimensions",
    columns(Date, "month"),
    coded(*CUBE_DIMENSIONS),
    columns(Integer, *MONTH_STATES),
    fact_columns(*ORDER_FACTS, *TOUCH_FACTS),
    sort=("month", *CUBE_DIMENSIONS),
)
cohort_age = mart(
    "cohort_age",
    "cohort, age in months and combination of the fixed dimensions",
    columns(Date, "cohort"),
    columns(SmallInteger, "age"),
    coded(*FIXED_DIMENSIONS),
    columns(Integer, "active", "orders"),
    columns(Cents, "net", "margin"),
    sort=("cohort", "age", *FIXED_DIMENSIONS),
)
gap_count = mart(
    "gap_count",
    "team, tier and number of days between two orders of a customer",
    coded(*GAP_DIMENSIONS),
    columns(Integer, "days", "gaps"),
    sort=(*GAP_DIMENSIONS, "days"),
)
benchmark_month = mart(
    "benchmark_month",
    "month and industry with at least 5 customers of at least 3 reps, company-wide",
    columns(Date, "month"),
    [Column("industry", Coded("industry"))],
    columns(Integer, "customers", "reps", "active", "orders"),
    columns(Cents, "net", "margin"),
    sort=("month", "industry"),
)

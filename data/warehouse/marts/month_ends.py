"""Month ends: tier, score and value of each customer, their cubes, what moved or was expected."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, SmallInteger, Text

from data.domain.columns import LOSSES, SCORE_DIMENSIONS
from data.warehouse.dialects import Cents, Coded
from data.warehouse.marts.columns import CUBE_DIMENSIONS, FIXED_DIMENSIONS, coded, columns
from data.warehouse.marts.mart import mart

customer_snapshot = mart(
    "customer_snapshot",
    "customer and month end",
    columns(Date, "month"),
    columns(Integer, "customer_no"),
    [Column("tier", Coded("tier")), Column("tier_raw", Coded("tier"))],
    [Column("lifecycle", Coded("lifecycle"))],
    columns(SmallInteger, "score", *SCORE_DIMENSIONS, "coverage", "model"),
    columns(Boolean, "is_churned", "is_lost"),
    columns(Cents, "margin_12m", "value", "revaluation"),
    sort=("month", "customer_no"),
)
cube_snapshot = mart(
    "cube_snapshot",
    "month end and combination of the cube's dimensions, tier and lifecycle of that month end",
    columns(Date, "month"),
    coded(*CUBE_DIMENSIONS),
    columns(Integer, "customers", "churned", "lost"),
    columns(BigInteger, "score_points"),
    columns(Cents, "margin_12m", "value"),
    sort=("month", *CUBE_DIMENSIONS),
)
cube_movement = mart(
    "cube_movement",
    "month end, combination of the fixed dimensions and line of the asset statement of the month",
    columns(Date, "month"),
    coded(*FIXED_DIMENSIONS),
    columns(Text, "line"),
    columns(Integer, "customers"),
    columns(Cents, "opening", "closing", "revaluation", "moved", "silence"),
    sort=("month", *FIXED_DIMENSIONS, "line"),
)
customer_schedule = mart(
    "customer_schedule",
    "customer valued at the month end twelve months before the last one: what was expected then"
    " to be lost in each month, and the month in which it was",
    columns(Date, "month"),
    columns(Integer, "customer_no"),
    [Column("tier", Coded("tier"))],
    columns(Boolean, "is_bound"),
    columns(Cents, "value"),
    columns(SmallInteger, *LOSSES, "lost_in"),
    sort=("customer_no",),
)

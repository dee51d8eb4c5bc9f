"""Deals, and what representatives sold, collected and were to reach."""

from sqlalchemy import Column, Date, Integer, SmallInteger, Text

from data.warehouse.dialects import Cents, Coded
from data.warehouse.marts.columns import CUBE_DIMENSIONS, MAX_STAGES, coded, columns, wide
from data.warehouse.marts.mart import mart

opportunity_current = mart(
    "opportunity_current",
    "opportunity",
    columns(Integer, "opportunity_no", "customer_no"),
    columns(Text, "opportunity_id", "customer_id", "name"),
    coded(*CUBE_DIMENSIONS),
    wide(),
    [Column("seller", Coded("rep")), Column("seller_team", Coded("team"))],
    columns(Date, "cohort", "created_on", "closed_on", "expected_close_on", "first_contact_on"),
    [Column("stage", Coded("stage")), Column("status", Coded("status"))],
    [Column("lost_reason", Coded("reason"))],
    columns(SmallInteger, "reached"),
    columns(Integer, "cycle_days"),
    columns(Cents, "amount", "quote_waiting"),
    columns(Date, *(f"stage_{i}_on" for i in range(1, MAX_STAGES + 1))),
    sort=("created_on", "opportunity_no"),
)
team_month = mart(
    "team_month",
    "month and representative, by the fact's own representative",
    columns(Date, "month"),
    coded("team"),
    [Column("rep", Coded("rep"))],
    columns(Cents, "sales", "gross", "collected", "due", "won_amount"),
    columns(Integer, "orders", "follow_ups", "minutes", "won", "lost", "created"),
    columns(Cents, "target_sales", "target_collections", "target_new_customers"),
    sort=("month", "team", "rep"),
)

"""Customers as they are today: the customer, contract terms, open invoices, campaigns."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Double, Integer, SmallInteger, Text

from data.domain.columns import (
    ALIVE_DAYS,
    ALIVE_MONTHS,
    ASSETS,
    CAMPAIGN_DAYS,
    EXPECTED,
    EXPECTED_LOSS,
    LOSSES,
    SCORE_DIMENSIONS,
    SHIFTS,
    SIGNALS,
)
from data.domain.masks import ACTIVITY
from data.warehouse.dialects import Cents, Coded
from data.warehouse.marts.columns import CUBE_DIMENSIONS, coded, columns, wide
from data.warehouse.marts.mart import mart

customer_current = mart(
    "customer_current",
    "customer or prospect, as of the live as-of day",
    columns(Integer, "customer_no"),
    columns(Text, "customer_id", "name"),
    coded(*CUBE_DIMENSIONS),
    wide(),
    [Column("tier_raw", Coded("tier"))],
    columns(Date, "cohort", "joined_on", "birthday"),
    columns(Integer, "birth_year"),
    columns(Text, "gender", "decision_level", "phone", "email", "referrer_id"),
    columns(Cents, "acquisition_cost"),
    columns(Boolean, "is_customer", "is_churned"),
    columns(Date, "first_on", "last_on", "covered_until", "contract_on"),
    columns(Date, "last_contact_on", "engaged_on"),
    columns(Integer, "orders", "order_days", "orders_12m", "silent_days", "last_gap_days"),
    columns(Double, "median_gap_days"),
    columns(Cents, "gross", "net", "margin", "gross_12m", "net_6m", "net_12m"),
    columns(Cents, "margin_6m", "margin_12m", "net_24m"),
    columns(SmallInteger, "recency", "frequency", "monetary"),
    columns(SmallInteger, "score", *SCORE_DIMENSIONS, "coverage", "value_rank"),
    columns(Double, "orders_per_year"),
    columns(Cents, "simple_value", "value", "referral_value"),
    columns(Integer, "repeats", "buying_days", "age_days"),
    columns(Cents, "mean_spend", "order_spend", "service_month", "contract_month"),
    columns(Double, "margin_rate", "p_alive", "orders_ahead", "discounted_orders"),
    columns(Double, "alive_months", "contract_months", "risk"),
    columns(Cents, *SHIFTS),
    columns(SmallInteger, *LOSSES),
    columns(Cents, *EXPECTED, EXPECTED_LOSS),
    columns(Boolean, *SIGNALS),
    columns(Integer, "complaints_90", "complaints_before", "engaged_90", "engaged_before"),
    columns(Double, "csat_180", "csat_before", "reply_hours_180", "reply_hours_before"),
    columns(SmallInteger, *(f"{part}_{n}" for part in ("asset", "coverage") for n in ASSETS)),
    columns(SmallInteger, "completeness"),
    columns(Text, "next_field"),
    columns(BigInteger, *ACTIVITY),
    columns(BigInteger, *ALIVE_MONTHS, *ALIVE_DAYS),
    sort=("customer_no",),
)
contract_term = mart(
    "contract_term",
    "contract term of a customer, with the start of the next term and the day on which the customer"
    " counts as churned by the terms begun so far",
    columns(Integer, "customer_no"),
    columns(Date, "starts_on", "ends_on", "next_starts_on", "churned_on", "cohort"),
    columns(Boolean, "is_renewed"),
    coded(*CUBE_DIMENSIONS),
    wide(),
    columns(Cents, "amount"),
    sort=("ends_on", "customer_no", "starts_on"),
)
open_invoice = mart(
    "open_invoice",
    "invoice that was not paid in full by the live as-of day",
    columns(Integer, "customer_no"),
    columns(Text, "invoice_id"),
    columns(Date, "issued_on", "due_on", "cohort"),
    coded(*CUBE_DIMENSIONS),
    wide(),
    columns(Cents, "amount", "open_amount"),
    sort=("due_on", "customer_no"),
)
campaign_customer = mart(
    "campaign_customer",
    "campaign and customer it aimed at or held back, with what the customer did before and after",
    columns(Text, "campaign_id", "campaign", "purpose"),
    columns(Integer, "customer_no"),
    columns(Boolean, "is_treated", "has_responded", "is_won"),
    columns(Date, "starts_on", "ends_on"),
    [Column("tier", Coded("tier"))],
    columns(Cents, "cost", "net_before", "margin_before"),
    columns(Integer, "orders_run", *(f"orders_{d}" for d in CAMPAIGN_DAYS)),
    columns(Cents, *(f"{n}_{d}" for n in ("net", "margin") for d in CAMPAIGN_DAYS)),
    columns(Integer, "again_days"),
    sort=("campaign_id", "customer_no"),
)

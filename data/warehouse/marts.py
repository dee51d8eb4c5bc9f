"""The marts: what `refresh` derives from the contract tables, shaped for the pages' questions.

Money is in ten-thousandths (`Cents`), scores and dimensions in hundredths of a point, dimensions
are coded text with a one-hot integer beside them. `info["sort"]` is the physical order.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

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

MARTS = MetaData()

#: Dimensions of the month cube: an ENUM for output and a one-hot integer for filters.
CUBE_DIMENSIONS = ("team", "region", "industry", "kind", "source", "tier", "lifecycle")
#: Dimensions with too many values for the cube; filtered by IN on the code.
WIDE_DIMENSIONS = ("rep", "city")
#: Those that do not move with time, in which cohorts are cut.
FIXED_DIMENSIONS = CUBE_DIMENSIONS[:5]
#: Those by which the gaps between orders are counted: rights and the proposal per tier.
GAP_DIMENSIONS = ("team", "tier")
MAX_STAGES = 10


def bits(name: str) -> str:
    """Return the name of the one-hot column beside a coded column."""
    return f"{name}_bit"


def coded(*names: str) -> list[Column[Any]]:
    """Return the coded columns of the dimensions with their one-hot columns."""
    return [c for n in names for c in (Column(n, Coded(n)), Column(bits(n), Integer))]


def _wide() -> list[Column[Any]]:
    return [Column(n, Coded(n)) for n in WIDE_DIMENSIONS]


def _columns(type_: Any, *names: str) -> list[Column[Any]]:
    return [Column(name, type_) for name in names]


#: Facts of an order day: counts and money that add up over customers and days.
ORDER_FACTS = ("orders", "gross", "net", "margin", "cost", "discount")
#: Facts of all other days with contact, money or engagement.
TOUCH_FACTS = (
    "collected",
    "due",
    "invoiced",
    "follow_ups",
    "minutes",
    "complaints",
    "tickets",
    "engagements",
    "visits",
    "shares",
    "redemptions",
    "promoters",
    "detractors",
    "nps_answers",
    "csat_points",
    "csat_answers",
    "service_cost",
)
MONEY_FACTS = frozenset(
    {"gross", "net", "margin", "cost", "discount", "collected", "due", "invoiced", "service_cost"}
)
#: Which growth state a customer has in a month: each 0 or 1, so that they add up.
MONTH_STATES = ("is_active", "is_new", "is_retained", "is_resumed", "is_lapsed")


def fact_columns(*names: str) -> list[Column[Any]]:
    """Return the columns of facts with their types."""
    return [Column(n, Cents if n in MONEY_FACTS else Integer) for n in names]


def _mart(name: str, one_row_per: str, *groups: list[Column[Any]], sort: tuple[str, ...]) -> Table:
    columns = [c for group in groups for c in group]
    comment = f"one row per {one_row_per}"
    return Table(name, MARTS, *columns, comment=comment, info={"sort": sort})


customer_current = _mart(
    "customer_current",
    "customer or prospect, as of the live as-of day",
    _columns(Integer, "customer_no"),
    _columns(Text, "customer_id", "name"),
    coded(*CUBE_DIMENSIONS),
    _wide(),
    [Column("tier_raw", Coded("tier"))],
    _columns(Date, "cohort", "joined_on", "birthday"),
    _columns(Integer, "birth_year"),
    _columns(Text, "gender", "decision_level", "phone", "email", "referrer_id"),
    _columns(Cents, "acquisition_cost"),
    _columns(Boolean, "is_customer", "is_churned"),
    _columns(Date, "first_on", "last_on", "covered_until", "contract_on"),
    _columns(Date, "last_contact_on", "engaged_on"),
    _columns(Integer, "orders", "order_days", "orders_12m", "silent_days", "last_gap_days"),
    _columns(Double, "median_gap_days"),
    _columns(Cents, "gross", "net", "margin", "gross_12m", "net_6m", "net_12m"),
    _columns(Cents, "margin_6m", "margin_12m", "net_24m"),
    _columns(SmallInteger, "recency", "frequency", "monetary"),
    _columns(SmallInteger, "score", *SCORE_DIMENSIONS, "coverage", "value_rank"),
    _columns(Double, "orders_per_year"),
    _columns(Cents, "simple_value", "value", "referral_value"),
    _columns(Integer, "repeats", "buying_days", "age_days"),
    _columns(Cents, "mean_spend", "order_spend", "service_month", "contract_month"),
    _columns(Double, "margin_rate", "p_alive", "orders_ahead", "discounted_orders"),
    _columns(Double, "alive_months", "contract_months", "risk"),
    _columns(Cents, *SHIFTS),
    _columns(SmallInteger, *LOSSES),
    _columns(Cents, *EXPECTED, EXPECTED_LOSS),
    _columns(Boolean, *SIGNALS),
    _columns(Integer, "complaints_90", "complaints_before", "engaged_90", "engaged_before"),
    _columns(Double, "csat_180", "csat_before", "reply_hours_180", "reply_hours_before"),
    _columns(SmallInteger, *(f"{part}_{n}" for part in ("asset", "coverage") for n in ASSETS)),
    _columns(SmallInteger, "completeness"),
    _columns(Text, "next_field"),
    _columns(BigInteger, *ACTIVITY),
    _columns(BigInteger, *ALIVE_MONTHS, *ALIVE_DAYS),
    sort=("customer_no",),
)
customer_day = _mart(
    "customer_day",
    "customer and day with an order or a return",
    _columns(Integer, "customer_no"),
    _columns(Date, "day", "previous_on", "next_on", "cohort", "contract_on"),
    coded(*CUBE_DIMENSIONS),
    _wide(),
    fact_columns(*ORDER_FACTS),
    sort=("day", "customer_no"),
)
touch_day = _mart(
    "touch_day",
    "customer and day with a payment, follow-up, ticket, survey or engagement",
    _columns(Integer, "customer_no"),
    _columns(Date, "day", "cohort"),
    coded(*CUBE_DIMENSIONS),
    _wide(),
    fact_columns(*TOUCH_FACTS),
    sort=("day", "customer_no"),
)
contract_term = _mart(
    "contract_term",
    "contract term of a customer, with the start of the next term and the day on which the customer"
    " counts as churned by the terms begun so far",
    _columns(Integer, "customer_no"),
    _columns(Date, "starts_on", "ends_on", "next_starts_on", "churned_on", "cohort"),
    _columns(Boolean, "is_renewed"),
    coded(*CUBE_DIMENSIONS),
    _wide(),
    _columns(Cents, "amount"),
    sort=("ends_on", "customer_no", "starts_on"),
)
open_invoice = _mart(
    "open_invoice",
    "invoice that was not paid in full by the live as-of day",
    _columns(Integer, "customer_no"),
    _columns(Text, "invoice_id"),
    _columns(Date, "issued_on", "due_on", "cohort"),
    coded(*CUBE_DIMENSIONS),
    _wide(),
    _columns(Cents, "amount", "open_amount"),
    sort=("due_on", "customer_no"),
)
customer_month = _mart(
    "customer_month",
    "customer and month with any fact, and the month after activity stopped",
    _columns(Integer, "customer_no"),
    _columns(Date, "month", "cohort"),
    _columns(SmallInteger, "age"),
    coded(*CUBE_DIMENSIONS),
    _wide(),
    _columns(SmallInteger, *MONTH_STATES),
    fact_columns(*ORDER_FACTS, *TOUCH_FACTS),
    sort=("month", "team", "region", "industry", "customer_no"),
)
cube_month = _mart(
    "cube_month",
    "month and combination of the cube's dimensions",
    _columns(Date, "month"),
    coded(*CUBE_DIMENSIONS),
    _columns(Integer, *MONTH_STATES),
    fact_columns(*ORDER_FACTS, *TOUCH_FACTS),
    sort=("month", *CUBE_DIMENSIONS),
)
cohort_age = _mart(
    "cohort_age",
    "cohort, age in months and combination of the fixed dimensions",
    _columns(Date, "cohort"),
    _columns(SmallInteger, "age"),
    coded(*FIXED_DIMENSIONS),
    _columns(Integer, "active", "orders"),
    _columns(Cents, "net", "margin"),
    sort=("cohort", "age", *FIXED_DIMENSIONS),
)
customer_snapshot = _mart(
    "customer_snapshot",
    "customer and month end",
    _columns(Date, "month"),
    _columns(Integer, "customer_no"),
    [Column("tier", Coded("tier")), Column("tier_raw", Coded("tier"))],
    [Column("lifecycle", Coded("lifecycle"))],
    _columns(SmallInteger, "score", *SCORE_DIMENSIONS, "coverage", "model"),
    _columns(Boolean, "is_churned", "is_lost"),
    _columns(Cents, "margin_12m", "value", "revaluation"),
    sort=("month", "customer_no"),
)
cube_snapshot = _mart(
    "cube_snapshot",
    "month end and combination of the cube's dimensions, tier and lifecycle of that month end",
    _columns(Date, "month"),
    coded(*CUBE_DIMENSIONS),
    _columns(Integer, "customers", "churned", "lost"),
    _columns(BigInteger, "score_points"),
    _columns(Cents, "margin_12m", "value"),
    sort=("month", *CUBE_DIMENSIONS),
)
cube_movement = _mart(
    "cube_movement",
    "month end, combination of the fixed dimensions and line of the asset statement of the month",
    _columns(Date, "month"),
    coded(*FIXED_DIMENSIONS),
    _columns(Text, "line"),
    _columns(Integer, "customers"),
    _columns(Cents, "opening", "closing", "revaluation", "moved", "silence"),
    sort=("month", *FIXED_DIMENSIONS, "line"),
)
customer_schedule = _mart(
    "customer_schedule",
    "customer valued at the month end twelve months before the last one: what was expected then"
    " to be lost in each month, and the month in which it was",
    _columns(Date, "month"),
    _columns(Integer, "customer_no"),
    [Column("tier", Coded("tier"))],
    _columns(Boolean, "is_bound"),
    _columns(Cents, "value"),
    _columns(SmallInteger, *LOSSES, "lost_in"),
    sort=("customer_no",),
)
campaign_customer = _mart(
    "campaign_customer",
    "campaign and customer it aimed at or held back, with what the customer did before and after",
    _columns(Text, "campaign_id", "campaign", "purpose"),
    _columns(Integer, "customer_no"),
    _columns(Boolean, "is_treated", "has_responded", "is_won"),
    _columns(Date, "starts_on", "ends_on"),
    [Column("tier", Coded("tier"))],
    _columns(Cents, "cost", "net_before", "margin_before"),
    _columns(Integer, "orders_run", *(f"orders_{d}" for d in CAMPAIGN_DAYS)),
    _columns(Cents, *(f"{n}_{d}" for n in ("net", "margin") for d in CAMPAIGN_DAYS)),
    _columns(Integer, "again_days"),
    sort=("campaign_id", "customer_no"),
)
opportunity_current = _mart(
    "opportunity_current",
    "opportunity",
    _columns(Integer, "opportunity_no", "customer_no"),
    _columns(Text, "opportunity_id", "customer_id", "name"),
    coded(*CUBE_DIMENSIONS),
    _wide(),
    [Column("seller", Coded("rep")), Column("seller_team", Coded("team"))],
    _columns(Date, "cohort", "created_on", "closed_on", "expected_close_on", "first_contact_on"),
    [Column("stage", Coded("stage")), Column("status", Coded("status"))],
    [Column("lost_reason", Coded("reason"))],
    _columns(SmallInteger, "reached"),
    _columns(Integer, "cycle_days"),
    _columns(Cents, "amount", "quote_waiting"),
    _columns(Date, *(f"stage_{i}_on" for i in range(1, MAX_STAGES + 1))),
    sort=("created_on", "opportunity_no"),
)
team_month = _mart(
    "team_month",
    "month and representative, by the fact's own representative",
    _columns(Date, "month"),
    coded("team"),
    [Column("rep", Coded("rep"))],
    _columns(Cents, "sales", "gross", "collected", "due", "won_amount"),
    _columns(Integer, "orders", "follow_ups", "minutes", "won", "lost", "created"),
    _columns(Cents, "target_sales", "target_collections", "target_new_customers"),
    sort=("month", "team", "rep"),
)
benchmark_month = _mart(
    "benchmark_month",
    "month and industry with at least 5 customers of at least 3 reps, company-wide",
    _columns(Date, "month"),
    [Column("industry", Coded("industry"))],
    _columns(Integer, "customers", "reps", "active", "orders"),
    _columns(Cents, "net", "margin"),
    sort=("month", "industry"),
)
rfm_cut = _mart(
    "rfm_cut",
    "RFM item or the official value, with up to four cut points at the live as-of day",
    _columns(Text, "item"),
    _columns(BigInteger, "cut_1", "cut_2", "cut_3", "cut_4"),
    sort=("item",),
)
gap_count = _mart(
    "gap_count",
    "team, tier and number of days between two orders of a customer",
    coded(*GAP_DIMENSIONS),
    _columns(Integer, "days", "gaps"),
    sort=(*GAP_DIMENSIONS, "days"),
)
dimension_moment = _mart(
    "dimension_moment",
    "pair of dimensions of the score, over all customers who have one: sums of points, of the"
    " points of the other, of their products, and how many are at the neutral value",
    _columns(Text, "dimension", "other"),
    _columns(BigInteger, "customers", "points", "other_points", "product", "neutral"),
    sort=("dimension", "other"),
)
model_fact = _mart(
    "model_fact",
    "fitted parameter or other figure of the models, with its standard error",
    _columns(Text, "part", "name"),
    _columns(Double, "value", "error"),
    sort=("part", "name"),
)
model_check = _mart(
    "model_check",
    "target (orders, spend, churn), model and measure of the back-test",
    _columns(Text, "target", "model", "measure"),
    _columns(Double, "value"),
    sort=("target", "model", "measure"),
)
model_decile = _mart(
    "model_decile",
    "target, model and tenth of the customers of the back-test, by what was predicted",
    _columns(Text, "target", "model"),
    _columns(Integer, "decile", "customers"),
    _columns(Double, "predicted", "actual"),
    sort=("target", "model", "decile"),
)
model_finding = _mart(
    "model_finding",
    "thing that the reader must know of the models, with its figures as JSON",
    _columns(Integer, "position"),
    _columns(Text, "code", "details"),
    sort=("position",),
)
survival_curve = _mart(
    "survival_curve",
    "kind of group (tier, cohort), group and month since its start",
    _columns(Text, "kind", "key"),
    _columns(Integer, "month", "customers"),
    _columns(Double, "survival", "low", "high"),
    sort=("kind", "key", "month"),
)
dictionary = _mart(
    "dictionary",
    "dimension and value, in code order",
    _columns(Text, "dimension"),
    _columns(Integer, "code"),
    _columns(Text, "value", "label"),
    sort=("dimension", "code"),
)
team_tree = _mart(
    "team_tree",
    "team and each team of its subtree, itself included",
    _columns(Text, "ancestor", "descendant"),
    _columns(Integer, "depth"),
    sort=("ancestor", "descendant"),
)
funnel_stage = _mart(
    "funnel_stage",
    "funnel stage, in order",
    _columns(Integer, "position"),
    _columns(Text, "stage"),
    sort=("position",),
)
table_count = _mart(
    "table_count",
    "contract table with its number of rows",
    _columns(Text, "name"),
    _columns(BigInteger, "rows"),
    sort=("name",),
)
version_info = _mart(
    "version_info",
    "version (one row)",
    _columns(Date, "first_on", "as_of", "pinned_from", "liveliest"),
    _columns(Integer, "model", "threshold_days"),
    _columns(Integer, "customers", "prospects"),
    _columns(Double, "expected_years"),
    _columns(Boolean, "has_cost"),
    _columns(Cents, "unassigned_net"),
    _columns(Integer, "unassigned_orders"),
    sort=("as_of",),
)

"""Work tables that exist only while a version is built."""

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

from data.domain.columns import LOSSES, SHIFTS
from data.warehouse.dialects import Cents
from data.warehouse.marts.columns import (
    CUBE_DIMENSIONS,
    FIXED_DIMENSIONS,
    ORDER_FACTS,
    TOUCH_FACTS,
    bits,
    coded,
    columns,
    fact_columns,
    wide,
)

WORK = MetaData()
DIMENSIONS = ("team", "rep", "region", "city", "industry", "kind", "source")
#: Directions in which the fitted models are unsure: of buying, of spend, of renewals.
BUYING_SHIFTS, SPEND_SHIFTS, RENEWAL_SHIFTS = 4, 3, 2


def _work(name: str, *groups: list[Column[Any]]) -> Table:
    return Table(name, WORK, *(c for group in groups for c in group))


#: Customers numbered in the order of their ids, with blanks filed under NOT_GIVEN.
w_customer = _work(
    "w_customer",
    columns(Integer, "customer_no"),
    columns(Text, "customer_id", *DIMENSIONS),
)
#: The same with a one-hot integer beside each fixed dimension.
w_dimension = _work(
    "w_dimension",
    columns(Integer, "customer_no"),
    columns(Text, *DIMENSIONS),
    columns(Integer, *(bits(n) for n in FIXED_DIMENSIONS)),
)
#: First and last order day per customer, and whether a contract binds.
w_life = _work(
    "w_life",
    columns(Integer, "customer_no"),
    columns(Date, "first_on", "cohort", "contract_on", "bought_on"),
    columns(Boolean, "is_customer"),
    columns(Cents, "first_spend"),
)
#: Each customer's dimensions as they stand now; coded, so it is created after the ENUM types.
w_live = _work(
    "w_live",
    columns(Integer, "customer_no"),
    columns(Date, "cohort", "contract_on"),
    coded(*CUBE_DIMENSIONS),
    wide(),
)
w_day = _work(
    "w_day",
    columns(Integer, "customer_no"),
    columns(Date, "day", "previous_on", "next_on"),
    fact_columns(*ORDER_FACTS),
)
w_touch = _work(
    "w_touch",
    columns(Integer, "customer_no"),
    columns(Date, "day"),
    fact_columns(*TOUCH_FACTS),
)
w_end = _work(
    "w_end",
    columns(Integer, "batch"),
    columns(Date, "month", "until", "since_24m", "since_12m", "since_6m"),
    columns(Date, "since_360", "since_180"),
)
MEASURES = ("net_12m", "margin_12m", "net_6m", "margin_6m", "gross_12m", "net_24m", "m180", "p180")
COUNTS = ("orders_12m", "orders_24m", "complaints", "shares", "brought", "engagements")
#: What a customer was at a month end, before ranking.
w_base = _work(
    "w_base",
    columns(Date, "month", "until"),
    columns(Integer, "customer_no"),
    columns(Date, "first_on", "last_on", "previous_on", "returned_on", "covered_until"),
    columns(Cents, *MEASURES, "service", "spent", "earned"),
    columns(Integer, *COUNTS, "purchases"),
    columns(Date, "purchased_on"),
    columns(BigInteger, "growth"),
    columns(Boolean, "is_engaged"),
)
#: What the rules of tier and lifecycle read of it, beside the dimensions.
KEPT = (
    *("month", "until", "customer_no", "first_on", "last_on", "previous_on", "returned_on"),
    *("covered_until", "is_engaged", "orders_12m", "orders_24m"),
)
SCORED = ("amount", "loyalty", "referral", "service", "growth", "potential", "interaction")
#: The same with its dimensions and their weighted sum.
w_ranked = _work(
    "w_ranked",
    columns(Date, "month", "until"),
    columns(Integer, "customer_no"),
    columns(Date, "first_on", "last_on", "previous_on", "returned_on", "covered_until"),
    columns(Cents, *MEASURES),
    columns(Integer, "orders_12m", "orders_24m", "weighted"),
    columns(SmallInteger, *SCORED, "coverage", "value_rank"),
    columns(Boolean, "is_engaged", "is_churned"),
    columns(Double, "median_gap", "risk"),
    columns(Cents, "value"),
)
#: The same, scored; `held` is the tier after hysteresis.
w_state = _work(
    "w_state",
    columns(Date, "month", "until"),
    columns(Integer, "customer_no"),
    columns(Text, "tier_raw", "lifecycle"),
    columns(SmallInteger, "score", *SCORED, "coverage", "value_rank"),
    columns(Boolean, "is_churned"),
    columns(Date, "first_on", "last_on", "previous_on", "covered_until"),
    columns(Cents, *MEASURES, "value"),
    columns(Integer, "orders_12m", "orders_24m"),
    columns(Double, "median_gap"),
)
#: Contract terms that end on one day, as one: what they pay a month, and how often renewed before.
w_term = _work(
    "w_term",
    columns(Integer, "customer_no", "renewals", "term_months"),
    columns(Date, "starts_on", "ends_on"),
    columns(Cents, "monthly"),
)
#: The margin rate that a customer of an industry is taken for.
w_rate = _work("w_rate", columns(Text, "industry"), columns(Double, "rate"))
#: What a living customer with so many repeat purchases and weeks of age is expected to do; the
#: numbered columns hold the same for the model shifted along each direction of its error.
w_cell = _work(
    "w_cell",
    columns(Integer, "repeats", "weeks"),
    columns(Double, "ahead", "deo", "dam"),
    columns(Double, *(f"{name}_{k}" for name in ("deo", "dam") for k in range(BUYING_SHIFTS))),
)
#: What a contract renewed so often, of so many months with so many left, is expected to pay.
w_promise = _work(
    "w_promise",
    columns(Integer, "renewals", "term_months", "months_left"),
    columns(Double, "months", "hazard"),
    columns(Double, *(f"months_{k}" for k in range(RENEWAL_SHIFTS))),
    columns(SmallInteger, *LOSSES),
)
#: P(first churned in each month ahead), in ten-thousandths, of a living customer so long silent.
w_silence = _work(
    "w_silence",
    columns(Integer, "repeats", "weeks", "silent_weeks"),
    columns(SmallInteger, *LOSSES),
)
#: What a probability of churn, in thousandths, has turned out to be.
w_risk = _work("w_risk", columns(Integer, "thousandths"), columns(Double, "risk"))
#: P(first churned in each month ahead) of every customer who is not churned now.
w_loss = _work("w_loss", columns(Integer, "customer_no"), columns(SmallInteger, *LOSSES))
#: The same as of twelve month ends ago, with what the customers were worth then.
w_schedule = _work(
    "w_schedule",
    columns(Date, "month"),
    columns(Integer, "customer_no"),
    columns(Text, "tier"),
    columns(Boolean, "is_bound"),
    columns(Cents, "value"),
    columns(SmallInteger, *LOSSES),
)
#: How each customer bought up to a month end, as the models read it.
w_habit = _work(
    "w_habit",
    columns(Date, "month"),
    columns(Integer, "customer_no", "repeats", "buying_days", "age_days", "weeks"),
    columns(Integer, "renewals", "term_months", "months_left"),
    columns(Cents, "mean_spend", "mean_order", "service_month", "contract_month"),
    columns(Double, "margin_rate"),
    columns(Boolean, "is_bound"),
)
#: What each customer is worth at a month end, and every part of the formula.
w_value = _work(
    "w_value",
    columns(Date, "month"),
    columns(Integer, "customer_no", "repeats", "buying_days", "age_days", "weeks"),
    columns(Cents, "mean_spend", "service_month", "contract_month", "order_spend", "value"),
    columns(Cents, *SHIFTS),
    columns(Double, "margin_rate", "p_alive", "orders_ahead", "discounted_orders"),
    columns(Double, "alive_months", "contract_months", "risk"),
)
#: What customers were worth by the scoring model before, at the first month end of a new one.
w_before = _work("w_before", columns(Integer, "customer_no"), columns(Cents, "value"))
w_held = _work(
    "w_held",
    columns(Date, "month"),
    columns(Integer, "customer_no"),
    columns(Text, "tier", "tier_raw"),
)
w_active = _work(
    "w_active",
    columns(Integer, "customer_no"),
    columns(Date, "month", "previous_month", "next_month"),
    fact_columns(*ORDER_FACTS),
)
w_stage = _work(
    "w_stage",
    columns(Text, "opportunity_id"),
    columns(Integer, "position"),
    columns(Date, "entered_on"),
)

"""Work tables that exist only while a version is built, and the verbs that fill tables."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Double,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    and_,
    func,
    insert,
    literal,
)
from sqlalchemy.sql.selectable import SelectBase

from data.domain.columns import LOSSES, SHIFTS
from data.domain.model import ScoringModel
from data.domain.period import Calendar, Period
from data.warehouse.append import qualified
from data.warehouse.dialects import Cents, Coded, sum_cents, sum_int
from data.warehouse.marts.columns import (
    CUBE_DIMENSIONS,
    FIXED_DIMENSIONS,
    MONEY_FACTS,
    ORDER_FACTS,
    TOUCH_FACTS,
    WIDE_DIMENSIONS,
    bits,
    coded,
    fact_columns,
)

WORK = MetaData()
DIMENSIONS = ("team", "rep", "region", "city", "industry", "kind", "source")


#: Directions in which the fitted models are unsure: of buying, of spend, of renewals.
BUYING_SHIFTS, SPEND_SHIFTS, RENEWAL_SHIFTS = 4, 3, 2


def _columns(type_: Any, *names: str) -> list[Column[Any]]:
    return [Column(name, type_) for name in names]


def _work(name: str, *groups: list[Column[Any]]) -> Table:
    return Table(name, WORK, *(c for group in groups for c in group))


#: Customers numbered in the order of their ids, with blanks filed under NOT_GIVEN.
w_customer = _work(
    "w_customer",
    _columns(Integer, "customer_no"),
    _columns(Text, "customer_id", *DIMENSIONS),
)
#: The same with a one-hot integer beside each fixed dimension.
w_dimension = _work(
    "w_dimension",
    _columns(Integer, "customer_no"),
    _columns(Text, *DIMENSIONS),
    _columns(Integer, *(bits(n) for n in FIXED_DIMENSIONS)),
)
#: First and last order day per customer, and whether a contract binds.
w_life = _work(
    "w_life",
    _columns(Integer, "customer_no"),
    _columns(Date, "first_on", "cohort", "contract_on", "bought_on"),
    _columns(Boolean, "is_customer"),
    _columns(Cents, "first_spend"),
)
#: Each customer's dimensions as they stand now; coded, so it is created after the ENUM types.
w_live = _work(
    "w_live",
    _columns(Integer, "customer_no"),
    _columns(Date, "cohort", "contract_on"),
    coded(*CUBE_DIMENSIONS),
    [Column(n, Coded(n)) for n in WIDE_DIMENSIONS],
)
w_day = _work(
    "w_day",
    _columns(Integer, "customer_no"),
    _columns(Date, "day", "previous_on", "next_on"),
    fact_columns(*ORDER_FACTS),
)
w_touch = _work(
    "w_touch",
    _columns(Integer, "customer_no"),
    _columns(Date, "day"),
    fact_columns(*TOUCH_FACTS),
)
w_end = _work(
    "w_end",
    _columns(Integer, "batch"),
    _columns(Date, "month", "until", "since_24m", "since_12m", "since_6m"),
    _columns(Date, "since_360", "since_180"),
)
MEASURES = ("net_12m", "margin_12m", "net_6m", "margin_6m", "gross_12m", "net_24m", "m180", "p180")
COUNTS = ("orders_12m", "orders_24m", "complaints", "shares", "brought", "engagements")
#: What a customer was at a month end, before ranking.
w_base = _work(
    "w_base",
    _columns(Date, "month", "until"),
    _columns(Integer, "customer_no"),
    _columns(Date, "first_on", "last_on", "previous_on", "returned_on", "covered_until"),
    _columns(Cents, *MEASURES, "service", "spent", "earned"),
    _columns(Integer, *COUNTS, "purchases"),
    _columns(Date, "purchased_on"),
    _columns(BigInteger, "growth"),
    _columns(Boolean, "is_engaged"),
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
    _columns(Date, "month", "until"),
    _columns(Integer, "customer_no"),
    _columns(Date, "first_on", "last_on", "previous_on", "returned_on", "covered_until"),
    _columns(Cents, *MEASURES),
    _columns(Integer, "orders_12m", "orders_24m", "weighted"),
    _columns(SmallInteger, *SCORED, "coverage", "value_rank"),
    _columns(Boolean, "is_engaged", "is_churned"),
    _columns(Double, "median_gap", "risk"),
    _columns(Cents, "value"),
)
#: The same, scored; `held` is the tier after hysteresis.
w_state = _work(
    "w_state",
    _columns(Date, "month", "until"),
    _columns(Integer, "customer_no"),
    _columns(Text, "tier_raw", "lifecycle"),
    _columns(SmallInteger, "score", *SCORED, "coverage", "value_rank"),
    _columns(Boolean, "is_churned"),
    _columns(Date, "first_on", "last_on", "previous_on", "covered_until"),
    _columns(Cents, *MEASURES, "value"),
    _columns(Integer, "orders_12m", "orders_24m"),
    _columns(Double, "median_gap"),
)
#: Contract terms that end on one day, as one: what they pay a month, and how often renewed before.
w_term = _work(
    "w_term",
    _columns(Integer, "customer_no", "renewals", "term_months"),
    _columns(Date, "starts_on", "ends_on"),
    _columns(Cents, "monthly"),
)
#: The margin rate that a customer of an industry is taken for.
w_rate = _work("w_rate", _columns(Text, "industry"), _columns(Double, "rate"))
#: What a living customer with so many repeat purchases and weeks of age is expected to do; the
#: numbered columns hold the same for the model shifted along each direction of its error.
w_cell = _work(
    "w_cell",
    _columns(Integer, "repeats", "weeks"),
    _columns(Double, "ahead", "deo", "dam"),
    _columns(Double, *(f"{name}_{k}" for name in ("deo", "dam") for k in range(BUYING_SHIFTS))),
)
#: What a contract renewed so often, of so many months with so many left, is expected to pay.
w_promise = _work(
    "w_promise",
    _columns(Integer, "renewals", "term_months", "months_left"),
    _columns(Double, "months", "hazard"),
    _columns(Double, *(f"months_{k}" for k in range(RENEWAL_SHIFTS))),
    _columns(SmallInteger, *LOSSES),
)
#: P(first churned in each month ahead), in ten-thousandths, of a living customer so long silent.
w_silence = _work(
    "w_silence",
    _columns(Integer, "repeats", "weeks", "silent_weeks"),
    _columns(SmallInteger, *LOSSES),
)
#: What a probability of churn, in thousandths, has turned out to be.
w_risk = _work("w_risk", _columns(Integer, "thousandths"), _columns(Double, "risk"))
#: P(first churned in each month ahead) of every customer who is not churned now.
w_loss = _work("w_loss", _columns(Integer, "customer_no"), _columns(SmallInteger, *LOSSES))
#: The same as of twelve month ends ago, with what the customers were worth then.
w_schedule = _work(
    "w_schedule",
    _columns(Date, "month"),
    _columns(Integer, "customer_no"),
    _columns(Text, "tier"),
    _columns(Boolean, "is_bound"),
    _columns(Cents, "value"),
    _columns(SmallInteger, *LOSSES),
)
#: How each customer bought up to a month end, as the models read it.
w_habit = _work(
    "w_habit",
    _columns(Date, "month"),
    _columns(Integer, "customer_no", "repeats", "buying_days", "age_days", "weeks"),
    _columns(Integer, "renewals", "term_months", "months_left"),
    _columns(Cents, "mean_spend", "mean_order", "service_month", "contract_month"),
    _columns(Double, "margin_rate"),
    _columns(Boolean, "is_bound"),
)
#: What each customer is worth at a month end, and every part of the formula.
w_value = _work(
    "w_value",
    _columns(Date, "month"),
    _columns(Integer, "customer_no", "repeats", "buying_days", "age_days", "weeks"),
    _columns(Cents, "mean_spend", "service_month", "contract_month", "order_spend", "value"),
    _columns(Cents, *SHIFTS),
    _columns(Double, "margin_rate", "p_alive", "orders_ahead", "discounted_orders"),
    _columns(Double, "alive_months", "contract_months", "risk"),
)
#: What customers were worth by the scoring model before, at the first month end of a new one.
w_before = _work("w_before", _columns(Integer, "customer_no"), _columns(Cents, "value"))
w_held = _work(
    "w_held",
    _columns(Date, "month"),
    _columns(Integer, "customer_no"),
    _columns(Text, "tier", "tier_raw"),
)
w_active = _work(
    "w_active",
    _columns(Integer, "customer_no"),
    _columns(Date, "month", "previous_month", "next_month"),
    fact_columns(*ORDER_FACTS),
)
w_stage = _work(
    "w_stage",
    _columns(Text, "opportunity_id"),
    _columns(Integer, "position"),
    _columns(Date, "entered_on"),
)


@dataclass(frozen=True)
class Context:
    """What every step of a refresh needs to know."""

    connection: Connection
    calendar: Calendar
    model: ScoringModel
    #: Contract table -> number of rows.
    counts: dict[str, int]
    stages: tuple[str, ...]
    #: Dimension -> its values in code order, known once the dictionary is filled.
    values: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def has(self, table: str) -> bool:
        """Whether a contract table holds any row."""
        return self.counts.get(table, 0) > 0

    @property
    def engine(self) -> str:
        """The dialect's name."""
        return self.connection.dialect.name


def fill(connection: Connection, table: Table, stmt: SelectBase) -> None:
    """Insert the statement's rows, its columns matched by name; missing columns stay null."""
    names = [c.name for c in stmt.selected_columns]
    connection.execute(insert(table).from_select(names, stmt, include_defaults=False))
    count(connection, table)


def count(connection: Connection, table: Table) -> None:
    """Let PostgreSQL see how many rows there are: it plans new tables as if they were empty."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ANALYZE {qualified(connection, table)}")


def clear(connection: Connection, table: Table) -> None:
    """Empty a work table."""
    connection.exec_driver_sql(f"TRUNCATE TABLE {qualified(connection, table)}")


def zero(expression: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the expression with null read as 0: where no row means none."""
    return func.coalesce(expression, literal(0))


def day_literal(day: date) -> ColumnElement[date]:
    """Return a date as a typed bound value."""
    return literal(day, Date())


def sum_of(fact: str) -> Any:
    """Return the sum that fits a fact: money stays money."""
    return sum_cents if fact in MONEY_FACTS else sum_int


#: Fact rows that one statement groups and sorts at a time; bounds the memory of a refresh.
SPAN_ROWS = 2_000_000
_FACT_TABLES = ("orders", "payment", "invoice", "activity", "ticket", "survey", "engagement")


def fact_spans(context: Context) -> list[Period]:
    """Return the time from the first fact to the as-of day as spans of whole months."""
    months = Period(context.calendar.first_on, context.calendar.until).months()
    rows = sum(context.counts.get(name, 0) for name in _FACT_TABLES)
    length = max(1, len(months) * SPAN_ROWS // max(rows, 1))
    starts = range(0, len(months), length)
    return [Period(months[i].since, months[min(i + length, len(months)) - 1].until) for i in starts]


def within(day: Any, period: Period) -> ColumnElement[bool]:
    """Return whether a day lies in the half-open period."""
    return and_(day >= day_literal(period.since), day < day_literal(period.until))

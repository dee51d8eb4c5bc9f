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
    case,
    func,
    insert,
    literal,
)
from sqlalchemy.sql.selectable import SelectBase

from data.domain.model import ScoringModel
from data.domain.period import Calendar, Period
from data.warehouse.append import qualified
from data.warehouse.dialects import Cents, Coded, sum_cents, sum_int
from data.warehouse.marts import (
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
    _columns(Date, "first_on", "cohort", "contract_on"),
    _columns(Boolean, "is_customer"),
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
COUNTS = ("orders_12m", "orders_24m", "complaints", "shares", "brought")
#: What a customer was at a month end, before ranking.
w_base = _work(
    "w_base",
    _columns(Date, "month", "until"),
    _columns(Integer, "customer_no"),
    _columns(Date, "first_on", "last_on", "previous_on", "returned_on", "covered_until"),
    _columns(Cents, *MEASURES, "service"),
    _columns(Integer, *COUNTS),
    _columns(BigInteger, "growth"),
    _columns(Boolean, "is_engaged"),
)
#: What the rules of tier and lifecycle read of it, beside the dimensions.
KEPT = (
    *("month", "until", "customer_no", "first_on", "last_on", "previous_on", "returned_on"),
    *("covered_until", "is_engaged", "orders_12m", "orders_24m"),
)
SCORED = ("amount", "loyalty", "referral", "service", "growth")
#: The same with its dimensions and their weighted sum.
w_ranked = _work(
    "w_ranked",
    _columns(Date, "month", "until"),
    _columns(Integer, "customer_no"),
    _columns(Date, "first_on", "last_on", "previous_on", "returned_on", "covered_until"),
    _columns(Cents, *MEASURES),
    _columns(Integer, "orders_12m", "orders_24m", "weighted"),
    _columns(SmallInteger, *SCORED, "coverage"),
    _columns(Boolean, "is_engaged", "is_churned"),
    _columns(Double, "median_gap"),
)
#: The same, scored; `held` is the tier after hysteresis.
w_state = _work(
    "w_state",
    _columns(Date, "month", "until"),
    _columns(Integer, "customer_no"),
    _columns(Text, "tier_raw", "lifecycle"),
    _columns(SmallInteger, "score", *SCORED, "coverage"),
    _columns(Boolean, "is_churned"),
    _columns(Date, "first_on", "last_on", "previous_on", "covered_until"),
    _columns(Cents, *MEASURES),
    _columns(Integer, "orders_12m", "orders_24m"),
    _columns(Double, "median_gap"),
)
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


def when(condition: ColumnElement[bool], value: Any, otherwise: Any = 0) -> ColumnElement[Any]:
    """Return a CASE with one branch."""
    return case((condition, value), else_=otherwise)


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

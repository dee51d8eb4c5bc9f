"""Conditions on what the customer's own row says today."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    Integer,
    Text,
    cast,
    extract,
    literal,
    or_,
    select,
)

from data.domain.rule import Condition
from data.domain.rule_fields import FIELDS
from data.warehouse.dialects import TEN_THOUSANDTHS, add_months, days_between
from queries import visible

#: Field -> the customer's column that tells it on the as-of day.
COLUMNS: dict[str, str] = {
    **{n: n for n in ("is_customer", "tier", "lifecycle", "team", "rep", "region", "city")},
    **{n: n for n in ("industry", "kind", "source", "birthday", "score", "value", "margin_12m")},
    **{n: n for n in ("net_12m", "orders_12m", "is_frequency_falling", "is_engagement_falling")},
    **{n: n for n in ("is_complaints_rising", "is_service_worse", "is_churned")},
    **{n: n for n in ("decision_level", "gender", "orders", "risk", "expected_loss")},
    **{n: n for n in ("referral_value", "completeness")},
    "age": "birth_year",
    "csat": "csat_180",
    "complaints": "complaints_90",
    "engagements": "engaged_90",
    "owner_level": "rep",
    "since_contact": "last_contact_on",
    "since_order": "last_on",
    "since_engaged": "engaged_on",
    "since_joined": "joined_on",
}
#: Scores and completeness are kept in hundredths of a point.
PER_POINT = 100
POINTS = frozenset({"score", "score_end", "score_fell", "completeness"})
MONTHS_A_YEAR = 12


def is_held(condition: Condition, c: Any, today: date) -> ColumnElement[bool]:
    """Return whether a customer's row meets a condition today; blank where it cannot be known."""
    column = c[COLUMNS[condition.field]]
    kind = FIELDS[condition.field].kind
    if kind == "flag":
        return column.is_(condition.operator == "yes")
    if kind == "choice":
        return _is_chosen(condition, column)
    if kind == "since":
        return _is_since(condition, column, today)
    if kind == "until":
        return or_(*(on.between(*_days(condition, today)) for on in returns(column, today)))
    return compared(_figure(condition.field, column, today), condition)


def _figure(field: str, column: Any, today: date) -> Any:
    """Return the number that readers compare: years for the year of birth, percent for a chance."""
    if field == "age":
        return literal(today.year, Integer()) - column
    return column * literal(100.0, Double()) if field == "risk" else column


def compared(column: Any, condition: Condition) -> ColumnElement[bool]:
    """Return whether a number is as large, or as small, as a condition wants it."""
    type_ = Double() if isinstance(column.type, Double) else BigInteger()
    wanted, number = literal(_limit(condition), type_), cast(column, type_)
    return number >= wanted if condition.operator == "at_least" else number <= wanted


def _limit(condition: Condition) -> int:
    value = condition.value if isinstance(condition.value, int) else 0
    if FIELDS[condition.field].kind == "money":
        return value * TEN_THOUSANDTHS
    return value * PER_POINT if condition.field in POINTS else value


def _is_chosen(condition: Condition, column: Any) -> ColumnElement[bool]:
    values = condition.value if isinstance(condition.value, tuple) else ()
    if condition.field == "owner_level":
        levels = visible.owner_levels().c
        of_level = select(levels.rep_id).where(_is_one_of(levels.level, values, condition))
        return cast(column, Text).in_(of_level)
    return _is_one_of(column, values, condition)


def _is_one_of(column: Any, values: tuple[str, ...], condition: Condition) -> ColumnElement[bool]:
    found = cast(column, Text).in_([literal(v, Text()) for v in values])
    return found if condition.operator == "in" else ~found


def _is_since(condition: Condition, column: Any, today: date) -> ColumnElement[bool]:
    if condition.operator == "never":
        return column.is_(None)
    return compared(days_between(column, visible.day(today)), condition)


def _days(condition: Condition, today: date) -> tuple[ColumnElement[date], ColumnElement[date]]:
    ahead = condition.value if isinstance(condition.value, int) else 0
    return visible.day(today), visible.day(today + timedelta(days=ahead))


def returns(column: Any, *days: date) -> list[ColumnElement[date]]:
    """Return the yearly returns of a day in the years of the given days and the one after.

    Who was born on 29 February has the birthday on the 28th in other years.
    """
    years = range(min(days).year, max(days).year + 2)
    return [
        add_months(column, (literal(y) - extract("year", column)) * literal(MONTHS_A_YEAR))
        for y in years
    ]

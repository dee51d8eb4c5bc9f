"""How customers bought up to a month end: the few figures of each that the models read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Double, and_, cast, func, literal, literal_column, or_, select

from data import settings
from data.domain.period import WEEK_DAYS
from data.pipeline.fits import Fits
from data.pipeline.marts.context import Context
from data.pipeline.marts.facts import is_purchase
from data.pipeline.marts.filling import fill
from data.pipeline.marts.spans import months_begun, months_near
from data.pipeline.marts.work import (
    w_base,
    w_customer,
    w_day,
    w_dimension,
    w_habit,
    w_life,
    w_rate,
    w_term,
)
from data.warehouse.dialects import Rows, days_between, int_div, sum_cents, sum_int, to_cents, when
from data.warehouse.schema import contract

#: A hundredth of the currency, in ten-thousandths.
HUNDREDTH = 100


def covers_orders() -> bool:
    """Whether the orders of a customer under contract belong to the contract's amount."""
    return settings.value("CONTRACT_COVERS_ORDERS") != "no"


def buys_freely(contract_on: Any, until: Any) -> list[ColumnElement[bool]]:
    """Return that no contract had begun, unless orders are paid beside it."""
    return [or_(contract_on.is_(None), contract_on >= until)] if covers_orders() else []


def cells(until: date) -> Rows:
    """One row per combination: repeats, buying_days, age_days, customers; up to a day."""
    h = habits(until).subquery("habits").c
    shape = (h.repeats, h.buying_days, h.age_days)
    stmt = select(*shape, func.count().label("customers")).group_by(*shape)
    return stmt.order_by(*shape)


def habits(until: date) -> Rows:
    """One row per customer who bought before a day: repeats, buying_days, age_days, mean_spend.

    Days are those from the first purchase to the last one, and to the last day counted;
    mean_spend (ten-thousandths) is that of the repeat purchases, blank without any.
    """
    end = literal(until)
    d = w_day.c
    repeats = func.count() - literal(1)
    spent = sum_cents(d.net) - func.max(w_life.c.first_spend)
    return (
        select(
            d.customer_no,
            repeats.label("repeats"),
            days_between(func.min(d.day), func.max(d.day)).label("buying_days"),
            (days_between(func.min(d.day), end) - literal(1)).label("age_days"),
            int_div(spent, func.nullif(repeats, 0)).label("mean_spend"),
        )
        .select_from(w_day.join(w_life, w_life.c.customer_no == d.customer_no))
        .where(d.day < end, is_purchase(d), *buys_freely(w_life.c.contract_on, end))
        .group_by(d.customer_no)
    )


def spends(until: date) -> Rows:
    """One row per repeat customer and mean spend: repeats, mean_spend, customers."""
    h = habits(until).subquery("habits").c
    # To the hundredth of the currency: finer differences tell nothing of what a customer spends.
    money = int_div(h.mean_spend + literal(HUNDREDTH // 2), literal(HUNDREDTH)) * HUNDREDTH
    return (
        select(h.repeats, money.label("mean_spend"), func.count().label("customers"))
        .where(h.repeats > 0, h.mean_spend > 0)
        .group_by(h.repeats, money)
        .order_by(h.repeats, money)
    )


def earned_by_industry() -> Rows:
    """One row per industry: margin ever (all rows), what its purchases paid, and purchases."""
    d = w_day.c
    paid = is_purchase(d)
    return (
        select(
            w_dimension.c.industry,
            sum_cents(d.margin).label("earned"),
            sum_cents(when(paid, d.net)).label("spent"),
            sum_int(when(paid, 1)).label("purchases"),
        )
        .select_from(w_day.join(w_dimension, w_dimension.c.customer_no == d.customer_no))
        .group_by(w_dimension.c.industry)
        .order_by(w_dimension.c.industry)
    )


# --- contracts -------------------------------------------------------------------------------


def fill_terms(context: Context) -> None:
    """Fill `w_term`: terms of one customer that end on one day are one, renewed so often before."""
    c = contract.c
    months = func.greatest(
        literal(1),
        months_near(days_between(c.starts_on, c.ends_on) + literal(1)),
    )
    joined = contract.join(w_customer, w_customer.c.customer_id == c.customer_id)
    by_end = (
        select(
            w_customer.c.customer_no,
            func.min(c.starts_on).label("starts_on"),
            c.ends_on,
            func.max(months).label("term_months"),
            sum_cents(int_div(func.coalesce(to_cents(c.amount), 0), months)).label("monthly"),
        )
        .select_from(joined)
        .where(c.starts_on <= literal(context.calendar.as_of), c.ends_on >= c.starts_on)
        .group_by(w_customer.c.customer_no, c.ends_on)
        .subquery("by_end")
    )
    t = by_end.c
    before = func.row_number().over(partition_by=t.customer_no, order_by=t.ends_on) - literal(1)
    fill(context.connection, w_term, select(*t, before.label("renewals")))


def renewals(context: Context, until: date) -> Rows:
    """One row per term and number of renewals: term_months, renewals, customers, lost of them.

    As known before a day; a customer counts under the term of the last contract.
    """
    latest = _latest(until)
    lost = _silent(latest.ends_on, until) > literal(context.model.grace_days)
    return (
        select(
            *_shape(latest),
            func.count().label("customers"),
            sum_int(when(lost, 1)).label("lost"),
        )
        .where(latest.ends_on == latest.last)
        .group_by(*_shape(latest))
        .order_by(*_shape(latest))
    )


def ended_terms(context: Context, since: date) -> Rows:
    """One row per term and number of renewals: term_months, renewals, contracts, renewed.

    Of the contracts that ran before a day, those of which it has shown since whether they are
    renewed: by the end of the grace days, or not.
    """
    grace = literal(context.model.grace_days)
    latest = _latest(since)
    is_renewed = days_between(latest.ends_on, latest.later_on) <= grace
    return (
        select(
            *_shape(latest),
            func.count().label("contracts"),
            sum_int(when(is_renewed, 1)).label("renewed"),
        )
        .where(
            latest.ends_on == latest.last,
            _silent(latest.ends_on, since) <= grace,
            _silent(latest.ends_on, context.calendar.until) > grace,
        )
        .group_by(*_shape(latest))
        .order_by(*_shape(latest))
    )


def _latest(until: date) -> Any:
    """Return the terms begun before a day: term_months, renewals, ends_on, last, later_on.

    `last` is the end of the customer's last one, `later_on` the first day of what outlasts the
    term, then or later.
    """
    t = w_term.c
    later = func.min(t.starts_on).over(
        partition_by=t.customer_no, order_by=t.ends_on, rows=(1, None)
    )
    all_terms = select(
        t.customer_no, t.starts_on, t.ends_on, t.term_months, later.label("later_on")
    )
    a = all_terms.subquery("terms").c
    before = func.row_number().over(partition_by=a.customer_no, order_by=a.ends_on) - literal(1)
    last = func.max(a.ends_on).over(partition_by=a.customer_no)
    known = select(
        a.ends_on, a.later_on, a.term_months, before.label("renewals"), last.label("last")
    )
    return known.where(a.starts_on < literal(until)).subquery("latest").c


def _shape(latest: Any) -> tuple[ColumnElement[int], ColumnElement[int]]:
    return latest.term_months, latest.renewals


def _silent(ends_on: Any, until: date) -> ColumnElement[int]:
    """Return how many days before a day a term has been over."""
    return days_between(ends_on, literal(until)) - literal(1)


# --- month ends ------------------------------------------------------------------------------


def fill_habits(context: Context, fits: Fits) -> None:
    """Fill `w_habit` from the month ends now in `w_base`."""
    b, life, t = w_base.c, w_life.c, w_term.c
    free = and_(b.purchases > 0, *buys_freely(life.contract_on, b.until))
    joined = (
        w_base.join(w_life, life.customer_no == b.customer_no)
        .join(w_dimension, w_dimension.c.customer_no == b.customer_no)
        .join(w_rate, w_rate.c.industry == w_dimension.c.industry)
        .outerjoin(
            w_term,
            and_(
                t.customer_no == b.customer_no,
                t.ends_on == b.covered_until,
                t.starts_on < b.until,
            ),
        )
    )
    age = days_between(life.bought_on, b.until) - literal(1)
    repeats = b.purchases - literal(1)
    left = days_between(b.until, t.ends_on) + literal(1)
    gone = left < literal(-context.model.grace_days)
    months_left = months_begun(func.greatest(left, literal(0)))
    spent = b.spent - life.first_spend
    stmt = select(
        b.month,
        b.customer_no,
        *_only(free, repeats=repeats, age_days=age),
        *_only(free, buying_days=days_between(life.bought_on, b.purchased_on)),
        *_only(free, weeks=int_div(age + literal(3), literal(WEEK_DAYS))),
        *_only(and_(free, repeats > 0), mean_spend=int_div(spent, func.nullif(repeats, 0))),
        *_only(~gone, renewals=t.renewals, term_months=t.term_months, months_left=months_left),
        *_only(free, mean_order=int_div(b.spent, func.nullif(b.purchases, 0))),
        *_only(~gone, contract_month=t.monthly),
        int_div(b.service, literal(12)).label("service_month"),
        _margin_rate(fits, b).label("margin_rate"),
        b.covered_until.is_not(None).label("is_bound"),
    ).select_from(joined)
    fill(context.connection, w_habit, stmt)


def _only(condition: ColumnElement[bool], **columns: Any) -> Sequence[Any]:
    return [when(condition, column, None).label(name) for name, column in columns.items()]


def _margin_rate(fits: Fits, b: Any) -> ColumnElement[float]:
    """Return the customer's margin rate, drawn to its industry's by the weight of a few orders."""
    weight = literal_column(repr(fits.rate_weight))
    earned, spent = cast(b.earned, Double), cast(b.spent, Double)
    rate = (earned + weight * w_rate.c.rate) / (spent + weight)
    return func.least(func.greatest(rate, literal_column("0.0")), literal_column("1.0"))

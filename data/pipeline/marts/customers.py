"""Customers as they stand now."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, cast, func, literal, select

from data.domain.columns import (
    ALIVE_DAYS,
    ALIVE_MONTHS,
    EXPECTED,
    EXPECTED_LOSS,
    LOSSES,
    SCORE_DIMENSIONS,
    SHIFTS,
)
from data.domain.masks import ACTIVITY, MASK_BITS, activity_base
from data.pipeline.marts.alive import alive_masks
from data.pipeline.marts.assets import asset_columns, w_asset
from data.pipeline.marts.context import Context
from data.pipeline.marts.ends import LIVE
from data.pipeline.marts.facts import day_of
from data.pipeline.marts.filling import day_literal, fill
from data.pipeline.marts.live import live_dimensions
from data.pipeline.marts.referrals import w_referral
from data.pipeline.marts.rfm import rfm
from data.pipeline.marts.signals import signals, w_signal
from data.pipeline.marts.silence import silent_days
from data.pipeline.marts.simple_value import simple_value
from data.pipeline.marts.work import w_customer, w_day, w_life, w_live, w_loss, w_state, w_value
from data.warehouse import marts
from data.warehouse.dialects import (
    Rows,
    bit,
    bits_or,
    days_between,
    median,
    months_between,
    sum_cents,
    sum_int,
    to_cents,
    when,
)
from data.warehouse.rules import share_of
from data.warehouse.schema import activity, customer, engagement


def fill_customer_current(context: Context, expected_years: float | None) -> None:
    """Fill `customer_current`: everything a list, a filter or a page about one customer shows."""
    ever = _ever(context).subquery("ever")
    contacted = _last_day(activity, day_of(activity.c.happened_at), context).subquery("contacted")
    engaged = _last_day(engagement, engagement.c.happened_on, context).subquery("engaged")
    alive = alive_masks(context).subquery("alive")
    s = w_state.c
    joined: Any = w_customer.join(customer, customer.c.customer_id == w_customer.c.customer_id)
    joined = joined.join(w_life, w_life.c.customer_no == w_customer.c.customer_no)
    joined = joined.join(w_live, w_live.c.customer_no == w_customer.c.customer_no)
    joined = joined.outerjoin(
        w_state, and_(s.customer_no == w_customer.c.customer_no, s.month == LIVE)
    )
    same = and_(w_value.c.customer_no == w_customer.c.customer_no, w_value.c.month == LIVE)
    joined = joined.outerjoin(w_value, same)
    for part in (ever, contacted, engaged, alive, w_loss, w_signal, w_referral, w_asset):
        joined = joined.outerjoin(part, part.c.customer_no == w_customer.c.customer_no)
    orders_per_year, simple = simple_value(ever.c, s, expected_years)
    stmt = (
        select(
            w_customer.c.customer_no,
            *(customer.c[n] for n in _COPIED),
            to_cents(customer.c.acquisition_cost).label("acquisition_cost"),
            *live_dimensions(),
            s.tier_raw,
            *(w_life.c[n] for n in ("cohort", "is_customer", "contract_on")),
            *(s[n] for n in _FROM_STATE),
            *(ever.c[n] for n in _FROM_EVER),
            silent_days(s).label("silent_days"),
            days_between(s.previous_on, s.last_on).label("last_gap_days"),
            contacted.c.day.label("last_contact_on"),
            engaged.c.day.label("engaged_on"),
            *(alive.c[n] for n in (*ALIVE_MONTHS, *ALIVE_DAYS)),
            orders_per_year.label("orders_per_year"),
            simple.label("simple_value"),
            *(w_value.c[n] for n in _FROM_VALUE),
            *(w_loss.c[n] for n in LOSSES),
            *_expected(),
            *signals(context, s, ever=ever.c, contact=contacted.c.day, tier=w_live.c.tier),
            w_referral.c.referral_value,
            *asset_columns(),
            *rfm(context, s),
        )
        .select_from(joined)
        .order_by(w_customer.c.customer_no)
    )
    fill(context.connection, marts.customer_current, stmt)


_COPIED = (
    *("customer_id", "name", "joined_on", "birthday", "birth_year", "gender"),
    *("decision_level", "phone", "email", "referrer_id"),
)
_FROM_STATE = (
    *("is_churned", "first_on", "last_on", "covered_until", "orders_12m", "gross_12m"),
    *("net_6m", "net_12m", "margin_6m", "margin_12m", "net_24m"),
    *("score", *SCORE_DIMENSIONS, "coverage", "value_rank"),
)
_FROM_VALUE = (
    *("value", "repeats", "buying_days", "age_days", "mean_spend", "order_spend"),
    *("service_month", "contract_month", "margin_rate", "p_alive", "orders_ahead"),
    *("discounted_orders", "alive_months", "contract_months", "risk", *SHIFTS),
)
_FROM_EVER = (
    *("orders", "order_days", "gross", "net", "margin", "median_gap_days"),
    *ACTIVITY,
)


def _expected() -> list[ColumnElement[Any]]:
    """Return what each month ahead is expected to take of the value, and the twelve together.

    Whole ten-thousandths per customer and month, so that customers, months and tiers add up.
    """
    v = w_value.c.value
    lost = [share_of(cast(v, BigInteger), cast(w_loss.c[n], BigInteger)) for n in LOSSES]
    months = [part.label(name) for part, name in zip(lost, EXPECTED, strict=True)]
    return [*months, sum(lost[1:], lost[0]).label(EXPECTED_LOSS)]


def _ever(context: Context) -> Rows:
    d = w_day.c
    index = months_between(day_literal(activity_base(context.calendar)), d.day)
    masks = []
    for place, name in enumerate(ACTIVITY):
        low = place * MASK_BITS
        inside = and_(d.orders > 0, index >= low, index < low + MASK_BITS)
        shifted = when(inside, index - literal(low), literal(0))
        masks.append(bits_or(when(inside, bit(shifted), literal(0))).label(name))
    return select(
        d.customer_no,
        sum_int(d.orders).label("orders"),
        sum_int(when(d.orders > 0, 1)).label("order_days"),
        *(sum_cents(d[n]).label(n) for n in ("gross", "net", "margin")),
        median(days_between(d.previous_on, d.day)).label("median_gap_days"),
        *masks,
    ).group_by(d.customer_no)


def _last_day(table: Any, day: Any, context: Context) -> Rows:
    joined = table.join(w_customer, w_customer.c.customer_id == table.c.customer_id)
    return (
        select(w_customer.c.customer_no, func.max(day).label("day"))
        .select_from(joined)
        .where(day <= day_literal(context.calendar.as_of))
        .group_by(w_customer.c.customer_no)
    )

"""Customers as they stand now, and as they stood at each month end."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Double,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
)

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
from data.domain.period import add_months, month_start
from data.domain.period import months_between as count_months
from data.pipeline.marts.alive import alive_masks
from data.pipeline.marts.assets import asset_columns, w_asset
from data.pipeline.marts.facts import day_of
from data.pipeline.marts.live import live_dimensions
from data.pipeline.marts.referrals import w_referral
from data.pipeline.marts.signals import signals, w_signal
from data.pipeline.marts.states import LIVE, silent_days, was_lost
from data.pipeline.marts.work import (
    Context,
    fill,
    w_before,
    w_customer,
    w_day,
    w_held,
    w_life,
    w_live,
    w_loss,
    w_state,
    w_value,
)
from data.warehouse import marts
from data.warehouse.dialects import (
    TEN_THOUSANDTHS,
    Cents,
    Rows,
    bit,
    bits_or,
    days_between,
    int_div,
    median,
    months_between,
    sum_cents,
    sum_int,
    to_cents,
    when,
)
from data.warehouse.schema import activity, customer, engagement

#: Days of a year, leap years averaged.
YEAR_DAYS = 365.25


def fill_snapshot(context: Context) -> None:
    """Fill `customer_snapshot`: one row per customer and closed month end."""
    s, h = w_state.c, w_held.c
    joined = w_state.join(w_held, and_(h.customer_no == s.customer_no, h.month == s.month))
    stmt = (
        select(
            *(s[n] for n in ("month", "customer_no", "tier_raw", "lifecycle", "score")),
            *(s[n] for n in (*SCORE_DIMENSIONS, "coverage")),
            h.tier,
            literal(context.model.version).label("model"),
            s.is_churned,
            was_lost(context, s).label("is_lost"),
            s.margin_12m,
            s.value,
            _revaluation(s).label("revaluation"),
        )
        .select_from(joined.outerjoin(w_before, w_before.c.customer_no == s.customer_no))
        .where(s.month != LIVE)
        .order_by(s.month, s.customer_no)
    )
    fill(context.connection, marts.customer_snapshot, stmt)


def _revaluation(s: Any) -> ColumnElement[int]:
    """Return by how much the new scoring model values the customer higher than the one before."""
    valued = and_(w_before.c.customer_no.is_not(None), ~s.is_churned)
    return when(valued, func.coalesce(s.value, 0) - func.coalesce(w_before.c.value, 0))


def fill_customer_current(context: Context, expected_years: float | None) -> None:
    """Fill `customer_current`: everything a list, a filter or a page about one customer shows."""
    ever = _ever(context).subquery("ever")
    contacted = _last_day(activity, "happened_at", context).subquery("contacted")
    engaged = _last_engaged(context).subquery("engaged")
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
    orders_per_year, simple = _simple_value(ever.c, s, expected_years)
    rfm = _rfm(context, s)
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
            *rfm,
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
    lost = [
        int_div(cast(v, BigInteger) * cast(w_loss.c[n], BigInteger), literal(TEN_THOUSANDTHS))
        for n in LOSSES
    ]
    months = [part.label(name) for part, name in zip(lost, EXPECTED, strict=True)]
    return [*months, sum(lost[1:], lost[0]).label(EXPECTED_LOSS)]


def _ever(context: Context) -> Rows:
    d = w_day.c
    index = months_between(literal(activity_base(context.calendar), Date()), d.day)
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


def _last_day(table: Any, column: str, context: Context) -> Rows:
    day = day_of(table.c[column])
    joined = table.join(w_customer, w_customer.c.customer_id == table.c.customer_id)
    return (
        select(w_customer.c.customer_no, func.max(day).label("day"))
        .select_from(joined)
        .where(day <= literal(context.calendar.as_of, Date()))
        .group_by(w_customer.c.customer_no)
    )


def _last_engaged(context: Context) -> Rows:
    e = engagement.c
    joined = engagement.join(w_customer, w_customer.c.customer_id == e.customer_id)
    return (
        select(w_customer.c.customer_no, func.max(e.happened_on).label("day"))
        .select_from(joined)
        .where(e.happened_on <= literal(context.calendar.as_of, Date()))
        .group_by(w_customer.c.customer_no)
    )


def _simple_value(ever: Any, s: Any, years: float | None) -> tuple[Any, Any]:
    """Simple CLV = AOV × orders per year × expected years × margin rate, in ten-thousandths."""
    span = func.greatest(
        cast(days_between(s.first_on, s.until), Double) / literal_column(str(YEAR_DAYS)),
        literal_column("1.0"),
    )
    per_year = cast(ever.orders, Double) / span
    aov = cast(ever.gross, Double) / func.nullif(ever.orders, 0)
    margin_rate = cast(ever.margin, Double) / func.nullif(ever.net, 0)
    if years is None:
        return per_year, cast(literal_column("NULL"), Cents())
    simple = aov * per_year * literal(years, Double()) * margin_rate
    return per_year, cast(func.round(when(ever.net > 0, simple, None)), Cents())


def _rfm(context: Context, s: Any) -> list[Any]:
    """Quintiles by the stored cut points of `rfm_cut`; a recent order is a high score."""
    cut = {row.item: row for row in context.connection.execute(select(marts.rfm_cut))}
    if not cut:
        return []
    bought = s.orders_24m > 0
    quintiles = {
        "recency": literal(6) - _quintile(silent_days(s), cut["recency"]),
        "frequency": _quintile(s.orders_24m, cut["frequency"]),
        "monetary": _quintile(s.net_24m, cut["monetary"]),
    }
    return [when(bought, q, None).label(n) for n, q in quintiles.items()]


def _quintile(item: Any, cut: Any) -> ColumnElement[int]:
    cuts = [getattr(cut, f"cut_{i}") for i in range(1, 5)]
    return literal(1) + sum(
        (case((item > literal_column(str(c)), 1), else_=0) for c in cuts), literal(0)
    )


def yearly_churn(context: Context) -> float | None:
    """Share of the customers of one span who did not order in the next, scaled to a year.

    The span is a year, or half the history where that is shorter; None without any history.
    """
    calendar = context.calendar
    history = count_months(month_start(calendar.first_on), calendar.until)
    span = min(12, history // 2)
    if span < 1:
        return None
    middle, start = add_months(calendar.until, -span), add_months(calendar.until, -2 * span)
    d = w_day.c
    per = (
        select(
            d.customer_no,
            func.max(when(d.day < literal(middle, Date()), 1)).label("before"),
            func.max(when(d.day >= literal(middle, Date()), 1)).label("after"),
        )
        .where(d.orders > 0, d.day >= literal(start, Date()))
        .group_by(d.customer_no)
        .subquery("per")
    )
    stmt = select(
        sum_int(per.c.before), sum_int(when(and_(per.c.before == 1, per.c.after == 0), 1))
    )
    base, lost = context.connection.execute(stmt).one()
    if not base:
        return None
    return 1 - (1 - (lost or 0) / base) ** (12 / span)


def expected_years(context: Context) -> float | None:
    """Return how many years a customer is expected to stay: 1 / yearly churn, between 1 and 10."""
    churn = yearly_churn(context)
    if churn is None:
        return None
    return float(context.model.max_years) if churn == 0 else min(10.0, max(1.0, 1 / churn))

"""The month mart: facts and growth states per customer and month."""

from typing import Any

from sqlalchemy import Date, and_, func, literal, select, union_all

from data.domain.period import Period, month_start
from data.pipeline.marts.context import Context, fact_spans
from data.pipeline.marts.filling import fill, sum_of, within
from data.pipeline.marts.live import live_dimensions, with_live
from data.pipeline.marts.work import w_active, w_day, w_live
from data.warehouse import marts
from data.warehouse.dialects import Rows, following, month_of, months_between, previous, when
from data.warehouse.dialects import add_months as later_month
from data.warehouse.marts.columns import MONTH_STATES, ORDER_FACTS, TOUCH_FACTS


def fill_active_months(context: Context) -> None:
    """Fill `w_active`: order facts per customer and month, with the active months around."""
    months = (
        select(
            w_day.c.customer_no,
            month_of(w_day.c.day).label("month"),
            *(sum_of(n)(w_day.c[n]).label(n) for n in ORDER_FACTS),
        )
        .group_by(w_day.c.customer_no, month_of(w_day.c.day))
        .subquery("months")
    )
    active = (
        select(months.c.customer_no, months.c.month).where(months.c.orders > 0).subquery("active")
    )
    a = active.c
    around = select(
        a.customer_no,
        a.month,
        previous(a.month, a.customer_no, a.month).label("previous_month"),
        following(a.month, a.customer_no, a.month).label("next_month"),
    ).subquery("around")
    joined = months.outerjoin(
        around,
        and_(around.c.customer_no == months.c.customer_no, around.c.month == months.c.month),
    )
    stmt = select(*months.c, around.c.previous_month, around.c.next_month).select_from(joined)
    fill(context.connection, w_active, stmt)


def fill_customer_month(context: Context) -> None:
    """Fill `customer_month`: facts and growth states, sorted by month and dimensions."""
    for span in fact_spans(context):
        fill(context.connection, marts.customer_month, _months_of(context, span))


def _months_of(context: Context, span: Period) -> Rows:
    parts = union_all(_active_part(span), _lapsed_part(context, span), _touch_part(span))
    p = parts.subquery("parts").c
    sums = [sum_of(n)(p[n]).label(n) for n in (*MONTH_STATES, *ORDER_FACTS, *TOUCH_FACTS)]
    grouped = (
        select(p.customer_no, p.month, *sums).group_by(p.customer_no, p.month).subquery("by_month")
    )
    m = grouped.c
    return (
        select(
            *m,
            w_live.c.cohort,
            months_between(w_live.c.cohort, m.month).label("age"),
            *live_dimensions(),
        )
        .select_from(with_live(grouped))
        .order_by(m.month, w_live.c.team, w_live.c.region, w_live.c.industry, m.customer_no)
    )


def _part(source: Any, month: Any, **facts: Any) -> Rows:
    names = (*MONTH_STATES, *ORDER_FACTS, *TOUCH_FACTS)
    columns = [facts.get(n, literal(0)).label(n) for n in names]
    return select(source.c.customer_no, month.label("month"), *columns)


def _active_part(span: Period) -> Rows:
    a = w_active.c
    gap = months_between(a.previous_month, a.month)
    is_active = a.orders > 0
    states = {
        "is_active": when(is_active, 1),
        "is_new": when(and_(is_active, a.previous_month.is_(None)), 1),
        "is_retained": when(gap == 1, 1),
        "is_resumed": when(gap > 1, 1),
    }
    part = _part(w_active, a.month, **states, **{n: a[n] for n in ORDER_FACTS})
    return part.where(within(a.month, span))


def _lapsed_part(context: Context, span: Period) -> Rows:
    """Customers active in the month before and not in this one, up to the as-of day's month."""
    a = w_active.c
    this = later_month(a.month, literal(1))
    stayed = func.coalesce(a.next_month == this, literal(value=False))
    last = literal(month_start(context.calendar.as_of), Date())
    return _part(w_active, this, is_lapsed=literal(1)).where(
        a.orders > 0, ~stayed, a.month < last, within(this, span)
    )


def _touch_part(span: Period) -> Rows:
    t = marts.touch_day.c
    part = _part(marts.touch_day, month_of(t.day), **{n: t[n] for n in TOUCH_FACTS})
    return part.where(within(t.day, span))

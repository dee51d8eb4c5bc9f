"""The day marts: orders, contacts and contract terms per customer, in the order of time."""

from sqlalchemy import Date, func, literal, select

from data.pipeline.marts.context import Context, fact_spans
from data.pipeline.marts.filling import fill, sum_of, within
from data.pipeline.marts.live import live_dimensions, with_live
from data.pipeline.marts.work import w_customer, w_day, w_live, w_touch
from data.warehouse import marts
from data.warehouse.dialects import Rows, add_days, days_between, following, to_cents
from data.warehouse.marts.columns import GAP_DIMENSIONS, ORDER_FACTS, TOUCH_FACTS, bits
from data.warehouse.schema import contract


def fill_customer_day(context: Context) -> None:
    """Fill `customer_day`, sorted by day: span by span, so that no sort outgrows the memory."""
    names = ("customer_no", "day", "previous_on", "next_on", *ORDER_FACTS)
    for span in fact_spans(context):
        stmt = (
            select(
                *(w_day.c[n] for n in names),
                w_live.c.cohort,
                w_live.c.contract_on,
                *live_dimensions(),
            )
            .select_from(with_live(w_day))
            .where(within(w_day.c.day, span))
            .order_by(w_day.c.day, w_day.c.customer_no)
        )
        fill(context.connection, marts.customer_day, stmt)


def fill_gap_count(context: Context) -> None:
    """Fill `gap_count` from `customer_day`: how often each gap between two orders occurs."""
    d = marts.customer_day
    group = [c for n in GAP_DIMENSIONS for c in (d.c[n], d.c[bits(n)])]
    days = days_between(d.c.previous_on, d.c.day)
    stmt = (
        select(*group, days.label("days"), func.count().label("gaps"))
        .where(d.c.previous_on.is_not(None))
        .group_by(*group, days)
        .order_by(*(d.c[n] for n in GAP_DIMENSIONS), days)
    )
    fill(context.connection, marts.gap_count, stmt)


def fill_touch_day(context: Context) -> None:
    """Fill `touch_day`, sorted by day, span by span."""
    t = w_touch.c
    for span in fact_spans(context):
        grouped = (
            select(t.customer_no, t.day, *(sum_of(n)(t[n]).label(n) for n in TOUCH_FACTS))
            .where(within(t.day, span))
            .group_by(t.customer_no, t.day)
            .subquery("grouped")
        )
        g = grouped.c
        stmt = (
            select(*g, w_live.c.cohort, *live_dimensions())
            .select_from(with_live(grouped))
            .order_by(g.day, g.customer_no)
        )
        fill(context.connection, marts.touch_day, stmt)


def fill_contract_term(context: Context) -> None:
    """Fill `contract_term`: terms up to the as-of day with the start of the customer's next one."""
    terms = _terms(context).subquery("terms")
    t = terms.c
    # Terms may overlap: the last end of those begun so far counts.
    covered_until = func.max(t.ends_on).over(partition_by=t.customer_no, order_by=t.starts_on)
    churned_on = add_days(covered_until, literal(context.model.grace_days + 1))
    stmt = (
        select(
            t.customer_no,
            t.starts_on,
            t.ends_on,
            following(t.starts_on, t.customer_no, t.starts_on).label("next_starts_on"),
            churned_on.label("churned_on"),
            t.contract_id.in_(_renewed(context)).label("is_renewed"),
            w_live.c.cohort,
            *live_dimensions(),
            to_cents(t.amount).label("amount"),
        )
        .select_from(with_live(terms))
        .order_by(t.ends_on, t.customer_no, t.starts_on)
    )
    fill(context.connection, marts.contract_term, stmt)


def _terms(context: Context) -> Rows:
    return (
        select(w_customer.c.customer_no, *contract.c)
        .select_from(contract.join(w_customer, w_customer.c.customer_id == contract.c.customer_id))
        .where(contract.c.starts_on <= literal(context.calendar.as_of, Date()))
    )


def _renewed(context: Context) -> Rows:
    """The terms followed, by the grace days after their end, by one that lasts longer."""
    old, new = _terms(context).subquery("old"), _terms(context).subquery("new")
    gap = days_between(old.c.ends_on, new.c.starts_on)
    return (
        select(old.c.contract_id)
        .select_from(old.join(new, new.c.customer_no == old.c.customer_no))
        .where(
            new.c.starts_on > old.c.starts_on,
            new.c.ends_on > old.c.ends_on,
            gap <= literal(context.model.grace_days),
        )
    )

"""What every customer was at each month end and is at the as-of day, before ranking.

`w_base` holds, per month end and customer: the sums of the trailing windows, the days of the last
orders, what covers the customer by contract, and the median gap where the lifecycle asks for it.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, literal, or_, select

from data.domain.period import DAY, Calendar, add_months, month_start
from data.pipeline.marts.facts import is_purchase
from data.pipeline.marts.work import (
    Context,
    fill,
    w_base,
    w_customer,
    w_day,
    w_end,
    w_life,
    w_touch,
    zero,
)
from data.warehouse.dialects import (
    TEN_THOUSANDTHS,
    Rows,
    add_days,
    days_between,
    int_div,
    median,
    sum_cents,
    sum_int,
    when,
)
from data.warehouse.schema import contract, customer

#: Customer rows that one statement ranks at a time; bounds the memory of a refresh.
BATCH_ROWS = 1_000_000
#: The month under which the as-of day's own state is kept.
LIVE = date(2200, 1, 1)
#: The batch of a month end that was carried and is valued again.
REPLAYED = -1


def month_ends(
    calendar: Calendar,
    customers: int,
    *,
    starts: Collection[date] = (),
    after: date | None = None,
) -> list[dict[str, Any]]:
    """Return one row per closed month end since the first fact, and one for the as-of day.

    Month ends up to `after` are left out. A month in `starts`, from which another scoring model
    holds, is a batch of its own.
    """
    closed = [month for month in calendar.closed_months if after is None or month > after]
    ends = [(month, add_months(month, 1)) for month in closed] + [(LIVE, calendar.until)]
    per_batch = max(1, BATCH_ROWS // max(1, customers))
    batches = _batches([month_start(until - DAY) for _, until in ends], per_batch, starts)
    return [
        _end(month, until, batch=batch) for (month, until), batch in zip(ends, batches, strict=True)
    ]


def _end(month: date, until: date, *, batch: int) -> dict[str, Any]:
    return {
        "batch": batch,
        "month": month,
        "until": until,
        "since_24m": add_months(until, -24),
        "since_12m": add_months(until, -12),
        "since_6m": add_months(until, -6),
        "since_180": until - timedelta(days=180),
        "since_360": until - timedelta(days=360),
    }


def _batches(months: list[date], per_batch: int, starts: Collection[date]) -> list[int]:
    """Return the batch of each month: so many together, and no other month with a start."""
    numbers: list[int] = []
    number, size = 0, 0
    for place, month in enumerate(months):
        breaks = month in starts or (place > 0 and months[place - 1] in starts)
        if size and (size == per_batch or breaks):
            number, size = number + 1, 0
        numbers.append(number)
        size += 1
    return numbers


def fill_ends(
    context: Context, customers: int, *, starts: Collection[date], after: date | None
) -> dict[int, date]:
    """Fill `w_end` and return its batches with the first month of each."""
    rows = month_ends(context.calendar, customers, starts=starts, after=after)
    context.connection.execute(insert(w_end), rows)
    first: dict[int, date] = {}
    for row in rows:
        first.setdefault(row["batch"], month_start(row["until"] - DAY))
    return first


def fill_replayed(context: Context, month: date) -> int:
    """Add one month end, that was carried, to `w_end` and return its batch: it comes before all."""
    row = _end(month, add_months(month, 1), batch=REPLAYED)
    context.connection.execute(insert(w_end), [row])
    return REPLAYED


def fill_base(context: Context, batch: int) -> None:
    """Fill `w_base` for one batch of month ends."""
    ends = select(w_end).where(w_end.c.batch == batch).subquery("ends")
    bought = _bought(context, ends).subquery("bought")
    touched = _touched(ends).subquery("touched")
    brought = _brought(ends).subquery("brought")
    covered = _covered(ends).subquery("covered")
    here = (
        select(ends.c.month, ends.c.until, w_life.c.customer_no, w_life.c.first_on)
        .select_from(ends.join(w_life, literal(value=True)))
        .where(w_life.c.is_customer)
        .subquery("here")
    )
    joined: Any = here
    for part in (bought, touched, brought, covered):
        joined = joined.outerjoin(
            part, and_(part.c.month == here.c.month, part.c.customer_no == here.c.customer_no)
        )
    sums = [
        zero(bought.c[n]).label(n)
        for n in (
            *("net_12m", "margin_12m", "net_6m", "margin_6m", "gross_12m", "net_24m"),
            *("m180", "p180", "orders_12m", "orders_24m", "purchases", "spent", "earned"),
        )
    ]
    stmt = (
        select(
            here.c.month,
            here.c.until,
            here.c.customer_no,
            when(here.c.first_on < here.c.until, here.c.first_on, None).label("first_on"),
            *(bought.c[n] for n in ("last_on", "previous_on", "returned_on", "purchased_on")),
            covered.c.covered_until,
            *sums,
            *(zero(touched.c[n]).label(n) for n in _TOUCHED),
            zero(brought.c.brought).label("brought"),
            _growth(bought.c).label("growth"),
            (zero(touched.c.engagements) > 0).label("is_engaged"),
        )
        .select_from(joined)
        .where(or_(here.c.first_on < here.c.until, covered.c.covered_until.is_not(None)))
    )
    fill(context.connection, w_base, stmt)


_TOUCHED = ("complaints", "shares", "service", "engagements")


def _growth(bought: Any) -> ColumnElement[Any]:
    """Return margin of 180 days over that of the 180 before, in ten-thousandths; blank on none."""
    before = zero(bought.p180)
    return when(before > 0, int_div(zero(bought.m180) * literal(TEN_THOUSANDTHS), before), None)


def _bought(context: Context, ends: Any) -> Rows:
    d, e = w_day.c, ends.c
    ordered, paid = d.orders > 0, is_purchase(d)
    threshold = literal(context.model.threshold_days)
    came_back = and_(ordered, days_between(d.previous_on, d.day) > threshold)

    def since(start: Any, column: Any, kind: Any = sum_cents) -> ColumnElement[Any]:
        return kind(when(d.day >= start, column))

    return (
        select(
            e.month,
            d.customer_no,
            func.max(when(ordered, d.day, None)).label("last_on"),
            func.max(d.previous_on).label("previous_on"),
            func.max(when(came_back, d.day, None)).label("returned_on"),
            since(e.since_12m, d.net).label("net_12m"),
            since(e.since_12m, d.margin).label("margin_12m"),
            since(e.since_6m, d.net).label("net_6m"),
            since(e.since_6m, d.margin).label("margin_6m"),
            since(e.since_12m, d.gross).label("gross_12m"),
            since(e.since_24m, d.net).label("net_24m"),
            since(e.since_180, d.margin).label("m180"),
            sum_cents(when(and_(d.day >= e.since_360, d.day < e.since_180), d.margin)).label(
                "p180"
            ),
            since(e.since_12m, d.orders, sum_int).label("orders_12m"),
            since(e.since_24m, d.orders, sum_int).label("orders_24m"),
            sum_int(when(paid, 1)).label("purchases"),
            func.max(when(paid, d.day, None)).label("purchased_on"),
            sum_cents(when(paid, d.net)).label("spent"),
            sum_cents(d.margin).label("earned"),
        )
        .select_from(w_day.join(ends, d.day < e.until))
        .group_by(e.month, d.customer_no)
    )


def _touched(ends: Any) -> Rows:
    t, e = w_touch.c, ends.c
    return (
        select(
            e.month,
            t.customer_no,
            sum_int(t.complaints).label("complaints"),
            sum_int(t.shares).label("shares"),
            sum_cents(t.service_cost).label("service"),
            sum_int(when(t.day >= e.since_180, t.engagements)).label("engagements"),
        )
        .select_from(w_touch.join(ends, and_(t.day < e.until, t.day >= e.since_12m)))
        .group_by(e.month, t.customer_no)
    )


def _brought(ends: Any) -> Rows:
    """Customers brought: those who name this one as referrer and have become customers."""
    guest = w_customer.alias("guest")
    host = w_customer.alias("host")
    joined = (
        customer.join(guest, guest.c.customer_id == customer.c.customer_id)
        .join(host, host.c.customer_id == customer.c.referrer_id)
        .join(w_life, w_life.c.customer_no == guest.c.customer_no)
        .join(ends, w_life.c.first_on < ends.c.until)
    )
    return (
        select(ends.c.month, host.c.customer_no, func.count().label("brought"))
        .select_from(joined)
        .group_by(ends.c.month, host.c.customer_no)
    )


def _covered(ends: Any) -> Rows:
    joined = contract.join(w_customer, w_customer.c.customer_id == contract.c.customer_id).join(
        ends, contract.c.starts_on < ends.c.until
    )
    return (
        select(
            ends.c.month,
            w_customer.c.customer_no,
            func.max(contract.c.ends_on).label("covered_until"),
        )
        .select_from(joined)
        .group_by(ends.c.month, w_customer.c.customer_no)
    )


def gaps(context: Context) -> Rows:
    """One row per month end and customer who may be at risk: the median gap between orders so far.

    Only customers who ordered within half the threshold and are past their first 90 days can
    be `at_risk`; the others' medians are not computed.
    """
    half = context.model.threshold_days // 2
    asked = (
        select(w_base.c.month, w_base.c.until, w_base.c.customer_no)
        .where(w_base.c.last_on >= add_days(w_base.c.until, literal(-half - 1)))
        .subquery("asked")
    )
    d = w_day.c
    joined = asked.join(w_day, and_(d.customer_no == asked.c.customer_no, d.day < asked.c.until))
    return (
        select(
            asked.c.month,
            asked.c.customer_no,
            median(days_between(d.previous_on, d.day)).label("median_gap"),
        )
        .select_from(joined)
        .where(d.previous_on.is_not(None))
        .group_by(asked.c.month, asked.c.customer_no)
    )


def silent_days(base: Any) -> ColumnElement[int]:
    """Days from the last order to the last day of the month end's period."""
    return days_between(base.last_on, base.until) - literal(1)


def is_churned(context: Context, base: Any) -> ColumnElement[bool]:
    """Past the inactivity threshold, or, under contract, past its end by the grace days."""
    gone = days_between(base.covered_until, base.until) - literal(1) > literal(
        context.model.grace_days
    )
    silent = silent_days(base) > literal(context.model.threshold_days)
    return when(base.covered_until.is_not(None), gone, silent)


def was_lost(context: Context, state: Any) -> ColumnElement[bool]:
    """Churned at this month end and not at the one before.

    With thresholds over a month, whoever ordered within the month is not churned at its end, so
    the same last order, or the same contract, tells of both ends.
    """
    by_contract = days_between(state.covered_until, state.month) - literal(1) <= literal(
        context.model.grace_days
    )
    by_orders = days_between(state.last_on, state.month) - literal(1) <= literal(
        context.model.threshold_days
    )
    return and_(state.is_churned, when(state.covered_until.is_not(None), by_contract, by_orders))

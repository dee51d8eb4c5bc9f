"""What was expected to be lost twelve month ends ago, beside what then was lost."""

from datetime import date

from sqlalchemy import Integer, Text, and_, cast, func, select

from data.domain.columns import LOSSES
from data.domain.period import add_months
from data.pipeline.fits import Fits
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import clear, day_literal, fill
from data.pipeline.marts.risk import fill_losses
from data.pipeline.marts.work import w_end, w_loss, w_schedule, w_silence, w_value
from data.warehouse import marts
from data.warehouse.dialects import add_months as later
from data.warehouse.dialects import months_between


def tested_month(context: Context) -> date:
    """Return the month at whose end the tested schedule begins: twelve are known after it."""
    return add_months(context.calendar.last_closed, -len(LOSSES) - 1)


def keep_schedule(context: Context, fits: Fits, batch: int) -> None:
    """Fill `w_schedule` where the tested month end lies in this batch of month ends."""
    month = tested_month(context)
    held = select(w_end.c.batch).where(w_end.c.month == day_literal(month))
    if context.connection.execute(held).scalar() != batch:
        return
    fill_losses(context, fits, month)
    v, t = w_value.c, marts.customer_snapshot.c
    same = and_(t.customer_no == v.customer_no, t.month == v.month)
    stmt = (
        select(
            v.month,
            v.customer_no,
            cast(t.tier, Text).label("tier"),
            v.contract_months.is_not(None).label("is_bound"),
            v.value,
            *(w_loss.c[n] for n in LOSSES),
        )
        .select_from(
            w_loss.join(w_value, v.customer_no == w_loss.c.customer_no).join(
                marts.customer_snapshot, same
            )
        )
        .where(v.month == day_literal(month), v.value.is_not(None))
    )
    fill(context.connection, w_schedule, stmt)
    for done in (w_loss, w_silence):
        clear(context.connection, done)


def fill_schedule(context: Context) -> None:
    """Fill `customer_schedule`: the schedule kept, and the month in which each then churned."""
    s, w = marts.customer_snapshot.c, w_schedule.c
    month = tested_month(context)
    first = (
        select(s.customer_no, func.min(s.month).label("month"))
        .where(
            s.month > day_literal(month),
            s.month <= later(day_literal(month), len(LOSSES)),
            s.is_churned,
        )
        .group_by(s.customer_no)
        .subquery("first")
    )
    stmt = (
        select(
            *(w[n] for n in ("month", "customer_no", "tier", "is_bound", "value", *LOSSES)),
            cast(months_between(w.month, first.c.month), Integer).label("lost_in"),
        )
        .select_from(w_schedule.outerjoin(first, first.c.customer_no == w.customer_no))
        .order_by(w.customer_no)
    )
    fill(context.connection, marts.customer_schedule, stmt)

"""The month whose growth is worth a question: that in which activity rose most."""

from datetime import date

from sqlalchemy import select

from data.domain.period import add_months
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import day_literal
from data.warehouse import marts
from data.warehouse.dialects import sum_int, when

#: Whole months among which the liveliest is looked for, and those before each it is compared with.
LIVELY_MONTHS, LIVELY_BASE = 6, 3


def liveliest(context: Context) -> date | None:
    """Return the month of the last six whole ones in which engaged customers rose most.

    Against the mean of the three months before it; the latest of equal ones, None without any.
    """
    until = context.calendar.last_closed
    m = marts.customer_month.c
    since = add_months(until, -LIVELY_MONTHS - LIVELY_BASE)
    stmt = (
        select(m.month, sum_int(when(m.engagements > 0, 1)).label("engaged"))
        .where(m.month >= day_literal(since), m.month < day_literal(until))
        .group_by(m.month)
    )
    engaged = {date.fromisoformat(str(k)[:10]): v for k, v in context.connection.execute(stmt)}
    rises: list[tuple[float, date]] = []
    for back in range(LIVELY_MONTHS, 0, -1):
        month = add_months(until, -back)
        base = sum(engaged.get(add_months(month, -i), 0) for i in range(1, LIVELY_BASE + 1))
        if base:
            rises.append((engaged.get(month, 0) / base, month))
    return max(rises)[1] if rises else None

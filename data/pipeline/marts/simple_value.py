"""The simple value: average order times orders a year times expected years times margin rate."""

from typing import Any

from sqlalchemy import Double, and_, cast, func, literal, literal_column, select

from data.domain.period import add_months, month_start
from data.domain.period import months_between as count_months
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import day_literal
from data.pipeline.marts.work import w_day
from data.warehouse.dialects import Cents, days_between, sum_int, when

#: Days of a year, leap years averaged.
YEAR_DAYS = 365.25


def simple_value(ever: Any, s: Any, years: float | None) -> tuple[Any, Any]:
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


def expected_years(context: Context) -> float | None:
    """Return how many years a customer is expected to stay: 1 / yearly churn, between 1 and 10."""
    churn = yearly_churn(context)
    if churn is None:
        return None
    return float(context.model.max_years) if churn == 0 else min(10.0, max(1.0, 1 / churn))


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
            func.max(when(d.day < day_literal(middle), 1)).label("before"),
            func.max(when(d.day >= day_literal(middle), 1)).label("after"),
        )
        .where(d.orders > 0, d.day >= day_literal(start))
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

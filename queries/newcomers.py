"""New customers of a year, won by a campaign or not, and whether they order again."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, cast, func, select

from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.prosperity import thresholds
from data.domain.scope import Scope
from data.warehouse.dialects import days_between, sum_int, when
from queries import visible
from queries.prosperity import WHO, judged
from queries.question import Rows, asks


def newcomer_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer who first ordered in the year before the judged month: who, again."""
    n = _newcomers(filters, scope)
    return select(*(n[name] for name in WHO), n.first_on, n.again_days).order_by(
        n.first_on.desc(), n.customer_id
    )


def _newcomers(filters: Filters, scope: Scope) -> Any:
    """Return customers by their first order, with the days to the second; won by a campaign."""
    month = judged(filters)
    span = Period(add_months(month, -11), add_months(month, 1))
    names = ("customer_no", "day", "orders", "previous_on", "next_on")
    d = visible.order_days(filters, scope, span, *names).c
    c = visible.customers(filters, scope, "customer_no", *WHO).c
    k = visible.campaign_customers(filters, scope).c
    won = select(k.customer_no).where(k.is_won, k.is_treated).distinct().subquery("won")
    again = cast(days_between(d.day, d.next_on), Integer)
    joined = d.customer_no.table.join(
        c.customer_no.table, c.customer_no == d.customer_no
    ).outerjoin(won, won.c.customer_no == d.customer_no)
    return (
        select(
            *(c[n] for n in WHO),
            d.day.label("first_on"),
            again.label("again_days"),
            won.c.customer_no.is_not(None).label("is_won"),
        )
        .select_from(joined)
        .where(d.orders > 0, d.previous_on.is_(None))
        .subquery("newcomers")
        .c
    )


@asks(
    "Do those won order again", members=newcomer_members, metrics=("new_customers", "repeat_rate")
)
def newcomers(filters: Filters, scope: Scope) -> Rows:
    """One row per kind of new customer of the year: is_won (by a campaign), customers, again.

    Of those first ordered in the twelve months to the judged one whose days are over at the as-of
    day; again: a second order within the days of the threshold.
    """
    n = _newcomers(filters, scope)
    days = thresholds(filters.choices.checks)["loyalty"]
    over = visible.day(filters.calendar.as_of - timedelta(days=days))
    return (
        select(
            n.is_won,
            func.count().label("customers"),
            sum_int(when(n.again_days <= days)).label("again"),
        )
        .where(n.first_on <= over)
        .group_by(n.is_won)
        .order_by(n.is_won)
    )

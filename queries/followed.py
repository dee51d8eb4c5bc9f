"""What followed closed tasks: who ordered after the closing, and for how much."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select

from data.domain.filters import Filters
from data.domain.period import Period
from data.domain.scope import Scope
from data.domain.task import OUTCOMES
from data.domain.treatment import FOLLOWED_DAYS
from data.warehouse.dialects import add_days, sum_cents, sum_int, when
from queries import visible
from queries.question import Rows, asks, reads

WHO = ("customer_id", "name", "team", "rep")


def _followed(t: Any, d: Any, days: int, until: Any) -> list[ColumnElement[Any]]:
    """Return whether a customer ordered in so many days and the net revenue; blank while they run.

    The day of the closing is the first of them: an order brought by the task is often of that day.
    """
    end = add_days(t.closed_on, literal(days))
    within = and_(d.day >= t.closed_on, d.day < end)
    ordered = when(func.coalesce(sum_int(when(within, d.orders)), 0) > 0)
    net = func.coalesce(sum_cents(when(within, d.net)), 0)
    is_over = end <= until
    return [
        case((is_over, ordered)).label(f"ordered_{days}"),
        case((is_over, net)).label(f"revenue_{days}"),
    ]


@reads("treated")
def followed_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer and outcome, the last closed first: who, when, what followed."""
    t = visible.treated(filters, scope, "customer_no", *WHO)
    as_of, until = filters.calendar.as_of, filters.calendar.until
    since = min((each.closed_on for each in filters.treated.rows), default=as_of)
    span = Period(min(since, as_of), until)
    d = visible.order_days(filters, scope, span, "customer_no", "day", "orders", "net")
    told = [
        each for days in FOLLOWED_DAYS for each in _followed(t.c, d.c, days, visible.day(until))
    ]
    who = [*(t.c[n] for n in WHO), t.c.outcome, t.c.closed_on]
    return (
        select(*who, *told)
        .select_from(t.outerjoin(d, d.c.customer_no == t.c.customer_no))
        .group_by(t.c.customer_no, *who)
        .order_by(t.c.closed_on.desc(), t.c.customer_id, t.c.outcome)
    )


@reads("treated")
@asks("What followed", members=followed_members, metrics=("revenue",), today_only="done_here")
def followed_outcomes(filters: Filters, scope: Scope) -> Rows:
    """One row per outcome: customers, over, ordered and revenue in 30 and in 90 days.

    `over_30` counts those whose 30 days are over at the as-of day; only they are in `ordered_30`.
    """
    m = followed_members(filters, scope).order_by(None).subquery("followed").c
    told: list[ColumnElement[Any]] = []
    for days in FOLLOWED_DAYS:
        ordered, revenue = m[f"ordered_{days}"], m[f"revenue_{days}"]
        told += [
            func.count(ordered).label(f"over_{days}"),
            sum_int(ordered).label(f"ordered_{days}"),
            sum_cents(revenue).label(f"revenue_{days}"),
        ]
    place = case({name: i for i, name in enumerate(OUTCOMES)}, value=m.outcome)
    return (
        select(m.outcome, func.count().label("customers"), *told)
        .group_by(m.outcome)
        .order_by(place, m.outcome)
    )

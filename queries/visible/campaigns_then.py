"""Customers of campaigns with what they had done by a closed month end."""

from typing import Any

from sqlalchemy import Subquery, and_, case, func, literal, or_, select, type_coerce

from data.domain.columns import CAMPAIGN_DAYS
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import Rows, add_days, sum_cents, sum_int, when
from data.warehouse.schema import campaign_member
from queries.visible.predicates import allowed, day, shown

KEYS = ("campaign_id", "customer_no")
#: What was done since it began.
SINCE = (
    "orders_run",
    *(f"{n}_{days}" for n in ("orders", "net", "margin") for days in CAMPAIGN_DAYS),
)
#: What was so before the campaign began, or does not depend on a day.
BEFORE = (
    *("campaign_id", "campaign", "purpose", "customer_no", "is_treated", "starts_on", "ends_on"),
    *("tier", "cost", "net_before", "margin_before"),
)


def campaign_customers_then(filters: Filters, scope: Scope, names: tuple[str, ...]) -> Subquery:
    """Return campaign × customer rows of the campaigns begun by the day, cut at it."""
    c, k = marts.customer_current, marts.campaign_customer
    until = day(filters.calendar.until)
    done = _done(filters, scope).subquery("done")
    answered = _answered(until).subquery("answered")
    same = and_(*(done.c[n] == k.c[n] for n in KEYS))
    said = and_(
        answered.c.campaign_id == k.c.campaign_id, answered.c.customer_id == c.c.customer_id
    )
    is_again = add_days(c.c.first_on, func.coalesce(k.c.again_days, 0)) < until
    told: list[Any] = [
        *(k.c[n] for n in BEFORE if n not in names),
        answered.c.campaign_id.is_not(None).label("has_responded"),
        and_(k.c.is_won, c.c.first_on < until).label("is_won"),
        *(_counted(done.c[n]) for n in SINCE),
        case((is_again, k.c.again_days)).label("again_days"),
    ]
    joined = c.join(k, k.c.customer_no == c.c.customer_no)
    joined = joined.outerjoin(done, same).outerjoin(answered, said)
    stmt = select(*told, *(shown(c.c[n], scope) for n in names)).select_from(joined)
    stmt = stmt.where(k.c.starts_on < until, *allowed(c, filters, scope))
    return stmt.subquery("campaign_customers_then")


def _counted(column: Any) -> Any:
    return type_coerce(func.coalesce(column, 0), column.type).label(column.name)


def _answered(until: Any) -> Rows:
    m = campaign_member.c
    return select(m.campaign_id, m.customer_id).where(m.responded_on < until).distinct()


def _done(filters: Filters, scope: Scope) -> Rows:
    """One row per campaign and customer with an order since its start: sums up to the day."""
    t, until = marts.customer_day, day(filters.calendar.until)
    d, k = t.c, marts.campaign_customer.c
    sums = [
        total(when(d.day < add_days(k.starts_on, literal(days)), d[n])).label(f"{n}_{days}")
        for n, total in (("orders", sum_int), ("net", sum_cents), ("margin", sum_cents))
        for days in CAMPAIGN_DAYS
    ]
    within = or_(d.day < add_days(k.starts_on, literal(CAMPAIGN_DAYS[-1])), d.day <= k.ends_on)
    joined = marts.campaign_customer.join(t, d.customer_no == k.customer_no)
    return (
        select(
            *(k[n] for n in KEYS),
            sum_int(when(d.day <= k.ends_on, d.orders)).label("orders_run"),
            *sums,
        )
        .select_from(joined)
        .where(d.day >= k.starts_on, d.day < until, within, *allowed(t, filters, scope))
        .group_by(*(k[n] for n in KEYS))
    )

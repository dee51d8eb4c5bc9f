"""What happened to customers and waits: complaints, quotes, follow-ups, orders, month ends."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, literal, select

from data import settings
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import business_day
from data.warehouse.schema import activity, quote, rep, ticket
from queries.visible.predicates import allowed, day


def complaints(filters: Filters, scope: Scope) -> Subquery:
    """Return complaints: customer_no, opened_on, and answered_on (blank: not yet)."""
    c, k = marts.customer_current, ticket.c
    answered = func.coalesce(k.first_replied_at, k.resolved_at)
    stmt = (
        select(
            c.c.customer_no,
            _day_of(k.opened_at).label("opened_on"),
            _day_of(answered).label("answered_on"),
        )
        .select_from(ticket.join(c, c.c.customer_id == k.customer_id))
        .where(k.kind == "complaint", *allowed(c, filters, scope))
    )
    return stmt.subquery("complaints")


def quote_days(filters: Filters, scope: Scope) -> Subquery:
    """Return quotes handed in: customer_no, submitted_on, decided_on, closed_on of the deal."""
    c, o, q = marts.customer_current, marts.opportunity_current, quote.c
    joined = quote.join(o, o.c.opportunity_id == q.opportunity_id)
    stmt = (
        select(
            c.c.customer_no,
            _day_of(q.submitted_at).label("submitted_on"),
            _day_of(q.decided_at).label("decided_on"),
            o.c.closed_on,
        )
        .select_from(joined.join(c, c.c.customer_no == o.c.customer_no))
        .where(q.submitted_at.is_not(None), *allowed(c, filters, scope))
    )
    return stmt.subquery("quote_days")


def contact_days(filters: Filters, scope: Scope) -> Subquery:
    """Return the days on which customers were contacted: customer_no and day."""
    c = marts.customer_current
    stmt = (
        select(c.c.customer_no, _day_of(activity.c.happened_at).label("day"))
        .select_from(activity.join(c, c.c.customer_id == activity.c.customer_id))
        .where(*allowed(c, filters, scope))
    )
    return stmt.subquery("contact_days")


def month_ends(filters: Filters, scope: Scope, months: Sequence[date], *names: str) -> Subquery:
    """Return customer × month-end rows of the named months, tier, score and month among them."""
    s, c = marts.customer_snapshot.c, marts.customer_current
    columns = names or ("customer_no", "month", "tier", "score")
    mine = allowed(c, filters, scope)
    within = [s.customer_no.in_(select(c.c.customer_no).where(*mine))] if mine else []
    stmt = select(*(s[n] for n in columns)).where(s.month.in_([day(m) for m in months]), *within)
    return stmt.subquery("month_ends")


def owner_levels() -> Subquery:
    """Return the representatives with their level, the same for every reader."""
    return select(rep.c.rep_id, rep.c.level).subquery("owner_levels")


def _day_of(timestamp: Any) -> ColumnElement[date]:
    return business_day(timestamp, literal(settings.value("TIME_ZONE")))

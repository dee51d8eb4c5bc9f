"""Opportunities, and what representatives did, by the fact's own representative."""

from sqlalchemy import (
    ColumnElement,
    Date,
    Subquery,
    Table,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    true,
)

from data.domain.approvals import WAITING
from data.domain.dimension import NOT_GIVEN
from data.domain.filters import Filters
from data.domain.period import Period
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import to_cents
from data.warehouse.schema import orders, quote, rep
from queries.visible.deals_then import deals_then
from queries.visible.predicates import allowed, between, coded, of_reps_only, scoped, selected


def deals(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return opportunities; those without a customer follow their own representative."""
    t = marts.opportunity_current
    if filters.calendar.is_past:
        return deals_then(filters, scope, names)
    return selected(t, scope, names).where(*allowed(t, filters, scope)).subquery("deals")


def quotes(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return submitted quotes of open opportunities that the company's records hold undecided.

    Columns: the `names` of the opportunity, quote_id, submitted_on, `quote_waiting` (the amount)
    and `quote_status`: waiting, or what was decided here since.
    """
    t = marts.opportunity_current
    decided = dict(filters.approvals.decided)
    status = case(decided, value=quote.c.quote_id, else_=WAITING) if decided else literal(WAITING)
    stmt = (
        select(
            *(t.c[n] for n in names),
            quote.c.quote_id,
            cast(quote.c.submitted_at, Date).label("submitted_on"),
            to_cents(quote.c.amount).label("quote_waiting"),
            cast(status, Text).label("quote_status"),
        )
        .select_from(t.join(quote, quote.c.opportunity_id == t.c.opportunity_id))
        .where(
            t.c.status == "open",
            t.c.quote_waiting.is_not(None),
            quote.c.submitted_at.is_not(None),
            quote.c.decided_at.is_(None),
            *allowed(t, filters, scope),
        )
    )
    return stmt.subquery("quotes")


def rep_months(filters: Filters, scope: Scope, period: Period) -> Subquery:
    """Return representative × month sums, by the fact's own representative."""
    t = marts.team_month
    stmt = selected(t, scope).where(between(t.c.month, period), *_of_reps(t, filters, scope))
    return stmt.subquery("rep_months")


def rep_orders(filters: Filters, scope: Scope, period: Period) -> Subquery:
    """Return the orders behind the sales of `rep_months`: they follow their own representative.

    An order of somebody else's customer counts in the sum; whose customer it is stays blank
    (`is_foreign`).
    """
    t, c = marts.team_month, marts.customer_current
    own = and_(true(), *scoped(c, scope))
    seller = func.coalesce(rep.c.rep_id, literal(NOT_GIVEN, Text()))
    sellers = select(cast(t.c.rep, Text)).where(*_of_reps(t, filters, scope))
    stmt = (
        select(
            orders.c.order_id,
            orders.c.ordered_on,
            to_cents(orders.c.amount).label("sales"),
            seller.label("rep"),
            *(case((own, c.c[n])).label(n) for n in ("customer_id", "name")),
            case((own, 0), else_=1).label("is_foreign"),
        )
        .select_from(
            orders.outerjoin(rep, rep.c.rep_id == orders.c.rep_id).outerjoin(
                c, c.c.customer_id == orders.c.customer_id
            )
        )
        .where(between(orders.c.ordered_on, period), seller.in_(sellers))
    )
    return stmt.subquery("rep_orders")


def _of_reps(table: Table, filters: Filters, scope: Scope) -> list[ColumnElement[bool]]:
    """Return whose work it is: the reader's representatives, and those asked for."""
    asked = ((name, filters.values(name)) for name in ("team", "rep"))
    chosen = (coded(table, name, v) for name, v in asked if v)
    return [*scoped(table, scope), *chosen, *of_reps_only(filters)]

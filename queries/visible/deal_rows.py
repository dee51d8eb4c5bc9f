"""Opportunities, and what representatives did, by the fact's own representative."""

from sqlalchemy import Subquery, select

from data.domain.filters import Filters
from data.domain.period import Period
from data.domain.scope import Scope
from data.warehouse import marts
from queries.visible.predicates import allowed, between, coded, scoped, selected


def deals(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return opportunities; those without a customer follow their own representative."""
    t = marts.opportunity_current
    return selected(t, names).where(*allowed(t, filters, scope)).subquery("deals")


def rep_months(filters: Filters, scope: Scope, period: Period) -> Subquery:
    """Return representative × month sums, by the fact's own representative."""
    t = marts.team_month
    chosen = [coded(t, key, filters.values(key)) for key in ("team", "rep") if filters.values(key)]
    stmt = select(t).where(between(t.c.month, period), *scoped(t, scope), *chosen)
    return stmt.subquery("rep_months")

"""Customers of campaigns, treated and held back, with what they did before and after."""

from sqlalchemy import Subquery, select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse import marts
from queries.visible.campaigns_then import campaign_customers_then
from queries.visible.predicates import allowed, shown


def campaign_customers(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return campaign × customer rows with the named columns of the customers as of today."""
    if filters.calendar.is_past:
        return campaign_customers_then(filters, scope, names)
    c, k = marts.customer_current, marts.campaign_customer
    kept = [column for column in k.columns if column.name not in names]
    joined = c.join(k, k.c.customer_no == c.c.customer_no)
    stmt = select(*kept, *(shown(c.c[n], scope) for n in names)).select_from(joined)
    return stmt.where(*allowed(c, filters, scope)).subquery("campaign_customers")

"""The customers whom tasks and notes are about, as the reader may see them."""

from sqlalchemy import Text, cast, select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import Rows
from queries import visible

WHO = ("customer_id", "name", "rep", "team", "tier")


def named_customers(filters: Filters, scope: Scope) -> Rows:
    """One row per chosen customer or prospect: customer_id, name, rep, team, tier."""
    c = visible.everyone(filters, scope, *WHO).c
    return select(*(cast(c[n], Text).label(n) for n in WHO)).order_by(c.customer_id)

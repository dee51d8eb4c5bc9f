"""What can be chosen in the filters: only values that the reader's own customers have."""

from sqlalchemy import Text, cast, func, literal, select, union_all

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import Rows
from queries import visible

OFFERED = ("team", "rep", "region", "city", "industry", "kind", "source", "tier", "lifecycle")
#: More values than this are typed, not scrolled.
MOST = 300


def options(filters: Filters, scope: Scope) -> Rows:
    """One row per dimension and value: dimension, value, customers; whatever is filtered now."""
    c = visible.customers(filters.unfiltered(), scope, *OFFERED).c
    parts = [
        select(
            literal(name, Text()).label("dimension"),
            cast(c[name], Text).label("value"),
            func.count().label("customers"),
        ).group_by(c[name])
        for name in OFFERED
    ]
    p = union_all(*parts).subquery("parts").c
    stmt = select(p.dimension, p.value, p.customers).where(p.value.is_not(None))
    return stmt.order_by(p.dimension, p.customers.desc(), p.value).limit(MOST * len(OFFERED))

"""Orders by which a churned customer came back."""

from sqlalchemy import Subquery, literal, or_, select

from data.domain.period import Period
from data.warehouse.dialects import Rows, add_days, days_between, month_of
from queries import visible
from queries.measure.family import Asked, Family, whole


def _returns(asked: Asked) -> Subquery:
    """Return order days on which a customer came back after having been churned by silence."""
    return _return_rows(asked, asked.period).subquery("returns")


def _return_rows(asked: Asked, span: Period) -> Rows:
    names = ("day", "previous_on", "contract_on", *asked.groups)
    d = visible.order_days(asked.filters, asked.scope, span, *names).c
    was_churned = d.day > add_days(d.previous_on, literal(asked.filters.threshold))
    by_orders = or_(d.contract_on.is_(None), d.contract_on > d.day)
    keys = [d[g] for g in asked.groups]
    gap = days_between(d.previous_on, d.day).label("gap_days")
    stmt = select(*keys, d.day, gap, literal(1).label("won_back"))
    return stmt.where(d.previous_on.is_not(None), was_churned, by_orders)


def _return_months(asked: Asked) -> Subquery:
    rows = _return_rows(asked, whole(asked.period)).subquery("returned")
    stmt = select(month_of(rows.c.day).label("month"), rows.c.won_back)
    return stmt.subquery("returns_by_month")


RETURNS = Family(_returns, _return_months)

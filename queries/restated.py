"""What was restated: month ends kept when they closed, held against today's computation of them."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, case, cast, func, literal, or_, select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import sum_cents, sum_int
from queries import visible
from queries.asset_statement import NEEDS
from queries.question import Rows, asks

WHO = ("customer_id", "name", "region", "team", "rep")


def _changed(filters: Filters, scope: Scope, *names: str) -> Any:
    """Return customers and month ends of which another value or state is computed today."""
    r = visible.restated(filters, scope, *names).c
    zero = literal(0, BigInteger())
    moved = cast(func.coalesce(r.now_value, 0), BigInteger) - cast(
        func.coalesce(r.then_value, 0), BigInteger
    )
    is_other = or_(
        moved != zero,
        func.coalesce(r.now_is_churned, -1) != func.coalesce(r.then_is_churned, -1),
    )
    stmt = select(*r, _cause(r).label("cause")).where(is_other)
    return stmt.subquery("changed").c


def _cause(r: Any) -> ColumnElement[str]:
    """Return the first thing that tells why a customer's month end is another today."""
    return case(
        (r.then_model.is_(None), literal("not_known_then", Text())),
        (r.now_model.is_(None), literal("gone_since", Text())),
        (r.then_model != r.now_model, literal("new_model", Text())),
        (r.then_is_churned != r.now_is_churned, literal("later_state", Text())),
        else_=literal("later_facts", Text()),
    )


def restated_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer and month end restated: who, month, cause, then, now and the change."""
    c = _changed(filters, scope, *WHO)
    cause, month = filters.focus.get("cause"), filters.focus.get("month")
    wanted = [c.cause == literal(cause, Text())] if cause else []
    if month:
        wanted.append(c.month == visible.day(date.fromisoformat(f"{month}-01")))
    return (
        select(
            *(c[n] for n in WHO),
            c.month,
            c.cause,
            c.then_value.label("asset_then"),
            c.now_value.label("asset_now"),
        )
        .where(*wanted)
        .order_by(c.month.desc(), c.customer_id)
    )


@asks(
    "Restated since",
    members=restated_members,
    metrics=("asset_restated",),
    needs=NEEDS,
)
def restated_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month end kept and cause: month, cause, customers, then and now (values)."""
    c = _changed(filters, scope)
    return (
        select(
            c.month,
            c.cause,
            sum_int(literal(1)).label("customers"),
            sum_cents(c.then_value).label("asset_then"),
            sum_cents(c.now_value).label("asset_now"),
        )
        .group_by(c.month, c.cause)
        .order_by(c.month.desc(), c.cause)
    )

"""Signs that a customer may leave: how many carry each, what they are worth, on what it rests."""

from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from data.domain.columns import SIGNALS
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import sum_cents, sum_int, when
from queries import visible
from queries.question import Rows, asks

WHO = ("customer_id", "name", "region", "team", "rep", "tier")
#: The numbers on which each signal rests.
EVIDENCE: dict[str, tuple[str, ...]] = {
    "is_frequency_falling": ("last_gap_days", "median_gap_days"),
    "is_complaints_rising": ("complaints_90", "complaints_before"),
    "is_service_worse": ("csat_180", "csat_before", "reply_hours_180", "reply_hours_before"),
    "is_silent": ("last_contact_on",),
    "is_engagement_falling": ("engaged_90", "engaged_before"),
}


def signal_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer not churned with the signal in focus (none: any): who, its numbers."""
    focus = filters.focus.get("state", "")
    chosen = (focus,) if focus in SIGNALS else SIGNALS
    evidence = tuple(n for name in chosen for n in EVIDENCE[name])
    c = visible.customers(
        filters, scope, *WHO, "value", "risk", "is_churned", *SIGNALS, *evidence
    ).c
    return (
        select(
            *(c[n] for n in WHO),
            c.value.label("customer_asset"),
            c.risk,
            reduce(add, (when(c[n]) for n in SIGNALS)).label("signals"),
            *(c[n] for n in evidence),
        )
        .where(~c.is_churned, or_(*(c[n] for n in chosen)))
        .order_by(c.value.desc().nulls_last(), c.customer_id)
    )


@asks(
    "Signals",
    members=signal_members,
    metrics=("customers_signalled", "customer_asset"),
    needs=("orders", "contract"),
    today_only="parts",
)
def signals(filters: Filters, scope: Scope) -> Rows:
    """One row: per signal how many customers it can be told of, carry it, and their value."""
    c = visible.customers(filters, scope, "value", "is_churned", *SIGNALS).c
    columns = [part for name in SIGNALS for part in _counted(c, name)]
    whole: list[Any] = [
        func.count().label("customers"),
        sum_int(when(or_(*(c[n] for n in SIGNALS)))).label("signalled"),
    ]
    stmt = select(*whole, *columns).where(~c.is_churned)
    return stmt.order_by(whole[0])


def _counted(c: Any, name: str) -> list[ColumnElement[Any]]:
    carries = and_(c[name].is_not(None), c[name])
    return [
        func.count(c[name]).label(f"{name}_known"),
        sum_int(when(carries)).label(f"{name}_customers"),
        sum_cents(case((carries, c.value))).label(f"{name}_value"),
    ]

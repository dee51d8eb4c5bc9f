"""Quotes that wait for a decision, those above the director's limit, and what was decided here."""

from typing import Any

from sqlalchemy import Integer, case, literal, select

from data.domain.approvals import WAITING
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import TEN_THOUSANDTHS, days_between
from queries import visible
from queries.question import Rows, asks, reads
from queries.visible import day

DEAL = ("opportunity_id", "name", "stage", "seller", "created_on")
#: Quotes that a list shows; the rest is in its rows.
SHOWN = 12


def _quotes(filters: Filters, scope: Scope, *, is_waiting: bool) -> Rows:
    q = visible.quotes(filters, scope, *DEAL).c
    limit = literal(filters.approvals.limit * TEN_THOUSANDTHS)
    columns: list[Any] = [
        *(q[n] for n in ("quote_id", *DEAL)),
        q.submitted_on,
        days_between(q.submitted_on, day(filters.calendar.as_of)).label("days"),
        q.quote_waiting,
        case((q.quote_waiting > limit, 1), else_=literal(0, Integer())).label("above_limit"),
        q.quote_status,
    ]
    state = q.quote_status == WAITING if is_waiting else q.quote_status != WAITING
    return select(*columns).where(state).order_by(q.quote_waiting.desc(), q.quote_id)


@reads("approvals")
def quote_members(filters: Filters, scope: Scope) -> Rows:
    """One row per quote that nobody decided, the largest first."""
    return _quotes(filters, scope, is_waiting=True)


@reads("approvals")
@asks(
    "Quotes waiting for a decision",
    members=quote_members,
    metrics=("open_amount",),
    needs=("quote",),
    today_only="waiting",
)
def waiting_quotes(filters: Filters, scope: Scope) -> Rows:
    """One row per undecided quote, the largest first: who, stage, amount, above the limit."""
    return quote_members(filters, scope).limit(SHOWN)


@reads("approvals")
def decided_members(filters: Filters, scope: Scope) -> Rows:
    """One row per quote that was decided on here and not yet in the company's records."""
    return _quotes(filters, scope, is_waiting=False)


@reads("approvals")
@asks(
    "Quotes decided here",
    members=decided_members,
    metrics=("open_amount",),
    needs=("quote",),
    today_only="done_here",
)
def decided_quotes(filters: Filters, scope: Scope) -> Rows:
    """One row per quote decided on here, the largest first: who, stage, amount, the decision."""
    return decided_members(filters, scope).limit(SHOWN)

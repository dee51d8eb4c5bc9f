"""Follow-up queue: whom to speak to first, and everything that says why."""

from typing import Any

from sqlalchemy import select

from data.domain.columns import SIGNALS
from data.domain.filters import Filters
from data.domain.scope import Scope
from queries import visible
from queries.breakdown import by_dimension, next_dimension
from queries.kpis import kpis
from queries.loss import EVIDENCE, HABITS, reason_of
from queries.members import members_of
from queries.metrics.waiting import READS, Clock, clock
from queries.question import Rows, asks

NEEDS = ("orders", "contract")
CARDS = (
    *("overdue_followups", "waiting_loss", "customers", "follow_ups"),
    *("customers_signalled", "value_at_risk"),
)
WHO = ("customer_id", "name", "region", "team", "rep", "tier")
#: Customers that the morning's list names.
NAMED = 40
#: What the reasons and the next step are told from, beside the clock.
TOLD = dict.fromkeys((*HABITS, *SIGNALS, *EVIDENCE, "contract_months", "simple_value"))


@asks("The follow-up clock", members=members_of("overdue_followups"), metrics=CARDS, needs=NEEDS)
def queue_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot, overdue follow-ups, their cost, customers, follow-ups, signals."""
    return kpis(filters, scope, CARDS)


def _waiting(filters: Filters, scope: Scope, *names: str) -> tuple[Any, Clock]:
    wanted = dict.fromkeys((*READS, "customer_id", "simple_value", *names))
    c = visible.customers(filters, scope, *wanted).c
    return c, clock(c, filters.calendar.as_of)


def _listed(c: Any, ticking: Clock, *more: Any) -> Rows:
    """Return who waits, the costliest wait first; without a model, the largest customers."""
    return (
        select(
            *(c[n] for n in WHO),
            c.last_contact_on,
            ticking.due_on.label("due_on"),
            ticking.late.label("days_late"),
            ticking.limit.label("limit_days"),
            c.covered_until,
            c.value.label("customer_asset"),
            c.risk,
            ticking.loss.label("waiting_loss"),
            *more,
        )
        .where(ticking.is_waiting)
        .order_by(
            ticking.weight.desc().nulls_last(),
            c.simple_value.desc().nulls_last(),
            ticking.late.desc(),
            c.customer_id,
        )
    )


def queue_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer whose follow-up is overdue, in the order of the queue."""
    c, ticking = _waiting(filters, scope, *WHO, "value", "risk")
    return _listed(c, ticking)


@asks(
    "Follow-up queue",
    members=queue_members,
    metrics=("waiting_loss", "overdue_followups"),
    needs=NEEDS,
    today_only="waiting",
)
def follow_up_queue(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of the forty whose waiting costs most, with what explains it."""
    c, ticking = _waiting(filters, scope, *WHO, "value", "risk", *TOLD)
    told = [c[n] for n in TOLD if n not in ("last_contact_on", "covered_until")]
    extra = [ticking.since.label("since_on"), reason_of(c).label("loss_reason"), *told]
    return _listed(c, ticking, *extra).limit(NAMED)


@asks(
    "Overdue by tier",
    members=members_of("overdue_followups"),
    metrics=("overdue_followups",),
    needs=NEEDS,
    today_only="waiting",
)
def queue_tiers(filters: Filters, scope: Scope) -> Rows:
    """One row per tier, then customer: key, overdue follow-ups, what their waiting costs."""
    keys = ("overdue_followups", "waiting_loss")
    return by_dimension(filters, scope, keys, dimension=next_dimension(filters, "tier"))


@asks(
    "Overdue by team",
    members=members_of("overdue_followups"),
    metrics=("overdue_followups",),
    needs=NEEDS,
    today_only="waiting",
)
def queue_teams(filters: Filters, scope: Scope) -> Rows:
    """One row per team, then owner, then customer: key, overdue follow-ups, what they cost."""
    keys = ("overdue_followups", "waiting_loss")
    return by_dimension(filters, scope, keys, dimension=next_dimension(filters, "team"))

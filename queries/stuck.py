"""Open deals that stand still: stuck in their stage, or never contacted in time."""

from typing import Any

from sqlalchemy import Double, Text, cast, func, literal, select

from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import days_between, median, sum_cents, sum_int
from queries import visible
from queries.funnel import STAGES, entered, in_focus, of_stage
from queries.measure import FAMILIES, Asked
from queries.metrics import METRICS
from queries.question import Rows, asks
from queries.stays import stays
from queries.visible import day

DEAL = ("opportunity_id", "name", "seller", "amount")
#: A deal is stuck after so many times the usual days of its stage.
STUCK_AFTER = 2
#: Deals that a list names; the rest is in its rows.
NAMED = 12


def _usual(filters: Filters, scope: Scope) -> Any:
    """Return the median days of each stage, of the stays that ended within the last year."""
    until = filters.calendar.until
    year = filters.over(Period(add_months(until, -12), until))
    y = stays(year, scope).c
    stmt = select(y.position, median(y.days).label("usual_days")).group_by(y.position)
    return stmt.subquery("usual")


def stuck_members(filters: Filters, scope: Scope) -> Rows:
    """One row per open deal that stands in its stage twice as long as usual, the largest first."""
    d = visible.deals(filters, scope, *DEAL, "status", "reached", *map(entered, STAGES)).c
    since = of_stage(d.reached)(d)
    waits = (
        select(
            *(d[n] for n in DEAL),
            d.reached,
            since.label("entered_on"),
            days_between(since, day(filters.calendar.as_of)).label("days"),
        )
        .where(d.status == "open")
        .subquery("waits")
    )
    usual, s = _usual(filters, scope), visible.stages()
    joined = waits.join(usual, usual.c.position == waits.c.reached)
    joined = joined.join(s, s.c.position == waits.c.reached)
    w = waits.c
    longest = usual.c.usual_days * literal(STUCK_AFTER)
    return (
        select(*(w[n] for n in DEAL), s.c.stage, w.entered_on, w.days, usual.c.usual_days)
        .select_from(joined)
        .where(cast(w.days, Double) > longest, *in_focus(s.c, filters))
        .order_by(w.amount.desc().nulls_last(), w.opportunity_id)
    )


@asks(
    "Stuck deals",
    members=stuck_members,
    metrics=("open_amount",),
    needs=("opportunity_stage",),
)
def stuck_deals(filters: Filters, scope: Scope) -> Rows:
    """One row per stuck deal, the largest first: who, stage, since when, days, usual days there."""
    return stuck_members(filters, scope).limit(NAMED)


@asks(
    "Stuck by stage",
    members=stuck_members,
    metrics=("open_deals",),
    needs=("opportunity_stage",),
)
def stuck_stages(filters: Filters, scope: Scope) -> Rows:
    """One row per stage with stuck deals: position, stage, stuck, amount."""
    m = stuck_members(filters.unfocused(), scope).order_by(None).subquery("stuck").c
    s = visible.stages().c
    return (
        select(
            s.position,
            m.stage,
            func.count().label("stuck"),
            sum_cents(m.amount).label("amount"),
        )
        .where(s.stage == m.stage)
        .group_by(s.position, m.stage)
        .order_by(s.position)
    )


def _contacts(filters: Filters, scope: Scope, group: str) -> Any:
    """Return the deals with whether a first contact was due and made, of those of the period."""
    metrics = (METRICS["contacts_due"], METRICS["contacts_in_time"])
    asked = Asked(filters, scope, filters.period, group=group, metrics=metrics)
    return FAMILIES["deals"].rows(asked)


def uncontacted_members(filters: Filters, scope: Scope) -> Rows:
    """One row per open deal whose first contact is overdue, the longest waiting first."""
    everything = filters.over(Period(filters.calendar.first_on, filters.calendar.until))
    due = _contacts(everything, scope, "opportunity_no")
    d = visible.deals(filters, scope, "opportunity_no", *DEAL, "stage", "created_on", "status").c
    c = due.c
    never = (c.contact_due == 1, c.first_contact_on.is_(None), d.status == "open")
    waited = days_between(d.created_on, day(filters.calendar.as_of))
    return (
        select(*(d[n] for n in DEAL), d.stage, d.created_on, waited.label("days"))
        .where(c.opportunity_no == d.opportunity_no, *never)
        .order_by(d.created_on, d.opportunity_id)
    )


@asks(
    "Waiting for a first contact",
    members=uncontacted_members,
    metrics=("first_contact_rate",),
    needs=("activity",),
)
def uncontacted_deals(filters: Filters, scope: Scope) -> Rows:
    """One row per open deal nobody contacted in time, the longest waiting first: who, days."""
    return uncontacted_members(filters, scope).limit(NAMED)


def missed_members(filters: Filters, scope: Scope) -> Rows:
    """One row per deal of the period that nobody contacted in time, the oldest first."""
    c = _contacts(filters, scope, "opportunity_no").c
    names = (*DEAL, "stage", "status", "created_on")
    d = visible.deals(filters, scope, "opportunity_no", *names).c
    is_missed = (c.contact_due == 1, c.contacted_in_time == 0)
    return (
        select(*(d[n] for n in names))
        .where(c.opportunity_no == d.opportunity_no, *is_missed)
        .order_by(d.created_on, d.opportunity_id)
    )


@asks(
    "First contacts missed by owner",
    members=missed_members,
    metrics=("contacts_due", "contacts_in_time"),
    needs=("activity",),
)
def missed_contacts(filters: Filters, scope: Scope) -> Rows:
    """One row per owner of deals of the period with a missed contact, who missed most first.

    Columns: seller, contacts_due, contacts_in_time, missed.
    """
    c = _contacts(filters, scope, "seller").c
    due, made = sum_int(c.contact_due), sum_int(c.contacted_in_time)
    m = (
        select(
            cast(c.seller, Text).label("seller"),
            due.label("contacts_due"),
            made.label("contacts_in_time"),
            (due - made).label("missed"),
        )
        .group_by(c.seller)
        .subquery("missed")
    )
    return (
        select(m)
        .where(m.c.missed > 0)
        .order_by(m.c.missed.desc(), m.c.contacts_due, m.c.seller)
        .limit(NAMED)
    )

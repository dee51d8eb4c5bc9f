"""Pipeline: what is open and how old, who wins and why not, and who waits for an answer."""

from typing import Any

from sqlalchemy import Integer, Text, case, cast, func, literal, null, select, union_all

from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import add_months as later
from data.warehouse.dialects import days_between, month_of, sum_cents, sum_int, when
from queries import visible
from queries.breakdown import by_dimension, next_dimension
from queries.funnel import DEAL, DEALS
from queries.kpis import spark_period
from queries.members import members_of
from queries.metrics import ratio
from queries.question import Rows, asks
from queries.visible import between, day

#: Days since creation: the smallest number of each band, and the band's name.
AGE_BANDS = ((181, "181+"), (91, "91-180"), (61, "61-90"), (31, "31-60"), (0, "0-30"))
UNDATED = "undated"


# --- who, from where, when -------------------------------------------------------------------


@asks("Deals by team and owner", members=members_of("win_rate"), metrics=("win_rate",), needs=DEALS)
def seller_breakdown(filters: Filters, scope: Scope) -> Rows:
    """One row per deal team, then owner, then customer: key, won amount, created, won, win rate."""
    dimension = next_dimension(filters, "seller_team")
    keys = ("won_amount", "created_deals", "won_deals", "lost_deals", "win_rate")
    return by_dimension(filters, scope, keys, dimension=dimension)


@asks(
    "Lead → won by source", members=members_of("lead_to_won"), metrics=("lead_to_won",), needs=DEALS
)
def deals_by_source(filters: Filters, scope: Scope) -> Rows:
    """One row per source, then customer: key, lead_to_won, lead_to_won_before, created_deals."""
    dimension = next_dimension(filters, "source")
    return by_dimension(filters, scope, ("lead_to_won", "created_deals"), dimension=dimension)


def decided_members(filters: Filters, scope: Scope) -> Rows:
    """One row per opportunity won or lost in the months that the chart shows, latest first."""
    d = visible.deals(filters, scope, *DEAL).c
    is_won = case((d.status == "won", 1), else_=0)
    return (
        select(*(d[n] for n in DEAL), is_won.label("won_deals"))
        .where(between(d.closed_on, spark_period(filters)), d.status != "open")
        .order_by(d.closed_on.desc(), d.opportunity_id)
    )


@asks("Win rate by month", members=decided_members, metrics=("win_rate",), needs=DEALS)
def win_rate_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month of the last 13: month, value (win rate by closing month), a year before."""
    now = spark_period(filters)
    before = Period(add_months(now.since, -12), add_months(now.until, -12))
    d = visible.deals(filters, scope, "closed_on", "status").c
    blank = cast(null(), Integer)
    parts: list[Any] = []
    for span, shift in ((now, 0), (before, 12)):
        month = month_of(later(d.closed_on, literal(shift))) if shift else month_of(d.closed_on)
        values = (when(d.status == "won"), literal(1))
        sides = (blank, blank, *values) if shift else (*values, blank, blank)
        labels = ("won", "decided", "before_won", "before_decided")
        named = [value.label(name) for value, name in zip(sides, labels, strict=True)]
        parts.append(
            select(month.label("month"), *named).where(
                between(d.closed_on, span), d.status != "open"
            )
        )
    p = union_all(*parts).subquery("parts").c
    return (
        select(
            p.month,
            ratio(sum_int(p.won), sum_int(p.decided)).label("value"),
            ratio(sum_int(p.before_won), sum_int(p.before_decided)).label("before"),
        )
        .group_by(p.month)
        .order_by(p.month)
    )


def lost_members(filters: Filters, scope: Scope) -> Rows:
    """One row per opportunity lost in the period, for the reason in focus or any, largest first."""
    d = visible.deals(filters, scope, *DEAL, "stage", "lost_reason").c
    reason = filters.focus.get("reason")
    wanted = [cast(d.lost_reason, Text) == literal(reason, Text())] if reason else []
    names = ("opportunity_id", "name", "lost_reason", "stage", "seller", "closed_on", "amount")
    return (
        select(*(d[n] for n in names))
        .where(d.status == "lost", between(d.closed_on, filters.period), *wanted)
        .order_by(d.amount.desc().nulls_last(), d.opportunity_id)
    )


@asks("Why deals were lost", members=lost_members, metrics=("lost_deals",), needs=DEALS)
def lost_reasons(filters: Filters, scope: Scope) -> Rows:
    """One row per reason of those lost in the period: reason, lost, amount; most frequent first."""
    d = visible.deals(filters, scope, "status", "closed_on", "lost_reason", "amount").c
    lost = func.count()
    return (
        select(
            cast(d.lost_reason, Text).label("reason"),
            lost.label("lost"),
            sum_cents(d.amount).label("amount"),
        )
        .where(d.status == "lost", between(d.closed_on, filters.period))
        .group_by(d.lost_reason)
        .order_by(lost.desc(), cast(d.lost_reason, Text))
    )


# --- what is open ----------------------------------------------------------------------------


def open_members(filters: Filters, scope: Scope) -> Rows:
    """One row per opportunity open today, in the stage or band of age in focus, or any."""
    names = ("opportunity_id", "name", "stage", "seller", "created_on", "amount", "status")
    d = visible.deals(filters, scope, *names).c
    age = _age(d.created_on, filters)
    stage, band = filters.focus.get("stage"), filters.focus.get("band")
    wanted = [cast(d.stage, Text) == literal(stage, Text())] if stage else []
    wanted += [_band(age) == literal(band, Text())] if band else []
    return (
        select(*(d[n] for n in names[:-1]), age.label("days"))
        .where(d.status == "open", *wanted)
        .order_by(d.amount.desc().nulls_last(), d.opportunity_id)
    )


def _age(created_on: Any, filters: Filters) -> Any:
    return days_between(created_on, day(filters.calendar.as_of))


def _band(age: Any) -> Any:
    bands = ((age >= least, literal(name, Text())) for least, name in AGE_BANDS)
    return case(*bands, else_=literal(UNDATED, Text()))


@asks("Open by stage today", members=open_members, metrics=("open_deals",), needs=DEALS)
def open_stages(filters: Filters, scope: Scope) -> Rows:
    """One row per stage with open ones: position, stage, open, amount, undated among them."""
    d = visible.deals(filters, scope, "status", "stage", "created_on", "amount").c
    held = (
        select(
            cast(d.stage, Text).label("stage"),
            func.count().label("open"),
            sum_cents(d.amount).label("amount"),
            sum_int(when(d.created_on.is_(None))).label("undated"),
        )
        .where(d.status == "open")
        .group_by(d.stage)
        .subquery("held")
    )
    s = visible.stages()
    h = held.c
    return (
        select(s.c.position, h.stage, h.open, h.amount, h.undated)
        .select_from(held.outerjoin(s, s.c.stage == h.stage))
        .order_by(s.c.position.nulls_last(), h.stage)
    )


@asks("Age of open opportunities", members=open_members, metrics=("open_amount",), needs=DEALS)
def open_ages(filters: Filters, scope: Scope) -> Rows:
    """One row per band of days since creation: position, band, open, amount."""
    d = visible.deals(filters, scope, "status", "created_on", "amount").c
    age = _age(d.created_on, filters)
    position = case(*((age >= least, least) for least, _ in AGE_BANDS), else_=-1)
    rows = select(position.label("position"), d.amount).where(d.status == "open").subquery().c
    names = ((rows.position == least, literal(name, Text())) for least, name in AGE_BANDS)
    return (
        select(
            rows.position,
            case(*names, else_=literal(UNDATED, Text())).label("band"),
            func.count().label("open"),
            sum_cents(rows.amount).label("amount"),
        )
        .group_by(rows.position)
        .order_by(rows.position)
    )


@asks(
    "First contact in time",
    members=members_of("first_contact_rate"),
    metrics=("first_contact_rate",),
    needs=("activity",),
)
def contact_breakdown(filters: Filters, scope: Scope) -> Rows:
    """One row per deal team, then owner, then customer: key, first_contact_rate and its parts."""
    dimension = next_dimension(filters, "seller_team")
    return by_dimension(filters, scope, ("first_contact_rate",), dimension=dimension)

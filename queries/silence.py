"""Silence: days since the last order, the gaps that are usual, and who is about to slip away."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Double,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import once, sum_cents, sum_int
from queries import visible
from queries.bands import banded
from queries.question import Rows, asks

#: Days since the last order at which a band begins; the day after the threshold is one more.
EDGES = (16, 31, 46, 61, 91, 121, 181, 271, 366, 546)
#: Customers that the list of those slipping away names.
NAMED = 15
#: A gap so much longer than the customer's usual one is a signal.
LONGER = "1.5"
WHO = ("customer_id", "name", "region", "city", "team", "rep", "tier")


def edges(threshold: int) -> tuple[int, ...]:
    """Return the days at which the bands begin after the first; one right after the threshold."""
    return tuple(sorted({*EDGES, threshold + 1}))


def _by_orders(filters: Filters, scope: Scope, *names: str) -> Any:
    """Return customers who are judged by their orders: no contract, at least one order."""
    c = visible.customers(filters, scope, "silent_days", "contract_on", *names).c
    columns = dict.fromkeys(("silent_days", *names))
    stmt = select(*(c[n] for n in columns))
    return stmt.where(c.silent_days.is_not(None), c.contract_on.is_(None)).subquery("by_orders")


def silent_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer counted in `silence`: who, last order, days since, usual gap, margin."""
    names = (*WHO, "last_on", "median_gap_days", "margin_12m")
    c = _by_orders(filters, scope, *names).c
    columns = [*(c[n] for n in WHO), c.last_on, c.silent_days, c.median_gap_days]
    mark = filters.focus.get("band", "")
    wanted: list[Any] = []
    if mark.isdigit():
        since = int(mark[:6])
        until = next((e for e in edges(filters.threshold) if e > since), None)
        wanted.append(c.silent_days >= literal(since))
        wanted += [c.silent_days < literal(until)] if until else []
    return (
        select(*columns, c.margin_12m.label("historical_12m"))
        .where(*wanted)
        .order_by(c.silent_days.desc(), c.customer_id)
    )


@asks("Days since the last order", members=silent_members, metrics=("point_churn",))
def silence(filters: Filters, scope: Scope) -> Rows:
    """One row per band: since_days, until_days, customers, value (margin of 12 months)."""
    c = _by_orders(filters, scope, "margin_12m").c
    by_day = (
        select(
            c.silent_days,
            func.count().label("customers"),
            sum_cents(c.margin_12m).label("value"),
        )
        .group_by(c.silent_days)
        .subquery("by_day")
    )
    bounds = edges(filters.threshold)
    b = banded(by_day, "silent_days", bounds).subquery("banded").c
    since = case(*((b.band == i, literal(e)) for i, e in enumerate((0, *bounds))), else_=None)
    until = case(*((b.band == i, literal(e)) for i, e in enumerate(bounds)), else_=None)
    columns = (since.label("since_days"), until.label("until_days"), b.customers, b.value)
    return select(*columns).order_by(since)


# --- the proposal ----------------------------------------------------------------------------


def gap_members(filters: Filters, scope: Scope) -> Rows:
    """One row per gap between two orders: who, tier, the order before, the order, the days."""
    d = visible.gap_days(filters, scope).c
    who = visible.customers(filters, scope, "customer_no", "customer_id", "name", "team").c
    return (
        select(who.customer_id, who.name, who.team, d.tier, d.previous_on, d.day, d.days)
        .where(who.customer_no == d.customer_no)
        .order_by(d.days.desc(), who.customer_id, d.day)
    )


@asks("Threshold that the data propose", members=gap_members, metrics=("point_churn",))
def gap_quantiles(filters: Filters, scope: Scope) -> Rows:
    """One row per tier and one for all: tier, gaps, p50, p90.

    Half, and nine in ten, of the gaps between two orders are at most so many days.
    """
    g = visible.gaps(filters, scope).c
    counted = select(g.tier, g.days, sum_int(g.gaps).label("n")).group_by(g.tier, g.days)
    coded = counted.subquery("counted").c
    by_tier = once(select(cast(coded.tier, Text).label("tier"), coded.days, coded.n), "by_tier").c
    everyone = select(literal("all", Text()).label("tier"), by_tier.days, by_tier.n)
    p = union_all(select(by_tier.tier, by_tier.days, by_tier.n), everyone).subquery("parts").c
    running = select(
        p.tier,
        p.days,
        cast(func.sum(p.n).over(partition_by=p.tier, order_by=p.days), BigInteger).label("up_to"),
        cast(func.sum(p.n).over(partition_by=p.tier), BigInteger).label("all_of"),
    )
    r = running.subquery("running").c

    def reached(percent: int) -> Any:
        enough = r.up_to * 100 >= r.all_of * percent
        return func.min(case((enough, r.days), else_=None))

    return (
        select(
            r.tier,
            func.max(r.all_of).label("gaps"),
            reached(50).label("p50"),
            reached(90).label("p90"),
        )
        .group_by(r.tier)
        .order_by(r.tier)
    )


# --- slipping away ---------------------------------------------------------------------------


def _signal(filters: Filters, c: Any) -> tuple[Any, Any]:
    """Return whether a customer who is not churned shows a sign of leaving, and which one."""
    is_slipping = c.silent_days * 2 > literal(filters.threshold)
    usual = cast(c.median_gap_days, Double) * literal_column(LONGER)
    is_late = cast(c.last_gap_days, Double) > usual
    name = case((is_slipping, "slipping"), else_="at_risk")
    wanted = and_(c.silent_days <= literal(filters.threshold), or_(is_slipping, is_late))
    return wanted, cast(name, Text)


_SLIPPING = (*WHO, "median_gap_days", "last_gap_days", "margin_12m")


def slipping_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer slipping away or at risk: who, signal, days, margin, largest first."""
    c = _by_orders(filters, scope, *_SLIPPING).c
    wanted, signal = _signal(filters, c)
    days = [c[n] for n in ("silent_days", "last_gap_days", "median_gap_days")]
    margin = c.margin_12m.label("historical_12m")
    state = filters.focus.get("state")
    chosen = [signal == literal(state, Text())] if state else []
    return (
        select(*(c[n] for n in WHO), signal.label("signal"), *days, margin)
        .where(wanted, *chosen)
        .order_by(c.margin_12m.desc().nulls_last(), c.customer_id)
    )


@asks("About to leave", members=slipping_members, metrics=("historical_12m",))
def slipping(filters: Filters, scope: Scope) -> Rows:
    """One row per customer, the fifteen of largest margin among those slipping away or at risk.

    `all_customers` and `all_value` are those of the whole list.
    """
    listed = slipping_members(filters, scope).limit(NAMED).subquery("listed")
    c = _by_orders(filters, scope, "median_gap_days", "last_gap_days", "margin_12m").c
    wanted, _ = _signal(filters, c)
    whole = select(func.count().label("all_customers"), sum_cents(c.margin_12m).label("all_value"))
    w = whole.where(wanted).subquery("whole")
    return (
        select(listed, w.c.all_customers, w.c.all_value)
        .select_from(listed.join(w, literal(value=True)))
        .order_by(listed.c.historical_12m.desc().nulls_last(), listed.c.customer_id)
    )

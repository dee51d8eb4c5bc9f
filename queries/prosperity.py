"""Is growth real: what the six checks for false prosperity rest on, month by month."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from data.domain.columns import CAMPAIGN_DAYS
from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.prosperity import BASE_MONTHS, thresholds
from data.domain.scope import Scope
from data.warehouse.dialects import days_between, sum_cents, sum_int, when
from queries import visible
from queries.question import Rows, asks

WHO = ("customer_id", "name", "region", "team", "rep")
#: Facts of a month that the checks compare.
FACTS = (
    *("engagements", "redemptions", "visits", "orders", "gross", "net", "margin"),
    *("promoters", "detractors", "nps_answers", "csat_points", "csat_answers"),
)
MONEY = frozenset({"gross", "net", "margin"})
#: Months that the chart shows, and customers that the list of bonus hunters names.
MONTHS, NAMED = 13, 12
METRICS = ("active_customers", "orders", "aov", "margin_rate", "nps")
#: Tiers whose engagement brings little: the second check asks how much of the growth is theirs.
LOW_TIERS = ("general", "dormant")


def judged(filters: Filters) -> date:
    """Return the month that the checks judge: chosen, or that in which activity rose most."""
    last = add_months(filters.calendar.last_closed, -1)
    return filters.choices.judged or filters.calendar.liveliest or last


def base_of(month: date) -> Period:
    """Return the whole months before a month that it is compared with."""
    return Period(add_months(month, -BASE_MONTHS), month)


# --- months ----------------------------------------------------------------------------------


def month_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of the month in focus, or of the judged one: who, what it did."""
    focus = filters.focus.get("month")
    month = date.fromisoformat(f"{focus}-01") if focus else judged(filters)
    span = Period(month, add_months(month, 1))
    m = visible.month_customers(filters, scope, span, "customer_no", "is_active", *FACTS).c
    c = visible.customers(filters, scope, "customer_no", *WHO).c
    shown = ("engagements", "redemptions", "visits", "orders", "net", "margin")
    return (
        select(*(c[n] for n in WHO), *(m[n] for n in shown))
        .where(c.customer_no == m.customer_no, or_(m.engagements > 0, m.orders > 0))
        .order_by(m.engagements.desc(), m.net.desc(), c.customer_id)
    )


@asks(
    "Activity and what it pays",
    members=month_members,
    metrics=METRICS,
    needs=("engagement",),
)
def prosperity_months(filters: Filters, scope: Scope) -> Rows:
    """One row per whole month of the last sixteen: month, engaged, active, and sums of the facts.

    Engaged are the customers with an engagement of their own; a call by a rep makes nobody so.
    """
    until = filters.calendar.last_closed
    first = min(add_months(until, -MONTHS), judged(filters))
    span = Period(add_months(first, -BASE_MONTHS), until)
    m = visible.month_customers(filters, scope, span, "month", "is_active", *FACTS).c
    engaged = sum_int(case((m.engagements > 0, 1), else_=0))
    sums = [(sum_cents if n in MONEY else sum_int)(m[n]).label(n) for n in FACTS]
    return (
        select(m.month, engaged.label("engaged"), sum_int(m.is_active).label("active"), *sums)
        .group_by(m.month)
        .order_by(m.month)
    )


def churn_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer who churned in the judged month: who, value at its end."""
    s = visible.snapshot_customers(filters, scope, judged(filters)).c
    return (
        select(*(s[n] for n in WHO), s.month, s.margin_12m.label("historical_12m"))
        .where(s.is_lost)
        .order_by(s.margin_12m.desc().nulls_last(), s.customer_id)
    )


@asks("Churn by month end", members=churn_members, metrics=("churn_rate",))
def prosperity_churn(filters: Filters, scope: Scope) -> Rows:
    """One row per month end of the judged month and the four before: month, alive, lost."""
    month = judged(filters)
    span = Period(add_months(month, -BASE_MONTHS - 1), add_months(month, 1))
    s = visible.snapshots(filters, scope, "month", "customers", "churned", "lost").c
    alive = sum_int(s.customers) - sum_int(s.churned)
    return (
        select(s.month, alive.label("alive"), sum_int(s.lost).label("lost"))
        .where(visible.between(s.month, span))
        .group_by(s.month)
        .order_by(s.month)
    )


# --- where the growth comes from -------------------------------------------------------------


def _growth(filters: Filters, scope: Scope) -> Any:
    """Return customers engaged in the judged month or its base: tier before it, engagements."""
    month = judged(filters)
    base = base_of(month)
    span = Period(base.since, add_months(month, 1))
    names = ("customer_no", "month", "engagements", "redemptions", "orders")
    m = visible.month_customers(filters, scope, span, *names).c
    is_now = m.month == visible.day(month)
    sums = {
        "engagements": sum_int(case((is_now, m.engagements), else_=0)),
        "before": sum_int(case((is_now, 0), else_=m.engagements)),
        "redemptions": sum_int(case((is_now, m.redemptions), else_=0)),
        "orders": sum_int(case((is_now, m.orders), else_=0)),
    }
    stmt = select(m.customer_no, *(column.label(n) for n, column in sums.items()))
    stmt = stmt.where(or_(m.engagements > 0, m.orders > 0)).group_by(m.customer_no)
    rows = stmt.subquery("rows")
    start = add_months(base.since, -1)
    s = visible.snapshot_customers(filters, scope, start, "customer_no", "tier")
    joined = rows.outerjoin(s, s.c.customer_no == rows.c.customer_no)
    tier = func.coalesce(cast(s.c.tier, Text), literal("absent", Text()))
    return select(rows, tier.label("tier")).select_from(joined).subquery("growth").c


def growth_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer engaged in the judged month: who, tier before, engagements, orders.

    Of the tier in focus (`state`).
    """
    g = _growth(filters, scope)
    wanted: list[ColumnElement[bool]] = [or_(g.engagements > 0, g.before > 0)]
    tier = filters.focus.get("state")
    if tier:
        wanted.append(g.tier == literal(tier, Text()))
    return _hunted(filters, scope, g).where(*wanted)


def _hunted(filters: Filters, scope: Scope, g: Any) -> Rows:
    c = visible.customers(filters, scope, "customer_no", *WHO).c
    return (
        select(
            *(c[n] for n in WHO),
            g.tier.label("tier_before"),
            g.engagements,
            g.before.label("engagements_before"),
            g.redemptions,
            g.orders,
        )
        .where(c.customer_no == g.customer_no)
        .order_by((g.engagements * BASE_MONTHS - g.before).desc(), c.customer_id)
    )


@asks(
    "Whose growth it is",
    members=growth_members,
    metrics=("customers",),
    needs=("engagement",),
)
def engagement_growth(filters: Filters, scope: Scope) -> Rows:
    """One row per tier at the start of the base (absent: none yet): tier, customers, engagements.

    `before` is the mean of the base months times three, so that sums stay whole.
    """
    g = _growth(filters, scope)
    return (
        select(
            g.tier,
            sum_int(case((g.engagements > 0, 1), else_=0)).label("customers"),
            sum_int(g.engagements).label("engagements"),
            sum_int(g.before).label("before"),
        )
        .group_by(g.tier)
        .order_by(g.tier)
    )


def hunter_members(filters: Filters, scope: Scope) -> Rows:
    """One row per bonus hunter: engaged far more than before, general or dormant, and no order.

    Engagements of the judged month are at least twice the monthly mean of the base and two more.
    """
    g = _growth(filters, scope)
    is_more = g.engagements * BASE_MONTHS >= g.before * 2
    jumped = and_(is_more, g.engagements * BASE_MONTHS >= g.before + 2 * BASE_MONTHS)
    low = g.tier.in_([literal(tier, Text()) for tier in LOW_TIERS])
    return _hunted(filters, scope, g).where(jumped, low, g.orders == 0)


@asks(
    "Bonus hunters",
    members=hunter_members,
    metrics=("customers",),
    needs=("engagement",),
)
def hunters(filters: Filters, scope: Scope) -> Rows:
    """One row per named bonus hunter of the judged month, most engaged first: as the members."""
    return hunter_members(filters, scope).limit(NAMED)


# --- campaigns -------------------------------------------------------------------------------


def campaign_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of the campaign in focus, or of all: who, arm, cost, margin after."""
    k = visible.campaign_customers(filters, scope, *WHO).c
    wanted: list[ColumnElement[bool]] = []
    if filters.focus.get("campaign"):
        wanted.append(k.campaign_id == literal(filters.focus["campaign"], Text()))
    if filters.focus.get("arm") in ("treatment", "control"):
        is_treated = filters.focus["arm"] == "treatment"
        wanted.append(k.is_treated if is_treated else ~k.is_treated)
    arm = case((k.is_treated, "treatment"), else_="control")
    return (
        select(
            *(k[n] for n in WHO),
            k.campaign,
            cast(arm, Text).label("arm"),
            k.cost,
            *(k[n] for n in ("orders_run", "orders_90", "orders_180")),
            k.margin_90.label("campaign_margin"),
        )
        .where(*wanted)
        .order_by(k.margin_90.desc(), k.campaign, k.customer_id)
    )


@asks(
    "Campaigns and what stayed",
    members=campaign_members,
    metrics=("customers",),
    needs=("campaign_member",),
)
def campaign_results(filters: Filters, scope: Scope) -> Rows:
    """One row per campaign and arm: campaign, purpose, starts_on, ends_on, is_treated, customers.

    Sums: cost, responded; of 30, 90 and 180 days after the start buyers, orders, net, margin;
    `loyal` (two orders or more within 180 days); won (first order ever while it ran), of them
    `won_again` within the days of the threshold.
    """
    k = visible.campaign_customers(filters, scope).c
    again = thresholds(filters.choices.checks)["loyalty"]
    days = CAMPAIGN_DAYS
    is_again = and_(k.is_won, k.again_days <= again)
    group = (k.campaign_id, k.campaign, k.purpose, k.starts_on, k.ends_on, k.is_treated)
    return (
        select(
            *group,
            func.count().label("customers"),
            sum_cents(k.cost).label("cost"),
            sum_int(when(k.has_responded)).label("responded"),
            sum_int(when(k.orders_run > 0)).label("buyers_run"),
            *(sum_int(when(k[f"orders_{d}"] > 0)).label(f"buyers_{d}") for d in days),
            *(sum_cents(k[f"{n}_{d}"]).label(f"{n}_{d}") for n in ("net", "margin") for d in days),
            sum_int(when(k.orders_180 > 1)).label("loyal"),
            sum_int(when(k.is_won)).label("won"),
            sum_int(when(is_again)).label("won_again"),
        )
        .group_by(*group)
        .order_by(k.starts_on.desc(), k.campaign_id, k.is_treated)
    )


def newcomer_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer who first ordered in the year before the judged month: who, again."""
    n = _newcomers(filters, scope)
    return select(*(n[name] for name in WHO), n.first_on, n.again_days).order_by(
        n.first_on.desc(), n.customer_id
    )


def _newcomers(filters: Filters, scope: Scope) -> Any:
    """Return customers by their first order, with the days to the second; won by a campaign."""
    month = judged(filters)
    span = Period(add_months(month, -11), add_months(month, 1))
    names = ("customer_no", "day", "orders", "previous_on", "next_on")
    d = visible.order_days(filters, scope, span, *names).c
    c = visible.customers(filters, scope, "customer_no", *WHO).c
    k = visible.campaign_customers(filters, scope).c
    won = select(k.customer_no).where(k.is_won, k.is_treated).distinct().subquery("won")
    again = cast(days_between(d.day, d.next_on), Integer)
    joined = d.customer_no.table.join(
        c.customer_no.table, c.customer_no == d.customer_no
    ).outerjoin(won, won.c.customer_no == d.customer_no)
    return (
        select(
            *(c[n] for n in WHO),
            d.day.label("first_on"),
            again.label("again_days"),
            won.c.customer_no.is_not(None).label("is_won"),
        )
        .select_from(joined)
        .where(d.orders > 0, d.previous_on.is_(None))
        .subquery("newcomers")
        .c
    )


@asks("Do they order again", members=newcomer_members, metrics=("new_customers", "repeat_rate"))
def newcomers(filters: Filters, scope: Scope) -> Rows:
    """One row per kind of new customer of the year: is_won (by a campaign), customers, again.

    Of those first ordered in the twelve months to the judged one whose days are over at the as-of
    day; again: a second order within the days of the threshold.
    """
    n = _newcomers(filters, scope)
    days = thresholds(filters.choices.checks)["loyalty"]
    over = visible.day(filters.calendar.as_of - timedelta(days=days))
    return (
        select(
            n.is_won,
            func.count().label("customers"),
            sum_int(when(n.again_days <= days)).label("again"),
        )
        .where(n.first_on <= over)
        .group_by(n.is_won)
        .order_by(n.is_won)
    )

"""Churn: who leaves, month by month and where, and who came back."""

from typing import Any

from sqlalchemy import BigInteger, Text, case, cast, func, literal, null, select, union_all

from data.domain.filters import Filters
from data.domain.period import Period, add_months, month_start
from data.domain.scope import Scope
from data.warehouse.dialects import month_of, sum_int
from queries import visible
from queries.breakdown import by_dimension, next_dimension
from queries.kpis import kpis, spark_period
from queries.measure import FAMILIES, Asked
from queries.members import CUSTOMER_COLUMNS, members_of
from queries.metrics import METRICS, complement, ratio
from queries.question import Rows, asks

CARDS = (
    "churn_rate",
    "churned_customers",
    "retention_rate",
    "point_churn",
    "alive_at_end",
    "renewal_rate",
)


@asks(
    "Key figures",
    members=members_of("churn_rate"),
    metrics=CARDS,
    needs=("orders", "contract"),
)
def churn_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot, churn rate, churned, retention, point churn, renewal rate."""
    return kpis(filters, scope, CARDS)


@asks(
    "Churn by month",
    members=members_of("churn_rate"),
    metrics=("churn_rate", "point_churn"),
    needs=("orders", "contract"),
)
def churn_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month of the last 13: month, churn_rate, point_churn at its end, their parts."""
    span = spark_period(filters)
    churned = FAMILIES["churn"].months
    assert churned is not None  # noqa: S101 -- the family is counted by month
    m = churned(Asked(filters, scope, span)).c
    blank = cast(null(), BigInteger)
    lived = select(
        m.month,
        m.alive_start,
        m.alive_end,
        m.lost,
        literal(0, BigInteger()).label("came"),
    )
    came = _came(filters, scope).subquery("came").c
    blanks = [blank.label(n) for n in ("alive_start", "alive_end", "lost")]
    p = union_all(lived, select(came.month, *blanks, came.came)).subquery("parts").c
    names = ("alive_start", "alive_end", "lost")
    by_month = (
        select(
            p.month,
            *(func.max(p[n]).label(n) for n in names),
            cast(func.sum(func.sum(p.came)).over(order_by=p.month), BigInteger).label("ever_end"),
        )
        .group_by(p.month)
        .subquery("by_month")
    )
    b = by_month.c
    return (
        select(
            b.month,
            ratio(b.lost, b.alive_start).label("churn_rate"),
            complement(b.alive_end, b.ever_end).label("point_churn"),
            *(b[n] for n in (*names, "ever_end")),
        )
        .where(visible.between(b.month, span), b.alive_end.is_not(None))
        .order_by(b.month)
    )


def _came(filters: Filters, scope: Scope) -> Rows:
    """One row per month: how many became customers in it, by order or contract."""
    c = visible.customers(filters, scope, "first_on", "contract_on").c
    earlier = case(
        (c.first_on.is_(None), c.contract_on),
        (c.contract_on < c.first_on, c.contract_on),
        else_=c.first_on,
    )
    month = month_of(earlier)
    return select(month.label("month"), func.count().label("came")).group_by(month)


# --- where -----------------------------------------------------------------------------------


def _churn_by(filters: Filters, scope: Scope, start: str) -> Rows:
    """Return the churn rate per value, then who churned where one city or person is left."""
    dimension = next_dimension(filters, start)
    keys = ("churn_rate", "churned_customers")
    if dimension == "customer":
        keys = ("churned_customers", "churn_rate")
    return by_dimension(filters, scope, keys, dimension=dimension)


@asks("Churn by region", members=members_of("churn_rate"), metrics=("churn_rate",))
def churn_regions(filters: Filters, scope: Scope) -> Rows:
    """One row per region, then city, then customer: key, churn_rate, churned_customers, before."""
    return _churn_by(filters, scope, "region")


@asks("Churn by industry", members=members_of("churn_rate"), metrics=("churn_rate",))
def churn_industries(filters: Filters, scope: Scope) -> Rows:
    """One row per industry, then customer: key, churn_rate, churned_customers, before."""
    return _churn_by(filters, scope, "industry")


@asks("Churn by team", members=members_of("churn_rate"), metrics=("churn_rate",))
def churn_teams(filters: Filters, scope: Scope) -> Rows:
    """One row per team, then representative, then customer: key, churn_rate, churned_customers."""
    return _churn_by(filters, scope, "team")


def _at_start(filters: Filters, scope: Scope) -> tuple[Any, Any]:
    """Return the churn rows per customer, and each customer's tier at the period's start."""
    metrics = (METRICS["alive_at_start"], METRICS["churned_customers"])
    asked = Asked(filters, scope, filters.period, group="customer_no", metrics=metrics)
    churned = FAMILIES["churn"].rows(asked)
    month = add_months(month_start(filters.period.since), -1)
    return churned, visible.snapshot_customers(filters, scope, month, "customer_no", "tier")


def tier_churn_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer counted in `tier_churn`: who, tier at the start, alive then, churned."""
    churned, ends = _at_start(filters, scope)
    c, s = churned.c, ends.c
    by_customer = (
        select(c.customer_no, sum_int(c.alive_start).label("alive"), sum_int(c.lost).label("lost"))
        .group_by(c.customer_no)
        .subquery("by_customer")
    )
    b = by_customer.c
    who = visible.customers(filters, scope, "customer_no", *CUSTOMER_COLUMNS[:-1])
    state = filters.focus.get("state")
    wanted = [cast(s.tier, Text) == literal(state, Text())] if state else []
    joined = by_customer.join(ends, s.customer_no == b.customer_no)
    joined = joined.join(who, who.c.customer_no == b.customer_no)
    return (
        select(
            *(who.c[n] for n in CUSTOMER_COLUMNS[:-1]),
            cast(s.tier, Text).label("tier"),
            b.alive.label("alive_at_start"),
            b.lost.label("churned_customers"),
        )
        .select_from(joined)
        .where(b.alive > 0, *wanted)
        .order_by(b.lost.desc(), who.c.customer_id)
    )


@asks("Churn by tier at the start", members=tier_churn_members, metrics=("churn_rate",))
def tier_churn(filters: Filters, scope: Scope) -> Rows:
    """One row per tier at the month end before the period: key, churn_rate and its parts."""
    churned, ends = _at_start(filters, scope)
    c, s = churned.c, ends.c
    tier = cast(s.tier, Text)
    lost, alive = sum_int(c.lost), sum_int(c.alive_start)
    return (
        select(
            tier.label("key"),
            ratio(lost, alive).label("churn_rate"),
            lost.label("churned_customers"),
            alive.label("alive_at_start"),
        )
        .select_from(churned.join(ends, s.customer_no == c.customer_no))
        .group_by(tier)
        .order_by(tier)
    )


# --- back again ------------------------------------------------------------------------------


def returned_members(filters: Filters, scope: Scope) -> Rows:
    """One row per comeback counted in `won_back_months`: who, the day, and the days of silence."""
    period = _focused(filters)
    asked = Asked(filters, scope, period, group="customer_no")
    r = FAMILIES["returns"].rows(asked).c
    who = visible.customers(filters, scope, "customer_no", *CUSTOMER_COLUMNS).c
    return (
        select(*(who[n] for n in CUSTOMER_COLUMNS), r.day, r.gap_days, r.won_back)
        .where(who.customer_no == r.customer_no)
        .order_by(r.day.desc(), who.customer_id)
    )


def _focused(filters: Filters) -> Period:
    return spark_period(filters)


@asks("Won back by month", members=returned_members, metrics=("won_back",))
def won_back_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month of the last 13: month, value (customers who came back), before (blank)."""
    months = FAMILIES["returns"].months
    assert months is not None  # noqa: S101 -- the family is counted by month
    r = months(Asked(filters, scope, spark_period(filters))).c
    value = sum_int(r.won_back).label("value")
    blank = cast(null(), BigInteger).label("before")
    return select(r.month, value, blank).group_by(r.month).order_by(r.month)

"""Tiers: how many customers each tier holds and brings, then and now, and who they are."""

from datetime import date
from typing import Any

from sqlalchemy import Double, Text, cast, literal, null, select, union_all

from data.domain.filters import Filters
from data.domain.period import Period, add_months, month_start
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, sum_cents, sum_int
from queries import visible
from queries.breakdown import LIMIT, next_dimension
from queries.kpis import kpis, spark_period
from queries.members import members_of
from queries.question import Rows, asks

CARDS = (
    "customers",
    "score_mean",
    "coverage_mean",
    "historical_12m",
    "repeat_rate",
    "purchase_frequency",
)
TIER_COLUMNS = ("tier", "score", "margin_12m")
#: What a list says about each customer, besides tier and score.
WHO = ("customer_id", "name", "team", "rep")


def before_month(filters: Filters) -> date | None:
    """Return the month whose end the comparison is read at; None without a comparison."""
    compared = filters.comparison
    if compared is None:
        return None
    return add_months(month_start(compared.until), -1)


@asks("Key figures", members=members_of("customers"), metrics=CARDS)
def tier_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot, customers, mean score, coverage, margin of 12 months, repeat rate."""
    return kpis(filters, scope, CARDS)


# --- the mix, then and now -------------------------------------------------------------------


def tier_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer counted in `tier_mix`: who, tier, score, margin of 12 months."""
    now = _now(filters, scope, members=True).subquery("listed").c
    columns = [*(now[n] for n in ("customer_id", "name", "tier")), points(now.score)]
    margin = now.margin_12m.label("historical_12m")
    return select(*columns, margin).order_by(now.margin_12m.desc().nulls_last(), now.customer_id)


@asks("Tiers", members=tier_members, metrics=("customers", "historical_12m"))
def tier_mix(filters: Filters, scope: Scope) -> Rows:
    """One row per tier: tier, customers and value (margin of 12 months), and both before."""
    parts = [_side(_now(filters, scope), is_before=False)]
    month = before_month(filters)
    if month:
        parts.append(_side(_at(filters, scope, month), is_before=True))
    p = union_all(*parts).subquery("parts").c
    sums = {"customers": sum_int, "value": sum_cents}
    return (
        select(
            p.tier,
            *(total(p[n]).label(n) for n, total in sums.items()),
            *(total(p[f"before_{n}"]).label(f"before_{n}") for n, total in sums.items()),
        )
        .group_by(p.tier)
        .order_by(p.tier)
    )


def points(column: Any, name: str = "score") -> Any:
    """Return a score of hundredths as points of 0–100."""
    return (cast(column, Double) / 100.0).label(name)


def _now(
    filters: Filters, scope: Scope, *, members: bool = False, group: str | None = None
) -> Rows:
    """Return tiers at the period's end: as they stand now, or at its last month end."""
    month = visible.moment(filters)
    if month:
        return _at(filters, scope, month, members=members, group=group)
    who = ("customer_id", "name") if members else ()
    extra = (group,) if group else ()
    c = visible.customers(filters, scope, *who, *TIER_COLUMNS, *extra).c
    columns = [*(c[n] for n in who), cast(c.tier, Text).label("tier"), c.score, c.margin_12m]
    columns += [_key(c[n]) for n in extra]
    return select(*columns, literal(1).label("customers"))


def _key(column: Any) -> Any:
    return cast(column, Text).label("key")


def _at(
    filters: Filters,
    scope: Scope,
    month: date,
    *,
    members: bool = False,
    group: str | None = None,
) -> Rows:
    extra = (group,) if group else ()
    listed = members or group == "customer_no"
    source = visible.snapshot_customers(filters, scope, month) if listed else None
    s = (source if source is not None else _ends_of(filters, scope, extra)).c
    who = [s[n] for n in ("customer_id", "name")] if members else []
    columns = [*who, cast(s.tier, Text).label("tier"), s.margin_12m, s.customers]
    columns += [_key(s[n]) for n in extra]
    if members:
        columns.append(s.score)
    return select(*columns).where(s.month == visible.day(month))


def _ends_of(filters: Filters, scope: Scope, dimensions: tuple[str, ...]) -> Any:
    names = ("month", "tier", "margin_12m", "customers", *dimensions)
    return visible.snapshots(filters, scope, *names, dimensions=dimensions)


def _side(stmt: Rows, *, is_before: bool) -> Rows:
    rows = stmt.subquery()
    blank, none = cast(null(), Cents()), cast(null(), rows.c.customers.type)
    now = (rows.c.customers, rows.c.margin_12m)
    values = (none, blank, *now) if is_before else (*now, none, blank)
    names = ("customers", "value", "before_customers", "before_value")
    return select(rows.c.tier, *(v.label(n) for v, n in zip(values, names, strict=True)))


# --- month by month --------------------------------------------------------------------------


def month_end_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer and month end counted in `tier_months`: who, month, tier, score."""
    s = visible.snapshot_customers(filters, scope).c
    columns = [*(s[n] for n in WHO), s.month, s.tier, points(s.score)]
    margin = s.margin_12m.label("historical_12m")
    stmt = select(*columns, margin).where(visible.between(s.month, _ends(filters)))
    return stmt.order_by(s.month.desc(), s.margin_12m.desc().nulls_last(), s.customer_id)


def _ends(filters: Filters) -> Period:
    """Return the month ends of the chart: the month in focus, or thirteen closed ones."""
    focus = filters.focus.get("month")
    if focus:
        first = date.fromisoformat(f"{focus}-01")
        return Period(first, add_months(first, 1))
    until = min(spark_period(filters).until, filters.calendar.last_closed)
    return Period(add_months(until, -13), until)


@asks("Tiers by month", members=month_end_members, metrics=("customers",))
def tier_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month end of the last 13 and tier: month, tier, customers."""
    s = visible.snapshots(filters, scope, "month", "tier", "customers").c
    tier = cast(s.tier, Text)
    return (
        select(s.month, tier.label("tier"), sum_int(s.customers).label("customers"))
        .where(visible.between(s.month, _ends(filters)))
        .group_by(s.month, tier)
        .order_by(s.month, tier)
    )


# --- by dimension ----------------------------------------------------------------------------


def split(filters: Filters, scope: Scope, start: str) -> Rows:
    """One row per value of the dimension (region, then city, then customer) and tier.

    Columns: key, name (customers only), tier, customers, value (margin of 12 months).
    """
    dimension = next_dimension(filters, start)
    group = "customer_no" if dimension == "customer" else dimension
    r = _now(filters, scope, group=group).subquery("split").c
    by = (
        select(
            r.key,
            r.tier,
            sum_int(r.customers).label("customers"),
            sum_cents(r.margin_12m).label("value"),
        )
        .group_by(r.key, r.tier)
        .subquery("by_tier")
    )
    if dimension != "customer":
        return select(by).order_by(by.c.key, by.c.tier)
    who = visible.customers(filters, scope, "customer_no", "customer_id", "name").c
    return (
        select(who.customer_id.label("key"), who.name, by.c.tier, by.c.customers, by.c.value)
        .where(cast(who.customer_no, Text) == by.c.key)
        .order_by(by.c.value.desc().nulls_last(), who.customer_id)
        .limit(LIMIT)
    )


@asks("Tiers by region", members=tier_members, metrics=("customers", "historical_12m"))
def tier_regions(filters: Filters, scope: Scope) -> Rows:
    """One row per region, then city, then customer, and tier: key, tier, customers, value."""
    return split(filters, scope, "region")


@asks(
    "Tiers by industry",
    members=tier_members,
    metrics=("customers", "historical_12m"),
)
def tier_industries(filters: Filters, scope: Scope) -> Rows:
    """One row per industry, then customer, and tier: key, tier, customers, value."""
    return split(filters, scope, "industry")


@asks("Tiers by team", members=tier_members, metrics=("customers", "historical_12m"))
def tier_teams(filters: Filters, scope: Scope) -> Rows:
    """One row per team, then person, then customer, and tier: key, tier, customers, value."""
    return split(filters, scope, "team")

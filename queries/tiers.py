"""Tiers: how many customers each tier holds and brings, then and now, and who they are."""

from datetime import date
from typing import Any

from sqlalchemy import Select, Text, cast, literal, null, select, union_all

from data.domain.filters import Filters
from data.domain.period import add_months, month_start
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, sum_cents, sum_int
from queries import visible
from queries.question import Rows, asks

TIER_COLUMNS = ("tier", "score", "margin_12m")


def before_month(filters: Filters) -> date | None:
    """Return the month whose end the comparison is read at; None without a comparison."""
    compared = filters.comparison
    if compared is None:
        return None
    return add_months(month_start(compared.until), -1)


def tier_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer counted in `tier_mix`: who, tier, score, margin of 12 months."""
    now = _now(filters, scope, members=True).subquery("listed").c
    columns = [now[n] for n in ("customer_id", "name", *TIER_COLUMNS)]
    return select(*columns).order_by(now.margin_12m.desc().nulls_last(), now.customer_id)


@asks("Tiers", members=tier_members, metrics=("customers", "historical_12m"))
def tier_mix(filters: Filters, scope: Scope) -> Select[Any]:
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


def _now(filters: Filters, scope: Scope, *, members: bool = False) -> Select[Any]:
    """Return tiers at the period's end: as they stand now, or at its last month end."""
    month = visible.moment(filters)
    if month:
        return _at(filters, scope, month, members=members)
    who = ("customer_id", "name") if members else ()
    c = visible.customers(filters, scope, *who, *TIER_COLUMNS).c
    columns = [*(c[n] for n in who), cast(c.tier, Text).label("tier"), c.score, c.margin_12m]
    return select(*columns, literal(1).label("customers"))


def _at(filters: Filters, scope: Scope, month: date, *, members: bool = False) -> Select[Any]:
    source = visible.snapshot_customers(filters, scope, month) if members else None
    s = (source if source is not None else visible.snapshots(filters, scope)).c
    who = [s[n] for n in ("customer_id", "name")] if members else []
    columns = [*who, cast(s.tier, Text).label("tier"), s.margin_12m, s.customers]
    if members:
        columns.append(s.score)
    return select(*columns).where(s.month == visible.day(month))


def _side(stmt: Select[Any], *, is_before: bool) -> Select[Any]:
    rows = stmt.subquery().c
    blank, none = cast(null(), Cents()), cast(null(), rows.customers.type)
    now = (rows.customers, rows.margin_12m)
    values = (none, blank, *now) if is_before else (*now, none, blank)
    names = ("customers", "value", "before_customers", "before_value")
    return select(rows.tier, *(v.label(n) for v, n in zip(values, names, strict=True)))


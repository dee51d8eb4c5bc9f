"""The four assets of the customers: how strong, how far known, and which field to fill in next."""

from typing import Any

from sqlalchemy import ColumnElement, Double, Text, cast, func, literal, select

from data.domain.columns import ASSETS
from data.domain.filters import Filters
from data.domain.scope import Scope
from queries import visible
from queries.question import Rows, asks
from queries.tiers import WHO, points

SCORED = tuple(f"asset_{name}" for name in ASSETS)
COVERED = tuple(f"coverage_{name}" for name in ASSETS)
FULL = 10_000.0


def asset_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer: who, tier, score and coverage of each asset, completeness, next field.

    Of the field in focus (`band`); the least complete first.
    """
    names = (*WHO, "tier", *SCORED, *COVERED, "completeness", "next_field")
    c = visible.customers(filters, scope, *names).c
    field = filters.focus.get("band")
    wanted = [c.next_field == literal(field, Text())] if field else []
    return (
        select(
            *(c[n] for n in (*WHO, "tier")),
            *(points(c[n], n) for n in SCORED),
            *(_share(c[n]).label(n) for n in COVERED),
            _share(c.completeness).label("completeness_mean"),
            c.next_field,
        )
        .where(*wanted)
        .order_by(c.completeness, c.customer_id)
    )


def _share(column: Any) -> ColumnElement[float]:
    return cast(column, Double) / FULL


@asks("Four assets by tier", members=asset_members, metrics=SCORED, today_only="parts")
def tier_assets(filters: Filters, scope: Scope) -> Rows:
    """One row per tier: tier, customers, and of each asset its mean score and its coverage.

    The score (0-100) is the mean of those of whom something is known, the coverage (0-1) of all.
    """
    c = visible.customers(filters, scope, "tier", *SCORED, *COVERED).c
    tier = cast(c.tier, Text)
    return (
        select(
            tier.label("tier"),
            func.count().label("customers"),
            *((func.avg(cast(c[n], Double)) / 100.0).label(n) for n in SCORED),
            *(func.avg(_share(c[n])).label(n) for n in COVERED),
        )
        .group_by(tier)
        .order_by(tier)
    )


@asks(
    "Next field to fill in",
    members=asset_members,
    metrics=("incomplete_customers", "completeness_mean"),
    today_only="parts",
)
def next_fields(filters: Filters, scope: Scope) -> Rows:
    """One row per field that somebody lacks first, the most customers first: key, customers."""
    c = visible.customers(filters, scope, "next_field").c
    customers = func.count().label("customers")
    return (
        select(c.next_field.label("key"), customers)
        .where(c.next_field.is_not(None))
        .group_by(c.next_field)
        .order_by(customers.desc(), c.next_field)
    )

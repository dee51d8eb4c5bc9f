"""Experiments: sums per arm of a campaign, from which its effect follows in closed form."""

from typing import Any

from sqlalchemy import ColumnElement, Double, Text, cast, func, literal, select, union_all

from data.domain.columns import CAMPAIGN_DAYS
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import TEN_THOUSANDTHS, sum_cents, sum_int, when
from queries import visible
from queries.campaigns import campaign_members
from queries.question import Rows, asks

#: Days after the start within which results are counted.
#: What a campaign may work differently by; the tier is that before its start.
SEGMENTS = ("tier", "region", "industry", "kind", "source")
NEEDS = ("campaign_member",)


def _amount(column: Any) -> ColumnElement[float]:
    """Return money as a real number, whose squares would not fit an integer."""
    return cast(column, Double) / literal(float(TEN_THOUSANDTHS), Double())


def _moments(k: Any) -> list[ColumnElement[Any]]:
    """Return the sums that means, variances and the covariate's part follow from."""
    x = func.coalesce(_amount(k.margin_before), 0.0)
    found: list[ColumnElement[Any]] = [func.sum(x).label("x"), func.sum(x * x).label("xx")]
    for days in CAMPAIGN_DAYS:
        y = func.coalesce(_amount(k[f"margin_{days}"]), 0.0)
        found += [
            func.sum(y).label(f"y_{days}"),
            func.sum(y * y).label(f"yy_{days}"),
            func.sum(x * y).label(f"xy_{days}"),
        ]
    return found


@asks(
    "Campaigns and their arms",
    members=campaign_members,
    metrics=("customers",),
    needs=NEEDS,
)
def experiment_arms(filters: Filters, scope: Scope) -> Rows:
    """One row per campaign and arm: campaign_id, campaign, purpose, starts_on, ends_on, is_treated.

    Counts: customers, responded, buyers (while it ran), buyers_30, …; cost; for the margin y of 30,
    90 and 180 days and the margin x of the half-year before: sums of y, y², x, x² and xy.
    """
    k = visible.campaign_customers(filters, scope).c
    group = (k.campaign_id, k.campaign, k.purpose, k.starts_on, k.ends_on, k.is_treated)
    return (
        select(
            *group,
            func.count().label("customers"),
            sum_int(when(k.has_responded)).label("responded"),
            sum_int(when(k.orders_run > 0)).label("buyers"),
            *(sum_int(when(k[f"orders_{d}"] > 0)).label(f"buyers_{d}") for d in CAMPAIGN_DAYS),
            sum_cents(k.cost).label("cost"),
            *_moments(k),
        )
        .group_by(*group)
        .order_by(k.starts_on.desc(), k.campaign_id, k.is_treated)
    )


def segment_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of the chosen campaign, or of that in focus: who, arm, cost, margin."""
    chosen = filters.choices.campaign
    focused = filters.focus.get("campaign")
    return campaign_members(
        filters if focused or not chosen else filters.focused(campaign=chosen), scope
    )


@asks(
    "For whom it worked",
    members=segment_members,
    metrics=("customers",),
    needs=NEEDS,
)
def experiment_segments(filters: Filters, scope: Scope) -> Rows:
    """One row per campaign, dimension, value and arm: campaign_id, dimension, key, is_treated.

    Counts: customers, buyers (while it ran). Of the chosen campaign, or of all.
    """
    names = tuple(name for name in SEGMENTS if name != "tier")
    k = visible.campaign_customers(filters, scope, *names).c
    chosen = filters.choices.campaign
    wanted = [k.campaign_id == literal(chosen, Text())] if chosen else []
    parts = [
        select(
            k.campaign_id,
            literal(name, Text()).label("dimension"),
            cast(k[name], Text).label("key"),
            k.is_treated,
            func.count().label("customers"),
            sum_int(when(k.orders_run > 0)).label("buyers"),
        )
        .where(*wanted)
        .group_by(k.campaign_id, k[name], k.is_treated)
        for name in SEGMENTS
    ]
    p = union_all(*parts).subquery("parts").c
    return (
        select(*p)
        .where(p.key.is_not(None))
        .order_by(p.campaign_id, p.dimension, p.key, p.is_treated)
    )

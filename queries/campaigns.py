"""Campaigns and their arms: what the customers did before, while it ran and after."""

from sqlalchemy import ColumnElement, Text, and_, case, cast, func, literal, select

from data.domain.columns import CAMPAIGN_DAYS
from data.domain.filters import Filters
from data.domain.prosperity import thresholds
from data.domain.scope import Scope
from data.warehouse.dialects import sum_cents, sum_int, when
from queries import visible
from queries.prosperity import WHO
from queries.question import Rows, asks


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

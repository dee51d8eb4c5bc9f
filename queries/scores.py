"""Scores: what each tier scores in every dimension, who would be in another tier, the RFM grid."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Text,
    case,
    cast,
    func,
    literal,
    select,
)

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import TEN_THOUSANDTHS, sum_cents, when
from data.warehouse.rules import NEUTRAL
from queries import visible
from queries.metrics import money_ratio
from queries.question import Rows, asks
from queries.tiers import WHO, points

#: Dimensions of the value score, in the order of the model.
SCORES = ("amount", "loyalty", "referral", "service", "growth")
#: The value that a dimension without any data takes, in hundredths of a point.
RFM = ("recency", "frequency", "monetary")
#: Customers that the list of would-be changes names.
NAMED = 12


# --- dimensions of the score -----------------------------------------------------------------


def score_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer behind `tier_scores`: who, tier, score, its dimensions, coverage."""
    c = visible.customers(filters, scope, *WHO, "tier", "score", *SCORES, "coverage").c
    parts = [points(c[n], f"score_{n}") for n in SCORES]
    coverage = (cast(c.coverage, Double) / 10000.0).label("coverage_mean")
    who = [*(c[n] for n in WHO), c.tier]
    return select(*who, points(c.score), *parts, coverage).order_by(
        c.score.desc().nulls_last(), c.customer_id
    )


@asks(
    "What the tiers score",
    members=score_members,
    metrics=("score_mean", "coverage_mean"),
    today_only="parts",
)
def tier_scores(filters: Filters, scope: Scope) -> Rows:
    """One row per tier: tier, customers, mean score (0–100), its dimensions, coverage (0–1).

    `<dimension>_imputed` is the share of customers at exactly the neutral value: 1 where the
    company has no data for the dimension.
    """
    c = visible.customers(filters, scope, "tier", "score", *SCORES, "coverage").c
    tier = cast(c.tier, Text)
    return (
        select(
            tier.label("tier"),
            func.count().label("customers"),
            *(_mean(c[n], 100.0).label(n) for n in ("score", *SCORES)),
            *(_mean(when(c[n] == NEUTRAL), 1.0).label(f"{n}_imputed") for n in SCORES),
            _mean(c.coverage, 10000.0).label("coverage"),
        )
        .group_by(tier)
        .order_by(tier)
    )


def _mean(column: Any, scale: float) -> ColumnElement[float]:
    return func.avg(cast(column, Double)) / scale


# --- would be --------------------------------------------------------------------------------


def moved_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer whose tier would be another today: who, tier, would be, score, margin.

    The tier is held between month ends; what it would be is read from today's score.
    """
    c = visible.customers(filters, scope, *WHO, "tier", "tier_raw", "score", "margin_12m").c
    held, raw = cast(c.tier, Text), cast(c.tier_raw, Text)
    wanted = [held != raw]
    pair = filters.focus.get("state", "").split("-")
    if len(pair) == 2:
        wanted += [held == literal(pair[0], Text()), raw == literal(pair[1], Text())]
    columns = [*(c[n] for n in WHO), held.label("tier"), raw.label("tier_raw"), points(c.score)]
    return (
        select(*columns, c.margin_12m.label("historical_12m"))
        .where(*wanted)
        .order_by(c.margin_12m.desc().nulls_last(), c.customer_id)
    )


@asks("Would be in another tier", members=moved_members, metrics=("customers",), today_only="parts")
def would_be(filters: Filters, scope: Scope) -> Rows:
    """One row per tier held and tier that it would be: tier, tier_raw, customers, value."""
    c = visible.customers(filters, scope, "tier", "tier_raw", "margin_12m").c
    held, raw = cast(c.tier, Text), cast(c.tier_raw, Text)
    customers = func.count()
    return (
        select(
            held.label("tier"),
            raw.label("tier_raw"),
            customers.label("customers"),
            sum_cents(c.margin_12m).label("value"),
        )
        .where(held != raw)
        .group_by(held, raw)
        .order_by(customers.desc(), held, raw)
    )


@asks(
    "Largest customers who would move",
    members=moved_members,
    metrics=("historical_12m",),
    today_only="parts",
)
def would_be_customers(filters: Filters, scope: Scope) -> Rows:
    """One row per customer, the twelve of largest margin: who, tier, would be, score, margin."""
    return moved_members(filters, scope).limit(NAMED)


# --- RFM -------------------------------------------------------------------------------------


def rfm_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer counted in `rfm_grid`: who, scores, days, orders and revenue."""
    names = (*WHO, "tier", *RFM, "silent_days", "net_24m")
    c = visible.customers(filters, scope, *names).c
    wanted: list[ColumnElement[bool]] = [c.recency.is_not(None)]
    for key in RFM:
        mark = filters.focus.get(key, "")
        if mark.isdigit():
            wanted.append(c[key] == literal(int(mark[:4]), Integer()))
    columns = [c[n] for n in (*WHO, "tier", *RFM, "silent_days")]
    return (
        select(*columns, c.net_24m.label("revenue_24m"))
        .where(*wanted)
        .order_by(c.net_24m.desc(), c.customer_id)
    )


@asks(
    "Recency × frequency",
    members=rfm_members,
    metrics=("revenue_24m", "customers"),
    today_only="parts",
)
def rfm_grid(filters: Filters, scope: Scope) -> Rows:
    """One row per recency and frequency (1–5): both, customers, value (24 months), mean."""
    c = visible.customers(filters, scope, "recency", "frequency", "net_24m").c
    value, customers = sum_cents(c.net_24m), func.count()
    return (
        select(
            c.recency,
            c.frequency,
            customers.label("customers"),
            value.label("value"),
            money_ratio(value, customers).label("mean"),
        )
        .where(c.recency.is_not(None))
        .group_by(c.recency, c.frequency)
        .order_by(c.recency, c.frequency)
    )


@asks("RFM cut points", members=rfm_members, metrics=("revenue_24m",), today_only="parts")
def rfm_cuts(filters: Filters, scope: Scope) -> Rows:  # noqa: ARG001 -- the same for every reader
    """One row per RFM item: item, and the largest value of each of the lower four fifths.

    `cut_1` to `cut_4` are days, orders or money.
    """
    c = visible.cuts().c
    scale = case((c.item == "monetary", float(TEN_THOUSANDTHS)), else_=1.0)
    cuts = [(cast(c[f"cut_{i}"], Double) / scale).label(f"cut_{i}") for i in range(1, 5)]
    return select(c.item, *cuts).where(c.item.in_(RFM)).order_by(c.item)

"""Value: what customers have brought, what the simple formula expects, and how it is spread."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, and_, case, cast, func, literal, select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import TEN_THOUSANDTHS, Cents, month_text, sum_cents
from queries import visible
from queries.bands import banded
from queries.breakdown import by_dimension, next_dimension
from queries.kpis import kpis
from queries.members import members_of
from queries.metrics import money_ratio
from queries.question import Rows, asks

CARDS = (
    "customer_asset",
    "historical_12m",
    "historical_value",
    "simple_clv",
    "simple_clv_mean",
    "arpu",
)
WHO = ("customer_id", "name", "region", "city", "industry", "team", "rep", "tier")
#: Money per customer at which a band begins: below 0, exactly 0, then in steps of 1-2-5.
EDGES = (0, 0.0001, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
BORDERS = tuple(round(edge * TEN_THOUSANDTHS) for edge in EDGES)
#: Customers that the list of the most valuable names, and cohorts that the chart shows.
NAMED, COHORTS = 15, 48


@asks("Key figures", members=members_of("historical_12m"), metrics=CARDS)
def value_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot, asset, margin of 12 months and ever, simple CLV, ARPU."""
    return kpis(filters, scope, CARDS)


# --- three ways to value ---------------------------------------------------------------------

MEASURES = ("margin_6m", "margin_12m", "margin", "simple_value", "value")
NAMES = {
    "margin_6m": "historical_6m",
    "margin_12m": "historical_12m",
    "margin": "historical_value",
    "simple_value": "simple_clv",
    "value": "customer_asset",
}


def valued_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer behind `value_measures`: who, and every measure of its value."""
    c = visible.customers(filters, scope, *WHO, *MEASURES).c
    sums = [c[n].label(name) for n, name in NAMES.items()]
    stmt = select(*(c[n] for n in WHO), *sums)
    return stmt.order_by(c.margin_12m.desc().nulls_last(), c.customer_id)


@asks(
    "Official, simple and historical value",
    members=valued_members,
    metrics=("customer_asset", "simple_clv", "historical_value"),
)
def value_measures(filters: Filters, scope: Scope) -> Rows:
    """One row per tier: tier, customers, margin of 6 and 12 months and ever, simple CLV, value."""
    c = visible.customers(filters, scope, "tier", *MEASURES).c
    tier = cast(c.tier, Text)
    sums = [sum_cents(c[n]).label(name) for n, name in NAMES.items()]
    stmt = select(tier.label("tier"), func.count().label("customers"), *sums)
    return stmt.group_by(tier).order_by(tier)


# --- how it is spread ------------------------------------------------------------------------


def band_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer counted in `value_bands`: who and the margin of 12 months."""
    c = visible.customers(filters, scope, *WHO, "margin_12m").c
    stmt = select(*(c[n] for n in WHO), c.margin_12m.label("historical_12m"))
    return stmt.where(c.margin_12m.is_not(None), *_within(filters, c.margin_12m)).order_by(
        c.margin_12m.desc(), c.customer_id
    )


def _within(filters: Filters, column: Any) -> list[Any]:
    """Return the borders of the band in focus; none: every band."""
    mark = filters.focus.get("band", "")
    if not mark.isdigit() or int(mark[:4]) > len(BORDERS):
        return []
    band = int(mark[:4])
    bounds = [column >= literal(BORDERS[band - 1], column.type)] if band else []
    if band < len(BORDERS):
        bounds.append(column < literal(BORDERS[band], column.type))
    return bounds


@asks("Margin per customer", members=band_members, metrics=("historical_12m", "customers"))
def value_bands(filters: Filters, scope: Scope) -> Rows:
    """One row per band of margin in 12 months: band, since, until, customers, value; empty too.

    Band 0 is below zero, band 1 exactly zero, each next one begins at an edge of `EDGES`.
    """
    c = visible.customers(filters, scope, "margin_12m").c
    one = literal(1, Integer()).label("customers")
    rows = select(c.margin_12m, one, c.margin_12m.label("value")).where(c.margin_12m.is_not(None))
    b = banded(rows.subquery("valued"), "margin_12m", BORDERS).subquery("banded").c
    since = case(*((b.band == i, _money(e)) for i, e in enumerate(BORDERS, start=1)))
    until = case(*((b.band == i, _money(e)) for i, e in enumerate(BORDERS)))
    columns = (b.band, since.label("since"), until.label("until"), b.customers, b.value)
    return select(*columns).order_by(b.band)


def _money(border: int) -> Any:
    return literal(border, Cents())


# --- by dimension and cohort -----------------------------------------------------------------


@asks("Value by region", members=members_of("historical_12m"), metrics=("historical_12m",))
def value_regions(filters: Filters, scope: Scope) -> Rows:
    """One row per region, then city, then customer: key, margin of 12 months."""
    return _value_by(filters, scope, "region")


@asks("Value by industry", members=members_of("historical_12m"), metrics=("historical_12m",))
def value_industries(filters: Filters, scope: Scope) -> Rows:
    """One row per industry, then customer: key, margin of 12 months."""
    return _value_by(filters, scope, "industry")


@asks("Value by source", members=members_of("historical_12m"), metrics=("historical_12m",))
def value_sources(filters: Filters, scope: Scope) -> Rows:
    """One row per source, then customer: key, margin of 12 months."""
    return _value_by(filters, scope, "source")


def _value_by(filters: Filters, scope: Scope, start: str) -> Rows:
    dimension = next_dimension(filters, start)
    return by_dimension(filters, scope, ("historical_12m",), dimension=dimension)


def cohort_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer behind `cohort_value`: who, first order, margin ever."""
    c = visible.customers(filters, scope, *WHO, "cohort", "first_on", "margin").c
    stmt = select(*(c[n] for n in WHO), c.first_on, c.margin.label("historical_value"))
    month = filters.focus.get("month")
    wanted: list[ColumnElement[bool]] = [c.cohort.is_not(None)]
    if month:
        wanted.append(month_text(c.cohort) == literal(month, Text()))
    return stmt.where(and_(*wanted)).order_by(c.margin.desc().nulls_last(), c.customer_id)


@asks("Value by first order", members=cohort_members, metrics=("historical_mean",))
def cohort_value(filters: Filters, scope: Scope) -> Rows:
    """One row per month of the first order, the last 48: cohort, customers, value, per customer."""
    c = visible.customers(filters, scope, "cohort", "margin").c
    value, customers = sum_cents(c.margin), func.count()
    newest = (
        select(
            c.cohort,
            customers.label("customers"),
            value.label("value"),
            money_ratio(value, customers).label("historical_mean"),
        )
        .where(c.cohort.is_not(None))
        .group_by(c.cohort)
        .order_by(c.cohort.desc())
        .limit(COHORTS)
        .subquery("newest")
    )
    return select(newest).order_by(newest.c.cohort)


@asks("Most valuable customers", members=valued_members, metrics=("historical_12m",))
def top_customers(filters: Filters, scope: Scope) -> Rows:
    """One row per customer, the fifteen of largest margin in 12 months: who, and each measure."""
    names = ("customer_id", "name", "team", "tier", "silent_days", *MEASURES)
    c = visible.customers(filters, scope, *names).c
    who = [c[n] for n in ("customer_id", "name", "team", "tier", "silent_days")]
    sums = [c[n].label(NAMES[n]) for n in ("margin_12m", "margin", "simple_value")]
    stmt = select(*who, *sums).order_by(c.margin_12m.desc().nulls_last(), c.customer_id)
    return stmt.limit(NAMED)

"""Value: what customers have brought, what models and the simple formula expect, and where."""

from sqlalchemy import ColumnElement, Text, and_, cast, func, literal, select

from data.domain.columns import SHIFTS
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import month_text, sum_cents
from queries import visible
from queries.breakdown import by_dimension, next_dimension
from queries.known import told
from queries.kpis import kpis
from queries.members import members_of
from queries.metrics import money_ratio
from queries.metrics.asset import asset_error, held, own_error
from queries.question import Rows, asks

CARDS = (
    "customer_asset",
    "lifetime_value",
    "historical_value",
    "simple_clv",
    "value_mean",
    "referral_value",
    "asset_error",
    "expected_orders",
)
WHO = ("customer_id", "name", "region", "city", "industry", "team", "rep", "tier")
#: Customers that the list of the most valuable names, and cohorts that the chart shows.
NAMED, COHORTS = 15, 48


@asks("Key figures", members=members_of("customer_asset"), metrics=CARDS)
def value_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot, asset and its error, value to date and ahead, simple, referral."""
    return kpis(filters, scope, CARDS)


# --- three ways to value ---------------------------------------------------------------------

MEASURES = ("margin_6m", "margin_12m", "margin", "simple_value")
NAMES = {
    "margin_6m": "historical_6m",
    "margin_12m": "historical_12m",
    "margin": "historical_value",
    "simple_value": "simple_clv",
}
OFFICIAL = ("value", "is_churned", *SHIFTS)


def valued_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer behind `value_measures`: who, and every measure of its value."""
    c = visible.customers(filters, scope, *WHO, *MEASURES, *OFFICIAL).c
    official = held(c, c.value).label("customer_asset")
    error = told(filters, "asset_error", held(c, own_error(c))).label("asset_error")
    sums = [c[n].label(name) for n, name in NAMES.items()]
    stmt = select(*(c[n] for n in WHO), official, error, *sums)
    return stmt.order_by(
        official.desc().nulls_last(), c.margin_12m.desc().nulls_last(), c.customer_id
    )


@asks(
    "Official, simple and historical value",
    members=valued_members,
    metrics=("customer_asset", "asset_error", "simple_clv", "historical_value"),
)
def value_measures(filters: Filters, scope: Scope) -> Rows:
    """One row per tier: tier, customers, asset and its error, simple CLV, margin of 6, 12, ever."""
    c = visible.customers(filters, scope, "tier", *MEASURES, *OFFICIAL).c
    tier = cast(c.tier, Text)
    official = sum_cents(held(c, c.value)).label("customer_asset")
    sums = [sum_cents(c[n]).label(name) for n, name in NAMES.items()]
    error = told(filters, "asset_error", asset_error(c)).label("asset_error")
    stmt = select(tier.label("tier"), func.count().label("customers"), official, error, *sums)
    return stmt.group_by(tier).order_by(tier)


# --- by dimension and cohort -----------------------------------------------------------------

#: The asset, and what takes its place where the models cannot value anybody.
SHOWN = ("customer_asset", "historical_12m")


@asks("Value by region", members=valued_members, metrics=SHOWN)
def value_regions(filters: Filters, scope: Scope) -> Rows:
    """One row per region, then city, then customer: key, asset, margin of 12 months."""
    return _value_by(filters, scope, "region")


@asks("Value by industry", members=valued_members, metrics=SHOWN)
def value_industries(filters: Filters, scope: Scope) -> Rows:
    """One row per industry, then customer: key, asset, margin of 12 months."""
    return _value_by(filters, scope, "industry")


@asks("Value by source", members=valued_members, metrics=SHOWN)
def value_sources(filters: Filters, scope: Scope) -> Rows:
    """One row per source, then customer: key, asset, margin of 12 months."""
    return _value_by(filters, scope, "source")


def _value_by(filters: Filters, scope: Scope, start: str) -> Rows:
    dimension = next_dimension(filters, start)
    return by_dimension(filters, scope, SHOWN, dimension=dimension)


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


# --- customers -------------------------------------------------------------------------------

#: What a value is made of: `components.value_parts` fills its formula in with them.
PARTS = (
    *("margin_rate", "order_spend", "discounted_orders", "service_month", "alive_months"),
    *("contract_month", "contract_months"),
)


def part_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer: who, value and its error, risk, and all that the value is made of."""
    return _valued(filters, scope)


def _valued(filters: Filters, scope: Scope) -> Rows:
    who = (*WHO[:2], "team", "tier")
    given = ("risk", "p_alive", *PARTS)
    names = (*who, *given, *OFFICIAL, "margin", "margin_12m", "simple_value")
    c = visible.customers(filters, scope, *names).c
    official = held(c, c.value)
    figures = [
        official.label("customer_asset"),
        told(filters, "asset_error", held(c, own_error(c))).label("asset_error"),
        *(c[n] for n in ("risk", "p_alive")),
        *(c[n].label(NAMES[n]) for n in ("margin", "margin_12m", "simple_value")),
        *(c[n] for n in ("value", "is_churned", *PARTS)),
    ]
    stmt = select(*(c[n] for n in who), *figures)
    return stmt.order_by(
        official.desc().nulls_last(), c.margin_12m.desc().nulls_last(), c.customer_id
    )


@asks(
    "Most valuable customers",
    members=part_members,
    metrics=("customer_asset", "asset_error", "historical_value"),
)
def top_customers(filters: Filters, scope: Scope) -> Rows:
    """One row per customer, the fifteen of largest value: who, value, risk, parts of the value."""
    return _valued(filters, scope).limit(NAMED)

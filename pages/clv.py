"""Value: what customers will bring and have brought, how sure that is, and where it lies."""

from typing import Any

import pandas as pd
from dash import Input, Output, html

from components.cards import headline, kpi_skeleton
from components.figures.asset import asset_months, calibration, value_risk_map
from components.figures.bars import dimension_bars
from components.figures.value import cohort_bars
from components.findings import sentence
from components.hold_out import hold_out
from components.panel import grid
from components.parameters import parameters
from components.renewal_hold_out import RENEWALS, renewal_hold_out
from components.states import skeleton
from components.value_parts import value_parts
from data.i18n import is_blank, t
from pages import _value_words as words
from pages._cards import cards
from pages._lists import customer_list
from pages._page import (
    FILTERS,
    Figure,
    Panel,
    Query,
    asked,
    chart,
    guarded,
    listing,
    panel,
    register_page,
    rows_of,
    together,
    valued,
    with_names,
)
from queries import asset, clv, models
from queries.breakdown import next_dimension
from queries.kpis import NOW
from queries.metrics import METRICS
from queries.run import fetcher, run

register_page(
    __name__,
    path="/clv",
    name="Value",
    order=30,
    permission="view-value",
    icon="gem",
    group="Value",
)

# Its panels belong to the page that has been registered.
from pages._concentration import concentrated, top_words  # noqa: E402

ASSET = METRICS["customer_asset"]
KPIS = panel("clv-kpis", clv.value_kpis, metric="customer_asset")
MONTHS = panel("clv-months", asset.value_months, metric="customer_asset")
MEASURES = panel("clv-measures", clv.value_measures, metric="customer_asset")
MAP = panel("clv-map", asset.value_risk, metric="customer_asset")
CHECKS = panel("clv-checks", models.model_checks, metric="asset_error")
DECILES = panel("clv-deciles", models.model_deciles, metric="expected_orders")
MODEL = panel("clv-model", models.model_facts, metric="asset_error")
FINDINGS = panel("clv-findings", models.model_findings, metric="asset_error")
REGIONS = panel("clv-regions", clv.value_regions, metric="customer_asset")
INDUSTRIES = panel("clv-industries", clv.value_industries, metric="customer_asset")
SOURCES = panel("clv-sources", clv.value_sources, metric="customer_asset")
COHORTS = panel("clv-cohorts", clv.cohort_value, metric="historical_mean")
TOP = panel("clv-top", clv.top_customers, metric="customer_asset")
SAY, MADE_OF = "clv-say", "clv-made-of"
#: The six cards; the errors behind them are asked for with them.
CARDS = clv.CARDS[:6]
#: Columns of the list; the others are in its rows and in the formula below it.
LISTED = (
    *("customer_id", "name", "team", "tier", "customer_asset", "spread", "risk", "p_alive"),
    *("historical_value", "simple_clv"),
)


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    sub = {
        "regions": t("Customer asset; click a region for its cities"),
        "industries": t("Customer asset; click an industry for its customers"),
        "sources": t("Customer asset; click a source for its customers"),
    }
    tools = ("explain", "rows", "csv")
    return html.Div(
        [
            html.Div(kpi_skeleton(), id=KPIS.id),
            html.Div(skeleton(lines=2), id=SAY),
            grid(
                chart(MONTHS, sub=words.month(), height=320),
                chart(MAP, sub=words.risk_map(), height=320),
                layout="two",
            ),
            grid(
                listing(MEASURES, sub=words.official(), actions=tools),
                chart(DECILES, sub=words.decile(), height=300),
                layout="two",
            ),
            grid(listing(CHECKS, sub=words.check(), actions=tools), layout="full"),
            grid(
                listing(MODEL, sub=t("Parameters fitted at the last refresh"), actions=tools),
                listing(FINDINGS, sub=t("The gravest first"), actions=tools),
                layout="wide",
            ),
            grid(listing(TOP, sub=words.top(), actions=tools), layout="full"),
            html.Div(id=MADE_OF),
            *concentrated(),
            grid(
                chart(REGIONS, turn="region", sub=sub["regions"]),
                chart(INDUSTRIES, turn="industry", sub=sub["industries"]),
                chart(SOURCES, turn="source", sub=sub["sources"]),
                layout="three",
            ),
            grid(chart(COHORTS, sub=words.cohort(), height=300), layout="full"),
        ]
    )


# --- figures and sentences -------------------------------------------------------------------


@guarded(Output(KPIS.id, "children"), Input(FILTERS, "data"))
def show_cards(query: Query) -> Any:
    """Draw the six cards."""
    return cards(KPIS, query, keys=CARDS)


@guarded(Output(SAY, "children"), Input(FILTERS, "data"))
def show_headline(query: Query) -> Any:
    """Say what the customers are worth, or why not, and how concentrated that is."""
    now = rows_of(KPIS, query).set_index("slot").loc[NOW]
    said = top_words(query)
    if not said and is_blank(now["customer_asset"]) and is_blank(now["simple_clv"]):
        return headline([t("No customer with these filters has a value.")])
    filters = asked(query)
    # What the models found is of today, and so is why they could not value anybody.
    why = "" if filters.calendar.is_past else words.why_not(rows_of(FINDINGS, query))
    has_cost = fetcher().info(filters.version).has_cost
    parts = [*words.worth(now, why, has_cost=has_cost), said]
    return headline([word for part in parts if part for word in (part, " ")])


def draw_months(query: Query) -> Figure:
    """Draw the asset at each month end."""
    return asset_months(rows_of(MONTHS, query), ASSET)


def draw_map(query: Query) -> Figure:
    """Draw customers by value and risk."""
    cuts = run(asset.value_cuts, asked(query)).iloc[0]
    return value_risk_map(rows_of(MAP, query), [float(cut) for cut in cuts if not is_blank(cut)])


def draw_cohorts(query: Query) -> Figure:
    """Draw the margin per customer by the month of the first order."""
    return cohort_bars(rows_of(COHORTS, query), METRICS["historical_mean"])


together(
    {
        Output(MONTHS.id, "figure"): draw_months,
        Output(MAP.id, "figure"): draw_map,
        Output(COHORTS.id, "figure"): draw_cohorts,
    }
)


def list_measures(query: Query) -> Any:
    """List official, simple and historical value by tier, and their totals."""
    rows = rows_of(MEASURES, query)
    if rows.empty:
        return html.P(t("No customer matches these filters."), className="muted")
    error = rows_of(KPIS, query).set_index("slot").loc[NOW, "asset_error"]
    return words.measures(rows, error, id=f"{MEASURES.id}-table")


# --- how sure --------------------------------------------------------------------------------


@guarded(
    Output(CHECKS.id, "children"),
    Output(MODEL.id, "children"),
    Output(FINDINGS.id, "children"),
    Input(FILTERS, "data"),
)
def list_models(query: Query) -> Any:
    """List the hold-out, the parameters, and what the reader must know."""
    facts = rows_of(MODEL, query)
    checks = rows_of(CHECKS, query)
    found = rows_of(FINDINGS, query)
    is_bg = _fact(facts, "buying", "is_mbg", 1.0) == 0.0
    told = [sentence(row.code, row.details) for row in found.itertuples()]
    return (
        _tested(checks, "bg" if is_bg else "mbg", "kaplan_meier" if _is_observed(facts) else "sbg"),
        parameters(facts),
        html.Ul([html.Li(words) for words in told], className="moves")
        if told
        else html.P(t("Nothing speaks against the models."), className="muted"),
    )


def _tested(checks: pd.DataFrame, of_orders: str, of_renewals: str) -> html.Div:
    """Return the hold-out of orders and that of contracts; why there is none."""
    is_renewal = checks["target"] == RENEWALS
    shown: list[Any] = []
    if not is_renewal.all():
        shown.append(hold_out(checks[~is_renewal], official=of_orders))
    if is_renewal.any():
        shown.append(renewal_hold_out(checks[is_renewal], official=of_renewals))
    short = t("The history is too short to leave months out and test the models on them.")
    return html.Div(shown or html.P(short, className="muted"))


def _is_observed(facts: pd.DataFrame) -> bool:
    """Whether contracts are renewed as observed, and not as the model says."""
    return bool((facts["part"] == "plan").any())


def _fact(facts: pd.DataFrame, part: str, name: str, default: float) -> float:
    found = facts[(facts["part"] == part) & (facts["name"] == name)]["value"]
    return default if found.empty else float(found.iloc[0])


def draw_deciles(query: Query) -> Figure:
    """Draw predicted and actual orders by tenth of the prediction."""
    return calibration(rows_of(DECILES, query))


together(
    {
        Output(MEASURES.id, "children"): list_measures,
        Output(DECILES.id, "figure"): draw_deciles,
    }
)


# --- where it lies ---------------------------------------------------------------------------


def draw_regions(query: Query) -> Figure:
    """Draw the asset by region, then city, then customer."""
    return _by(REGIONS, query, "region")


def draw_industries(query: Query) -> Figure:
    """Draw the asset by industry, then customer."""
    return _by(INDUSTRIES, query, "industry")


def draw_sources(query: Query) -> Figure:
    """Draw the asset by source, then customer."""
    return _by(SOURCES, query, "source")


together(
    {
        Output(REGIONS.id, "figure"): draw_regions,
        Output(INDUSTRIES.id, "figure"): draw_industries,
        Output(SOURCES.id, "figure"): draw_sources,
    }
)


def _by(of: Panel, query: Query, start: str) -> Figure:
    """Draw the asset by a dimension; margin of 12 months where nobody has a value."""
    dimension = next_dimension(asked(query), start)
    rows = with_names(rows_of(of, query), dimension, query)
    key = "historical_12m" if rows["customer_asset"].isna().all() else "customer_asset"
    return dimension_bars(valued(rows, key), METRICS[key], dimension=dimension)


@guarded(Output(TOP.id, "children"), Output(MADE_OF, "children"), Input(FILTERS, "data"))
def list_top(query: Query) -> Any:
    """List the customers of the largest value, and how the first one's value is made up.

    What a value was made of is not kept with a month end.
    """
    rows = rows_of(TOP, query)
    pairs = zip(rows["customer_asset"], rows["asset_error"], strict=True)
    shown = rows.assign(spread=[words.spread(*pair) for pair in pairs])
    listed = customer_list(TOP, shown[[*LISTED]], query)
    if rows.empty or asked(query).calendar.is_past:
        return listed, []
    facts = rows_of(MODEL, query)
    made = value_parts(
        rows.iloc[0].to_dict(),
        months=round(_fact(facts, "terms", "horizon_months", 36)),
        discount=_fact(facts, "terms", "annual_discount", 0.1),
        is_observed=_is_observed(facts),
    )
    title = t("How the value is made up")
    card = html.Section([html.H2(title, className="panel-title"), made], className="card")
    return listed, grid(card, layout="full")

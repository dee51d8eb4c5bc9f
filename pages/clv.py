"""Value: what customers will bring and have brought, how sure that is, and where it lies."""

from typing import Any

import pandas as pd
from dash import Input, Output, html

from components.cards import headline, kpi_skeleton
from components.figures.asset import asset_months, calibration, value_risk_map
from components.figures.bars import dimension_bars
from components.figures.concentration import abc, lorenz
from components.figures.marks import go
from components.figures.value import cohort_bars
from components.findings import sentence, why_unvalued
from components.hold_out import hold_out, parameters
from components.panel import grid
from components.states import skeleton
from components.tables import Column, short_table
from components.value_parts import interval, value_parts
from data.domain.dimension import TIERS
from data.i18n import figure, is_blank, label_of, t
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
    valued,
    with_names,
)
from queries import asset, clv, concentration, models
from queries.breakdown import next_dimension
from queries.kpis import NOW
from queries.metrics import METRICS
from queries.run import fetcher

register_page(
    __name__,
    path="/clv",
    name="Value",
    order=30,
    permission="view-value",
    icon="gem",
    group="Value",
)

ASSET = METRICS["customer_asset"]
KPIS = panel("clv-kpis", clv.value_kpis, metric="customer_asset")
MONTHS = panel("clv-months", asset.value_months, metric="customer_asset")
MEASURES = panel("clv-measures", clv.value_measures, metric="customer_asset")
MAP = panel("clv-map", asset.value_risk, metric="customer_asset")
CHECKS = panel("clv-checks", models.model_checks, metric="asset_error")
DECILES = panel("clv-deciles", models.model_deciles, metric="expected_orders")
MODEL = panel("clv-model", models.model_facts, metric="asset_error")
FINDINGS = panel("clv-findings", models.model_findings, metric="asset_error")
LORENZ = panel("clv-lorenz", concentration.lorenz_curve, metric="gross_ever")
ABC = panel("clv-abc", concentration.abc_classes, metric="gross_ever")
REGIONS = panel("clv-regions", clv.value_regions, metric="customer_asset")
INDUSTRIES = panel("clv-industries", clv.value_industries, metric="customer_asset")
SOURCES = panel("clv-sources", clv.value_sources, metric="customer_asset")
COHORTS = panel("clv-cohorts", clv.cohort_value, metric="historical_mean")
TOP = panel("clv-top", clv.top_customers, metric="customer_asset")
SAY, MADE_OF = "clv-say", "clv-made-of"
#: The six cards; the errors behind them are asked for with them.
CARDS = clv.CARDS[:6]
#: Columns of the table of measures: the metric of each, and how it is headed.
TEXTS = {
    "customer_asset": "Official",
    "simple_clv": "Simple",
    "historical_6m": "6 months",
    "historical_12m": "12 months",
    "historical_value": "Ever",
}
MEASURED = tuple(TEXTS)


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
                chart(MONTHS, sub=_month_words(), height=320),
                chart(MAP, sub=_map_words(), height=320),
                layout="two",
            ),
            grid(
                listing(MEASURES, sub=_official_words(), actions=tools),
                chart(DECILES, sub=_decile_words(), height=300),
                layout="two",
            ),
            grid(listing(CHECKS, sub=_check_words(), actions=tools), layout="full"),
            grid(
                listing(FINDINGS, sub=t("The gravest first"), actions=tools),
                listing(MODEL, sub=t("Parameters fitted at the last refresh"), actions=tools),
                layout="two",
            ),
            grid(listing(TOP, sub=_top_words(), actions=("rows", "csv")), layout="full"),
            html.Div(id=MADE_OF),
            grid(
                chart(LORENZ, sub=t("Gross revenue ever, largest customers first"), height=360),
                chart(ABC, sub=_abc_words(), height=360),
                layout="wide",
            ),
            grid(
                chart(REGIONS, sub=sub["regions"]),
                chart(INDUSTRIES, sub=sub["industries"]),
                chart(SOURCES, sub=sub["sources"]),
                layout="three",
            ),
            grid(chart(COHORTS, sub=_cohort_words(), height=300), layout="full"),
        ]
    )


def _month_words() -> str:
    return t(
        "Value of customers not churned at each month end, by the models as fitted today; all"
        " months where the period is all of the history. Click a month, then Rows"
    )


def _map_words() -> str:
    return t("Customers by value and risk, darker where more value lies; click a cell, then Rows")


def _official_words() -> str:
    return t("Side by side and never added up; the official value with its 95 % interval")


def _decile_words() -> str:
    return t(
        "Orders per customer in the months left out, by tenth of what the model predicted:"
        " the nearer the line to the bars, the better"
    )


def _check_words() -> str:
    return t("The models on months that they had not seen, beside simple rules")


def _abc_words() -> str:
    return t(
        "A: while those before hold less than 80 % of the gross revenue, B: less than 95 %,"
        " C: the rest"
    )


def _top_words() -> str:
    return t("By official value; click a row for the customer and the formula of the value")


def _cohort_words() -> str:
    return t(
        "Margin ever per customer, by the month of the first order: older cohorts have had more"
        " time. Click a month to keep its customers"
    )


# --- figures and sentences -------------------------------------------------------------------


@guarded(Output(KPIS.id, "children"), Input(FILTERS, "data"))
def show_cards(query: Query) -> Any:
    """Draw the six cards."""
    return cards(KPIS, query, keys=CARDS)


@guarded(Output(SAY, "children"), Input(FILTERS, "data"))
def show_headline(query: Query) -> Any:
    """Say what the customers are worth, or why not, and how concentrated the revenue is."""
    parts = [*_worth(query), *_whose_cost(query)]
    curve = rows_of(LORENZ, query)
    top = curve[curve["top"] == 10]
    if top.empty:
        return headline([t("No customer has ordered in these filters.")])
    parts.append(
        t(
            "The top 10 % of the customers hold {share} of the gross revenue.",
            share=figure(top["share_value"].iloc[0], "rate"),
        )
    )
    return headline([word for part in parts for word in (part, " ")])


def _worth(query: Query) -> list[str]:
    now = rows_of(KPIS, query).set_index("slot").loc[NOW]
    found = dict(rows_of(FINDINGS, query)[["code", "details"]].itertuples(index=False))
    why = why_unvalued(found)
    if is_blank(now["customer_asset"]):
        simple = figure(now["simple_clv"], "money", short=True)
        return [
            *([why] if why else []),
            t(
                "There is no official value here; the simple CLV, {value}, stands in its place.",
                value=simple,
            ),
        ]
    low, high = interval(float(now["customer_asset"]), float(now["asset_error"] or 0))
    return [
        *([why] if why else []),
        t(
            "The {count} customers not churned are worth {value} (95 %: {low} to {high}) over the"
            " months ahead.",
            count=figure(now["asset_customers"], "count"),
            value=figure(now["customer_asset"], "money", short=True),
            low=figure(low, "money", short=True),
            high=figure(high, "money", short=True),
        ),
    ]


def _whose_cost(query: Query) -> list[str]:
    """Say where every value is one of revenue."""
    if fetcher().info(asked(query).version).has_cost:
        return []
    return [t("No cost is known, so the margin rate is 1: every value here is a revenue value.")]


@guarded(Output(MONTHS.id, "figure"), Input(FILTERS, "data"))
def draw_months(query: Query) -> Figure:
    """Draw the asset at each month end."""
    return asset_months(rows_of(MONTHS, query), ASSET)


@guarded(Output(MAP.id, "figure"), Input(FILTERS, "data"))
def draw_map(query: Query) -> Figure:
    """Draw customers by value and risk."""
    return value_risk_map(rows_of(MAP, query), asset.EDGES)


@guarded(Output(MEASURES.id, "children"), Input(FILTERS, "data"))
def list_measures(query: Query) -> Any:
    """List official, simple and historical value by tier, and their totals."""
    rows = rows_of(MEASURES, query)
    if rows.empty:
        return html.P(t("No customer matches these filters."), className="muted")
    found = rows.set_index("tier")
    shown = [_measured(found.loc[tier], tier) for tier in TIERS if tier in found.index]
    sums = found.sum(min_count=1)
    # The errors of the tiers have one cause and do not add up like their values.
    sums["asset_error"] = rows_of(KPIS, query).set_index("slot").loc[NOW, "asset_error"]
    shown.append({**_measured(sums, ""), "tier": t("All"), "go": None})
    columns = [
        Column("tier", t("Tier"), main=True),
        Column("customer_asset", t(TEXTS["customer_asset"]), "shown", main=True),
        Column("spread", t("95 % interval"), "shown"),
    ]
    columns += [
        Column(key, t(TEXTS[key]), "shown", main=key == "simple_clv") for key in MEASURED[1:]
    ]
    return [
        short_table(shown, columns, id=f"{MEASURES.id}-table", go="go"),
        html.P(
            t("Official and simple look ahead; 6 months, 12 months and ever are past margin."),
            className="muted",
        ),
    ]


def _measured(row: pd.Series, tier: str) -> dict[str, Any]:
    values = {key: figure(row[key], "money", short=True) for key in MEASURED}
    spread = ""
    if not is_blank(row["customer_asset"]) and not is_blank(row["asset_error"]):
        pair = interval(float(row["customer_asset"]), float(row["asset_error"]))
        spread = " – ".join(figure(v, "money", short=True) for v in pair)
    return {"tier": label_of("tier", tier), **values, "spread": spread, "go": go("tier", tier)}


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
    short = t("The history is too short to leave months out and test the models on them.")
    told = [sentence(row.code, row.details) for row in found.itertuples()]
    return (
        html.P(short, className="muted")
        if checks.empty
        else hold_out(checks, official="bg" if is_bg else "mbg"),
        parameters(facts),
        html.Ul([html.Li(words) for words in told], className="findings")
        if told
        else html.P(t("Nothing speaks against the models."), className="muted"),
    )


def _fact(facts: pd.DataFrame, part: str, name: str, default: float) -> float:
    found = facts[(facts["part"] == part) & (facts["name"] == name)]["value"]
    return default if found.empty else float(found.iloc[0])


@guarded(Output(DECILES.id, "figure"), Input(FILTERS, "data"))
def draw_deciles(query: Query) -> Figure:
    """Draw predicted and actual orders by tenth of the prediction."""
    return calibration(rows_of(DECILES, query))


# --- where it lies ---------------------------------------------------------------------------


@guarded(Output(LORENZ.id, "figure"), Input(FILTERS, "data"))
def draw_lorenz(query: Query) -> Figure:
    """Draw the concentration curve."""
    return lorenz(rows_of(LORENZ, query))


@guarded(Output(ABC.id, "figure"), Input(FILTERS, "data"))
def draw_abc(query: Query) -> Figure:
    """Draw the classes by customers and by revenue."""
    return abc(rows_of(ABC, query))


@guarded(Output(REGIONS.id, "figure"), Input(FILTERS, "data"))
def draw_regions(query: Query) -> Figure:
    """Draw the asset by region, then city, then customer."""
    return _by(REGIONS, query, "region")


@guarded(Output(INDUSTRIES.id, "figure"), Input(FILTERS, "data"))
def draw_industries(query: Query) -> Figure:
    """Draw the asset by industry, then customer."""
    return _by(INDUSTRIES, query, "industry")


@guarded(Output(SOURCES.id, "figure"), Input(FILTERS, "data"))
def draw_sources(query: Query) -> Figure:
    """Draw the asset by source, then customer."""
    return _by(SOURCES, query, "source")


def _by(of: Panel, query: Query, start: str) -> Figure:
    """Draw the asset by a dimension; margin of 12 months where nobody has a value."""
    dimension = next_dimension(asked(query), start)
    rows = with_names(rows_of(of, query), dimension, query)
    key = "historical_12m" if rows["customer_asset"].isna().all() else "customer_asset"
    return dimension_bars(valued(rows, key), METRICS[key], dimension=dimension)


@guarded(Output(COHORTS.id, "figure"), Input(FILTERS, "data"))
def draw_cohorts(query: Query) -> Figure:
    """Draw the margin per customer by the month of the first order."""
    return cohort_bars(rows_of(COHORTS, query), METRICS["historical_mean"])


@guarded(Output(TOP.id, "children"), Output(MADE_OF, "children"), Input(FILTERS, "data"))
def list_top(query: Query) -> Any:
    """List the customers of the largest value, and how the first one's value is made up."""
    rows = rows_of(TOP, query)
    hidden = ("value", "is_churned", *clv.PARTS)
    listed = customer_list(TOP, rows, query, without=hidden)
    if rows.empty:
        return listed, []
    facts = rows_of(MODEL, query)
    made = value_parts(
        rows.iloc[0].to_dict(),
        months=round(_fact(facts, "terms", "horizon_months", 36)),
        discount=_fact(facts, "terms", "annual_discount", 0.1),
    )
    title = t("How the value is made up")
    return listed, html.Section([html.H2(title, className="panel-title"), made], className="card")

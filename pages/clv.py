"""Value: what customers have brought and may bring, how it is spread, and where it lies."""

from typing import Any

import pandas as pd
from dash import Input, Output, html

from components.cards import headline, kpi_skeleton
from components.figures.bars import dimension_bars
from components.figures.concentration import abc, lorenz
from components.figures.marks import go
from components.figures.value import cohort_bars, value_bands
from components.panel import grid
from components.states import skeleton
from components.tables import Column, short_table
from data.domain.dimension import TIERS
from data.i18n import figure, label_of, t
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
from queries import clv, concentration
from queries.breakdown import next_dimension
from queries.metrics import METRICS

register_page(
    __name__,
    path="/clv",
    name="Value",
    order=30,
    permission="view-value",
    icon="gem",
    group="Value",
)

MARGIN = METRICS["historical_12m"]
KPIS = panel("clv-kpis", clv.value_kpis, metric="historical_12m")
MEASURES = panel("clv-measures", clv.value_measures, metric="simple_clv")
BANDS = panel("clv-bands", clv.value_bands, metric="historical_12m")
LORENZ = panel("clv-lorenz", concentration.lorenz_curve, metric="gross_ever")
ABC = panel("clv-abc", concentration.abc_classes, metric="gross_ever")
REGIONS = panel("clv-regions", clv.value_regions, metric="historical_12m")
INDUSTRIES = panel("clv-industries", clv.value_industries, metric="historical_12m")
SOURCES = panel("clv-sources", clv.value_sources, metric="historical_12m")
COHORTS = panel("clv-cohorts", clv.cohort_value, metric="historical_mean")
TOP = panel("clv-top", clv.top_customers, metric="historical_12m")
SAY = "clv-say"
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
    return html.Div(
        [
            html.Div(kpi_skeleton(), id=KPIS.id),
            html.Div(skeleton(lines=2), id=SAY),
            grid(
                chart(LORENZ, sub=t("Gross revenue ever, largest customers first"), height=360),
                chart(ABC, sub=_abc_words(), height=360),
                layout="wide",
            ),
            grid(
                listing(MEASURES, sub=_official_words(), actions=("explain", "rows", "csv")),
                chart(BANDS, sub=_band_words(), height=300),
                layout="two",
            ),
            grid(
                chart(REGIONS, sub=t("Margin of 12 months; click a region for its cities")),
                chart(
                    INDUSTRIES, sub=t("Margin of 12 months; click an industry for its customers")
                ),
                chart(SOURCES, sub=t("Margin of 12 months; click a source for its customers")),
                layout="three",
            ),
            grid(chart(COHORTS, sub=_cohort_words(), height=300), layout="full"),
            grid(listing(TOP, sub=_top_words(), actions=("rows", "csv")), layout="full"),
        ]
    )


def _official_words() -> str:
    return t(
        "The official value arrives with an approved scoring model. Until then the simple and the"
        " historical value stand side by side and are never added up."
    )


def _band_words() -> str:
    return t("Customers by their margin of the last 12 months; click a bar, then Rows")


def _abc_words() -> str:
    return t(
        "A: while those before hold less than 80 % of the gross revenue, B: less than 95 %,"
        " C: the rest"
    )


def _top_words() -> str:
    return t("By margin of the last 12 months; click a row for the customer")


def _cohort_words() -> str:
    return t(
        "Margin ever per customer, by the month of the first order: older cohorts have had more"
        " time. Click a month to keep its customers"
    )


@guarded(Output(KPIS.id, "children"), Input(FILTERS, "data"))
def show_cards(query: Query) -> Any:
    """Draw the six cards."""
    return cards(KPIS, query)


@guarded(Output(SAY, "children"), Input(FILTERS, "data"))
def show_headline(query: Query) -> Any:
    """Say how concentrated the value is, and how many customers cost more than they bring."""
    rows = rows_of(LORENZ, query)
    top = rows[rows["top"] == 10]
    if top.empty:
        return headline([t("No customer has ordered in these filters.")])
    parts: list[Any] = [
        t(
            "The top 10 % of the customers hold {share} of the gross revenue.",
            share=figure(top["share_value"].iloc[0], "rate"),
        )
    ]
    bands = rows_of(BANDS, query).set_index("band")["customers"]
    silent, losing = int(bands.get(1, 0)), int(bands.get(0, 0))
    whole = int(bands.sum())
    if whole:
        words = t(
            "{count} customers, {share}, brought nothing in 12 months and {losing} brought a loss.",
            count=figure(silent, "count"),
            share=figure(silent / whole, "rate"),
            losing=figure(losing, "count"),
        )
        parts += [" ", words]
    return headline(parts)


@guarded(Output(MEASURES.id, "children"), Input(FILTERS, "data"))
def list_measures(query: Query) -> Any:
    """List official, simple and historical value by tier, and their totals."""
    rows = rows_of(MEASURES, query)
    if rows.empty:
        return html.P(t("No customer matches these filters."), className="muted")
    found = rows.set_index("tier")
    shown = [_measured(found.loc[tier], tier) for tier in TIERS if tier in found.index]
    sums = found.sum(min_count=1)
    shown.append({**_measured(sums, ""), "tier": t("All"), "go": None})
    columns = [Column("tier", t("Tier"), main=True)]
    columns += [
        Column(key, t(TEXTS[key]), "shown", main=key in ("simple_clv", "historical_12m"))
        for key in MEASURED
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
    return {"tier": label_of("tier", tier), **values, "go": go("tier", tier)}


@guarded(Output(BANDS.id, "figure"), Input(FILTERS, "data"))
def draw_bands(query: Query) -> Figure:
    """Draw customers by their margin of 12 months."""
    return value_bands(rows_of(BANDS, query), MARGIN)


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
    """Draw the margin by region, then city, then customer."""
    return _by(REGIONS, query, "region")


@guarded(Output(INDUSTRIES.id, "figure"), Input(FILTERS, "data"))
def draw_industries(query: Query) -> Figure:
    """Draw the margin by industry, then customer."""
    return _by(INDUSTRIES, query, "industry")


@guarded(Output(SOURCES.id, "figure"), Input(FILTERS, "data"))
def draw_sources(query: Query) -> Figure:
    """Draw the margin by source, then customer."""
    return _by(SOURCES, query, "source")


def _by(of: Panel, query: Query, start: str) -> Figure:
    dimension = next_dimension(asked(query), start)
    rows = with_names(rows_of(of, query), dimension, query)
    return dimension_bars(valued(rows, "historical_12m"), MARGIN, dimension=dimension)


@guarded(Output(COHORTS.id, "figure"), Input(FILTERS, "data"))
def draw_cohorts(query: Query) -> Figure:
    """Draw the margin per customer by the month of the first order."""
    return cohort_bars(rows_of(COHORTS, query), METRICS["historical_mean"])


@guarded(Output(TOP.id, "children"), Input(FILTERS, "data"))
def list_top(query: Query) -> Any:
    """List the customers of the largest margin."""
    return customer_list(TOP, rows_of(TOP, query), query)

"""Growth: who comes, comes back and leaves, how long they stay, and where new ones come from."""

from typing import Any

import pandas as pd
from dash import Input, Output, html

from components.cards import headline, kpi_skeleton
from components.figures.bars import dimension_bars
from components.figures.counts import counts
from components.figures.empty import empty_figure
from components.figures.growth import cohort_heat, growth_states
from components.figures.marks import go_month
from components.figures.months import compared_months
from components.panel import grid
from components.states import skeleton
from data.i18n import figure, is_blank, month, t
from pages._cards import cards
from pages._page import (
    FILTERS,
    Figure,
    Query,
    asked,
    chart,
    guarded,
    panel,
    partial_months,
    register_page,
    rows_of,
    together,
    valued,
)
from queries import cohorts, growth, spending
from queries.breakdown import next_dimension
from queries.metrics import METRICS

register_page(
    __name__,
    path="/growth",
    name="Growth",
    order=50,
    permission="view-growth",
    icon="graph-up-arrow",
    group="Movement",
)

KPIS = panel("growth-kpis", growth.growth_kpis, metric="active_customers")
STATES = panel("growth-states", growth.growth_months, metric="quick_ratio")
COHORTS = panel("growth-cohorts", cohorts.cohort_retention, metric="active_customers")
RETURNS = panel("growth-returns", cohorts.cohort_revenue, metric="revenue")
SOURCES = panel("growth-sources", growth.new_by_source, metric="new_customers")
COSTS = panel("growth-costs", growth.cost_by_source, metric="cac")
REGIONS = panel("growth-regions", growth.active_by_region, metric="active_customers")
OFTEN = panel("growth-often", spending.order_bands, metric="repeat_rate")
AOV = panel("growth-aov", spending.aov_months, metric="aov")
ARPU = panel("growth-arpu", spending.arpu_months, metric="arpu")
SAY = "growth-say"
HEAT_HEIGHT = 400


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    heat = {"height": HEAT_HEIGHT}
    return html.Div(
        [
            html.Div(kpi_skeleton(), id=KPIS.id),
            html.Div(skeleton(lines=2), id=SAY),
            grid(
                chart(
                    STATES,
                    sub=t("New and resumed customers above the line, lapsed below; click for who"),
                    height=320,
                ),
                layout="full",
            ),
            grid(
                chart(
                    COHORTS,
                    sub=t("Of 100 first-time customers of a month, how many order k months later"),
                    **heat,
                ),
                chart(
                    RETURNS,
                    sub=t("Of 100 spent in the first month, how much is spent k months later"),
                    **heat,
                ),
                layout="two",
            ),
            grid(
                chart(SOURCES, turn="source", sub=t("Click a source for its customers")),
                chart(COSTS, sub=t("Spend per new customer whose cost is known")),
                chart(REGIONS, turn="region", sub=t("Click a region for its cities")),
                layout="three",
            ),
            grid(
                chart(OFTEN, sub=t("Customers by number of orders up to today")),
                chart(AOV, sub=t("Gross revenue per order, beside a year before")),
                chart(ARPU, sub=t("Net revenue per customer who ordered in the month")),
                layout="three",
            ),
        ]
    )


@guarded(Output(KPIS.id, "children"), Input(FILTERS, "data"))
def show_cards(query: Query) -> Any:
    """Draw the six cards."""
    return cards(KPIS, query)


@guarded(Output(STATES.id, "figure"), Input(FILTERS, "data"))
def draw_states(query: Query) -> Figure:
    """Draw who came, came back and left, by month."""
    return growth_states(partial_months(rows_of(STATES, query), query))


def draw_cohorts(query: Query) -> Figure:
    """Draw which share of each month's new customers orders again."""
    return cohort_heat(rows_of(COHORTS, query), METRICS["active_customers"])


def draw_returns(query: Query) -> Figure:
    """Draw which share of each month's first revenue comes back."""
    return cohort_heat(rows_of(RETURNS, query), METRICS["revenue"])


together(
    {
        Output(COHORTS.id, "figure"): draw_cohorts,
        Output(RETURNS.id, "figure"): draw_returns,
    }
)


def draw_sources(query: Query) -> Figure:
    """Draw new customers by source; those of one source by what they spent."""
    dimension = next_dimension(asked(query), "source")
    rows = rows_of(SOURCES, query)
    if dimension == "customer":
        came = rows[rows["new_customers"].notna()]
        return dimension_bars(valued(came, "revenue"), METRICS["revenue"], dimension=dimension)
    rows = valued(rows, "new_customers")
    return dimension_bars(rows, METRICS["new_customers"], dimension=dimension)


def draw_costs(query: Query) -> Figure:
    """Draw the cost of a new customer by source, where it is known."""
    dimension = next_dimension(asked(query), "source")
    rows = valued(rows_of(COSTS, query), "cac")
    if rows["value"].isna().all():
        return empty_figure(t("No acquisition cost is known for the new customers of this period."))
    return dimension_bars(rows, METRICS["cac"], dimension=dimension)


def draw_regions(query: Query) -> Figure:
    """Draw active customers by region, then city; customers of a city by what they spent."""
    dimension = next_dimension(asked(query), "region")
    key = "revenue" if dimension == "customer" else "active_customers"
    rows = valued(rows_of(REGIONS, query), key)
    return dimension_bars(rows, METRICS[key], dimension=dimension)


together(
    {
        Output(SOURCES.id, "figure"): draw_sources,
        Output(COSTS.id, "figure"): draw_costs,
        Output(REGIONS.id, "figure"): draw_regions,
    }
)


def draw_order_bands(query: Query) -> Figure:
    """Draw how many customers ordered once, twice and more often."""
    rows = rows_of(OFTEN, query).rename(columns={"band": "key", "customers": "value"})
    names = [_times(band) for band in rows["key"]]
    metric = METRICS["buyers"]
    return counts(rows.assign(name=names), metric, focus="band", heading=t("Orders"))


def _times(band: str) -> str:
    if band == "1":
        return t("once")
    return t("{count} times", count=band.replace("-", "–"))


def draw_aov(query: Query) -> Figure:
    """Draw the average order value by month."""
    return compared_months(partial_months(rows_of(AOV, query), query), METRICS["aov"])


def draw_arpu(query: Query) -> Figure:
    """Draw the revenue per active customer by month."""
    return compared_months(partial_months(rows_of(ARPU, query), query), METRICS["arpu"])


together(
    {
        Output(OFTEN.id, "figure"): draw_order_bands,
        Output(AOV.id, "figure"): draw_aov,
        Output(ARPU.id, "figure"): draw_arpu,
    }
)


# --- the sentence ------------------------------------------------------------------------------


@guarded(Output(SAY, "children"), Input(FILTERS, "data"))
def show_headline(query: Query) -> Any:
    """Say whether the active base grew in the last whole month, and how many stayed."""
    rows = partial_months(rows_of(STATES, query), query)
    whole = rows[~rows["is_partial"]]
    if whole.empty:
        return headline([t("There is no whole month in these filters.")])
    last = whole.iloc[-1]
    return headline([*_base_words(last), " ", *_stayed_words(whole)])


def _base_words(last: pd.Series) -> list[Any]:
    gained, lost = _n(last["new"]) + _n(last["resumed"]), _n(last["lapsed"])
    words = {
        "month": month(last["month"]),
        "gained": figure(gained, "count"),
        "new": figure(last["new"], "count"),
        "lost": figure(lost, "count"),
        "difference": figure(abs(gained - lost), "count"),
    }
    if gained >= lost:
        said = t(
            "In {month} {gained} customers came or came back ({new} for the first time) and {lost}"
            " lapsed: the active base grew by {difference}.",
            **words,
        )
    else:
        said = t(
            "In {month} {gained} customers came or came back ({new} for the first time) and {lost}"
            " lapsed: the active base shrank by {difference}.",
            **words,
        )
    return [(said, go_month(last["month"]))]


def _stayed_words(whole: pd.DataFrame) -> list[Any]:
    shares = [_stayed(row) for _, row in whole.iterrows()]
    earlier = [share for share in shares[:-1] if share is not None]
    now = shares[-1]
    if now is None or not earlier:
        return []
    return [
        t(
            "Of those active the month before, {now} ordered again; the average of the {count}"
            " months before is {before}.",
            now=figure(now, "rate"),
            count=len(earlier),
            before=figure(sum(earlier) / len(earlier), "rate"),
        )
    ]


def _stayed(row: pd.Series) -> float | None:
    stayed, lost = _n(row["retained"]), _n(row["lapsed"])
    return stayed / (stayed + lost) if stayed + lost else None


def _n(value: Any) -> int:
    return 0 if is_blank(value) else int(value)

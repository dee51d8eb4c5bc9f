"""Funnel: how far opportunities get, where they are stuck or lost, and who waits for an answer."""

from typing import Any

from dash import Input, Output, html

from components.attributes import attributes
from components.cards import headline, kpi_skeleton
from components.figures.bars import dimension_bars
from components.figures.counts import by_stage, counts
from components.figures.flow import flow
from components.figures.funnel import reasons, stage_days, stages
from components.figures.months import compared_months
from components.figures.values import records
from components.panel import grid
from components.states import empty, skeleton
from data.i18n import t
from pages import _funnel_words as words
from pages._cards import cards
from pages._page import (
    FILTERS,
    Figure,
    MissingDataError,
    Query,
    asked,
    chart,
    guarded,
    listing,
    panel,
    partial_months,
    register_page,
    rows_of,
    together,
    valued,
    with_names,
)
from queries import funnel, pipeline, quotes, stays
from queries.breakdown import next_dimension
from queries.metrics import METRICS
from queries.run import fetcher

register_page(
    __name__,
    path="/funnel",
    name="Funnel",
    order=60,
    permission="view-funnel",
    icon="funnel",
    group="Movement",
)

KPIS = panel("funnel-kpis", funnel.funnel_kpis, metric="created_deals")
STAGES = panel("funnel-stages", funnel.funnel_stages, metric="lead_to_won")
FLOW = panel("funnel-flow", funnel.funnel_flow, metric="win_rate")
SELLERS = panel("funnel-sellers", pipeline.seller_breakdown, metric="win_rate")
SOURCES = panel("funnel-sources", pipeline.deals_by_source, metric="lead_to_won")
RATES = panel("funnel-rates", pipeline.win_rate_months, metric="win_rate")
REASONS = panel("funnel-reasons", pipeline.lost_reasons, metric="lost_deals")
TIMES = panel("funnel-times", stays.stage_times, metric="cycle_days")
OPEN = panel("funnel-open", pipeline.open_stages, metric="open_deals")
AGES = panel("funnel-ages", pipeline.open_ages, metric="open_deals")
CONTACT = panel("funnel-contact", pipeline.contact_breakdown, metric="first_contact_rate")
QUOTES = panel("funnel-quotes", quotes.waiting_quotes, metric="open_amount")
SAY = "funnel-say"
#: Lines of the table of teams and owners.
SHOWN = 20
ACTIONS = ("explain", "rows", "csv")


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    return html.Div(
        [
            html.Div(kpi_skeleton(), id=KPIS.id),
            html.Div(skeleton(lines=2), id=SAY, **attributes(data_panel=FLOW.id)),
            grid(
                chart(
                    STAGES,
                    sub=t(
                        "Of those created in the period; the comparison is read after as many days"
                    ),
                    height=340,
                ),
                chart(FLOW, sub=t("Entries, and who went on against the 12 months before")),
                layout="wide",
            ),
            grid(
                listing(
                    SELLERS,
                    sub=t("By the opportunity's own owner; click a team for its people"),
                    actions=ACTIONS,
                ),
                chart(REASONS, sub=t("Closed as lost in the period, with their amount")),
                layout="wide",
            ),
            grid(
                chart(SOURCES, turn="source", sub=t("Click a source for its customers")),
                chart(RATES, sub=t("Won of all decided, by closing month")),
                chart(TIMES, sub=t("Median days of those that left the stage in the period")),
                layout="three",
            ),
            grid(
                chart(OPEN, sub=t("All that are open, those without a creation day too")),
                chart(AGES, sub=t("Days since creation, with the open amount")),
                chart(
                    CONTACT,
                    turn="seller_team",
                    sub=t("By the end of the next working day after the lead"),
                ),
                layout="three",
            ),
            grid(
                listing(QUOTES, sub=t("The largest first"), actions=ACTIONS, height=120),
                layout="full",
            ),
        ]
    )


@guarded(Output(KPIS.id, "children"), Input(FILTERS, "data"))
def show_cards(query: Query) -> Any:
    """Draw the six cards."""
    return cards(KPIS, query)


@guarded(Output(STAGES.id, "figure"), Input(FILTERS, "data"))
def draw_stages(query: Query) -> Figure:
    """Draw how far the opportunities created in the period got."""
    return stages(rows_of(STAGES, query))


@guarded(Output(FLOW.id, "figure"), Input(FILTERS, "data"))
def draw_flow(query: Query) -> Figure:
    """Draw which stages were entered in the period, and which share went on to each."""
    return flow(rows_of(FLOW, query))


def draw_sources(query: Query) -> Figure:
    """Draw the share won by source, then customer."""
    dimension = next_dimension(asked(query), "source")
    rows = valued(rows_of(SOURCES, query), "lead_to_won")
    return dimension_bars(rows, METRICS["lead_to_won"], dimension=dimension)


def draw_rates(query: Query) -> Figure:
    """Draw the win rate by closing month."""
    return compared_months(partial_months(rows_of(RATES, query), query), METRICS["win_rate"])


def draw_reasons(query: Query) -> Figure:
    """Draw why opportunities were lost."""
    return reasons(rows_of(REASONS, query))


together(
    {
        Output(RATES.id, "figure"): draw_rates,
        Output(REASONS.id, "figure"): draw_reasons,
    }
)


def draw_times(query: Query) -> Figure:
    """Draw how long opportunities stay in each stage."""
    return stage_days(rows_of(TIMES, query))


def draw_open(query: Query) -> Figure:
    """Draw what is open today by stage."""
    return by_stage(rows_of(OPEN, query), METRICS["open_deals"])


def draw_ages(query: Query) -> Figure:
    """Draw how old the open opportunities are."""
    rows = rows_of(AGES, query).rename(columns={"band": "key", "open": "value"})
    named = rows.assign(name=[_days(band) for band in rows["key"]])
    return counts(named, METRICS["open_deals"], focus="band", heading=t("Age"))


together(
    {
        Output(TIMES.id, "figure"): draw_times,
        Output(OPEN.id, "figure"): draw_open,
        Output(AGES.id, "figure"): draw_ages,
    }
)


def _days(band: str) -> str:
    if band == pipeline.UNDATED:
        return t("No creation day")
    return t("{count} days", count=band.replace("-", "–"))


def draw_contact(query: Query) -> Figure:
    """Draw which share of the leads had a first contact in time, by deal team, then owner."""
    dimension = next_dimension(asked(query), "seller_team")
    rows = with_names(rows_of(CONTACT, query), dimension, query)
    metric = METRICS["first_contact_rate"]
    return dimension_bars(valued(rows, metric.key), metric, dimension=dimension)


together(
    {
        Output(SOURCES.id, "figure"): draw_sources,
        Output(CONTACT.id, "figure"): draw_contact,
    }
)


# --- tables --------------------------------------------------------------------------------------


def list_sellers(query: Query) -> Any:
    """List deal teams, then owners, then customers with what they created and won."""
    dimension = next_dimension(asked(query), "seller_team")
    rows = with_names(rows_of(SELLERS, query), dimension, query)
    found = records(rows.head(SHOWN))
    if not found:
        return empty(t("No rows match these filters. Widen the period or remove a filter."))
    return words.sellers(found, dimension)


def list_quotes(query: Query) -> Any:
    """List the largest quotes that wait for a decision."""
    rows = rows_of(QUOTES, query)
    if rows.empty:
        return html.P(t("No quote is waiting with these filters."), className="muted")
    info = fetcher().info(asked(query).version)
    named = rows.assign(seller=[info.label("rep", str(key)) for key in rows["seller"]])
    return words.quotes(named)


together(
    {
        Output(SELLERS.id, "children"): list_sellers,
        Output(QUOTES.id, "children"): list_quotes,
    }
)


# --- the sentence --------------------------------------------------------------------------------


@guarded(Output(SAY, "children"), Input(FILTERS, "data"))
def show_headline(query: Query) -> Any:
    """Say at which stage more is lost than usual, and how much."""
    try:
        found = sorted(records(rows_of(FLOW, query)), key=lambda row: row["position"])
    except MissingDataError:
        return headline([t("Without the days of the stages no bottleneck can be named.")])
    return headline(words.bottleneck(found))

"""Cockpit: what the customers bring, what changed most, and where."""

from typing import Any

from dash import Input, Output, html

from components.attributes import attributes
from components.cards import headline, kpi_skeleton, movements
from components.choices import choice, select
from components.figures.bars import dimension_bars
from components.figures.growth import growth_states
from components.figures.months import compared_months
from components.figures.outlook import outlook as outlook_figure
from components.figures.tiers import tier_bars
from components.panel import grid
from components.states import skeleton
from data.domain.choices import MOVABLE
from data.domain.filters import Filters
from data.i18n import t, tn
from pages._alerts import open_findings
from pages._cards import cards
from pages._causes import NAMED, causes, movement
from pages._headline import freshness_words, says
from pages._outlook import look_ahead, outlook_words
from pages._page import (
    FILTERS,
    Figure,
    Query,
    asked,
    chart,
    guarded,
    listing,
    panel,
    partial_months,
    register_page,
    require_data,
    rows_of,
    valued,
    with_names,
)
from queries import cockpit, growth, outlook, tiers
from queries.breakdown import next_dimension
from queries.causes import moved_metric, what_moved
from queries.metrics import METRICS
from queries.run import scope_now

register_page(
    __name__,
    path="/",
    name="Cockpit",
    order=10,
    permission="view-cockpit",
    icon="speedometer2",
    group="Value",
)

REVENUE = METRICS["revenue"]
KPIS = panel("cockpit-kpis", cockpit.cockpit_kpis, metric="revenue")
MONTHS = panel("cockpit-months", cockpit.revenue_months, metric="revenue")
MOVES = panel("cockpit-movements", what_moved, metric="revenue")
OUTLOOK = panel("cockpit-outlook", outlook.revenue_outlook, metric="revenue")
TIERS = panel("cockpit-tiers", tiers.tier_mix, metric="historical_12m")
GROWTH = panel("cockpit-growth", growth.growth_months, metric="active_customers")
TEAMS = panel("cockpit-teams", cockpit.revenue_breakdown, metric="revenue")
REGIONS = panel("cockpit-regions", cockpit.region_breakdown, metric="revenue")
SAY, METHOD = "cockpit-say", "cockpit-method"


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    return html.Div(
        [
            html.Div(kpi_skeleton(), id=KPIS.id),
            html.Div(skeleton(lines=2), id=SAY),
            grid(
                chart(MONTHS, sub=t("Each month beside the same month a year before"), height=320),
                listing(
                    MOVES,
                    sub=t("Computed: the parts that add most to the change of a key figure"),
                    actions=("explain", "rows", "csv"),
                ),
                layout="wide",
            ),
            grid(
                chart(TIERS, sub=t("Customers and their margin of 12 months")),
                chart(GROWTH, sub=t("New and resumed above, lapsed below")),
                chart(REGIONS, turn="region", sub=t("Click a region for its cities")),
                layout="three",
            ),
            grid(
                chart(OUTLOOK, sub=html.Span("…", id=METHOD), height=320),
                chart(TEAMS, turn="team", sub=t("Click a team for its people"), height=320),
                layout="two",
            ),
        ]
    )


@guarded(Output(KPIS.id, "children"), Input(FILTERS, "data"))
def show_cards(query: Query) -> Any:
    """Draw the six cards."""
    return cards(KPIS, query, keys=cockpit.CARDS)


@guarded(Output(MONTHS.id, "figure"), Input(FILTERS, "data"))
def draw_months(query: Query) -> Figure:
    """Draw revenue by month."""
    return compared_months(partial_months(rows_of(MONTHS, query), query), REVENUE)


@guarded(Output(OUTLOOK.id, "figure"), Output(METHOD, "children"), Input(FILTERS, "data"))
def draw_outlook(query: Query) -> Any:
    """Draw revenue beside its target, and what the next months may bring."""
    require_data(OUTLOOK.question, query)
    filters = asked(query)
    found = look_ahead(filters)
    return outlook_figure(found.rows, REVENUE), outlook_words(found, filters)


@guarded(Output(TIERS.id, "figure"), Input(FILTERS, "data"))
def draw_tiers(query: Query) -> Figure:
    """Draw the tiers by customers and margin."""
    return tier_bars(rows_of(TIERS, query), METRICS["historical_12m"])


@guarded(Output(GROWTH.id, "figure"), Input(FILTERS, "data"))
def draw_growth(query: Query) -> Figure:
    """Draw who came, came back and left, by month."""
    return growth_states(partial_months(rows_of(GROWTH, query), query))


@guarded(Output(TEAMS.id, "figure"), Input(FILTERS, "data"))
def draw_teams(query: Query) -> Figure:
    """Draw revenue by team, then person, then customer."""
    dimension = next_dimension(asked(query), "team")
    rows = with_names(rows_of(TEAMS, query), dimension, query)
    return dimension_bars(valued(rows, "revenue"), REVENUE, dimension=dimension)


@guarded(Output(REGIONS.id, "figure"), Input(FILTERS, "data"))
def draw_regions(query: Query) -> Figure:
    """Draw revenue by region, then city, then customer."""
    dimension = next_dimension(asked(query), "region")
    rows = rows_of(REGIONS, query)
    return dimension_bars(valued(rows, "revenue"), REVENUE, dimension=dimension)


@guarded(Output(SAY, "children"), Output(MOVES.id, "children"), Input(FILTERS, "data"))
def show_headline(query: Query) -> Any:
    """Say what changed, and list the parts that moved the chosen key figure most."""
    filters = asked(query)
    return [*says(filters), _open_alerts(), _foot(filters)], _moves(filters)


def _open_alerts() -> Any:
    """Name the reader's open alerts, with a way to them; nothing where none is open."""
    found = open_findings() if scope_now().may("view-rules") else []
    if not found:
        return None
    names = "; ".join(dict.fromkeys(each.name for each in found[:NAMED]))
    words = tn("{count} alert is open", "{count} alerts are open", len(found))
    return headline([(f"{words}: {names}.", "/alerts")])


def _foot(filters: Filters) -> html.P:
    """Return how fresh the figures are, and the brief to take along."""
    parts: list[Any] = [freshness_words(filters)]
    if scope_now().may("export"):
        pdf, book = attributes(data_pdf="brief"), attributes(data_xlsx="brief")
        words = (t("One-page brief as PDF"), t("as Excel workbook"))
        for label, marks in zip(words, (pdf, book), strict=True):
            parts += [" ", html.Button(label, type="button", className="text-button", **marks)]
    return html.P(parts, className="muted")


def _moves(filters: Filters) -> list[Any]:
    metric = moved_metric(filters)
    options = {key: t(METRICS[key].label) for key in MOVABLE}
    form = html.Div(
        choice("moved", t("Key figure"), select(options, metric.key)), className="choices"
    )
    found = causes(filters)
    if not found:
        told = t("There is nothing to compare with in these filters.")
        return [form, html.P(told, className="muted")]
    return [form, movements([movement(cause, metric) for cause in found[:NAMED]])]

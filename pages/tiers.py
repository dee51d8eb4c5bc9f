"""Tiers: how many customers each tier holds and brings, where they are, and why they are there."""

from typing import Any

from dash import Input, Output, html

from components.cards import headline, kpi_skeleton
from components.figures.marks import go
from components.figures.scores import score_grid, would_be_bars
from components.figures.split import tier_split
from components.figures.tiers import rfm_grid, tier_bars, tier_months
from components.panel import grid
from components.states import skeleton
from components.tables import Column, short_table
from data.i18n import figure, t, tn
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
    with_names,
)
from queries import scores, tiers
from queries.breakdown import next_dimension
from queries.metrics import METRICS

register_page(
    __name__,
    path="/tiers",
    name="Tiers",
    order=40,
    permission="view-tiers",
    icon="layers",
    group="Value",
)

# Its panels belong to the page that has been registered.
from pages._four_assets import assets  # noqa: E402

MARGIN = METRICS["historical_12m"]
KPIS = panel("tiers-kpis", tiers.tier_kpis, metric="customers")
MIX = panel("tiers-mix", tiers.tier_mix, metric="historical_12m")
MONTHS = panel("tiers-months", tiers.tier_months, metric="customers")
REGIONS = panel("tiers-regions", tiers.tier_regions, metric="historical_12m")
INDUSTRIES = panel("tiers-industries", tiers.tier_industries, metric="historical_12m")
TEAMS = panel("tiers-teams", tiers.tier_teams, metric="historical_12m")
SCORES = panel("tiers-scores", scores.tier_scores, metric="score_mean")
RFM = panel("tiers-rfm", scores.rfm_grid, metric="revenue_24m")
CUTS = panel("tiers-cuts", scores.rfm_cuts, metric="revenue_24m")
MOVES = panel("tiers-moves", scores.would_be, metric="customers")
MOVERS = panel("tiers-movers", scores.would_be_customers, metric="historical_12m")
SAY = "tiers-say"
ACTIONS = ("explain", "rows", "csv")


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    return html.Div(
        [
            html.Div(kpi_skeleton(), id=KPIS.id),
            html.Div(skeleton(lines=2), id=SAY),
            grid(
                chart(MIX, sub=_mix_words(), height=320),
                chart(MONTHS, sub=t("Customers at each month end"), height=320),
                layout="two",
            ),
            grid(
                chart(
                    REGIONS,
                    turn="region",
                    sub=t("Share of each tier; click a region for its cities"),
                ),
                chart(
                    INDUSTRIES,
                    turn="industry",
                    sub=t("Share of each tier; click an industry for its customers"),
                ),
                chart(TEAMS, turn="team", sub=t("Share of each tier; click a team for its people")),
                layout="three",
            ),
            grid(
                chart(SCORES, sub=_score_words(), height=300),
                chart(MOVES, sub=_held_words(), height=300),
                layout="two",
            ),
            grid(
                chart(
                    RFM,
                    sub=t("Customers and their revenue of 24 months; click a cell, then Rows"),
                    height=380,
                ),
                listing(CUTS, sub=_cut_words(), actions=ACTIONS, height=380),
                layout="two",
            ),
            grid(listing(MOVERS, sub=_mover_words(), actions=ACTIONS), layout="full"),
            assets(),
        ]
    )


def _mix_words() -> str:
    return t("Share of customers and of the margin of 12 months; the line is the comparison")


def _score_words() -> str:
    return t(
        "Mean points of 0–100. The weighted sum is ranked again, so that a score of 80 means:"
        " better than 80 % of the customers. A dimension without any data takes 50 and says so."
    )


def _held_words() -> str:
    return t(
        "A tier is held until the month end; these customers would be elsewhere today."
        " Click a bar, then Rows"
    )


def _mover_words() -> str:
    return t("Today's score asks for another tier than the one held; click a row for the customer")


def _cut_words() -> str:
    return t(
        "The scores are cut at stored fifths, so that equal values always share a score and the"
        " fifths need not be of equal size"
    )


@guarded(Output(KPIS.id, "children"), Input(FILTERS, "data"))
def show_cards(query: Query) -> Any:
    """Draw the six cards."""
    return cards(KPIS, query)


@guarded(Output(SAY, "children"), Input(FILTERS, "data"))
def show_headline(query: Query) -> Any:
    """Say what the high tier is and brings, and how many would move today."""
    rows = rows_of(MIX, query).set_index("tier")
    if "high" not in rows.index:
        return headline([t("There is no customer of high value in these filters.")])
    people = rows["customers"].sum()
    margin = rows["value"].sum()
    parts: list[Any] = [
        (t("High-value customers"), go("tier", "high")),
        " ",
        t(
            "are {share} of the customers and bring {value} of the margin of 12 months.",
            share=figure(rows.at["high", "customers"] / people, "rate"),
            value=figure(rows.at["high", "value"] / margin if margin else None, "rate"),
        ),
    ]
    moving = int(rows_of(MOVES, query)["customers"].sum())
    if moving:
        words = tn(
            "{count} customer would be in another tier today.",
            "{count} customers would be in another tier today.",
            moving,
        )
        parts += [" ", words]
    return headline(parts)


def draw_mix(query: Query) -> Figure:
    """Draw the tiers by customers and by margin, now and before."""
    return tier_bars(rows_of(MIX, query), MARGIN)


def draw_months(query: Query) -> Figure:
    """Draw customers by tier at each month end."""
    return tier_months(rows_of(MONTHS, query))


together(
    {
        Output(MIX.id, "figure"): draw_mix,
        Output(MONTHS.id, "figure"): draw_months,
    }
)


def draw_regions(query: Query) -> Figure:
    """Draw the tiers of each region, then city, then customers."""
    return _split(REGIONS, query, "region")


def draw_industries(query: Query) -> Figure:
    """Draw the tiers of each industry, then customers."""
    return _split(INDUSTRIES, query, "industry")


def draw_teams(query: Query) -> Figure:
    """Draw the tiers of each team, then person, then customers."""
    return _split(TEAMS, query, "team")


together(
    {
        Output(REGIONS.id, "figure"): draw_regions,
        Output(INDUSTRIES.id, "figure"): draw_industries,
        Output(TEAMS.id, "figure"): draw_teams,
    }
)


def _split(of: Panel, query: Query, start: str) -> Figure:
    dimension = next_dimension(asked(query), start)
    return tier_split(with_names(rows_of(of, query), dimension, query), MARGIN, dimension=dimension)


@guarded(Output(SCORES.id, "figure"), Input(FILTERS, "data"))
def draw_scores(query: Query) -> Figure:
    """Draw the mean score and its dimensions per tier."""
    return score_grid(rows_of(SCORES, query))


def draw_moves(query: Query) -> Figure:
    """Draw who would be in another tier today."""
    return would_be_bars(rows_of(MOVES, query))


def list_movers(query: Query) -> Any:
    """List the customers of largest margin who would be in another tier."""
    return customer_list(MOVERS, rows_of(MOVERS, query), query)


together(
    {
        Output(MOVES.id, "figure"): draw_moves,
        Output(MOVERS.id, "children"): list_movers,
    }
)


def draw_rfm(query: Query) -> Figure:
    """Draw recency by frequency with customers and revenue."""
    return rfm_grid(rows_of(RFM, query), METRICS["revenue_24m"])


def list_cuts(query: Query) -> Any:
    """List what a score of 1 to 5 means in days, orders and money."""
    cut = {row.pop("item"): row for row in rows_of(CUTS, query).to_dict("records")}
    if not cut:
        return html.P(t("No customer has ordered within 24 months."), className="muted")
    rows = [
        {
            "score": str(score),
            "recency": _range(cut["recency"], 6 - score, "count"),
            "frequency": _range(cut["frequency"], score, "count"),
            "monetary": _range(cut["monetary"], score, "money"),
        }
        for score in range(5, 0, -1)
    ]
    columns = [
        Column("score", t("Score"), main=True),
        Column("recency", t("Recency, days"), main=True),
        Column("frequency", t("Frequency, orders"), main=True),
        Column("monetary", t("Monetary, revenue")),
    ]
    return short_table(rows, columns, id=f"{CUTS.id}-table")


together(
    {
        Output(RFM.id, "figure"): draw_rfm,
        Output(CUTS.id, "children"): list_cuts,
    }
)


def _range(cut: Any, fifth: int, unit: str) -> str:
    """Return the values of a fifth: from after the cut below it, up to and with its own."""
    step = 0 if unit == "money" else 1
    since = figure(cut[f"cut_{fifth - 1}"] + step, unit, short=True) if fifth > 1 else ""
    until = figure(cut[f"cut_{fifth}"], unit, short=True) if fifth < 5 else ""
    if not since:
        return t("up to {value}", value=until)
    return t("{since} and more", since=since) if not until else f"{since} – {until}"

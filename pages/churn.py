"""Churn: who leaves, where, who is about to, and after how many days one counts as gone."""

from typing import Any

import dash
from dash import Input, Output, State, html

from components.cards import headline, kpi_skeleton
from components.figures.bars import dimension_bars
from components.figures.churn import rate_months, silence_bands
from components.figures.gaps import threshold_proposal
from components.figures.months import compared_months
from components.figures.tier_churn import tier_churn_bars
from components.panel import grid, list_panel
from components.states import skeleton
from components.threshold import threshold_box
from data.domain.filters import THRESHOLDS
from data.domain.period import month_start
from data.i18n import Change, change, figure, is_blank, t
from pages._cards import cards
from pages._lists import customer_list
from pages._page import (
    FILTERS,
    Figure,
    Panel,
    Query,
    asked,
    chart,
    explained_by,
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
from queries import churn, silence
from queries.breakdown import next_dimension
from queries.kpis import BEFORE, NOW
from queries.metrics import METRICS
from queries.run import run

register_page(
    __name__,
    path="/churn",
    name="Churn",
    order=70,
    permission="view-churn",
    icon="person-dash",
    group="Movement",
)

# Its panels belong to the page that has been registered.
from pages._churn_ahead import ahead  # noqa: E402

RATE = METRICS["churn_rate"]
KPIS = panel("churn-kpis", churn.churn_kpis, metric="churn_rate")
MONTHS = panel("churn-months", churn.churn_months, metric="churn_rate")
SILENCE = panel("churn-silence", silence.silence, metric="point_churn")
GAPS = panel("churn-gaps", silence.gap_quantiles, metric="point_churn")
TIERS = panel("churn-tiers", churn.tier_churn, metric="churn_rate")
REGIONS = panel("churn-regions", churn.churn_regions, metric="churn_rate")
INDUSTRIES = panel("churn-industries", churn.churn_industries, metric="churn_rate")
TEAMS = panel("churn-teams", churn.churn_teams, metric="churn_rate")
SLIPPING = panel("churn-slipping", silence.slipping, metric="historical_12m")
BACK = panel("churn-back", churn.won_back_months, metric="won_back")
BOX = panel("churn-threshold", silence.gap_quantiles, metric="point_churn")
SAY, DAYS = "churn-say", "churn-threshold-days"
ACTIONS = ("explain", "rows", "csv")


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    return html.Div(
        [
            html.Div(kpi_skeleton(), id=KPIS.id),
            html.Div(skeleton(lines=2), id=SAY),
            grid(
                chart(MONTHS, sub=_month_words(), height=320),
                list_panel(
                    BOX.id,
                    t("Inactivity threshold"),
                    sub=_threshold_words(),
                    actions=ACTIONS,
                    metric=explained_by(BOX),
                    height=320,
                ),
                layout="wide",
            ),
            grid(
                chart(SILENCE, sub=t("Customers without a contract, as of today")),
                chart(BACK, sub=t("Customers who ordered again after having been churned")),
                layout="two",
            ),
            grid(
                chart(
                    GAPS, sub=t("Days between two orders: the proposal is where nine in ten end")
                ),
                chart(TIERS, sub=t("By the tier held before the period; click a bar, then Rows")),
                layout="two",
            ),
            grid(
                chart(REGIONS, turn="region", sub=t("Churn rate; click a region for its cities")),
                chart(
                    INDUSTRIES,
                    turn="industry",
                    sub=t("Churn rate; click an industry for its customers"),
                ),
                chart(TEAMS, turn="team", sub=t("Churn rate; click a team for its people")),
                layout="three",
            ),
            *ahead(),
            grid(
                listing(SLIPPING, sub=_slipping_words(), actions=ACTIONS),
                layout="full",
            ),
        ]
    )


def _month_words() -> str:
    return t(
        "Share of those not churned at a month's start who are churned at its end, and share of"
        " all customers ever who are churned"
    )


def _threshold_words() -> str:
    return t("Days without an order after which a customer counts as churned")


def _slipping_words() -> str:
    return t(
        "Not churned yet: silent for more than half the threshold (slipping), or a last gap more"
        " than 1.5 times the usual one (at risk)"
    )


@guarded(Output(KPIS.id, "children"), Input(FILTERS, "data"))
def show_cards(query: Query) -> Any:
    """Draw the six cards."""
    return cards(KPIS, query)


def show_headline(query: Query) -> Any:
    """Say how many left, more or less than before, and what stands to be lost next."""
    totals = run(churn.churn_kpis, asked(query)).set_index("slot")
    if NOW not in totals.index or is_blank(totals.at[NOW, "churn_rate"]):
        return headline([t("Nobody could churn in this period with these filters.")])
    now = totals.loc[NOW]
    parts: list[Any] = [
        t(
            "{lost} of {alive} customers churned, {rate}.",
            lost=figure(now["churned_customers"], "count"),
            alive=figure(now["alive_at_start"], "count"),
            rate=figure(now["churn_rate"], "rate"),
        )
    ]
    before = totals.at[BEFORE, "churn_rate"] if BEFORE in totals.index else None
    moved = change(now["churn_rate"], before, RATE)
    if moved.text:
        parts += [" ", _compared(moved, rises=now["churn_rate"] > before)]
    listed = rows_of(SLIPPING, query)
    if not listed.empty:
        parts += [" ", _at_stake(listed.iloc[0])]
    return headline(parts)


def _compared(moved: Change, *, rises: bool) -> str:
    if moved.arrow == "=":
        return t("That is as many as in the comparison.")
    if rises:
        return t("That is {change} more than in the comparison.", change=moved.text)
    return t("That is {change} less than in the comparison.", change=moved.text)


def _at_stake(row: Any) -> str:
    return t(
        "{count} more are slipping away or at risk, with {value} of margin in 12 months.",
        count=figure(row["all_customers"], "count"),
        value=figure(row["all_value"], "money", short=True),
    )


# --- the threshold ---------------------------------------------------------------------------


def show_threshold(query: Query) -> Any:
    """Show the threshold in use, a field to change it, and what the data propose."""
    return threshold_box(DAYS, asked(query).threshold, proposed=_proposed(query))


def _proposed(query: Query) -> int | None:
    """Return the days within which nine in ten orders follow the one before."""
    rows = rows_of(GAPS, query)
    every = rows[rows["tier"] == "all"]
    return None if every.empty or is_blank(every["p90"].iloc[0]) else int(every["p90"].iloc[0])


@guarded(
    Output("url", "search", allow_duplicate=True),
    Input(DAYS, "value"),
    State(FILTERS, "data"),
    prevent_initial_call=True,
)
def choose_threshold(days: Any, query: Query) -> Any:
    """Write the threshold into the URL, from which everything follows."""
    filters = asked(query)
    if not isinstance(days, int) or days not in THRESHOLDS or days == filters.threshold:
        return dash.no_update
    return filters.silent_for(days).to_search()


# --- charts ----------------------------------------------------------------------------------


def draw_months(query: Query) -> Figure:
    """Draw churn rate and point churn by month."""
    rows = partial_months(rows_of(MONTHS, query), query)
    return rate_months(rows, RATE, METRICS["point_churn"])


def draw_silence(query: Query) -> Figure:
    """Draw customers by days since their last order."""
    return silence_bands(rows_of(SILENCE, query), asked(query).threshold)


def draw_gaps(query: Query) -> Figure:
    """Draw how long the gaps between orders are, by tier."""
    return threshold_proposal(rows_of(GAPS, query), asked(query).threshold)


def draw_tiers(query: Query) -> Figure:
    """Draw the churn rate by the tier held before the period."""
    filters = asked(query)
    first, since = filters.calendar.first_on, filters.period.since
    is_known = month_start(since) > month_start(first)
    return tier_churn_bars(rows_of(TIERS, query), RATE, is_known=is_known)


def draw_regions(query: Query) -> Figure:
    """Draw the churn rate by region, then city, then who churned."""
    return _by(REGIONS, query, "region")


def draw_industries(query: Query) -> Figure:
    """Draw the churn rate by industry, then who churned."""
    return _by(INDUSTRIES, query, "industry")


def draw_teams(query: Query) -> Figure:
    """Draw the churn rate by team, then person, then who churned."""
    return _by(TEAMS, query, "team")


together(
    {
        Output(REGIONS.id, "figure"): draw_regions,
        Output(INDUSTRIES.id, "figure"): draw_industries,
        Output(TEAMS.id, "figure"): draw_teams,
    }
)


def _by(of: Panel, query: Query, start: str) -> Figure:
    dimension = next_dimension(asked(query), start)
    metric = METRICS["churned_customers"] if dimension == "customer" else RATE
    rows = with_names(rows_of(of, query), dimension, query)
    return dimension_bars(valued(rows, metric.key), metric, dimension=dimension)


def draw_back(query: Query) -> Figure:
    """Draw customers won back by month."""
    rows = partial_months(rows_of(BACK, query), query)
    return compared_months(rows, METRICS["won_back"])


together(
    {
        Output(MONTHS.id, "figure"): draw_months,
        Output(BOX.id, "children"): show_threshold,
        Output(SILENCE.id, "figure"): draw_silence,
        Output(BACK.id, "figure"): draw_back,
        Output(GAPS.id, "figure"): draw_gaps,
        Output(TIERS.id, "figure"): draw_tiers,
    }
)


def list_slipping(query: Query) -> Any:
    """List who is about to leave, those of the largest margin first."""
    rows = rows_of(SLIPPING, query)
    hidden = ("region", "city", "rep", "all_customers", "all_value")
    return customer_list(SLIPPING, rows, query, without=hidden)


together({Output(SAY, "children"): show_headline, Output(SLIPPING.id, "children"): list_slipping})

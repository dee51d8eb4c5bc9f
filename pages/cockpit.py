"""Cockpit: what the customers bring, what changed most, and where."""

from typing import Any

import pandas as pd
from dash import Input, Output, html

from components.cards import Movement, headline, kpi_skeleton, movements
from components.figures.bars import dimension_bars
from components.figures.growth import growth_states
from components.figures.marks import go
from components.figures.months import compared_months
from components.figures.tiers import tier_bars
from components.panel import grid
from components.states import skeleton
from components.verdict import TEXTS, verdict_name
from data.i18n import change, figure, is_blank, label_of, month, signed, t, tn
from pages._alerts import open_findings
from pages._cards import cards
from pages._page import (
    FILTERS,
    Figure,
    Query,
    asked,
    chart,
    guarded,
    label_of_dimension,
    listing,
    panel,
    partial_months,
    register_page,
    rows_of,
    valued,
    with_names,
)
from pages._prosperity import judge
from queries import cockpit, growth, tiers
from queries.breakdown import next_dimension
from queries.kpis import BEFORE, NOW
from queries.metrics import METRICS
from queries.run import fetcher, run, scope_now

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
MOVES = panel("cockpit-movements", cockpit.movements, metric="revenue")
TIERS = panel("cockpit-tiers", tiers.tier_mix, metric="historical_12m")
GROWTH = panel("cockpit-growth", growth.growth_months, metric="active_customers")
TEAMS = panel("cockpit-teams", cockpit.revenue_breakdown, metric="revenue")
REGIONS = panel("cockpit-regions", cockpit.region_breakdown, metric="revenue")
SAY = "cockpit-say"
#: Movements that the list names.
NAMED = 5


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    return html.Div(
        [
            html.Div(kpi_skeleton(), id=KPIS.id),
            html.Div(skeleton(lines=2), id=SAY),
            grid(
                chart(MONTHS, sub=t("Each month beside the same month a year before"), height=320),
                listing(MOVES, sub=t("Computed: what moved revenue most against the comparison")),
                layout="wide",
            ),
            grid(
                chart(TIERS, sub=t("Customers and their margin of 12 months")),
                chart(GROWTH, sub=t("New and resumed above, lapsed below")),
                chart(REGIONS, sub=t("Click a region for its cities")),
                layout="three",
            ),
            grid(chart(TEAMS, sub=t("Click a team for its people")), layout="full"),
        ]
    )


@guarded(Output(KPIS.id, "children"), Input(FILTERS, "data"))
def show_cards(query: Query) -> Any:
    """Draw the six cards."""
    return cards(KPIS, query)


@guarded(Output(MONTHS.id, "figure"), Input(FILTERS, "data"))
def draw_months(query: Query) -> Figure:
    """Draw revenue by month."""
    return compared_months(partial_months(rows_of(MONTHS, query), query), REVENUE)


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


@guarded(Output(MOVES.id, "children"), Input(FILTERS, "data"))
def list_movements(query: Query) -> Any:
    """List the largest contributions to the change of revenue, one per dimension value."""
    rows = _moved(rows_of(MOVES, query))
    if rows.empty:
        return html.P(t("There is nothing to compare with in these filters."), className="muted")
    info = fetcher().info(asked(query).version)
    return movements([_movement(row, info) for row in rows.head(NAMED).itertuples()])


def _moved(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that say something: a change, in a dimension with more than one value."""
    sizes = rows.groupby("dimension")["key"].transform("count")
    return rows[(sizes > 1) & (rows["change"].abs() > 0) & rows["revenue_before"].notna()]


def _movement(row: Any, info: Any) -> Movement:
    name = info.label(row.dimension, row.key)
    name = label_of(row.dimension, row.key) if name == row.key else name
    moved = change(row.revenue, row.revenue_before, REVENUE)
    reason = t(
        "{now} now, {before} before, {change}",
        now=figure(row.revenue, "money", short=True),
        before=figure(row.revenue_before, "money", short=True),
        change=f"{moved.arrow} {moved.text}",
    )
    return Movement(
        title=t("{what}: {name}", what=label_of_dimension(row.dimension), name=name),
        value=signed(row.change, "money", short=True),
        tone="good" if row.change > 0 else "bad",
        reason=reason,
        go=go(row.dimension, row.key),
    )


@guarded(Output(SAY, "children"), Input(FILTERS, "data"))
def show_headline(query: Query) -> Any:
    """Say what changed, which part of the company it came from, and whether growth is real."""
    return [_change_words(query), _verdict(query), _open_alerts()]


def _verdict(query: Query) -> Any:
    """Say the verdict on the month in which activity rose most, with a way to its evidence."""
    if not scope_now().may("view-prosperity"):
        return None
    found = judge(asked(query))
    words = t("{month}: {verdict}.", month=month(found.month), verdict=verdict_name(found.verdict))
    go = "/prosperity?judged=" + f"{found.month:%Y-%m}"
    told: list[Any] = [t("Is the growth real?"), " ", (words, go)]
    names = "; ".join(t(TEXTS[name]) for name in found.failed)
    return headline([*told, *([" ", t("Failed: {names}.", names=names)] if names else [])])


def _open_alerts() -> Any:
    """Name the reader's open alerts, with a way to them; nothing where none is open."""
    found = open_findings() if scope_now().may("view-rules") else []
    if not found:
        return None
    names = "; ".join(dict.fromkeys(each.name for each in found[:NAMED]))
    words = tn("{count} alert is open", "{count} alerts are open", len(found))
    return headline([(f"{words}: {names}.", "/alerts")])


def _change_words(query: Query) -> Any:
    filters = asked(query)
    totals = run(cockpit.cockpit_kpis, filters).set_index("slot")["revenue"]
    now, before = totals.get(NOW), totals.get(BEFORE)
    if is_blank(now):
        return headline([t("There is no revenue in this period with these filters.")])
    revenue = figure(now, "money", short=True)
    if is_blank(before):
        return headline(
            [t("Revenue is {value}; there is nothing to compare it with.", value=revenue)]
        )
    parts: list[Any] = [
        t(
            "Revenue is {value}, {change} than in the comparison.",
            value=revenue,
            change=_more_or_less(now - before),
        )
    ]
    moved = _moved(rows_of(MOVES, query))
    if not moved.empty:
        info = fetcher().info(filters.version)
        parts += [" ", t("The largest part of it:"), " ", _first(next(moved.itertuples()), info)]
    return headline(parts)


def _more_or_less(difference: float) -> str:
    size = figure(abs(difference), "money", short=True)
    return t("{size} more", size=size) if difference >= 0 else t("{size} less", size=size)


def _first(row: Any, info: Any) -> tuple[str, str]:
    move = _movement(row, info)
    return f"{move.title} {move.value}", move.go

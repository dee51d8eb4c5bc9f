"""Follow-up queue: whom to speak to this morning, why, and what to say first."""

from typing import Any

import pandas as pd
from dash import Input, Output, html

from components.attributes import attributes
from components.cards import headline, kpi_skeleton
from components.figures.bars import dimension_bars
from components.figures.marks import go
from components.figures.values import records
from components.panel import grid
from components.queue import limits_words, queue_table
from components.states import empty, skeleton
from data.domain.dimension import FOLLOW_UP_DAYS
from data.i18n import figure, t
from pages._cards import cards
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
from queries import queue
from queries.breakdown import next_dimension
from queries.metrics import METRICS
from queries.run import fetcher, reader_now

register_page(
    __name__,
    path="/queue",
    name="Follow-up queue",
    order=87,
    permission="view-team",
    icon="clock-history",
    group="Action",
)

KPIS = panel("queue-kpis", queue.queue_kpis, metric="overdue_followups")
QUEUE = panel("queue-list", queue.follow_up_queue, metric="waiting_loss")
TIERS = panel("queue-tiers", queue.queue_tiers, metric="overdue_followups")
TEAMS = panel("queue-teams", queue.queue_teams, metric="overdue_followups")
SAY = "queue-say"


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    return html.Div(
        [
            html.Div(kpi_skeleton(), id=KPIS.id),
            html.Div(skeleton(lines=1), id=SAY),
            grid(
                listing(QUEUE, sub=_order_words(), note=_tools(), actions=("explain", "rows")),
                layout="full",
            ),
            grid(
                chart(TIERS, sub=limits_words(FOLLOW_UP_DAYS)),
                chart(TEAMS, sub=t("Click a team for its people, a person for the customers")),
                layout="two",
            ),
        ],
        className="morning",
    )


def _order_words() -> str:
    return t("Ordered by value × hazard of churn per day × days late")


def _tools() -> Any:
    """Return the buttons of the morning meeting: print, and files for those who may export."""
    words = [(t("Print"), attributes(data_print="queue"))]
    if reader_now().may("export"):
        words += [
            (t("CSV"), attributes(data_csv=QUEUE.id)),
            (t("Excel workbook"), attributes(data_xlsx=QUEUE.id)),
        ]
    return [
        html.Button(word, type="button", className="text-button", **marks) for word, marks in words
    ]


@guarded(Output(KPIS.id, "children"), Input(FILTERS, "data"))
def show_cards(query: Query) -> Any:
    """Draw the six cards."""
    return cards(KPIS, query)


@guarded(Output(SAY, "children"), Output(QUEUE.id, "children"), Input(FILTERS, "data"))
def list_queue(query: Query) -> Any:
    """Say whom to call first, and list whom to call next."""
    rows = rows_of(QUEUE, query)
    if rows.empty:
        words = t("Nobody with these filters waits longer than the limit of their tier.")
        return headline([words]), empty(words)
    info = fetcher().info(asked(query).version)
    found = records(rows)
    table = queue_table(found, lambda rep: info.label("rep", rep), id=f"{QUEUE.id}-table")
    return headline(_sentence(found[0])), table


def _sentence(first: dict[str, Any]) -> list[Any]:
    who = (first["name"] or first["customer_id"], go("customer", first["customer_id"]))
    late = figure(first["days_late"], "days")
    if first["waiting_loss"] is None:
        rest = t("{late} late. Without a fitted model the largest customers come first.", late=late)
        return [t("First:"), " ", who, ", ", rest]
    rest = t(
        "{late} late; each further day is expected to cost {loss}.",
        late=late,
        loss=figure(first["waiting_loss"], "money"),
    )
    return [t("First:"), " ", who, ", ", rest]


@guarded(Output(TIERS.id, "figure"), Input(FILTERS, "data"))
def draw_tiers(query: Query) -> Figure:
    """Draw how many are overdue by tier, then customer."""
    return _overdue(rows_of(TIERS, query), TIERS, next_dimension(asked(query), "tier"))


@guarded(Output(TEAMS.id, "figure"), Input(FILTERS, "data"))
def draw_teams(query: Query) -> Figure:
    """Draw how many are overdue by team, then owner, then customer."""
    dimension = next_dimension(asked(query), "team")
    rows = with_names(rows_of(TEAMS, query), dimension, query)
    return _overdue(rows, TEAMS, dimension)


def _overdue(rows: pd.DataFrame, of: Panel, dimension: str) -> Figure:
    metric = METRICS[of.metric.key]
    # A group in which nobody waits is no news.
    waiting = rows[rows[metric.key].fillna(0) > 0]
    return dimension_bars(valued(waiting, metric.key), metric, dimension=dimension)

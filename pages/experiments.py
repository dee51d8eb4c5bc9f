"""Experiments: what campaigns did beyond what would have happened anyway, and what it paid."""

from typing import Any

from dash import Input, Output, html

from components.cards import headline
from components.figures.effects import effect_lines
from components.figures.empty import empty_figure
from components.figures.values import Row, records
from components.panel import grid, list_panel
from components.panel import panel as framed
from components.states import empty, skeleton
from data.domain.columns import CAMPAIGN_DAYS
from data.domain.filters import Filters
from data.i18n import figure, t
from pages import _experiment_words as words
from pages._effects import bought, by_segment, effect_rows, is_over, margin
from pages._page import (
    FILTERS,
    Query,
    asked,
    explained_by,
    guarded,
    listing,
    panel,
    register_page,
    rows_of,
)
from queries import experiments

register_page(
    __name__,
    path="/experiments",
    name="Experiments",
    order=85,
    permission="view-experiments",
    icon="bar-chart",
    group="Movement",
)

ARMS = panel("experiments-arms", experiments.experiment_arms, metric="customers")
SHARES = panel("experiments-shares", experiments.experiment_arms, metric="customers")
MARGINS = panel("experiments-margins", experiments.experiment_arms, metric="margin")
SEGMENTS = panel("experiments-segments", experiments.experiment_segments, metric="customers")
PAID = panel("experiments-paid", experiments.experiment_arms, metric="margin")
SOUND = panel("experiments-sound", experiments.experiment_arms, metric="customers")
SAY = "experiments-say"


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    tools = ("explain", "rows", "csv")
    return html.Div(
        [
            html.Div(skeleton(lines=2), id=SAY),
            grid(listing(ARMS, sub=words.arms_words(), actions=tools, height=140), layout="full"),
            grid(
                framed(
                    SHARES.id, t("Who ordered"), sub=words.shares_words(), metric=SHARES.metric.key
                ),
                framed(
                    MARGINS.id,
                    t("Margin per customer"),
                    sub=words.margins_words(),
                    metric=MARGINS.metric.key,
                ),
                layout="two",
            ),
            grid(
                list_panel(
                    PAID.id,
                    t("Return on the cost"),
                    sub=words.returns_words(),
                    actions=tools,
                    metric=explained_by(PAID),
                    height=150,
                ),
                list_panel(
                    SOUND.id,
                    t("How sound it is"),
                    actions=tools,
                    metric=explained_by(SOUND),
                    height=150,
                ),
                layout="two",
            ),
            grid(
                listing(SEGMENTS, sub=words.segment_words(), actions=tools, height=140),
                layout="full",
            ),
        ]
    )


# --- the campaigns ---------------------------------------------------------------------------


def _pairs(query: Query) -> list[tuple[Row, Row | None]]:
    """Return every campaign's treatment with its control, where one was held back."""
    arms = {(r["campaign_id"], bool(r["is_treated"])): r for r in records(rows_of(ARMS, query))}
    return [(row, arms.get((name, False))) for (name, treated), row in arms.items() if treated]


def _chosen(filters: Filters, pairs: list[tuple[Row, Row | None]]) -> tuple[Row, Row | None] | None:
    """Return the campaign of the URL, else the newest that has a control group, else the newest."""
    named = [pair for pair in pairs if pair[0]["campaign_id"] == filters.choices.campaign]
    held = [pair for pair in pairs if pair[1] is not None]
    return next(iter([*named, *held, *pairs]), None)


@guarded(Output(SAY, "children"), Output(ARMS.id, "children"), Input(FILTERS, "data"))
def list_campaigns(query: Query) -> Any:
    """Say what the chosen campaign did, and list all of them."""
    pairs = _pairs(query)
    found = _chosen(asked(query), pairs)
    if found is None:
        nobody = t("No customer with these filters was part of a campaign.")
        return headline([nobody]), empty(nobody)
    return headline([words.sentence(*found)]), words.campaigns(pairs, id=ARMS.id)


# --- the chosen one --------------------------------------------------------------------------


@guarded(
    Output(SHARES.id, "figure"),
    Output(MARGINS.id, "figure"),
    Output(PAID.id, "children"),
    Output(SOUND.id, "children"),
    Input(FILTERS, "data"),
)
def show_effects(query: Query) -> Any:
    """Draw the effects of the chosen campaign, what it paid, and how sound the comparison is."""
    filters = asked(query)
    found = _chosen(filters, _pairs(query))
    if found is None or found[1] is None:
        none = t("Nobody was held back, so no effect can be claimed.")
        return empty_figure(none), empty_figure(none), empty(none), empty(none)
    treated, control = found
    over = [d for d in CAMPAIGN_DAYS if is_over(treated, d, filters.calendar.until)]
    shares = [(t("while it ran"), bought(treated, control))]
    shares += [
        (
            t("within {days}", days=figure(d, "days")),
            bought(treated, control, f"buyers_{d}"),
        )
        for d in over
    ]
    margins = [
        (name, margin(treated, control, d, is_adjusted=is_adjusted))
        for d in over
        for name, is_adjusted in (
            (figure(d, "days"), False),
            (t("{days}, adjusted", days=figure(d, "days")), True),
        )
    ]
    return (
        effect_lines(effect_rows(shares), "rate"),
        effect_lines(effect_rows(margins), "money"),
        words.paid(treated, control, over, id=PAID.id),
        words.sound(treated, control, over),
    )


# --- segments --------------------------------------------------------------------------------


@guarded(Output(SEGMENTS.id, "children"), Input(FILTERS, "data"))
def list_segments(query: Query) -> Any:
    """Name the segments in which the campaign did most, with the p-value corrected."""
    found = _chosen(asked(query), _pairs(query))
    if found is None or found[1] is None:
        return empty(t("Nobody was held back, so no effect can be claimed."))
    effects = by_segment(records(rows_of(SEGMENTS, query)), found[0]["campaign_id"])
    if not effects:
        return html.P(t("No segment is large enough in both arms."), className="muted")
    return words.segments(effects, id=SEGMENTS.id)

"""Tier migration: who went from which tier to which, with the money, and what moved them."""

from typing import Any

import pandas as pd
from dash import Input, Output, html

from components import panel as look
from components.cards import Movement, headline, movements
from components.choices import ends_form
from components.figures.empty import empty_figure
from components.figures.marks import go
from components.figures.migration import move_matrix, move_streams
from components.figures.values import records, share
from components.panel import grid
from components.playbook import playbook_table
from components.states import empty, skeleton
from data.domain.dimension import ABSENT, TIERS
from data.i18n import figure, label_of, month, signed, t
from pages._choosing import closed_months, unknown_ends
from pages._page import (
    FILTERS,
    Query,
    asked,
    guarded,
    listing,
    panel,
    register_page,
    rows_of,
)
from queries import flapping, migration, playbook

register_page(
    __name__,
    path="/migration",
    name="Tier migration",
    order=42,
    permission="view-tiers",
    icon="arrow-repeat",
    group="Value",
)

MATRIX = panel("migration-matrix", migration.tier_moves, metric="customer_asset")
STREAMS = panel("migration-streams", migration.tier_moves, metric="customers")
MONEY = panel("migration-money", migration.tier_moves, metric="customer_asset")
MOVERS = panel("migration-movers", migration.movers, metric="customer_asset")
FLAPPING = panel("migration-flapping", flapping.flapping, metric="customers")
PLAYBOOK = panel("migration-playbook", playbook.playbook, metric="customer_asset")
SAY, FORM = "migration-say", "migration-form"


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    tools = ("explain", "rows", "csv")
    return html.Div(
        [
            html.Div(skeleton(lines=1), id=FORM),
            html.Div(skeleton(lines=2), id=SAY),
            grid(
                _framed(MATRIX, t("Moves between tiers"), sub=_matrix_words()),
                _framed(STREAMS, t("Streams of customers"), sub=_stream_words()),
                layout="two",
            ),
            grid(
                _framed(MONEY, t("Streams of value"), sub=_value_words()),
                listing(FLAPPING, sub=_flapping_words(), actions=tools),
                layout="wide",
            ),
            grid(listing(MOVERS, sub=_mover_words(), actions=tools), layout="full"),
            grid(listing(PLAYBOOK, sub=_playbook_words(), actions=tools), layout="full"),
        ]
    )


def _framed(of: Any, title: str, *, sub: str) -> Any:
    """Frame one of the three views of the same answer."""
    return look.panel(of.id, title, sub=sub, metric=of.metric.key, height=400)


def _matrix_words() -> str:
    return t("Held tiers: customers, value at the closing and its change; click a cell, then Rows")


def _stream_words() -> str:
    return t("As wide as their customers; grey streams stay. Click a dot, then Rows")


def _value_words() -> str:
    return t("As wide as the larger of the values at the two ends")


def _mover_words() -> str:
    return t(
        "Those of the largest value up and down, with the dimension of the score that moved most by"
        " its weight"
    )


def _flapping_words() -> str:
    return t("Who left a tier and was back two month ends later, at the closing")


def _playbook_words() -> str:
    return t(
        "By the tier at the opening: who was followed up in the month after it, and the months"
        " after that. Whom to call was chosen, so the difference is no effect; experiments"
        " tell that"
    )


# --- moves -----------------------------------------------------------------------------------


@guarded(
    Output(FORM, "children"),
    Output(SAY, "children"),
    Output(MATRIX.id, "figure"),
    Output(STREAMS.id, "figure"),
    Output(MONEY.id, "figure"),
    Input(FILTERS, "data"),
)
def show_moves(query: Query) -> Any:
    """Show what can be chosen, the sentence, the matrix and both streams: one answer for all."""
    filters = asked(query)
    form = ends_form(filters.ends, closed_months(filters))
    rows = rows_of(MATRIX, query)
    unknown = unknown_ends(filters)
    if not unknown and rows.empty:
        unknown = t("No customer with these filters was one at either month end.")
    if unknown:
        return form, headline([unknown]), *[empty_figure(unknown)] * 3
    return (
        form,
        headline([_sentence(rows, query)]),
        move_matrix(rows),
        move_streams(rows, by_value=False),
        move_streams(rows, by_value=True),
    )


def _sentence(rows: pd.DataFrame, query: Query) -> str:
    """Say how many rose and fell, and what the high tier gained and lost in value."""
    height = {tier: place for place, tier in enumerate(reversed(TIERS))}
    known = rows[rows["was"] != ABSENT]
    now, before = (known[side].map(height).astype("float64") for side in ("tier", "was"))
    steps = now - before
    up, down = (int(known.loc[side, "customers"].sum()) for side in (steps > 0, steps < 0))
    high = known[(known["was"] == "high") != (known["tier"] == "high")]
    came = high.loc[high["tier"] == "high", "closing"].sum()
    left = high.loc[high["was"] == "high", "opening"].sum()
    first, last = asked(query).ends
    return t(
        "From the end of {first} to the end of {last}, {up} customers rose and {down} fell. Into"
        " the high tier came {came}, out of it went {left}.",
        first=month(first),
        last=month(last),
        up=figure(up, "count"),
        down=figure(down, "count"),
        came=figure(came, "money", short=True),
        left=figure(left, "money", short=True),
    )


# --- who -------------------------------------------------------------------------------------


@guarded(Output(MOVERS.id, "children"), Input(FILTERS, "data"))
def list_movers(query: Query) -> Any:
    """Name the customers of the largest value who moved, with what moved them."""
    rows = records(rows_of(MOVERS, query))
    if not rows:
        words = unknown_ends(asked(query)) or t("Nobody with these filters changed tier.")
        return html.P(words, className="muted")
    lists = [
        html.Div([html.H3(heading), movements([_movement(row) for row in part])])
        for heading, is_up in ((t("Up"), 1), (t("Down"), 0))
        if (part := [row for row in rows if row["is_up"] == is_up])
    ]
    return html.Div(lists, className="lab-movers")


def _movement(row: dict[str, Any]) -> Movement:
    way = f"{label_of('tier', row['tier_before'])} → {label_of('tier', row['tier'])}"
    value = t(
        "{opening} → {closing}",
        opening=figure(row["asset_opening"], "money", short=True),
        closing=figure(row["asset_at_close"], "money", short=True),
    )
    why = ""
    if row["mover"]:
        points = signed(row["mover_points"], "score")
        why = t("{what} {points} points", what=label_of("mover", row["mover"]), points=points)
    return Movement(
        title=row["name"] or row["customer_id"],
        value=f"{figure(row['score_before'], 'score')} → {figure(row['score'], 'score')}",
        tone="good" if row["is_up"] else "bad",
        reason=" · ".join(part for part in (way, value, why) if part),
        go=go("customer", row["customer_id"]),
    )


@guarded(
    Output(FLAPPING.id, "children"),
    Output(PLAYBOOK.id, "children"),
    Input(FILTERS, "data"),
)
def show_playbook(query: Query) -> Any:
    """Say how many flap, and list what was done per tier and what followed."""
    unknown = unknown_ends(asked(query))
    if unknown:
        return empty(unknown), empty(unknown)
    found = records(rows_of(FLAPPING, query))
    played = rows_of(PLAYBOOK, query)
    if played.empty:
        return _flaps(found), empty(t("No customer with these filters was one at the opening."))
    return _flaps(found), playbook_table(played, panel=PLAYBOOK.id)


def _flaps(found: list[dict[str, Any]]) -> Any:
    if not found or not found[0]["customers"]:
        return html.P(t("Three month ends are needed before anyone can return."), className="muted")
    row = found[0]
    lines = [
        t(
            "{count} of {all} customers, {share}, were back in their tier after leaving it.",
            count=figure(row["returned"], "count"),
            all=figure(row["customers"], "count"),
            share=figure(share(row["returned"], row["customers"]), "rate"),
        ),
        t(
            "Without holding tiers, {count} would have been, {share}.",
            count=figure(row["raw_returned"], "count"),
            share=figure(share(row["raw_returned"], row["customers"]), "rate"),
        ),
        t(
            "{count} changed tier at all, {raw} without holding.",
            count=figure(row["changed"], "count"),
            raw=figure(row["raw_changed"], "count"),
        ),
    ]
    return html.Ul([html.Li(line) for line in lines], className="moves")

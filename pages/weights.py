"""The weight lab: what other weights and limits would do to the tiers, and models as versions."""

from typing import Any

import dash
from dash import ALL, Input, Output, State, ctx, html

from components import panel as look
from components.cards import Movement, headline, movements
from components.figures.effective import effective_bars
from components.figures.marks import go
from components.figures.score_bands import score_bands
from components.figures.what_if import move_grid, what_if_bars
from components.panel import grid
from components.states import skeleton
from components.weights import RANGES, TEXTS, draft_form, weight_controls
from data.domain.what_if import LIMITS, WHOLE_WEIGHT, WhatIf, moved_by
from data.i18n import figure, label_of, signed, t
from pages import _weight_words as words
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
    require_data,
    rows_of,
    together,
)
from pages._weight_versions import tried_out, versions, whole_number
from queries import what_if
from queries.run import run, scope_now

register_page(
    __name__,
    path="/weights",
    name="Weight lab",
    order=45,
    permission="view-tiers",
    icon="sliders",
    group="Value",
)

TIER_BARS = panel("weights-tiers", what_if.what_if_tiers, metric="customers")
MOVES = panel("weights-moves", what_if.what_if_tiers, metric="customer_asset")
BANDS = panel("weights-scores", what_if.what_if_tiers, metric="score_mean")
MOVERS = panel("weights-movers", what_if.what_if_movers, metric="customer_asset")
EFFECTIVE = panel("weights-effective", what_if.effective_weights, metric="score_mean")
CONTROLS, NOTE, SAY = "weights-controls", "weights-note", "weights-say"
FORM = "weights-form"
KINDS = ("weight-range", "weight-number", "limit-range", "limit-number")


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    return html.Div(
        [
            html.Div(skeleton(lines=2), id=SAY),
            grid(_controls(), _tiers(), layout="two"),
            grid(
                _framed(MOVES, t("Moves between tiers"), sub=words.raw(), height=320),
                _framed(BANDS, t("Scores in the what-if"), sub=words.bands(), height=320),
                chart(EFFECTIVE, sub=words.effective(), height=320),
                layout="three",
            ),
            grid(
                listing(MOVERS, sub=words.movers(), actions=("explain", "rows", "csv")),
                layout="full",
            ),
            *versions(),
        ]
    )


def _framed(of: Panel, title: str, **options: Any) -> Any:
    """Frame one of the three views of the same answer."""
    return look.panel(of.id, title, metric=of.metric.key, **options)


def _controls() -> Any:
    return html.Section(
        [
            html.Header(html.H2(t("Weights and limits"), className="panel-title")),
            html.Div(skeleton(lines=8), id=CONTROLS),
            html.P(id=NOTE, role="status", className="lab-note"),
            html.Div(draft_form(), id=FORM, hidden=True, className="lab-actions"),
        ],
        className="card panel",
    )


def _tiers() -> Any:
    return _framed(TIER_BARS, t("Tiers in the what-if"), sub=words.tiers(), height=320)


# --- controls --------------------------------------------------------------------------------


@guarded(Output(CONTROLS, "children"), Output(FORM, "hidden"), Input(FILTERS, "data"))
def show_controls(query: Query) -> Any:
    """Show what the URL tries, or today's model; who may propose may keep what differs."""
    _filters, tried, own = tried_out(query)
    return weight_controls(tried, own), tried == own or not scope_now().may("propose-model")


@guarded(
    Output("url", "search", allow_duplicate=True),
    Output(NOTE, "children"),
    *(Input({"type": kind, "key": ALL}, "value") for kind in KINDS),
    State(FILTERS, "data"),
    prevent_initial_call=True,
)
def try_out(*values: Any) -> Any:
    """Write what was moved into the URL, from which everything follows."""
    filters, tried, own = tried_out(values[-1])
    moved = ctx.triggered_id
    if not isinstance(moved, dict) or not ctx.triggered:
        return dash.no_update, dash.no_update
    kind, key = str(moved["type"]).split("-")[0], str(moved["key"])
    now, sentence = _changed(tried, kind, key, ctx.triggered[0]["value"])
    if sentence or now == tried:
        return dash.no_update, sentence
    return filters.trying(None if now == own else now).to_search(), ""


def _changed(tried: WhatIf, kind: str, key: str, value: Any) -> tuple[WhatIf, str]:
    """Return the what-if with one number changed, or why it cannot be."""
    span = (0, WHOLE_WEIGHT) if kind == "weight" else (RANGES[key][0], _most(key))
    number = whole_number(value)
    if number is None or not span[0] <= number <= span[1]:
        return tried, t("Write a whole number from {low} to {high}.", low=span[0], high=span[1])
    if kind == "weight":
        if not any({**tried.weights, key: number}.values()):
            return tried, t("At least one weight must be above 0.")
        return tried.weighing(key, number), ""
    return tried.limited(LIMITS[key], number), ""


def _most(key: str) -> int:
    return 3_650 if key == "dormant" else RANGES[key][1]


# --- what it would do ------------------------------------------------------------------------


def show_headline(query: Query) -> Any:
    """Say how many move, and what the high tier gains or loses."""
    filters = asked(query)
    rows, metric = words.worth(rows_of(TIER_BARS, query))
    if filters.what_if is None:
        return headline([t("These are today's weights. Move one to see who would change tier.")])
    return headline([words.moved(rows), " ", words.gain(rows, metric)])


def draw_tiers(query: Query) -> Figure:
    """Draw the tiers of the what-if and today's."""
    return what_if_bars(*words.worth(rows_of(TIER_BARS, query)))


def draw_moves(query: Query) -> Figure:
    """Draw who goes from which tier to which."""
    return move_grid(*words.worth(rows_of(MOVES, query)))


def draw_bands(query: Query) -> Figure:
    """Draw the histogram of the score in the what-if."""
    return score_bands(rows_of(BANDS, query))


# Views of one answer.
together(
    {
        Output(SAY, "children"): show_headline,
        Output(TIER_BARS.id, "figure"): draw_tiers,
        Output(MOVES.id, "figure"): draw_moves,
        Output(BANDS.id, "figure"): draw_bands,
    }
)


@guarded(Output(MOVERS.id, "children"), Input(FILTERS, "data"))
def list_movers(query: Query) -> Any:
    """Name the customers of largest value who would move, and why."""
    _filters, tried, own = tried_out(query)
    rows = rows_of(MOVERS, query)
    if rows.empty:
        return html.P(t("Nobody would be in another tier."), className="muted")
    named = words.worth(rows)[0].to_dict("records")
    lists = [
        html.Div([html.H3(heading), movements([_movement(r, own, tried) for r in part])])
        for heading, is_up in ((t("Up"), 1), (t("Down"), 0))
        if (part := [r for r in named if r["is_up"] == is_up])
    ]
    return html.Div(lists, className="lab-movers")


def _movement(row: Any, own: WhatIf, tried: WhatIf) -> Movement:
    way = f"{label_of('tier', row['today'])} → {label_of('tier', row['then'])}"
    value = figure(row["worth"], "money", short=True)
    return Movement(
        title=row["name"] or row["customer_id"],
        value=f"{figure(row['score'], 'count')} → {figure(row['score_then'], 'count')}",
        tone="good" if row["is_up"] else "bad",
        reason=f"{way} · {value} · {_reason(row, own, tried)}",
        go=go("customer", row["customer_id"]),
    )


def _reason(row: Any, own: WhatIf, tried: WhatIf) -> str:
    """Return the dimension whose new weight moved this customer most in the direction taken."""
    if dict(own.weights) == dict(tried.weights):
        return t("only the limits differ")
    points = {d: float(row[d]) for d in what_if.DIMENSIONS}
    dimension, effect = moved_by(own, tried, points, is_up=bool(row["score_then"] > row["score"]))
    if not dimension:
        return t("the others moved past")
    name = t(TEXTS[dimension])
    return t(
        "{name} most: {points} points of the weighted sum",
        name=name,
        points=signed(effect, "score"),
    )


@guarded(Output(EFFECTIVE.id, "figure"), Input(FILTERS, "data"))
def draw_effective(query: Query) -> Figure:
    """Draw how much each dimension really moves the ranking."""
    require_data(EFFECTIVE.question, query)
    filters, tried, _own = tried_out(query)
    return effective_bars(run(EFFECTIVE.query, filters.trying(tried)))

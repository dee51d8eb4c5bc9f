"""Moves between tiers from one month end to another: as a matrix, and as streams."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.theme import (
    Figure,
    axis,
    colour_of,
    colours,
    frame,
    heat_scale,
    hidden_axis,
    note,
    twin,
)
from components.figures.values import Row, records, share, shown, total
from data.domain.columns import SCORE_DIMENSIONS
from data.domain.dimension import ABSENT, TIERS
from data.i18n import figure, label_of, signed, t

#: Whoever was no customer at the opening stands in the last line.
LEFT = (*TIERS, ABSENT)
#: Points along a stream, and the space between two nodes as a share of the height.
STEPS, GAP = 24, 0.035
NODE = 0.028


def _name(tier: str) -> str:
    return label_of(ABSENT if tier == ABSENT else "tier", tier)


def _cells(rows: pd.DataFrame) -> dict[tuple[str, str], Row]:
    return {(row["was"], row["tier"]): row for row in records(rows) if row["customers"]}


def move_matrix(rows: pd.DataFrame) -> Figure:
    """Return the tier at the opening by that at the closing: customers, and value then and now.

    Rows: was (a tier or absent), tier, customers, opening, closing, moved, and the mean points by
    which each dimension of the score moved.
    """
    cells = _cells(rows)
    if not cells:
        return empty_figure()
    grid = [[cells.get((was, tier)) for tier in TIERS] for was in LEFT]
    moved = [row["customers"] for (was, tier), row in cells.items() if was != tier]
    places, lines = list(range(len(TIERS))), list(range(len(LEFT)))
    heat = {
        "type": "heatmap",
        "x": places,
        "y": lines,
        # Whoever stays is shown without colour: the colours are of those who move.
        "z": [
            [0 if c is None or c["was"] == c["tier"] else c["customers"] for c in line]
            for line in grid
        ],
        "zmin": 0,
        "zmax": max(moved, default=1),
        "text": [["" if c is None else _text(c) for c in line] for line in grid],
        "texttemplate": "%{text}",
        "textfont": {"size": 11, "color": colours()["ink"]},
        "hovertext": [["" if c is None else _hover(c) for c in line] for line in grid],
        "hoverinfo": "text",
        "customdata": [[None if c is None else go_of(c) for c in line] for line in grid],
        "colorscale": heat_scale(),
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
    }
    ticks = {"tickmode": "array", "tickangle": 0}
    return frame(
        [heat],
        meta=_twin(cells),
        xaxis=axis(
            title=t("At the closing"), side="top", tickvals=places, ticktext=_names(TIERS), **ticks
        ),
        yaxis=axis(range=[len(LEFT) - 0.5, -0.5], tickvals=lines, ticktext=_names(LEFT), **ticks),
    )


def _names(tiers: tuple[str, ...]) -> list[str]:
    return [_name(tier) for tier in tiers]


def go_of(row: Row) -> str:
    """Return what choosing a move does: its customers can be opened."""
    return mark(move=f"{row['was']}-{row['tier']}")


def _text(row: Row) -> str:
    money = signed(row["moved"], "money", short=True) if row["moved"] is not None else ""
    worth = figure(row["closing"], "money", short=True)
    return f"<b>{figure(row['customers'], 'count')}</b><br>{worth}<br>{money}"


def _hover(row: Row) -> str:
    lines = [
        f"<b>{_name(row['was'])} → {_name(row['tier'])}</b>",
        t("{count} customers", count=figure(row["customers"], "count")),
        t(
            "value {opening} → {closing}",
            opening=figure(row["opening"], "money"),
            closing=figure(row["closing"], "money"),
        ),
    ]
    most = largest_delta(row)
    if most:
        lines.append(t("moved most: {what}", what=most))
    return "<br>".join(lines)


def largest_delta(row: Row) -> str:
    """Return the dimension whose mean points moved most in a cell, with by how much."""
    deltas = {name: row[name] for name in SCORE_DIMENSIONS if row.get(name) is not None}
    if not deltas:
        return ""
    name = max(deltas, key=lambda each: abs(deltas[each]))
    if abs(deltas[name]) < 0.05:
        return ""
    points = signed(deltas[name], "score")
    return t("{what} {points} points", what=label_of("mover", name), points=points)


def _twin(cells: dict[tuple[str, str], Row]) -> dict[str, Any]:
    ordered = [cells[k] for k in ((a, b) for a in LEFT for b in TIERS) if k in cells]
    stayed = [row for row in ordered if row["was"] == row["tier"]]
    known = [row for row in ordered if row["was"] != ABSENT]
    moved = total(known, "customers") - total(stayed, "customers")
    summary = t(
        "{count} of {all} customers stand in another tier than at the opening, {share}.",
        count=figure(moved, "count"),
        all=figure(total(known, "customers"), "count"),
        share=figure(share(moved, total(known, "customers")), "rate"),
    )
    body = [
        [
            f"{_name(row['was'])} → {_name(row['tier'])}",
            figure(row["customers"], "count"),
            figure(row["opening"], "money"),
            figure(row["closing"], "money"),
            figure(row["moved"], "money"),
            largest_delta(row),
        ]
        for row in ordered
    ]
    columns = [t("Move"), t("Customers"), t("Opening"), t("Closing"), t("Change")]
    chosen: list[str | None] = [go_of(row) for row in ordered]
    return twin(summary, [*columns, t("Moved most")], body, go=chosen)


# --- streams ---------------------------------------------------------------------------------


def move_streams(rows: pd.DataFrame, *, by_value: bool) -> Figure:
    """Return the same as streams from left to right, as wide as their customers or their value."""
    sized = {k: {**row, "size": _size(row, by_value=by_value)} for k, row in _cells(rows).items()}
    cells = {k: row for k, row in sized.items() if row["size"] > 0}
    if not cells:
        return empty_figure(t("No customer here has a value at either month end."))
    left, right = _side(cells, 0), _side(cells, 1)
    unit = "money" if by_value else "count"
    return frame(
        [
            *(_stream(row, left.starts[k], right.starts[k]) for k, row in cells.items()),
            *(_node(side, tier) for side in (left, right) for tier in side.nodes),
            _centres(cells, left, right, unit=unit),
        ],
        meta=_twin(cells),
        xaxis=hidden_axis(range=[-0.01, 1.01]),
        yaxis=hidden_axis(range=[max(left.end, right.end) + 0.01, -0.01]),
        annotations=[
            _label(side, tier, unit=unit) for side in (left, right) for tier in side.nodes
        ],
        margin={"l": 6, "r": 6, "t": 8, "b": 6, "pad": 4},
    )


def _size(row: Row, *, by_value: bool) -> float:
    """Return how wide a stream is: customers, or the larger of the values at its two ends."""
    if not by_value:
        return float(row["customers"])
    return float(max(row["opening"] or 0.0, row["closing"] or 0.0))


@dataclass(frozen=True)
class _Side:
    """One side of the streams: where each begins, and each tier's node with its size."""

    x: int
    starts: dict[tuple[str, str], tuple[float, float]]
    nodes: dict[str, tuple[float, float, float]]
    end: float


def _side(cells: dict[tuple[str, str], Row], x: int) -> _Side:
    whole = total(list(cells.values()), "size")
    starts: dict[tuple[str, str], tuple[float, float]] = {}
    nodes: dict[str, tuple[float, float, float]] = {}
    at = 0.0
    for tier in LEFT:
        own = [k for k in ((a, b) for a in LEFT for b in TIERS) if k in cells and k[x] == tier]
        since = at
        for key in own:
            width = cells[key]["size"] / whole
            starts[key] = (at, at + width)
            at += width
        if own:
            nodes[tier] = (since, at, sum(cells[key]["size"] for key in own))
            at += GAP
    return _Side(x, starts, nodes, at - GAP)


def _stream(row: Row, left: tuple[float, float], right: tuple[float, float]) -> dict[str, Any]:
    parts = [i / STEPS for i in range(STEPS + 1)]
    x = [NODE + (1 - 2 * NODE) * part for part in parts]
    ease = [part * part * (3 - 2 * part) for part in parts]
    top = [left[0] + (right[0] - left[0]) * e for e in ease]
    bottom = [left[1] + (right[1] - left[1]) * e for e in ease]
    is_stay = row["was"] == row["tier"]
    colour = colours()["grey-mark"] if is_stay else colour_of("tier", row["tier"])
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [shown(v) for v in (*x, *reversed(x))],
        "y": [shown(v) for v in (*top, *reversed(bottom))],
        "fill": "toself",
        "fillcolor": colour,
        "opacity": 0.35 if is_stay else 0.6,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _node(side: _Side, tier: str) -> dict[str, Any]:
    since, until, _ = side.nodes[tier]
    near, far = (0.0, NODE) if side.x == 0 else (1 - NODE, 1.0)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [near, far, far, near],
        "y": [shown(v) for v in (since, since, until, until)],
        "fill": "toself",
        "fillcolor": colour_of("tier", tier),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _centres(
    cells: dict[tuple[str, str], Row], left: _Side, right: _Side, *, unit: str
) -> dict[str, Any]:
    """Return a dot in the middle of each stream, to point at and to choose."""
    middles = [sum((*left.starts[key], *right.starts[key])) / 4 for key in cells]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [0.5] * len(cells),
        "y": [shown(middle) for middle in middles],
        "marker": {"size": 9, "color": colours()["ink-3"], "opacity": 0.7},
        "hovertext": [f"{_hover(row)}<br>{figure(row['size'], unit)}" for row in cells.values()],
        "hoverinfo": "text",
        "customdata": [go_of(row) for row in cells.values()],
    }


def _label(side: _Side, tier: str, *, unit: str) -> dict[str, Any]:
    since, until, size = side.nodes[tier]
    at = {"x": NODE + 0.01, "xanchor": "left"}
    if side.x:
        at = {"x": 1 - NODE - 0.01, "xanchor": "right"}
    return note(
        f"<b>{_name(tier)}</b> {figure(size, unit, short=True)}",
        y=(since + until) / 2,
        xref="x",
        yref="y",
        yanchor="middle",
        font={"size": 12, "color": colours()["ink"]},
        **at,
    )

"""How long the gaps between orders are: what the data propose as inactivity threshold."""

from typing import Any

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.marks import go
from components.figures.theme import Figure, colour_of, colours, frame, note, twin
from components.figures.values import Row, largest, records, value_axis
from data.domain.dimension import TIERS
from data.i18n import figure, label_of, t

#: The row of all customers, and the order of the rows.
EVERY = "all"
ORDER = (EVERY, *TIERS)


def threshold_proposal(rows: pd.DataFrame, threshold: int | None = None) -> Figure:
    """Return the middle and the 90th percentile of the gaps between orders by tier.

    Rows: tier ("all" for every customer), gaps, p50, p90; `threshold` draws the line in use.
    """
    known = [row for row in records(rows) if row["tier"] in ORDER and row["p90"] is not None]
    found = sorted(known, key=lambda row: ORDER.index(row["tier"]))
    if not found:
        return empty_figure()
    high = max(largest(found, "p90"), threshold or 0)
    palette = colours()
    notes = [] if threshold is None else [_in_use(threshold, at=len(found) - 0.35)]
    return frame(
        [_gap_lines(found), *(_gap_dots(found, key) for key in ("p50", "p90"))],
        meta=_proposal_twin(found),
        xaxis=value_axis(
            0, high * 1.15, "number", title=t("Days between two orders"), zeroline=False
        ),
        yaxis={**names_axis([_tier(row) for row in found]), "range": [len(found), -0.7]},
        shapes=[] if threshold is None else [threshold_line(threshold)],
        annotations=[
            *notes,
            note(
                t("○ half of the gaps   ● nine in ten"),
                yshift=6,
                font={"size": 11, "color": palette["ink-3"]},
            ),
        ],
        margin={"l": 6, "r": 10, "t": 28, "b": 6, "pad": 4},
    )


def _tier(row: Row) -> str:
    return t("All customers") if row["tier"] == EVERY else label_of("tier", row["tier"])


def _choice(row: Row) -> str | None:
    return None if row["tier"] == EVERY else go("tier", row["tier"])


def _in_use(threshold: int, *, at: float) -> dict[str, Any]:
    words = t("in use: {days}", days=figure(threshold, "days"))
    font = {"size": 12, "color": colours()["bad"]}
    place = {"x": threshold, "xref": "x", "y": at, "yref": "y", "yanchor": "middle"}
    return note(words, xshift=4, font=font, **place)


def _gap_lines(rows: list[Row]) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for i, row in enumerate(rows):
        x += [row["p50"], row["p90"], None]
        y += [i, i, None]
    line = {"color": colours()["grey-mark"], "width": 3}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": line,
        "hoverinfo": "skip",
    }


def _tint(row: Row) -> str:
    return colours()["ink-2"] if row["tier"] == EVERY else colour_of("tier", row["tier"])


def _gap_dots(rows: list[Row], key: str) -> dict[str, Any]:
    tints = [_tint(row) for row in rows]
    is_proposal = key == "p90"
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [row[key] for row in rows],
        "y": list(range(len(rows))),
        "marker": {
            "size": 12,
            "color": tints,
            "symbol": "circle" if is_proposal else "circle-open",
            "line": {"width": 2, "color": tints},
        },
        "text": [f"<b>{figure(row[key], 'number')}</b>" if is_proposal else "" for row in rows],
        "textposition": "top center",
        "textfont": {"size": 12, "color": colours()["ink"]},
        "hovertext": [_gap_hover(row) for row in rows],
        "hoverinfo": "text",
        "customdata": [_choice(row) for row in rows],
    }


def _gap_hover(row: Row) -> str:
    lines = (
        f"<b>{_tier(row)}</b>",
        t("half of the gaps are at most {days}", days=figure(row["p50"], "days")),
        t("nine in ten are at most {days}", days=figure(row["p90"], "days")),
        t("{count} gaps", count=figure(row["gaps"], "count")),
    )
    return "<br>".join(lines)


def _proposal_twin(rows: list[Row]) -> dict[str, Any]:
    top = rows[0]
    summary = t(
        "{tier}: nine in ten orders follow the one before within {days}.",
        tier=_tier(top),
        days=figure(top["p90"], "days"),
    )
    body = [
        [
            _tier(row),
            figure(row["gaps"], "count"),
            figure(row["p50"], "days"),
            figure(row["p90"], "days"),
        ]
        for row in rows
    ]
    columns = [t("Tier"), t("Gaps"), t("Half of the gaps"), t("Nine in ten")]
    return twin(summary, columns, body, go=[_choice(row) for row in rows])


def threshold_line(at: float) -> dict[str, Any]:
    """Return the dashed line of the threshold in use."""
    line = {"color": colours()["bad"], "width": 1.5, "dash": "dash"}
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "line": line,
        "layer": "below",
    }

"""Effects of a campaign with their intervals: a point and a line per outcome, beside zero."""

from typing import Any

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.theme import Figure, axis, colours, frame, twin
from components.figures.values import Row, nice_ticks, records, shown, tick_text
from data.i18n import figure, signed, t


def effect_lines(rows: pd.DataFrame, unit: str) -> Figure:
    """Return one line per outcome from the low to the high end of its 95 % interval.

    Rows: name, difference, low, high, treated, control; clear ones (zero left out) are coloured.
    """
    found = [row for row in records(rows) if row["difference"] is not None]
    if not found:
        return empty_figure(t("Nobody was held back, so no effect can be claimed."))
    low = min(0.0, *(row["low"] for row in found))
    high = max(0.0, *(row["high"] for row in found))
    room = (high - low) * 0.06 or 1.0
    ticks = nice_ticks(low, high)
    return frame(
        [_points(found, unit), _texts(found, unit)],
        meta=_twin(found, unit),
        yaxis=names_axis([row["name"] for row in found]),
        xaxis=axis(
            tickmode="array",
            tickvals=ticks,
            ticktext=[_text(tick, unit) for tick in ticks],
            tickangle=0,
            range=[low - room, high + (high - low) * 0.5 + room],
            showgrid=True,
            zeroline=True,
        ),
        margin={"l": 6, "r": 6, "t": 8, "b": 6, "pad": 4},
    )


def _text(value: float, unit: str) -> str:
    if unit == "rate":
        return t("{points} pp", points=signed(round(value * 100, 1), "number"))
    return tick_text(value, unit)


def amount(value: float, unit: str) -> str:
    """Return a difference in its unit: shares in points."""
    if unit == "rate":
        return t("{points} pp", points=signed(round(value * 100, 1), "number"))
    return signed(value, unit)


def _colour(row: Row) -> str:
    palette = colours()
    if row["low"] is None or row["low"] <= 0 <= row["high"]:
        return palette["forecast"]
    return palette["good" if row["low"] > 0 else "bad"]


def _points(rows: list[Row], unit: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [shown(row["difference"]) for row in rows],
        "y": list(range(len(rows))),
        "marker": {"size": 10, "color": [_colour(row) for row in rows]},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [shown(row["high"] - row["difference"]) for row in rows],
            "arrayminus": [shown(row["difference"] - row["low"]) for row in rows],
            "thickness": 2,
            "width": 5,
            "color": colours()["ink-3"],
        },
        "hovertext": [_hover(row, unit) for row in rows],
        "hoverinfo": "text",
    }


def _texts(rows: list[Row], unit: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [shown(max(row["high"], 0.0)) for row in rows],
        "y": list(range(len(rows))),
        "text": [f"  <b>{amount(row['difference'], unit)}</b>" for row in rows],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": colours()["ink"]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _hover(row: Row, unit: str) -> str:
    return "<br>".join(
        [
            f"<b>{row['name']}</b>",
            t(
                "{treated} treated, {control} in control",
                treated=figure(row["treated"], unit),
                control=figure(row["control"], unit),
            ),
            interval(row, unit),
        ]
    )


def span(row: Row, unit: str) -> str:
    """Return the two ends of the 95 % interval."""
    return f"{amount(row['low'], unit)} … {amount(row['high'], unit)}"


def interval(row: Row, unit: str) -> str:
    """Return the 95 % interval in words."""
    low, high = amount(row["low"], unit), amount(row["high"], unit)
    return t("95 % interval: {low} to {high}", low=low, high=high)


def _twin(rows: list[Row], unit: str) -> dict[str, Any]:
    first = rows[0]
    summary = t(
        "{name}: {difference}, {interval}.",
        name=first["name"],
        difference=amount(first["difference"], unit),
        interval=interval(first, unit),
    )
    body = [
        [
            row["name"],
            figure(row["treated"], unit),
            figure(row["control"], unit),
            amount(row["difference"], unit),
            amount(row["low"], unit),
            amount(row["high"], unit),
        ]
        for row in rows
    ]
    columns = [t("Outcome"), t("Treatment"), t("Control"), t("Difference"), t("Low"), t("High")]
    return twin(summary, columns, body)

"""Revenue of the past months beside its target, and the months ahead with their band."""

from typing import Any

from components.figures.empty import empty_figure
from components.figures.marks import go_month
from components.figures.months import hatch, levels
from components.figures.theme import Figure, colours, frame, key_line, twin
from components.figures.values import Row, largest, month_at, month_axis, shown, value_axis
from data.domain.metric import Metric
from data.i18n import figure, month, t


def outlook(rows: list[Row], metric: Metric) -> Figure:
    """Return bars of the past, a line per target, and the months ahead dashed with their band.

    Rows: month, value, target, expected, low, high, is_partial; blank where there is none.
    """
    if not any(row["value"] is not None for row in rows):
        return empty_figure()
    palette = colours()
    legend = [(t(metric.label), palette["mark"])]
    data = [_bars(rows, metric)]
    if any(row["expected"] is not None for row in rows):
        data += _ahead(rows, metric)
        legend.append((t("Forecast"), palette["forecast"]))
    if any(row["target"] is not None for row in rows):
        data.append(levels(rows, "target"))
        legend.append((t("Target"), palette["ink"]))
    top = largest(rows, "value", "target", "expected", "high")
    low = min((row["value"] for row in rows if row["value"] is not None), default=0)
    return frame(
        data,
        meta=_twin(rows, metric),
        xaxis=month_axis([row["month"] for row in rows]),
        yaxis=value_axis(min(low, 0), top, metric.unit),
        annotations=[key_line(legend)],
        margin={"l": 6, "r": 10, "t": 34, "b": 6, "pad": 4},
    )


def _bars(rows: list[Row], metric: Metric) -> dict[str, Any]:
    found = [row for row in rows if row["value"] is not None]
    return {
        "type": "bar",
        "x": [month_at(row["month"]) for row in found],
        "y": [shown(row["value"]) for row in found],
        "marker": hatch([bool(row["is_partial"]) for row in found], colours()["mark"]),
        "hovertext": [_hover(row, metric) for row in found],
        "hoverinfo": "text",
        "customdata": [go_month(row["month"]) for row in found],
    }


def _ahead(rows: list[Row], metric: Metric) -> list[dict[str, Any]]:
    found = [row for row in rows if row["expected"] is not None]
    months = [month_at(row["month"]) for row in found]
    colour = colours()["forecast"]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": months,
        "y": [shown(row["expected"]) for row in found],
        "line": {"width": 2, "dash": "dash", "color": colour},
        "marker": {"size": 6, "color": colour},
        "hovertext": [_hover(row, metric) for row in found],
        "hoverinfo": "text",
    }
    if found[0]["low"] is None:
        return [line]
    edge = {"type": "scatter", "mode": "lines", "x": months, "hoverinfo": "skip"}
    plain = {"width": 0, "color": colour}
    below = {**edge, "y": [shown(row["low"]) for row in found], "line": plain}
    above = {**edge, "y": [shown(row["high"]) for row in found], "line": plain}
    return [below, {**above, "fill": "tonexty", "fillcolor": _faint(colour)}, line]


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.22)"


def _hover(row: Row, metric: Metric) -> str:
    lines = [f"<b>{month(row['month'])}</b>"]
    if row["value"] is not None:
        lines.append(f"{t(metric.label)} {figure(row['value'], metric.unit)}")
    if row["target"] is not None:
        lines.append(t("Target {value}", value=figure(row["target"], metric.unit)))
    if row["expected"] is not None:
        lines.append(t("Forecast {value}", value=figure(row["expected"], metric.unit, short=True)))
    if row["low"] is not None:
        lines.append(_band(row, metric))
    if row["is_partial"]:
        lines.append(t("This month is not over."))
    return "<br>".join(lines)


def _band(row: Row, metric: Metric) -> str:
    low, high = (figure(row[side], metric.unit, short=True) for side in ("low", "high"))
    return t("8 of 10 past errors: {low} to {high}", low=low, high=high)


def _twin(rows: list[Row], metric: Metric) -> dict[str, Any]:
    last = next(row for row in reversed(rows) if row["value"] is not None)
    summary = t(
        "{metric} by month: {value} in {month}.",
        metric=t(metric.label),
        value=figure(last["value"], metric.unit, short=True),
        month=month(last["month"]),
    )
    keys = ("value", "target", "expected", "low", "high")
    body = [
        [
            t("{month} (not over)", month=month(row["month"]))
            if row["is_partial"]
            else month(row["month"]),
            *(figure(row[key], metric.unit) for key in keys),
        ]
        for row in rows
    ]
    head = [t(metric.label), t("Target"), t("Forecast"), t("Lower edge"), t("Upper edge")]
    marks = [go_month(row["month"]) if row["value"] is not None else None for row in rows]
    return twin(summary, [t("Month"), *head], body, go=marks)

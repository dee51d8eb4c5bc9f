"""A number month by month, beside the same month a year before."""

from datetime import timedelta
from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.marks import go_month
from components.figures.theme import Figure, colours, frame, note, twin
from components.figures.values import (
    Row,
    largest,
    month_at,
    month_axis,
    records,
    shown,
    value_axis,
)
from data.domain.metric import Metric
from data.i18n import change, figure, month, t

#: Half the width of a line over a month, on an axis of days.
TICK = timedelta(days=10)


def compared_months(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return bars per month, the comparison as a line; rows: month, value, before, is_partial."""
    found = sorted(records(rows), key=lambda row: row["month"])
    if not any(row["value"] is not None for row in found):
        return empty_figure()
    palette = colours()
    data = [_bars(found, metric)]
    notes = [_label(found, i, metric) for i in _labelled(found)]
    if any(row.get("before") is not None for row in found):
        data.append(levels(found, "before"))
        notes.append(
            note(
                f'<span style="color:{palette["ink"]}">━</span> ' + t("the comparison"),
                x=1,
                xanchor="right",
                yshift=4,
                font={"size": 11, "color": palette["ink-3"]},
            )
        )
    low = min((row["value"] for row in found if row["value"] is not None), default=0)
    return frame(
        data,
        meta=_twin(found, metric),
        xaxis=month_axis([row["month"] for row in found]),
        yaxis=value_axis(min(low, 0), largest(found, "value", "before"), metric.unit),
        annotations=notes,
        margin={"l": 6, "r": 22, "t": 24, "b": 6, "pad": 4},
    )


def hatch(partial: list[bool], colour: str) -> dict[str, Any]:
    """Return a bar's marker in which months that are not over are hatched."""
    return {
        "color": colour,
        "pattern": {
            "shape": ["/" if is_partial else "" for is_partial in partial],
            "fillmode": "overlay",
            "fgcolor": colours()["surface"],
            "fgopacity": 0.75,
            "size": 6,
            "solidity": 0.45,
        },
    }


def _bars(rows: list[Row], metric: Metric) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [month_at(row["month"]) for row in rows],
        "y": [shown(row["value"]) for row in rows],
        "marker": hatch([bool(row.get("is_partial")) for row in rows], colours()["mark"]),
        "hovertext": [_hover(row, metric) for row in rows],
        "hoverinfo": "text",
        "customdata": [go_month(row["month"]) for row in rows],
    }


def levels(rows: list[Row], key: str) -> dict[str, Any]:
    """Return a short line over each month at the height of a column, where it is known."""
    known = [row for row in rows if row.get(key) is not None]
    places = [(row["month"] - TICK, row["month"] + TICK) for row in known]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for since, until in places for x in (month_at(since), month_at(until), None)],
        "y": [y for row in known for y in (*[shown(row[key])] * 2, None)],
        "line": {"width": 2, "color": colours()["ink"]},
        "hoverinfo": "skip",
    }


def _labelled(rows: list[Row]) -> list[int]:
    known = [i for i, row in enumerate(rows) if row["value"] is not None]
    top = max(known, key=lambda i: rows[i]["value"])
    last = known[-1]
    return [top] if last - top in (0, 1) else [top, last]


def _label(rows: list[Row], index: int, metric: Metric) -> dict[str, Any]:
    row = rows[index]
    return note(
        f"<b>{figure(row['value'], metric.unit, short=True)}</b>",
        x=month_at(row["month"]),
        y=shown(max(row["value"], row.get("before") or 0)),
        xref="x",
        yref="y",
        xanchor="center",
        font={"size": 12, "color": colours()["ink"]},
    )


def _hover(row: Row, metric: Metric) -> str:
    lines = [
        f"<b>{month(row['month'])}</b>",
        f"{t(metric.label)} {figure(row['value'], metric.unit)}",
    ]
    moved = change(row["value"], row.get("before"), metric)
    if moved.text:
        before = figure(row["before"], metric.unit)
        lines.append(f"{moved.arrow} {moved.text} ({t('before: {value}', value=before)})")
    if row.get("is_partial"):
        lines.append(t("This month is not over."))
    return "<br>".join(lines)


def _twin(rows: list[Row], metric: Metric) -> dict[str, Any]:
    last = next(row for row in reversed(rows) if row["value"] is not None)
    summary = t(
        "{metric} by month: {value} in {month}.",
        metric=t(metric.label),
        value=figure(last["value"], metric.unit, short=True),
        month=month(last["month"]),
    )
    body = [_cells(row, metric) for row in rows]
    columns = [t("Month"), t(metric.label), t("Before"), t("Change")]
    return twin(summary, columns, body, go=[go_month(row["month"]) for row in rows])


def _cells(row: Row, metric: Metric) -> list[str]:
    moved = change(row["value"], row.get("before"), metric)
    name = month(row["month"])
    return [
        t("{month} (not over)", month=name) if row.get("is_partial") else name,
        figure(row["value"], metric.unit),
        figure(row.get("before"), metric.unit),
        f"{moved.arrow} {moved.text}".strip(),
    ]

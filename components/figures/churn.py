"""Silence since the last order, and churn by month."""

from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.gaps import threshold_line
from components.figures.marks import go_month, mark
from components.figures.theme import (
    Figure,
    axis,
    colours,
    frame,
    note,
    twin,
)
from components.figures.values import (
    Row,
    largest,
    month_at,
    month_axis,
    records,
    share,
    total,
    value_axis,
)
from data.domain.metric import Metric
from data.i18n import figure, month, t


def silence_bands(rows: pd.DataFrame, threshold: int) -> Figure:
    """Return customers by days since the last order; rows: since_days, until_days, customers.

    Bands that begin beyond the threshold are coloured; `until_days` of the last is blank. The
    mark of a band is its `since_days`.
    """
    found = sorted(records(rows), key=lambda row: row["since_days"])
    if not total(found, "customers"):
        return empty_figure()
    palette = colours()
    beyond = [row["since_days"] > threshold for row in found]
    whole = total(found, "customers")
    bars = {
        "type": "bar",
        "x": list(range(len(found))),
        "y": [row["customers"] for row in found],
        "marker": {"color": [palette["bad" if far else "grey-mark"] for far in beyond]},
        "hovertext": [_band_hover(row, whole) for row in found],
        "hoverinfo": "text",
        "customdata": [mark(band=int(row["since_days"])) for row in found],
    }
    edge = next((i for i, far in enumerate(beyond) if far), len(found)) - 0.5
    return frame(
        [bars],
        meta=_band_twin(found, threshold, whole),
        bargap=0.1,
        xaxis=axis(
            tickmode="array",
            tickvals=[i - 0.5 for i in range(len(found))],
            ticktext=[figure(row["since_days"], "count") for row in found],
            tickangle=0,
            tickfont={"size": 11, "color": palette["ink-2"]},
            title=t("Days since the last order"),
        ),
        # Above the bars, a line of room for the words at the threshold.
        yaxis=value_axis(0, largest(found, "customers") * 1.1, "count"),
        shapes=[threshold_line(edge)],
        annotations=[
            note(
                t("churned after {days}", days=figure(threshold, "days")) + " →",
                x=edge,
                xref="x",
                yanchor="top",
                xshift=4,
                font={"size": 12, "color": palette["bad"]},
            )
        ],
    )


def _short(row: Row) -> str:
    since, until = row["since_days"], row["until_days"]
    return f"{since:g}+" if until is None else f"{since:g}–{until - 1:g}"


def _band_hover(row: Row, whole: float) -> str:
    part = figure(share(row["customers"], whole), "rate")
    return "<br>".join(
        (
            "<b>" + t("{days} days silent", days=_short(row)) + "</b>",
            t("{count} customers", count=figure(row["customers"], "count")),
            t("{share} of the total", share=part),
        )
    )


def _band_twin(rows: list[Row], threshold: int, whole: float) -> dict[str, Any]:
    beyond = float(sum(row["customers"] or 0 for row in rows if row["since_days"] > threshold))
    summary = t(
        "{count} customers, {share}, have not ordered for more than {days}.",
        count=figure(beyond, "count"),
        share=figure(share(beyond, whole), "rate"),
        days=figure(threshold, "days"),
    )
    body = [
        [
            _short(row),
            figure(row["customers"], "count"),
            figure(share(row["customers"], whole), "rate"),
        ]
        for row in rows
    ]
    columns = [t("Days since the last order"), t("Customers"), t("Share")]
    chosen: list[str | None] = [mark(band=int(row["since_days"])) for row in rows]
    return twin(summary, columns, body, go=chosen)


def rate_months(rows: pd.DataFrame, *metrics: Metric) -> Figure:
    """Return a line per metric, named at its end.

    Rows: month, one column per metric key, is_partial.
    """
    found = sorted(records(rows), key=lambda row: row["month"])
    keys = [metric.key for metric in metrics]
    if not any(row.get(key) is not None for row in found for key in keys):
        return empty_figure()
    tints = [colours()[name] for name in ("accent", "warn", "bad", "ink-3", "good")]
    data = [
        trace
        for metric, colour in zip(metrics, tints, strict=False)
        for trace in _line(found, metric, colour)
    ]
    notes = [
        label
        for metric, colour in zip(metrics, tints, strict=False)
        for label in _line_label(found, metric, colour)
    ]
    return frame(
        data,
        meta=_rate_twin(found, metrics),
        xaxis=month_axis([row["month"] for row in found]),
        yaxis=value_axis(0, largest(found, *keys), metrics[0].unit),
        annotations=notes,
        margin={"l": 6, "r": 96, "t": 14, "b": 6, "pad": 4},
    )


def _line(rows: list[Row], metric: Metric, colour: str) -> list[dict[str, Any]]:
    partial = bool(rows[-1].get("is_partial"))
    whole = rows[:-1] if partial else rows
    traces = [_stretch(whole, metric, colour, dash="solid")]
    if partial and len(rows) > 1:
        traces.append(_stretch(rows[-2:], metric, colour, dash="dot"))
    return traces


def _stretch(rows: list[Row], metric: Metric, colour: str, *, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [month_at(row["month"]) for row in rows],
        "y": [None if row[metric.key] is None else round(row[metric.key], 4) for row in rows],
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"size": 5, "color": colour},
        "connectgaps": False,
        "hovertext": [_rate_hover(row, metric) for row in rows],
        "hoverinfo": "text",
        "customdata": [go_month(row["month"]) for row in rows],
    }


def _rate_hover(row: Row, metric: Metric) -> str:
    value = figure(row[metric.key], metric.unit)
    over = "<br>" + t("This month is not over.") if row.get("is_partial") else ""
    return f"<b>{month(row['month'])}</b><br>{t(metric.label)} {value}{over}"


def _line_label(rows: list[Row], metric: Metric, colour: str) -> list[dict[str, Any]]:
    known = [i for i, row in enumerate(rows) if row.get(metric.key) is not None]
    if not known:
        return []
    last = known[-1]
    value = rows[last][metric.key]
    text = f"<b>{figure(value, metric.unit)}</b><br>{t(metric.label)}"
    return [
        note(
            text,
            x=month_at(rows[last]["month"]),
            y=round(value, 4),
            xref="x",
            yref="y",
            yanchor="middle",
            xshift=8,
            font={"size": 12, "color": colour},
        )
    ]


def _rate_twin(rows: list[Row], metrics: tuple[Metric, ...]) -> dict[str, Any]:
    last = rows[-1]
    parts = [f"{t(m.label)} {figure(last.get(m.key), m.unit)}" for m in metrics]
    summary = t("{month}: {values}.", month=month(last["month"]), values=", ".join(parts))
    body = [[_month_name(row), *(figure(row[m.key], m.unit) for m in metrics)] for row in rows]
    chosen: list[str | None] = [go_month(row["month"]) for row in rows]
    return twin(summary, [t("Month"), *(t(m.label) for m in metrics)], body, go=chosen)


def _month_name(row: Row) -> str:
    name = month(row["month"])
    return t("{month} (not over)", month=name) if row.get("is_partial") else name

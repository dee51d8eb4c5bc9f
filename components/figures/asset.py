"""The customer asset: by month end, by value and risk, and predicted against actual orders."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.theme import Figure, axis, colours, frame, heat_scale, key_line, note, twin
from components.figures.values import (
    Row,
    largest,
    month_at,
    month_axis,
    records,
    share,
    shown,
    total,
    value_axis,
)
from data.domain.metric import Metric
from data.i18n import figure, month, percent, signed, t

TENTHS = 10


def asset_months(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return the asset at each month end; rows: month, value. Choosing a month marks it."""
    found = [row for row in records(rows) if row["value"] is not None]
    found.sort(key=lambda row: row["month"])
    if not found:
        return empty_figure(t("No month end has a value that the models could say."))
    marks: list[str | None] = [mark(month=f"{row['month']:%Y-%m}") for row in found]
    bars = {
        "type": "bar",
        "x": [month_at(row["month"]) for row in found],
        "y": [shown(row["value"]) for row in found],
        "marker": {"color": colours()["mark"]},
        "hovertext": [
            f"<b>{month(row['month'])}</b><br>{t(metric.label)} {figure(row['value'], 'money')}"
            for row in found
        ],
        "hoverinfo": "text",
        "customdata": marks,
    }
    last, before = found[-1], [None, *(row["value"] for row in found)]
    summary = t(
        "{metric} by month: {value} in {month}.",
        metric=t(metric.label),
        value=figure(last["value"], "money", short=True),
        month=month(last["month"]),
    )
    body = [
        [
            month(row["month"]),
            figure(row["value"], "money"),
            "" if was is None else signed(row["value"] - was, "money"),
        ]
        for row, was in zip(found, before, strict=False)
    ]
    label = note(
        f"<b>{figure(last['value'], 'money', short=True)}</b>",
        x=month_at(last["month"]),
        y=shown(last["value"]),
        xref="x",
        yref="y",
        xanchor="center",
        font={"size": 12, "color": colours()["ink"]},
    )
    return frame(
        [bars],
        meta=twin(summary, [t("Month"), t(metric.label), t("Change")], body, go=marks),
        xaxis=month_axis([row["month"] for row in found]),
        yaxis=value_axis(0, largest(found, "value"), "money"),
        annotations=[label],
        margin={"l": 6, "r": 22, "t": 24, "b": 6, "pad": 4},
    )


# --- value and risk --------------------------------------------------------------------------


def value_risk_map(rows: pd.DataFrame, cuts: Sequence[float]) -> Figure:
    """Return customers by band of value and tenth of risk; rows: band, tenth, customers, value.

    Each of the `cuts` is the largest value of its band; the last band has none. A cell is as dark
    as its value is large; choosing it marks it.
    """
    found = [row for row in records(rows) if row["band"] is not None and row["tenth"] is not None]
    if not found:
        return empty_figure(t("No customer here has both a value and a risk."))
    cells = {(row["band"], row["tenth"]): row for row in found}
    names = band_names(cuts)
    sums = total(found, "value")
    grid = [[cells.get((band, tenth)) for tenth in range(TENTHS)] for band in range(len(names))]
    heat = {
        "type": "heatmap",
        "x": list(range(TENTHS)),
        "y": list(range(len(names))),
        "z": [[None if cell is None else shown(cell["value"]) for cell in line] for line in grid],
        "text": [
            ["" if cell is None else figure(cell["customers"], "count") for cell in line]
            for line in grid
        ],
        "texttemplate": "%{text}",
        "textfont": {"size": 10, "color": colours()["ink"]},
        "hovertext": [
            ["" if cell is None else _cell_hover(cell, names, sums) for cell in line]
            for line in grid
        ],
        "hoverinfo": "text",
        "customdata": [[None if cell is None else _cell(cell) for cell in line] for line in grid],
        "colorscale": heat_scale(),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }
    places = list(range(TENTHS))
    return frame(
        [heat],
        meta=_map_twin(found, names, sums),
        xaxis=axis(
            tickmode="array",
            tickvals=[place - 0.5 for place in (0, 2, 5, 8, TENTHS)],
            ticktext=[percent(place / TENTHS) for place in (0, 2, 5, 8, TENTHS)],
            range=[-0.5, places[-1] + 0.5],
            tickangle=0,
            title=t("Risk of churn"),
        ),
        yaxis={**names_axis(names), "range": [-0.6, max(len(names), 3) - 0.4]},
    )


def _cell(row: Row) -> str:
    return mark(band=f"{row['band']}-{row['tenth']}")


def band_names(cuts: Sequence[float]) -> list[str]:
    """Return what the bands between the cuts are called: by their amounts, short where they fit."""
    texts = [figure(cut, "money", short=True) for cut in cuts]
    if len(set(texts)) < len(texts):
        texts = [figure(cut, "money") for cut in cuts]
    if not texts:
        return [t("any value")]
    between = [f"{since} – {until}" for since, until in pairwise(texts)]
    return [t("up to {until}", until=texts[0]), *between, t("above {since}", since=texts[-1])]


def _band(row: Row, names: Sequence[str]) -> str:
    return names[int(row["band"])]


def _risk(tenth: int) -> str:
    return f"{percent(tenth / TENTHS)} – {percent((tenth + 1) / TENTHS)}"


def _cell_hover(row: Row, names: Sequence[str], sums: float) -> str:
    lines = (
        f"<b>{_band(row, names)}</b>",
        f"{t('Risk of churn')} {_risk(row['tenth'])}",
        t("{count} customers", count=figure(row["customers"], "count")),
        f"{t('Customer asset')} {figure(row['value'], 'money')}",
        t("{share} of the total", share=figure(share(row["value"], sums), "rate")),
    )
    return "<br>".join(lines)


def _map_twin(rows: list[Row], names: Sequence[str], sums: float) -> dict[str, Any]:
    risky = [row for row in rows if row["tenth"] >= TENTHS // 2]
    summary = t(
        "{count} customers with a risk of 50 % or more hold {value}, {share} of the asset.",
        count=figure(total(risky, "customers"), "count"),
        value=figure(total(risky, "value"), "money", short=True),
        share=figure(share(total(risky, "value"), sums), "rate"),
    )
    found = sorted(rows, key=lambda row: (-row["band"], row["tenth"]))
    body = [
        [
            _band(row, names),
            _risk(row["tenth"]),
            figure(row["customers"], "count"),
            figure(row["value"], "money"),
        ]
        for row in found
    ]
    columns = [t("Value"), t("Risk of churn"), t("Customers"), t("Customer asset")]
    return twin(summary, columns, body, go=[_cell(row) for row in found])


# --- predicted and actual --------------------------------------------------------------------


def calibration(rows: pd.DataFrame) -> Figure:
    """Return orders per customer by tenth of what was predicted: predicted beside actual.

    Rows: decile, customers, predicted, actual; of one target and model.
    """
    found = [row for row in records(rows) if row["decile"] and row["predicted"] is not None]
    found.sort(key=lambda row: row["decile"])
    if not found:
        return empty_figure(
            t("The history is too short to leave months out and test the models on them.")
        )
    palette = colours()
    places = [row["decile"] for row in found]
    actual = {
        "type": "bar",
        "x": places,
        "y": [shown(row["actual"]) for row in found],
        "marker": {"color": palette["mark"]},
        "hovertext": [_decile_hover(row) for row in found],
        "hoverinfo": "text",
    }
    predicted = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": places,
        "y": [shown(row["predicted"]) for row in found],
        "line": {"color": palette["ink"], "width": 2},
        "marker": {"size": 7, "color": palette["ink"]},
        "hoverinfo": "skip",
    }
    far = max(found, key=lambda row: abs(row["predicted"] - (row["actual"] or 0.0)))
    summary = t(
        "Predicted and actual orders lie furthest apart in tenth {decile}: {predicted} against"
        " {actual} per customer.",
        decile=far["decile"],
        predicted=figure(far["predicted"], "number"),
        actual=figure(far["actual"], "number"),
    )
    body = [
        [
            str(row["decile"]),
            figure(row["customers"], "count"),
            figure(row["predicted"], "number"),
            figure(row["actual"], "number"),
        ]
        for row in found
    ]
    columns = [t("Tenth by prediction"), t("Customers"), t("Predicted"), t("Actual")]
    return frame(
        [actual, predicted],
        meta=twin(summary, columns, body),
        bargap=0.2,
        xaxis=axis(
            tickmode="array",
            tickvals=places,
            ticktext=[str(p) for p in places],
            title=t("Tenth by prediction"),
        ),
        yaxis=value_axis(0, largest(found, "predicted", "actual"), "number"),
        annotations=[key_line([(t("Actual"), palette["mark"]), (t("Predicted"), palette["ink"])])],
        margin={"l": 6, "r": 10, "t": 28, "b": 6, "pad": 4},
    )


def _decile_hover(row: Row) -> str:
    lines = (
        f"<b>{t('Tenth by prediction')} {row['decile']}</b>",
        t("{count} customers", count=figure(row["customers"], "count")),
        f"{t('Predicted')} {figure(row['predicted'], 'number')}",
        f"{t('Actual')} {figure(row['actual'], 'number')}",
    )
    return "<br>".join(lines)

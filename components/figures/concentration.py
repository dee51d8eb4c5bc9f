"""How few customers hold how much: the Lorenz curve and the ABC classes."""

from typing import Any

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import Figure, axis, colours, frame, note, twin
from components.figures.values import Row, records, share, total
from data.domain.metric import Metric
from data.i18n import figure, label_of, percent, t

#: The share of customers whose value the Lorenz curve names.
NAMED_SHARES = (0.01, 0.1, 0.2)


def lorenz(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return the concentration curve of a metric, the largest customers first.

    Rows: share_customers, share_value; `top` where the share of customers is a named one.
    """
    found = sorted(records(rows), key=lambda row: row["share_customers"] or 0)
    points = [(row["share_customers"], row["share_value"]) for row in found]
    points = [(x, y) for x, y in points if x is not None and y is not None]
    if not points:
        return empty_figure()
    palette = colours()
    named = _named(found, points)
    lines = [
        t("the top {customers} hold {value}", customers=percent(x), value=percent(y))
        for x, y in named
    ]
    curve = {
        "type": "scatter",
        "mode": "lines",
        "x": [round(x, 4) for x, _ in points],
        "y": [round(y, 4) for _, y in points],
        "line": {"color": palette["accent"], "width": 2.5},
        "fill": "tozeroy",
        "fillcolor": palette["accent-soft"],
        "hovertext": [_lorenz_hover(x, y, metric) for x, y in points],
        "hoverinfo": "text",
    }
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _ in named],
        "y": [round(y, 4) for _, y in named],
        "marker": {"size": 7, "color": palette["accent"]},
        "text": [f"  {line}" for line in lines],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": palette["ink"]},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    summary = t("{metric}: {line}.", metric=t(metric.label), line=lines[-1])
    held = t("{metric}, share", metric=t(metric.label))
    body = [[figure(x, "rate"), figure(y, "rate")] for x, y in named]
    ticks = [0, 0.25, 0.5, 0.75, 1]
    place = {"tickmode": "array", "tickvals": ticks, "range": [0, 1.04]}
    text = [percent(tick) for tick in ticks]
    return frame(
        [curve, _equal(), dots],
        meta=twin(summary, [t("Share of customers"), held], body),
        xaxis=axis(title=t("Share of customers"), ticktext=text, **place),
        yaxis=axis(title=held, ticktext=text, showgrid=True, **place),
        annotations=[note(t("all equal"), x=0.74, y=0.7, xref="x", yref="y", yanchor="top")],
    )


def _named(rows: list[Row], points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the named shares: counted where the rows carry them, else read from the curve."""
    counted = {row["top"]: row["share_value"] for row in rows if row.get("top") is not None}
    return [(x, counted.get(round(x * 100), _at(points, x))) for x in NAMED_SHARES]


def _equal() -> dict[str, Any]:
    line = {"color": colours()["grey-mark"], "width": 1, "dash": "dot"}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [0, 1],
        "y": [0, 1],
        "line": line,
        "hoverinfo": "skip",
    }


def _at(points: list[tuple[float, float]], x: float) -> float:
    before = (0.0, 0.0)
    for point in points:
        if point[0] >= x:
            span = point[0] - before[0]
            weight = (x - before[0]) / span if span else 1.0
            return before[1] + (point[1] - before[1]) * weight
        before = point
    return before[1]


def _lorenz_hover(x: float, y: float, metric: Metric) -> str:
    return t(
        "{metric}: the top {customers} of customers hold {value}",
        metric=t(metric.label),
        customers=figure(x, "rate"),
        value=figure(y, "rate"),
    )


def abc(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return the classes A, B and C of a metric by customers and by it.

    Rows: class, customers, value.
    """
    found = sorted(records(rows), key=lambda row: row["class"])
    if not found:
        return empty_figure()
    palette = colours()
    tints = dict(zip("ABC", ("tier-high", "tier-potential", "tier-general"), strict=True))
    columns = [
        Column(
            [
                _class_strip(
                    row,
                    found,
                    key=key,
                    colour=palette[tints.get(row["class"], "grey-mark")],
                )
                for row in found
            ],
            number=i + 1,
            domain=((0.0, 0.47), (0.53, 1.0))[i],
            room=1.75,
            axis={"anchor": "y"},
        )
        for i, key in enumerate(("customers", "value"))
    ]
    faint = {"size": 11, "color": palette["ink-3"]}
    heads = [
        note(head, x=column.domain[0], yshift=2, font=faint)
        for head, column in zip((t("Customers"), t(metric.label)), columns, strict=True)
    ]
    first = found[0]
    summary = t(
        "{metric}: class A, {customers} of the customers, holds {value}.",
        metric=t(metric.label),
        customers=figure(share(first["customers"], total(found, "customers")), "rate"),
        value=figure(share(first["value"], total(found, "value")), "rate"),
    )
    body = [
        [
            label_of("class", row["class"]),
            figure(row["customers"], "count"),
            figure(row["value"], "money"),
            figure(share(row["value"], total(found, "value")), "rate"),
        ]
        for row in found
    ]
    held = t("{metric}, share", metric=t(metric.label))
    head = [t("Class"), t("Customers"), t(metric.label), held]
    chosen: list[str | None] = [mark(**{"class": row["class"]}) for row in found]
    return frame(
        [trace for column in columns for trace in strip_traces(column)],
        meta=twin(summary, head, body, go=chosen),
        yaxis=names_axis([label_of("class", row["class"]) for row in found]),
        annotations=heads,
        margin={"l": 6, "r": 6, "t": 24, "b": 6, "pad": 4},
        **strip_axes(columns[0]),
        **strip_axes(columns[1]),
    )


def _class_strip(row: Row, rows: list[Row], *, key: str, colour: str) -> Strip:
    part = share(row[key], total(rows, key))
    unit = "money" if key == "value" else "count"
    return Strip(
        value=row[key],
        text=f"<b>{figure(part, 'rate')}</b>",
        colour=colour,
        hover=f"<b>{label_of('class', row['class'])}</b><br>{figure(row[key], unit)}",
        go=mark(**{"class": row["class"]}),
    )

"""How value is spread over customers: bands, the Lorenz curve and the ABC classes."""

from typing import Any

import pandas as pd

from components.figures.bars import ADDS_UP, names_axis
from components.figures.empty import empty_figure
from components.figures.marks import go, mark
from components.figures.strips import Column, Strip, strip_axes, strip_traces
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
    shown,
    tick_text,
    total,
    value_axis,
)
from data.domain.metric import Metric
from data.i18n import figure, label_of, month, percent, t

#: The share of customers whose value the Lorenz curve names.
NAMED_SHARES = (0.01, 0.1, 0.2)
BAND_LABELS = 7
#: Bars up to which each carries its number.
LABELLED = 13
#: A band narrower than this holds one value only.
POINT = 0.01


def value_bands(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return customers by band of value; rows: band, since, until, customers, value."""
    found = sorted(records(rows), key=lambda row: row["band"])
    if not found:
        return empty_figure()
    palette = colours()
    names = [_band(row, metric) for row in found]
    sums = total(found, "value")
    bars = {
        "type": "bar",
        "x": list(range(len(found))),
        "y": [row["customers"] for row in found],
        "marker": {"color": [_band_colour(row) for row in found]},
        "text": [_count(row, found) for row in found],
        "textposition": "outside",
        "constraintext": "none",
        "textfont": {"size": 11, "color": palette["ink"]},
        "cliponaxis": False,
        "hovertext": [_band_hover(row, metric, sums) for row in found],
        "hoverinfo": "text",
        "customdata": [mark(band=row["band"]) for row in found],
    }
    special = {i: t(TEXTS[name]) for i, row in enumerate(found) if (name := _special(row))}
    usual = [i for i in range(len(found)) if i not in special]
    # The first edge is zero, which the band beside it names already.
    edges = usual[bool(special) :: -(-len(usual) // BAND_LABELS) or 1]
    return frame(
        [bars],
        meta=_band_twin(found, names, metric),
        bargap=0.08,
        xaxis=axis(
            tickmode="array",
            tickvals=[*special, *(i - 0.5 for i in edges)],
            ticktext=[
                *special.values(),
                *(tick_text(_edge(found[i]["since"]), metric.unit) for i in edges),
            ],
            tickangle=0,
            title=t(metric.label),
        ),
        yaxis=value_axis(0, largest(found, "customers"), "count"),
    )


#: Bands that are no range from one edge to the next.
TEXTS = {"loss": "loss", "zero": "zero"}


def _special(row: Row) -> str:
    """Return what a band is called that is no range from one edge to the next."""
    if row["since"] is None:
        return "loss" if (row["until"] or 0) <= 0 else ""
    return "zero" if row["until"] is not None and row["until"] - row["since"] < POINT else ""


def _edge(value: float | None) -> float:
    return round(value or 0, 2)


def _band_colour(row: Row) -> str:
    return colours()[{"loss": "bad", "zero": "grey-mark"}.get(_special(row), "mark")]


def _count(row: Row, rows: list[Row]) -> str:
    return figure(row["customers"], "count", short=True) if len(rows) <= LABELLED else ""


def _band(row: Row, metric: Metric) -> str:
    if _special(row) == "zero":
        return t("exactly {value}", value=figure(_edge(row["since"]), metric.unit, short=True))
    since, until = (figure(row[key], metric.unit, short=True) for key in ("since", "until"))
    if row["until"] is None:
        return t("{since} and more", since=since)
    return t("below {until}", until=until) if row["since"] is None else f"{since} – {until}"


def _band_hover(row: Row, metric: Metric, sums: float) -> str:
    lines = [
        f"<b>{_band(row, metric)}</b>",
        t("{count} customers", count=figure(row["customers"], "count")),
        f"{t(metric.label)} {figure(row['value'], metric.unit)}",
    ]
    part = share(row["value"], sums)
    if part is not None and metric.kind in ADDS_UP | {"model"}:
        lines.append(t("{share} of the total", share=figure(part, "rate")))
    return "<br>".join(lines)


def _band_twin(rows: list[Row], names: list[str], metric: Metric) -> dict[str, Any]:
    top = max(range(len(rows)), key=lambda i: rows[i]["customers"] or 0)
    summary = t(
        "Most customers, {count}, lie at {band}.",
        count=figure(rows[top]["customers"], "count"),
        band=names[top],
    )
    body = [
        [name, figure(row["customers"], "count"), figure(row["value"], metric.unit)]
        for name, row in zip(names, rows, strict=True)
    ]
    columns = [t("Band"), t("Customers"), t(metric.label)]
    return twin(summary, columns, body, go=[mark(band=row["band"]) for row in rows])


def lorenz(rows: pd.DataFrame) -> Figure:
    """Return the concentration curve; rows: share_customers, share_value, most valuable first."""
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
        "hovertext": [_lorenz_hover(x, y) for x, y in points],
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
    summary = t("Of all value, {line}.", line=lines[-1])
    body = [[figure(x, "rate"), figure(y, "rate")] for x, y in named]
    ticks = [0, 0.25, 0.5, 0.75, 1]
    place = {"tickmode": "array", "tickvals": ticks, "range": [0, 1.04]}
    text = [percent(tick) for tick in ticks]
    return frame(
        [curve, _equal(), dots],
        meta=twin(summary, [t("Share of customers"), t("Share of value")], body),
        xaxis=axis(title=t("Share of customers"), ticktext=text, **place),
        yaxis=axis(title=t("Share of value"), ticktext=text, showgrid=True, **place),
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


def _lorenz_hover(x: float, y: float) -> str:
    return t(
        "The top {customers} of customers hold {value} of the value",
        customers=figure(x, "rate"),
        value=figure(y, "rate"),
    )


def abc(rows: pd.DataFrame) -> Figure:
    """Return the classes A, B and C by customers and by value; rows: class, customers, value."""
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
        for head, column in zip((t("Customers"), t("Value")), columns, strict=True)
    ]
    first = found[0]
    summary = t(
        "Class A: {customers} of the customers hold {value} of the value.",
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
    head = [t("Class"), t("Customers"), t("Value"), t("Share of value")]
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


def cohort_bars(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return the metric by month of the first order.

    Rows: cohort, customers, value and the metric's key. Choosing a month keeps its customers.
    """
    found = sorted(records(rows), key=lambda row: row["cohort"])
    if not found:
        return empty_figure()
    chosen: list[str | None] = [go("cohort", f"{row['cohort']:%Y-%m}") for row in found]
    bars = {
        "type": "bar",
        "x": [month_at(row["cohort"]) for row in found],
        "y": [shown(row[metric.key]) for row in found],
        "marker": {"color": colours()["mark"]},
        "hovertext": [_cohort_hover(row, metric) for row in found],
        "hoverinfo": "text",
        "customdata": chosen,
    }
    first, last = found[0], found[-1]
    summary = t(
        "{metric}: {first} for those who began in {since}, {last} for {until}.",
        metric=t(metric.label),
        first=figure(first[metric.key], metric.unit, short=True),
        since=month(first["cohort"]),
        last=figure(last[metric.key], metric.unit, short=True),
        until=month(last["cohort"]),
    )
    body = [
        [
            month(row["cohort"]),
            figure(row["customers"], "count"),
            figure(row["value"], metric.unit),
            figure(row[metric.key], metric.unit),
        ]
        for row in found
    ]
    columns = [t("First order in"), t("Customers"), t("Historical value, ever"), t(metric.label)]
    return frame(
        [bars],
        meta=twin(summary, columns, body, go=chosen),
        bargap=0.2,
        xaxis=month_axis([row["cohort"] for row in found]),
        yaxis=value_axis(0, largest(found, metric.key), metric.unit),
    )


def _cohort_hover(row: Row, metric: Metric) -> str:
    lines = (
        f"<b>{month(row['cohort'])}</b>",
        t("{count} customers", count=figure(row["customers"], "count")),
        f"{t(metric.label)} {figure(row[metric.key], metric.unit)}",
    )
    return "<br>".join(lines)

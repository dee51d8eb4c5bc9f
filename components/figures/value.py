"""How value is spread over customers: bands of it, and by the month of the first order."""

from typing import Any

import pandas as pd

from components.figures.bars import ADDS_UP
from components.figures.empty import empty_figure
from components.figures.marks import go, mark
from components.figures.theme import (
    Figure,
    axis,
    colours,
    frame,
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
from data.i18n import figure, month, t

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

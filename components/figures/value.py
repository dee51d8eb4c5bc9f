"""How value is spread over customers by the month of their first order."""

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.marks import go
from components.figures.theme import (
    Figure,
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
    shown,
    value_axis,
)
from data.domain.metric import Metric
from data.i18n import figure, month, t


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

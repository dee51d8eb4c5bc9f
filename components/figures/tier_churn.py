"""Churn by the tier that customers held at the start of the period."""

from typing import Any

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import Figure, colour_of, colours, frame, twin
from components.figures.values import Row, records
from data.domain.dimension import TIERS
from data.domain.metric import Metric
from data.i18n import figure, label_of, t


def tier_churn_bars(rows: pd.DataFrame, metric: Metric, *, is_known: bool = True) -> Figure:
    """Return the churn rate per tier at the start, where the tiers of then are known.

    Rows: key, churn_rate, churned_customers, alive_at_start. The mark of a tier is its `state`.
    """
    if not is_known:
        return empty_figure(t("There is no month end before this period to read the tiers at."))
    known = [row for row in records(rows) if row["key"] in TIERS and row["alive_at_start"]]
    found = sorted(known, key=lambda row: TIERS.index(row["key"]))
    if not found:
        return empty_figure()
    column = Column([_strip(row, metric) for row in found], room=2.1)
    worst = max(found, key=lambda row: row[metric.key] or 0)
    summary = t(
        "{tier} churned most: {rate}, {lost} of {alive} customers.",
        tier=label_of("tier", worst["key"]),
        rate=figure(worst[metric.key], metric.unit),
        lost=figure(worst["churned_customers"], "count"),
        alive=figure(worst["alive_at_start"], "count"),
    )
    head = [t("Tier"), t(metric.label), t("Churned customers"), t("Not churned at the start")]
    body = [[label_of("tier", row["key"]), *_cells(row, metric)] for row in found]
    marks: list[str | None] = [mark(state=row["key"]) for row in found]
    return frame(
        strip_traces(column),
        meta=twin(summary, head, body, go=marks),
        yaxis=names_axis([label_of("tier", row["key"]) for row in found]),
        **strip_axes(column),
    )


def _cells(row: Row, metric: Metric) -> list[str]:
    counts = (figure(row[key], "count") for key in ("churned_customers", "alive_at_start"))
    return [figure(row[metric.key], metric.unit), *counts]


def _strip(row: Row, metric: Metric) -> Strip:
    rate, lost, alive = _cells(row, metric)
    words: Any = t("{lost} of {alive}", lost=lost, alive=alive)
    return Strip(
        value=row[metric.key],
        text=f'<b>{rate}</b> <span style="color:{colours()["ink-3"]}">{words}</span>',
        colour=colour_of("tier", row["key"]),
        hover=f"<b>{label_of('tier', row['key'])}</b><br>{t(metric.label)} {rate}<br>{words}",
        go=mark(state=row["key"]),
    )

"""How many fall into each of a few named groups, as bars with their share."""

import pandas as pd

from components.figures.bars import names_axis, tinted
from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import Figure, colours, frame, twin
from components.figures.values import Row, records, safe, share, total
from data.domain.metric import Metric
from data.i18n import figure, label_of, t


def counts(rows: pd.DataFrame, metric: Metric, *, focus: str, heading: str) -> Figure:
    """Return one bar per group in the rows' order; rows: key, name, value, amount (may be blank).

    `focus` names the mark that a bar selects, `heading` (a ready text) the column of names.
    """
    found = records(rows)
    if not any(row["value"] is not None for row in found):
        return empty_figure()
    whole = total(found, "value")
    strips = [
        Strip(
            value=row["value"],
            text=_text(row, metric, whole),
            colour=colours()["mark"],
            hover=f"<b>{safe(row['name'])}</b><br>" + "<br>".join(_cells(row, metric, whole)),
            go=mark(**{focus: row["key"]}),
        )
        for row in found
    ]
    column = Column(strips)
    return frame(
        strip_traces(column),
        meta=_twin(found, metric, heading=heading, marks=[strip.go for strip in strips]),
        yaxis=names_axis([row["name"] for row in found]),
        **strip_axes(column),
    )


def by_stage(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return one bar per stage of the deals that are open; rows: stage, open, amount."""
    named = rows.rename(columns={"stage": "key", "open": "value"})
    named = named.assign(name=[label_of("stage", key) for key in named["key"]])
    return counts(named, metric, focus="stage", heading=t("Stage"))


def _text(row: Row, metric: Metric, whole: float) -> str:
    number = f"<b>{figure(row['value'], metric.unit, short=True)}</b> "
    if row.get("amount") is not None:
        return number + tinted(figure(row["amount"], "money", short=True), "flat")
    return number + tinted(figure(share(row["value"], whole), "rate"), "flat")


def _cells(row: Row, metric: Metric, whole: float) -> list[str]:
    cells = [
        figure(row["value"], metric.unit),
        t("{share} of the total", share=figure(share(row["value"], whole), "rate")),
    ]
    return [*cells, figure(row["amount"], "money")] if row.get("amount") is not None else cells


def _twin(
    rows: list[Row], metric: Metric, *, heading: str, marks: list[str | None]
) -> dict[str, object]:
    whole = total(rows, "value")
    top = max(rows, key=lambda row: row["value"] or 0)
    summary = t(
        "{metric}: most in {name}, {value}, {share} of the total.",
        metric=t(metric.label),
        name=top["name"],
        value=figure(top["value"], metric.unit),
        share=figure(share(top["value"], whole), "rate"),
    )
    body = [
        [
            row["name"],
            figure(row["value"], metric.unit),
            figure(share(row["value"], whole), "rate"),
            figure(row.get("amount"), "money"),
        ]
        for row in rows
    ]
    columns = [heading, t(metric.label), t("Share"), t("Amount")]
    if all(row.get("amount") is None for row in rows):
        columns, body = columns[:3], [cells[:3] for cells in body]
    return twin(summary, columns, body, go=marks)

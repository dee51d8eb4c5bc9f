"""How much of the ranking each dimension really makes, beside its weight."""

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import Figure, colours, frame, twin
from components.figures.values import Row, records
from components.weights import TEXTS
from data.i18n import figure, t


def effective_bars(rows: pd.DataFrame) -> Figure:
    """Return how much of the ranking each dimension really makes; the line is its weight.

    Rows: dimension, weight, share, neutral (all 0–1).
    """
    found = records(rows)
    if not found or all(row["share"] is None for row in found):
        return empty_figure(t("Every customer has the same points, so that no weight ranks them."))
    column = Column([_effective_strip(row) for row in found], room=2.9)
    names = [t(TEXTS[row["dimension"]]) for row in found]
    measured = sum(row["weight"] * (1 - (row["neutral"] or 0)) for row in found)
    summary = t(
        "{coverage} of the weight meets customers with a measured value; the rest takes 50 points.",
        coverage=figure(measured, "rate"),
    )
    head = [t("Dimension"), t("Weight"), t("Moves the ranking by"), t("At the neutral 50")]
    body = [
        [name, *(figure(row[key], "rate") for key in ("weight", "share", "neutral"))]
        for name, row in zip(names, found, strict=True)
    ]
    return frame(
        strip_traces(column),
        meta=twin(summary, head, body),
        yaxis=names_axis(names),
        **strip_axes(column),
    )


def _effective_strip(row: Row) -> Strip:
    rate, weight = figure(row["share"], "rate"), figure(row["weight"], "rate")
    is_blind = (row["neutral"] or 0) > 0.999
    faint = f'<span style="color:{colours()["ink-3"]}">'
    words = t("weight {weight}", weight=weight)
    text = f"<b>{rate}</b> {faint}{words}</span>"
    if is_blind:
        text = f"{faint}{t('imputed')} · {words}</span>"
    lines = [
        f"<b>{t(TEXTS[row['dimension']])}</b>",
        words,
        t("{share} of the variance of the weighted sum", share=rate),
        t("at the neutral 50, measured or imputed: {share}", share=figure(row["neutral"], "rate")),
    ]
    return Strip(
        value=max(row["share"] or 0, 0),
        before=row["weight"],
        text=text,
        colour=colours()["grey-mark" if is_blind else "mark"],
        hover="<br>".join(lines),
    )

"""What moved through the funnel: entries into stages, and where fewer went on than usual."""

from typing import Any

import pandas as pd

from components.figures.bars import names_axis, tinted
from components.figures.empty import empty_figure
from components.figures.funnel import beside, faint, points_moved
from components.figures.marks import mark
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import Figure, colours, frame, note, twin
from components.figures.values import Row, records, safe
from data.i18n import figure, label_of, t

#: Where the bars end; the share stands behind them.
FLOW_END = 0.74


def flow(rows: pd.DataFrame) -> Figure:
    """Return entries into each stage and the share that went on to it, against its own level.

    Rows: position, stage, entered, before_entered, amount, lost, rate_previous, level, missed. The
    stage with the largest `missed` is the bottleneck.
    """
    found = sorted(records(rows), key=lambda row: row["position"])
    if not any(row["entered"] for row in found):
        return empty_figure()
    slow = bottleneck(found)
    palette = colours()
    strips = [
        Strip(
            value=row["entered"],
            before=row["before_entered"],
            text=f"<b>{figure(row['entered'], 'count', short=True)}</b> "
            + (tinted(t("bottleneck"), "warn") if row["stage"] == slow else ""),
            colour=palette["tier-dormant" if row["stage"] == slow else "mark"],
            hover=_flow_hover(row),
            go=mark(stage=row["stage"]),
        )
        for row in found
    ]
    column = Column(strips, domain=(0, FLOW_END), room=1.5)
    return frame(
        strip_traces(column),
        meta=_flow_twin(found, slow),
        yaxis=names_axis([label_of("stage", row["stage"]) for row in found]),
        annotations=[
            note(t("went on to it"), x=1, xanchor="right", yshift=2, font=faint()),
            *(_flow_rate(i, r) for i, r in enumerate(found) if r["rate_previous"] is not None),
        ],
        margin={"l": 6, "r": 6, "t": 24, "b": 6, "pad": 4},
        **strip_axes(column),
    )


def bottleneck(rows: list[Row]) -> str | None:
    """Return the stage to which conversion fell most below its level by the amount lost, if any."""
    worst = max(rows, key=lambda row: row["missed"] or 0)
    return worst["stage"] if worst["missed"] else None


def _flow_rate(index: int, row: Row) -> dict[str, Any]:
    text = f"<b>{figure(row['rate_previous'], 'rate')}</b>"
    moved = None if row["level"] is None else row["rate_previous"] - row["level"]
    if moved is not None:
        text += "<br>" + points_moved(moved)
    return beside(text, index, x=1)


def _flow_hover(row: Row) -> str:
    lines = [
        f"<b>{safe(label_of('stage', row['stage']))}</b>",
        t(
            "{count} entered it, worth {amount}",
            count=figure(row["entered"], "count"),
            amount=figure(row["amount"], "money"),
        ),
        t("{count} were lost in it", count=figure(row["lost"], "count")),
    ]
    if row["rate_previous"] is not None:
        went = t("{rate} of the previous stage", rate=figure(row["rate_previous"], "rate"))
        level = t("12 months before: {rate}", rate=figure(row["level"], "rate"))
        lines += [went, level]
    return "<br>".join(lines)


def _flow_twin(rows: list[Row], slow: str | None) -> dict[str, Any]:
    first, last = rows[0], rows[-1]
    summary = t(
        "{count} entered {first} and {end} entered {last}.",
        count=figure(first["entered"], "count"),
        first=label_of("stage", first["stage"]),
        end=figure(last["entered"], "count"),
        last=label_of("stage", last["stage"]),
    )
    if slow:
        summary += " " + t("The bottleneck is {stage}.", stage=label_of("stage", slow))
    body = [
        [
            label_of("stage", row["stage"]),
            figure(row["entered"], "count"),
            figure(row["before_entered"], "count"),
            figure(row["lost"], "count"),
            figure(row["rate_previous"], "rate"),
            figure(row["level"], "rate"),
        ]
        for row in rows
    ]
    columns = [t("Stage"), t("Entered"), t("Before"), t("Lost in it"), t("went on to it")]
    chosen: list[str | None] = [mark(stage=row["stage"]) for row in rows]
    return twin(summary, [*columns, t("12 months before")], body, go=chosen)

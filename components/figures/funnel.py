"""The sales funnel: stages with both conversions, days in each stage, reasons for losing."""

from typing import Any

import pandas as pd

from components.figures.bars import names_axis, tinted
from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import Figure, colours, frame, note, twin
from components.figures.values import Row, records, safe, share, total
from data.i18n import figure, label_of, signed, t

#: Where the bars end and the two columns of conversions stand, as shares of the width.
BARS_END = 0.52
COLUMNS = (0.76, 1.0)


def stages(rows: pd.DataFrame) -> Figure:
    """Return the funnel with conversion from the previous and from the first stage.

    Rows: position, stage, reached, amount, rate_previous, rate_first, before_rate_previous.
    """
    found = sorted(records(rows), key=lambda row: row["position"])
    if not any(row["reached"] for row in found):
        return empty_figure()
    strips = [
        Strip(
            value=row["reached"],
            text=f"<b>{figure(row['reached'], 'count', short=True)}</b>",
            colour=colours()["mark"],
            hover=_stage_hover(row),
            go=mark(stage=row["stage"]),
        )
        for row in found
    ]
    column = Column(strips, domain=(0, BARS_END), room=1.5)
    heads = zip(COLUMNS, (t("of previous"), t("of first")), strict=True)
    return frame(
        strip_traces(column),
        meta=_stage_twin(found),
        yaxis=names_axis([label_of("stage", row["stage"]) for row in found]),
        annotations=[
            *(note(head, x=x, xanchor="right", yshift=2, font=faint()) for x, head in heads),
            *(label for i, row in enumerate(found) for label in _rates(i, row)),
        ],
        margin={"l": 6, "r": 6, "t": 24, "b": 6, "pad": 4},
        **strip_axes(column),
    )


def points_moved(moved: float) -> str:
    """Return a change of a rate in points, in the colour of good or bad."""
    points = signed(round(moved * 100, 1), "number")
    tone = "flat" if abs(moved) < 0.0005 else "good" if moved > 0 else "bad"
    return tinted(t("{points} pp", points=points), tone)


def beside(text: str, index: int, *, x: float) -> dict[str, Any]:
    """Return a text at the side of a row."""
    return note(
        text,
        x=x,
        y=index,
        yref="y",
        xanchor="right",
        yanchor="middle",
        align="right",
        font={"size": 12, "color": colours()["ink"]},
    )


def faint() -> dict[str, Any]:
    """Return the font of a column's heading."""
    return {"size": 11, "color": colours()["ink-3"]}


def _rates(index: int, row: Row) -> list[dict[str, Any]]:
    if row["rate_previous"] is None and row["rate_first"] is None:
        return []
    moved = _points(row)
    previous = f"<b>{figure(row['rate_previous'], 'rate')}</b>"
    if moved is not None:
        previous += "<br>" + points_moved(moved)
    texts = zip(COLUMNS, (previous, figure(row["rate_first"], "rate")), strict=True)
    return [beside(text, index, x=x) for x, text in texts]


def _points(row: Row) -> float | None:
    now, before = row["rate_previous"], row["before_rate_previous"]
    return None if now is None or before is None else now - before


def _stage_hover(row: Row) -> str:
    lines = [
        f"<b>{safe(label_of('stage', row['stage']))}</b>",
        t("{count} reached it, worth {amount}", **_sizes(row)),
        t("{rate} of the previous stage", rate=figure(row["rate_previous"], "rate")),
        t("{rate} of the first stage", rate=figure(row["rate_first"], "rate")),
    ]
    if row["before_rate_previous"] is not None:
        before = figure(row["before_rate_previous"], "rate")
        lines.append(t("before: {value}", value=before))
    return "<br>".join(lines)


def _sizes(row: Row) -> dict[str, str]:
    return {
        "count": figure(row["reached"], "count"),
        "amount": figure(row["amount"], "money"),
    }


def _stage_twin(rows: list[Row]) -> dict[str, Any]:
    last = rows[-1]
    summary = t(
        "{rate} of {count} reached {stage}.",
        rate=figure(last["rate_first"], "rate"),
        count=figure(rows[0]["reached"], "count"),
        stage=label_of("stage", last["stage"]),
    )
    body = [
        [
            label_of("stage", row["stage"]),
            figure(row["reached"], "count"),
            figure(row["amount"], "money"),
            figure(row["rate_previous"], "rate"),
            figure(row["rate_first"], "rate"),
            figure(row["before_rate_previous"], "rate"),
        ]
        for row in rows
    ]
    columns = [t("Stage"), t("Reached"), t("Amount"), t("of previous"), t("of first")]
    chosen: list[str | None] = [mark(stage=row["stage"]) for row in rows]
    return twin(summary, [*columns, t("of previous, before")], body, go=chosen)


def stage_days(rows: pd.DataFrame) -> Figure:
    """Return the median days spent in each stage; rows: stage, median_days, count."""
    found = [row for row in records(rows) if row["median_days"] is not None]
    if not found:
        return empty_figure()
    slowest = max(row["median_days"] for row in found)
    palette = colours()
    strips = [
        Strip(
            value=row["median_days"],
            text=f"<b>{figure(row['median_days'], 'days')}</b>",
            colour=palette["tier-dormant" if row["median_days"] == slowest else "mark"],
            hover=_days_hover(row),
            go=mark(stage=row["stage"]),
        )
        for row in found
    ]
    column = Column(strips, room=1.45)
    top = next(row for row in found if row["median_days"] == slowest)
    summary = t(
        "Deals stay longest in {stage}: {days} in the middle.",
        stage=label_of("stage", top["stage"]),
        days=figure(slowest, "days"),
    )
    body = [
        [
            label_of("stage", row["stage"]),
            figure(row["median_days"], "days"),
            figure(row["count"], "count"),
        ]
        for row in found
    ]
    columns = [t("Stage"), t("Median days"), t("Deals")]
    return frame(
        strip_traces(column),
        meta=twin(summary, columns, body, go=[strip.go for strip in strips]),
        yaxis=names_axis([label_of("stage", row["stage"]) for row in found]),
        **strip_axes(column),
    )


def _days_hover(row: Row) -> str:
    name = safe(label_of("stage", row["stage"]))
    deals = t("{count} deals passed it", count=figure(row["count"], "count"))
    return f"<b>{name}</b><br>{figure(row['median_days'], 'days')}<br>{deals}"


def reasons(rows: pd.DataFrame) -> Figure:
    """Return why deals were lost, the most frequent first; rows: reason, lost, amount."""
    found = sorted(records(rows), key=lambda row: (-(row["lost"] or 0), row["reason"] or ""))
    if not found:
        return empty_figure()
    whole = total(found, "lost")
    palette = colours()
    strips = [
        Strip(
            value=row["lost"],
            text=f"<b>{figure(row['lost'], 'count')}</b> "
            + tinted(figure(row["amount"], "money", short=True), "flat"),
            colour=palette["bad" if i == 0 else "grey-mark"],
            hover=_reason_hover(row, whole),
            go=mark(reason=row["reason"] or ""),
        )
        for i, row in enumerate(found)
    ]
    column = Column(strips)
    names = [label_of("reason", row["reason"] or "") for row in found]
    summary = t(
        "The most frequent reason for losing is {reason}: {share} of the lost deals.",
        reason=names[0],
        share=figure(share(found[0]["lost"], whole), "rate"),
    )
    body = [
        [
            name,
            figure(row["lost"], "count"),
            figure(share(row["lost"], whole), "rate"),
            figure(row["amount"], "money"),
        ]
        for name, row in zip(names, found, strict=True)
    ]
    columns = [t("Reason"), t("Lost"), t("Share"), t("Amount")]
    return frame(
        strip_traces(column),
        meta=twin(summary, columns, body, go=[strip.go for strip in strips]),
        yaxis=names_axis(names),
        **strip_axes(column),
    )


def _reason_hover(row: Row, whole: float) -> str:
    name = safe(label_of("reason", row["reason"] or ""))
    lost = t(
        "{count} deals lost, worth {amount}",
        count=figure(row["lost"], "count"),
        amount=figure(row["amount"], "money"),
    )
    part = t("{share} of the total", share=figure(share(row["lost"], whole), "rate"))
    return f"<b>{name}</b><br>{lost}<br>{part}"

"""Notes laid over a figure of months: a mark on the axis that says them when pointed at."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from textwrap import wrap
from typing import Any

from components.figures.theme import Figure, colours, note
from components.figures.values import month_at, safe
from components.notes import NoteLine
from data.i18n import t

#: Letters of a line, and lines of a note, that fit beside a chart.
LETTERS, LINES = 44, 6


def with_notes(figure: Figure, lines: Sequence[tuple[date, NoteLine]]) -> Figure:
    """Return the figure with a mark for each month that has notes; the figure stays as it is."""
    ordered = sorted(lines, key=lambda pair: (pair[0], pair[1].note))
    months = [(m, [line for _, line in part]) for m, part in groupby(ordered, lambda pair: pair[0])]
    layout: dict[str, Any] = figure["layout"]
    marks = [_mark(month, found) for month, found in months]
    shapes = [_line(month) for month, _found in months]
    told = "; ".join(f"{line.about}: {line.body}" for _, line in ordered)
    meta = dict(layout.get("meta") or {})
    if "summary" in meta:
        meta["summary"] += " " + t("Notes: {notes}", notes=told)
    changed = {
        "annotations": [*layout.get("annotations", ()), *marks],
        "shapes": [*layout.get("shapes", ()), *shapes],
        "meta": meta,
    }
    return {**figure, "layout": {**layout, **changed}}


def _mark(month: date, found: Sequence[NoteLine]) -> dict[str, Any]:
    palette = colours()
    return note(
        "◆" if len(found) == 1 else f"◆{len(found)}",
        x=month_at(month),
        y=0,
        xref="x",
        xanchor="center",
        yanchor="middle",
        font={"size": 12, "color": palette["warn"]},
        bgcolor=palette["surface"],
        borderpad=1,
        hovertext="<br><br>".join(_words(line) for line in found),
        name="note",
    )


def _line(month: date) -> dict[str, Any]:
    at = month_at(month)
    line = {"width": 1, "dash": "dot", "color": colours()["warn"]}
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "line": line,
        "layer": "below",
        "name": "note",
    }


def _words(line: NoteLine) -> str:
    parts = [part for each in line.body.split("\n") for part in wrap(each, LETTERS)]
    cut = [*parts[:LINES], "…"] if len(parts) > LINES else parts
    body = "<br>".join(safe(part) for part in cut)
    return f"<b>{safe(line.about)}</b> · {safe(line.author)}<br>{body}"

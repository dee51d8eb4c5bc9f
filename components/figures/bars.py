"""Breakdowns by a dimension: bars with last period's tick, share and change at the side."""

import unicodedata

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.marks import go
from components.figures.strips import LABEL_ROOM, Column, Strip, strip_axes, strip_traces
from components.figures.theme import (
    Figure,
    axis,
    colour_of,
    colours,
    frame,
    twin,
)
from components.figures.values import Row, records, safe, share, total
from data.domain.dimension import DIMENSIONS, LIFECYCLES, TIERS
from data.domain.metric import Metric
from data.i18n import change, figure, is_blank, label_of, language, signed, t, tn

#: Bars that a panel shows before the rest is folded into one.
MOST = 12
ADDS_UP = frozenset({"sum", "count", "distinct"})
ORDERS = {"tier": TIERS, "lifecycle": LIFECYCLES}
#: Names longer than this are cut on the axis and whole on hover.
NAME = 18
#: Added to the room of labels for each reason to widen it; Chinese says points in full.
MORE_ROOM = {"en": 0.35, "zh": 0.75}
#: Rows that have room at least, so that one bar alone stays a bar.
FEWEST = 3


def dimension_bars(rows: pd.DataFrame, metric: Metric, *, dimension: str) -> Figure:
    """Return bars by a dimension; rows: key, value, before (may be blank).

    Where the values add up the label is the share and its change in points, else, or where some
    are below zero, the value and its change. Beyond twelve the rest is one bar, where the metric
    adds up.
    """
    found = [{**row, "key": _key(row["key"])} for row in records(rows)]
    found = [row for row in found if row["value"] is not None or row.get("before") is not None]
    if not found:
        return empty_figure()
    ordered = _ordered(found, dimension)
    folded = _folded(ordered, metric)
    sums = (_whole(ordered, "value"), _whole(ordered, "before"))
    strips = [_strip(row, metric, dimension=dimension, sums=sums) for row in folded]
    names = [_name(row, dimension) for row in folded]
    column = Column(strips, room=_room(names, metric))
    return frame(
        strip_traces(column),
        meta=_twin(ordered, metric, dimension=dimension, sums=sums),
        yaxis=names_axis(names),
        **strip_axes(column),
    )


def _whole(rows: list[Row], key: str) -> float:
    """Return what the values are shares of; 0 where one is below zero, so that none is a share."""
    is_whole = all(row.get(key) is None or row[key] >= 0 for row in rows)
    return total(rows, key) if is_whole else 0.0


def _room(names: list[str], metric: Metric) -> float:
    """Return the room for the labels: more beside long names and for a value with its change."""
    is_narrow = max(map(_width, names)) > NAME * 2 // 3
    is_long = metric.kind not in ADDS_UP
    more = MORE_ROOM[language()]
    return LABEL_ROOM[language()] + more * is_narrow + more * is_long


def _width(name: str) -> int:
    """Return a name's width in letters; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in name)


def names_axis(names: list[str]) -> dict[str, object]:
    """Return an axis of positions, the first name on top."""
    cut = [name if len(name) <= NAME else name[: NAME - 1] + "…" for name in names]
    return axis(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[safe(name) for name in cut],
        range=[max(len(names), FEWEST) - 0.4, -0.6],
    )


def _key(value: object) -> str:
    return "" if is_blank(value) else str(value)


def _ordered(rows: list[Row], dimension: str) -> list[Row]:
    order = ORDERS.get(dimension)
    if order:
        return sorted(
            rows,
            key=lambda r: order.index(r["key"]) if r["key"] in order else len(order),
        )
    return sorted(rows, key=lambda r: (-(r["value"] or 0), r["key"]))


def _folded(rows: list[Row], metric: Metric) -> list[Row]:
    if len(rows) <= MOST or metric.kind not in ADDS_UP:
        return rows[:MOST]
    tail = rows[MOST - 1 :]
    rest = {
        "key": None,
        "count": len(tail),
        "value": total(tail, "value"),
        "before": total(tail, "before") if any(r.get("before") is not None for r in tail) else None,
    }
    return [*rows[: MOST - 1], rest]


def _name(row: Row, dimension: str) -> str:
    if row["key"] is None:
        return tn("{count} other", "{count} others", row["count"])
    return str(row.get("name") or label_of(dimension, row["key"]))


def _strip(row: Row, metric: Metric, *, dimension: str, sums: tuple[float, float]) -> Strip:
    name = _name(row, dimension)
    return Strip(
        value=row["value"],
        before=row.get("before"),
        text=_text(row, metric, dimension=dimension, sums=sums),
        colour=colour_of(dimension, row["key"]) if row["key"] else colours()["grey-mark"],
        hover=f"<b>{safe(name)}</b><br>"
        + "<br>".join(_cells(row, metric, sums=sums)[:1])
        + _more(row, metric, sums),
        go=_go(row, dimension),
    )


def _go(row: Row, dimension: str) -> str | None:
    """Return what choosing a bar does: nothing for the rest, or for who has no tier yet."""
    is_unknown = dimension in ORDERS and row["key"] not in ORDERS[dimension]
    return None if row["key"] is None or is_unknown else go(dimension, row["key"])


def _text(row: Row, metric: Metric, *, dimension: str, sums: tuple[float, float]) -> str:
    if metric.kind not in ADDS_UP or not sums[0]:
        moved = change(row["value"], row.get("before"), metric)
        return f"<b>{figure(row['value'], metric.unit, short=True)}</b> " + tinted(
            f"{moved.arrow} {moved.text}", moved.tone
        )
    now, then = share(row["value"], sums[0]), share(row.get("before"), sums[1])
    label = f"<b>{figure(now, 'rate')}</b>"
    if now is None or then is None:
        return label
    points = signed(round((now - then) * 100, 1), "number")
    return f"{label} " + tinted(
        t("{points} pp", points=points), _tone(row["key"], now - then, dimension)
    )


def _tone(key: str | None, moved: float, dimension: str) -> str:
    wanted = {"high": 1, "dormant": -1}.get(key or "", 0) if dimension == "tier" else 0
    if not wanted or abs(moved) < 0.0005:
        return "flat"
    return "good" if moved * wanted > 0 else "bad"


def tinted(text: str, tone: str) -> str:
    """Return a chart text in the colour of good, bad, a warning or none of them."""
    colour = colours()[tone if tone in ("good", "bad", "warn") else "ink-3"]
    return f'<span style="color:{colour}">{text}</span>'


def _more(row: Row, metric: Metric, sums: tuple[float, float]) -> str:
    lines = []
    part = share(row["value"], sums[0]) if metric.kind in ADDS_UP else None
    if part is not None:
        lines.append(t("{share} of the total", share=figure(part, "rate")))
    moved = change(row["value"], row.get("before"), metric)
    if moved.text:
        before = figure(row["before"], metric.unit)
        lines.append(f"{moved.arrow} {moved.text} ({t('before: {value}', value=before)})")
    return "".join(f"<br>{line}" for line in lines)


def _cells(row: Row, metric: Metric, *, sums: tuple[float, float]) -> list[str]:
    cells = [figure(row["value"], metric.unit)]
    if metric.kind in ADDS_UP:
        cells.append(figure(share(row["value"], sums[0]), "rate"))
    moved = change(row["value"], row.get("before"), metric)
    return [
        *cells,
        figure(row.get("before"), metric.unit),
        f"{moved.arrow} {moved.text}".strip(),
    ]


def _twin(
    rows: list[Row], metric: Metric, *, dimension: str, sums: tuple[float, float]
) -> dict[str, object]:
    columns = [t(DIMENSIONS[dimension].label), t(metric.label)]
    columns += [t("Share")] if metric.kind in ADDS_UP else []
    top = max(rows, key=lambda r: r["value"] or 0)
    summary = t(
        "{metric} by {dimension}: {name} is largest with {value}.",
        metric=t(metric.label),
        dimension=t(DIMENSIONS[dimension].label),
        name=_name(top, dimension),
        value=figure(top["value"], metric.unit, short=True),
    )
    body = [[_name(row, dimension), *_cells(row, metric, sums=sums)] for row in rows]
    chosen = [_go(row, dimension) for row in rows]
    return twin(summary, [*columns, t("Before"), t("Change")], body, go=chosen)

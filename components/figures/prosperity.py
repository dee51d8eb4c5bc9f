"""Activity beside what it pays, month by month, and whose growth it is."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import Figure, colour_of, colours, frame, key_line, twin
from components.figures.values import (
    Row,
    month_at,
    month_axis,
    records,
    share,
    shown,
    value_axis,
)
from data.domain.dimension import ABSENT, TIERS
from data.domain.prosperity import BASE_MONTHS
from data.i18n import figure, label_of, month, signed, t

#: Places of a month and its value, None where nothing is known.
Points: TypeAlias = Sequence[tuple[date, float | None]]


def activity_pays(rows: pd.DataFrame, judged: date) -> Figure:
    """Return engaged and active customers by month, the judged month and its base set off.

    Rows: month, engaged, active, engagements, redemptions, orders. Choosing a month judges it.
    """
    found = sorted(records(rows), key=lambda row: row["month"])
    if not any(row["engaged"] for row in found):
        return empty_figure(t("No customer has engaged in these months with these filters."))
    palette = colours()
    lines = (("engaged", t("Engaged"), "warn"), ("active", t("Active, with an order"), "mark"))
    high = max(row[key] or 0 for row in found for key, _, _ in lines)
    return frame(
        [_line(found, key, name=name, colour=palette[tone]) for key, name, tone in lines],
        meta=_twin(found),
        xaxis=month_axis([row["month"] for row in found]),
        yaxis=value_axis(0, high, "count"),
        shapes=[judged_band(judged)],
        annotations=[key_line([(name, palette[tone]) for _, name, tone in lines])],
        margin={"l": 6, "r": 10, "t": 30, "b": 6, "pad": 4},
    )


def judged_line(points: Points, *, colour: str, hover: Sequence[str], name: str = "") -> Row:
    """Return a line of months, each of which can be chosen to be judged; `hover` is per point."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": [month_at(at) for at, _ in points],
        "y": [shown(value) for _, value in points],
        "line": {"width": 2, "color": colour},
        "marker": {"size": 8, "color": colour},
        "connectgaps": False,
        "hovertext": list(hover),
        "hoverinfo": "text",
        "customdata": [go_judged(at) for at, _ in points],
    }


def _line(rows: list[Row], key: str, *, name: str, colour: str) -> Row:
    points = [(row["month"], row[key]) for row in rows]
    hover = [f"<b>{month(at)}</b><br>{name} {figure(value, 'count')}" for at, value in points]
    return judged_line(points, colour=colour, hover=hover, name=name)


def go_judged(month: date) -> str:
    """Return what choosing a month does: it is judged."""
    return f"judged={month:%Y-%m}"


def judged_band(judged: date) -> dict[str, Any]:
    """Return what sets the judged month off."""
    at = pd.Timestamp(judged)
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": str((at - pd.Timedelta(days=14)).date()),
        "x1": str((at + pd.Timedelta(days=14)).date()),
        "y0": 0,
        "y1": 1,
        "line": {"width": 0},
        "fillcolor": colours()["accent-soft"],
        "layer": "below",
    }


def _twin(rows: list[Row]) -> dict[str, Any]:
    last = rows[-1]
    summary = t(
        "In {month} {engaged} customers engaged and {active} ordered.",
        month=month(last["month"]),
        engaged=figure(last["engaged"], "count"),
        active=figure(last["active"], "count"),
    )
    counts = ("engaged", "engagements", "redemptions", "active", "orders")
    body = [[month(row["month"]), *(figure(row[key], "count") for key in counts)] for row in rows]
    columns = [t("Month"), t("Engaged"), t("Engagements"), t("Redemptions")]
    chosen: list[str | None] = [go_judged(row["month"]) for row in rows]
    return twin(summary, [*columns, t("Active"), t("Orders")], body, go=chosen)


def growth_bars(rows: pd.DataFrame) -> Figure:
    """Return engagements of the judged month by the tier before it; the tick is the base's mean.

    Rows: tier, customers, engagements, before (of all base months together).
    """
    order = (*TIERS, ABSENT)
    found = sorted(
        (row for row in records(rows) if row["tier"] in order), key=lambda r: order.index(r["tier"])
    )
    if not found:
        return empty_figure(t("No customer has engaged in these months with these filters."))
    strips = [_strip(row) for row in found]
    column = Column(strips, room=1.7)
    return frame(
        strip_traces(column),
        meta=_growth_twin(found),
        yaxis=names_axis([_tier(row["tier"]) for row in found]),
        **strip_axes(column),
    )


def _tier(tier: str) -> str:
    return label_of(ABSENT if tier == ABSENT else "tier", tier)


def _mean(row: Row) -> float | None:
    return None if row["before"] is None else row["before"] / BASE_MONTHS


def _grown(row: Row) -> float | None:
    mean = _mean(row)
    return None if mean is None or row["engagements"] is None else row["engagements"] - mean


def _strip(row: Row) -> Strip:
    now = figure(row["engagements"], "count")
    moved = signed(None if _grown(row) is None else round(_grown(row) or 0), "count")
    lines = [
        f"<b>{_tier(row['tier'])}</b>",
        t("{count} customers", count=figure(row["customers"], "count")),
        t("before: {value}", value=figure(_mean(row), "number")),
    ]
    return Strip(
        value=row["engagements"],
        before=_mean(row),
        text=f'<b>{now}</b> <span style="color:{colours()["ink-3"]}">{moved}</span>',
        colour=colour_of("tier", row["tier"]),
        hover="<br>".join(lines),
        go=mark(state=row["tier"]),
    )


def _growth_twin(rows: list[Row]) -> dict[str, Any]:
    whole = sum(_grown(row) or 0 for row in rows)
    low = sum(_grown(row) or 0 for row in rows if row["tier"] in ("general", "dormant"))
    part = share(low, whole) if whole > 0 else None
    summary = t(
        "{share} of the growth in engagement is of general or dormant customers.",
        share=figure(part, "rate"),
    )
    body = [
        [
            _tier(row["tier"]),
            figure(row["customers"], "count"),
            figure(row["engagements"], "count"),
            figure(_mean(row), "number"),
        ]
        for row in rows
    ]
    columns = [t("Tier before"), t("Customers"), t("Engagements"), t("Mean of the base")]
    return twin(summary, columns, body, go=[mark(state=row["tier"]) for row in rows])

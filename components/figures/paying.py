"""What activity pays, against the base, and whether those won by a campaign order again."""

from datetime import date
from typing import Any

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.prosperity import go_judged, judged_band, judged_line
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import Figure, colours, frame, key_line, twin
from components.figures.values import (
    Row,
    month_axis,
    records,
    share,
    total,
    value_axis,
)
from data.domain.period import add_months
from data.domain.prosperity import BASE_MONTHS, CORE
from data.i18n import figure, month, signed, t

#: What a core figure is called, and the colour of its line.
LABELS = {
    "paying": "active per engaged",
    "conversion": "orders per visit",
    "aov": "average order",
    "margin_rate": "margin rate",
}
TINTS = {
    "paying": "mark",
    "conversion": "warn",
    "aov": "life-mature",
    "margin_rate": "life-reactivated",
}


def core_months(rows: pd.DataFrame, judged: date, flat: int) -> Figure:
    """Return by how much each core figure lies above or below its base, month by month.

    Rows: month and the sums that the core figures divide. `flat`: per cent of rise up to which a
    figure counts as flat, drawn as a line.
    """
    found = sorted(records(rows), key=lambda row: row["month"])
    months = {add_months(judged, -i) for i in range(1, BASE_MONTHS + 1)}
    base = [row for row in found if row["month"] in months]
    moved = {name: _moved(found, base, *pair) for name, pair in CORE.items()}
    values = [value for line in moved.values() for value in line if value is not None]
    if not values:
        return empty_figure(t("Nothing is known of the months before this one with these filters."))
    palette, limit = colours(), flat / 100
    tints = {name: (t(LABELS[name]), palette[TINTS[name]]) for name in CORE}
    return frame(
        [_core_line(found, moved[name], *tints[name]) for name in CORE],
        meta=_core_twin(found, moved),
        xaxis=month_axis([row["month"] for row in found]),
        yaxis=value_axis(min(values), max(limit, *values), "rate"),
        shapes=[judged_band(judged), _limit(limit)],
        annotations=[key_line(list(tints.values()), lines=2)],
        margin={"l": 6, "r": 10, "t": 46, "b": 6, "pad": 4},
    )


def _moved(rows: list[Row], base: list[Row], top: str, bottom: str) -> list[float | None]:
    usual = share(total(base, top), total(base, bottom))
    rates = [share(row[top], row[bottom] or 0) for row in rows]
    return [None if rate is None or not usual else rate / usual - 1 for rate in rates]


def _core_line(rows: list[Row], moved: list[float | None], name: str, colour: str) -> Row:
    points = [(row["month"], value) for row, value in zip(rows, moved, strict=True)]
    hover = [f"<b>{month(at)}</b><br>{name} {signed(value, 'rate')}" for at, value in points]
    return judged_line(points, colour=colour, hover=hover, name=name)


def _limit(limit: float) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": limit,
        "y1": limit,
        "line": {"width": 1, "color": colours()["ink-3"], "dash": "dot"},
    }


def _core_twin(rows: list[Row], moved: dict[str, list[float | None]]) -> dict[str, Any]:
    names = [t(LABELS[name]) for name in CORE]
    last = [
        f"{name} {signed(moved[key][-1], 'rate')}" for name, key in zip(names, CORE, strict=True)
    ]
    summary = t(
        "In {month}, against the base: {figures}.",
        month=month(rows[-1]["month"]),
        figures=", ".join(last),
    )
    body = [
        [month(row["month"]), *(signed(moved[name][i], "rate") for name in CORE)]
        for i, row in enumerate(rows)
    ]
    return twin(summary, [t("Month"), *names], body, go=[go_judged(row["month"]) for row in rows])


def won_again(rows: pd.DataFrame) -> Figure:
    """Return which share of new customers ordered again: those won by a campaign, and the others.

    Rows: is_won, customers, again.
    """
    found = sorted(records(rows), key=lambda row: not row["is_won"])
    if not found:
        return empty_figure(t("Nobody first ordered in this year whose days are over."))
    names = [t("Won by a campaign") if row["is_won"] else t("The others") for row in found]
    column = Column([_again(row, name) for row, name in zip(found, names, strict=True)], room=1.5)
    body = [
        [name, figure(row["customers"], "count"), figure(row["again"], "count"), _rate(row)]
        for name, row in zip(names, found, strict=True)
    ]
    columns = [t("New customers"), t("Customers"), t("Ordered again"), t("Share")]
    said = ", ".join(f"{name} {_rate(row)}" for name, row in zip(names, found, strict=True))
    return frame(
        strip_traces(column),
        meta=twin(t("Ordered again: {shares}.", shares=said), columns, body),
        yaxis=names_axis(names),
        **strip_axes(column),
    )


def _rate(row: Row) -> str:
    return figure(share(row["again"], row["customers"] or 0), "rate")


def _again(row: Row, name: str) -> Strip:
    counted = t(
        "{again} of {customers}",
        again=figure(row["again"], "count"),
        customers=figure(row["customers"], "count"),
    )
    return Strip(
        value=share(row["again"], row["customers"] or 0),
        text=f"<b>{_rate(row)}</b>",
        colour=colours()["mark" if row["is_won"] else "grey-mark"],
        hover=f"<b>{name}</b><br>{_rate(row)}, {counted}",
    )

"""Expected loss: the value that is expected to leave in each of the next months, by tier."""

from datetime import date, timedelta
from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.theme import (
    Figure,
    axis,
    colour_of,
    colours,
    frame,
    key_line,
    note,
    twin,
)
from components.figures.values import Row, records, share, shown, total, value_axis
from data.domain.dimension import TIERS
from data.domain.period import MONTH_DAYS
from data.i18n import day, figure, label_of, t

MONTHS = range(1, 13)
#: Days of a month of the model, leap years averaged.


def loss_months(rows: pd.DataFrame, as_of: date) -> Figure:
    """Return the loss of each of the next twelve months, stacked by tier.

    Rows: tier, asset, loss_1 … loss_12; a tier may come in several rows. The mark of a part is
    the month ahead as its `band` and the tier as its `state`.
    """
    found = _by_tier(records(rows))
    sums = [total(found, _key(month)) for month in MONTHS]
    if not sum(sums):
        return empty_figure(t("No value is expected to be lost with these filters."))
    legend = [(label_of("tier", row["tier"]), colour_of("tier", row["tier"])) for row in found]
    return frame(
        [_bars(row, as_of, sums) for row in found],
        meta=_twin(found, as_of, sums),
        barmode="stack",
        xaxis=axis(
            tickmode="array",
            tickvals=list(MONTHS),
            tickangle=0,
            tickfont={"size": 11, "color": colours()["ink-2"]},
            title=t("Months ahead, from {day}", day=day(as_of)),
        ),
        yaxis=value_axis(0, max(sums) * 1.1, "money"),
        annotations=[
            key_line(legend, lines=2),
            *(_label(month, sums) for month in _labelled(sums)),
        ],
        margin={"l": 6, "r": 10, "t": 46, "b": 6, "pad": 4},
    )


def _key(month: int) -> str:
    return f"loss_{month}"


def _by_tier(rows: list[Row]) -> list[Row]:
    """Return one row per tier that loses anything, in the order of the tiers."""
    found: list[Row] = []
    for tier in TIERS:
        own = [row for row in rows if row["tier"] == tier]
        losses = {_key(month): total(own, _key(month)) for month in MONTHS}
        if sum(losses.values()):
            found.append({"tier": tier, "asset": total(own, "asset"), **losses})
    return found


def _bars(row: Row, as_of: date, sums: list[float]) -> dict[str, Any]:
    tier = row["tier"]
    return {
        "type": "bar",
        "x": list(MONTHS),
        "y": [shown(row[_key(month)]) for month in MONTHS],
        "marker": {"color": colour_of("tier", tier)},
        "hovertext": [_hover(row, month, as_of, sums=sums) for month in MONTHS],
        "hoverinfo": "text",
        "customdata": [mark(band=month, state=tier) for month in MONTHS],
    }


def _span(month: int, as_of: date) -> str:
    first = as_of + timedelta(days=1 + round(MONTH_DAYS * (month - 1)))
    last = as_of + timedelta(days=round(MONTH_DAYS * month))
    return f"{day(first)} – {day(last)}"


def _hover(row: Row, month: int, as_of: date, *, sums: list[float]) -> str:
    value, whole = row[_key(month)], sums[month - 1]
    return "<br>".join(
        (
            "<b>" + t("Month {number}", number=month) + f"</b> {_span(month, as_of)}",
            f"{label_of('tier', row['tier'])} {figure(value, 'money')}",
            t("{share} of the month", share=figure(share(value, whole), "rate")),
            t("{value} in all", value=figure(whole, "money")),
        )
    )


def _labelled(sums: list[float]) -> list[int]:
    top = max(MONTHS, key=lambda month: (sums[month - 1], -month))
    return [top] if top >= MONTHS[-2] else [top, MONTHS[-1]]


def _label(month: int, sums: list[float]) -> dict[str, Any]:
    return note(
        f"<b>{figure(sums[month - 1], 'money', short=True)}</b>",
        x=month,
        y=shown(sums[month - 1]),
        xref="x",
        yref="y",
        xanchor="center",
        font={"size": 12, "color": colours()["ink"]},
    )


def _twin(rows: list[Row], as_of: date, sums: list[float]) -> dict[str, Any]:
    top = _labelled(sums)[0]
    summary = t(
        "{value} are expected to be lost within twelve months, most in month {number}: {most}.",
        value=figure(sum(sums), "money", short=True),
        number=top,
        most=figure(sums[top - 1], "money", short=True),
    )
    body = [
        [
            str(month),
            _span(month, as_of),
            *(figure(row[_key(month)], "money") for row in rows),
            figure(sums[month - 1], "money"),
        ]
        for month in MONTHS
    ]
    names = [label_of("tier", row["tier"]) for row in rows]
    columns = [t("Month"), t("Days"), *names, t("All")]
    return twin(summary, columns, body, go=[mark(band=month) for month in MONTHS])

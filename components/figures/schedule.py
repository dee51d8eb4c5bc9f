"""The depreciation schedule put to the test, and what keeping the largest losses would save."""

from datetime import date
from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.theme import Figure, axis, colours, frame, key_line, note, twin
from components.figures.values import (
    Row,
    month_at,
    month_axis,
    records,
    share,
    shown,
    total,
    value_axis,
)
from data.domain.columns import LOSSES
from data.domain.period import add_months
from data.i18n import figure, month, signed, t

MONTHS = range(1, len(LOSSES) + 1)


def schedule_bars(rows: pd.DataFrame) -> Figure:
    """Return what was expected to be lost in each of twelve months beside what was.

    Rows: month (the month end of the schedule), loss_1 …, lost_1 …; one or more ways out.
    """
    found = records(rows)
    if not found or not total(found, "asset"):
        return empty_figure(
            t("There was no customer with a value twelve month ends ago with these filters.")
        )
    start = found[0]["month"]
    expected = [total(found, name) for name in LOSSES]
    actual = [total(found, f"lost_{i}") for i in MONTHS]
    months = [add_months(start, i) for i in MONTHS]
    palette = colours()
    keys = [(t("expected then"), palette["forecast"]), (t("lost"), palette["life-churned"])]
    return frame(
        [
            _bars(expected, months, name=t("expected then"), colour=palette["forecast"]),
            _bars(actual, months, name=t("lost"), colour=palette["life-churned"]),
        ],
        meta=_twin(start, expected, actual),
        barmode="group",
        bargap=0.28,
        xaxis=month_axis(months),
        yaxis=value_axis(0, max(*expected, *actual, 1), "money"),
        annotations=[key_line(keys)],
        margin={"l": 6, "r": 10, "t": 30, "b": 6, "pad": 4},
    )


def _bars(values: list[float], months: list[date], *, name: str, colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "x": [month_at(m) for m in months],
        "y": [shown(value) for value in values],
        "marker": {"color": colour},
        "hovertext": [
            f"<b>{month(m)}</b><br>{name} {figure(value, 'money')}"
            for m, value in zip(months, values, strict=True)
        ],
        "hoverinfo": "text",
        "customdata": [mark(band=i) for i in MONTHS],
    }


def _twin(start: date, expected: list[float], actual: list[float]) -> dict[str, Any]:
    whole, lost = sum(expected), sum(actual)
    summary = t(
        "At the end of {month} {expected} were expected to be lost within twelve months; {lost}"
        " were: {difference}.",
        month=month(start),
        expected=figure(whole, "money", short=True),
        lost=figure(lost, "money", short=True),
        difference=signed(share(lost - whole, whole), "rate"),
    )
    body = [
        [month(add_months(start, i)), figure(e, "money"), figure(a, "money")]
        for i, e, a in zip(MONTHS, expected, actual, strict=True)
    ]
    body.append([t("Together"), figure(whole, "money"), figure(lost, "money")])
    columns = [t("Month"), t("Expected then"), t("Lost")]
    return twin(summary, columns, body, go=[*(mark(band=i) for i in MONTHS), None])


# --- save the top k --------------------------------------------------------------------------


def keep_line(rows: pd.DataFrame, kept: int) -> Figure:
    """Return the share of the expected loss that the k largest make up, with k marked.

    Rows: rank, expected_loss, saved, whole.
    """
    found = records(rows)
    if not found or not found[0]["whole"]:
        return empty_figure(t("No value is expected to be lost with these filters."))
    palette = colours()
    chosen = found[min(kept, len(found)) - 1]
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [row["rank"] for row in _thinned(found)],
        "y": [shown(share(row["saved"], row["whole"])) for row in _thinned(found)],
        "line": {"width": 2, "color": palette["mark"]},
        "fill": "tozeroy",
        "fillcolor": palette["accent-soft"],
        "hovertext": [_hover(row) for row in _thinned(found)],
        "hoverinfo": "text",
    }
    dot = {
        "type": "scatter",
        "mode": "markers",
        "x": [chosen["rank"]],
        "y": [shown(share(chosen["saved"], chosen["whole"]))],
        "marker": {"size": 10, "color": palette["accent"]},
        "hovertext": [_hover(chosen)],
        "hoverinfo": "text",
    }
    high = max(share(row["saved"], row["whole"]) or 0 for row in found)
    label = note(
        f"<b>{figure(share(chosen['saved'], chosen['whole']), 'rate')}</b>",
        x=chosen["rank"],
        y=shown(share(chosen["saved"], chosen["whole"])),
        xref="x",
        yref="y",
        xanchor="left" if chosen["rank"] < found[-1]["rank"] * 0.8 else "right",
        yanchor="bottom",
        font={"size": 13, "color": palette["ink"]},
    )
    return frame(
        [line, dot],
        meta=_keep_twin(found, chosen),
        xaxis=axis(title=t("Customers kept, largest expected loss first"), range=[0, _last(found)]),
        yaxis=value_axis(0, high, "rate"),
        annotations=[label],
    )


def _last(rows: list[Row]) -> float:
    return rows[-1]["rank"] * 1.04 + 1


def _thinned(rows: list[Row]) -> list[Row]:
    """Return every rank at the front, where the curve is steep, and each tenth behind."""
    return [row for row in rows if row["rank"] <= 50 or row["rank"] % 10 == 0 or row is rows[-1]]


def _hover(row: Row) -> str:
    return "<br>".join(
        [
            f"<b>{t('{count} customers', count=figure(row['rank'], 'count'))}</b>",
            figure(row["saved"], "money"),
            t(
                "{share} of the expected loss",
                share=figure(share(row["saved"], row["whole"]), "rate"),
            ),
        ]
    )


def _keep_twin(rows: list[Row], chosen: Row) -> dict[str, Any]:
    summary = t(
        "The {count} largest make up {saved} of {whole} expected to be lost, {share}.",
        count=figure(chosen["rank"], "count"),
        saved=figure(chosen["saved"], "money", short=True),
        whole=figure(chosen["whole"], "money", short=True),
        share=figure(share(chosen["saved"], chosen["whole"]), "rate"),
    )
    ranks = {1, 5, 10, 25, 50, 100, 250, 500, 1_000, chosen["rank"], rows[-1]["rank"]}
    body = [
        [
            figure(row["rank"], "count"),
            figure(row["saved"], "money"),
            figure(share(row["saved"], row["whole"]), "rate"),
        ]
        for row in rows
        if row["rank"] in ranks
    ]
    return twin(summary, [t("Customers kept"), t("Saved"), t("Share of the expected loss")], body)

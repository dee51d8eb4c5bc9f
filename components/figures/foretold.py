"""What was foretold of the open deals at earlier moments, beside what they brought."""

from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.months import levels
from components.figures.theme import Figure, colours, frame, key_line, twin
from components.figures.values import Row, largest, month_at, month_axis, records, shown, value_axis
from data.i18n import day, figure, signed, t

AMOUNTS = ("open_amount", "forecast", "won_amount")


def foretold(rows: pd.DataFrame) -> Figure:
    """Return bars of what was won and a line over each for the forecast.

    Rows: month (a day as of which it was foretold), open amount, forecast, won amount, off; those
    not over yet, with a blank `off`, are left out.
    """
    found = [row for row in records(rows) if row["off"] is not None]
    if not found:
        return empty_figure(t("There is no year of month ends yet to test the reckoning on."))
    palette = colours()
    bars = {
        "type": "bar",
        "x": [month_at(row["month"]) for row in found],
        "y": [shown(row["won_amount"]) for row in found],
        "marker": {"color": palette["mark"]},
        "hovertext": [_hover(row) for row in found],
        "hoverinfo": "text",
    }
    legend = [(t("Won in 3 months"), palette["mark"]), (t("Forecast"), palette["ink"])]
    return frame(
        [bars, levels(found, "forecast")],
        meta=_twin(found),
        xaxis=month_axis([row["month"] for row in found]),
        yaxis=value_axis(0, largest(found, "won_amount", "forecast"), "money"),
        annotations=[key_line(legend)],
        margin={"l": 6, "r": 10, "t": 34, "b": 6, "pad": 4},
    )


def _head() -> list[str]:
    return [t("As of the start of"), t("Open amount"), t("Forecast"), t("Won in 3 months")]


def _cells(row: Row) -> list[str]:
    return [day(row["month"]), *(figure(row[key], "money") for key in AMOUNTS)]


def _hover(row: Row) -> str:
    lines = [f"{name} {cell}" for name, cell in zip(_head(), _cells(row), strict=True)]
    return "<br>".join([*lines, f"{t('Off by')} {signed(row['off'], 'money')}"])


def _twin(rows: list[Row]) -> dict[str, Any]:
    last = rows[-1]
    summary = t(
        "Foretold as of {day}: {forecast}; won in 3 months: {won}.",
        day=day(last["month"]),
        forecast=figure(last["forecast"], "money", short=True),
        won=figure(last["won_amount"], "money", short=True),
    )
    body = [[*_cells(row), signed(row["off"], "money")] for row in reversed(rows)]
    return twin(summary, [*_head(), t("Off by")], body)

"""Rows as plain values: nothing of numpy or pandas reaches a figure."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from html import escape
from math import floor, isfinite, log10
from re import sub
from typing import Any

import pandas as pd

from components.figures.theme import axis, colours
from data.i18n import figure, is_blank

Row = dict[str, Any]

#: Digits that a chart shows: half the bytes of full precision.
DIGITS = 4
#: Room before the first and behind the last month.
HALF_MONTH = timedelta(days=17)


def records(rows: pd.DataFrame) -> list[Row]:
    """Return the rows as dicts of plain values: blanks are None, timestamps dates."""
    names = [str(name) for name in rows.columns]
    # Column by column: pandas' own records look up the type of every value.
    columns = ([plain(v) for v in rows[name].tolist()] for name in rows.columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def plain(value: Any) -> Any:
    """Return the value without numpy or pandas around it; a blank is None."""
    if is_blank(value):
        return None
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float) and not isfinite(value):
        return None
    return value.date() if isinstance(value, datetime) else value


def shown(value: float | None) -> float | None:
    """Return the value rounded to the digits that a chart shows."""
    if value is None or not value:
        return value
    return round(value, DIGITS - 1 - floor(log10(abs(value))))


def safe(text: str) -> str:
    """Return a name from the data so that a chart shows it and never reads it as markup."""
    return escape(text, quote=False)


def total(rows: list[Row], key: str) -> float:
    """Return the sum of a column, blanks left out."""
    return float(sum(row[key] for row in rows if row.get(key) is not None))


def share(part: float | None, whole: float) -> float | None:
    """Return part of the whole as 0–1; blank where either is missing."""
    return None if part is None or not whole else part / whole


def largest(rows: list[Row], *keys: str) -> float:
    """Return the largest value of the columns, 0 where there is none."""
    return max((row[k] for row in rows for k in keys if row.get(k) is not None), default=0)


def nice_ticks(low: float, high: float, *, count: int = 4) -> list[float]:
    """Return round values from at or below `low` to at or above `high`, zero among them."""
    low, high = min(low, 0.0), max(high, 0.0)
    span = (high - low) or 1.0
    power = 10.0 ** floor(log10(span / count))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if span / (s * power) <= count)
    first, last = floor(low / step), -floor(-high / step)
    return [round(i * step, 10) for i in range(int(first), int(last) + 1)]


def tick_text(value: float, unit: str) -> str:
    """Return a tick's text: `figure` in short, without the zeros behind the point."""
    text = figure(value, unit, short=True)
    return sub(r"\.(\d*?)0+(?!\d)", lambda m: f".{m[1]}" if m[1] else "", text)


def value_axis(low: float, high: float, unit: str, **changes: Any) -> dict[str, Any]:
    """Return an axis from zero with ticks written in the unit."""
    ticks = nice_ticks(low, high)
    room = (high - min(low, 0)) * 0.08
    return axis(
        **{
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": [tick_text(tick, unit) for tick in ticks],
            "tickfont": {"size": 11, "color": colours()["ink-3"]},
            "range": [
                low - room if low < 0 else 0,
                max(high + room, ticks[-1] if not high else 0),
            ],
            "showgrid": True,
            "zeroline": True,
            **changes,
        }
    )


def month_axis(months: list[date], **changes: Any) -> dict[str, Any]:
    """Return an axis of months that drops labels where the panel is narrow."""
    span = [(months[0] - HALF_MONTH).isoformat(), (months[-1] + HALF_MONTH).isoformat()]
    few = {"dtick": "M1"} if len(months) < 4 else {}
    place = {"type": "date", "tickformat": "%b\n%Y", "tickangle": 0, "range": span}
    return axis(**{**place, **few, **changes})


def month_at(month: date) -> str:
    """Return a month's place on the axis of months."""
    return month.isoformat()

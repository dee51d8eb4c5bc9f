"""The months ahead: revenue, targets and a forecast put together, and how far it was off before."""

from dataclasses import dataclass
from typing import Any

from components.figures.values import Row, records
from data.domain.filters import Filters
from data.domain.forecast import AHEAD, LEAST, Forecast, forecast
from data.domain.period import Period, add_months, month_start
from data.i18n import figure, percent, signed, t
from queries.outlook import has_targets, revenue_outlook
from queries.run import run

#: Months of the past that the chart shows.
SHOWN = 13


@dataclass(frozen=True)
class Outlook:
    """The months of the chart, and the forecast where the history is long enough."""

    rows: list[Row]
    forecast: Forecast | None


def look_ahead(filters: Filters) -> Outlook:
    """Return the last thirteen months and the six ahead, with target and forecast."""
    calendar = filters.calendar
    found = {row["month"]: row for row in records(run(revenue_outlook, filters))}
    first, last = month_start(calendar.first_on), calendar.last_closed
    closed = [m.since for m in Period(first, last).months()] if first < last else []
    values = [(found.get(month) or {}).get("value") for month in closed]
    made = forecast(_from_the_first(values))
    start = add_months(last, 1 - SHOWN)
    rows = [
        _row(found.get(month.since) or {}, month.since, made, last)
        for month in Period(start, add_months(last, AHEAD)).months()
    ]
    known = [row for row in rows if row["value"] is not None or row["month"] >= last]
    return Outlook(known, made)


def _from_the_first(values: list[float | None]) -> list[float]:
    """Return the values from the first known one on; a month without any in between is 0."""
    begins = next((i for i, value in enumerate(values) if value), len(values))
    return [value or 0.0 for value in values[begins:]]


def _row(known: Row, month: Any, made: Forecast | None, last: Any) -> Row:
    step = (month.year - last.year) * 12 + month.month - last.month
    expected = made.months[step] if made and step >= 0 else None
    return {
        "month": month,
        "value": known.get("value"),
        "target": known.get("target"),
        "is_partial": step >= 0,
        "expected": expected and expected.value,
        "low": expected and expected.low,
        "high": expected and expected.high,
    }


def outlook_words(found: Outlook, filters: Filters) -> str:
    """Say how the forecast is made, how far it was off, and what of the targets is reached."""
    parts = [_method(found.forecast), _reached(found.rows)]
    if not has_targets(filters):
        parts.append(t("Targets are set for representatives; these filters cut across them."))
    return " ".join(part for part in parts if part)


def _method(made: Forecast | None) -> str:
    if made is None:
        return t("A forecast needs {count} whole months.", count=LEAST)
    words = t(
        "Forecast: the same month a year before, times the growth of the last twelve months over"
        " the twelve before."
    )
    tested = made.tested
    if tested.error is None or tested.bias is None or tested.plain is None:
        return words + " " + t("The history is too short to test it, so no band is drawn.")
    told = t(
        "Tested on {count} months already over it was off by {error} on average (bias {bias}); the"
        " plain month a year before by {plain}.",
        count=tested.count,
        error=percent(tested.error, 1),
        bias=signed(tested.bias, "rate"),
        plain=percent(tested.plain, 1),
    )
    worse = t("The plain month a year before was nearer: believe it more.")
    return " ".join((words, told, *([worse] if tested.is_beaten else [])))


def _reached(rows: list[Row]) -> str:
    """Return what of the targets of this calendar year's whole months is reached."""
    over = [row for row in rows if not row["is_partial"] and row["value"] is not None]
    year = over[-1]["month"].year if over else 0
    own = [row for row in over if row["month"].year == year and row["target"]]
    target = sum(row["target"] for row in own)
    if not target:
        return ""
    revenue = sum(row["value"] for row in own)
    return t(
        "Of the targets of {year}'s whole months, {target}, {share} is reached.",
        year=year,
        target=figure(target, "money", short=True),
        share=percent(revenue / target, 1),
    )

"""Evidence of the checks for false prosperity: months against the mean of their base."""

from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.prosperity import Points, go_judged, judged_band, judged_line
from components.figures.theme import Figure, colours, frame, key_line, note, twin
from components.figures.values import (
    Row,
    month_at,
    month_axis,
    records,
    share,
    shown,
    value_axis,
)
from data.domain.metric import Metric
from data.domain.period import add_months
from data.domain.prosperity import BASE_MONTHS, FAILED, Check, nps
from data.i18n import figure, month, t


def churn_against_base(rows: pd.DataFrame, judged: date, check: Check, metric: Metric) -> Figure:
    """Return the churn rate by month end; rows: month, alive, lost, in order."""
    pairs = pairwise(records(rows))
    points = [(now["month"], share(now["lost"], was["alive"] or 0)) for was, now in pairs]
    return _against_base(points, judged, check, metric)


def nps_against_base(rows: pd.DataFrame, judged: date, check: Check, metric: Metric) -> Figure:
    """Return NPS by month; rows: month, promoters, detractors, nps_answers."""
    found = records(rows)
    points = [(row["month"], nps([row])[0] * 100 if row["nps_answers"] else None) for row in found]
    if not any(value is not None for _, value in points):
        return empty_figure(t("There are no survey answers in these months with these filters."))
    hundred = {k: v * 100 for k, v in check.facts.items() if k in ("now", "base", "margin")}
    return _against_base(points, judged, Check(check.result, hundred), metric)


def _against_base(points: Points, judged: date, check: Check, metric: Metric) -> Figure:
    """Return a line of months, the base's mean, and within which of it chance explains a month."""
    known = [value for _, value in points if value is not None]
    if not known:
        return empty_figure()
    ends = _chance(check)
    return frame(
        [_line(points, metric), _judged(points, judged, check)],
        meta=_twin(points, check, metric),
        xaxis=month_axis([at for at, _ in points]),
        yaxis=value_axis(1.15 * min(0.0, *known, *ends), max(0.0, *known, *ends), metric.unit),
        shapes=[judged_band(judged), *_expected(judged, check)],
        annotations=_labels(points, judged, check, metric),
        margin={"l": 6, "r": 10, "t": 30, "b": 6, "pad": 4},
    )


def _chance(check: Check) -> tuple[float, float]:
    """Return the ends within which 95 % of chance lie; zeros where the check says nothing."""
    if not check.facts:
        return (0.0, 0.0)
    base, margin = check.facts["base"], check.facts["margin"]
    return (base - margin, base + margin)


def _line(points: Points, metric: Metric) -> Row:
    name = t(metric.label)
    hover = [f"<b>{month(at)}</b><br>{name} {figure(value, metric.unit)}" for at, value in points]
    return judged_line(points, colour=colours()["forecast"], hover=hover)


def _judged(points: Points, judged: date, check: Check) -> dict[str, Any]:
    """Return the judged month's own mark, in the colour of what the check says."""
    value = dict(points).get(judged)
    colour = colours()["bad" if check.result == FAILED else "mark"]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [month_at(judged)],
        "y": [shown(value)],
        "marker": {"size": 12, "color": colour},
        "hoverinfo": "skip",
    }


def _expected(judged: date, check: Check) -> list[dict[str, Any]]:
    """Return the mean of the base as a line over it, and what chance explains as an area."""
    if not check.facts:
        return []
    low, high = _chance(check)
    base = check.facts["base"]
    place = {
        "type": "rect",
        "xref": "x",
        "yref": "y",
        "x0": month_at(add_months(judged, -BASE_MONTHS)),
        "x1": month_at(judged),
    }
    palette = colours()
    area = {
        **place,
        "y0": shown(low),
        "y1": shown(high),
        "fillcolor": palette["grey-mark"],
        "opacity": 0.35,
        "line": {"width": 0},
        "layer": "below",
    }
    mean = {
        **place,
        "type": "line",
        "y0": shown(base),
        "y1": shown(base),
        "line": {"width": 1.5, "color": palette["ink"], "dash": "dash"},
    }
    return [area, mean]


def _labels(points: Points, judged: date, check: Check, metric: Metric) -> list[dict[str, Any]]:
    value = dict(points).get(judged)
    said = key_line(
        [
            (t("the base, with 95 % of chance"), colours()["grey-mark"]),
            (month(judged), colours()["bad" if check.result == FAILED else "mark"]),
        ]
    )
    if value is None:
        return [said]
    text = f"<b>{figure(value, metric.unit)}</b>"
    ink = {"size": 12, "color": colours()["ink"]}
    place = {"x": month_at(judged), "y": shown(value), "xref": "x", "yref": "y"}
    is_below = bool(check.facts) and value < check.facts["base"]
    side = {"yanchor": "top", "yshift": -9} if is_below else {"yanchor": "bottom", "yshift": 9}
    return [said, note(text, **place, **side, xanchor="center", font=ink)]


def _twin(points: Points, check: Check, metric: Metric) -> dict[str, Any]:
    at, value = points[-1]
    summary = t(
        "{metric} by month: {value} in {month}.",
        metric=t(metric.label),
        value=figure(value, metric.unit),
        month=month(at),
    )
    if check.facts:
        summary += " " + t(
            "In the base {base}; 95 % of chance is within {margin}.",
            base=figure(check.facts["base"], metric.unit),
            margin=figure(check.facts["margin"], metric.unit),
        )
    body = [[month(m), figure(v, metric.unit)] for m, v in points]
    return twin(summary, [t("Month"), t(metric.label)], body, go=[go_judged(m) for m, _ in points])

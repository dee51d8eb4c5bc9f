"""How long customers stay: the share not yet churned, month by month, with its 95 % band."""

from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.theme import Figure, axis, colour_of, colours, frame, note, twin
from components.figures.values import Row, records, value_axis
from data.domain.dimension import TIERS
from data.i18n import figure, label_of, t

#: Opacity of a band, as the last two digits of a colour.
SHEER = "22"
#: Cohorts that are told apart: the newest ones that have been watched for long enough.
COHORTS, LEAST_MONTHS = 4, 6
#: Smallest distance of two labels at the end of their curves.
APART = 0.07
TINTS = ("accent", "warn", "life-mature", "life-reactivated")
#: Months at which the table reads the curves.
READ = (1, 3, 6, 12, 24, 36)


def tier_survival(rows: pd.DataFrame) -> Figure:
    """Return a curve per tier; rows: key, month, customers, survival, low, high (0–1).

    The mark of a tier is its `state`.
    """
    curves = _curves(records(rows))
    found = {key: curves[key] for key in TIERS if key in curves}
    names = {key: label_of("tier", key) for key in found}
    tints = {key: colour_of("tier", key) for key in found}
    marks = {key: mark(state=key) for key in found}
    return _figure(found, names, tints, marks=marks)


def cohort_survival(rows: pd.DataFrame) -> Figure:
    """Return a curve per half-year of the start, the newest four; rows like `tier_survival`.

    The mark of a half-year is its `band`, like 2025-H1.
    """
    curves = _curves(records(rows))
    watched = [key for key, curve in curves.items() if curve[-1]["month"] >= LEAST_MONTHS]
    found = {key: curves[key] for key in sorted(watched)[-COHORTS:]}
    names = {key: key.replace("-H", " H") for key in found}
    tints = {key: colours()[tint] for key, tint in zip(found, TINTS, strict=False)}
    marks = {key: mark(band=key) for key in found}
    return _figure(found, names, tints, marks=marks)


def _curves(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the known points of each curve in the order of the months."""
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["key"], row["month"])):
        if row["survival"] is not None:
            found.setdefault(row["key"], []).append(row)
    return {key: curve for key, curve in found.items() if len(curve) > 1}


def _figure(
    curves: dict[str, list[Row]],
    names: dict[str, str],
    tints: dict[str, str],
    *,
    marks: dict[str, str],
) -> Figure:
    if not curves:
        return empty_figure(
            t("The history is too short, or the groups too small, to tell how long they stay.")
        )
    last = max(curve[-1]["month"] for curve in curves.values())
    data = [_band(curve, tints[key]) for key, curve in curves.items()]
    data += [_line(curve, names[key], tints[key], go=marks[key]) for key, curve in curves.items()]
    return frame(
        data,
        meta=_twin(curves, names, marks),
        xaxis=axis(
            range=[0, last],
            dtick=6 if last > 12 else 3,
            title=t("Months since the start"),
            tickfont={"size": 11, "color": colours()["ink-2"]},
        ),
        yaxis=value_axis(0, 1, "rate", range=[0, 1.04]),
        annotations=_labels(curves, names, tints),
        margin={"l": 6, "r": 140, "t": 14, "b": 6, "pad": 4},
    )


def _band(curve: list[Row], tint: str) -> dict[str, Any]:
    known = [row for row in curve if row["low"] is not None and row["high"] is not None]
    months = [row["month"] for row in known]
    low = [round(row["low"], 4) for row in known]
    high = [round(row["high"], 4) for row in known]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*months, *reversed(months)],
        "y": [*high, *reversed(low)],
        "fill": "toself",
        "fillcolor": f"{tint}{SHEER}",
        "line": {"width": 0, "color": tint},
        "hoverinfo": "skip",
    }


def _line(curve: list[Row], name: str, tint: str, *, go: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [row["month"] for row in curve],
        "y": [round(row["survival"], 4) for row in curve],
        "line": {"color": tint, "width": 2},
        "marker": {"size": 5, "color": tint},
        "hovertext": [_hover(row, name) for row in curve],
        "hoverinfo": "text",
        "customdata": [go] * len(curve),
    }


def _between(row: Row) -> str:
    return f"{figure(row['low'], 'rate')} – {figure(row['high'], 'rate')}"


def _hover(row: Row, name: str) -> str:
    stay = t("{share} not yet churned", share=figure(row["survival"], "rate"))
    return "<br>".join(
        (
            f"<b>{name}</b>",
            t("After {number} months", number=row["month"]),
            f"{stay} ({_between(row)})",
            t("{count} customers", count=figure(row["customers"], "count")),
        )
    )


def _labels(
    curves: dict[str, list[Row]], names: dict[str, str], tints: dict[str, str]
) -> list[dict[str, Any]]:
    """Return the names at the ends of the curves, moved apart where they would meet."""
    rising = sorted(curves, key=lambda key: (curves[key][-1]["survival"], key))
    notes: list[dict[str, Any]] = []
    at = -1.0
    for key in rising:
        end = curves[key][-1]
        at = max(end["survival"], at + APART)
        share = figure(end["survival"], "rate")
        text = f'<span style="color:{tints[key]}">■</span> <b>{share}</b> {names[key]}'
        place = {"x": 1, "y": at, "xref": "paper", "yref": "y", "yanchor": "middle", "xshift": 8}
        notes.append(note(text, **place, font={"size": 12, "color": colours()["ink"]}))
    return notes


def _twin(
    curves: dict[str, list[Row]], names: dict[str, str], marks: dict[str, str]
) -> dict[str, Any]:
    worst = min(curves, key=lambda key: (curves[key][-1]["survival"], key))
    end = curves[worst][-1]
    summary = t(
        "{name}: {share} of {count} customers had not churned after {number} months.",
        name=names[worst],
        share=figure(end["survival"], "rate"),
        count=figure(end["customers"], "count"),
        number=end["month"],
    )
    last = max(curve[-1]["month"] for curve in curves.values())
    months = [month for month in READ if month <= last] or [last]
    body = [
        [names[key], figure(curve[0]["customers"], "count"), *_read(curve, months)]
        for key, curve in curves.items()
    ]
    heads = [t("After {number} months", number=month) for month in months]
    return twin(
        summary, [t("Group"), t("Customers"), *heads], body, go=[marks[key] for key in curves]
    )


def _read(curve: list[Row], months: list[int]) -> list[str]:
    by_month = {row["month"]: row for row in curve}
    known = [by_month.get(month) for month in months]
    return [
        f"{figure(r['survival'], 'rate')} ({_between(r)})" if r else figure(None, "rate")
        for r in known
    ]

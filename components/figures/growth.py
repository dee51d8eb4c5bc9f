"""Customer growth by month, and how long each month's new customers stay."""

from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.marks import go, mark
from components.figures.months import hatch
from components.figures.theme import (
    Figure,
    axis,
    colour_of,
    colours,
    frame,
    heat_scale,
    key_line,
    note,
    twin,
)
from components.figures.values import (
    Row,
    month_at,
    month_axis,
    records,
    shown,
    value_axis,
)
from data.domain.metric import Metric
from data.i18n import BLANK, figure, label_of, month, t

STATES = ("new", "resumed", "lapsed")
#: Where the cohorts' size column stands, and where it begins, in cells before the first month.
SIZES = {"count": (-0.2, -0.9), "money": (-0.9, -2.2)}
#: Rows of the heat map that have room at least, so that a single cohort stays a line.
FEWEST = 8


def growth_states(rows: pd.DataFrame) -> Figure:
    """Return new and resumed above the line, lapsed below.

    Rows: month, new, resumed, retained, lapsed, is_partial.
    """
    found = sorted(records(rows), key=lambda row: row["month"])
    if not found:
        return empty_figure()
    high = max((row["new"] or 0) + (row["resumed"] or 0) for row in found)
    low = -max(row["lapsed"] or 0 for row in found)
    return frame(
        [_state_bars(found, state) for state in STATES],
        meta=_growth_twin(found),
        barmode="relative",
        xaxis=month_axis([row["month"] for row in found]),
        yaxis=value_axis(low, high, "count", **_absolute_ticks(low, high)),
        annotations=[
            key_line([(label_of("state", s), colour_of("state", s)) for s in STATES]),
            *_peaks(found),
        ],
        margin={"l": 6, "r": 10, "t": 28, "b": 6, "pad": 4},
    )


def _absolute_ticks(low: float, high: float) -> dict[str, Any]:
    ticks = value_axis(low, high, "count")["tickvals"]
    return {"ticktext": [figure(abs(tick), "count", short=True) for tick in ticks]}


def _state_bars(rows: list[Row], state: str) -> dict[str, Any]:
    sign = -1 if state == "lapsed" else 1
    return {
        "type": "bar",
        "name": label_of("state", state),
        "x": [month_at(row["month"]) for row in rows],
        "y": [None if row[state] is None else shown(sign * row[state]) for row in rows],
        "marker": hatch([bool(row.get("is_partial")) for row in rows], colour_of("state", state)),
        "hovertext": [_state_hover(row, state) for row in rows],
        "hoverinfo": "text",
        "customdata": [mark(month=f"{row['month']:%Y-%m}", state=state) for row in rows],
    }


def _state_hover(row: Row, state: str) -> str:
    lines = [
        f"<b>{month(row['month'])}</b>",
        f"{label_of('state', state)} {figure(row[state], 'count')}",
        f"{label_of('state', 'retained')} {figure(row['retained'], 'count')}",
    ]
    if row.get("is_partial"):
        lines.append(t("This month is not over."))
    return "<br>".join(lines)


def _peaks(rows: list[Row]) -> list[dict[str, Any]]:
    whole = [i for i, row in enumerate(rows) if not row.get("is_partial")]
    if not whole:
        return []
    top = max(whole, key=lambda i: (rows[i]["new"] or 0) + (rows[i]["resumed"] or 0))
    bottom = max(whole, key=lambda i: rows[i]["lapsed"] or 0)
    gained = (rows[top]["new"] or 0) + (rows[top]["resumed"] or 0)
    lost = rows[bottom]["lapsed"] or 0
    return [_peak(rows[top], gained, "bottom"), _peak(rows[bottom], -lost, "top")]


def _peak(row: Row, value: float, anchor: str) -> dict[str, Any]:
    return note(
        f"<b>{figure(abs(value), 'count', short=True)}</b>",
        x=month_at(row["month"]),
        y=shown(value),
        xref="x",
        yref="y",
        xanchor="center",
        yanchor=anchor,
        font={"size": 12, "color": colours()["ink"]},
    )


def _growth_twin(rows: list[Row]) -> dict[str, Any]:
    last = rows[-1]
    summary = t(
        "In {month} {new} customers were new, {resumed} resumed and {lapsed} lapsed.",
        month=month(last["month"]),
        new=figure(last["new"], "count"),
        resumed=figure(last["resumed"], "count"),
        lapsed=figure(last["lapsed"], "count"),
    )
    states = ("new", "resumed", "retained", "lapsed")
    body = [[_month_name(row), *(figure(row[s], "count") for s in states)] for row in rows]
    columns = [t("Month"), *(label_of("state", s) for s in states)]
    chosen: list[str | None] = [mark(month=f"{row['month']:%Y-%m}") for row in rows]
    return twin(summary, columns, body, go=chosen)


def _month_name(row: Row) -> str:
    name = month(row["month"])
    return t("{month} (not over)", month=name) if row.get("is_partial") else name


def cohort_heat(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return retention by month of the first order and months since, with the cohorts' sizes.

    Rows: cohort, age, size and value (in the metric's unit), rate (0–1), is_partial. Age 0 stands
    in the table only.
    """
    found = sorted(records(rows), key=lambda row: (row["cohort"], row["age"]))
    cells = [row for row in found if row["age"] > 0 and row["rate"] is not None]
    if not cells:
        return empty_figure()
    cohorts = sorted({row["cohort"] for row in found})
    places = {cohort: i for i, cohort in enumerate(cohorts)}
    ages = max(row["age"] for row in cells)
    palette = colours()
    size_at, start = SIZES.get(metric.unit, SIZES["count"])
    notes = [_size(row, places, metric, at=size_at) for row in found if row["age"] == 0]
    head = t("customers") if metric.unit == "count" else t("first month")
    notes.append(note(head, x=size_at, xref="x", xanchor="center", **_small()))
    if any(row.get("is_partial") for row in cells):
        notes.append(note(t("* month not over"), x=1, xanchor="right", **_small()))
    return frame(
        [_heat(cells, places, ages, metric), _size_marks(found, places, at=size_at)],
        meta=_cohort_twin(found, metric),
        xaxis=axis(
            side="top",
            tickmode="array",
            tickvals=list(range(1, ages + 1)),
            range=[start, ages + 0.5],
            tickfont={"size": 11, "color": palette["ink-3"]},
        ),
        yaxis=axis(
            tickmode="array",
            tickvals=list(range(len(cohorts))),
            ticktext=[month(cohort) for cohort in cohorts],
            range=[max(len(cohorts), FEWEST) - 0.5, -0.5],
            tickfont={"size": 11, "color": palette["ink-2"]},
        ),
        annotations=notes,
        margin={"l": 6, "r": 6, "t": 40, "b": 6, "pad": 2},
    )


def _small() -> dict[str, Any]:
    return {"yshift": 22, "font": {"size": 11, "color": colours()["ink-3"]}}


def _heat(cells: list[Row], places: dict[Any, int], ages: int, metric: Metric) -> dict[str, Any]:
    grid = {(places[row["cohort"]], row["age"]): row for row in cells}
    lines = [[grid.get((i, age)) for age in range(1, ages + 1)] for i in range(len(places))]
    top = sorted(row["rate"] for row in cells)[int(len(cells) * 0.98)] or 1
    return {
        "type": "heatmap",
        "x": list(range(1, ages + 1)),
        "y": list(range(len(places))),
        "z": [
            [None if cell is None else round(cell["rate"], 3) for cell in line] for line in lines
        ],
        "text": [["" if cell is None else _cell_text(cell) for cell in line] for line in lines],
        "texttemplate": "%{text}",
        "textfont": {"size": 11, "color": colours()["ink"]},
        "hovertext": [["" if c is None else _cell_hover(c, metric) for c in row] for row in lines],
        "hoverinfo": "text",
        "hoverongaps": False,
        "customdata": [[None if c is None else _cell_mark(c) for c in line] for line in lines],
        "zmin": 0,
        "zmax": top,
        "colorscale": heat_scale(),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }


def _cell_mark(row: Row) -> str:
    return mark(cohort=f"{row['cohort']:%Y-%m}", age=row["age"])


def _cell_text(row: Row) -> str:
    return f"{row['rate'] * 100:.0f}{'*' if row.get('is_partial') else ''}"


def _cell_hover(row: Row, metric: Metric) -> str:
    lines = [
        "<b>" + t("First order in {month}", month=month(row["cohort"])) + "</b>",
        t(
            "After {age} months: {value} of {size} = {rate}",
            age=row["age"],
            value=figure(row["value"], metric.unit),
            size=figure(row["size"], metric.unit),
            rate=figure(row["rate"], "rate"),
        ),
    ]
    if row.get("is_partial"):
        lines.append(t("This month is not over."))
    return "<br>".join(lines)


def _size(row: Row, places: dict[Any, int], metric: Metric, *, at: float) -> dict[str, Any]:
    return note(
        figure(row["size"], metric.unit, short=True),
        x=at,
        y=places[row["cohort"]],
        xref="x",
        yref="y",
        xanchor="center",
        yanchor="middle",
        font={"size": 11, "color": colours()["ink"]},
    )


def _size_marks(rows: list[Row], places: dict[Any, int], *, at: float) -> dict[str, Any]:
    first = [row for row in rows if row["age"] == 0]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at] * len(first),
        "y": [places[row["cohort"]] for row in first],
        "marker": {
            "symbol": "square",
            "size": 26,
            "color": colours()["surface"],
            "opacity": 0.01,
        },
        "hovertext": [t("Filter by this first month") for _ in first],
        "hoverinfo": "text",
        "customdata": [go("cohort", f"{row['cohort']:%Y-%m}") for row in first],
    }


def _cohort_twin(rows: list[Row], metric: Metric) -> dict[str, Any]:
    columns = [
        t("First order"),
        t("Months after"),
        t("First month"),
        t(metric.label),
        t("Share"),
    ]
    first = [row for row in rows if row["age"] == 1 and not row.get("is_partial")]
    summary = t(
        "{metric} by month of the first order; one month after it: {rate} for {month}.",
        metric=t(metric.label),
        rate=figure(first[-1]["rate"], "rate") if first else BLANK,
        month=month(first[-1]["cohort"]) if first else BLANK,
    )
    body = [
        [
            month(row["cohort"]),
            figure(row["age"], "count"),
            figure(row["size"], metric.unit),
            figure(row["value"], metric.unit),
            figure(row["rate"], "rate"),
        ]
        for row in rows
    ]
    return twin(summary, columns, body, go=[_cell_mark(row) for row in rows])

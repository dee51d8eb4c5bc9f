"""Tiers: how many customers and how much value each holds, month by month, and the RFM grid."""

from typing import Any

import pandas as pd

from components.figures.bars import ADDS_UP, names_axis
from components.figures.empty import empty_figure
from components.figures.marks import go, mark
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import (
    Figure,
    axis,
    colour_of,
    colours,
    frame,
    heat_scale,
    note,
    twin,
)
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
from data.domain.dimension import TIERS
from data.domain.metric import Metric
from data.i18n import change, figure, label_of, month, t

#: Two columns of bars beside each other.
LEFT, RIGHT = (0.0, 0.47), (0.53, 1.0)
SCORES = range(1, 6)

COUNTED = Metric("tier_customers", "Customers", "", "", "count", "distinct")


def tier_bars(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return customers and another number side by side.

    Rows: tier, customers, value, before_customers.
    """
    found = _by_tier(records(rows))
    if not found:
        return empty_figure()
    parts = [(COUNTED, "customers")]
    parts += [(metric, "value")] if metric.unit != "count" else []
    columns = [
        Column(
            [_tier_strip(row, found, metric=part, key=key) for row in found],
            number=i + 1,
            domain=((LEFT, RIGHT)[i] if len(parts) > 1 else (0.0, 1.0)),
            room=1.75 if len(parts) > 1 else 1.62,
            axis={"anchor": "y"},
        )
        for i, (part, key) in enumerate(parts)
    ]
    heads = [
        note(t(part.label), yshift=2, font=_faint(), **place)
        for (part, _), place in zip(parts, ({"x": 0}, {"x": 1, "xanchor": "right"}), strict=False)
    ]
    axes: dict[str, Any] = {}
    for column in columns:
        axes |= strip_axes(column)
    return frame(
        [trace for column in columns for trace in strip_traces(column)],
        meta=_tier_twin(found, metric),
        yaxis=names_axis([label_of("tier", row["tier"]) for row in found]),
        annotations=heads,
        margin={"l": 6, "r": 6, "t": 24, "b": 6, "pad": 4},
        **axes,
    )


def _faint() -> dict[str, Any]:
    return {"size": 11, "color": colours()["ink-3"]}


def _by_tier(rows: list[Row]) -> list[Row]:
    known = [row for row in rows if row["tier"] in TIERS]
    return sorted(known, key=lambda row: TIERS.index(row["tier"]))


def _tier_strip(row: Row, rows: list[Row], *, metric: Metric, key: str) -> Strip:
    whole = total(rows, key)
    before = row.get("before_customers") if key == "customers" else None
    moved = change(row["customers"], before, COUNTED)
    part = figure(share(row[key], whole), "rate") if metric.kind in ADDS_UP else ""
    name = label_of("tier", row["tier"])
    text = part or figure(row[key], metric.unit, short=True)
    lines = [f"<b>{name}</b>", f"{t(metric.label)} {figure(row[key], metric.unit)}"]
    lines += [t("{share} of the total", share=part)] if part else []
    lines += [f"{moved.arrow} {moved.text}"] if moved.text else []
    return Strip(
        value=row[key],
        before=before,
        text=f"<b>{text}</b>",
        colour=colour_of("tier", row["tier"]),
        hover="<br>".join(lines),
        go=go("tier", row["tier"]),
    )


def _tier_twin(rows: list[Row], metric: Metric) -> dict[str, Any]:
    top = rows[0]
    summary = t(
        "{tier}: {customers} customers, {share} of all; {metric} {value}.",
        tier=label_of("tier", top["tier"]),
        customers=figure(top["customers"], "count"),
        share=figure(share(top["customers"], total(rows, "customers")), "rate"),
        metric=t(metric.label),
        value=figure(top["value"], metric.unit, short=True),
    )
    body = [
        [
            label_of("tier", row["tier"]),
            figure(row["customers"], "count"),
            figure(share(row["customers"], total(rows, "customers")), "rate"),
            figure(row.get("before_customers"), "count"),
            figure(row["value"], metric.unit),
        ]
        for row in rows
    ]
    columns = [
        t("Tier"),
        t("Customers"),
        t("Share"),
        t("Customers before"),
        t(metric.label),
    ]
    return twin(summary, columns, body, go=[go("tier", row["tier"]) for row in rows])


def tier_months(rows: pd.DataFrame) -> Figure:
    """Return customers by tier at each month end, stacked; rows: month, tier, customers."""
    found = records(rows)
    months = sorted({row["month"] for row in found})
    if not months:
        return empty_figure()
    counts = {(row["month"], row["tier"]): row["customers"] for row in found}
    high = max(sum(counts.get((m, tier)) or 0 for tier in TIERS) for m in months)
    stacked = [_tier_area(months, tier, counts) for tier in reversed(TIERS)]
    return frame(
        stacked,
        meta=_tier_months_twin(months, counts),
        barmode="stack",
        bargap=0.12,
        xaxis=month_axis(months),
        yaxis=value_axis(0, high, "count"),
        annotations=_tier_labels(months, counts),
        margin={"l": 6, "r": 86, "t": 10, "b": 6, "pad": 4},
    )


def _tier_area(months: list[Any], tier: str, counts: dict[Any, Any]) -> dict[str, Any]:
    values = [counts.get((m, tier)) for m in months]
    name = label_of("tier", tier)
    return {
        "type": "bar",
        "name": name,
        "x": [month_at(m) for m in months],
        "y": [shown(value) for value in values],
        "marker": {"color": colour_of("tier", tier)},
        "hovertext": [
            f"<b>{month(m)}</b><br>{name} {figure(value, 'count')}<br>"
            + t(
                "{share} of the total",
                share=figure(_tier_share(counts, m, tier), "rate"),
            )
            for m, value in zip(months, values, strict=True)
        ],
        "hoverinfo": "text",
        "customdata": [go("tier", tier)] * len(months),
    }


def _tier_share(counts: dict[Any, Any], when: Any, tier: str) -> float | None:
    return share(counts.get((when, tier)), sum(counts.get((when, other)) or 0 for other in TIERS))


def _tier_labels(months: list[Any], counts: dict[Any, Any]) -> list[dict[str, Any]]:
    labels, height = [], 0.0
    last = months[-1]
    whole = sum(counts.get((last, tier)) or 0 for tier in TIERS)
    for tier in reversed(TIERS):
        size = counts.get((last, tier)) or 0
        if whole and size / whole > 0.03:
            place = {
                "x": 1,
                "y": height + size / 2,
                "yref": "y",
                "yanchor": "middle",
                "xshift": 6,
            }
            labels.append(note(label_of("tier", tier), **place))
        height += size
    return labels


def _tier_months_twin(months: list[Any], counts: dict[Any, Any]) -> dict[str, Any]:
    summary = t(
        "{share} of the customers were of high value at the end of {month}.",
        share=figure(_tier_share(counts, months[-1], "high"), "rate"),
        month=month(months[-1]),
    )
    body = [[month(m), *(figure(counts.get((m, tier)), "count") for tier in TIERS)] for m in months]
    return twin(summary, [t("Month"), *(label_of("tier", tier) for tier in TIERS)], body)


def rfm_grid(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return recency × frequency scores as a heat map.

    Rows: recency 1–5, frequency 1–5, customers, value.
    """
    found = records(rows)
    if not found:
        return empty_figure()
    grid = {(row["recency"], row["frequency"]): row for row in found}
    lines = [[grid.get((r, f)) for f in SCORES] for r in SCORES]
    heat = {
        "type": "heatmap",
        "x": list(SCORES),
        "y": list(SCORES),
        "z": [[None if cell is None else shown(cell["value"]) for cell in line] for line in lines],
        "text": [
            ["" if cell is None else _rfm_text(cell, metric) for cell in line] for line in lines
        ],
        "texttemplate": "%{text}",
        "textfont": {"size": 11, "color": colours()["ink"]},
        "hovertext": [["" if c is None else _rfm_hover(c, metric) for c in line] for line in lines],
        "hoverinfo": "text",
        "hoverongaps": False,
        "customdata": [[None if c is None else _rfm_mark(c) for c in line] for line in lines],
        "colorscale": heat_scale(),
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
    }
    return frame(
        [heat],
        meta=_rfm_twin(found, metric),
        xaxis=axis(title=t("Orders often →"), tickvals=list(SCORES), range=[0.5, 5.5]),
        yaxis=axis(title=t("Ordered lately →"), tickvals=list(SCORES), range=[0.5, 5.5]),
    )


def _rfm_mark(row: Row) -> str:
    return mark(recency=row["recency"], frequency=row["frequency"])


def _rfm_text(row: Row, metric: Metric) -> str:
    value = figure(row["value"], metric.unit, short=True)
    return f"<b>{figure(row['customers'], 'count')}</b><br>{value}"


def _rfm_hover(row: Row, metric: Metric) -> str:
    place = t("Recency {r}, frequency {f}", r=row["recency"], f=row["frequency"])
    count = t("{count} customers", count=figure(row["customers"], "count"))
    lines = [f"<b>{place}</b>", count, f"{t(metric.label)} {figure(row['value'], metric.unit)}"]
    if row.get("mean") is not None:
        lines.append(t("{value} per customer", value=figure(row["mean"], metric.unit)))
    return "<br>".join(lines)


def _rfm_twin(rows: list[Row], metric: Metric) -> dict[str, Any]:
    best = next((r for r in rows if (r["recency"], r["frequency"]) == (5, 5)), rows[-1])
    summary = t(
        "{count} customers order often and lately: {metric} {value}.",
        count=figure(best["customers"], "count"),
        metric=t(metric.label),
        value=figure(best["value"], metric.unit, short=True),
    )
    ordered = sorted(rows, key=lambda r: (-r["recency"], -r["frequency"]))
    body = [
        [
            str(row["recency"]),
            str(row["frequency"]),
            figure(row["customers"], "count"),
            figure(row["value"], metric.unit),
        ]
        for row in ordered
    ]
    columns = [t("Recency"), t("Frequency"), t("Customers"), t(metric.label)]
    return twin(summary, columns, body, go=[_rfm_mark(row) for row in ordered])

"""How each region, industry or team divides into tiers."""

from typing import Any

import pandas as pd

from components.figures.bars import MOST, names_axis
from components.figures.empty import empty_figure
from components.figures.marks import go
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import (
    Figure,
    colour_of,
    colours,
    frame,
    hidden_axis,
    key_line,
    twin,
)
from components.figures.values import Row, records, safe, share, shown, total
from data.domain.dimension import DIMENSIONS, TIERS
from data.domain.metric import Metric
from data.i18n import figure, label_of, language, percent, t, tn

#: Where the bars end, so that their labels have room beside them.
ROOM = {"en": 1.95, "zh": 1.85}
BAR = 0.56


# --- tiers by dimension ----------------------------------------------------------------------


def tier_split(rows: pd.DataFrame, metric: Metric, *, dimension: str) -> Figure:
    """Return one bar per value, divided into tiers; rows: key, tier, customers, value.

    Customers (with a `name`) are bars of the metric instead, in the colour of their tier.
    """
    found = records(rows)
    if not found:
        return empty_figure()
    if dimension == "customer":
        return _customers(found, metric)
    grouped = _folded(_grouped(found))
    return frame(
        [*(_stack(grouped, tier, dimension) for tier in TIERS), _labels(grouped)],
        meta=_split_twin(grouped, dimension),
        barmode="stack",
        xaxis=hidden_axis(range=[0, ROOM[language()]]),
        yaxis=names_axis([_name(row, dimension) for row in grouped]),
        annotations=[_key()],
        margin={"l": 6, "r": 6, "t": 30, "b": 6, "pad": 4},
    )


def _key() -> dict[str, Any]:
    line = key_line([(label_of("tier", x), colour_of("tier", x)) for x in TIERS])
    return {**line, "x": 1, "xanchor": "right"}


def _grouped(rows: list[Row]) -> list[Row]:
    by_key: dict[str, Row] = {}
    for row in rows:
        entry = by_key.setdefault(row["key"] or "", {"key": row["key"] or "", "all": 0})
        entry[row["tier"]] = row["customers"]
        entry["name"] = row.get("name")
        entry["all"] += row["customers"] or 0
    return sorted(by_key.values(), key=lambda row: (-row["all"], row["key"]))


def _folded(rows: list[Row]) -> list[Row]:
    if len(rows) <= MOST:
        return rows
    tail = rows[MOST - 1 :]
    names = ("all", *TIERS)
    rest = {"key": None, "count": len(tail), **{n: int(total(tail, n)) for n in names}}
    return [*rows[: MOST - 1], rest]


def _name(row: Row, dimension: str) -> str:
    if row["key"] is None:
        return tn("{count} other", "{count} others", row["count"])
    return str(row.get("name") or label_of(dimension, row["key"]))


def _stack(rows: list[Row], tier: str, dimension: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": label_of("tier", tier),
        "x": [shown(share(row.get(tier) or 0, row["all"])) for row in rows],
        "y": list(range(len(rows))),
        "width": BAR,
        "marker": {"color": colour_of("tier", tier)},
        "hovertext": [_hover(row, tier, dimension) for row in rows],
        "hoverinfo": "text",
        "customdata": [None if row["key"] is None else go(dimension, row["key"]) for row in rows],
    }


def _hover(row: Row, tier: str, dimension: str) -> str:
    part = figure(share(row.get(tier) or 0, row["all"]), "rate")
    lines = (
        f"<b>{safe(_name(row, dimension))}</b>",
        f"{label_of('tier', tier)} {figure(row.get(tier) or 0, 'count')}",
        t("{share} of its customers", share=part),
    )
    return "<br>".join(lines)


def _labels(rows: list[Row]) -> dict[str, Any]:
    faint = colours()["ink-3"]
    texts = [
        f"  <b>{percent(share(row.get('high') or 0, row['all']) or 0)}</b>"
        f' <span style="color:{faint}">'
        + t("of {count}", count=figure(row["all"], "count"))
        + "</span>"
        for row in rows
    ]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [1] * len(rows),
        "y": list(range(len(rows))),
        "text": texts,
        "textposition": "middle right",
        "textfont": {"size": 12, "color": colours()["ink"]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _split_twin(rows: list[Row], dimension: str) -> dict[str, Any]:
    best = max(rows, key=lambda row: share(row.get("high") or 0, row["all"]) or 0)
    summary = t(
        "{name} has the largest share of high value: {share} of {count} customers.",
        name=_name(best, dimension),
        share=figure(share(best.get("high") or 0, best["all"]), "rate"),
        count=figure(best["all"], "count"),
    )
    columns = [t(DIMENSIONS[dimension].label), t("Customers")]
    columns += [label_of("tier", tier) for tier in TIERS]
    body = [
        [
            _name(row, dimension),
            figure(row["all"], "count"),
            *(figure(row.get(tier) or 0, "count") for tier in TIERS),
        ]
        for row in rows
    ]
    chosen = [None if row["key"] is None else go(dimension, row["key"]) for row in rows]
    return twin(summary, columns, body, go=chosen)


def _customers(rows: list[Row], metric: Metric) -> Figure:
    listed = rows[:MOST]
    strips = [
        Strip(
            value=row["value"],
            text=f"<b>{figure(row['value'], metric.unit, short=True)}</b>",
            colour=colour_of("tier", row["tier"]),
            hover=f"<b>{safe(str(row['name']))}</b><br>{label_of('tier', row['tier'])}<br>"
            f"{t(metric.label)} {figure(row['value'], metric.unit)}",
            go=go("customer", row["key"]),
        )
        for row in listed
    ]
    column = Column(strips, room=1.6)
    body = [
        [str(row["name"]), label_of("tier", row["tier"]), figure(row["value"], metric.unit)]
        for row in rows
    ]
    summary = t(
        "{name} is largest: {metric} {value}.",
        name=rows[0]["name"],
        metric=t(metric.label),
        value=figure(rows[0]["value"], metric.unit, short=True),
    )
    head = [t("Customer"), t("Tier"), t(metric.label)]
    return frame(
        strip_traces(column),
        meta=twin(summary, head, body, go=[go("customer", row["key"]) for row in rows]),
        yaxis=names_axis([str(row["name"]) for row in listed]),
        **strip_axes(column),
    )

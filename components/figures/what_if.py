"""What other weights would do: tiers then and today, the moves between them, what really ranks."""

from collections import defaultdict
from typing import Any

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.marks import mark
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
from components.figures.values import Row, records, share, shown, total, value_axis
from components.weights import TEXTS
from data.domain.dimension import TIERS
from data.domain.metric import Metric
from data.i18n import figure, label_of, signed, t

LEFT, RIGHT = (0.0, 0.47), (0.53, 1.0)
BANDS = range(10)


def what_if_bars(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return customers and value per tier in the what-if; the line is today's.

    Rows: today, then, customers, worth.
    """
    found = records(rows)
    if not found:
        return empty_figure()
    parts = (("customers", "count", t("Customers")), ("worth", metric.unit, t(metric.label)))
    columns = [
        Column(
            [_tier_strip(found, tier, key=key, unit=unit) for tier in TIERS],
            number=i + 1,
            domain=(LEFT, RIGHT)[i],
            room=(1.9, 2.4)[i],
            axis={"anchor": "y"},
        )
        for i, (key, unit, _) in enumerate(parts)
    ]
    faint = {"size": 11, "color": colours()["ink-3"]}
    heads = [
        note(label, yshift=2, font=faint, **place)
        for (_, _, label), place in zip(
            parts, ({"x": 0}, {"x": 1, "xanchor": "right"}), strict=True
        )
    ]
    axes = {k: v for column in columns for k, v in strip_axes(column).items()}
    return frame(
        [trace for column in columns for trace in strip_traces(column)],
        meta=_tier_twin(found, metric),
        yaxis=names_axis([label_of("tier", tier) for tier in TIERS]),
        annotations=heads,
        margin={"l": 6, "r": 6, "t": 24, "b": 6, "pad": 4},
        **axes,
    )


def sums_of(rows: list[Row], side: str, tier: str, key: str) -> float:
    """Return the sum of a column over one tier, `side` being today or then."""
    return total([row for row in rows if row[side] == tier], key)


def _tier_strip(rows: list[Row], tier: str, *, key: str, unit: str) -> Strip:
    now, was = sums_of(rows, "then", tier, key), sums_of(rows, "today", tier, key)
    value, moved = figure(now, unit, short=True), signed(now - was, unit, short=True)
    name = label_of("tier", tier)
    return Strip(
        value=now,
        before=was,
        text=f'<b>{value}</b> <span style="color:{colours()["ink-3"]}">{moved}</span>',
        colour=colour_of("tier", tier),
        hover=f"<b>{name}</b><br>{figure(now, unit)}<br>"
        + t("today: {value}", value=figure(was, unit)),
        go=mark(state=f"any-{tier}"),
    )


def _tier_twin(rows: list[Row], metric: Metric) -> dict[str, Any]:
    def cells(tier: str) -> list[str]:
        pairs = [
            (k, u, s)
            for k, u in (("customers", "count"), ("worth", metric.unit))
            for s in ("today", "then")
        ]
        return [figure(sums_of(rows, side, tier, key), unit) for key, unit, side in pairs]

    was, now = (sums_of(rows, side, "high", "customers") for side in ("today", "then"))
    summary = t(
        "{now} customers of high value instead of {was}.",
        now=figure(now, "count"),
        was=figure(was, "count"),
    )
    value = t(metric.label)
    head = [t("Tier"), t("Customers today"), t("Customers in the what-if")]
    head += [t("{value}, today", value=value), t("{value}, in the what-if", value=value)]
    body = [[label_of("tier", tier), *cells(tier)] for tier in TIERS]
    return twin(summary, head, body, go=[mark(state=f"any-{tier}") for tier in TIERS])


def move_grid(rows: pd.DataFrame, metric: Metric) -> Figure:
    """Return today's tier by that of the what-if, in customers and value; rows as above."""
    cells: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in records(rows):
        cells[row["today"], row["then"]].append(row)
    if not cells:
        return empty_figure()
    places = list(range(len(TIERS)))
    names = [label_of("tier", tier) for tier in TIERS]
    grid = [[cells.get((today, then), []) for then in TIERS] for today in TIERS]
    high = max(
        (_moved(cell) for i, line in enumerate(grid) for j, cell in enumerate(line) if i != j),
        default=0,
    )
    heat = {
        "type": "heatmap",
        "x": places,
        "y": places,
        # Whoever stays is shown without colour: the colours are of those who move.
        "z": [
            [0 if i == j else _moved(c) for j, c in enumerate(line)] for i, line in enumerate(grid)
        ],
        "zmin": 0,
        "zmax": high or 1,
        "text": [[_cell_text(cell, metric) for cell in line] for line in grid],
        "texttemplate": "%{text}",
        "textfont": {"size": 11, "color": colours()["ink"]},
        "hovertext": [[_cell_hover(c, metric) for c in line] for line in grid],
        "hoverinfo": "text",
        "customdata": [[_cell_mark(cell) for cell in line] for line in grid],
        "colorscale": heat_scale(),
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
    }
    ticks = {"tickmode": "array", "tickvals": places, "ticktext": names}
    return frame(
        [heat],
        meta=_move_twin(cells, metric),
        xaxis=axis(title=t("In the what-if"), side="top", tickangle=0, **ticks),
        yaxis=axis(title=t("Today"), range=[len(TIERS) - 0.5, -0.5], **ticks),
    )


def _moved(cell: list[Row]) -> float:
    return total(cell, "customers")


def _cell_text(cell: list[Row], metric: Metric) -> str:
    if not cell:
        return ""
    worth = figure(total(cell, "worth"), metric.unit, short=True)
    return f"<b>{figure(_moved(cell), 'count', short=True)}</b><br>{worth}"


def _cell_hover(cell: list[Row], metric: Metric) -> str:
    if not cell:
        return ""
    count = t("{count} customers", count=figure(_moved(cell), "count"))
    worth = figure(total(cell, "worth"), metric.unit)
    return f"<b>{_way(cell[0])}</b><br>{count}<br>{t(metric.label)} {worth}"


def _way(row: Row) -> str:
    return f"{label_of('tier', row['today'])} → {label_of('tier', row['then'])}"


def _cell_mark(cell: list[Row]) -> str | None:
    return mark(state=f"{cell[0]['today']}-{cell[0]['then']}") if cell else None


def _move_twin(cells: dict[tuple[str, str], list[Row]], metric: Metric) -> dict[str, Any]:
    ordered = sorted(cells, key=lambda k: (TIERS.index(k[0]), TIERS.index(k[1])))
    moved = sum(_moved(cells[k]) for k in ordered if k[0] != k[1])
    everyone = sum(_moved(cells[k]) for k in ordered)
    summary = t(
        "{count} customers, {share} of all, would be in another tier.",
        count=figure(moved, "count"),
        share=figure(share(moved, everyone), "rate"),
    )
    body = [
        [
            _way(cells[k][0]),
            figure(_moved(cells[k]), "count"),
            figure(total(cells[k], "worth"), metric.unit),
        ]
        for k in ordered
    ]
    head = [t("Today → what-if"), t("Customers"), t(metric.label)]
    return twin(summary, head, body, go=[_cell_mark(cells[k]) for k in ordered])


def score_bands(rows: pd.DataFrame) -> Figure:
    """Return customers by tenth of the score in the what-if, stacked by tier.

    Rows: then, band (0–9), customers.
    """
    counts: dict[tuple[int, str], float] = defaultdict(float)
    for row in records(rows):
        counts[int(row["band"]), row["then"]] += row["customers"]
    if not counts:
        return empty_figure()
    high = max(sum(counts[band, tier] for tier in TIERS) for band in BANDS)
    names = [f"{band * 10}–{band * 10 + 10}" for band in BANDS]
    edges = list(range(len(names) + 1))
    return frame(
        [_band_trace(tier, counts, names) for tier in reversed(TIERS)],
        meta=_band_twin(counts, names),
        barmode="stack",
        bargap=0.12,
        xaxis=axis(
            tickmode="array",
            tickvals=[edge - 0.5 for edge in edges],
            ticktext=[str(edge * 10) for edge in edges],
            tickangle=0,
            title=t("Score in the what-if"),
        ),
        yaxis=value_axis(0, high, "count"),
    )


def _band_trace(
    tier: str, counts: dict[tuple[int, str], float], names: list[str]
) -> dict[str, Any]:
    label = label_of("tier", tier)
    return {
        "type": "bar",
        "name": label,
        "x": list(BANDS),
        "y": [shown(counts[band, tier]) for band in BANDS],
        "marker": {"color": colour_of("tier", tier)},
        "hovertext": [
            f"<b>{names[band]}</b><br>{label} {figure(counts[band, tier], 'count')}"
            for band in BANDS
        ],
        "hoverinfo": "text",
        "customdata": [mark(band=band, state=f"any-{tier}") for band in BANDS],
    }


def _band_twin(counts: dict[tuple[int, str], float], names: list[str]) -> dict[str, Any]:
    whole = sum(counts.values())
    top = sum(counts[9, tier] for tier in TIERS)
    summary = t(
        "{share} of these customers score 90 or more.",
        share=figure(share(top, whole), "rate"),
    )
    body = [[names[b], *(figure(counts[b, tier], "count") for tier in TIERS)] for b in BANDS]
    head = [t("Score"), *(label_of("tier", tier) for tier in TIERS)]
    return twin(summary, head, body, go=[mark(band=band) for band in BANDS])


def effective_bars(rows: pd.DataFrame) -> Figure:
    """Return how much of the ranking each dimension really makes; the line is its weight.

    Rows: dimension, weight, share, neutral (all 0–1).
    """
    found = records(rows)
    if not found or all(row["share"] is None for row in found):
        return empty_figure(t("Every customer has the same points, so that no weight ranks them."))
    column = Column([_effective_strip(row) for row in found], room=2.9)
    names = [t(TEXTS[row["dimension"]]) for row in found]
    measured = sum(row["weight"] * (1 - (row["neutral"] or 0)) for row in found)
    summary = t(
        "{coverage} of the weight meets customers with a measured value; the rest takes 50 points.",
        coverage=figure(measured, "rate"),
    )
    head = [t("Dimension"), t("Weight"), t("Moves the ranking by"), t("At the neutral 50")]
    body = [
        [name, *(figure(row[key], "rate") for key in ("weight", "share", "neutral"))]
        for name, row in zip(names, found, strict=True)
    ]
    return frame(
        strip_traces(column),
        meta=twin(summary, head, body),
        yaxis=names_axis(names),
        **strip_axes(column),
    )


def _effective_strip(row: Row) -> Strip:
    rate, weight = figure(row["share"], "rate"), figure(row["weight"], "rate")
    is_blind = (row["neutral"] or 0) > 0.999
    faint = f'<span style="color:{colours()["ink-3"]}">'
    words = t("weight {weight}", weight=weight)
    text = f"<b>{rate}</b> {faint}{words}</span>"
    if is_blind:
        text = f"{faint}{t('imputed')} · {words}</span>"
    lines = [
        f"<b>{t(TEXTS[row['dimension']])}</b>",
        words,
        t("{share} of the variance of the weighted sum", share=rate),
        t("at the neutral 50, measured or imputed: {share}", share=figure(row["neutral"], "rate")),
    ]
    return Strip(
        value=max(row["share"] or 0, 0),
        before=row["weight"],
        text=text,
        colour=colours()["grey-mark" if is_blind else "mark"],
        hover="<br>".join(lines),
    )

"""What other weights would do: tiers then and today, and the moves between them."""

from collections import defaultdict
from typing import Any

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import Figure, axis, colour_of, colours, frame, heat_scale, note, twin
from components.figures.values import Row, records, share, total
from data.domain.dimension import TIERS
from data.domain.metric import Metric
from data.i18n import figure, label_of, signed, t

LEFT, RIGHT = (0.0, 0.47), (0.53, 1.0)


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

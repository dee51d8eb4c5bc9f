"""Customers by tenth of the score that other weights would give, stacked by tier."""

from collections import defaultdict
from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.theme import Figure, axis, colour_of, frame, twin
from components.figures.values import records, share, shown, value_axis
from data.domain.dimension import TIERS
from data.i18n import figure, label_of, t

BANDS = range(10)


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

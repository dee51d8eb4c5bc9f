"""What the tiers score in every dimension, and who would be in another tier today."""

from typing import Any

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.marks import go, mark
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import Figure, axis, colour_of, colours, frame, heat_scale, twin
from components.figures.values import Row, records, share, total
from data.domain.dimension import TIERS
from data.i18n import figure, label_of, language, t

#: Chinese characters that fit into a column of the scores on a phone.
LINE = 3
TEXTS = {
    "score": "Score",
    "amount": "Amount, margin",
    "loyalty": "Loyalty",
    "referral": "Referral",
    "service": "Service cost",
    "growth": "Margin growth",
}


def score_grid(rows: pd.DataFrame) -> Figure:
    """Return the mean score and dimensions per tier as a heat map.

    Rows: tier, customers, score and the five dimensions (0–100), `<dimension>_imputed` (0–1).
    """
    known = [row for row in records(rows) if row["tier"] in TIERS]
    found = sorted(known, key=lambda row: TIERS.index(row["tier"]))
    if not found:
        return empty_figure()
    keys = list(TEXTS)
    heat = {
        "type": "heatmap",
        "x": list(range(len(keys))),
        "y": list(range(len(found))),
        "z": [[row[key] for key in keys] for row in found],
        "zmin": 0,
        "zmax": 100,
        "text": [[figure(row[key], "count") for key in keys] for row in found],
        "texttemplate": "%{text}",
        "textfont": {"size": 12, "color": colours()["ink"]},
        "hovertext": [[_score_hover(row, key) for key in keys] for row in found],
        "hoverinfo": "text",
        "customdata": [[go("tier", row["tier"])] * len(keys) for row in found],
        "colorscale": heat_scale(),
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
    }
    heads = [_head(found, key) for key in keys]
    return frame(
        [heat],
        meta=_score_twin(found, keys),
        xaxis=axis(
            tickmode="array",
            tickvals=list(range(len(keys))),
            ticktext=heads,
            side="top",
            tickangle=0,
        ),
        yaxis=names_axis([label_of("tier", row["tier"]) for row in found]),
    )


def _head(rows: list[Row], key: str) -> str:
    words = _broken(t(TEXTS[key]))
    imputed = _imputed(rows, key)
    return f"{words}<br><i>{t('imputed')}</i>" if imputed is not None and imputed > 0.999 else words


def _broken(words: str) -> str:
    """Return the words on two lines: a column of a phone is narrow."""
    half = len(words) // 2
    if language() == "zh" and len(words) > LINE:
        return f"{words[:half]}<br>{words[half:]}"
    return words.replace(" ", "<br>")


def _imputed(rows: list[Row], key: str) -> float | None:
    """Return the share of all customers whose dimension took the neutral value."""
    if f"{key}_imputed" not in rows[0]:
        return None
    parts = ((row[f"{key}_imputed"] or 0) * (row["customers"] or 0) for row in rows)
    return share(sum(parts), total(rows, "customers"))


def _score_hover(row: Row, key: str) -> str:
    lines = [
        f"<b>{label_of('tier', row['tier'])}</b>",
        f"{t(TEXTS[key])} {figure(row[key], 'score')}",
    ]
    imputed = row.get(f"{key}_imputed")
    if imputed:
        share_of = figure(imputed, "rate")
        lines.append(t("at the neutral 50, measured or imputed: {share}", share=share_of))
    return "<br>".join(lines)


def _score_twin(rows: list[Row], keys: list[str]) -> dict[str, Any]:
    top = rows[0]
    summary = t(
        "{tier}: mean score {score}, measured for {coverage} of the weight.",
        tier=label_of("tier", top["tier"]),
        score=figure(top["score"], "score"),
        coverage=figure(top["coverage"], "rate"),
    )
    body = [
        [
            label_of("tier", row["tier"]),
            figure(row["customers"], "count"),
            *(figure(row[key], "score") for key in keys),
            figure(row["coverage"], "rate"),
        ]
        for row in rows
    ]
    columns = [t("Tier"), t("Customers"), *(t(TEXTS[key]) for key in keys), t("Coverage")]
    return twin(summary, columns, body, go=[go("tier", row["tier"]) for row in rows])


def would_be_bars(rows: pd.DataFrame) -> Figure:
    """Return customers by the tier held and the one they would be in.

    Rows: tier, tier_raw, customers, value. The mark of a pair is its `state`.
    """
    found = [row for row in records(rows) if row["tier"] and row["tier_raw"]]
    if not found:
        return empty_figure(t("Every customer is in the tier that today's score asks for."))
    names = [f"{label_of('tier', r['tier'])} → {label_of('tier', r['tier_raw'])}" for r in found]
    marks: list[str | None] = [mark(state=f"{row['tier']}-{row['tier_raw']}") for row in found]
    strips = [
        Strip(
            value=row["customers"],
            text=f"<b>{figure(row['customers'], 'count')}</b>",
            colour=colour_of("tier", row["tier_raw"]),
            hover=f"<b>{name}</b><br>"
            + t("{count} customers", count=figure(row["customers"], "count"))
            + "<br>"
            + t("Margin, 12 months")
            + f" {figure(row['value'], 'money')}",
            go=chosen,
        )
        for row, name, chosen in zip(found, names, marks, strict=True)
    ]
    column = Column(strips, room=1.3)
    summary = t(
        "{count} customers would be in another tier; the most, {most}, go {way}.",
        count=figure(total(found, "customers"), "count"),
        most=figure(found[0]["customers"], "count"),
        way=names[0],
    )
    body = [
        [name, figure(row["customers"], "count"), figure(row["value"], "money")]
        for row, name in zip(found, names, strict=True)
    ]
    head = [t("Held → would be"), t("Customers"), t("Margin, 12 months")]
    places = {"tickmode": "array", "tickvals": list(range(len(names))), "ticktext": names}
    return frame(
        strip_traces(column),
        meta=twin(summary, head, body, go=marks),
        yaxis=axis(range=[len(names) - 0.4, -0.6], **places),
        **strip_axes(column),
    )

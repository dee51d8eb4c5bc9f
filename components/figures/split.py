"""How each region, industry or team divides into tiers, and what the tiers score."""

from typing import Any

import pandas as pd

from components.figures.bars import MOST, names_axis
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


# --- scores ----------------------------------------------------------------------------------


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

"""Whether the churn risk comes true: predicted and actual share of the lost, tenth by tenth."""

from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.figures.theme import Figure, colours, frame, key_line, twin
from components.figures.values import Row, records, value_axis
from data.i18n import figure, t

#: Rankings in the order of the key: model, colour of its line, and whether it is dashed.
TEXTS = {"mbg": "Model of purchases", "logistic": "Logistic regression"}
TINTS = {"mbg": "accent", "logistic": "warn"}


def risk_calibration(rows: pd.DataFrame, official: str = "mbg") -> Figure:
    """Return predicted against actual churn for both rankings, the diagonal being perfect.

    Rows: model (mbg, logistic), decile, customers, predicted, actual (0–1).
    """
    found = [row for row in records(rows) if row["model"] in TEXTS]
    known = [r for r in found if r["predicted"] is not None and r["actual"] is not None]
    if not known:
        return empty_figure(
            t("The history is too short to leave months out and test the models on them.")
        )
    models = [model for model in TEXTS if any(row["model"] == model for row in known)]
    palette = colours()
    perfect = {
        "type": "scatter",
        "mode": "lines",
        "x": [0, 1],
        "y": [0, 1],
        "line": {"width": 1, "dash": "dot", "color": palette["ink-3"]},
        "hoverinfo": "skip",
    }
    lines = [_line(_of(known, model), model, is_official=model == official) for model in models]
    keys = [(_named(model, official), palette[TINTS[model]]) for model in models]
    return frame(
        [perfect, *lines],
        meta=_twin(known, models, official),
        xaxis=value_axis(0, 1, "rate", range=[0, 1.04], title=t("Predicted churn")),
        yaxis=value_axis(0, 1, "rate", range=[0, 1.04], title=t("Churn that came true")),
        annotations=[key_line(keys, lines=2)],
        margin={"l": 6, "r": 10, "t": 46, "b": 6, "pad": 4},
    )


def _of(rows: list[Row], model: str) -> list[Row]:
    return sorted((r for r in rows if r["model"] == model), key=lambda r: r["decile"])


def _named(model: str, official: str) -> str:
    name = t(TEXTS[model])
    return t("{name} (official)", name=name) if model == official else name


def _line(rows: list[Row], model: str, *, is_official: bool) -> dict[str, Any]:
    tint = colours()[TINTS[model]]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [round(row["predicted"], 4) for row in rows],
        "y": [round(row["actual"], 4) for row in rows],
        "line": {"color": tint, "width": 2.5 if is_official else 1.5},
        "marker": {"size": 8 if is_official else 6, "color": tint},
        "hovertext": [_hover(row) for row in rows],
        "hoverinfo": "text",
    }


def _hover(row: Row) -> str:
    return "<br>".join(
        (
            f"<b>{t(TEXTS[row['model']])}</b>",
            f"{t('Tenth by prediction')} {row['decile']}",
            t("{count} customers", count=figure(row["customers"], "count")),
            f"{t('Predicted')} {figure(row['predicted'], 'rate')}",
            f"{t('Actual')} {figure(row['actual'], 'rate')}",
        )
    )


def _twin(rows: list[Row], models: list[str], official: str) -> dict[str, Any]:
    own = _of(rows, official if official in models else models[0])
    far = max(own, key=lambda row: (abs(row["predicted"] - row["actual"]), -row["decile"]))
    summary = t(
        "Predicted and actual churn of the official ranking lie furthest apart in tenth {decile}:"
        " {predicted} against {actual}.",
        decile=far["decile"],
        predicted=figure(far["predicted"], "rate"),
        actual=figure(far["actual"], "rate"),
    )
    body = [
        [
            _named(row["model"], official),
            str(row["decile"]),
            figure(row["customers"], "count"),
            figure(row["predicted"], "rate"),
            figure(row["actual"], "rate"),
        ]
        for model in models
        for row in _of(rows, model)
    ]
    columns = [
        *(t("Ranking"), t("Tenth by prediction"), t("Customers")),
        *(t("Predicted"), t("Actual")),
    ]
    return twin(summary, columns, body)

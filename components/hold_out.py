"""How sure the models are: the table of the hold-out, and who wins each measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from components.figures.values import records
from components.tables import Column, short_table
from data.i18n import BLANK, figure, signed, t

MODELS = ("mbg", "bg", "historical", "last_period", "rfm_cell", "boosting", "logistic")
#: Names at the beginning of a sentence or a row.
TEXTS = {
    "mbg": "MBG/NBD and gamma-gamma",
    "bg": "BG/NBD and gamma-gamma",
    "historical": "Historical rate",
    "last_period": "Same as last period",
    "rfm_cell": "Mean of the RFM cell",
    "boosting": "Gradient boosting",
    "logistic": "Logistic regression",
}
WON = "★"


@dataclass(frozen=True)
class Measure:
    """One measure of the hold-out: whose, its heading, its unit, and whether more is better."""

    target: str
    name: str
    label: str
    unit: str
    is_more_better: bool = False
    main: bool = False

    @property
    def key(self) -> str:
        """The measure's column."""
        return f"{self.target}_{self.name}"

    def text(self, value: float | None) -> str:
        """Return a value of the measure in words."""
        if value is None:
            return BLANK
        if self.name == "bias":
            return signed(value, "rate")
        if self.unit == "number":
            return f"{value:.3f}"
        return figure(value, self.unit, short=True)


def measures() -> tuple[Measure, ...]:
    """Return the measures of the table, in order, headed in the reader's language."""
    return (
        Measure("orders", "mae", t("Orders: MAE"), "number"),
        Measure("orders", "rmse", t("Orders: RMSE"), "number", main=True),
        Measure("orders", "bias", t("Orders: bias of the total"), "rate"),
        Measure("spend", "mae", t("Spend: MAE"), "money"),
        Measure("spend", "rmse", t("Spend: RMSE"), "money"),
        Measure("spend", "gini", t("Spend: Gini"), "number", is_more_better=True),
        Measure("churn", "auc", t("Churn: AUC"), "number", is_more_better=True, main=True),
        Measure("churn", "brier", t("Churn: Brier"), "number"),
    )


Values = dict[tuple[str, str], float]


def hold_out(rows: pd.DataFrame, *, official: str, id: str = "hold-out") -> html.Div:
    """Return the hold-out as a table and in sentences; rows: target, model, measure, value."""
    found = {
        (row["model"], f"{row['target']}_{row['measure']}"): row["value"]
        for row in records(rows)
        if row["value"] is not None
    }
    asked = measures()
    won = {m.key: _winner(found, m) for m in asked}
    shown = [_line(model, found, asked, won=won, official=official) for model in MODELS]
    columns = [Column("name", t("Model"), main=True)]
    columns += [Column(m.key, m.label, "shown", main=m.main) for m in asked]
    return html.Div(
        [
            html.P(_size(found)),
            short_table([line for line in shown if line], columns, id=id),
            html.P(t("★ marks the best of each measure."), className="muted"),
            html.Ul(
                [html.Li(w) for w in _verdicts(found, asked, won, official=official)],
                className="moves",
            ),
        ],
        className="hold-out",
    )


def _size(found: Values) -> str:
    return t(
        "Every model was fitted without the last {days} and then compared with what {customers}"
        " customers did in them.",
        days=figure(found.get(("all", "all_days")), "days"),
        customers=figure(found.get(("all", "all_customers")), "count"),
    )


def _winner(found: Values, measure: Measure) -> str:
    """Return the model that is best by a measure, the first of equally good ones."""
    there = [model for model in MODELS if (model, measure.key) in found]
    best = max if measure.is_more_better else min
    return best(there, key=lambda m: _size_of(found[m, measure.key], measure)) if there else ""


def _size_of(value: float, measure: Measure) -> float:
    return abs(value) if measure.name == "bias" else value


def _line(
    model: str, found: Values, asked: Sequence[Measure], *, won: dict[str, str], official: str
) -> dict[str, Any] | None:
    if not any((model, m.key) in found for m in asked):
        return None
    name = t(TEXTS[model])
    cells = {
        m.key: m.text(found.get((model, m.key))) + (f" {WON}" if won[m.key] == model else "")
        for m in asked
    }
    return {"name": t("{name} (official)", name=name) if model == official else name, **cells}


def _verdicts(
    found: Values, asked: Sequence[Measure], won: dict[str, str], *, official: str
) -> list[str]:
    """Return in sentences how many measures the official model wins, and who beats it where."""
    possible = [m for m in asked if won[m.key]]
    wins = [m for m in possible if won[m.key] == official]
    said = [
        t(
            "The official model wins {wins} of {all} measures.",
            wins=figure(len(wins), "count"),
            all=figure(len(possible), "count"),
        )
    ]
    for m in possible:
        own = found.get((official, m.key))
        if won[m.key] == official or own is None:
            continue
        said.append(
            t(
                "{model} beats the model in {measure} ({theirs} against {own}).",
                model=t(TEXTS[won[m.key]]),
                measure=m.label,
                theirs=m.text(found[won[m.key], m.key]),
                own=m.text(own),
            )
        )
    return said

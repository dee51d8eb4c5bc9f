"""How sure the models are: the table of the hold-out, who wins each measure, and parameters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from components.figures.values import records
from components.tables import Column, short_table
from data.i18n import BLANK, figure, percent, signed, t

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


def hold_out(rows: pd.DataFrame, *, official: str) -> html.Div:
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
            short_table([line for line in shown if line], columns, id="hold-out"),
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


# --- parameters ------------------------------------------------------------------------------


def parameters(rows: pd.DataFrame) -> html.Div:
    """Return what the models are made of; rows: part, name, value, error."""
    facts = {(row["part"], row["name"]): (row["value"], row["error"]) for row in records(rows)}
    value = {key: pair[0] for key, pair in facts.items() if pair[0] is not None}
    shown = [
        {"model": model, "name": name, "value": _plain(facts[key]), "words": words}
        for key, model, name, words in _described(value)
        if key in value
    ]
    columns = [
        Column("model", t("Model")),
        Column("name", t("Parameter"), main=True),
        Column("value", t("Value ± standard error"), "shown", main=True),
        Column("words", t("In words")),
    ]
    return html.Div(
        [
            html.Ul([html.Li(words) for words in _said(value)], className="moves"),
            short_table(shown, columns, id="parameters"),
        ],
        className="hold-out",
    )


def _plain(pair: tuple[float, float | None]) -> str:
    value, error = pair
    return f"{value:,.4g} ± {error:,.2g}" if error is not None else f"{value:,.4g}"


def _described(value: dict[tuple[str, str], float]) -> list[tuple[tuple[str, str], str, str, str]]:
    """Return each parameter: its key, its model, its name, and what it says in words."""
    buying = "MBG/NBD" if value.get(("buying", "is_mbg"), 1.0) else "BG/NBD"
    rate = value.get(("buying", "r"), 0.0) / (value.get(("buying", "alpha")) or 1.0)
    a, b = value.get(("buying", "a"), 0.0), value.get(("buying", "b"), 1.0)
    lost = value.get(("renewal", "alpha"), 0.0)
    first = lost / ((lost + value.get(("renewal", "beta"), 0.0)) or 1.0)
    alike = t("The larger, the more alike the customers order.")
    spread = t("Small: a few customers spend far more per order than the rest.")
    yearly = t(
        "With r: a living customer orders {rate} on average.",
        rate=figure(rate * 365.25, "per_year"),
    )
    dropout = t(
        "With b: after an order, {share} leave for good on average.", share=percent(a / (a + b), 1)
    )
    sure = t("The larger a and b, the more alike the customers leave.")
    within = t("The larger, the more alike the orders of one customer are.")
    renewal = t("With β: {share} do not renew at the first renewal.", share=percent(first, 1))
    later = t("The larger, the less the chance to leave falls with every renewal.")
    return [
        (("buying", "r"), buying, "r", alike),
        (("buying", "alpha"), buying, "α", yearly),
        (("buying", "a"), buying, "a", dropout),
        (("buying", "b"), buying, "b", sure),
        (("spend", "p"), t("Gamma-gamma"), "p", within),
        (("spend", "q"), t("Gamma-gamma"), "q", spread),
        (("spend", "v"), t("Gamma-gamma"), "γ", t("The scale of spend, in money.")),
        (("renewal", "alpha"), t("Shifted-beta-geometric"), "α", renewal),
        (("renewal", "beta"), t("Shifted-beta-geometric"), "β", later),
    ]


def _said(value: dict[tuple[str, str], float]) -> list[str]:
    """Return in sentences which models were fitted, on whom, and the terms of the value."""
    buying = "MBG/NBD" if value.get(("buying", "is_mbg"), 1.0) else "BG/NBD"
    said: list[str] = []
    if ("buying", "customers") in value:
        said.append(
            t(
                "Purchases: {model}, fitted to {customers} customers, {repeaters} of them with a"
                " second order; log-likelihood {likelihood}.",
                model=buying,
                customers=figure(value["buying", "customers"], "count"),
                repeaters=figure(value.get(("buying", "repeaters")), "count"),
                likelihood=figure(value.get(("buying", "log_likelihood")), "score"),
            )
        )
    if ("spend", "customers") in value:
        said.append(
            t(
                "Spend per order: gamma-gamma, fitted to {customers} customers; mean {mean},"
                " correlation of frequency and spend {correlation}.",
                customers=figure(value["spend", "customers"], "count"),
                mean=figure(value.get(("spend", "mean")), "money"),
                correlation=figure(value.get(("spend", "correlation")), "number"),
            )
        )
    if ("renewal", "customers") in value:
        said.append(
            t(
                "Contracts: shifted-beta-geometric, fitted to {customers} customers, {lost} of them"
                " lost.",
                customers=figure(value["renewal", "customers"], "count"),
                lost=figure(value.get(("renewal", "lost")), "count"),
            )
        )
    if ("terms", "horizon_months") in value:
        said.append(
            t(
                "Value: H = {months} months ahead, discounted by d = {discount} a year; margin rate"
                " of the company {rate}.",
                months=figure(value["terms", "horizon_months"], "count"),
                discount=percent(value.get(("terms", "annual_discount"), 0.0), 1),
                rate=percent(value.get(("margin", "rate"), 1.0), 1),
            )
        )
    is_logit = value.get(("risk", "is_logit"))
    if is_logit is not None:
        said.append(
            t("Risk of churn: the logistic regression ranks better on the hold-out.")
            if is_logit
            else t("Risk of churn: the model of purchases ranks better on the hold-out.")
        )
    return said

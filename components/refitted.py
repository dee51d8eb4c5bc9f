"""What a refit of a scoring model changes: asset, parameters, hold-out and findings."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from dash import html

from components.findings import sentence
from components.hold_out import hold_out
from components.parameters import plain
from components.tables import Column, short_table
from data.i18n import BLANK, day, figure, signed, t

#: Part of a fit -> what its parameters are called.
TEXTS = {
    "buying": "Model of purchases",
    "spend": "Gamma-gamma",
    "renewal": "Shifted-beta-geometric",
    "margin": "Margin rate of the company",
}
GREEK = {"alpha": "α", "beta": "β", "v": "γ"}


def refitted(told: Mapping[str, Any], findings: Sequence[Mapping[str, Any]], *, id: str) -> Any:
    """Return what a refit changes: a sentence, and the rest folded; `told` as it was stored."""
    rows = pd.DataFrame(told["checks"], columns=["target", "model", "measure", "value"])
    tested = hold_out(rows, official=told["official"], id=f"{id}-hold-out") if len(rows) else None
    short = t("The history is too short to leave months out and test the models on them.")
    warned = [html.Li(sentence(each["code"], each["details"])) for each in findings]
    return html.Details(
        [
            html.Summary(asset(told)),
            _parameters(told["parameters"], before=told["before"], id=f"{id}-parameters"),
            tested or html.P(short, className="muted"),
            html.Ul(warned, className="moves")
            if warned
            else html.P(t("Nothing speaks against the models."), className="muted"),
        ],
        className="refit",
    )


def asset(told: Mapping[str, Any]) -> str:
    """Return how the customer asset of the day would differ."""
    before, now = float(told["asset_before"]), float(told["asset_now"])
    words = t(
        "Learnt from the data up to {day}: the customer asset would be {now} instead of {before}.",
        day=day(date.fromisoformat(told["as_of"])),
        now=figure(now, "money", short=True),
        before=figure(before, "money", short=True),
    )
    return f"{words} ({signed((now - before) / before, 'rate')})" if before else words


def _parameters(rows: Sequence[Mapping[str, Any]], *, before: int, id: str) -> Any:
    shown = [
        {
            "model": t(TEXTS[row["part"]]),
            "name": BLANK if row["part"] == "margin" else GREEK.get(row["name"], row["name"]),
            "before": _number(row, "before"),
            "now": _number(row, "now"),
        }
        for row in rows
    ]
    columns = [
        Column("model", t("Model")),
        Column("name", t("Parameter"), main=True),
        Column("before", t("Version {number}", number=before), "shown", main=True),
        Column("now", t("This version ± standard error"), "shown", main=True),
    ]
    return short_table(shown, columns, id=id)


def _number(row: Mapping[str, Any], side: str) -> str:
    value = row[side]
    return BLANK if value is None else plain(value, row[f"{side}_error"])

"""How sure the model of renewals is: what was expected of the contracts that ended, and came."""

from typing import Any

import pandas as pd
from dash import html

from components.figures.values import records
from components.hold_out import WON
from components.tables import Column, short_table
from data.i18n import BLANK, figure, signed, t

#: The target of the checks that these are.
RENEWALS = "renewals"
#: What may be in use, and the baseline.
TEXTS = {
    "sbg": "Shifted-beta-geometric",
    "kaplan_meier": "Kaplan-Meier by length of contract",
    "renewed_share": "Share renewed before",
}


def renewal_hold_out(rows: pd.DataFrame, *, official: str) -> html.Div:
    """Return the hold-out of contracts as a table; rows: target, model, measure, value."""
    found = {(row["model"], row["measure"]): row["value"] for row in records(rows)}
    models = [model for model in TEXTS if (model, "rmse") in found]
    best = min(models, key=lambda model: found[model, "rmse"])
    columns = [
        Column("name", t("Model"), main=True),
        Column("total", t("Renewals expected"), "shown", main=True),
        Column("renewed", t("Renewals seen"), "shown"),
        Column("bias", t("Renewals: bias of the total"), "shown"),
        Column("rmse", t("Renewals: RMSE of the chance"), "shown", main=True),
    ]
    said = t(
        "Fitted without the last {days} and then compared with what became of {contracts}"
        " contracts that ended in them.",
        days=figure(found["all", "days"], "days"),
        contracts=figure(found["all", "contracts"], "count"),
    )
    lines = [_line(model, found, best=best, official=official) for model in models]
    table = short_table(lines, columns, id="renewal-hold-out")
    return html.Div([html.P(said), table], className="hold-out")


def _line(
    model: str, found: dict[tuple[str, str], Any], *, best: str, official: str
) -> dict[str, Any]:
    name, bias = t(TEXTS[model]), found.get((model, "bias"))
    return {
        "name": t("{name} (official)", name=name) if model == official else name,
        "total": figure(found[model, "total"], "number"),
        "renewed": figure(found["all", "renewed"], "count"),
        "bias": BLANK if bias is None else signed(bias, "rate"),
        "rmse": f"{found[model, 'rmse']:.3f}" + (f" {WON}" if model == best else ""),
    }

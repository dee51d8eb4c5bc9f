"""The box in which the inactivity threshold is read, changed and proposed."""

from typing import Any

from dash import dcc, html

from components.attributes import attributes
from data.domain.filters import THRESHOLDS
from data.i18n import figure, t

#: Thresholds that one click chooses.
USUAL = (60, 90, 120, 180, 365)
LINE = {"display": "flex", "alignItems": "center", "gap": "8px"}


def threshold_box(id: str, used: int, *, proposed: int | None) -> html.Div:
    """Return the threshold in use, a field to change it, and what the data propose, in days."""
    field = dcc.Input(
        id=id,
        type="number",
        value=used,
        min=THRESHOLDS.start,
        max=THRESHOLDS.stop - 1,
        step=1,
        debounce=True,
        style={"width": "136px"},
    )
    name = html.Label(t("Churned after"), htmlFor=id)
    return html.Div(
        [
            html.Div([name, field, html.Span(t("days"))], style=LINE),
            html.Div([_choice(days, used) for days in USUAL], className="chip-row"),
            *_proposal(proposed, used),
            html.P(
                t(
                    "Customers under contract are judged by their contract instead: churned 30 days"
                    " after it ended without a renewal."
                ),
                className="muted",
            ),
        ],
        style={"display": "grid", "gap": "14px", "justifyItems": "start"},
    )


def _choice(days: int, used: int) -> Any:
    marks = attributes(data_go=f"threshold={days}", aria_pressed=str(days == used).lower())
    return html.Button(figure(days, "days"), type="button", className="chip", **marks)


def _proposal(days: int | None, used: int) -> list[Any]:
    if days is None:
        return [html.P(t("Too few customers ordered twice to propose a threshold."))]
    words = t(
        "The data propose {days}: nine in ten orders follow the one before within that time.",
        days=figure(days, "days"),
    )
    if days not in THRESHOLDS or days == used:
        return [html.P(words)]
    label = t("Use {days}", days=figure(days, "days"))
    marks = attributes(data_go=f"threshold={days}")
    return [html.P(words), html.Button(label, type="button", className="btn btn-primary", **marks)]

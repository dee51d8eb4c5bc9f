"""The weight lab's controls, and the scoring model's versions with what may be done to each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components.attributes import attributes
from data.domain.model import PRESETS
from data.domain.what_if import LIMITS, WHOLE_WEIGHT, WhatIf
from data.i18n import label_of, t

#: What the dimensions of both presets are called.
TEXTS = {
    "amount": "Amount, margin",
    "loyalty": "Loyalty",
    "referral": "Referral",
    "service_cost": "Service cost",
    "growth": "Margin growth",
    "potential": "Potential",
    "interaction": "Interaction",
}
#: What presets and limits are called.
LABELS = {
    "five-dimensions": "Five dimensions",
    "fifty-thirty-twenty": "50/30/20",
    "high": "High value from a score of",
    "growth": "Potential from a growth or value rank of",
    "score": "Potential from a score of",
    "dormant": "Dormant after days without an order",
}
#: Smallest and largest value of each limit that a slider offers.
RANGES = {"high": (0, 100), "growth": (0, 100), "score": (0, 100), "dormant": (31, 730)}
#: Seconds of rest after which a moved slider is asked about.
REST = 0.5


@dataclass(frozen=True)
class ModelLine:
    """One version of the scoring model in the list: ready texts, and what the reader may do."""

    version: int
    name: str
    state: str
    terms: str
    history: str
    go: str
    can_propose: bool = False
    can_decide: bool = False
    #: What was found when its model learnt anew, ready to be shown.
    learnt: Any = None


def fragment(what_if: WhatIf) -> str:
    """Return the fragment that puts a what-if into the URL."""
    return "&".join(f"{key}={value}" for key, value in what_if.to_query().items())


def weight_controls(tried: WhatIf, own: WhatIf) -> html.Div:
    """Return presets, weights and limits of what is tried; `own` is what the customers have now."""
    weights = [
        _field("weight", d, t(TEXTS[d]), value=w, span=(0, WHOLE_WEIGHT))
        for d, w in tried.weights.items()
    ]
    limits = [
        _field("limit", key, t(LABELS[key]), value=getattr(tried, name), span=RANGES[key])
        for key, name in LIMITS.items()
    ]
    return html.Div(
        [
            html.Div([*map(_preset, _presets(tried)), *_reset(tried, own)], className="chip-row"),
            html.Fieldset([html.Legend(t("Weights")), *weights, _sum(tried)]),
            html.Fieldset([html.Legend(t("Limits of the tiers")), *limits]),
        ],
        className="lab",
    )


def _presets(tried: WhatIf) -> list[tuple[str, WhatIf, bool]]:
    made = [(LABELS[name], tried.of_preset(name)) for name in PRESETS]
    return [(label, each, each.weights == tried.weights) for label, each in made]


def _preset(preset: tuple[str, WhatIf, bool]) -> html.Button:
    label, what_if, is_chosen = preset
    marks = attributes(data_go=fragment(what_if), aria_pressed=str(is_chosen).lower())
    return html.Button(t(label), type="button", className="chip", **marks)


def _reset(tried: WhatIf, own: WhatIf) -> list[html.Button]:
    if tried == own:
        return []
    marks = attributes(data_go="-weights&-limits")
    return [html.Button(t("Back to today's model"), type="button", className="chip", **marks)]


def _field(kind: str, key: str, label: str, *, value: int, span: tuple[int, int]) -> html.Div:
    low, high = span
    limits: dict[str, Any] = {"min": low, "max": max(high, value), "step": 1, "value": value}
    ids = {"range": {"type": f"{kind}-range", "key": key}}
    ids["number"] = {"type": f"{kind}-number", "key": key}
    slider = dbc.Input(
        id=ids["range"], type="range", debounce=REST, class_name="form-range", **limits
    )
    number = dbc.Input(id=ids["number"], type="number", debounce=True, **limits)
    return html.Div(
        [
            html.Label([html.Span(label), slider], className="lab-slider"),
            html.Label([html.Span(label, className="visually-hidden"), number]),
        ],
        className="lab-field",
    )


def _sum(tried: WhatIf) -> html.Div:
    if tried.total == WHOLE_WEIGHT:
        return html.Div(t("The weights add up to 100."), className="lab-sum muted")
    words = t(
        "The weights add up to {total}, not 100. Below, each counts for its share of {total};"
        " a draft needs 100.",
        total=tried.total,
    )
    button = html.Button(
        t("Make it 100"),
        type="button",
        className="btn btn-primary",
        **attributes(data_go=fragment(tried.at_100())),
    )
    return html.Div([html.P(words), button], className="lab-sum warn", role="status")


# --- versions --------------------------------------------------------------------------------


def terms(what_if: WhatIf) -> str:
    """Return weights and limits in one line."""
    weights = " · ".join(f"{t(TEXTS[d])} {w}" for d, w in what_if.weights.items())
    limits = t(
        "high from {high}, potential from {growth} and {score}, dormant after {days} days",
        high=what_if.high_score,
        growth=what_if.potential_growth,
        score=what_if.potential_score,
        days=what_if.dormant_days,
    )
    return f"{weights}; {limits}"


def model_list(lines: Sequence[ModelLine], months: Mapping[str, str]) -> html.Ol:
    """Return the versions, newest first; `months` are those from which one may take effect."""
    return html.Ol([_line(line, months) for line in lines], className="moves")


def _line(line: ModelLine, months: Mapping[str, str]) -> html.Li:
    title = t("Version {number}: {name}", number=line.version, name=line.name)
    return html.Li(
        [
            html.A(title, href="#", title=t("Try its weights"), **attributes(data_go=line.go)),
            html.B(label_of("model_state", line.state)),
            html.P([line.terms, html.Br(), line.history]),
            line.learnt,
            *_actions(line, months),
        ]
    )


def _actions(line: ModelLine, months: Mapping[str, str]) -> list[html.Div]:
    key = str(line.version)
    found: list[Any] = []
    if line.can_propose:
        found.append(_button("weights-propose", key, t("Propose version {number}", number=key)))
    if line.can_decide:
        found += _approval(key, months)
    said = [html.Div(found, className="lab-actions")] if found else []
    return [*said, html.Div(_refusals(key), className="lab-actions")] if line.can_decide else said


def _approval(key: str, months: Mapping[str, str]) -> list[Any]:
    choice = dbc.Select(
        id={"type": "weights-month", "key": key},
        value=next(iter(months)),
        options=[{"value": value, "label": label} for value, label in months.items()],
    )
    field = html.Label([html.Span(t("In force from")), choice], className="field")
    return [field, _button("weights-approve", key, t("Approve version {number}", number=key))]


def _refusals(key: str) -> list[Any]:
    """Return the reason with the two ways of turning a proposal down."""
    why = dbc.Input(
        id={"type": "weights-why", "key": key}, type="text", maxlength=500, autocomplete="off"
    )
    words = html.Span(t("Why, in one line; needed to return or reject"))
    return [
        html.Label([words, why], className="field reason"),
        _button("weights-return", key, t("Return version {number}", number=key)),
        _button("weights-reject", key, t("Reject version {number}", number=key)),
    ]


def _button(kind: str, key: str, label: str) -> html.Button:
    ids = {"type": kind, "key": key}
    return html.Button(label, id=ids, type="button", className="btn btn-outline")


def draft_form() -> list[Any]:
    """Return the name of a draft and the button that keeps what is tried as one."""
    name = dbc.Input(id="weights-name", type="text", maxlength=80, autocomplete="off")
    button = html.Button(
        t("Save as draft"), id="weights-save", type="button", className="btn btn-primary"
    )
    return [html.Label([html.Span(t("Name of the draft")), name], className="field"), button]

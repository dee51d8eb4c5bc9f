"""The filters: chips that say them in words, and the form that changes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from components.attributes import attributes
from components.icons import icon
from data.domain.dimension import DIMENSIONS
from data.domain.filters import THRESHOLDS, Filters
from data.domain.period import COMPARISONS, PRESETS
from data.i18n import t, tn

PRESET_LABELS = {
    "ytd": "This year so far",
    "month": "This month so far",
    "last_month": "Last month",
    "quarter": "This quarter so far",
    "last_3": "Last 3 whole months",
    "last_12": "Last 12 whole months",
    "last_year": "Last year",
    "all": "All time",
    "custom": "Own dates",
}
COMPARISON_LABELS = {
    "year": "The same days a year before",
    "previous": "The time right before",
    "none": "Nothing",
}
#: Filters that a chip can take away; the period always holds.
FIXED = frozenset({"period"})

Option = tuple[str, str, int]


def chips(words: Sequence[tuple[str, str, str]], *, removable: bool = True) -> html.Div:
    """Return the filters as chips, from `filter_words`; the last opens the filter drawer."""
    shown = [_chip(word, removable=removable) for word in words]
    if removable:
        shown.append(
            html.Button(
                [icon("plus"), t("Filter")],
                type="button",
                className="chip add",
                **attributes(data_drawer="filter-drawer"),
            )
        )
    return html.Div(
        shown, className="chip-row", role="group", **attributes(aria_label=t("Filters"))
    )


def _chip(word: tuple[str, str, str], *, removable: bool) -> Any:
    key, label, values = word
    if key in FIXED:
        inside = [
            html.B(label),
            html.Span(f" {values}" if values else "", className="muted"),
        ]
        if not removable:
            return html.Span(inside, className="chip")
        return html.Button(
            [icon("calendar3"), *inside],
            type="button",
            className="chip",
            **attributes(data_drawer="filter-drawer"),
        )
    inside = [html.Span(f"{label} ", className="muted"), html.B(values)]
    if not removable:
        return html.Span(inside, className="chip")
    name = t("Remove the filter {label}", label=label)
    remove = html.Button(
        icon("x"),
        type="button",
        title=name,
        **attributes(data_go=f"-{key}", aria_label=name),
    )
    return html.Span([*inside, remove], className="chip removable")


def filter_form(filters: Filters, options: Mapping[str, Sequence[Option]]) -> html.Div:
    """Return the form; `options` are (value, label, count of customers) by dimension."""
    return html.Div(
        [
            html.Section([html.H3(t("Period")), *_period(filters)]),
            html.Section([html.H3(t("Which customers")), *_dimensions(filters, options)]),
            html.Section([html.H3(t("Churn")), _threshold(filters)]),
            html.Div(
                [
                    html.P(id="filter-said", className="form-said bad", role="alert"),
                    html.Button(
                        t("Clear all"),
                        type="button",
                        className="btn btn-outline",
                        **attributes(data_go="?"),
                    ),
                    html.Button(
                        t("Apply"),
                        id="filter-apply",
                        type="button",
                        className="btn btn-primary",
                    ),
                ],
                className="form-buttons",
            ),
        ],
        className="filter-form",
    )


def _key(key: str) -> dict[str, str]:
    return {"type": "filter", "key": key}


def _field(label: str, control: Any) -> html.Label:
    return html.Label([html.Span(label), control], className="field")


def _period(filters: Filters) -> list[Any]:
    presets = {name: t(PRESET_LABELS[name]) for name in (*PRESETS, "custom")}
    comparisons = {name: t(COMPARISON_LABELS[name]) for name in COMPARISONS}
    dates = html.Div(
        [
            _field(t("From"), _date("since", filters.period.since.isoformat())),
            _field(t("To"), _date("until", filters.period.last_day.isoformat())),
        ],
        className="field-pair",
    )
    return [
        _field(t("Show"), _select("period", presets, filters.preset)),
        dates,
        _field(t("Compare with"), _select("compare", comparisons, filters.compare)),
    ]


def _select(key: str, options: Mapping[str, str], value: str) -> dcc.Dropdown:
    return dcc.Dropdown(
        id=_key(key),
        options=dict(options),
        value=value,
        clearable=False,
        searchable=False,
    )


def _date(key: str, value: str) -> dcc.Input:
    return dcc.Input(id=_key(key), type="date", value=value, className="form-control")  # pyright: ignore[reportArgumentType]


def _dimensions(filters: Filters, options: Mapping[str, Sequence[Option]]) -> list[Any]:
    return [
        _field(
            t(DIMENSIONS[key].label),
            dcc.Dropdown(
                id=_key(key),
                multi=True,
                options=[
                    {"value": v, "label": _option(label, n), "search": label}
                    for v, label, n in found
                ],
                value=list(filters.values(key)),
                placeholder=t("All"),
            ),
        )
        for key, found in options.items()
    ]


def _option(label: str, count: int) -> str:
    return f"{label} · " + tn("{count} customer", "{count} customers", count)


def _threshold(filters: Filters) -> html.Label:
    control = dcc.Input(
        id=_key("threshold"),
        type="number",
        min=THRESHOLDS[0],
        max=THRESHOLDS[-1],
        step=1,
        value=filters.threshold,
        className="form-control",
    )
    return _field(t("Days without an order after which a customer counts as churned"), control)

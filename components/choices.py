"""What a page lets its reader choose besides the filters; the browser writes it into the URL."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components.attributes import attributes
from data.domain.choices import CUTS, DEAL_TURNS, KEPT, TURNS
from data.domain.dimension import DIMENSIONS
from data.i18n import figure, month, t

#: The choice of none: an empty value would show as nothing. The browser drops the parameter.
NOTHING = "-"


def choice(key: str, label: str, control: Any, **more: str) -> html.Label:
    """Return a labelled control whose value becomes a parameter of the URL.

    `part` names one of several numbers under the same key.
    """
    marks = attributes(data_choice=key, **more)
    return html.Label([html.Span(label), control], className="field", **marks)


def select(options: Mapping[str, str], value: str) -> dbc.Select:
    """Return a list of (value, label) to choose from."""
    listed: Any = [{"value": key, "label": label} for key, label in options.items()]
    return dbc.Select(options=listed, value=value, size="sm")


def turn_list(start: str) -> html.Label:
    """Return the choice of the dimension that a breakdown is turned to; it begins with `start`.

    The browser keeps it to what the URL says, so the page need not be asked for it.
    """
    dimensions = DEAL_TURNS if start.startswith("seller") else TURNS
    listed = [html.Option(t(DIMENSIONS[key].label), value=key) for key in dimensions]
    marks = attributes(data_choice="turned", data_part=start)
    label = html.Span(t("By"), className="visually-hidden")
    return html.Label([label, html.Select(listed, className="turn")], className="field", **marks)


def ends_form(ends: tuple[date, date], months: Sequence[date], *, by: str = "") -> html.Div:
    """Return the choice of the two month ends and, where `by` is given, of the dimension."""
    known = {f"{m:%Y-%m}": month(m) for m in reversed(months)}
    labels = (t("Opening: end of"), t("Closing: end of"))
    fields: list[Any] = []
    for label, end in zip(labels, ends, strict=True):
        value = f"{end:%Y-%m}"
        fields.append(choice("ends", label, select({value: month(end)} | known, value)))
    if by:
        cuts = {cut: t(DIMENSIONS[cut].label) for cut in CUTS}
        fields.append(choice("by", t("By"), select(cuts, by)))
    return html.Div(fields, className="choices")


def kept_slider(kept: int, *, most: int) -> html.Div:
    """Return the slider of how many customers are kept."""
    high = max(min(most, KEPT.stop - 1), 2)
    slider = dbc.Input(
        id="kept-range", type="range", min=1, max=high, step=1, value=kept, class_name="form-range"
    )
    words = t("Keep the largest {count}", count=figure(min(kept, high), "count"))
    return html.Div(choice("keep", words, slider), className="lab")

"""The choice of the month end at which a reader stands, and what is said while one does."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import html

from components.attributes import attributes
from components.choices import NOTHING, select
from components.icons import icon
from data.i18n import month, t


def as_of_choice(months: Sequence[date], chosen: date | None) -> html.Label:
    """Return the list of closed months, today first; the browser writes the choice into the URL."""
    options = {NOTHING: t("Today")} | {f"{m:%Y-%m}": _end(m) for m in reversed(months)}
    control = select(options, f"{chosen:%Y-%m}" if chosen else NOTHING)
    label = html.Span(t("Read as of"), className="visually-hidden")
    return html.Label([label, control], className="as-of-choice", **attributes(data_choice="as_of"))


def _end(first: date) -> str:
    return t("End of {month}", month=month(first))


def looking_back(at: date, *, is_pinned: bool) -> html.Div:
    """Return the banner of somebody who stands at a closed month end, with the way back."""
    words = (
        t(
            "You read the end of {month} as it was known when it closed; dated facts up to then are"
            " those of today.",
            month=month(at),
        )
        if is_pinned
        else t(
            "You read the end of {month} as reconstructed from the facts of today: it closed before"
            " month ends were kept.",
            month=month(at),
        )
    )
    links: list[Any] = [
        html.A(t("Back to today"), href="#", **attributes(data_go="-as_of")),
        html.A(t("What was restated since"), href="#", **attributes(data_go="/asset")),
    ]
    body = html.Span([words, " ", links[0], " · ", links[1]])
    return html.Div([icon("clock-history"), body], className="banner past", role="status")

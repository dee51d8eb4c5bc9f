"""Two versions of what two people wrote, field by field, of which one each is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components.states import banner
from data.i18n import t


@dataclass(frozen=True)
class Differing:
    """One field of which two people hold different values; `chosen` is "mine", "theirs" or ""."""

    key: str
    label: str
    mine: str
    theirs: str
    chosen: str


def versions_form(words: str, fields: Sequence[Differing], *, kind: str, save: str) -> html.Div:
    """Return both versions under a sentence; `kind` is the id type of choices, `save` a button."""
    button = html.Button(
        t("Save what is chosen"), id=save, type="button", className="btn btn-primary"
    )
    lines = [_differing(each, kind) for each in fields]
    return html.Div(
        [banner(words), *lines, html.Div(button, className="form-buttons")], className="versions"
    )


def _differing(each: Differing, kind: str) -> html.Fieldset:
    options: Any = [
        {"value": side, "label": f"{label}: {value}"}
        for side, label, value in (
            ("mine", t("Mine"), each.mine),
            ("theirs", t("Theirs"), each.theirs),
        )
    ]
    radios = dbc.RadioItems(id={"type": kind, "key": each.key}, options=options, value=each.chosen)
    return html.Fieldset([html.Legend(each.label), radios])

"""Plain forms that a browser posts by itself: signing in and out, and who reads."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components.links import safe_url


def post_form(action: str, label: Any, *, csrf: str, look: str = "", **fields: str) -> html.Form:
    """Return a form of one button; `fields` are sent with it."""
    hidden = [
        dbc.Input(type="hidden", name=name, value=value)
        for name, value in {"csrf_token": csrf, **fields}.items()
    ]
    button = html.Button(label, type="submit", className=look)
    return html.Form([*hidden, button], action=safe_url(action), method="POST")

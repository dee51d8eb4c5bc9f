"""Icons by name: drawn by assets/icons.css as masks, so that they take the text's colour."""

from typing import Any

from dash import html

from components.attributes import attributes


def icon(name: str) -> html.I:
    """Return an icon that says nothing to a screen reader; the text beside it does."""
    return html.I(
        className=f"icon icon-{name.removeprefix('bi-')}",
        **attributes(aria_hidden="true"),
    )


def icon_button(name: str, label: str, **marks: Any) -> html.Button:
    """Return a button that shows an icon only and is named by its label."""
    named = attributes(aria_label=label, title=label)
    return html.Button(icon(name), type="button", className="icon-button", **named, **marks)

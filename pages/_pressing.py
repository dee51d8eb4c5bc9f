"""Which button was pressed, and the number that tells other callbacks that something was done."""

from typing import Any

from dash import ctx


def pressed_key() -> str | None:
    """Return the key of the button pressed; None where one was only drawn, which fires as well."""
    pressed = ctx.triggered_id
    if not isinstance(pressed, dict) or not ctx.triggered[0]["value"]:
        return None
    return str(pressed["key"])


def one_more(done: Any) -> int:
    """Return the next number of a Store that counts what was done."""
    return done + 1 if isinstance(done, int) else 1

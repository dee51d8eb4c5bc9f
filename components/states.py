"""What stands where there is nothing to show: empty, broken, stale, waiting; and short notes."""

from datetime import date
from typing import Any

from dash import html

from components.attributes import attributes
from components.icons import icon, icon_button
from data.i18n import day, t

SENTENCES = {
    "heavy": "This view needs too much data at once. Choose a shorter period or add a filter.",
    "busy": "Too many questions are being answered right now. Try again in a moment.",
    "unreachable": "The warehouse does not answer. Your data is safe; try again in a minute.",
    "panel": "This panel cannot be loaded now. The warehouse does not answer.",
    "forbidden": "You may not see this. Ask an administrator for the right.",
    "missing": "The data for this panel has not been imported yet.",
    "version": "New data is in. Reload the page to read it.",
    "nothing": "There are no data yet.",
    "gone": "This version of the data is gone. Reload the page.",
    "damaged": "The data are damaged, and no older version is kept. Ask an administrator to bring a"
    " backup back.",
    "release": "The data were built by another release of the application. Ask an administrator to"
    " refresh them.",
    "unknown": "This panel could not be drawn. The others are not affected.",
}


def sentence_for(kind: str) -> str:
    """Return what a reader is told about a kind of failure, in plain words."""
    return t(SENTENCES.get(kind, SENTENCES["unknown"]))


def empty(sentence: str, how_to_add: Any = "") -> html.Div:
    """Return why there is nothing here, and what to do about it."""
    words = [html.P(sentence)]
    if how_to_add:
        words.append(html.P(how_to_add, className="muted"))
    return html.Div([icon("inbox"), *words], className="state empty")


def error(
    panel_title: str, reason: str, ref: str = "", *, is_worth_another_try: bool = False
) -> html.Div:
    """Return which panel failed, why in plain words, and the reference to give to support."""
    words: list[Any] = [html.Strong(panel_title), html.P(reason)]
    if ref:
        words.append(html.P(t("Reference {ref}", ref=ref), className="muted"))
    if is_worth_another_try:
        again = attributes(data_again="1")
        words.append(html.Button(t("Retry"), type="button", className="btn btn-outline", **again))
    return html.Div([icon("exclamation-triangle"), *words], className="state error", role="alert")


def stale(as_of: date, reason: str) -> html.Div:
    """Return the banner above data that is older than it should be."""
    words = t("You are reading data as of {day}.", day=day(as_of))
    return html.Div([icon("clock-history"), f"{words} {reason}"], className="banner", role="status")


def banner(sentence: Any, *, tone: str = "warn") -> html.Div:
    """Return one sentence across the page."""
    words = html.Span(sentence)
    return html.Div([icon("info-circle"), words], className=f"banner {tone}", role="status")


def skeleton(*, lines: int = 4) -> html.Div:
    """Return grey lines in the size of what comes."""
    bars = [html.Div(className="skeleton-line") for _ in range(lines)]
    return html.Div(bars, className="skeleton", **attributes(aria_hidden="true"))


def toast(sentence: str, *, tone: str = "info", button: Any = None) -> html.Div:
    """Return a note in a corner that stays until it is closed or another one comes."""
    close = icon_button("x", t("Close"), **attributes(data_close="1"))
    inside = [html.Span(sentence), *([button] if button else []), close]
    return html.Div(html.Div(inside, className="toast-body"), className=f"toast show note-{tone}")

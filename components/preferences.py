"""Language and colours to choose, as forms that keep the choice with the account."""

from typing import Any

from dash import html

from components.forms import post_form
from components.icons import icon
from data.i18n import LANGUAGES, t

#: The address that the forms are sent to.
PATH = "/preferences"


def other_language(language: str, *, csrf: str, look: str = "") -> html.Form:
    """Return the form that changes to the other language, named in that language."""
    other = "zh" if language == "en" else "en"
    words = html.Span(LANGUAGES[other], lang=other)
    return _form(icon("translate"), words, csrf=csrf, look=look, language=other)


def other_theme(theme: str, *, csrf: str, look: str = "") -> html.Form:
    """Return the form that changes to the other colours."""
    other, picture = ("dark", "moon") if theme == "light" else ("light", "sun")
    return _form(icon(picture), theme_words(other), csrf=csrf, look=look, theme=other)


def theme_words(theme: str) -> str:
    """Return what the colours are called."""
    return t("Dark colours") if theme == "dark" else t("Light colours")


def now_and_other(now: str, other: html.Form) -> html.Div:
    """Return the present choice with the form for the other one beside it."""
    return html.Div([html.Span(now), other], className="preference")


def _form(picture: Any, words: Any, *, csrf: str, look: str, **wanted: str) -> html.Form:
    return post_form(PATH, [picture, words], csrf=csrf, look=look, **wanted)

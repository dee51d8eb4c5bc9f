"""The reader's language and `t`: English is the key, Chinese stands in the catalogue."""

from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.pofile import read_po

LANGUAGES = {"en": "English", "zh": "中文"}
CATALOGUE = Path(__file__).parent / "locale" / "zh_Hans_CN" / "messages.po"
LOCALES = {"en": "en", "zh": "zh_Hans_CN"}

_language: ContextVar[str] = ContextVar("language", default="en")


def use_language(language: str) -> None:
    """Answer in this language from here on, in this request; unknown ones mean English."""
    _language.set(language if language in LANGUAGES else "en")


def language() -> str:
    """Return the reader's language, "en" or "zh"."""
    return _language.get()


def locale() -> Locale:
    """Return the reader's locale for numbers and dates."""
    return _locale(language())


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


def t(text: str, **values: object) -> str:
    """Return the text in the reader's language, with `{name}` places filled in."""
    chosen = catalogue().get(text, text) if language() == "zh" else text
    return chosen.format(**values) if values else chosen


def tn(one: str, many: str, count: int, **values: object) -> str:
    """Return `t` of the text for one or for many; `{count}` is filled in with separators."""
    return t(one if count == 1 else many, count=f"{count:,}", **values)


@cache
def catalogue() -> dict[str, str]:
    """Return the Chinese text of every translated English text."""
    with CATALOGUE.open("rb") as file:
        messages = read_po(file, locale=LOCALES["zh"])
    return {
        message.id: message.string
        for message in messages
        if message.id and isinstance(message.id, str) and isinstance(message.string, str)
    }


def pick_language(accept_header: str | None, cookie: str | None) -> str:
    """Return the remembered language, else the first one of the browser's that is offered."""
    if cookie in LANGUAGES:
        return str(cookie)
    ranked = sorted(_preferences(accept_header or ""), key=lambda pair: -pair[1])
    return next((name for name, _ in ranked if name in LANGUAGES), "en")


def _preferences(header: str) -> list[tuple[str, float]]:
    preferences: list[tuple[str, float]] = []
    for part in header[:400].split(","):
        tag, _, quality = part.partition(";q=")
        try:
            name = Locale.parse(tag.strip(), sep="-").language
            preferences.append((name, float(quality or 1)))
        except (ValueError, UnknownLocaleError):
            continue
    return preferences

"""Log lines: one JSON object per event, in which no secret and no way to reach anybody stands."""

import logging
import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from data import settings

GONE = "[left out]"
#: Fields whose value is never written, whatever it is.
SECRET_FIELDS = frozenset(
    {"password", "token", "secret", "cookie", "authorization", "phone", "email"}
)
_NAMED = r"pass(?:word|wd)?|secret(?:_key)?|token|api[_-]?key|cookie|authorization|session"
#: What gives a secret away, and what is written in its place; in the order in which they apply.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        # What a statement was asked with: SQLAlchemy writes it behind the statement.
        (r"\[parameters: .*", f"[parameters: {GONE}]"),
        (r"(://)[^\s/@'\"]+@", rf"\1{GONE}@"),
        (r"\b(bearer|basic) +[\w.~+/=-]+", rf"\1 {GONE}"),
        (rf"\b([\w-]*(?:{_NAMED}))(['\"]?\s*[=:]\s*)(?!\[left)['\"]?[^\s'\",;}}]+", rf"\1\2{GONE}"),
        (r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+", GONE),
        # A letter may stand before: the last one of an escaped line break.
        # Numbers with a country, of mobiles in China, and of landlines there.
        (r"(?<![\d:.])\+\d{1,3}[ -]?\d[\d -]{5,14}\d(?!\d)", GONE),
        (r"(?<![\d.-])1\d{2}[ -]?\d{4}[ -]?\d{4}(?![\d-])", GONE),
        (r"(?<![\d.-])0\d{2,3}-\d{7,8}(?![\d-])", GONE),
        # Random texts of ours and of others: tokens, keys, hashes of them.
        (r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{32,}(?![\w-])", GONE),
    )
)


def redacted(text: str) -> str:
    """Return the text without secrets, phone numbers and e-mail addresses."""
    for secret in _own_secrets():
        text = text.replace(secret, GONE)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def _own_secrets() -> list[str]:
    """Return the secrets among the settings, the longest first: one may hold another."""
    values = (settings.value(each.name) for each in settings.SETTINGS.values() if each.is_secret)
    return sorted((value for value in values if len(value) >= 8), key=len, reverse=True)


def without_secrets(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Return an event of structlog's in which nothing secret is left."""
    return {name: _plain(name, value) for name, value in event.items()}


def _plain(name: str, value: Any) -> Any:
    if name.lower() in SECRET_FIELDS:
        return GONE
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(str(key), each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain("", each) for each in value]
    return value if isinstance(value, int | float | None) else redacted(repr(value))


class Record(logging.LogRecord):
    """What the standard library's loggers write: gunicorn's, Flask's and those of libraries."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info:
            # A formatter that finds the trace written does not write it again.
            self.exc_text = redacted(logging.Formatter().formatException(self.exc_info))

    def getMessage(self) -> str:  # noqa: N802 -- the standard library's name
        """Return the message without secrets."""
        return redacted(super().getMessage())


def log_as_json() -> None:
    """Let every logger of this process leave secrets out; our own write one JSON line per event."""
    logging.setLogRecordFactory(Record)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            without_secrets,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ]
    )

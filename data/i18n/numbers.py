"""Numbers as people read them, one function per unit; a blank is a dash and never "nan"."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from babel.numbers import get_currency_symbol

from data.domain.metric import Metric
from data.i18n.language import language, t

BLANK = "–"
MINUS = "−"
#: Steps of the short form, largest first: (size, English letter) and (size, Chinese word).
STEPS = {
    "en": ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")),
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
}
#: Below this the short form is the full number: four digits read as fast as "8.4K".
SHORT_FROM = 10_000
COUNT_SHORT_FROM = 1_000_000


@dataclass(frozen=True)
class Change:
    """A change as words: how much, an arrow, and whether it is good, bad or flat."""

    text: str = ""
    arrow: str = ""
    tone: str = "flat"


def is_blank(value: Any) -> bool:
    """Whether the value is missing: None, NaN, NaT or pd.NA."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except TypeError:  # pd.NA refuses a truth value
        return True


def figure(value: Any, unit: str, *, short: bool = False, currency: str = "CNY") -> str:
    """Return the value as text in the unit of its metric; blank as a dash."""
    if is_blank(value):
        return BLANK
    number = Decimal(str(value))
    if not number.is_finite():
        return BLANK
    if unit == "money":
        return _signed(number, lambda size: money(size, short=short, currency=currency))
    if unit == "count":
        return _signed(number, lambda size: count(size, short=short))
    return _signed(number, FORMATS[unit])


def signed(value: Any, unit: str, *, short: bool = False, currency: str = "CNY") -> str:
    """Return `figure` with a plus before what is above zero, for differences."""
    text = figure(value, unit, short=short, currency=currency)
    return f"+{text}" if not is_blank(value) and value > 0 and _shows_something(text) else text


def change(now: Any, before: Any, metric: Metric) -> Change:
    """Return how `now` differs from `before`; rates in points, others in per cent."""
    if is_blank(now) or is_blank(before):
        return Change()
    difference = Decimal(str(now)) - Decimal(str(before))
    text = _difference(difference, Decimal(str(before)), metric)
    if not difference or (before and not _shows_something(text)):
        return Change(t("no change"), "=", "flat")
    return Change(text, "▲" if difference > 0 else "▼", _tone(difference > 0, metric))


def _difference(difference: Decimal, before: Decimal, metric: Metric) -> str:
    size = abs(difference)
    if metric.unit == "rate":
        return t("{points} pp", points=_decimal(size * 100, 1))
    if not before:
        return t("from {before}", before=figure(before, metric.unit, short=True))
    ratio = size / abs(before)
    return percent(ratio, 1 if ratio < Decimal("0.0995") else 0)


def _tone(rises: bool, metric: Metric) -> str:
    if metric.better == "neither":
        return "flat"
    return "good" if rises == (metric.better == "up") else "bad"


def money(size: Decimal, *, short: bool, currency: str = "CNY") -> str:
    """Return an amount: ¥1.23M or ¥123.4万 where short, else with separators and cents."""
    symbol = _symbol(currency)
    if not short:
        return symbol + _decimal(size, 2, fixed=True)
    if size >= SHORT_FROM:
        return symbol + _stepped(size)
    return symbol + _decimal(size, 0 if size >= 100 else 2)


def count(size: Decimal, *, short: bool = False) -> str:
    """Return a number of things, with separators; from a million on short where asked."""
    return _stepped(size) if short and size >= COUNT_SHORT_FROM else _decimal(size, 0)


def rate(size: Decimal) -> str:
    """Return a ratio of 0–1 as per cent with one decimal."""
    return percent(size, 1)


def per_year(size: Decimal) -> str:
    """Return a frequency per customer and year."""
    return t("{number} a year", number=_decimal(size, 2))


def days(size: Decimal) -> str:
    """Return a number of days, one decimal below a hundred."""
    text = _decimal(size, 0 if size >= 100 or size == size.to_integral() else 1)
    return t("1 day") if text == "1" else t("{number} days", number=text)


def score(size: Decimal) -> str:
    """Return points of 0–100 with one decimal."""
    return _decimal(size, 1)


def times(size: Decimal) -> str:
    """Return a multiple, as 5.1×."""
    return t("{number}×", number=_decimal(size, 2 if size < 10 else 1))


def number(size: Decimal) -> str:
    """Return a plain number with at most two decimals."""
    return _decimal(size, 2)


def percent(ratio: Decimal | float, places: int = 0) -> str:
    """Return a ratio as per cent; Chinese sets no space before the sign."""
    text = _decimal(Decimal(str(ratio)) * 100, places, fixed=True)
    return f"{text}%" if language() == "zh" else f"{text}\N{NO-BREAK SPACE}%"


FORMATS: dict[str, Callable[[Decimal], str]] = {
    "count": count,
    "rate": rate,
    "per_year": per_year,
    "days": days,
    "score": score,
    "times": times,
    "number": number,
}


def _signed(number: Decimal, write: Callable[[Decimal], str]) -> str:
    text = write(abs(number))
    return MINUS + text if number < 0 and _shows_something(text) else text


def _shows_something(text: str) -> bool:
    return any(digit in text for digit in "123456789")


def _stepped(size: Decimal) -> str:
    steps = STEPS[language()]
    for index, (step, word) in enumerate(steps):
        if size < step and index < len(steps) - 1:
            continue
        places = 2 if size < step * 10 else 1 if size < step * 1000 else 0
        scaled = _round(size / step, places)
        larger = steps[index - 1] if index else None
        if larger and scaled * step >= larger[0]:
            return _decimal(Decimal(1), 2, fixed=True) + larger[1]
        return _decimal(scaled, places if scaled != 10 else 1, fixed=True) + word
    raise AssertionError("every language has at least one step")


def _decimal(size: Decimal, places: int, *, fixed: bool = False) -> str:
    """Return the digits; both languages set Python's separators, which a test holds to CLDR."""
    text = f"{_round(size, places):,f}"
    return text if fixed or not places else text.rstrip("0").rstrip(".")


def _round(size: Decimal, places: int) -> Decimal:
    return size.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@cache
def _symbol(currency: str) -> str:
    symbol = "¥" if currency == "CNY" else get_currency_symbol(currency, locale="en")
    return f"{symbol}\N{NO-BREAK SPACE}" if symbol.isalpha() else symbol

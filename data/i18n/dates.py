"""Days, months and periods as people read them."""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from data.domain.period import Calendar, Period
from data.i18n.language import language, locale, t
from data.i18n.numbers import BLANK, is_blank

DAY = {"en": "d MMM y", "zh": "y年M月d日"}
MONTH = {"en": "MMM y", "zh": "y年M月"}
DAY_OF_YEAR = {"en": "d MMM", "zh": "M月d日"}
MONTH_OF_YEAR = {"en": "MMM", "zh": "M月"}


def day(value: Any) -> str:
    """Return a day as 20 Jun 2026 or 2026年6月20日; blank as a dash."""
    return _write(value, DAY)


def month(value: Any) -> str:
    """Return a month as Jun 2026 or 2026年6月; blank as a dash."""
    return _write(value, MONTH)


def day_and_time(value: datetime) -> str:
    """Return a moment as day and minute, in the time zone it carries."""
    return f"{day(value.date())} {value:%H:%M}"


def period_words(period: Period, calendar: Calendar) -> str:
    """Return a period as words: everything, a year, whole months, else days."""
    since, last = period.since, period.last_day
    if period == calendar.preset("all"):
        return t("all time, to {day}", day=day(last))
    if period.is_whole_months:
        if (since.month, last.month, since.year) == (1, 12, last.year):
            return _year(since.year)
        return _between(since, last, whole=MONTH, start=MONTH_OF_YEAR)
    return _between(since, last, whole=DAY, start=DAY_OF_YEAR)


def _between(since: date, last: date, *, whole: dict[str, str], start: dict[str, str]) -> str:
    last_words = _write(last, whole)
    if _write(since, whole) == last_words:
        return last_words
    if since.year != last.year:
        return f"{_write(since, whole)} – {last_words}"
    if language() == "zh":
        return f"{_write(since, whole)} – {_write(last, start)}"
    return f"{_write(since, start)} – {last_words}"


def _year(year: int) -> str:
    return t("year {year}", year=year) if language() == "zh" else str(year)


def _write(value: Any, patterns: dict[str, str]) -> str:
    if is_blank(value):
        return BLANK
    return format_date(value, format=patterns[language()], locale=locale())

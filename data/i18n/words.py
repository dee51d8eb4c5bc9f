"""The filters as words, in the order in which a reader checks them."""

from collections.abc import Mapping

from data.domain.dimension import DIMENSIONS
from data.domain.filters import Filters
from data.domain.period import DAY, month_start
from data.i18n.dates import day, period_words
from data.i18n.labels import label_of
from data.i18n.language import language, t
from data.i18n.numbers import figure

#: Values that a chip names before it says how many more there are.
NAMED = 3

Names = Mapping[str, Mapping[str, str]]


def filter_words(filters: Filters, names: Names | None = None) -> list[tuple[str, str, str]]:
    """Return (key, label, words) per filter, the period first.

    `names` gives the names of values that are keys, as {"team": {"T1": "North"}}.
    """
    words = [
        (
            "period",
            period_words(filters.period, filters.calendar),
            comparison_words(filters),
        )
    ]
    words += [
        (key, _dimension(key, filters), _values(key, values, names or {}))
        for key, values in filters.chosen.items()
    ]
    if filters.threshold != filters.calendar.threshold_days:
        words.append(("threshold", t("Churned after"), figure(filters.threshold, "days")))
    if filters.focus:
        marks = (label_of(key, value) for key, value in filters.focus.items())
        words.append(("focus", t("Only"), ", ".join(marks)))
    return words


def comparison_words(filters: Filters) -> str:
    """Return what the period is compared with, as "vs same days 2025"; empty for nothing."""
    compared = filters.comparison
    if compared is None:
        return t("no comparison")
    one_year = compared.since.year == compared.last_day.year
    if filters.compare == "year" and one_year and not filters.period.is_whole_months:
        return t("vs same days {year}", year=compared.since.year)
    return t("vs {period}", period=period_words(compared, filters.calendar))


def _dimension(key: str, filters: Filters) -> str:
    dimension = DIMENSIONS[key]
    label = t(dimension.label)
    if not dimension.changes:
        return label
    return t(
        "{dimension} at {day}",
        dimension=label,
        day=day(month_start(filters.period.until) - DAY),
    )


def _values(key: str, values: tuple[str, ...], names: Names) -> str:
    known = names.get(key, {})
    words = [_value(key, value, known) for value in values]
    joined = ("、" if language() == "zh" else ", ").join(words[:NAMED])
    more = len(words) - NAMED
    return t("{values} and {count} more", values=joined, count=more) if more > 0 else joined


def _value(key: str, value: str, known: Mapping[str, str]) -> str:
    """Return a value's given name; where that is only its key again, our word for it."""
    name = known.get(value, value)
    return label_of(key, value) if name == value else name

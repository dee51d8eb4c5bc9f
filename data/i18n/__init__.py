"""English and Chinese: texts through `t`, numbers by unit, dates, and filters as words."""

from data.i18n.dates import day, day_and_time, month, period_words
from data.i18n.labels import label_of
from data.i18n.language import LANGUAGES, language, pick_language, t, tn, use_language
from data.i18n.numbers import BLANK, Change, change, figure, is_blank, percent, signed
from data.i18n.words import comparison_words, filter_words

__all__ = [
    "BLANK",
    "LANGUAGES",
    "Change",
    "change",
    "comparison_words",
    "day",
    "day_and_time",
    "figure",
    "filter_words",
    "is_blank",
    "label_of",
    "language",
    "month",
    "percent",
    "period_words",
    "pick_language",
    "signed",
    "t",
    "tn",
    "use_language",
]

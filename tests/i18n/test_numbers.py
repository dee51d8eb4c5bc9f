"""Numbers, dates and filters as people read them, in both languages."""

import random
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from babel.numbers import format_decimal

from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.period import Calendar, Period
from data.i18n import (
    change,
    day,
    figure,
    filter_words,
    month,
    period_words,
    pick_language,
    signed,
    use_language,
)
from data.i18n.numbers import FORMATS, _decimal

CALENDAR = Calendar(date(2023, 7, 1), date(2026, 6, 20))
RATE = Metric("churn", "Churn", "", "", "rate", "ratio", better="down")
SALES = Metric("sales", "Sales", "", "", "money", "sum")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave the language as it was found."""
    use_language("en")
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "¥0", "¥0"),
        (-0.001, "¥0", "¥0"),
        (12.5, "¥12.5", "¥12.5"),
        (480.866, "¥481", "¥481"),
        (9999, "¥9,999", "¥9,999"),
        (10_000, "¥10.0K", "¥1.00万"),
        (999_949, "¥999.9K", "¥100.0万"),
        (999_950, "¥1.00M", "¥100.0万"),
        (1_234_000, "¥1.23M", "¥123.4万"),
        (96_400_000, "¥96.4M", "¥9,640万"),
        (99_999_999, "¥100.0M", "¥1.00亿"),
        (123_000_000, "¥123.0M", "¥1.23亿"),
        (-12.3e6, "−¥12.3M", "−¥1,230万"),
        (Decimal("4.126e8"), "¥412.6M", "¥4.13亿"),
    ],
)
def test_short_money(value: float, english: str, chinese: str) -> None:
    assert figure(value, "money", short=True) == english
    use_language("zh")
    assert figure(value, "money", short=True) == chinese


@pytest.mark.parametrize("blank", [None, float("nan"), float("inf"), pd.NA, pd.NaT])
@pytest.mark.parametrize("unit", ["money", *FORMATS])
def test_a_blank_is_a_dash(blank: object, unit: str) -> None:
    assert figure(blank, unit) == "–"
    assert signed(blank, unit) == "–"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (8911407.904, "money", "¥8,911,407.90"),
        (0.334, "rate", "33.4\xa0%"),
        (20114, "count", "20,114"),
        (51.78, "days", "51.8 days"),
        (1, "days", "1 day"),
        (3.2, "per_year", "3.2 a year"),
        (62.43, "score", "62.4"),
        (5.1, "times", "5.1×"),
        (-0.22, "number", "−0.22"),
    ],
)
def test_each_unit(value: float, unit: str, text: str) -> None:
    assert figure(value, unit) == text


def test_digits_are_set_as_the_common_locale_data_say(dice: random.Random) -> None:
    for _ in range(2_000):
        size = Decimal(dice.randrange(10 ** dice.randrange(1, 14))).scaleb(-dice.randrange(8))
        places, fixed = dice.randrange(5), dice.random() < 0.5
        pattern = "#,##0" + (("." + ("0" if fixed else "#") * places) if places else "")
        rounded = size.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        for locale in ("en", "zh_Hans_CN"):
            said = format_decimal(rounded, format=pattern, locale=locale)
            assert _decimal(size, places, fixed=fixed) == said, (size, places, fixed, locale)


def test_a_falling_churn_is_good_and_in_points() -> None:
    moved = change(0.2, 0.221, RATE)
    assert (moved.text, moved.arrow, moved.tone) == ("2.1 pp", "▼", "good")
    use_language("zh")
    assert change(0.2, 0.221, RATE).text == "2.1 个百分点"


@pytest.mark.parametrize(
    ("now", "before", "text", "tone"),
    [
        (102.4, 100, "2.4\xa0%", "good"),
        (59, 100, "41\xa0%", "bad"),
        (100, 100, "no change", "flat"),
        (5, 0, "from ¥0", "good"),
        (5, None, "", "flat"),
        (float("nan"), 5, "", "flat"),
    ],
)
def test_changes(now: float, before: float | None, text: str, tone: str) -> None:
    moved = change(now, before, SALES)
    assert (moved.text, moved.tone) == (text, tone)


def test_days_months_and_periods() -> None:
    assert (day(date(2026, 6, 20)), month(date(2026, 6, 1))) == ("20 Jun 2026", "Jun 2026")
    assert period_words(CALENDAR.preset("ytd"), CALENDAR) == "1 Jan – 20 Jun 2026"
    assert period_words(CALENDAR.preset("last_year"), CALENDAR) == "2025"
    assert (
        period_words(Period(date(2025, 11, 1), date(2026, 3, 1)), CALENDAR) == "Nov 2025 – Feb 2026"
    )
    use_language("zh")
    assert period_words(CALENDAR.preset("ytd"), CALENDAR) == "2026年1月1日 – 6月20日"


def test_filters_as_words() -> None:
    filters = Filters.from_query({"tier": "high", "team": "T1"}, CALENDAR, version=1)
    assert filter_words(filters, {"team": {"T1": "North"}}) == [
        ("period", "1 Jan – 20 Jun 2026", "vs same days 2025"),
        ("team", "Team", "North"),
        ("tier", "Tier at 31 May 2026", "High value"),
    ]


@pytest.mark.parametrize(
    ("header", "cookie", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", None, "zh"),
        ("fr,en-US;q=0.5,zh;q=0.1", None, "en"),
        ("zh-TW", "en", "en"),
        ("*;q=x;;,", "de", "en"),
        (None, None, "en"),
    ],
)
def test_the_first_visit_follows_the_browser(
    header: str | None, cookie: str | None, language: str
) -> None:
    assert pick_language(header, cookie) == language

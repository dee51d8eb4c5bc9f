"""What choosing a mark does is read back by the filters as it was meant."""

from datetime import date
from urllib.parse import unquote

import pytest

from components.figures.marks import go, go_month, mark
from data.domain.filters import parse_search
from data.domain.period import Calendar, Period

CALENDAR = Calendar(date(2023, 7, 1), date(2026, 6, 20))


@pytest.mark.parametrize("value", ["East", "(none)", "a,b:c~d", "华南 & 100%", "x=y?z#w", "a+b"])
def test_a_value_survives_the_url(value: str) -> None:
    filters, dropped = parse_search("?" + go("region", value), CALENDAR, version=1)
    assert filters.values("region") == (value,)
    assert not dropped


def test_a_month_is_a_period() -> None:
    filters, dropped = parse_search("?" + go_month(date(2026, 3, 1)), CALENDAR, version=1)
    assert filters.period == Period(date(2026, 3, 1), date(2026, 4, 1))
    assert not dropped


@pytest.mark.parametrize("reason", ["Price", "Price, terms: all~", "价格 & 交期"])
def test_a_mark_is_a_focus(reason: str) -> None:
    written = unquote(mark(reason=reason).removeprefix("mark="))
    filters, dropped = parse_search("?focus=" + mark(reason=reason)[5:], CALENDAR, version=1)
    assert dict(filters.focus) == {"reason": reason}
    assert written.startswith("reason:")
    assert not dropped

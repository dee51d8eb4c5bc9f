"""What the cards and the sentence above them say: of month ends, and where nobody is chosen."""

from collections.abc import Callable
from typing import Any

import pytest

from queries.clv import CARDS
from tests.pages.visitor import Visitor

Visit = Callable[..., Visitor]
KPIS = "cockpit-kpis.children"
NOBODY = {"en": "There is no customer with these filters.", "zh": "按这些筛选条件没有客户。"}


def test_the_asset_card_has_a_change_a_line_and_its_error(visit: Visit) -> None:
    visitor = visit()
    cards = visitor.fire(KPIS, {"filters.data": visitor.filters()})
    (asset,) = [card for card in _cards(cards.value) if card["data-card"] == "customer_asset"]
    text = str(asset)
    assert "vs 31 May 2025" in text
    assert "spark-line" in text
    assert "Jun 2025 to Jun 2026" in text
    assert "95 % interval" in text
    assert "±" in text
    said = visitor.explain("customer_asset", visitor.filters(), panel="clv-kpis").words
    assert "31 May 2025, the last month end of the comparison" in said


def test_without_a_comparison_the_asset_is_of_today(visit: Visit) -> None:
    visitor = visit()
    words = visitor.fire(KPIS, {"filters.data": visitor.filters("?compare=none")}).words
    assert "as of today" in words
    assert "vs 3" not in words


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("search", ["?customer=nobody", "?customer=nobody&as_of=2026-02"])
def test_nobody_is_a_sentence_and_no_zero(visit: Visit, language: str, search: str) -> None:
    visitor = visit(language=language)
    filters = visitor.filters(search)
    cards = visitor.fire(KPIS, {"filters.data": filters})
    assert cards.words.count(NOBODY[language]) == len(_cards(cards.value))
    assert "¥0" not in cards.words
    said = visitor.fire("cockpit-say.children", {"filters.data": filters}).values["cockpit-say"]
    assert NOBODY[language] in str(said)
    assert "¥0" not in str(said)


def test_a_chosen_customer_without_orders_has_figures(visit: Visit) -> None:
    visitor = visit()
    filters = visitor.filters("?lifecycle=churned&period=month")
    assert NOBODY["en"] not in visitor.fire(KPIS, {"filters.data": filters}).words


def test_only_a_page_with_the_simple_value_points_to_it(visit: Visit) -> None:
    visitor = visit()
    assert "simple_clv" in CARDS
    filters = visitor.filters("?lifecycle=churned")
    pointed = "The simple CLV stands beside it."
    assert pointed not in visitor.fire(KPIS, {"filters.data": filters}).words
    assert pointed in visitor.fire("clv-kpis.children", {"filters.data": filters}).words


def _cards(row: Any) -> list[Any]:
    return [each["props"] for each in row["props"]["children"]]

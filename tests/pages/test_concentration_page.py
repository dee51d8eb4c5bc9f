"""Concentration on the Value page: what is chosen is drawn, said, explained and opened."""

from collections.abc import Callable

import pytest

from tests.pages.visitor import Visitor

Visit = Callable[..., Visitor]
ASSET = "?concentrated=customer_asset"
PARTS = ("clv-standing.children", "clv-lorenz.figure", "clv-abc.figure", "clv-say.children")


def test_the_choice_is_an_address_and_says_what_it_is_of(visit: Visit) -> None:
    visitor = visit("executive")
    gross, asset = (visitor.open("/clv", search) for search in ("", ASSET))
    for part in PARTS:
        assert gross.of(part).text != asset.of(part).text, part
    assert asset.filters["concentrated"] == "customer_asset"
    assert "customers have ordered." in gross.of(PARTS[0]).words
    assert "never have and are left out." in gross.of(PARTS[0]).words
    assert "customers have an official value." in asset.of(PARTS[0]).words
    assert "are churned and no part of the asset." in asset.of(PARTS[0]).words
    assert '"data-explain": "customer_asset"' in asset.of(PARTS[0]).text.replace('":"', '": "')
    for part in PARTS[1:3]:
        assert "Gross revenue, ever" in gross.of(part).words
        assert "Customer asset" in asset.of(part).words
    assert "of the gross revenue" in gross.of(PARTS[3]).words
    assert "of the customer asset" in asset.of(PARTS[3]).words


@pytest.mark.parametrize("user", ["lead", "rep"])
def test_it_is_of_the_readers_own_customers(visit: Visit, user: str) -> None:
    every, own = visit("executive").open("/clv", ASSET), visit(user).open("/clv", ASSET)
    for part in PARTS[:3]:
        assert every.of(part).text != own.of(part).text, part


def test_rows_and_files_are_of_what_is_chosen(visit: Visit) -> None:
    visitor = visit("executive")
    filters = visitor.filters(ASSET)
    rows = visitor.rows("clv-abc", filters, mark="class:A").words
    assert "Customer asset in all" in rows
    assert "Gross revenue, ever" not in rows
    standing = visitor.rows("clv-standing", filters)
    assert "Takes part" in standing.text
    assert "Customer asset" in visitor.get(f"/export/clv-lorenz.csv{ASSET}").text.splitlines()[0]
    explained = visitor.explain("customer_asset", filters, panel="clv-standing").words
    assert "equal to the figure" in explained


def test_nonsense_is_named_and_dropped(visit: Visit) -> None:
    opened = visit("executive").open("/clv", "?concentrated=margin")
    assert "concentrated=margin" in opened.of("toasts.children").words
    assert "concentrated" not in opened.filters


def test_in_chinese(visit: Visit) -> None:
    opened = visit("executive", language="zh").open("/clv", ASSET)
    assert "位客户有官方价值" in opened.of(PARTS[0]).words
    assert "客户资产占比" in opened.of(PARTS[1]).words

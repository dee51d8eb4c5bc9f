"""Companies with almost no data: pages say what is missing and make no number of nothing."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from data.warehouse.fetch import Fetcher
from pages._page import PAGES, PANELS
from tests.companies import Table, company
from tests.pages.visitor import Visitor

Visit = Callable[..., Visitor]


def _order(number: int, customer: str, day: date, amount: str) -> dict[str, Any]:
    return {
        "order_id": f"O{number}",
        "customer_id": customer,
        "ordered_on": day,
        "amount": Decimal(amount),
    }


def _deal(number: int, customer: str, *, status: str = "won") -> dict[str, Any]:
    return {
        "opportunity_id": f"D{number}",
        "customer_id": customer,
        "created_on": date(2026, 1, 1 + number % 28),
        "stage": "won" if status == "won" else "lead",
        "status": status,
        "closed_on": None if status == "open" else date(2026, 3, 1 + number % 28),
    }


PEOPLE: Table = [{"customer_id": f"K{n}", "name": f"Customer {n}"} for n in range(8)]
ORDERS = [
    _order(n, f"K{n % 5}", date(2025 + n % 2, 1 + n % 6, 3), f"{n + 1}.50") for n in range(40)
]
STATUS = ("won", "lost", "open")
NAMES = ("=1+1", "<b>bold</b>", "a,b:c~d", "", " ", "%25", "张三", "é")
FREE = _order(1, "K0", date(2026, 3, 4), "0.00")
RETURN = _order(99, "K1", date(2026, 2, 1), "-9000.00")

COMPANIES: dict[str, dict[str, Table]] = {
    "orders only": {"customer": PEOPLE, "orders": ORDERS},
    "opportunities only": {
        "customer": PEOPLE,
        "opportunity": [_deal(n, f"K{n % 8}", status=STATUS[n % 3]) for n in range(9)],
    },
    "one order": {"customer": PEOPLE[:1], "orders": [_order(1, "K0", date(2026, 3, 4), "10.00")]},
    "one free order": {"customer": PEOPLE[:1], "orders": [FREE]},
    "more returned than sold": {"customer": PEOPLE, "orders": [*ORDERS, RETURN]},
    "orders long ago": {
        "customer": PEOPLE,
        "orders": [_order(n, f"K{n}", date(2019, 5, 5), "7.00") for n in range(8)],
    },
    "names of formulas and tags": {
        "customer": [
            {"customer_id": f"K{n}", "name": name, "region": name, "industry": name}
            for n, name in enumerate(NAMES)
        ],
        "orders": ORDERS,
    },
}  # fmt: skip


@pytest.fixture(scope="module", params=COMPANIES)
def odd(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Fetcher]:
    """One odd company after the other."""
    folder = tmp_path_factory.mktemp("odd")
    found = company(folder, COMPANIES[request.param], date(2026, 6, 20))
    yield found
    found.readers.close()


SEARCHES = ("?period=all&compare=none", "?period=last_month&compare=previous")


def test_every_page_opens(visit_other: Visit, odd: Fetcher) -> None:
    visitor = visit_other(odd, "executive")
    for page in PAGES.values():
        for search in SEARCHES:
            for output, answer in visitor.open(page.path, search).answers.items():
                assert answer.status in (200, 204), (output, answer.text)
                json.dumps(answer.values, allow_nan=False)
                assert "Reference " not in answer.words.replace("<br>", " "), (
                    search,
                    output,
                    answer.words,
                )
                assert not re.search(r"\b(nan|inf|None|NaT)\b", answer.words), (
                    output,
                    answer.words,
                )


def test_every_drawer_opens(visit_other: Visit, odd: Fetcher) -> None:
    visitor = visit_other(odd, "analyst")
    filters = visitor.filters()
    explained: set[str] = set()
    for panel in PANELS.values():
        answers = [visitor.rows(panel.id, filters)]
        # An explanation is of a metric, whichever panel it is opened from.
        new = [key for key in panel.question.metrics if key not in explained]
        answers += [visitor.explain(key, filters, panel=panel.id) for key in new]
        explained.update(new)
        for answer in answers:
            assert answer.status == 200
            json.dumps(answer.values, allow_nan=False)
            assert "Reference " not in answer.words, (panel.id, answer.words)
        assert visitor.get(f"/export/{panel.id}.csv").status_code == 200


def test_the_filter_form_opens(visit_other: Visit, odd: Fetcher) -> None:
    visitor = visit_other(odd, "executive")
    values = {"filter-drawer.is_open": True, "filters.data": visitor.filters()}
    answer = visitor.fire("filter-body.children", values)
    assert answer.status == 200
    assert "Reference" not in answer.words


@pytest.mark.parametrize("odd", ["orders only"], indirect=True)
def test_missing_tables_are_named(visit_other: Visit, odd: Fetcher) -> None:
    visitor = visit_other(odd, "executive")
    for path in ("/funnel",):
        if path in {p.path for p in PAGES.values()}:
            assert "opportunit" in visitor.open(path).words.lower()
    assert "There are no rows in payment." in visitor.open("/").words


@pytest.mark.parametrize("odd", ["opportunities only"], indirect=True)
def test_a_company_without_orders_is_told_to_import_them(visit_other: Visit, odd: Fetcher) -> None:
    words = visit_other(odd, "executive").open("/").words.replace("<br>", " ")
    assert "There are no rows in orders" in words


@pytest.mark.parametrize("odd", ["names of formulas and tags"], indirect=True)
def test_names_are_shown_as_text(visit_other: Visit, odd: Fetcher) -> None:
    visitor = visit_other(odd, "executive")
    figure = json.dumps(
        visitor.open("/").answers["cockpit-regions.figure"].value["layout"]["yaxis"]
    )
    assert "<b>bold" not in figure
    export = visitor.get("/export/cockpit-teams.csv?period=all").text
    assert "'=1+1" in export


def test_what_nobody_recorded_is_blank_and_no_zero(
    visit_other: Visit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sellers: dict[str, Table] = {
        "team": [{"team_id": "T", "name": "Team"}],
        "rep": [{"rep_id": "R", "name": "Rep", "team_id": "T"}],
        "customer": [{**who, "rep_id": "R"} for who in PEOPLE],
        "orders": [{**order, "rep_id": "R"} for order in ORDERS],
    }
    sold = company(tmp_path_factory.mktemp("sold"), sellers, date(2026, 6, 20))
    answers = visit_other(sold, "executive").open("/team", "?period=all").answers
    cards, leaders = (
        next(answer.words for output, answer in answers.items() if name in output)
        for name in ("team-kpis", "team-leaders")
    )
    for table in ("payment", "activity"):
        assert f"There are no rows in {table}." in cards
    assert "Rep" in leaders
    assert "¥0" not in leaders
    sold.readers.close()


AS_OF = date(2026, 6, 20)
MANY: Table = [
    {"customer_id": f"K{n}", "name": f"Customer {n}", "region": ("North", "South")[n % 2]}
    for n in range(320)
]
FIRST = [_order(n, f"K{n}", AS_OF - timedelta(days=300 + n), "20.00") for n in range(320)]
UNVALUED: dict[str, tuple[Table, str, bool]] = {
    "fewer than 100 come back": (
        FIRST + [_order(500 + n, f"K{n}", AS_OF - timedelta(days=n), "30.00") for n in range(90)],
        "90 of them with a second order, are known",
        True,
    ),
    "all buy once": (FIRST, "Not one of the 320 customers has ordered twice", True),
    "one day": (
        [_order(n, f"K{n}", AS_OF, "20.00") for n in range(320)],
        "before the last day of the data",
        False,
    ),
    "most of it in the future": (
        FIRST[:50] + [_order(500 + n, f"K{n}", date(2031, 1, 1), "30.00") for n in range(300)],
        "Not one of the 50 customers has ordered twice",
        True,
    ),
    "absurd amounts": (
        [
            *FIRST,
            _order(501, "K1", AS_OF - timedelta(days=9), "99999999999.9999"),
            _order(502, "K2", AS_OF - timedelta(days=9), "-99999999999.9999"),
        ],
        "order customers have no official value",
        True,
    ),
}


@pytest.mark.parametrize("name", UNVALUED)
def test_value_and_churn_say_why_they_are_blank_and_what_stands_in(
    name: str, visit_other: Visit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    orders, why, has_simple = UNVALUED[name]
    found = company(tmp_path_factory.mktemp("few"), {"customer": MANY, "orders": orders}, AS_OF)
    visitor = visit_other(found, "executive")
    value = visitor.open("/clv").answers
    words = {output: answer.words for output, answer in value.items()}
    said = next(answer for output, answer in words.items() if "clv-say" in output)
    assert any(why in shown for shown in words.values())
    assert "no official value" in said
    assert ("stands in its place" if has_simple else "no simple CLV that could stand in") in said
    cards = next(answer for output, answer in words.items() if "clv-kpis" in output)
    assert ("The simple CLV stands beside it." in cards) == has_simple
    ahead = visitor.open("/churn").words
    assert "What may be lost cannot be said here" in ahead
    for shown in (*words.values(), ahead):
        assert not re.search(r"\b(nan|inf|None)\b|\d{5,}[.\d]* %|e\+\d\d", shown), shown
    found.readers.close()

"""Contracts that overlap: a customer is covered up to the last end of the terms begun."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from data.domain.model import ScoringModel
from queries.churn import churn_months
from queries.kpis import totals
from queries.metrics import METRICS
from tests.companies import Table, company
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask
from tests.queries.test_reference import assert_equal_to_references

AS_OF = date(2026, 6, 20)
#: What contracts decide.
KEYS = tuple(key for key, m in METRICS.items() if m.family in ("churn", "contracts"))


def _term(number: int, customer: str, since: date, until: date) -> dict[str, Any]:
    return {
        "contract_id": f"T{number}",
        "customer_id": customer,
        "starts_on": since,
        "ends_on": until,
        "amount": Decimal("1200.00"),
    }


#: Customer -> terms as (first day, last day).
TERMS: dict[str, tuple[tuple[date, date], ...]] = {
    "short within long": (
        (date(2025, 1, 1), date(2025, 12, 31)),
        (date(2025, 3, 1), date(2025, 3, 31)),
    ),
    "short within long, then another": (
        (date(2025, 1, 1), date(2025, 10, 31)),
        (date(2025, 2, 1), date(2025, 3, 31)),
        (date(2025, 11, 10), date(2026, 1, 31)),
    ),
    "same first day": (
        (date(2025, 2, 1), date(2025, 11, 30)),
        (date(2025, 2, 1), date(2025, 4, 30)),
    ),
    "long after short": (
        (date(2025, 1, 15), date(2025, 6, 30)),
        (date(2025, 5, 1), date(2026, 4, 30)),
    ),
    "a gap beyond the grace days": (
        (date(2025, 1, 1), date(2025, 6, 30)),
        (date(2025, 2, 1), date(2025, 2, 28)),
        (date(2025, 9, 1), date(2025, 12, 31)),
    ),
}
CUSTOMERS: Table = [{"customer_id": name, "name": name} for name in TERMS]
CONTRACTS = [
    _term(10 * n + i, name, *span)
    for n, (name, spans) in enumerate(TERMS.items())
    for i, span in enumerate(spans)
]
ORDERS: Table = [
    {
        "order_id": "O1",
        "customer_id": "short within long",
        "ordered_on": date(2024, 12, 1),
        "amount": Decimal("10.00"),
    }
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A company whose contracts overlap."""
    tables = {"customer": CUSTOMERS, "contract": CONTRACTS, "orders": ORDERS}
    fetcher = company(tmp_path_factory.mktemp("contracts"), tables, AS_OF)
    yield Demo(fetcher.warehouse, fetcher)
    fetcher.readers.close()


@pytest.mark.parametrize(
    "period", ["2025-04-01..2025-05-31", "2025-04-15..2025-07-10", "last_12", "ytd", "all"]
)
def test_churn_equals_its_reference(period: str, demo: Demo) -> None:
    assert_equal_to_references(demo, demo.filters(period=period), keys=KEYS)


@pytest.mark.parametrize("threshold", ["90", "60"])
def test_the_months_say_what_the_month_ends_say(threshold: str, demo: Demo) -> None:
    filters = demo.filters(period="all", threshold=threshold)
    rows = ask(demo, churn_months, filters, ADMIN)
    lost = {f"{month:%Y-%m}": int(n) for month, n in zip(rows["month"], rows["lost"], strict=True)}
    # Each is lost on the 31st day after the last day that any of its terms covers.
    assert {month: n for month, n in lost.items() if n} == {
        "2025-07": 1,
        "2025-12": 1,
        "2026-01": 2,
        "2026-03": 1,
        "2026-05": 1,
    }


def test_a_term_is_renewed_by_one_that_lasts_longer(demo: Demo) -> None:
    keys = ("contracts_ended", "contracts_renewed")
    row = ask(demo, partial(totals, keys=keys), demo.filters(period="all"), ADMIN).iloc[0]
    assert (row["contracts_ended"], row["contracts_renewed"]) == (12, 2)


def test_the_grace_days_are_those_of_the_scoring_model(tmp_path: Path) -> None:
    model = ScoringModel(grace_days=100)
    tables = {"customer": CUSTOMERS, "contract": CONTRACTS}
    fetcher = company(tmp_path, tables, AS_OF, model=model)
    demo = Demo(fetcher.warehouse, fetcher)
    # Each is churned on the 101st day after the last day covered: 30 November, 31 December twice.
    spans = {"2026-01-01..2026-03-10": 0, "2026-03-11..2026-04-10": 1, "2026-04-11..2026-04-11": 2}
    for period, lost in spans.items():
        keys = ("churned_customers",)
        rows = ask(demo, partial(totals, keys=keys), demo.filters(period=period), ADMIN)
        assert rows["churned_customers"].iloc[0] == lost
    demo.close()

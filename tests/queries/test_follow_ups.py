"""Follow-ups are counted with customers and prospects, and the definition says who is left out."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from queries.kpis import totals
from queries.metrics import METRICS
from tests.companies import Table, company
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask

CUSTOMERS: Table = [{"customer_id": n, "name": n} for n in ("buyer", "prospect")]
ORDERS: Table = [
    {
        "order_id": "O1",
        "customer_id": "buyer",
        "ordered_on": date(2026, 5, 1),
        "amount": Decimal("10.00"),
    }
]
LEADS: Table = [
    {
        "opportunity_id": "D1",
        "lead_name": "Lead",
        "stage": "lead",
        "status": "open",
        "created_on": date(2026, 5, 1),
    }
]
CALLS: Table = [
    {
        "activity_id": f"A{n}",
        "customer_id": customer,
        "opportunity_id": opportunity,
        "kind": "call",
        "happened_at": datetime(2026, 5, 4, 9),
    }
    for n, (customer, opportunity) in enumerate(
        [("buyer", None), ("prospect", None), ("prospect", None), (None, "D1")]
    )
]


def test_a_call_to_a_lead_without_a_customer_is_not_counted(tmp_path: Path) -> None:
    tables = {"customer": CUSTOMERS, "orders": ORDERS, "opportunity": LEADS, "activity": CALLS}
    fetcher = company(tmp_path, tables, date(2026, 6, 20))
    demo = Demo(fetcher.warehouse, fetcher)
    rows = ask(demo, partial(totals, keys=("follow_ups",)), demo.filters(), ADMIN)
    assert rows["follow_ups"].iloc[0] == 3
    assert "leads that are no customer yet" in METRICS["follow_ups"].definition
    demo.close()

"""Month ends that nothing touched are copied, and equal what would be computed again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.schema import DropSchema

from data.domain.period import add_months, month_start
from data.pipeline import refresh as refreshing
from data.pipeline.contract import copy_contract
from data.pipeline.in_force import state_of
from data.pipeline.load_demo import Company, load_demo
from data.pipeline.refresh import refresh
from data.warehouse.fetch import Fetcher
from data.warehouse.marts import MARTS
from data.warehouse.schema import contract, customer, orders, ticket
from data.warehouse.versions import Warehouse, live, new_version, open_warehouse, published, undo
from tests.conftest import Demo
from tests.warehouse.rows import difference, table_rows

Edit = Callable[[Connection], None]
#: Enough of them that a model is learnt once, and kept.
COMPANY = Company(customers=600, months=18, seed=3, stories=False)
AS_OF = date(2026, 6, 20)
MIDDLE = date(2025, 9, 1)


def nothing(_connection: Connection) -> None:
    """Leave everything as it is."""


def another_industry(connection: Connection) -> None:
    """Move the customer who ordered first, of those without a contract, into another industry."""
    bound = select(contract.c.customer_id)
    first = (
        select(orders.c.customer_id)
        .where(orders.c.customer_id.not_in(bound), orders.c.customer_id.is_not(None))
        .order_by(orders.c.ordered_on, orders.c.order_id)
        .limit(1)
    )
    who = connection.execute(first).scalar_one()
    row = dict(
        connection.execute(select(customer).where(customer.c.customer_id == who)).one()._mapping
    )
    others = select(customer.c.industry).where(customer.c.industry != row["industry"]).limit(1)
    connection.execute(delete(customer).where(customer.c.customer_id == who))
    row["industry"] = connection.execute(others.order_by(customer.c.industry)).scalar_one()
    connection.execute(insert(customer), [row])


def lost_order(connection: Connection) -> None:
    """Remove an order of the middle."""
    inside = orders.c.ordered_on >= MIDDLE
    stmt = select(orders.c.order_id).where(inside).order_by(orders.c.ordered_on, orders.c.order_id)
    gone = connection.execute(stmt.limit(1)).scalar_one()
    connection.execute(delete(orders).where(orders.c.order_id == gone))


def short_contract(connection: Connection) -> None:
    """Add a contract that lies within one that began before and runs longer."""
    stmt = select(contract.c.customer_id, contract.c.ends_on).where(
        contract.c.starts_on < MIDDLE, contract.c.ends_on > MIDDLE + timedelta(days=150)
    )
    who = connection.execute(stmt.order_by(contract.c.customer_id).limit(1)).one().customer_id
    row = {
        "contract_id": "within",
        "customer_id": who,
        "starts_on": MIDDLE + timedelta(days=70),
        "ends_on": MIDDLE + timedelta(days=100),
        "amount": Decimal(900),
    }
    connection.execute(insert(contract), [row])


def late_complaint(connection: Connection) -> None:
    """Add a complaint of three months ago."""
    who = connection.execute(
        select(orders.c.customer_id).where(orders.c.customer_id.is_not(None)).limit(1)
    ).scalar_one()
    opened = {"ticket_id": "late", "customer_id": who, "kind": "complaint"}
    connection.execute(insert(ticket), [{**opened, "opened_at": _noon(date(2026, 3, 5))}])


def _noon(day: date) -> Any:
    from datetime import datetime, time

    return datetime.combine(day, time(12))


def first_of_all(connection: Connection) -> None:
    """Add a customer whose id comes before all others, with an order of this month."""
    connection.execute(insert(customer), [{"customer_id": "!", "name": "New", "kind": "person"}])
    order = {"order_id": "!", "customer_id": "!", "ordered_on": AS_OF, "amount": Decimal(50)}
    connection.execute(insert(orders), [order])


#: From the oldest month touched to the newest: what one gets wrong, the next does not mend.
EDITS: Sequence[tuple[Edit, date | None]] = (
    (another_industry, None),
    (lost_order, add_months(MIDDLE, -1)),
    (late_complaint, date(2026, 2, 1)),
    (first_of_all, date(2026, 5, 1)),
    (nothing, date(2026, 5, 1)),
)


class Refreshes:
    """Refreshes a warehouse again and again, and remembers the last month end carried by each."""

    def __init__(self, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
        self.warehouse = warehouse
        self.carried: list[date | None] = []
        fill = refreshing.fill_month_ends

        def spy(*args: Any, after: date | None = None) -> None:
            self.carried.append(after)
            fill(*args, after=after)

        monkeypatch.setattr(refreshing, "fill_month_ends", spy)

    def __call__(self, edit: Edit = nothing, *, as_of: date = AS_OF, anew: bool = False) -> None:
        with state_of(self.warehouse) as state, new_version(self.warehouse) as build:
            copy_contract(build)
            edit(build.connection)
            build.connection.commit()
            if anew:
                build.follows = None
            refresh(build, as_of=as_of, state=state)

    def marts(self) -> Demo:
        """Return the live version."""
        return Demo(self.warehouse, Fetcher(self.warehouse))


def assert_same_as_computed(refreshes: Refreshes, *, as_of: date = AS_OF) -> None:
    """Compute the live version's facts anew, and compare every mart to the last digit."""
    carried = refreshes.marts()
    number = carried.fetcher.live()
    tables = {t: table_rows(carried, t) for t in MARTS.sorted_tables}
    refreshes(anew=True, as_of=as_of)
    computed = refreshes.marts()
    assert (computed.fetcher.live(), refreshes.carried[-1]) == (number + 1, None)
    for table, rows in tables.items():
        assert difference(rows, table_rows(computed, table)) == "", table.name
    for demo in (carried, computed):
        demo.fetcher.readers.close()


def test_what_an_edit_does_not_touch_is_carried_and_all_is_as_if_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = open_warehouse("", var=tmp_path)
    load_demo(warehouse, COMPANY)
    refreshes = Refreshes(warehouse, monkeypatch)
    for edit, carried in EDITS:
        refreshes(edit)
        if carried is not None:
            assert refreshes.carried[-1] == carried, edit.__name__
    assert_same_as_computed(refreshes)


def test_a_contract_within_another_touches_the_months_of_the_longer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = open_warehouse("", var=tmp_path)
    load_demo(warehouse, COMPANY)
    refreshes = Refreshes(warehouse, monkeypatch)
    refreshes(short_contract)
    assert refreshes.carried[-1] is None or refreshes.carried[-1] < MIDDLE
    assert_same_as_computed(refreshes)


def test_a_month_that_closes_is_computed_and_an_earlier_day_brings_nothing_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = open_warehouse("", var=tmp_path)
    load_demo(warehouse, COMPANY)
    refreshes = Refreshes(warehouse, monkeypatch)
    later = add_months(month_start(AS_OF), 1)
    refreshes(as_of=later)
    assert refreshes.carried[-1] == date(2026, 5, 1)
    assert_same_as_computed(refreshes, as_of=later)
    earlier = date(2026, 3, 31)
    refreshes(as_of=earlier)
    assert refreshes.carried[-1] in (None, date(2026, 2, 1), date(2026, 3, 1))
    assert_same_as_computed(refreshes, as_of=earlier)


def two_edits(connection: Connection) -> None:
    """Add a complaint of three months ago, and a customer before all others."""
    late_complaint(connection)
    first_of_all(connection)


def test_servers_carry_alike(
    server_demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEEP_VERSIONS", "9")
    warehouse = replace(server_demo.warehouse, var=tmp_path)
    first = live(warehouse)
    try:
        load_demo(warehouse, COMPANY)
        refreshes = Refreshes(warehouse, monkeypatch)
        refreshes(two_edits)
        assert refreshes.carried[-1] == date(2026, 2, 1)
        assert_same_as_computed(refreshes)
    finally:
        _back_to(warehouse, first)


def _back_to(warehouse: Warehouse, first: int) -> None:
    """Leave the server as it was found: the first version live, the later ones gone."""
    while live(warehouse) > first:
        undo(warehouse)
    cascade = warehouse.kind == "postgresql"
    with warehouse.server.connect() as connection:
        for number in (n for n in published(warehouse) if n > first):
            connection.execute(DropSchema(warehouse.name(number), cascade=cascade))
            connection.commit()
    warehouse.server.dispose()

"""What must hold of values through the real pipeline, whatever the company: order, money, growth."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from data.domain.columns import LOSSES
from data.warehouse.marts import customer_current, model_fact
from tests.companies import Table, company

AS_OF = date(2026, 6, 30)
CUSTOMERS = 420
WHOLE = ("value", "simple_value", "margin", "net_6m", "net_12m", "net")
Values = dict[str, dict[str, Any]]


def _people() -> Table:
    return [{"customer_id": f"c{i:03}", "name": f"C {i}"} for i in range(CUSTOMERS)]


def _orders(seed: int = 7) -> Table:
    """Return purchases of customers who differ in how often they buy, what they pay, and leave."""
    dice = np.random.default_rng(seed)
    rows: Table = []
    for i in range(CUSTOMERS):
        day, spend = float(dice.integers(0, 600)), dice.gamma(6.0) / dice.gamma(4.0) * 40
        gap, stays = 60 / dice.gamma(1.2), 1 - dice.beta(0.9, 4.0)
        while day < 720:
            amount = Decimal(round(100 * spend * dice.uniform(0.6, 1.4)) + 1) / 100
            rows.append(_order(len(rows), f"c{i:03}", AS_OF - timedelta(720 - int(day)), amount))
            if dice.random() > stays:
                break
            day += 1 + dice.exponential(gap)
    return rows


def _order(number: int, who: str, day: date, amount: Decimal) -> dict[str, Any]:
    return {
        "order_id": f"o{number:05}",
        "customer_id": who,
        "ordered_on": day,
        "amount": amount,
        "cost": (amount * Decimal("0.6")).quantize(Decimal("0.0001")),
    }


Read = Callable[[Table, Table], tuple[Values, dict[str, float]]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Build a company and return what it says of each customer, and what the models learnt."""

    def build(people: Table, orders: Table) -> tuple[Values, dict[str, float]]:
        folder: Path = tmp_path_factory.mktemp("properties")
        found = company(folder, {"customer": people, "orders": orders}, AS_OF)
        names = (*WHOLE, "p_alive", "risk", *LOSSES)
        c, f = customer_current.c, model_fact.c
        with found.readers.engine(found.info().number).connect() as connection:
            rows = connection.execute(select(c.customer_id, *(c[n] for n in names))).mappings()
            values = {row["customer_id"]: {n: row[n] for n in names} for row in rows}
            facts = connection.execute(select(f.part, f.name, f.value)).all()
        found.readers.close()
        return values, {f"{part} {name}": value for part, name, value in facts}

    return build


@pytest.fixture(scope="module")
def base(read: Read) -> tuple[Values, dict[str, float]]:
    """The company as it is."""
    return read(_people(), _orders())


def test_the_company_is_large_enough_to_be_valued(base: tuple[Values, dict[str, float]]) -> None:
    values, facts = base
    assert facts["buying is_usable"] == 1
    assert sum(v["value"] > 0 for v in values.values() if v["value"] is not None) > 100


def test_probabilities_are_probabilities_and_no_more_is_lost_than_there_is(
    base: tuple[Values, dict[str, float]],
) -> None:
    for v in base[0].values():
        assert all(0 <= v[n] <= 1 for n in ("p_alive", "risk") if v[n] is not None)
        assert sum(v[n] or 0 for n in LOSSES) <= 10_000


def test_the_order_of_rows_changes_nothing(
    read: Read, base: tuple[Values, dict[str, float]]
) -> None:
    dice = np.random.default_rng(1)
    people, orders = _people(), _orders()
    mixed = [[rows[i] for i in dice.permutation(len(rows))] for rows in (people, orders)]
    assert read(*mixed) == base


def test_money_scales_every_value(read: Read, base: tuple[Values, dict[str, float]]) -> None:
    factor = 10
    dearer = [{**r, "amount": r["amount"] * factor, "cost": r["cost"] * factor} for r in _orders()]
    values, _ = read(_people(), dearer)
    for who, before in base[0].items():
        now = values[who]
        for name in ("margin", "net_6m", "net_12m", "net"):
            assert now[name] == factor * before[name], "sums scale to the last digit"
        for name in ("value", "simple_value"):
            assert float(now[name]) == pytest.approx(factor * float(before[name]), 1e-5, abs=100)
        assert now["p_alive"] == pytest.approx(before["p_alive"], abs=1e-9)


def test_one_more_order_never_lowers_what_a_customer_has_brought(
    read: Read, base: tuple[Values, dict[str, float]]
) -> None:
    """Every customer is an example: one order more each, of any day and any amount."""
    dice = np.random.default_rng(3)
    more = [
        _order(
            90_000 + i,
            f"c{i:03}",
            AS_OF - timedelta(days=int(dice.integers(0, 700))),
            Decimal(int(dice.integers(1, 10**6))) / 100,
        )
        for i in range(CUSTOMERS)
    ]
    values, _ = read(_people(), [*_orders(), *more])
    for added in more:
        before, now = base[0][added["customer_id"]], values[added["customer_id"]]
        assert now["margin"] == before["margin"] + 10_000 * (added["amount"] - added["cost"])
        for name in ("net_6m", "net_12m", "net"):
            assert (now[name] or 0) >= (before[name] or 0), name

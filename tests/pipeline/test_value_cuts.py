"""Bands of value: quantiles of any company, ties on one side, and fewer bands where few differ."""

import random
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, column, create_engine, insert, select
from sqlalchemy import table as table_of

from data.domain.columns import VALUE_CUTS
from data.pipeline.marts.cuts import fill_value_cuts
from data.warehouse import marts


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("duckdb:///:memory:")
    # Of the many columns of the mart, those that the cuts are read from.
    columns = "customer_no INT, is_customer BOOL, is_churned BOOL, value BIGINT"
    with engine.connect() as opened:
        opened.exec_driver_sql(f"CREATE TABLE customer_current ({columns})")
        marts.MARTS.create_all(opened, tables=[marts.rfm_cut])
        yield opened
    engine.dispose()


def cuts_of(connection: Connection, values: list[int | None]) -> list[int]:
    """Return the cuts of customers with these values, in ten-thousandths."""
    rows = [(i, True, False, value) for i, value in enumerate(values)]
    rows += [(-1, True, True, 10**12), (-2, False, False, 10**12)]
    names = ("customer_no", "is_customer", "is_churned", "value")
    table = table_of("customer_current", *map(column, names))
    connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
    context: Any = SimpleNamespace(connection=connection)
    fill_value_cuts(context)
    found = connection.execute(select(marts.rfm_cut)).mappings().all()
    if not found:
        return []
    (row,) = found
    assert row["item"] == "value"
    cells = [row[f"cut_{i}"] for i in range(1, len(VALUE_CUTS) + 1)]
    cuts = [cell for cell in cells if cell is not None]
    assert cells == [*cuts, *[None] * (len(cells) - len(cuts))]
    return cuts


def band(value: int, cuts: list[int]) -> int:
    return sum(value > cut for cut in cuts)


@pytest.mark.parametrize("most", [1, 3, 12, 10**9])
def test_every_band_has_customers_and_its_share(
    connection: Connection, dice: random.Random, most: int
) -> None:
    values = [dice.randint(0, most) for _ in range(dice.randint(60, 400))]
    cuts = cuts_of(connection, [*values, None, None])
    assert cuts == sorted(set(cuts))
    assert {band(value, cuts) for value in values} == set(range(len(cuts) + 1))
    for share in VALUE_CUTS:
        border = sorted(values)[-(-len(values) * share // 100) - 1]
        assert border in cuts or border == max(values)
    if most == 10**9:
        assert len(cuts) == len(VALUE_CUTS)


@pytest.mark.parametrize("values", [[], [None, None], [5], [7, 7, 7, 7], [0, 0, 0]])
def test_where_nobody_differs_there_is_one_band(
    connection: Connection, values: list[int | None]
) -> None:
    assert cuts_of(connection, values) == []


def test_many_at_zero_are_one_band(connection: Connection) -> None:
    cuts = cuts_of(connection, [*[0] * 60, *range(1, 41)])
    assert cuts[0] == 0
    assert len(cuts) == 3

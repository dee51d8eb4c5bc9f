"""PostgreSQL and ClickHouse build the same version as DuckDB, to the last digit."""

import pytest
from sqlalchemy import Table

from data.warehouse.marts import MARTS
from data.warehouse.schema import CONTRACT
from tests.conftest import Demo
from tests.warehouse.rows import difference, table_rows

TABLES = [*CONTRACT.sorted_tables, *MARTS.sorted_tables]


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_table_holds_the_same_rows(
    table: Table, duckdb_demo: Demo, server_demo: Demo
) -> None:
    found = table_rows(duckdb_demo, table), table_rows(server_demo, table)
    assert difference(*found) == ""

"""The demo company in an in-memory DuckDB, with its stories and without, once per session."""

from collections.abc import Iterator

import duckdb
import pytest

from data.demo import demo_batches
from data.warehouse.schema import CONTRACT

CUSTOMERS = 20_000


def load(*, customers: int, stories: bool = True) -> duckdb.DuckDBPyConnection:
    """All batches of a company, one DuckDB table per contract table."""
    connection = duckdb.connect(config={"memory_limit": "2GB", "threads": 2})
    made: set[str] = set()
    for name, rows in demo_batches(customers=customers, stories=stories):
        assert name in CONTRACT.tables
        verb = f"INSERT INTO {name}" if name in made else f"CREATE TABLE {name} AS"
        connection.register("batch", rows)
        connection.execute(f"{verb} SELECT * FROM batch")
        connection.unregister("batch")
        made.add(name)
    return connection


@pytest.fixture(scope="session")
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    """The default company."""
    with load(customers=CUSTOMERS) as connection:
        yield connection


@pytest.fixture(scope="session")
def undisturbed() -> Iterator[duckdb.DuckDBPyConnection]:
    """The same company without its stories."""
    with load(customers=CUSTOMERS, stories=False) as connection:
        yield connection

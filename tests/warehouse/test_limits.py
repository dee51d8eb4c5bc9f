"""A query is stopped in time, within its memory, and reaches nothing but its own file."""

import time
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from data.warehouse import marts
from data.warehouse.fetch import HeavyError, Question, SlowError
from tests.conftest import Demo, MakeDemo

A, B, C = (marts.customer_day.alias(name) for name in "abc")
PAIRS = A.join(B, A.c.day != B.c.day)
TRIPLES = PAIRS.join(C, C.c.day != A.c.day)
#: One that sums, one that streams rows, one that sorts.
HEAVY = {
    "summed": select(func.count()).select_from(TRIPLES),
    "streamed": select(A.c.customer_no, B.c.net).select_from(TRIPLES),
    "sorted": select(A.c.customer_no, B.c.net).select_from(TRIPLES).order_by(B.c.net),
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_long_query_is_stopped_and_the_next_one_runs(
    name: str, duckdb_demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUERY_SECONDS", "1")
    fetcher = duckdb_demo.cached()
    version = fetcher.live()
    started = time.monotonic()
    with pytest.raises(SlowError, match="Took longer than 1 s"):
        fetcher.rows(Question(name, version, {}, lambda: HEAVY[name]))
    assert time.monotonic() - started < 3
    small = Question("small", version, {}, lambda: select(func.count()).select_from(A))
    assert len(fetcher.rows(small)) == 1
    fetcher.readers.close()


def test_a_query_that_needs_too_much_memory_says_so(
    small_demo: MakeDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEMORY_LIMIT", "30MB")
    fetcher = small_demo(500).fetcher
    # One list cannot be put aside on disk, unlike rows that are sorted.
    stmt = select(func.list(A.c.customer_no).label("all")).select_from(TRIPLES)
    with pytest.raises(HeavyError, match="Add a filter"):
        fetcher.rows(Question("heavy", fetcher.live(), {}, lambda: stmt))


secret_frame = [("hunter2",)]
HOSTILE = (
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_json('/etc/passwd')",
    "SELECT * FROM read_parquet('/tmp/x.parquet')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/etc/*')",
    "SELECT getenv('HOME')",
    "COPY (SELECT 1) TO '/tmp/stolen.csv'",
    "COPY customer TO '/tmp/stolen.csv'",
    "COPY customer FROM '/etc/passwd'",
    "EXPORT DATABASE '/tmp/stolen'",
    "IMPORT DATABASE '/tmp/stolen'",
    "ATTACH '/tmp/other.duckdb'",
    "ATTACH ':memory:' AS other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '/tmp/evil.duckdb_extension'",
    "SELECT * FROM read_csv('https://example.org/x.csv')",
    "SELECT * FROM secret_frame",
    "SET memory_limit = '100GB'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET memory_limit",
    "PRAGMA threads = 64",
    "PRAGMA memory_limit = '100GB'",
    "CREATE TABLE mine (a INT)",
    "CREATE VIEW mine AS SELECT 1",
    "INSERT INTO customer (customer_id) VALUES ('X')",
    "UPDATE customer SET name = 'X'",
    "DELETE FROM customer",
    "DROP TABLE customer",
    "CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')",
)


@pytest.mark.parametrize("sql", HOSTILE)
def test_a_reading_connection_refuses(sql: str, duckdb_demo: Demo) -> None:
    engine = duckdb_demo.fetcher.readers.engine(duckdb_demo.fetcher.live())
    with engine.connect() as connection, pytest.raises(DBAPIError):
        connection.exec_driver_sql(sql).fetchall()


def test_a_build_reaches_its_own_folder_only(small_demo: MakeDemo) -> None:
    from data.warehouse.versions import new_version

    demo = small_demo()
    refused: list[Any] = []
    with pytest.raises(RuntimeError, match="stop"), new_version(demo.warehouse) as build:
        for sql in ("SELECT * FROM read_csv('/etc/passwd')", "COPY (SELECT 1) TO '/tmp/x.csv'"):
            with pytest.raises(DBAPIError):
                build.connection.exec_driver_sql(sql)
            build.connection.rollback()
            refused.append(sql)
        raise RuntimeError("stop")
    assert len(refused) == 2

"""Versions: published whole, swapped under readers, undone, and safe from a killed build."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import MetaData, except_, func, inspect, select

from data.pipeline.contract import check_contract, copy_contract
from data.pipeline.load_demo import Company, load_demo
from data.pipeline.refresh import refresh
from data.warehouse import marts
from data.warehouse.engine import WarehouseError
from data.warehouse.fetch import Fetcher, Question
from data.warehouse.versions import (
    NoWarehouseError,
    Warehouse,
    live,
    new_version,
    open_warehouse,
    published,
    undo,
)
from tests.conftest import ADMIN, Demo, MakeDemo
from tests.warehouse.rows import difference, table_rows

ROOT = Path(__file__).parents[2]
MARTS = marts.MARTS.sorted_tables


def counted(fetcher: Fetcher, version: int) -> int:
    """Return the number of customers of a version, by two ways that must agree."""
    stmt = select(func.count().label("n")).select_from(marts.customer_current)
    rows = fetcher.rows(Question("count", version, {}, lambda: stmt, ADMIN))
    info = fetcher.info(version)
    assert rows["n"].iloc[0] == info.customers + info.prospects
    return int(rows["n"].iloc[0])


def test_nothing_is_live_before_the_first_import(tmp_path: Path) -> None:
    with pytest.raises(NoWarehouseError, match="python app.py demo"):
        live(open_warehouse("", var=tmp_path))


def test_a_swap_under_readers_gives_no_error_and_mixes_nothing(small_demo: MakeDemo) -> None:
    demo = small_demo(200)
    fetcher = demo.cached()
    sizes = {1: 200, 2: 260, 3: 320}
    done = threading.Event()
    wrong: list[object] = []
    seen: set[int] = set()

    def read() -> None:
        while not done.is_set():
            number = live(demo.warehouse)
            try:
                if counted(fetcher, number) != sizes[number]:
                    wrong.append(number)
            except Exception as error:  # noqa: BLE001 -- every error is counted
                wrong.append(error)
            seen.add(number)
            fetcher.store.kept.clear()  # type: ignore[union-attr]

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for number in (2, 3):
        load_demo(demo.warehouse, Company(customers=sizes[number], months=12))
    time.sleep(0.2)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert seen == {1, 2, 3}
    assert counted(fetcher, 1) == 200, "a page loaded before the swaps still reads its version"
    fetcher.readers.close()


BUILD = """
import sys
from pathlib import Path
from data.pipeline.load_demo import Company, load_demo
from data.warehouse.versions import open_warehouse
load_demo(open_warehouse("", var=Path(sys.argv[1])), Company(customers=300, months=12))
"""


def test_a_killed_build_leaves_the_old_version_and_the_next_one_works(
    small_demo: MakeDemo, request: pytest.FixtureRequest
) -> None:
    demo = small_demo(200)
    before = table_rows(demo, marts.customer_current)
    dice = random.Random(request.config.option.random_seed)
    for wait in [0.5 + dice.random() * 2.5 for _ in range(5)]:
        command = [sys.executable, "-c", BUILD, str(demo.warehouse.var)]
        with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as process:
            time.sleep(wait)
            os.kill(process.pid, signal.SIGKILL)
        if live(demo.warehouse) != 1:
            # The build was faster than the signal: take its version back.
            undo(demo.warehouse)
        fresh = Demo(demo.warehouse, Fetcher(demo.warehouse))
        assert fresh.fetcher.live() == 1
        assert difference(table_rows(fresh, marts.customer_current), before) == ""
        fresh.close()
    load_demo(demo.warehouse, Company(customers=220, months=12))
    after = Fetcher(demo.warehouse)
    assert counted(after, after.live()) == 220
    assert not list(demo.warehouse.folder.glob("building-*"))
    after.readers.close()


def test_undo_publishes_the_version_before(small_demo: MakeDemo) -> None:
    demo = small_demo(200)
    load_demo(demo.warehouse, Company(customers=240, months=12))
    assert live(demo.warehouse) == 2
    assert undo(demo.warehouse) == 1
    again = Fetcher(demo.warehouse)
    assert counted(again, again.live()) == 200
    again.readers.close()
    with pytest.raises(WarehouseError, match="nothing to undo"):
        undo(demo.warehouse)


def test_a_version_of_another_release_says_what_to_do(small_demo: MakeDemo) -> None:
    demo = small_demo(200)
    assert demo.fetcher.info().number == 1
    demo.fetcher.readers.close()
    with duckdb.connect(str(demo.warehouse.file(1))) as connection:
        connection.execute("ALTER TABLE version_info DROP COLUMN pinned_from")
    old = Fetcher(demo.warehouse)
    with pytest.raises(WarehouseError, match="another release.*app.py refresh"):
        old.info()
    old.readers.close()
    twice = again(demo)
    assert twice.fetcher.info().number == 2
    twice.close()


def test_an_error_in_a_build_publishes_nothing(small_demo: MakeDemo) -> None:
    demo = small_demo(200)
    with pytest.raises(RuntimeError, match="disk"), new_version(demo.warehouse):
        raise RuntimeError("disk")
    assert live(demo.warehouse) == 1
    assert not list(demo.warehouse.folder.glob("building-*"))


def test_old_versions_go_and_the_live_one_stays(
    small_demo: MakeDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEEP_VERSIONS", "2")
    demo = small_demo(200)
    for customers in (210, 220):
        load_demo(demo.warehouse, Company(customers=customers, months=12))
    assert published(demo.warehouse) == [2, 3]
    assert live(demo.warehouse) == 3


def again(demo: Demo) -> Demo:
    """Refresh the same contract rows as a new version and return it."""
    as_of = demo.fetcher.info().calendar.as_of
    with new_version(demo.warehouse) as build:
        copy_contract(build)
        refresh(build, as_of=as_of)
    return Demo(demo.warehouse, Fetcher(demo.warehouse))


def assert_same_rows(demo: Demo, other: Demo) -> None:
    """Compare every mart of two versions to the last digit."""
    for table in MARTS:
        found = difference(table_rows(demo, table), table_rows(other, table))
        assert found == "", table.name


def test_the_same_rows_refreshed_twice_give_the_same_marts(small_demo: MakeDemo) -> None:
    demo = small_demo(300)
    twice = again(demo)
    assert twice.fetcher.live() == 2
    assert_same_rows(demo, twice)
    twice.close()


# --- servers -----------------------------------------------------------------------------------


def test_servers_publish_copy_undo_and_remove(
    server_demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEEP_VERSIONS", "2")
    warehouse = server_demo.warehouse
    first = live(warehouse)
    again(server_demo).close()
    assert live(warehouse) == first + 1
    assert_same_in_engine(warehouse, first, first + 1)
    with pytest.raises(RuntimeError, match="stop"), new_version(warehouse) as build:
        number = build.number
        raise RuntimeError("stop")
    assert number not in published(warehouse)
    assert undo(warehouse) == first
    assert live(warehouse) == first
    assert counted(server_demo.fetcher, first) == 2_000


def assert_same_in_engine(warehouse: Warehouse, left: int, right: int) -> None:
    """Let the engine compare every mart of two versions, to the last digit, both ways."""
    with warehouse.server.connect() as connection:
        for table in MARTS:
            a, b = (
                table.to_metadata(MetaData(), schema=warehouse.name(number))
                for number in (left, right)
            )
            for here, there in ((a, b), (b, a)):
                only_here = except_(select(here), select(there)).subquery()
                stmt = select(func.count()).select_from(only_here)
                assert connection.execute(stmt).scalar_one() == 0, table.name


def test_a_servers_own_tables_are_checked_in_sentences(server_demo: Demo) -> None:
    warehouse = server_demo.warehouse
    number = live(warehouse)
    fine = check_contract(warehouse, schema=warehouse.name(number))
    assert [c.name for c in fine if not c.is_usable or not c.is_present] == []
    with warehouse.server.connect() as connection:
        create = "CREATE DATABASE" if warehouse.kind == "clickhouse" else "CREATE SCHEMA"
        memory = " ENGINE = Memory" if warehouse.kind == "clickhouse" else ""
        text = "String" if warehouse.kind == "clickhouse" else "TEXT"
        connection.exec_driver_sql(f"{create} own")
        for sql in (
            f"CREATE TABLE own.customer (name {text}){memory}",
            f"CREATE TABLE own.orders (order_id {text}, customer_id {text}, ordered_on {text},"
            f" amount {text}){memory}",
        ):
            connection.exec_driver_sql(sql)
        connection.commit()
    found = {c.name: c for c in check_contract(warehouse, schema="own")}
    assert not found["customer"].is_usable
    assert "required among them: customer_id" in found["customer"].sentence
    assert not found["orders"].is_usable
    assert "ordered_on is text and must be a date" in found["orders"].sentence
    assert "amount is text and must be a decimal number" in found["orders"].sentence
    assert found["payment"].sentence == "payment: not there; pages that need it will say so."
    assert not found["payment"].is_present
    assert found["payment"].is_usable
    empty = {c.name: c for c in check_contract(warehouse, schema="information_schema")}
    assert "it is required" in empty["customer"].sentence
    assert inspect(warehouse.server).has_table("orders", schema="own")

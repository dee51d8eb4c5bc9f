"""The cache: the same rows as without it, computed once, and never in the way."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from structlog.testing import capture_logs

from data.access.demo_readers import DEMO_READERS, demo_reader
from data.access.reader import scope_of
from data.domain.filters import Filters
from data.warehouse.fetch import Fetcher, Question
from queries.cockpit import cockpit_kpis
from queries.question import Query
from tests.conftest import Demo, Memory
from tests.warehouse.rows import difference


def question(fetcher: Fetcher, query: Query, filters: Filters, user: str = "admin") -> Question:
    """Return the question as a page asks it."""
    scope = scope_of(demo_reader(user, fetcher.info()), fetcher.info())
    depends_on = {"filters": filters.canonical(), "scope": scope.canonical()}
    return Question(query.__name__, filters.version, depends_on, lambda: query(filters, scope))  # type: ignore[attr-defined]


def test_readers_with_other_rights_never_share_a_key(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    keys = {
        user: question(duckdb_demo.fetcher, cockpit_kpis, filters, user).key
        for user in DEMO_READERS
    }
    assert keys["executive"] == keys["admin"]
    assert len(set(keys.values())) == len(keys) - 1


def test_a_cold_key_is_computed_once_for_thirty_readers(duckdb_demo: Demo) -> None:
    fetcher = duckdb_demo.cached()
    asked = question(fetcher, cockpit_kpis, duckdb_demo.filters())
    before, gate = fetcher.computed, threading.Barrier(30)

    def read() -> int:
        gate.wait()
        return len(fetcher.rows(asked))

    with ThreadPoolExecutor(30) as pool:
        sizes = {future.result() for future in [pool.submit(read) for _ in range(30)]}
    assert fetcher.computed == before + 1
    assert len(sizes) == 1
    fetcher.readers.close()


class Broken(Memory):
    """A cache that is down."""

    def get(self, key: str) -> bytes | None:
        raise ConnectionError(key)

    def set(self, key: str, value: bytes, timeout: int | None = None) -> bool:
        raise ConnectionError(key)


def test_a_cache_that_is_down_is_no_cache(duckdb_demo: Demo) -> None:
    fetcher = duckdb_demo.cached(Broken())
    asked = question(fetcher, cockpit_kpis, duckdb_demo.filters())
    assert difference(fetcher.rows(asked), fetcher.uncached(asked)) == ""
    fetcher.readers.close()


class Away(Memory):
    """A Redis that does not answer."""

    def get(self, key: str) -> bytes | None:
        raise RedisConnectionError(key)

    def set(self, key: str, value: bytes, timeout: int | None = None) -> bool:
        raise RedisConnectionError(key)


@pytest.mark.parametrize("store", [Away(), Broken()])
def test_an_outage_breaks_nothing_and_is_told_once_a_minute(
    store: Memory, duckdb_demo: Demo
) -> None:
    fetcher = duckdb_demo.cached(store)
    asked = question(fetcher, cockpit_kpis, duckdb_demo.filters())
    seconds = [1_000.0]
    fetcher._answers.clock = lambda: seconds[0]
    with capture_logs() as said:
        for seconds[0] in (1_000.0, 1_030.0, 1_059.9):
            assert not fetcher.rows(asked).empty
        assert [line["log_level"] for line in said] == ["warning"]
        seconds[0] = 1_060.0
        assert not fetcher.rows(asked).empty
        assert len(said) == 2
    fetcher.readers.close()


@pytest.mark.parametrize("damage", [b"", b"\x00" * 64, b"not arrow", "text", 7, "cut"])
def test_a_damaged_entry_is_a_miss(damage: Any, duckdb_demo: Demo) -> None:
    store = Memory()
    fetcher = duckdb_demo.cached(store)
    asked = question(fetcher, cockpit_kpis, duckdb_demo.filters())
    expected = fetcher.rows(asked)
    whole = store.kept[asked.key]
    store.kept[asked.key] = whole[: len(whole) // 2] if damage == "cut" else damage
    before = fetcher.computed
    assert difference(fetcher.rows(asked), expected) == ""
    assert fetcher.computed == before + 1
    fetcher.readers.close()


def test_an_error_is_not_kept(duckdb_demo: Demo) -> None:
    fetcher = duckdb_demo.cached()
    filters = duckdb_demo.filters()
    good = question(fetcher, cockpit_kpis, filters)
    tries: list[int] = []

    def build() -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise ZeroDivisionError
        return good.build()

    asked = Question("once broken", filters.version, {}, build)
    with pytest.raises(ZeroDivisionError):
        fetcher.rows(asked)
    assert len(fetcher.rows(asked)) == len(fetcher.rows(good))
    fetcher.readers.close()

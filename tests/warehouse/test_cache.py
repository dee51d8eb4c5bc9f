"""The cache: the same rows as without it, computed once, and never in the way."""

import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import flask
import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from structlog.testing import capture_logs

from data.access.demo_readers import DEMO_READERS, demo_reader
from data.access.reader import scope_of
from data.domain.filters import Filters
from data.warehouse.fetch import Fetcher, Question
from pages._cache import answer_store
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


class Keys:
    """A Redis server's keys in a dictionary, as the client of redis-py."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return what lies under the key, as bytes."""
        return self.kept.get(key)

    def set(self, *, name: str, value: bytes, ex: int) -> bool:
        """Keep what a client sends."""
        assert ex > 0
        self.kept[name] = value
        return True


def shared_store(monkeypatch: pytest.MonkeyPatch, client: Keys) -> Any:
    """Return the store of a server with CACHE_URL set, with another client in place of redis-py."""
    monkeypatch.setenv("CACHE_URL", "redis://127.0.0.1:1/0")
    cache = answer_store(flask.Flask(__name__)).cache
    monkeypatch.setattr(cache, "_read_client", client)
    monkeypatch.setattr(cache, "_write_client", client)
    return cache


def test_the_shared_cache_gives_what_it_was_given(
    duckdb_demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetcher = duckdb_demo.cached(shared_store(monkeypatch, Keys()))
    asked = question(fetcher, cockpit_kpis, duckdb_demo.filters())
    first, before = fetcher.rows(asked), fetcher.computed
    assert difference(fetcher.rows(asked), first) == ""
    assert fetcher.computed == before
    assert fetcher.answered_at(asked) is not None
    fetcher.readers.close()


sprung: list[str] = []


class Trap:
    """What runs when it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return spring, ("a pickle was run",)


def spring(told: str) -> None:
    """Note that a pickle was run."""
    sprung.append(told)


@pytest.mark.parametrize("marked", [b"", b"!"], ids=["bare", "as cachelib marks it"])
def test_a_pickle_under_a_key_is_never_run_and_is_a_miss(
    marked: bytes, duckdb_demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Keys()
    fetcher = duckdb_demo.cached(shared_store(monkeypatch, keys))
    asked = question(fetcher, cockpit_kpis, duckdb_demo.filters())
    expected = fetcher.rows(asked)
    assert len(keys.kept) == 2
    keys.kept = dict.fromkeys(keys.kept, marked + pickle.dumps(Trap()))
    before = fetcher.computed
    assert fetcher.answered_at(asked) is None
    assert difference(fetcher.rows(asked), expected) == ""
    assert fetcher.computed == before + 1
    assert sprung == []
    fetcher.readers.close()

"""The cache: the same rows as without it, computed once, and never in the way."""

import pickle
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import flask
import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError
from structlog.testing import capture_logs

from data.access.demo_readers import DEMO_READERS, demo_reader
from data.access.reader import scope_of
from data.domain.filters import Filters
from data.warehouse.cache import pack
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


def test_rows_that_a_reader_writes_into_are_nobody_elses(duckdb_demo: Demo) -> None:
    fetcher = duckdb_demo.cached()
    asked = question(fetcher, cockpit_kpis, duckdb_demo.filters())
    for rows in (fetcher.rows(asked), fetcher.rows(asked)):
        rows["revenue"] = 0.0
        rows.loc[0, "slot"] = "mine"
        del rows["collections"]
    assert difference(fetcher.rows(asked), fetcher.uncached(asked)) == ""
    fetcher.readers.close()


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
        for seconds[0] in (1_000.0, 1_030.0, 1_054.9):
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


class Silent:
    """A server that the system connects to and that never says a word."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        self.taken: list[socket.socket] = []

    @property
    def url(self) -> str:
        """Its address as a setting."""
        return f"redis://127.0.0.1:{self.listener.getsockname()[1]}/0"

    @property
    def tries(self) -> int:
        """How often somebody has connected."""
        with suppress(BlockingIOError):
            while True:
                self.taken.append(self.listener.accept()[0])
        return len(self.taken)

    def close(self) -> None:
        """Hang up."""
        for each in (*self.taken, self.listener):
            each.close()


@pytest.fixture
def silent() -> Iterator[Silent]:
    server = Silent()
    yield server
    server.close()


def test_a_silent_cache_is_asked_once_and_then_left_alone_for_a_while(
    silent: Silent, duckdb_demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CACHE_URL", silent.url)
    fetcher = duckdb_demo.cached(answer_store(flask.Flask(__name__)))
    asked = question(fetcher, cockpit_kpis, duckdb_demo.filters())
    seconds = [1_000.0]
    fetcher._answers.clock = lambda: seconds[0]
    for seconds[0], tries in ((1_000.0, 1), (1_004.9, 1), (1_005.0, 2), (1_009.9, 2)):
        assert not fetcher.rows(asked).empty
        assert fetcher.answered_at(asked) is None
        assert silent.tries == tries
    fetcher.readers.close()


def test_a_silent_cache_costs_a_tenth_of_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_URL", "redis://127.0.0.1:1/0")
    client: Any = answer_store(flask.Flask(__name__)).cache._read_client
    asked = client.connection_pool.connection_kwargs
    assert (asked["socket_timeout"], asked["socket_connect_timeout"]) == (0.1, 0.1)
    assert asked["retry"].get_retries() == 0


class Full(Memory):
    """A Redis that has no room: it answers, but keeps nothing."""

    def set(self, key: str, value: bytes, timeout: int | None = None) -> bool:
        raise ResponseError("OOM command not allowed when used memory > 'maxmemory'.")


def test_a_full_cache_still_gives_what_it_has(duckdb_demo: Demo) -> None:
    full, fetcher = Full(), duckdb_demo.cached()
    asked, other = (
        question(fetcher, cockpit_kpis, duckdb_demo.filters(**chosen))
        for chosen in ({}, {"period": "last_12"})
    )
    kept = fetcher.rows(asked)
    full.kept[asked.key] = pack(kept)
    short = duckdb_demo.cached(full)
    assert not short.rows(other).empty
    before = short.computed
    assert difference(short.rows(asked), kept) == ""
    assert short.computed == before
    short.readers.close()
    fetcher.readers.close()

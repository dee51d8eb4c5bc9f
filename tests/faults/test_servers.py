"""A server that hangs costs seconds once; a broken line is mended; a long question ends (F2–F4)."""

import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, NullPool, create_engine, func, make_url, select, text
from sqlalchemy.exc import OperationalError

from data.warehouse import fetch
from data.warehouse.asking import FAILURES, TRY_EACH_SECONDS, WITHIN_SECONDS, Asking, AwayError
from data.warehouse.engine import server_engine
from data.warehouse.fetch import Fetcher, Question, SlowError, UnreachableError
from data.warehouse.versions import Warehouse
from tests.faults.lines import flapping, silent

ONE = select(func.abs(1).label("one"))


def reading(engine: Engine, url: str, monkeypatch: pytest.MonkeyPatch) -> Fetcher:
    """Return what fetches rows through an engine, of a version of which nothing need be known."""
    found = Fetcher(Warehouse(url, Path("/nowhere")))
    monkeypatch.setattr(found, "info", lambda _number=None: None)
    monkeypatch.setattr(found, "readers", SimpleNamespace(engine=lambda _number: engine))
    return found


def question(stmt: Any, **rest: Any) -> Question:
    return Question("q", 1, {}, lambda: stmt, **rest)


# --- a server that hangs (F3) ----------------------------------------------------------------


@pytest.fixture(params=["postgresql+psycopg", "clickhousedb"])
def hanging(request: pytest.FixtureRequest) -> Iterator[str]:
    with silent() as port:
        yield f"{request.param}://me:x@127.0.0.1:{port}/x"


def test_a_server_that_lets_in_and_says_nothing_is_away_after_three_seconds(
    hanging: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = reading(server_engine(hanging), hanging, monkeypatch)
    started = time.monotonic()
    with pytest.raises(UnreachableError):
        found.uncached(question(ONE))
    assert 2.5 < time.monotonic() - started < 8, "three seconds, once, on a busy machine"
    for _ in range(FAILURES - 1):
        found._asking._failed()
    for _ in range(20):
        started = time.monotonic()
        with pytest.raises(UnreachableError):
            found.uncached(question(ONE))
        with pytest.raises(UnreachableError):
            found.live()
        assert time.monotonic() - started < 0.2


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Server:
    """Fails as often as it is told to, after so many seconds."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.asked, self.failing, self.seconds = clock, 0, 0, 3.0

    def __call__(self) -> str:
        self.asked += 1
        if self.failing:
            self.failing -= 1
            self.clock.now += self.seconds
            raise OperationalError("SELECT", {}, RuntimeError("no answer"))
        return "rows"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Server:
    return Server(clock)


def fail(asking: Asking, server: Server, times: int) -> None:
    server.failing = times
    for _ in range(times):
        with pytest.raises(OperationalError):
            asking.ask(server)


def test_after_five_failures_one_in_ten_seconds_tries(clock: Clock, server: Server) -> None:
    asking = Asking(is_remote=True, clock=clock)
    fail(asking, server, FAILURES)
    server.failing, asked = 1, server.asked
    with pytest.raises(AwayError):
        asking.ask(server)
    assert server.asked == asked, "nobody is let through to it"
    clock.now += TRY_EACH_SECONDS
    with pytest.raises(OperationalError):
        asking.ask(server)
    with pytest.raises(AwayError):
        asking.ask(server)
    clock.now += TRY_EACH_SECONDS
    assert asking.ask(server) == "rows"
    assert asking.ask(server) == "rows"


def test_failures_far_apart_or_with_answers_between_shut_nothing(
    clock: Clock, server: Server
) -> None:
    asking = Asking(is_remote=True, clock=clock)
    for _ in range(FAILURES * 2):
        fail(asking, server, 1)
        clock.now += WITHIN_SECONDS / (FAILURES - 1)
    fail(asking, server, 1)
    assert asking.ask(server) == "rows"
    fail(asking, server, FAILURES - 1)
    assert asking.ask(server) == "rows"
    fail(asking, server, 1)
    assert asking.ask(server) == "rows"


# --- a line that breaks (F4) -----------------------------------------------------------------


def test_a_read_is_tried_twice_and_no_more(clock: Clock, server: Server) -> None:
    asking = Asking(is_remote=True, clock=clock)
    server.seconds, server.failing = 0.1, 1
    assert asking.ask(server) == "rows"
    assert server.asked == 2
    server.failing = 2
    with pytest.raises(OperationalError):
        asking.ask(server)
    assert server.asked == 4
    embedded = Asking(is_remote=False, clock=clock)
    server.failing = 1
    with pytest.raises(OperationalError):
        embedded.ask(server)
    assert server.asked == 5


def test_every_third_line_breaks_and_no_reader_notices(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_url(postgres_url)
    folder = str(url.query["host"])
    with flapping(f"{folder}/.s.PGSQL.5432") as port:
        plain = url.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
        # A line of its own for every question: a third of them breaks.
        engine = create_engine(plain, poolclass=NullPool, connect_args={"connect_timeout": 3})
        found = reading(engine, plain, monkeypatch)
        assert all(found.uncached(question(ONE))["one"].tolist() == [1] for _ in range(30))


# --- a question that takes too long (F2) -----------------------------------------------------


def test_postgresql_ends_a_long_question_itself(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUERY_SECONDS", "1")
    engine = server_engine(postgres_url)
    found = reading(engine, postgres_url, monkeypatch)
    with pytest.raises(SlowError, match="Took longer than 1 s"):
        found.uncached(question(select(func.pg_sleep(60).label("x"))))
    busy = text("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query ~ 'sleep'")
    with engine.connect() as connection:
        assert connection.execute(busy).scalar() == 1, "it is this question alone"
    assert len(found.uncached(question(ONE))) == 1
    engine.dispose()


def test_clickhouse_ends_a_long_question_itself(
    clickhouse_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUERY_SECONDS", "1")
    engine = server_engine(clickhouse_url)
    found = reading(engine, clickhouse_url, monkeypatch)
    numbers = text("numbers(1000000000000)")
    endless = select(func.sum(func.sqrt(text("number"))).label("x")).select_from(numbers)
    spent = time.process_time()
    with pytest.raises(SlowError, match="Took longer than 1 s"):
        found.uncached(question(endless))
    time.sleep(0.5)
    rest = time.process_time()
    time.sleep(0.5)
    assert time.process_time() - rest < 0.4, "the engine in this process has come to rest"
    assert rest - spent < 20
    assert len(found.uncached(question(ONE))) == 1


def test_a_file_has_its_own_deadline(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUERY_SECONDS", "1")
    engine = server_engine(postgres_url)
    found = reading(engine, postgres_url, monkeypatch)
    slow = select(func.pg_sleep(1.5).label("x"))
    assert len(found.uncached(question(slow, seconds=25))) == 1
    with pytest.raises(SlowError, match="Took longer than 1 s"):
        found.uncached(question(slow))
    engine.dispose()
    assert fetch.settings.number("EXPORT_SECONDS") == 25

"""The state database on each engine: a fresh one per test, with the shipped model in it."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from data.state.opening import open_state

_NUMBER = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def state_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a state database that nobody has opened yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/state.db"
        return
    server = make_url(request.getfixturevalue("postgres_url"))
    name = f"state_{next(_NUMBER)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def open_it(state_url: str) -> Iterator[Callable[[], Engine]]:
    """Open the state database; every engine is closed after the test."""
    opened: list[Engine] = []

    def open_() -> Engine:
        opened.append(open_state(state_url))
        return opened[-1]

    yield open_
    for engine in opened:
        engine.dispose()


@pytest.fixture
def database(open_it: Callable[[], Engine]) -> Engine:
    """An opened state database."""
    return open_it()

"""The application over the demo company, without a browser; one Dash app per process."""

from collections.abc import Callable, Iterator

import flask
import pytest

from data.warehouse.fetch import Fetcher
from queries.run import connect
from tests.conftest import Demo, Memory
from tests.pages.visitor import Visitor


@pytest.fixture(scope="session")
def server(duckdb_demo: Demo) -> flask.Flask:
    """The Flask server with the whole application, reading the demo company."""
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("VAR", str(duckdb_demo.warehouse.var))
        from pages._server import build_server

        made = build_server()
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made


@pytest.fixture
def demo(server: flask.Flask, duckdb_demo: Demo) -> Demo:
    """The demo company that the server reads, through a new cache."""
    connect(duckdb_demo.cached())
    return duckdb_demo


@pytest.fixture
def visit(server: flask.Flask, demo: Demo) -> Callable[..., Visitor]:
    """Make readers of the demo company."""
    return lambda user="executive", **options: Visitor(server, user, **options)


@pytest.fixture
def visit_other(server: flask.Flask, duckdb_demo: Demo) -> Iterator[Callable[..., Visitor]]:
    """Make readers of another warehouse; afterwards the server reads the demo company again."""

    def make(other: Fetcher, user: str = "executive", **options: str) -> Visitor:
        connect(other)
        return Visitor(server, user, **options)

    yield make
    connect(duckdb_demo.cached(Memory()))

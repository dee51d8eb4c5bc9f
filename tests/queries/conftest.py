"""The demo company on every engine, for questions that must be answered alike."""

import pytest

from tests.conftest import Demo


@pytest.fixture(params=["duckdb", "postgres", "clickhouse"])
def any_demo(request: pytest.FixtureRequest) -> Demo:
    """The demo company on each engine, one after the other."""
    return request.getfixturevalue(f"{request.param}_demo")

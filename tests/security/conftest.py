"""Shared by the tests of sign-in: a state database with two accounts."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from data.access.reader import SYSTEM
from data.state import accounts
from data.state.opening import open_state
from tests.security.entering import PASSWORD


@pytest.fixture
def database(tmp_path: Any) -> Iterator[Engine]:
    """A state database with one administrator and one representative."""
    made = open_state("", var=tmp_path)
    for user, role in (("boss", "administrator"), ("ann", "rep")):
        accounts.add_account(made, actor=SYSTEM, user_id=user, role=role, password=PASSWORD)
    yield made
    made.dispose()

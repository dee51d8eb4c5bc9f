"""A small company whose files a test may spoil: built once, copied for each test."""

import shutil
from pathlib import Path

import pytest

from data.pipeline.load_demo import Company
from tests.conftest import loaded


@pytest.fixture(scope="package")
def built_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the data as the build has left it; nobody writes to it."""
    var = tmp_path_factory.mktemp("built")
    loaded("", var, Company(customers=200, months=12)).close()
    return var


@pytest.fixture
def small_var(built_var: Path, tmp_path: Path) -> Path:
    """A copy of it, with version 1."""
    return Path(shutil.copytree(built_var, tmp_path / "var"))

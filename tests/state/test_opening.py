"""Opening: from nothing, at once from several processes, older, newer, broken and away."""

import fcntl
import re
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, event, inspect, text

from data.domain.model import ScoringModel
from data.state import opening
from data.state.audit import verify
from data.state.engine import StateError, reading, writing
from data.state.models import models
from data.state.opening import NEWEST, migrate, open_state
from data.state.tables import STATE
from tests.state.processes import OPEN, finish, let_go, start

VERSIONS = Path(opening.__file__).parent / "migrations" / "versions"


def tables_of(database: Engine) -> list[str]:
    """Return the tables that the application has made."""
    with reading(database) as connection:
        return sorted(inspect(connection).get_table_names())


def test_a_new_database_holds_the_shipped_model_and_its_audit_row(database: Engine) -> None:
    (shipped,) = models(database)
    assert (shipped.version, shipped.state, shipped.made_by) == (1, "approved", "system")
    assert shipped.definition == ScoringModel()
    assert verify(database).rows == 1


def test_migrations_give_the_tables_that_the_code_declares(database: Engine) -> None:
    with reading(database) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, STATE) == []


def test_the_newest_revision_is_the_one_named() -> None:
    numbers = [re.match(r"r(\d{4})_", p.name) for p in VERSIONS.glob("r*.py")]
    assert max(found.group(1) for found in numbers if found) == NEWEST


def test_opening_again_changes_nothing(
    database: Engine, open_it: Callable[[], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_bring_up", lambda _d: pytest.fail("set up twice"))
    assert len(models(open_it())) == 1
    assert verify(database).rows == 1


def test_several_processes_open_at_once(state_url: str) -> None:
    openers = [start(OPEN, state_url) for _ in range(4)]
    let_go(openers)
    for code, said in finish(openers):
        assert code == 0, said
    database = open_state(state_url)
    assert verify(database).rows == 1
    database.dispose()


@pytest.mark.parametrize("where", ["in the tables", "after the tables"])
def test_a_set_up_that_fails_leaves_nothing(
    open_it: Callable[[], Engine], state_url: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_a: Any, **_k: Any) -> None:
        raise RuntimeError("power cut")

    if where == "after the tables":
        monkeypatch.setattr(opening, "ship_model", fail)
    else:
        monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        open_it()
    monkeypatch.undo()
    again = open_it()
    assert len(models(again)) == 1
    assert verify(again).rows == 1


def test_down_and_up_again(database: Engine, open_it: Callable[[], Engine]) -> None:
    with writing(database) as connection:
        migrate(connection, "base")
    assert tables_of(database) == ["alembic_version"]
    again = open_it()
    assert tables_of(again) == sorted(["alembic_version", *STATE.tables])
    assert len(models(again)) == 1


def test_a_newer_database_is_refused_with_both_revisions(
    database: Engine, open_it: Callable[[], Engine]
) -> None:
    with writing(database) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    with pytest.raises(StateError, match=rf"revision 0099, .* up to {NEWEST}\. Run the release"):
        open_it()


# --- SQLite ----------------------------------------------------------------------------------


def test_sqlite_is_set_as_it_must_be(tmp_path: Path) -> None:
    database = open_state("", var=tmp_path)
    with reading(database) as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5_000}
    assert stat.S_IMODE((tmp_path / "state.db").stat().st_mode) == 0o600
    database.dispose()


def test_a_slow_set_up_by_another_process_is_waited_for(tmp_path: Path) -> None:
    with (tmp_path / "state.db.lock").open("w") as lock, ThreadPoolExecutor(1) as pool:
        fcntl.flock(lock, fcntl.LOCK_EX)
        opening_now = pool.submit(open_state, "", var=tmp_path)
        assert wait([opening_now], timeout=0.3).done == set()
        fcntl.flock(lock, fcntl.LOCK_UN)
        database = opening_now.result(timeout=30)
    assert len(models(database)) == 1
    database.dispose()


def test_writers_take_the_lock_at_once_and_readers_do_not(tmp_path: Path) -> None:
    database = open_state("", var=tmp_path)
    said: list[str] = []
    event.listen(
        database, "before_cursor_execute", lambda _c, _r, stmt, *_a: said.append(stmt), named=False
    )
    with writing(database), reading(database) as connection:
        connection.exec_driver_sql("SELECT 1")
    assert said[:2] == ["BEGIN IMMEDIATE", "BEGIN"]
    database.dispose()


def test_a_file_that_is_no_database_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"not a database at all " * 100)
    with pytest.raises(StateError, match="file is not a database"):
        open_state("", var=tmp_path)


def test_a_folder_that_cannot_be_written_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(StateError, match="cannot be written"):
        open_state("", var=tmp_path / "var")


def test_the_setting_names_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_URL", f"sqlite:///{tmp_path}/elsewhere/own.db")
    open_state().dispose()
    assert (tmp_path / "elsewhere" / "own.db").exists()


# --- URLs and servers ------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["mysql://host/x", "sqlite://", "duckdb:///x.duckdb"])
def test_another_kind_of_database_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"STATE_URL starts with .* Use postgresql\+psycopg://"):
        open_state(url, var=tmp_path)


def test_what_is_no_url_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="STATE_URL is no URL"):
        open_state("state of the art", var=tmp_path)


def test_a_server_that_is_away_gives_a_sentence_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="did not do it") as said:
        open_state("postgresql+psycopg://me:hunter2@127.0.0.1:1/x", var=tmp_path)
    assert "hunter2" not in str(said.value)


def test_on_postgresql_the_tables_have_a_schema_of_their_own(postgres_url: str) -> None:
    database = open_state(postgres_url)
    plain = create_engine(postgres_url)
    assert "audit" not in inspect(plain).get_table_names(schema="public")
    assert "audit" in inspect(plain).get_table_names(schema="cockpit_state")
    database.dispose()
    plain.dispose()

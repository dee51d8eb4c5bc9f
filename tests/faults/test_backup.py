"""A backup taken while the cockpit is written to comes back whole, or is refused (F29)."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlalchemy import Engine, MetaData, create_engine, insert, select
from typer.testing import CliRunner

from app import cli
from data.backup.manifest import MANIFEST, STATE, BackupError, read_manifest
from data.backup.restoring import Place, restore
from data.backup.taking import back_up
from data.state.audit import record, utc_now, verify
from data.state.engine import reading, writing
from data.state.opening import NEWEST, open_state, open_with_users
from data.state.publications import noted
from data.state.tables import audit, sign_in_failure
from data.warehouse.versions import Warehouse, live, open_warehouse, publish


@pytest.fixture
def warehouse(small_var: Path) -> Warehouse:
    return open_warehouse("", var=small_var)


@pytest.fixture
def state(warehouse: Warehouse) -> Iterator[Engine]:
    database = open_with_users("", var=warehouse.var)
    yield database
    database.dispose()


@pytest.fixture
def taken(warehouse: Warehouse, state: Engine, tmp_path: Path) -> Path:
    """A backup, and nothing written after it."""
    back_up(tmp_path / "backup", warehouse=warehouse, database=state)
    return tmp_path / "backup"


def place(var: Path) -> Place:
    return Place(open_warehouse("", var=var), var / "state.db")


def state_rows(path: Path) -> dict[str, list[Any]]:
    engine = create_engine(f"sqlite:///{path}")
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        rows = {
            name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for name, table in tables.tables.items()
        }
    engine.dispose()
    return rows


def version_rows(warehouse: Warehouse) -> dict[str, list[Any]]:
    with duckdb.connect(str(warehouse.file(live(warehouse))), read_only=True) as connection:
        names = [n for (n,) in connection.execute("SHOW TABLES").fetchall()]
        return {
            n: sorted(connection.execute(f'SELECT * FROM "{n}"').fetchall(), key=repr)
            for n in names
        }


def write_for_ever(database: Engine, begun: threading.Event, done: threading.Event) -> None:
    """Write pairs of rows, each pair in one transaction, until it is enough."""
    number = 0
    while not done.is_set():
        number += 1
        with writing(database) as connection:
            row = {"key": f"n{number}", "failures": 1, "failed_at": utc_now()}
            connection.execute(insert(sign_in_failure).values(**row))
            record(connection, actor="t", action="t", subject="t", details={"n": number})
        begun.set()


def publish_anew(warehouse: Warehouse, database: Engine) -> None:
    """Publish the live rows once more, in the log and the pointer at once."""
    number = live(warehouse)
    shutil.copy(warehouse.file(number), warehouse.file(number + 1))
    with noted(database, "data-refreshed")(number + 1, {}):
        publish(warehouse, number + 1)


def test_a_backup_under_writes_is_of_one_moment(
    warehouse: Warehouse, state: Engine, tmp_path: Path
) -> None:
    begun, done = threading.Event(), threading.Event()
    writer = threading.Thread(target=write_for_ever, args=(state, begun, done))
    writer.start()
    assert begun.wait(30)
    try:
        # Data are published between two backups, as everything goes on.
        for number in (1, 2):
            made = back_up(tmp_path / f"b{number}", warehouse=warehouse, database=state)
            assert made.version == number
            publish_anew(warehouse, state)
    finally:
        done.set()
        writer.join()
    with reading(state) as connection:
        newest = max(connection.execute(select(audit.c.sequence)).scalars())
    for number in (1, 2):
        to = place(tmp_path / f"restored{number}")
        held = restore(tmp_path / f"b{number}", to=to).manifest
        assert to.state is not None
        rows = state_rows(to.state)
        chain = sorted(rows["audit"])[: held.audit_rows]
        pairs = sum(row[3] == "t" for row in chain)
        assert pairs == len(rows["sign_in_failure"]), "half a transaction was copied"
        assert 0 < pairs < held.audit_rows < newest
        assert live(to.warehouse) == number
        told = [row[4] for row in chain if row[4].startswith("version/")]
        assert told[-1] == f"version/{number}", "log and data are of different moments"
        assert verify(state, head=held.audit_head).is_whole, "the log goes on from the copy's"


def test_what_comes_back_is_what_there_was(
    taken: Path, warehouse: Warehouse, tmp_path: Path
) -> None:
    to = place(tmp_path / "elsewhere")
    restore(taken, to=to)
    assert to.state is not None
    before, after = state_rows(warehouse.var / "state.db"), state_rows(to.state)
    # Only the log says of both that a backup was taken here and brought back there.
    assert [row[3] for row in sorted(after["audit"])][-1] == "restored"
    assert sorted(before.pop("audit"))[:-1] == sorted(after.pop("audit"))[:-1]
    assert before["account"]
    assert before == after
    assert version_rows(warehouse) == version_rows(to.warehouse)
    database = open_state("", var=tmp_path / "elsewhere")
    assert verify(database, head=read_manifest(taken).audit_head).is_whole
    database.dispose()


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "a bit of the data": lambda b: _flip(b / "v000001.duckdb"),
    "a bit of the state": lambda b: _flip(b / STATE),
    "a bit of the list": lambda b: _flip(b / MANIFEST),
    "data cut off": lambda b: (b / "v000001.duckdb").write_bytes(b"DUCK"),
    "no data": lambda b: (b / "v000001.duckdb").unlink(),
    "no list": lambda b: (b / MANIFEST).unlink(),
    "a list of nothing": lambda b: (b / MANIFEST).write_text("[]"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_and_changes_nothing(
    taken: Path, tmp_path: Path, damage: str
) -> None:
    DAMAGES[damage](taken)
    to = place(tmp_path / "elsewhere")
    with pytest.raises(BackupError, match=r"Take another one\.|no backup"):
        restore(taken, to=to)
    assert not to.taken
    assert not list((tmp_path / "elsewhere").glob("*"))


def test_a_log_with_a_row_changed_is_refused_though_its_hashes_fit(
    warehouse: Warehouse, state: Engine, tmp_path: Path
) -> None:
    with writing(state) as connection:
        # Past the trigger, as whoever owns the file can.
        for (name,) in list(
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ):
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.exec_driver_sql("UPDATE audit SET actor = 'nobody' WHERE sequence = 1")
    with pytest.raises(BackupError, match="audit log is broken"):
        back_up(tmp_path / "backup", warehouse=warehouse, database=state)
    assert not (tmp_path / "backup").exists()


def test_what_is_there_is_kept_unless_it_shall_be_replaced(
    taken: Path, warehouse: Warehouse, state: Engine
) -> None:
    to = place(warehouse.var)
    with pytest.raises(BackupError, match=r"something already: .*state\.db.* --replace"):
        restore(taken, to=to)
    with reading(state), pytest.raises(BackupError, match="in use. Stop the application"):
        restore(taken, to=to, is_replacing=True)
    state.dispose()
    kept = restore(taken, to=to, is_replacing=True).kept
    assert kept is not None
    assert (kept / "state.db").exists()
    assert (kept / "warehouse" / "v000001.duckdb").exists()
    assert live(to.warehouse) == 1


def test_a_backup_of_a_newer_release_names_both_revisions(
    taken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.backup.restoring.NEWEST", "0003")
    with pytest.raises(BackupError, match=f"revision {NEWEST} .* up to 0003"):
        restore(taken, to=place(tmp_path / "elsewhere"))


def test_a_server_is_copied_by_its_own_means(
    warehouse: Warehouse, state: Engine, tmp_path: Path
) -> None:
    away = Warehouse("postgresql+psycopg://me@host/x", tmp_path)
    made = back_up(tmp_path / "half", warehouse=away, database=state)
    assert (made.version, list(made.files)) == (None, [STATE])
    on_server = create_engine("postgresql+psycopg://me@host/x")
    with pytest.raises(BackupError, match=r"pg_dump --schema=cockpit .*nothing to copy"):
        back_up(tmp_path / "none", warehouse=away, database=on_server)


def test_the_commands_say_what_they_did(
    warehouse: Warehouse, state: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = CliRunner().invoke
    monkeypatch.setenv("VAR", str(warehouse.var))
    said = run(cli, ["backup", str(tmp_path / "b")]).output
    assert "Version 1 of the data: " in said
    assert "Keep SECRET_KEY elsewhere" in said
    monkeypatch.setenv("VAR", str(tmp_path / "empty"))
    assert (
        f"Brought back into {tmp_path}/empty" in run(cli, ["restore", str(tmp_path / "b")]).output
    )
    shutil.rmtree(tmp_path / "b")
    assert isinstance(run(cli, ["restore", str(tmp_path / "b")]).exception, BackupError)

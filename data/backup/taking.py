"""Taking a backup while the application runs: database and data of one and the same moment."""

import shutil
import sqlite3
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Engine

from data.access.reader import SYSTEM
from data.backup.manifest import STATE, BackupError, Manifest, copied, hash_of, opened, rows_in
from data.state.audit import record, verify
from data.state.engine import writing
from data.state.opening import NEWEST
from data.state.publications import who
from data.warehouse.fetch import RELEASE
from data.warehouse.versions import Warehouse, live_or_none


def back_up(folder: Path, *, warehouse: Warehouse, database: Engine) -> Manifest:
    """Copy what lies with the application into an empty folder, and list it there.

    Raises BackupError where nothing lies with it, or the folder is not empty.
    """
    if warehouse.kind != "duckdb" and database.dialect.name != "sqlite":
        raise BackupError(" ".join([*elsewhere(warehouse, database), "There is nothing to copy."]))
    with _whole_or_nothing(folder):
        return _fill(folder, warehouse, database)


@contextmanager
def _whole_or_nothing(folder: Path) -> Generator[None]:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} is not empty. Name a folder that is new.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _fill(folder: Path, warehouse: Warehouse, database: Engine) -> Manifest:
    files: dict[str, str] = {}
    version = None
    with ExitStack() as held:
        source: BinaryIO | None = None
        # Whatever is published is so within such a transaction: none is before the end of this.
        with writing(database):
            if database.dialect.name == "sqlite":
                _copy_state(database, folder / STATE)
            if warehouse.kind == "duckdb" and (version := live_or_none(warehouse)):
                # Held open: it is copied to its end even where a newer one pushes it out.
                source = held.enter_context(warehouse.file(version).open("rb"))
        if source is not None and version is not None:
            name = warehouse.file(version).name
            files[name] = copied(source, folder / name)
    if (folder / STATE).exists():
        files[STATE] = hash_of(folder / STATE)
    made = _listed(folder, files, version)
    made.write(folder)
    with writing(database) as connection:
        told = {"by": who(), "version": version, "audit_head": made.audit_head}
        record(connection, actor=SYSTEM.user_id, action="backed-up", subject="backup", details=told)
    return made


def _copy_state(database: Engine, target: Path) -> None:
    """Copy the database as it stands by SQLite's own means; readers and writers go on after it."""
    target.touch(mode=0o600)
    source = database.raw_connection()
    copy = sqlite3.connect(target)
    driver: Any = source.driver_connection
    try:
        driver.backup(copy)
    finally:
        copy.close()
        source.close()


def _listed(folder: Path, files: dict[str, str], version: int | None) -> Manifest:
    rows, head = 0, ""
    if STATE in files:
        with opened(folder / STATE) as engine:
            verdict = verify(engine)
        if not verdict.is_whole:
            raise BackupError(verdict.sentence)
        rows, head = verdict.rows, verdict.head
    return Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        release=RELEASE,
        revision=NEWEST if STATE in files else "",
        version=version,
        audit_rows=rows,
        audit_head=head,
        files=files,
        rows={name: rows_in(folder / name) for name in files},
    )


def elsewhere(warehouse: Warehouse, database: Engine) -> list[str]:
    """Return a sentence for each part that lies on a server and is copied by the server's means."""
    said: list[str] = []
    if warehouse.kind == "postgresql":
        said.append(
            "The warehouse lies on PostgreSQL: copy it with "
            "`pg_dump --schema=cockpit --schema='cockpit_v*'` at the same time."
        )
    if warehouse.kind == "clickhouse":
        said.append(
            "The warehouse lies on ClickHouse: copy the databases cockpit and cockpit_v… with "
            "its BACKUP statement at the same time."
        )
    if database.dialect.name == "postgresql":
        said.append(
            "The state database lies on PostgreSQL: copy it with `pg_dump --schema=cockpit_state` "
            "at the same time."
        )
    return said

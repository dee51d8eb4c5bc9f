"""Bringing a backup back: looked through as a whole first, then put in place."""

import shutil
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.access.reader import SYSTEM
from data.backup.manifest import (
    STATE,
    BackupError,
    Manifest,
    copied,
    opened,
    read_manifest,
    rows_in,
)
from data.state.audit import record, verify
from data.state.engine import writing
from data.state.opening import NEWEST, open_state
from data.state.publications import who
from data.warehouse.versions import Warehouse, publish

#: Beside a SQLite file: its log ahead, what its readers share, and our lock.
BESIDE = ("-wal", "-shm", ".lock")


@dataclass(frozen=True)
class Place:
    """Where a backup is brought back to."""

    warehouse: Warehouse
    #: None where the state database lies on a server.
    state: Path | None

    @property
    def taken(self) -> list[Path]:
        """What is there already."""
        state = [] if self.state is None else [self.state, *self.beside]
        folder = self.warehouse.folder
        versions = [folder] if folder.exists() and any(folder.glob("v??????.duckdb")) else []
        return [*versions, *(path for path in state if path.exists())]

    @property
    def beside(self) -> list[Path]:
        """What lies beside the state database."""
        return [] if self.state is None else [Path(f"{self.state}{end}") for end in BESIDE]


@dataclass(frozen=True)
class Restored:
    """What was brought back, and where what was there before is kept."""

    manifest: Manifest
    kept: Path | None = None


def restore(folder: Path, *, to: Place, is_replacing: bool = False) -> Restored:
    """Bring a backup back; what was there is moved aside, and only where that was asked for.

    Raises BackupError, with nothing changed, where a file or a row is not as it was backed up.
    """
    manifest = read_manifest(folder)
    _refuse(manifest, to, is_replacing=is_replacing)
    with _looked_through(folder, manifest, to.warehouse.var) as staged:
        kept = _move_aside(to)
        _put(staged, manifest, to)
    if to.state is not None and STATE in manifest.files:
        _note(to, manifest)
    return Restored(manifest, kept)


def _refuse(manifest: Manifest, to: Place, *, is_replacing: bool) -> None:
    if manifest.revision > NEWEST:
        raise BackupError(
            f"The backup is of revision {manifest.revision} of the state database, and this "
            f"release knows revisions up to {NEWEST}. Use the release that took it or a later one."
        )
    if (manifest.version and to.warehouse.kind != "duckdb") or (
        STATE in manifest.files and to.state is None
    ):
        raise BackupError(
            "The backup holds files, and WAREHOUSE_URL or STATE_URL names a server. "
            "Unset them as they were when it was taken."
        )
    if to.taken and not is_replacing:
        names = ", ".join(str(path) for path in to.taken)
        raise BackupError(
            f"There is something already: {names}. Set VAR to an empty folder, or move it aside "
            "with --replace."
        )
    if to.state is not None and to.state.exists():
        _refuse_in_use(to.state)


def _refuse_in_use(state: Path) -> None:
    """Refuse where another process has the database open: it would go on writing to the old one."""
    with closing(sqlite3.connect(state, timeout=0)) as connection:
        try:
            # Only who is alone with the file can leave the log ahead.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            raise BackupError(f"{state} is in use. Stop the application first.") from error
        except sqlite3.DatabaseError:
            # No database any more: what a backup is for.
            return


@contextmanager
def _looked_through(folder: Path, manifest: Manifest, var: Path) -> Generator[Path]:
    """Copy a backup beside its place and yield the copy, when all of it is as it was written."""
    staged = var / "restoring"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700, parents=True)
    try:
        for name, wanted in manifest.files.items():
            _copy(folder / name, staged / name, wanted)
            _compare(manifest.rows[name], rows_in(staged / name), name)
        if STATE in manifest.files:
            _check_log(staged / STATE, manifest)
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _copy(source: Path, target: Path, wanted: str) -> None:
    try:
        with source.open("rb") as file:
            found = copied(file, target)
    except FileNotFoundError as error:
        raise BackupError(f"{source} is missing: the backup is damaged. Take another one.") from (
            error
        )
    if found != wanted:
        raise BackupError(
            f"{source} is not as it was written: the backup is damaged. Take another one."
        )


def _compare(wanted: dict[str, int], found: dict[str, int], name: str) -> None:
    for table in sorted({*wanted, *found}):
        if wanted.get(table) != found.get(table):
            raise BackupError(
                f"{name} holds {found.get(table)} rows in {table} and not {wanted.get(table)}: "
                "the backup is damaged. Take another one."
            )


def _check_log(state: Path, manifest: Manifest) -> None:
    with opened(state) as engine:
        verdict = verify(engine, head=manifest.audit_head)
    if not verdict.is_whole or verdict.rows != manifest.audit_rows:
        raise BackupError(verdict.sentence)


def _move_aside(to: Place) -> Path | None:
    if not to.taken:
        return None
    kept = to.warehouse.var / f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    kept.mkdir(mode=0o700)
    for path in to.taken:
        shutil.move(path, kept / path.name)
    return kept


def _put(staged: Path, manifest: Manifest, to: Place) -> None:
    """Move what was looked through to its place; what is live is named last."""
    if STATE in manifest.files and to.state is not None:
        to.state.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(staged / STATE, to.state)
    if manifest.version:
        target = to.warehouse.file(manifest.version)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(staged / target.name, target)
        publish(to.warehouse, manifest.version)


def _note(to: Place, manifest: Manifest) -> None:
    database = open_state(f"sqlite:///{to.state}", var=to.warehouse.var)
    told = {"by": who(), "made_at": manifest.made_at, "version": manifest.version}
    with writing(database) as connection:
        record(connection, actor=SYSTEM.user_id, action="restored", subject="backup", details=told)
    database.dispose()

"""What a backup holds, hash by hash and row by row; it vouches for itself, too."""

import hashlib
import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

import duckdb
from sqlalchemy import Engine, create_engine, func, inspect, select, table
from sqlalchemy.exc import DBAPIError

from data.domain.canonical import canonical_json, sha256
from data.state.engine import StateError
from data.warehouse.engine import reading_duckdb

#: Files of a backup: the list of the others, and the state database.
MANIFEST, STATE = "MANIFEST.json", "state.db"
#: Read and hashed at once.
PIECE = 1 << 20
#: Of this way to write a backup.
FORM = 1


class BackupError(StateError):
    """A backup cannot be taken or brought back; the sentence says what was found."""


@dataclass(frozen=True)
class Manifest:
    """The list of a backup: files with their hashes, tables with their rows."""

    made_at: str
    release: str
    revision: str = ""
    version: int | None = None
    audit_rows: int = 0
    audit_head: str = ""
    files: dict[str, str] = field(default_factory=dict[str, str])
    #: File -> table -> rows.
    rows: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    form: int = FORM

    def write(self, folder: Path) -> None:
        """Write the list, sealed with its own hash."""
        told = asdict(self)
        sealed = {**told, "seal": sha256(canonical_json(told))}
        (folder / MANIFEST).write_text(json.dumps(sealed, indent=1, sort_keys=True) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """Return the list of a backup; raise BackupError where it is none or not as it was written."""
    path = folder / MANIFEST
    try:
        told: Any = json.loads(path.read_text())
        seal = told.pop("seal")
        if told["form"] != FORM or seal != sha256(canonical_json(told)):
            raise ValueError(path)
        return Manifest(**told)
    except FileNotFoundError as error:
        raise BackupError(
            f"{folder} holds no {MANIFEST}: it is no backup, or one that was not finished."
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(
            f"{path} is not as it was written: the backup is damaged. Take another one."
        ) from error


def copied(source: BinaryIO, target: Path) -> str:
    """Copy an open file, readable by its owner alone, and return its SHA-256."""
    seen = hashlib.sha256()
    target.touch(mode=0o600)
    with target.open("wb") as written:
        while piece := source.read(PIECE):
            seen.update(piece)
            written.write(piece)
    return seen.hexdigest()


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened(path: Path) -> Generator[Engine]:
    """Open a database file of a backup, to be read and left as it is."""
    if path.name == STATE:
        # Immutable: nothing is laid beside it, although it was written with a log ahead.
        address = f"file:{quote(str(path))}?mode=ro&immutable=1&uri=true"
        engine = create_engine(f"sqlite:///{address}")
    else:
        engine = reading_duckdb(path)
    try:
        yield engine
    finally:
        engine.dispose()


def rows_in(path: Path) -> dict[str, int]:
    """Return how many rows each table of a database file holds."""
    try:
        with opened(path) as engine, engine.connect() as connection:
            names = sorted(inspect(connection).get_table_names())
            return {
                name: connection.execute(select(func.count()).select_from(table(name))).scalar_one()
                for name in names
            }
    except (DBAPIError, duckdb.Error) as error:
        raise BackupError(f"{path} cannot be read: it is damaged. Take another backup.") from error

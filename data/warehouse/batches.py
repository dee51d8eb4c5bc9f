"""The history of imports: one row per batch, carried from version to version."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    insert,
    inspect,
    select,
)

HISTORY = MetaData()

batch = Table(
    "batch",
    HISTORY,
    Column("batch", Integer, autoincrement=False),
    Column("sha256", Text),
    Column("files", Text),
    Column("mapping", Text),
    Column("rows_read", Integer),
    Column("rows_rejected", Integer),
    Column("rows_new", Integer),
    Column("rows_changed", Integer),
    Column("tables", Text),
    Column("imported_at", DateTime),
    comment="one row per import; files and tables are JSON",
    info={"key": ("batch",), "sort": ("batch",)},
)


@dataclass(frozen=True)
class Batch:
    """One import as the history remembers it; `tables` is table -> [new, changed, unchanged]."""

    number: int
    sha256: str
    files: tuple[str, ...]
    mapping: str
    rows_read: int
    rows_rejected: int
    tables: dict[str, tuple[int, int, int]]
    imported_at: datetime

    @property
    def rows_new(self) -> int:
        """Rows that were not there before, over all tables."""
        return sum(new for new, _, _ in self.tables.values())

    @property
    def rows_changed(self) -> int:
        """Rows that replaced others, over all tables."""
        return sum(changed for _, changed, _ in self.tables.values())


def is_kept(connection: Connection) -> bool:
    """Whether the version holds a history."""
    schema = connection.get_execution_options().get("schema_translate_map", {}).get(None)
    return inspect(connection).has_table(batch.name, schema=schema)


#: The mapping's name under which the demo company stands in the history.
DEMO = "demo company"


def is_demo(connection: Connection) -> bool:
    """Whether the version holds the demo company, which real files replace and never join."""
    if not is_kept(connection):
        return False
    stmt = select(func.count()).where(batch.c.mapping == DEMO)
    return connection.execute(stmt).scalar_one() > 0


def find(connection: Connection, sha256: str) -> Batch | None:
    """Return the first batch with this content, or None."""
    if not is_kept(connection):
        return None
    stmt = select(batch).where(batch.c.sha256 == sha256).order_by(batch.c.batch).limit(1)
    row = connection.execute(stmt).mappings().first()
    return _read(dict(row)) if row else None


def history(connection: Connection) -> list[Batch]:
    """Return all batches, newest first."""
    if not is_kept(connection):
        return []
    stmt = select(batch).order_by(batch.c.batch.desc())
    return [_read(dict(row)) for row in connection.execute(stmt).mappings()]


def next_number(connection: Connection) -> int:
    """Return the number of the next batch."""
    if not is_kept(connection):
        return 1
    return (connection.scalar(select(func.max(batch.c.batch))) or 0) + 1


def record(connection: Connection, done: Batch) -> None:
    """Add a batch to the history of the version being built."""
    if not is_kept(connection):
        HISTORY.create_all(connection, checkfirst=False)
    row = {
        "batch": done.number,
        "sha256": done.sha256,
        "files": json.dumps(done.files, ensure_ascii=False),
        "mapping": done.mapping,
        "rows_read": done.rows_read,
        "rows_rejected": done.rows_rejected,
        "rows_new": done.rows_new,
        "rows_changed": done.rows_changed,
        "tables": json.dumps(done.tables),
        "imported_at": done.imported_at,
    }
    connection.execute(insert(batch), [row])


def _read(row: dict[str, Any]) -> Batch:
    return Batch(
        number=row["batch"],
        sha256=row["sha256"],
        files=tuple(json.loads(row["files"])),
        mapping=row["mapping"],
        rows_read=row["rows_read"],
        rows_rejected=row["rows_rejected"],
        tables={name: tuple(counts) for name, counts in json.loads(row["tables"]).items()},
        imported_at=row["imported_at"],
    )

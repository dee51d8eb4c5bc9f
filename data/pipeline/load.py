"""From files to a staged import, and from a staged import into a warehouse version."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow  # pyright: ignore[reportMissingTypeStubs]
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    column,
    delete,
    func,
    inspect,
    select,
    table,
    tuple_,
)

from data.pipeline.aliases import table_named
from data.pipeline.choose import Choice, choose
from data.pipeline.clean import Sheet
from data.pipeline.compare import Difference
from data.pipeline.findings import Finding, Warned
from data.pipeline.folders import StagingFolder
from data.pipeline.mapping import Mapping
from data.pipeline.readers import read_file
from data.pipeline.sources import REJECT
from data.pipeline.stage_work import Progress, StageOptions, StageWork
from data.warehouse import batches
from data.warehouse.append import append
from data.warehouse.engine import building_duckdb
from data.warehouse.schema import CONTRACT
from data.warehouse.versions import Build

#: The library publishes no types.
pa: Any = pyarrow

#: Rows written to the warehouse at a time, and keys deleted per statement.
_WRITTEN = 100_000
_DELETED = 2_000


class AlreadyImportedError(Exception):
    """The same content with the same mapping is in the live version already."""

    def __init__(self, batch: batches.Batch) -> None:
        what = "This file was" if len(batch.files) == 1 else "These files were"
        super().__init__(
            f"{what} already imported on {batch.imported_at.date()} (batch {batch.number})."
        )
        self.batch = batch


@dataclass
class Staged:
    """An import that is read, checked and compared, and not yet written anywhere."""

    folder: StagingFolder
    engine: Engine
    choice: Choice
    sha256: str
    stages: tuple[str, ...]
    rows_read: int
    rows_rejected: int
    differences: dict[str, Difference]
    warned: list[Warned] = field(default_factory=list[Warned])

    @property
    def mapping(self) -> Mapping:
        """The mapping in use."""
        return self.choice.mapping

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files, without repetition."""
        return tuple(dict.fromkeys(s.file for s in self.choice.sheets.values()))

    @property
    def sentence(self) -> str:
        """What the import would do, in one sentence."""
        new = sum(d.new for d in self.differences.values())
        changed = sum(d.changed for d in self.differences.values())
        rows = "row" if self.rows_read == 1 else "rows"
        return (
            f"{self.rows_read:,} {rows} read, {new:,} new, {changed:,} changed, "
            f"{self.rows_rejected:,} rejected."
        )

    def rejects(self, limit: int | None = None) -> list[Finding]:
        """Return rejected values in the order of file, row and column."""
        names = ("file", "sheet", "row", "column", "value", "code", "reason")
        stmt = (
            select(
                *(
                    func.coalesce(REJECT.c[n], "").label(n) if n != "row" else REJECT.c.row
                    for n in names
                )
            )
            .distinct()
            .order_by(*names)
            .limit(limit)
        )
        with self.engine.connect() as connection:
            rows: list[Any] = list(connection.execute(stmt).mappings())
        return [Finding(**row) for row in rows]

    def close(self) -> None:
        """Drop the staging folder."""
        self.engine.dispose()
        self.folder.remove()


def stage(
    files: Sequence[Path],
    *,
    options: StageOptions,
    staging: Path,
    live: Connection | None = None,
    progress: Progress,
) -> Staged:
    """Read, map, check and compare files; nothing is written outside the staging folder.

    Raises `ImportRefusedError` (or its `QuestionError`), or `AlreadyImportedError`.
    """
    folder = StagingFolder(staging)
    try:
        return _stage(list(files), options, folder, live, progress)
    except BaseException:
        folder.remove()
        raise


def _stage(
    files: list[Path],
    options: StageOptions,
    folder: StagingFolder,
    live: Connection | None,
    progress: Progress,
) -> Staged:
    sheets = _read(files, options, folder, progress)
    choice = choose(sheets, given=options.mapping, answers=options.answers)
    digest = fingerprint(files, choice.mapping, options)
    known = batches.find(live, digest) if live is not None else None
    if known:
        raise AlreadyImportedError(known)
    engine = building_duckdb(folder.path / "staging.duckdb", folders=[folder.path])
    try:
        with engine.connect() as connection:
            staged = StageWork(connection, choice, options, progress).run(live)
            connection.commit()
    except BaseException:
        engine.dispose()
        raise
    funnel = choice.mapping.funnel
    stages = tuple(funnel.stages) if funnel else options.stages
    return Staged(folder, engine, choice, digest, stages, *staged)


def _read(
    files: list[Path], options: StageOptions, folder: StagingFolder, progress: Progress
) -> list[Sheet]:
    sheets: list[Sheet] = []
    for number, path in enumerate(files):
        progress("reading", number, len(files))
        sheets += read_file(
            path,
            into=folder.path / f"clean_{number}.csv",
            answers=options.answers,
            limits=options.limits,
            names_table=lambda name: table_named(name) is not None,
        )
    return sheets


def fingerprint(files: Sequence[Path], mapping: Mapping, options: StageOptions) -> str:
    """Return the SHA-256 of the files' contents, the mapping and the answers."""
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    digest.update(mapping.model_dump_json(exclude={"name", "about"}).encode())
    digest.update(repr((options.answers, options.time_zone)).encode())
    return digest.hexdigest()


def merge(staged: Staged, build: Build, *, progress: Progress) -> None:
    """Write a staged import into a version that holds its predecessor's contract tables."""
    with staged.engine.connect() as staging:
        for number, name in enumerate(staged.differences):
            progress("merging", number, len(staged.differences))
            _merge_table(staging, build, CONTRACT.tables[name])
    build.connection.commit()


def _merge_table(staging: Connection, build: Build, target: Table) -> None:
    out = table(f"out_{target.name}", *(column(c.name, c.type) for c in target.columns))
    keys: list[ColumnElement[Any]] = [out.c[k] for k in target.info["key"]]
    changed = select(*keys).where(column("state") == "changed")
    _delete(staging, build, target, changed)
    gone = f"gone_{target.name}"
    if inspect(staging).has_table(gone):
        theirs = table(gone, *(column(k) for k in target.info["key"]))
        _delete(staging, build, target, select(*theirs.c))
    stmt = select(*(out.c[c.name] for c in target.columns))
    raw: Any = staging.connection.driver_connection
    text = str(stmt.compile(dialect=staging.dialect, compile_kwargs={"literal_binds": True}))
    for rows in raw.execute(text).to_arrow_reader(_WRITTEN):
        append(build.connection, target, pa.Table.from_batches([rows]))


def _delete(
    staging: Connection, build: Build, target: Table, stmt: Select[*tuple[Any, ...]]
) -> None:
    rows = [tuple(row) for row in staging.execute(stmt)]
    columns: list[ColumnElement[Any]] = [target.c[k] for k in target.info["key"]]
    for start in range(0, len(rows), _DELETED):
        some = rows[start : start + _DELETED]
        if len(columns) == 1:
            where = columns[0].in_([key for (key,) in some])
        else:
            where = tuple_(*columns).in_(some)
        build.connection.execute(delete(target).where(where))


def record(staged: Staged, build: Build, *, imported_at: datetime) -> batches.Batch:
    """Write the batch into the history of the version and return it."""
    done = batches.Batch(
        number=batches.next_number(build.connection),
        sha256=staged.sha256,
        files=staged.files,
        mapping=staged.mapping.name,
        rows_read=staged.rows_read,
        rows_rejected=staged.rows_rejected,
        tables={n: (d.new, d.changed, d.unchanged) for n, d in staged.differences.items()},
        imported_at=imported_at.astimezone(UTC).replace(tzinfo=None),
    )
    batches.record(build.connection, done)
    return done

"""From files to a staged import, and from a staged import into a warehouse version."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    MetaData,
    Select,
    Table,
    column,
    delete,
    func,
    inspect,
    null,
    select,
    table,
    try_cast,
    tuple_,
    union_all,
)

from data.pipeline.aliases import table_named
from data.pipeline.blocks import Builder, Built, Plan, kind_of_column
from data.pipeline.checks import (
    StackChecks,
    reject_blank_groups,
    reject_broken_groups,
    reject_uneven_groups,
    reject_values,
)
from data.pipeline.choose import Choice, choose
from data.pipeline.clean import Answers, Sheet
from data.pipeline.compare import Difference, copy_live, make_output
from data.pipeline.doubts import doubts
from data.pipeline.findings import Finding, ImportRefused, Warned
from data.pipeline.folders import StagingFolder
from data.pipeline.hints import style_of
from data.pipeline.mapping import Mapping
from data.pipeline.readers import read_file
from data.pipeline.sniff import Limits
from data.pipeline.sources import (
    REJECT,
    STAGING,
    Source,
    keep_findings,
    load_raw,
    make_table,
    make_typed,
)
from data.warehouse import batches
from data.warehouse.append import append
from data.warehouse.engine import building_duckdb
from data.warehouse.schema import CONTRACT
from data.warehouse.versions import Build

Progress = Callable[[str, int, int | None], None]

#: Rows written to the warehouse at a time, and keys deleted per statement.
_WRITTEN = 100_000
_DELETED = 2_000
#: Rejecting rows can orphan others; deeper chains than this do not exist in the contract.
_MOST_ROUNDS = 20


class AlreadyImported(Exception):
    """The same content with the same mapping is in the live version already."""

    def __init__(self, batch: batches.Batch) -> None:
        what = "This file was" if len(batch.files) == 1 else "These files were"
        super().__init__(
            f"{what} already imported on {batch.imported_at.date()} (batch {batch.number})."
        )
        self.batch = batch


@dataclass(frozen=True)
class StageOptions:
    """How files are read: the mapping, the reader's answers, the limits, the day and zone."""

    imported_at: datetime
    mapping: Path | None = None
    answers: Answers = Answers()
    limits: Limits = Limits()
    time_zone: str = "UTC"
    stages: tuple[str, ...] = ()


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

    Raises `ImportRefused` (also as `Question`) with one sentence, or `AlreadyImported`.
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
        raise AlreadyImported(known)
    engine = building_duckdb(folder.path / "staging.duckdb", folders=[folder.path])
    try:
        with engine.connect() as connection:
            staged = _Work(connection, choice, options, progress).run(live)
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


class _Work:
    """One import inside its staging database."""

    def __init__(
        self, connection: Connection, choice: Choice, options: StageOptions, progress: Progress
    ) -> None:
        self.connection = connection
        self.choice = choice
        self.options = options
        self.progress = progress
        self.sources = {
            role: Source(role, sheet, number)
            for number, (role, sheet) in enumerate(choice.sheets.items(), start=1)
        }
        self.filled = list(dict.fromkeys(block.table for block in choice.mapping.blocks))

    def run(self, live: Connection | None) -> tuple[int, int, dict[str, Difference], list[Warned]]:
        """Return rows read and rejected, the difference per table, and the warnings."""
        STAGING.create_all(self.connection)
        self._load()
        built = self._build()
        there: frozenset[str] = frozenset()
        if live is not None:
            there = copy_live(self.connection, live, filled=self.filled)
        self._check(built, there)
        differences = {name: self._output(built, name, there) for name in self.filled}
        warned = [w for source in self.sources.values() for w in source.sheet.warned]
        warned += doubts(
            self.connection,
            list(self.sources.values()),
            filled=self.filled,
            is_live="orders" in there,
            day=self.options.imported_at.date(),
        )
        rows_read = sum(source.sheet.rows for source in self.sources.values())
        rejected = select(REJECT.c.role, REJECT.c.row).distinct().subquery()
        rows_rejected = self.connection.scalar(select(func.count()).select_from(rejected)) or 0
        return rows_read, rows_rejected, differences, warned

    def _load(self) -> None:
        for number, source in enumerate(self.sources.values()):
            self.progress("loading", number, len(self.sources))
            load_raw(self.connection, source)
            keep_findings(self.connection, source.role, source.sheet.rejected)

    def _build(self) -> list[Built]:
        """Build every block, then the typed tables that the blocks asked for."""
        answers = self.options.answers
        mapping = self.choice.mapping
        styles = {
            role: style_of(
                self.connection,
                source,
                columns=_undeclared(mapping, role),
                role=mapping.files[role],
                answers=answers,
            )
            for role, source in self.sources.items()
        }
        plan = Plan(mapping, self.sources, styles, self.options.time_zone, answers.strict_contacts)
        builder = Builder(plan)
        built = [builder.build(block, number=i) for i, block in enumerate(mapping.blocks)]
        for number, source in enumerate(self.sources.values()):
            self.progress("checking", number, len(self.sources))
            make_typed(self.connection, source)
            reject_values(self.connection, source)
        for one in built:
            reject_blank_groups(self.connection, one)
            reject_uneven_groups(self.connection, one)
        return built

    def _check(self, built: list[Built], there: frozenset[str]) -> None:
        """Check until no row is rejected any more: a rejected parent orphans its children."""
        for number in range(_MOST_ROUNDS):
            self.progress("checking", number + 1, None)
            while sum(reject_broken_groups(self.connection, one) for one in built):
                pass
            for name in self.filled:
                self._stack(name, built)
            if not self._reject(built, there):
                return
        raise ImportRefused("E_REF", "The rows refer to one another in a chain without an end.")

    def _reject(self, built: list[Built], there: frozenset[str]) -> int:
        filled = frozenset(self.filled)
        return sum(
            StackChecks(
                self.connection, CONTRACT.tables[name], _of(built, name), stages=self._stages()
            ).run(live=there, filled=filled)
            for name in self.filled
        )

    def _stages(self) -> tuple[str, ...]:
        funnel = self.choice.mapping.funnel
        return tuple(funnel.stages) if funnel else self.options.stages

    def _stack(self, name: str, built: list[Built]) -> None:
        blocks = _of(built, name)
        target = CONTRACT.tables[name]
        columns = [c for c in target.columns if any(c.name in b.block.columns for b in blocks)]
        parts: list[Any] = []
        for one in blocks:
            part = one.stmt.subquery()
            given = [
                (part.c[c.name] if c.name in part.c else try_cast(null(), c.type)).label(c.name)
                for c in columns
            ]
            parts.append(select(part.c._block, part.c._row, *given))
        _drop(self.connection, f"stack_{name}")
        whole = union_all(*parts).subquery()
        make_table(self.connection, select(*whole.c), f"stack_{name}")

    def _output(self, built: list[Built], name: str, there: frozenset[str]) -> Difference:
        self.progress("comparing", self.filled.index(name), len(self.filled))
        blocks = _of(built, name)
        target = CONTRACT.tables[name]
        stack = StackChecks(self.connection, target, blocks).stack
        names = [c.name for c in stack.c if not c.name.startswith("_")]
        key: list[ColumnElement[Any]] = [stack.c[k] for k in target.info["key"]]
        order = func.row_number().over(partition_by=key, order_by=[stack.c._block, stack.c._row])
        ranked = select(*(stack.c[n] for n in names), order.label("_rank")).subquery()
        first = select(*(ranked.c[n] for n in names)).where(ranked.c._rank == 1)
        make_table(self.connection, first, f"new_{name}")
        return make_output(
            self.connection,
            target,
            names,
            is_live=name in there,
            replace_by=next((b.block.replace_by for b in blocks if b.block.replace_by), None),
        )


def _of(built: list[Built], name: str) -> list[Built]:
    return [one for one in built if one.block.table == name]


def _drop(connection: Connection, name: str) -> None:
    Table(name, MetaData()).drop(connection, checkfirst=True)


def _undeclared(mapping: Mapping, role: str) -> dict[str, list[str]]:
    """Return the number and date columns of a file whose way of writing is not declared."""
    found: dict[str, list[str]] = {"number": [], "date": []}
    for block in mapping.blocks:
        for name, source in block.columns.items():
            if block.file != role:
                continue
            kind = kind_of_column(block.target.c[name])
            columns = [*source.product, *([source.column] if source.column else [])]
            if kind in ("money", "integer") and not source.decimal:
                found["number"] += columns
            if kind in ("date", "timestamp") and not source.dates:
                found["date"] += columns
    return {kind: list(dict.fromkeys(names)) for kind, names in found.items()}


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
        imported_at=imported_at,
    )
    batches.record(build.connection, done)
    return done

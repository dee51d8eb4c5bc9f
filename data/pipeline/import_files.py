"""The whole import: stage the files, decide, and publish them as a new warehouse version."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from data import settings
from data.pipeline.clean import Answers
from data.pipeline.compare import Difference
from data.pipeline.contract import copy_contract, create_contract
from data.pipeline.findings import ImportRefusedError, Warned
from data.pipeline.in_force import state_of
from data.pipeline.load import AlreadyImportedError, Staged, merge, record, stage
from data.pipeline.refresh import RefreshReport, refresh, silent
from data.pipeline.rejects import write_rejects
from data.pipeline.sniff import Limits
from data.pipeline.stage_work import Progress, StageOptions
from data.state.publications import noted
from data.warehouse import marts
from data.warehouse.batches import is_demo
from data.warehouse.versions import Build, NoWarehouseError, Readers, Warehouse, live, new_version

#: Exit codes of the command line.
FINE, REFUSED, QUARANTINED = 0, 2, 3

#: Another import may publish while this one is being checked; then it is checked again.
_MOST_TRIES = 3


@dataclass(frozen=True)
class ImportOptions:
    """What the command line was told; `imported_at` is the only clock an import sees."""

    imported_at: datetime
    mapping: Path | None = None
    answers: Answers = field(default_factory=Answers)
    limits: Limits = field(default_factory=Limits)
    accept_rejects: bool = False
    max_rejects: float = 0.05
    rejects_to: Path | None = None
    as_of: date | None = None
    confirm: Callable[[Staged], bool] | None = None
    progress: Progress = silent


@dataclass(frozen=True)
class Outcome:
    """How an import ended: the exit code, the sentences to show, and what was published."""

    exit_code: int
    sentence: str
    code: str = ""
    fix: str = ""
    file: str = ""
    batch: int | None = None
    version: int | None = None
    rows_read: int = 0
    rows_rejected: int = 0
    differences: dict[str, Difference] = field(default_factory=dict[str, Difference])
    warned: tuple[Warned, ...] = ()
    rejects: Path | None = None
    mapping: str = ""
    report: RefreshReport | None = None


REPLACES_DEMO = Warned(
    "N_DEMO", "The live version is the demo company: your data replace it and do not join it."
)


class _OvertakenError(Exception):
    """Another version was published after this import was compared with the live one."""


def import_files(files: Sequence[Path], *, warehouse: Warehouse, options: ImportOptions) -> Outcome:
    """Import files as one batch and publish the version; a failed import changes nothing.

    The exit code is 0 when published (or imported before), 2 when a file is refused, 3 when rows
    were quarantined and nothing was published.
    """
    for _ in range(_MOST_TRIES):
        try:
            return _import(list(files), warehouse, options)
        except AlreadyImportedError as known:
            return Outcome(FINE, str(known), code="F12", batch=known.batch.number)
        except ImportRefusedError as refused:
            return Outcome(
                REFUSED, refused.sentence, code=refused.code, fix=refused.fix, file=refused.file
            )
        except _OvertakenError:
            continue
    return Outcome(REFUSED, "Other imports keep running. Try again when they are done.", code="F13")


def _import(files: list[Path], warehouse: Warehouse, options: ImportOptions) -> Outcome:
    with _live(warehouse) as (number, connection):
        replaces_demo = connection is not None and is_demo(connection)
        if replaces_demo:
            connection = None
        how = StageOptions(
            imported_at=options.imported_at,
            mapping=options.mapping,
            answers=options.answers,
            limits=options.limits,
            time_zone=settings.value("TIME_ZONE"),
            stages=_stages(connection),
        )
        staged = stage(
            files,
            options=how,
            staging=warehouse.staging,
            live=connection,
            progress=options.progress,
        )
    try:
        outcome = _described(staged, options)
        if replaces_demo:
            outcome = replace(outcome, warned=(*outcome.warned, REPLACES_DEMO))
        if outcome.exit_code != FINE:
            return outcome
        prepare = create_contract if replaces_demo else copy_contract
        return _publish(staged, outcome, warehouse, options, follows=number, prepare=prepare)
    finally:
        staged.close()


@contextmanager
def _live(warehouse: Warehouse) -> Generator[tuple[int | None, Connection | None], None, None]:
    """Yield the live version's number and a connection that reads it, or None twice."""
    try:
        number = live(warehouse)
    except NoWarehouseError:
        yield None, None
        return
    readers = Readers(warehouse)
    try:
        with readers.engine(number).connect() as connection:
            yield number, connection
    finally:
        readers.close()


def _described(staged: Staged, options: ImportOptions) -> Outcome:
    """Return the outcome so far: fine, or quarantined rows that stop the import."""
    outcome = Outcome(
        FINE,
        staged.sentence,
        rows_read=staged.rows_read,
        rows_rejected=staged.rows_rejected,
        differences=staged.differences,
        warned=(Warned("N_MAPPING", staged.choice.sentence), *staged.warned),
        mapping=staged.mapping.name,
    )
    if staged.rows_rejected and options.rejects_to:
        write_rejects(staged.rejects(), options.rejects_to)
        outcome = replace(outcome, rejects=options.rejects_to)
    share = staged.rows_rejected / max(staged.rows_read, 1)
    if staged.rows_rejected and (not options.accept_rejects or share > options.max_rejects):
        return replace(outcome, exit_code=QUARANTINED, code="QUARANTINED")
    if options.confirm and not options.confirm(staged):
        return replace(
            outcome, exit_code=REFUSED, code="DECLINED", sentence="Nothing was imported."
        )
    return outcome


def _publish(
    staged: Staged,
    outcome: Outcome,
    warehouse: Warehouse,
    options: ImportOptions,
    *,
    follows: int | None,
    prepare: Callable[[Build], None],
) -> Outcome:
    with (
        state_of(warehouse) as state,
        new_version(warehouse, noting=noted(state, "data-imported")) as build,
    ):
        if build.follows != follows:
            raise _OvertakenError
        prepare(build)
        merge(staged, build, progress=options.progress)
        done = record(staged, build, imported_at=options.imported_at)
        build.told |= {
            "batch": done.number,
            "files": ", ".join(done.files),
            "rows": done.rows_read,
            "rejected": done.rows_rejected,
            "new": done.rows_new,
            "changed": done.rows_changed,
        }
        build.connection.commit()
        report = refresh(
            build,
            as_of=options.as_of,
            stages=staged.stages,
            progress=options.progress,
            state=state,
        )
        return replace(outcome, batch=done.number, version=build.number, report=report)


def _stages(connection: Connection | None) -> tuple[str, ...]:
    """Return the funnel that earlier imports declared, else the one of the settings."""
    if connection is not None:
        kept = marts.funnel_stage
        stages = connection.execute(select(kept.c.stage).order_by(kept.c.position)).scalars()
        if found := tuple(stages):
            return found
    return tuple(settings.value("FUNNEL_STAGES").split(","))

"""One import inside its staging database: load, build, check, compare."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    MetaData,
    Table,
    func,
    null,
    select,
    try_cast,
    union_all,
)

from data.pipeline.blocks import Builder, Built, Plan, kind_of_column
from data.pipeline.checks import (
    reject_blank_groups,
    reject_broken_groups,
    reject_uneven_groups,
    reject_values,
)
from data.pipeline.choose import Choice
from data.pipeline.clean import Answers
from data.pipeline.compare import Difference, copy_live, make_output
from data.pipeline.doubts import doubts
from data.pipeline.findings import ImportRefusedError, Warned
from data.pipeline.hints import style_of
from data.pipeline.mapping import Mapping
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
from data.pipeline.stack_checks import StackChecks
from data.warehouse.schema import CONTRACT

Progress = Callable[[str, int, int | None], None]

#: Rejecting rows can orphan others; deeper chains than this do not exist in the contract.
_MOST_ROUNDS = 20


@dataclass(frozen=True)
class StageOptions:
    """How files are read: the mapping, the reader's answers, the limits, the day and zone."""

    imported_at: datetime
    mapping: Path | None = None
    answers: Answers = field(default_factory=Answers)
    limits: Limits = field(default_factory=Limits)
    time_zone: str = "UTC"
    stages: tuple[str, ...] = ()


class StageWork:
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
        raise ImportRefusedError(
            "E_REF", "The rows refer to one another in a chain without an end."
        )

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

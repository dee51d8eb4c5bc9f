"""The files of one import inside the staging database: raw text, typed columns, rejected rows."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    CreateTableAs,
    Date,
    DateTime,
    Integer,
    MetaData,
    Numeric,
    Table,
    TableClause,
    Text,
    column,
    func,
    insert,
    literal,
    select,
    table,
)
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import TypeEngine

from data.pipeline.casts import Typed, Use, cleaned, typed
from data.pipeline.clean import Sheet
from data.pipeline.findings import Finding, ImportRefusedError, listed, plain_name
from data.pipeline.text_files import LONGEST_CELL

STAGING = MetaData()

#: Every rejected value; a row may stand here more than once.
REJECT = Table(
    "reject",
    STAGING,
    Column("role", Text),
    Column("file", Text),
    Column("sheet", Text),
    Column("row", BigInteger),
    Column("column", Text),
    Column("value", Text),
    Column("code", Text),
    Column("reason", Text),
)

_TYPES: dict[str, TypeEngine[Any]] = {
    "money": Numeric(18, 4),
    "integer": Integer(),
    "date": Date(),
    "timestamp": DateTime(),
    "boolean": Boolean(),
}


@dataclass
class Source:
    """One clean sheet under the name that the mapping gives it."""

    role: str
    sheet: Sheet
    number: int
    uses: dict[Use, int] = field(default_factory=dict[Use, int])

    def __post_init__(self) -> None:
        self.positions = {plain_name(name): i for i, name in enumerate(self.sheet.header, start=1)}
        names = [f"c{i}" for i in range(1, len(self.sheet.header) + 1)]
        self.raw: TableClause = table(
            f"raw_{self.number}",
            column("n", BigInteger),
            *(column(name, Text) for name in names),
        )
        self.typed: TableClause = table(f"typed_{self.number}", column("n", BigInteger))

    def position(self, name: str) -> int:
        """Return the number of a column from 1; raise `ImportRefusedError` where it is missing."""
        at = self.positions.get(plain_name(name))
        if at is None:
            raise ImportRefusedError(
                "E_MISSING",
                f"Required column missing: {name}. Found: {listed(list(self.sheet.header))}.",
                file=self.sheet.file,
            )
        return at

    def text_of(self, name: str) -> ColumnElement[Any]:
        """Return the raw text column of a name."""
        return self.raw.c[f"c{self.position(name)}"]

    def value(self, use: Use) -> ColumnElement[Any]:
        """Return the typed column of a use, declaring it on first sight."""
        self.position(use.column)
        if use not in self.uses:
            number = len(self.uses) + 1
            self.uses[use] = number
            made: Any = column(f"v{number}", _TYPES.get(use.kind, Text()))
            self.typed.append_column(made)
        return self.typed.c[f"v{self.uses[use]}"]

    def alive(self) -> ColumnElement[bool]:
        """Return the condition that a typed row was not rejected."""
        dead = select(REJECT.c.row).where(REJECT.c.role == self.role)
        return self.typed.c.n.not_in(dead)


def make_table(connection: Connection, stmt: Select[*tuple[Any, ...]], name: str) -> None:
    """Create a staging table from a select."""
    made = CreateTableAs(stmt, name)
    text = made.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    connection.exec_driver_sql(str(text))


def load_raw(connection: Connection, source: Source) -> None:
    """Load the clean file of a source: every column as text, nothing guessed."""
    raw: Any = connection.connection.driver_connection
    columns = {"n": "BIGINT"} | {c.name: "VARCHAR" for c in source.raw.c if c.name != "n"}
    rows = raw.read_csv(
        str(source.sheet.clean),
        header=False,
        sep=",",
        quotechar='"',
        escapechar='"',
        columns=columns,
        auto_detect=False,
        strict_mode=True,
        max_line_size=_line_size(source.sheet.clean),
    )
    rows.create(source.raw.name)
    source.sheet.clean.unlink()


def _line_size(path: Path) -> int:
    """Lines are normally short; only a file with a giant cell needs the large buffer."""
    small = 2_000_000
    with path.open("rb") as stream:
        longest = max((len(line) for line in stream), default=0)
    return small if longest < small else LONGEST_CELL * 5


def make_typed(connection: Connection, source: Source) -> None:
    """Create the typed table: per use the value v, the code e, and r where it was rounded."""
    texts = select(
        source.raw.c.n,
        *(
            cleaned(source.text_of(use.column), use).label(f"t{number}")
            for use, number in source.uses.items()
        ),
    ).subquery()
    columns: list[ColumnElement[Any]] = [texts.c.n]
    for use, number in source.uses.items():
        done = typed(texts.c[f"t{number}"], use)
        columns += _labelled(done, number)
    make_table(connection, select(*columns), source.typed.name)
    for name in [c.name for c in columns[1:] if not c.name.startswith("v")]:
        source.typed.append_column(column(name, Text if name[0] == "e" else Boolean))  # pyright: ignore[reportArgumentType]


def _labelled(done: Typed, number: int) -> list[ColumnElement[Any]]:
    columns: list[ColumnElement[Any]] = [
        done.value.label(f"v{number}"),
        done.code.cast(Text).label(f"e{number}"),
    ]
    if done.is_rounded is not None:
        columns.append(done.is_rounded.label(f"r{number}"))
    return columns


def keep_findings(connection: Connection, role: str, findings: list[Finding]) -> None:
    """Store what the reader already rejected."""
    rows = [
        {
            "role": role,
            "file": f.file,
            "sheet": f.sheet,
            "row": f.row,
            "column": f.column,
            "value": f.value,
            "code": f.code,
            "reason": f.reason,
        }
        for f in findings
    ]
    if rows:
        connection.execute(insert(REJECT), rows)


def add_rejects(connection: Connection, source: Source, stmt: Select[*tuple[Any, ...]]) -> int:
    """Store rejects from a select of row, column, value, code and reason; return how many."""
    found = stmt.subquery()
    columns = ["row", "column", "value", "code", "reason"]
    filled = select(
        literal(source.role).label("role"),
        literal(source.sheet.file).label("file"),
        literal(source.sheet.name).label("sheet"),
        *(found.c[name] for name in columns),
    )
    before = connection.scalar(select(func.count()).select_from(REJECT)) or 0
    connection.execute(insert(REJECT).from_select(["role", "file", "sheet", *columns], filled))
    return (connection.scalar(select(func.count()).select_from(REJECT)) or 0) - before

"""What an import would change: its rows against those of the live version."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow  # pyright: ignore[reportMissingTypeStubs]
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    Table,
    TableClause,
    Text,
    and_,
    case,
    column,
    func,
    inspect,
    literal,
    null,
    or_,
    select,
    table,
)

from data.pipeline.sources import make_table
from data.warehouse.append import append
from data.warehouse.schema import CONTRACT

#: The library publishes no types.
pa: Any = pyarrow

#: Rows fetched from the live version at a time.
_FETCHED = 50_000


@dataclass(frozen=True)
class Difference:
    """Rows of one contract table that are new, changed, unchanged, or removed with their parent."""

    new: int
    changed: int
    unchanged: int
    removed: int = 0

    @property
    def sentence(self) -> str:
        """The difference in words."""
        return f"{self.new:,} new, {self.changed:,} changed, {self.unchanged:,} unchanged"


def copy_live(staging: Connection, live: Connection, *, filled: Iterable[str]) -> frozenset[str]:
    """Copy what an import is compared with from the live version; return the tables it has.

    Filled tables are copied whole; of the tables they refer to, the keys.
    """
    there = set(inspect(live).get_table_names(schema=_schema(live)))
    wanted = _wanted(filled)
    copied: set[str] = set()
    for name, columns in sorted(wanted.items()):
        if name in there:
            _copy(staging, live, CONTRACT.tables[name], columns)
            copied.add(name)
    return frozenset(copied)


def _schema(live: Connection) -> str | None:
    return live.get_execution_options().get("schema_translate_map", {}).get(None)


def _wanted(filled: Iterable[str]) -> dict[str, list[str]]:
    wanted: dict[str, set[str]] = {}
    for name in filled:
        target = CONTRACT.tables[name]
        wanted.setdefault(name, set()).update(target.columns.keys())
        for parent in target.info["refs"].values():
            parent_name, _, key = parent.partition(".")
            wanted.setdefault(parent_name, set()).add(key)
    return {name: sorted(columns) for name, columns in wanted.items()}


def _copy(staging: Connection, live: Connection, origin: Table, columns: list[str]) -> None:
    target = Table(
        f"live_{origin.name}", MetaData(), *(Column(c, origin.c[c].type) for c in columns)
    )
    target.create(staging)
    stmt = select(*(origin.c[c] for c in columns))
    for batch in _batches(live, stmt, [origin.c[c] for c in columns]):
        append(staging, target, batch)


def _batches(
    live: Connection, stmt: Select[*tuple[Any, ...]], columns: list[Column[Any]]
) -> Iterator[Any]:
    """Yield the rows of a statement as Arrow tables; DuckDB hands them over as they are."""
    if live.dialect.name == "duckdb":
        raw: Any = live.connection.driver_connection
        for batch in raw.execute(str(stmt.compile(dialect=live.dialect))).to_arrow_reader(_FETCHED):
            yield pa.Table.from_batches([batch])
        return
    types = pa.schema([(c.name, _arrow_type(c)) for c in columns])
    result = live.execution_options(yield_per=_FETCHED).execute(stmt).mappings()
    for rows in result.partitions(_FETCHED):
        yield pa.Table.from_pylist([dict(row) for row in rows], schema=types)


def _arrow_type(column_: Column[Any]) -> Any:
    name = type(column_.type).__name__
    plain = {
        "Date": pa.date32(),
        "DateTime": pa.timestamp("us"),
        "Integer": pa.int32(),
        "Boolean": pa.bool_(),
        "Numeric": pa.decimal128(18, 4),
    }
    return plain.get(name, pa.string())


def _places(target: Table, names: list[str], *, live: bool) -> tuple[TableClause, TableClause]:
    mine = table(f"new_{target.name}", *(column(n, target.c[n].type) for n in names))
    theirs = table(f"live_{target.name}", *(column(c.name, c.type) for c in target.columns))
    return mine, theirs if live else mine


def make_output(
    connection: Connection,
    target: Table,
    names: list[str],
    *,
    is_live: bool,
    replace_by: str | None,
) -> Difference:
    """Create `out_<table>`: the rows to write, each new or changed; and count the difference.

    Columns that the import does not give keep the values of the live version. With `replace_by`,
    rows of a parent that comes again and that are no longer among them go to `gone_<table>`.
    """
    mine, theirs = _places(target, names, live=is_live)
    key: list[str] = list(target.info["key"])
    if not is_live:
        columns = [
            (mine.c[c.name] if c.name in names else null()).label(c.name) for c in target.columns
        ]
        make_table(connection, select(*columns, _state("new")), f"out_{target.name}")
        return _counted(connection, target, same=0, removed=0)
    columns = [
        (mine if c.name in names else theirs).c[c.name].label(c.name) for c in target.columns
    ]
    on = and_(*(mine.c[k] == theirs.c[k] for k in key))
    differs = [mine.c[n].is_distinct_from(theirs.c[n]) for n in names if n not in key]
    is_new = theirs.c[key[0]].is_(None)
    state = case((is_new, "new"), else_="changed").label("state")
    joined = mine.outerjoin(theirs, on)
    stmt = select(*columns, state).select_from(joined).where(or_(is_new, *differs))
    make_table(connection, stmt, f"out_{target.name}")
    removed = _make_gone(connection, target, (mine, theirs), replace_by) if replace_by else 0
    total = connection.scalar(select(func.count()).select_from(mine)) or 0
    written = connection.scalar(select(func.count()).select_from(table(f"out_{target.name}"))) or 0
    return _counted(connection, target, same=total - written, removed=removed)


def _state(word: str) -> ColumnElement[Any]:
    return literal(word).label("state")


def _make_gone(
    connection: Connection, target: Table, places: tuple[TableClause, TableClause], parent: str
) -> int:
    mine, theirs = places
    key: list[str] = list(target.info["key"])
    on = and_(*(mine.c[k] == theirs.c[k] for k in key))
    stmt = (
        select(*(theirs.c[k] for k in key))
        .select_from(theirs.outerjoin(mine, on))
        .where(mine.c[key[0]].is_(None), theirs.c[parent].in_(select(mine.c[parent])))
    )
    name = f"gone_{target.name}"
    make_table(connection, stmt, name)
    return connection.scalar(select(func.count()).select_from(table(name))) or 0


def _counted(connection: Connection, target: Table, *, same: int, removed: int) -> Difference:
    out = table(f"out_{target.name}", column("state", Text))
    stmt = select(out.c.state, func.count()).group_by(out.c.state)
    counts = {state: number for state, number in connection.execute(stmt)}
    return Difference(counts.get("new", 0), counts.get("changed", 0), same, removed)

"""The contract tables of a new version: created, copied from where they are, and checked."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    cast,
    inspect,
    select,
)
from sqlalchemy.types import TypeEngine

from data.pipeline.marts.filling import fill
from data.warehouse import marts
from data.warehouse.engine import WarehouseError
from data.warehouse.schema import CONTRACT
from data.warehouse.versions import Build, Warehouse, version_before

#: One of these must hold rows, besides `customer`.
FACTS = ("orders", "contract", "opportunity")
#: Tables that are not part of the contract and still travel from version to version.
_CARRIED = ("batch", "pinned_end", "closing")


@dataclass(frozen=True)
class TableCheck:
    """What a source schema has of one contract table."""

    name: str
    sentence: str
    is_usable: bool
    is_present: bool


def create_contract(build: Build) -> None:
    """Create every contract table, empty, in the version."""
    CONTRACT.create_all(build.connection, checkfirst=False)
    build.connection.commit()


def copy_contract(build: Build) -> None:
    """Create the contract tables and fill them: from the company's own tables, or the last version.

    A server whose WAREHOUSE_SCHEMA holds contract tables is copied from there: the columns of the
    contract only, so that drill-down reads the version and never the company's tables.
    """
    create_contract(build)
    own = build.warehouse.schema if build.warehouse.kind != "duckdb" else ""
    with version_before(build) as before:
        source = own or before
        if source is None:
            return
        names = set(inspect(build.connection).get_table_names(schema=source))
        for table in CONTRACT.sorted_tables:
            if table.name in names:
                _copy_table(build.connection, table, source)
        _carry(build.connection, source, names)


def _copy_table(connection: Connection, table: Table, source: str) -> None:
    there = {c["name"] for c in inspect(connection).get_columns(table.name, schema=source)}
    # A private copy of the table, so that the translation of the version's schema leaves it alone.
    origin = Table(
        table.name,
        MetaData(),
        *(c._copy() for c in table.columns if c.name in there),  # pyright: ignore[reportPrivateUsage]
        schema=source,
    )
    columns = [cast(origin.c[c.name], table.c[c.name].type).label(c.name) for c in origin.columns]
    fill(connection, table, select(*columns))


def _carry(connection: Connection, source: str, names: set[str]) -> None:
    for name in _CARRIED:
        if name in names:
            origin = Table(name, MetaData(), autoload_with=connection, schema=source)
            columns = [c._copy() for c in origin.columns]  # pyright: ignore[reportPrivateUsage]
            target = Table(name, MetaData(), *columns)
            target.create(connection, checkfirst=False)
            fill(connection, target, select(origin))


def carried_stages(build: Build) -> tuple[str, ...]:
    """Return the funnel stages of the version that this one follows, in order."""
    with version_before(build) as before:
        if before is None:
            return ()
        stages = marts.funnel_stage.to_metadata(MetaData(), schema=before)
        stmt = select(stages.c.stage).order_by(stages.c.position)
        return tuple(build.connection.execute(stmt).scalars())


# --- check -----------------------------------------------------------------------------------

_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Boolean, "true or false"),
    (DateTime, "a timestamp"),
    (Date, "a date"),
    (Integer, "a whole number"),
    (Numeric, "a decimal number"),
    (Float, "a decimal number"),
    (String, "text"),
)


#: ClickHouse's types, as they are written inside Nullable(…) and LowCardinality(…).
_WORDS = (
    ("DATETIME", "a timestamp"),
    ("DATE", "a date"),
    ("DECIMAL", "a decimal number"),
    ("FLOAT", "a decimal number"),
    ("BOOL", "true or false"),
    ("UINT", "a whole number"),
    ("INT", "a whole number"),
    ("STRING", "text"),
    ("FIXEDSTRING", "text"),
    ("ENUM", "text"),
)


def _kind(type_: object) -> str:
    """Return in words what a column holds."""
    for python_type, words in _KINDS:
        if isinstance(type_, python_type):
            return words
    name = re.sub(r"(NULLABLE|LOWCARDINALITY)\(", "", str(type_).upper())
    return next((words for start, words in _WORDS if name.startswith(start)), f"'{type_}'")


#: What a column may be instead: the copy casts it without loss.
_ACCEPTED = {
    "a decimal number": {"a decimal number", "a whole number"},
    "a timestamp": {"a timestamp", "a date"},
}


def check_contract(warehouse: Warehouse, *, schema: str | None) -> list[TableCheck]:
    """Return one finding per contract table of a server's schema, in sentences."""
    with warehouse.server.connect() as connection:
        inspector = inspect(connection)
        names = set(inspector.get_table_names(schema=schema))
        names |= set(inspector.get_view_names(schema=schema)) if _has_views(warehouse) else set()
        return [
            _check_table(table, inspector.get_columns(table.name, schema=schema))
            if table.name in names
            else _absent(table)
            for table in CONTRACT.sorted_tables
        ]


def _has_views(warehouse: Warehouse) -> bool:
    return warehouse.kind == "postgresql"


def _absent(table: Table) -> TableCheck:
    is_needed = table.name == "customer"
    ending = (
        "it is required: create it or a view of that name."
        if is_needed
        else "pages that need it will say so."
    )
    sentence = f"{table.name}: not there; {ending}"
    return TableCheck(table.name, sentence, is_usable=not is_needed, is_present=False)


def _check_table(table: Table, found: Any) -> TableCheck:
    types = {c["name"]: _kind(c["type"]) for c in found}
    missing = [c.name for c in table.columns if c.name not in types]
    wrong = [
        f"{c.name} is {types[c.name]} and must be {_kind(c.type)}"
        for c in table.columns
        if c.name in types and types[c.name] not in _ACCEPTED.get(_kind(c.type), {_kind(c.type)})
    ]
    required = [name for name in table.info["required"] if name in missing]
    parts = [f"{table.name}: present, {table.comment}"]
    if missing:
        parts.append(f"missing columns: {', '.join(missing)}")
    if required:
        parts.append(f"required among them: {', '.join(required)}")
    parts += wrong
    return TableCheck(
        table.name, "; ".join(parts) + ".", is_usable=not required and not wrong, is_present=True
    )


def require_facts(counts: dict[str, int]) -> None:
    """Raise where a version would hold nothing to show."""
    if counts.get("customer", 0) == 0 or not any(counts.get(name, 0) for name in FACTS):
        raise WarehouseError(
            "There must be rows in `customer` and in one of orders, contract or opportunity. "
            "Import them, or point WAREHOUSE_URL at a warehouse that has them."
        )

"""How tables are created and dropped in ClickHouse."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Double,
    Integer,
    Numeric,
    SmallInteger,
    Text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable, DropTable
from sqlalchemy.sql.compiler import DDLCompiler

from data.warehouse.dialects.types import Cents, Coded

_CLICKHOUSE_TYPES: tuple[tuple[type, str], ...] = (
    (Coded, "LowCardinality(Nullable(String))"),
    (Cents, "Nullable(Int64)"),
    (SmallInteger, "Nullable(Int16)"),
    (BigInteger, "Nullable(Int64)"),
    (Integer, "Nullable(Int32)"),
    (Double, "Nullable(Float64)"),
    (Numeric, "Nullable(Decimal(18, 4))"),
    (DateTime, "Nullable(DateTime64(0, 'UTC'))"),
    (Date, "Nullable(Date32)"),
    (Boolean, "Nullable(Bool)"),
    (Text, "Nullable(String)"),
)


@compiles(CreateTable, "clickhousedb")
def _create_clickhouse(element: CreateTable, compiler: DDLCompiler, **_kw: object) -> str:
    table = element.element
    columns = ", ".join(f"`{c.name}` {_clickhouse_type(c.type)}" for c in table.columns)
    name = compiler.preparer.format_table(table)
    order = ", ".join(f"`{c}`" for c in table.info.get("sort", ())) or "tuple()"
    return (
        f"CREATE TABLE {name} ({columns}) ENGINE = MergeTree ORDER BY ({order})"
        " SETTINGS allow_nullable_key = 1"
    )


@compiles(DropTable, "clickhousedb")
def _drop_clickhouse(element: DropTable, compiler: DDLCompiler, **_kw: object) -> str:
    # The dialect's own spelling loses the schema that the version's engine translates to.
    return f"DROP TABLE {compiler.preparer.format_table(element.element)} SYNC"


def _clickhouse_type(type_: object) -> str:
    # What was reflected from a table there is written as it was read.
    return next((name for kind, name in _CLICKHOUSE_TYPES if isinstance(type_, kind)), str(type_))

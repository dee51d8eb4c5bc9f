"""The types of the marts: money as integers, coded dimensions, dates of any century."""

from typing import Any, TypeAlias

from sqlalchemy import BigInteger, Date, DateTime, Dialect, Select, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, UserDefinedType

#: Any SELECT, whatever its columns.
Rows: TypeAlias = "Select[*tuple[Any, ...]]"
TEN_THOUSANDTHS = 10_000


class Cents(TypeDecorator[int]):
    """Money in the marts: a 64-bit integer of ten-thousandths, turned into money when fetched."""

    impl = BigInteger
    cache_ok = True


class Coded(UserDefinedType[str]):
    """A dimension's value: DuckDB ENUM, ClickHouse LowCardinality, PostgreSQL text."""

    cache_ok = True

    def __init__(self, dimension: str) -> None:
        self.dimension = dimension

    def literal_processor(self, dialect: Dialect) -> Any:
        """Return how a value is written out: as text."""
        return Text().literal_processor(dialect)

    def get_col_spec(self, **_kw: object) -> str:
        """Return the name of the ENUM type that `refresh` creates in the version."""
        return f"{self.dimension}_t"


@compiles(Coded, "postgresql")
def _coded_postgresql(_type: Coded, _compiler: object, **_kw: object) -> str:
    return "TEXT"


@compiles(Coded, "clickhousedb")
def _coded_clickhouse(_type: Coded, _compiler: object, **_kw: object) -> str:
    return "LowCardinality(Nullable(String))"


@compiles(Date, "clickhousedb")
def _date_clickhouse(_type: Date, _compiler: object, **_kw: object) -> str:
    # Its plain Date begins in 1970: a birthday before would come out as one in the next century.
    return "Date32"


@compiles(DateTime, "clickhousedb")
def _datetime_clickhouse(_type: DateTime, _compiler: object, **_kw: object) -> str:
    return "DateTime64(0, 'UTC')"

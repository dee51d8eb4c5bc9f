"""Where the engines differ: a small set of SQL constructs, each spelt once per engine.

A construct compiles to DuckDB's spelling by default. `CodedIn`, the filter on a coded column, is
spelt as the engine answers it fastest, using the dictionary of the version that is read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Double,
    Integer,
    Numeric,
    Select,
    SmallInteger,
    Text,
    bindparam,
    false,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable, DropTable
from sqlalchemy.sql.compiler import DDLCompiler, SQLCompiler
from sqlalchemy.sql.elements import BinaryExpression, ExpressionClauseList, Over
from sqlalchemy.sql.functions import FunctionElement, count
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeDecorator, UserDefinedType

#: Any SELECT, whatever its columns.
Rows: TypeAlias = "Select[*tuple[Any, ...]]"

#: Values that fit the one-hot integer beside a coded column (a signed 32-bit integer).
BITS = 31
TEN_THOUSANDTHS = 10_000


# --- types -----------------------------------------------------------------------------------


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


# --- constructs ------------------------------------------------------------------------------


class _Construct(FunctionElement[Any]):
    inherit_cache = True


def _grouped(part: Any, compiler: SQLCompiler, **kw: Any) -> str:
    """Return an argument as SQL, in parentheses where an operator beside it could bind closer."""
    sql = compiler.process(part, **kw)
    return f"({sql})" if isinstance(part, BinaryExpression | ExpressionClauseList) else sql


def _construct(name: str, type_: Any, default: str, **engines: str) -> type[_Construct]:
    """Return a construct whose arguments fill `{0}`, `{1}` … of each engine's spelling."""
    kind = type(name, (_Construct,), {"name": name, "type": type_, "inherit_cache": True})

    def spell(template: str) -> Any:
        def visit(element: FunctionElement[Any], compiler: SQLCompiler, **kw: Any) -> str:
            return template.format(*(_grouped(c, compiler, **kw) for c in element.clauses))

        return visit

    compiles(kind)(spell(default))
    for engine, template in engines.items():
        compiles(kind, engine)(spell(template))
    return cast("type[_Construct]", kind)


month_of = _construct(
    "month_of",
    Date(),
    "CAST(date_trunc('month', {0}) AS DATE)",
    clickhousedb="toDate32(toStartOfMonth(toDate32({0})))",
)
days_between = _construct(
    "days_between",
    Integer(),
    "date_diff('day', {0}, {1})",
    postgresql="({1} - {0})",
    clickhousedb="dateDiff('day', toDate32({0}), toDate32({1}))",
)
seconds_between = _construct(
    "seconds_between",
    BigInteger(),
    "date_diff('second', {0}, {1})",
    postgresql=(
        "CAST(extract(epoch FROM date_trunc('second', {1}) - date_trunc('second', {0})) AS BIGINT)"
    ),
    clickhousedb="dateDiff('second', {0}, {1})",
)
months_between = _construct(
    "months_between",
    Integer(),
    "date_diff('month', {0}, {1})",
    postgresql=(
        "CAST((extract(year FROM {1}) - extract(year FROM {0})) * 12"
        " + extract(month FROM {1}) - extract(month FROM {0}) AS INTEGER)"
    ),
    clickhousedb="dateDiff('month', toDate32({0}), toDate32({1}))",
)
add_days = _construct(
    "add_days",
    Date(),
    "({0} + CAST({1} AS INTEGER))",
    clickhousedb="addDays(toDate32({0}), {1})",
)
add_months = _construct(
    "add_months",
    Date(),
    "CAST({0} + to_months(CAST({1} AS INTEGER)) AS DATE)",
    postgresql="CAST({0} + make_interval(months => CAST({1} AS INTEGER)) AS DATE)",
    clickhousedb="addMonths(toDate32({0}), {1})",
)
int_div = _construct(
    "int_div",
    BigInteger(),
    "({0} // {1})",
    postgresql="({0} / {1})",
    clickhousedb="intDiv({0}, {1})",
)
#: A money column as it stands in the contract tables, as ten-thousandths.
to_cents = _construct(
    "to_cents",
    Cents(),
    "CAST({0} * 10000 AS BIGINT)",
    clickhousedb="CAST(CAST({0} AS Nullable(Decimal(38, 4))) * 10000 AS Nullable(Int64))",
)
sum_int = _construct(
    "sum_int", BigInteger(), "CAST(sum({0}) AS BIGINT)", clickhousedb="CAST(sum({0}) AS Int64)"
)
sum_cents = _construct(
    "sum_cents", Cents(), "CAST(sum({0}) AS BIGINT)", clickhousedb="CAST(sum({0}) AS Int64)"
)
median = _construct(
    "median",
    Double(),
    "quantile_cont({0}, 0.5)",
    postgresql="percentile_cont(0.5) WITHIN GROUP (ORDER BY {0})",
    clickhousedb="quantileExactInclusiveOrNull(0.5)({0})",
)
quantile = _construct(
    "quantile",
    Double(),
    "quantile_cont({0}, {1})",
    postgresql="percentile_cont({1}) WITHIN GROUP (ORDER BY {0})",
    clickhousedb="quantileExactInclusiveOrNull({1})({0})",
)
bit = _construct(
    "bit",
    BigInteger(),
    "(CAST(1 AS BIGINT) << CAST({0} AS INTEGER))",
    clickhousedb="bitShiftLeft(toInt64(1), {0})",
)
shift_left = _construct(
    "shift_left",
    BigInteger(),
    "(CAST({0} AS BIGINT) << CAST({1} AS INTEGER))",
    clickhousedb="bitShiftLeft(toInt64({0}), {1})",
)
shift_right = _construct(
    "shift_right",
    BigInteger(),
    "({0} >> CAST({1} AS INTEGER))",
    clickhousedb="bitShiftRight({0}, {1})",
)
bits_and = _construct("bits_and", BigInteger(), "({0} & {1})", clickhousedb="bitAnd({0}, {1})")
bits_or = _construct("bits_or", BigInteger(), "bit_or({0})", clickhousedb="groupBitOr({0})")
previous = _construct(
    "previous",
    Date(),
    "lag({0}) OVER (PARTITION BY {1} ORDER BY {2})",
    clickhousedb=(
        "lagInFrame(toNullable({0})) OVER (PARTITION BY {1} ORDER BY {2}"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"
    ),
)
following = _construct(
    "following",
    Date(),
    "lead({0}) OVER (PARTITION BY {1} ORDER BY {2})",
    clickhousedb=(
        "leadInFrame(toNullable({0})) OVER (PARTITION BY {1} ORDER BY {2}"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"
    ),
)
business_day = _construct(
    "business_day",
    Date(),
    "CAST(timezone({1}, timezone('UTC', {0})) AS DATE)",
    clickhousedb="toDate32(toTimeZone(toDateTime64({0}, 0, 'UTC'), {1}))",
)
month_text = _construct(
    "month_text",
    Text(),
    "strftime({0}, '%Y-%m')",
    postgresql="to_char({0}, 'YYYY-MM')",
    # No percent sign: it would be taken for a parameter.
    clickhousedb="substring(toString(toDate32({0})), 1, 7)",
)


@compiles(Over, "clickhousedb")
def _over_clickhouse(element: Over[Any], compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.visit_over(element, within_over=True, **kw)


@compiles(count, "clickhousedb")
def _count_clickhouse(element: count, compiler: SQLCompiler, **kw: Any) -> str:
    # Counts are unsigned there, and an unsigned and a signed column cannot be stacked.
    within_over = kw.pop("within_over", False)
    sql = compiler.visit_function(element, **kw)
    return sql if within_over else f"CAST({sql} AS Int64)"


# --- coded columns ---------------------------------------------------------------------------


class CodedIn(ColumnElement[bool]):
    """`column IN (values)` on a coded dimension, spelt with the dictionary of the version read.

    The dictionary hangs on the dialect of the version's own engine (`speak`), so that a
    statement is spelt while it is compiled and compiled once per engine.
    """

    __visit_name__ = "coded_in"
    inherit_cache = True
    type = Boolean()
    _traverse_internals = [  # noqa: RUF012 -- SQLAlchemy's protocol
        ("column", InternalTraversal.dp_clauseelement),
        ("hot", InternalTraversal.dp_clauseelement),
        ("values", InternalTraversal.dp_plain_obj),
    ]

    def __init__(self, column: ColumnElement[str], hot: Any, values: Iterable[str]) -> None:
        self.column = column
        self.hot: ColumnElement[int] | None = hot
        self.values: tuple[str, ...] = tuple(sorted(values))

    @property
    def dimension(self) -> str:
        """The dimension whose dictionary decodes the values."""
        return cast("Coded", self.column.type).dimension

    @property
    def _from_objects(self) -> list[Any]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return list(self.column._from_objects)  # pyright: ignore[reportPrivateUsage]


@dataclass(frozen=True)
class Dictionary:
    """The values of every coded dimension in one version, in code order, and the team tree."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    #: team -> every team of its subtree, itself included.
    subtree: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def expanded(self, dimension: str, values: Iterable[str]) -> list[str]:
        """Return the known values as stored on rows: a team stands for its whole subtree."""
        wanted = set(values)
        if dimension == "team":
            wanted = {leaf for v in values for leaf in self.subtree.get(v, frozenset({v}))}
        return sorted(wanted & set(self.values.get(dimension, ())))

    def mask(self, dimension: str, values: Iterable[str]) -> int:
        """Return the one-hot mask of known values."""
        codes = {v: i for i, v in enumerate(self.values.get(dimension, ()))}
        return sum(1 << codes[v] for v in set(values))


def speak(dialect: Dialect, dictionary: Dictionary) -> None:
    """Let a version's dialect spell coded filters with the version's dictionary."""
    cast("Any", dialect).cockpit_dictionary = dictionary


@compiles(CodedIn)
def _coded_in(element: CodedIn, compiler: SQLCompiler, **kw: Any) -> str:
    dictionary: Dictionary | None = getattr(compiler.dialect, "cockpit_dictionary", None)
    if dictionary is None:
        return _is_in(element.column, element.values, compiler, **kw)
    values = dictionary.expanded(element.dimension, element.values)
    if not values:
        return compiler.process(false(), **kw)
    known = dictionary.values[element.dimension]
    if compiler.dialect.name == "duckdb" and element.hot is not None and len(known) <= BITS:
        mask = dictionary.mask(element.dimension, values)
        return f"({compiler.process(element.hot, **kw)} & {mask}) <> 0"
    return _is_in(element.column, values, compiler, **kw)


def _is_in(column: Any, values: Iterable[str], compiler: SQLCompiler, **kw: Any) -> str:
    bound = (bindparam(None, v, Text(), unique=True) for v in values)
    names = ", ".join(compiler.process(b, **kw) for b in bound)
    return f"{compiler.process(column, **kw)} IN ({names})"


# --- tables ----------------------------------------------------------------------------------

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

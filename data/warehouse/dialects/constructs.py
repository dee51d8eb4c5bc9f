"""SQL constructs that the engines spell differently, each spelt once per engine."""

from typing import Any, cast

from sqlalchemy import CTE, BigInteger, ColumnElement, Date, Double, Integer, Text, case
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BinaryExpression, ExpressionClauseList, Over
from sqlalchemy.sql.functions import FunctionElement, count
from sqlalchemy.sql.selectable import SelectBase

from data.warehouse.dialects.types import Cents


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
    # A day written out is text until it is cast; date_trunc goes through a timestamp, and takes
    # more than twice as long.
    "(CAST({0} AS DATE) - (CAST(day(CAST({0} AS DATE)) AS INTEGER) - 1))",
    postgresql="CAST(date_trunc('month', {0}) AS DATE)",
    clickhousedb="toDate32(toStartOfMonth(toDate32({0})))",
)
days_between = _construct(
    "days_between",
    Integer(),
    "(CAST({1} AS DATE) - CAST({0} AS DATE))",
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
#: One row for each whole number from the first to before the second.
numbers = _construct(
    "numbers",
    Integer(),
    "unnest(range(CAST({0} AS INTEGER), CAST({1} AS INTEGER)))",
    postgresql="generate_series(CAST({0} AS INTEGER), CAST({1} AS INTEGER) - 1)",
    clickhousedb="arrayJoin(range(toInt32(assumeNotNull({0})), toInt32(assumeNotNull({1}))))",
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
    # In two parts: DuckDB keeps 18 digits of a product of decimals, too few for a million millions.
    "(CAST(trunc({0}) AS BIGINT) * 10000 + CAST(({0} - trunc({0})) * 10000 AS BIGINT))",
    postgresql="CAST({0} * 10000 AS BIGINT)",
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
#: One row per line of a text: many values of a question are one parameter.
lines_of = _construct(
    "lines_of",
    Text(),
    "unnest(string_split({0}, chr(10)))",
    postgresql="unnest(string_to_array({0}, chr(10)))",
    clickhousedb="arrayJoin(splitByChar(char(10), {0}))",
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


class row_print(_Construct):  # noqa: N801 -- reads as the function that it is
    """A number of 36 bits that stands for a row's values, blanks among them, in their order.

    Engines give different ones, so prints are compared within one engine only.
    """

    name = "row_print"
    inherit_cache = True
    type = BigInteger()


def _prints(template: str) -> Any:
    def visit(element: FunctionElement[Any], compiler: SQLCompiler, **kw: Any) -> str:
        return template.format(", ".join(compiler.process(c, **kw) for c in element.clauses))

    return visit


compiles(row_print)(_prints("CAST(hash({0}) >> 28 AS BIGINT)"))
compiles(row_print, "postgresql")(
    _prints("(hashtextextended(CAST(ROW({0}) AS TEXT), 0) & 68719476735)")
)
compiles(row_print, "clickhousedb")(
    _prints("toInt64(bitShiftRight(cityHash64(toString(tuple({0}))), 28))")
)
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


def once(stmt: SelectBase, name: str) -> CTE:
    """Return the statement as a relation that is computed once, however often it is read."""
    return stmt.cte(name).prefix_with("MATERIALIZED", dialect="duckdb")


@compiles(Over, "clickhousedb")
def _over_clickhouse(element: Over[Any], compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.visit_over(element, within_over=True, **kw)


@compiles(count, "clickhousedb")
def _count_clickhouse(element: count, compiler: SQLCompiler, **kw: Any) -> str:
    # Counts are unsigned there, and an unsigned and a signed column cannot be stacked.
    within_over = kw.pop("within_over", False)
    sql = compiler.visit_function(element, **kw)
    return sql if within_over else f"CAST({sql} AS Int64)"


def when(condition: ColumnElement[bool], value: Any = 1, otherwise: Any = 0) -> Any:
    """Return a CASE with one branch: 1 where the condition holds and else 0, if not told."""
    return case((condition, value), else_=otherwise)

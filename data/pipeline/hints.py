"""How a file writes numbers and dates: told by its values, asked where they do not tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from data.pipeline.casts import symbol
from data.pipeline.clean import Answers
from data.pipeline.findings import QuestionError, Warned
from data.pipeline.mapping import FileRole
from data.pipeline.sources import Source

_COMMA_DECIMALS = r"\d,\d{1,2}\D*$|\d,\d{4,}\D*$|\d\.\d{3},\d+\D*$"
_POINT_DECIMALS = r"\d\.\d{1,2}\D*$|\d\.\d{4,}\D*$|\d,\d{3}\.\d+\D*$"
_GROUPED = r"^\D*[1-9]\d{0,2},\d{3}\D*$"
_DAY_LAST_YEAR = r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}"


@dataclass(frozen=True)
class Style:
    """How one file writes dates, decimals and its currency."""

    dates: str
    decimal: str
    currency: str | None


def style_of(
    connection: Connection,
    source: Source,
    *,
    columns: dict[str, list[str]],
    role: FileRole,
    answers: Answers,
) -> Style:
    """Return the style of a source from what was declared, else from its values.

    `columns` holds the names of its "number" and "date" columns. Raises `QuestionError` where the
    values leave two readings.
    """
    dates = answers.dates or role.dates or _dates(connection, source, columns["date"])
    decimal = answers.decimal or role.decimal or _decimal(connection, source, columns["number"])
    currency = answers.currency or role.currency
    currency = currency or _currency(connection, source, columns["number"])
    return Style(dates=dates, decimal=decimal, currency=currency)


def _count(
    connection: Connection, source: Source, tests: Sequence[ColumnElement[Any]]
) -> list[int]:
    counts = [func.count().filter(test) for test in tests]
    return [int(n) for n in connection.execute(select(*counts).select_from(source.raw)).one()]


def _decimal(connection: Connection, source: Source, names: list[str]) -> str:
    if not names:
        return "."
    totals = [0, 0, 0]
    for name in names:
        text = source.text_of(name)
        patterns = (_COMMA_DECIMALS, _POINT_DECIMALS, _GROUPED)
        tests = [func.regexp_matches(text, pattern) for pattern in patterns]
        totals = [a + b for a, b in zip(totals, _count(connection, source, tests), strict=True)]
    comma, point, grouped = totals
    if comma or (grouped and not point):
        raise QuestionError(
            "M_DECIMAL",
            "Are amounts written 1.234,56 (comma decimals)?",
            file=source.sheet.file,
            fix="Answer with --decimal comma or --decimal point.",
        )
    return "."


def _dates(connection: Connection, source: Source, names: list[str]) -> str:
    day_first = month_first = slashed = 0
    for name in names:
        text = source.text_of(name)
        first = func.regexp_extract(text, _DAY_LAST_YEAR, 1)
        second = func.regexp_extract(text, _DAY_LAST_YEAR, 2)
        tests = [_padded(first) > "12", _padded(second) > "12", first != ""]
        counts = _count(connection, source, tests)
        day_first, month_first, slashed = (
            day_first + counts[0],
            month_first + counts[1],
            slashed + counts[2],
        )
    if not slashed:
        return "ymd"
    if bool(day_first) == bool(month_first):
        raise QuestionError(
            "M_DATES",
            "Are dates day/month or month/day?",
            file=source.sheet.file,
            fix="Answer with --dates dmy or --dates mdy.",
        )
    order, words = ("dmy", "day/month") if day_first else ("mdy", "month/day")
    source.sheet.warned.append(
        Warned("N_DATES", f"Dates are read as {words}/year.", source.sheet.file)
    )
    return order


def _padded(digits: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.lpad(digits, 2, "0")


def _currency(connection: Connection, source: Source, names: list[str]) -> str | None:
    signs: set[str] = set()
    for name in names:
        sign = symbol(source.text_of(name))
        stmt = select(sign).where(source.text_of(name).is_not(None)).distinct().limit(10)
        signs |= {s for (s,) in connection.execute(stmt) if s}
    if len(signs) != 1:
        return None
    only = signs.pop()
    source.sheet.warned.append(
        Warned(
            "W_CURRENCY",
            f"Amounts carry the sign {only} and are read as the reporting currency.",
            source.sheet.file,
        )
    )
    return only

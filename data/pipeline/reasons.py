"""The sentence of every rejected value, built in SQL from row, column and value."""

from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, literal, select

from data.pipeline.casts import Use, symbol
from data.pipeline.findings import SHOWN_CHARACTERS, listed
from data.pipeline.sheet_xml import UNSAVED_FORMULA, column_letters

Expression: TypeAlias = ColumnElement[Any]


def shown(text: Expression, *, kind: str) -> Expression:
    """Return the value as messages show it: 40 characters, phone and e-mail masked."""
    short = func.left(text, SHOWN_CHARACTERS)
    if kind == "phone":
        stars = func.repeat("*", func.least(func.length(text) - 3, 6))
        return case((func.length(text) < 3, short), else_=func.left(text, 3).concat(stars))
    if kind == "email":
        hidden = func.concat(func.left(text, 1), "***@", func.split_part(text, "@", 2))
        return func.left(hidden, SHOWN_CHARACTERS)
    return case((text == UNSAVED_FORMULA, literal("")), else_=short)


def at_row(row: Expression, *rest: Any) -> Expression:
    """Return a sentence that starts with the row as in Excel."""
    return func.concat("Row ", cast(row, Text), *rest)


def thousands(number: Expression) -> Expression:
    """Return a whole number with commas."""
    return func.format("{:,}", number)


def reason(
    code: Expression, row: Expression, text: Expression, *, use: Use, cell: int
) -> Expression:
    """Return the sentence for a code of `casts`; `cell` is the column's number from 1."""
    value = shown(text, kind=use.kind)
    known = listed([name for name, _ in use.translate])
    address = func.concat(column_letters(cell), cast(row, Text))

    def says(*words: Any) -> Expression:
        return at_row(row, f", {use.label}: ", *words)

    sentences: dict[str, Callable[[], Expression]] = {
        "E_NUMBER": lambda: says("'", value, "' is not a number."),
        "E_WHOLE": lambda: says("'", value, "' is not a whole number."),
        "E_RANGE": lambda: says(value, f" is outside {_range(use)}."),
        "E_SCI": lambda: says(
            "Excel shortened this number (", func.left(text, 40), "). Format the column as text."
        ),
        "E_CURRENCY": lambda: says(
            func.concat("'", symbol(text), "' is not the currency of this file"),
            f" ({use.currency})." if use.currency else "; it uses more than one.",
        ),
        "E_NEGATIVE": lambda: says(value, " is negative, which this column cannot be."),
        "E_DATE": lambda: says(value, " is not a date."),
        "E_DST": lambda: says(value, f" does not exist in {use.time_zone}: clocks skip that hour."),
        "E_BOOLEAN": lambda: says("'", value, "' is not yes or no."),
        "E_LONG": lambda: says(
            thousands(func.length(text)), f" characters; the limit is {use.longest:,}."
        ),
        "E_CONTROL": lambda: says("contains an invisible control character."),
        "E_PHONE": lambda: says(value, " is not a phone number."),
        "E_EMAIL": lambda: says(value, " is not an e-mail address."),
        "E_REF": lambda: says("'", value, f"' is not known. Known: {known}."),
        "E_CELL_ERROR": lambda: func.concat("Cell ", address, " shows ", value, "."),
        "E_FORMULA": lambda: func.concat(
            "Cell ",
            address,
            " holds a formula without a saved value. Open and save the file in Excel.",
        ),
    }
    return case({name: made() for name, made in sentences.items()}, value=code)


def _range(use: Use) -> str:
    power = 12 if use.kind == "money" else 9
    return f"−1e{power} … 1e{power}"


def finding(
    row: ColumnElement[Any],
    name: str,
    value: ColumnElement[Any],
    code: str,
    says: ColumnElement[Any],
) -> Select[*tuple[Any, ...]]:
    """Return the columns of a reject: row, column, value, code and reason."""
    return select(
        row.label("row"),
        literal(name).label("column"),
        value.label("value"),
        literal(code).label("code"),
        says.label("reason"),
    )


def in_rows(first: ColumnElement[Any], second: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the words for two rows that share a key and differ."""
    return func.concat(
        " is in rows ", cast(first, Text), " and ", cast(second, Text), " with different values."
    )

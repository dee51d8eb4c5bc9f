"""How a column is read: its use, what a cell becomes, and the codes every kind shares."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, and_, case, func, null

from data.pipeline.sheet_xml import UNSAVED_FORMULA

Kind = Literal[
    "key", "text", "note", "phone", "email", "money", "integer", "date", "timestamp", "boolean"
]
Expression: TypeAlias = ColumnElement[Any]
#: A blank in a column of numbers or dates may be written like this (in any case).
NULL_WORDS = ("null", "na", "n/a", "none", "-", "–")
TEXT_KINDS = ("key", "text", "note", "phone", "email")
NUMBER_KINDS = ("money", "integer")
_CONTROL = (
    "[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FFFE}]"
)
_CELL_ERROR = (
    r"#(DIV/0!|N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|BLOCKED!|FIELD!)"
)


@dataclass(frozen=True)
class Use:
    """One source column read as one kind, with everything that settles how."""

    column: str
    kind: Kind
    label: str
    nulls: tuple[str, ...] = ()
    translate: tuple[tuple[str, str], ...] = ()
    only_translated: bool = False
    dates: str = "ymd"
    decimal: str = "."
    currency: str | None = None
    may_be_negative: bool = True
    epoch: str | None = None
    time_zone: str = "UTC"
    longest: int = 200
    is_strict: bool = False


@dataclass(frozen=True)
class Typed:
    """The value of a use, the code of what is wrong with it (or NULL), if it was rounded."""

    value: Expression
    code: Expression
    is_rounded: Expression | None = None


def matches(text: Expression, pattern: str) -> Expression:
    """Return whether the whole text has the pattern."""
    return func.regexp_full_match(text, pattern)


def code_of(text: Expression, *whens: tuple[Expression, str]) -> Expression:
    """Order the reasons: none, a cell error, an unsaved formula, then the kind's own."""
    tests: list[tuple[Any, Any]] = [
        (text.is_(None), null()),
        (and_(func.starts_with(text, "#"), matches(text, _CELL_ERROR)), "E_CELL_ERROR"),
        (text == UNSAVED_FORMULA, "E_FORMULA"),
        (func.regexp_matches(text, _CONTROL), "E_CONTROL"),
        *whens,
    ]
    return case(*tests, else_=null())

"""Text to typed values in SQL: for each kind of column its value and the code of what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Double,
    Integer,
    Numeric,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    try_cast,
)
from sqlalchemy.types import TIMESTAMP

from data.pipeline.sheet_xml import UNSAVED_FORMULA

Kind = Literal[
    "key", "text", "note", "phone", "email", "money", "integer", "date", "timestamp", "boolean"
]
Expression: TypeAlias = ColumnElement[Any]

#: A blank in a column of numbers or dates may be written like this (in any case).
NULL_WORDS = ("null", "na", "n/a", "none", "-", "–")
TEXT_KINDS = ("key", "text", "note", "phone", "email")
NUMBER_KINDS = ("money", "integer")
#: Amounts beyond this are mistakes, not money.
MOST = 10**12
LONGEST_NOTE = 2_000

_EXACT = Numeric(38, 20)
_MONEY = Numeric(18, 4)
_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x3000, 0xFEFF)
_BLANKS = " \t\n\r" + "".join(chr(code) for code in _SPACES)
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u00a0\u3000\u202f−"
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F)) + "   -"
_INVISIBLE = "[\u200b\u2060\ufeff\u00ad]"
_SIGNS = r"US\$|HK\$|\$|€|£|¥|￥|元|RMB|CNY|USD|EUR|GBP|JPY|HKD"
_SYMBOL = rf"\s*(?:{_SIGNS})\s*"
_SIMPLE = r"-?\d{1,12}(\.\d{1,4})?"
_POINT = r"[-+]?(\d+|\d{1,3}([, ’']\d{3})+)?(\.\d*)?([eE][-+]?\d+)?"
_COMMA = r"[-+]?(\d+|\d{1,3}([. ’']\d{3})+)?(,\d*)?([eE][-+]?\d+)?"
_SHORTENED = r"[-+]?\d([.,]\d+)?[eE]\+?\d+"
_CONTROL = (
    "[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FFFE}]"
)
_CELL_ERROR = (
    r"#(DIV/0!|N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|BLOCKED!|FIELD!)"
)
_DAY = r"^\d{4}-\d{1,2}-\d{1,2}"
_ISO_SHAPE = (
    r"\d{4}-\d{1,2}-\d{1,2}([ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?"
)
_ZONE = r"(:\d{2}(?:\.\d+)?) ?(?:Z|[+-]\d{2}(?::?\d{2})?)$"
_PLAIN_DAY = r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?"
_ORDERS = {"dmy": r"\3-\2-\1", "mdy": r"\3-\1-\2"}

#: One currency and the ways it is written.
CURRENCY_SIGNS = {
    "USD": ("$", "US$", "USD"),
    "EUR": ("€", "EUR"),
    "GBP": ("£", "GBP"),
    "CNY": ("¥", "￥", "元", "RMB", "CNY"),
    "JPY": ("¥", "￥", "JPY"),
    "HKD": ("$", "HK$", "HKD"),
}


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


def is_plain(text: Expression) -> Expression:
    """Return whether the text is ASCII only, which needs no folding."""
    return func.length(text) == func.strlen(text)


def cleaned(raw: Expression, use: Use) -> Expression:
    """Return the text without outer blanks in composed form, NULL where it is blank."""
    text = func.trim(func.nfc_normalize(raw), _BLANKS)
    if use.kind not in ("text", "note"):
        text = case((is_plain(text), text), else_=_folded(text))
    blank = func.nullif(text, "")
    words = [word.casefold() for word in use.nulls]
    if use.kind not in TEXT_KINDS:
        words = [*NULL_WORDS, *words]
    if not words:
        return blank
    return case((func.lower(text).in_(words), null()), else_=blank)


def _folded(text: Expression) -> Expression:
    """Full-width letters and digits become narrow ones; invisible characters go."""
    narrow = func.translate(text, _WIDE, _NARROW)
    return func.regexp_replace(narrow, _INVISIBLE, "", "g")


def typed(text: Expression, use: Use) -> Typed:
    """Return the value and the code for a cleaned text."""
    if use.kind in TEXT_KINDS:
        return _text(text, use)
    if use.kind in NUMBER_KINDS:
        return _number(text, use)
    if use.kind == "boolean":
        return _boolean(text)
    return _moment(text, use)


def _code(text: Expression, *whens: tuple[Expression, str]) -> Expression:
    """Order the reasons: none, a cell error, an unsaved formula, then the kind's own."""
    tests: list[tuple[Any, Any]] = [
        (text.is_(None), null()),
        (and_(func.starts_with(text, "#"), matches(text, _CELL_ERROR)), "E_CELL_ERROR"),
        (text == UNSAVED_FORMULA, "E_FORMULA"),
        (func.regexp_matches(text, _CONTROL), "E_CONTROL"),
        *whens,
    ]
    return case(*tests, else_=null())


def _text(text: Expression, use: Use) -> Typed:
    whens: list[tuple[Expression, str]] = [(func.length(text) > use.longest, "E_LONG")]
    if use.kind in ("key", "phone"):
        whens.append((matches(text, r"\d(\.\d+)?E\+\d+"), "E_SCI"))
    if use.is_strict and use.kind in ("phone", "email"):
        whens.append((~looks_right(text, use.kind), f"E_{use.kind.upper()}"))
    value = text
    if use.translate:
        table = dict(use.translate)
        value = case(table, value=text, else_=null() if use.only_translated else text)
        if use.only_translated:
            whens.append((text.not_in(list(table)), "E_REF"))
    return Typed(value, _code(text, *whens))


def looks_right(text: Expression, kind: str) -> Expression:
    """Return whether a phone number or e-mail address has the shape of one."""
    if kind == "email":
        return matches(text, r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
    return matches(text, r"\+?[\d\s()./-]{5,25}(\s*(x|ext\.?|转)\s*\d+)?")


def symbol(text: Expression) -> Expression:
    """Return the currency sign in a text, or an empty text."""
    return func.regexp_extract(func.upper(text), _SIGNS)


def bare_number(text: Expression, decimal: str) -> tuple[Expression, Expression]:
    """Return the digits with a decimal point, and whether the text is a number at all."""
    unsigned = func.regexp_replace(text, _SYMBOL, "", "i")
    signed = func.regexp_replace(unsigned, r"^\((.+)\)$", r"-\1")
    is_number = and_(
        matches(signed, _COMMA if decimal == "," else _POINT),
        func.regexp_matches(signed, r"\d"),
        ~func.regexp_matches(text, r"\(\s*-"),
    )
    if decimal == ",":
        digits = func.replace(func.translate(signed, ". ’'", ""), ",", ".")
    else:
        digits = func.translate(signed, ", ’'", "")
    return digits, is_number


def _number(text: Expression, use: Use) -> Typed:
    digits, is_number = bare_number(text, use.decimal)
    exact = try_cast(digits, _EXACT)
    size = func.abs(try_cast(digits, Double))
    largest = MOST if use.kind == "money" else 10**9
    hard = case((and_(is_number, size <= largest), half_even(exact)), else_=null())
    simple: Expression = matches(text, _SIMPLE) if use.decimal == "." else literal(False)
    value = case((simple, try_cast(text, _MONEY)), else_=hard)
    allowed = _allowed_signs(use.currency)
    sign = symbol(text)
    whens: list[tuple[Expression, str]] = [
        (~is_number, "E_NUMBER"),
        (or_(size > largest, and_(size.is_(None), ~simple)), "E_RANGE"),
        (matches(text, _SHORTENED), "E_SCI"),
        (and_(sign != "", sign.not_in(allowed)), "E_CURRENCY"),
        (value.is_(None), "E_RANGE"),
    ]
    if not use.may_be_negative:
        whens.append((value < 0, "E_NEGATIVE"))
    if use.kind == "integer":
        whens.append((value != func.trunc(value), "E_WHOLE"))
    easy = and_(simple, value >= 0) if use.kind == "money" else literal(False)
    code = case((easy, null()), else_=_code(text, *whens))
    if use.kind == "integer":
        return Typed(try_cast(value, Integer), code)
    return Typed(value, code, case((simple, False), else_=exact != value))


def _allowed_signs(currency: str | None) -> Sequence[str]:
    if currency is None:
        return ("",)
    return CURRENCY_SIGNS.get(currency.upper(), (currency.upper(),))


def half_even(exact: Expression) -> Expression:
    """Round an exact decimal to 4 places, a tie to the even neighbour (banker's rounding)."""
    rounded = cast(exact, _MONEY)
    away = exact - rounded
    is_tie = func.abs(away) == literal("0.00005", Text).cast(_EXACT)
    is_odd = func.mod(func.abs(cast(rounded * 10_000, Numeric(38, 0))), 2) == 1
    step = case((rounded > 0, "0.0001"), else_="-0.0001")
    return case((and_(is_tie, is_odd), cast(rounded - cast(step, _MONEY), _MONEY)), else_=rounded)


def _boolean(text: Expression) -> Typed:
    word = func.lower(text)
    value = case(
        (word.in_(["true", "yes", "y", "t", "1", "是", "有"]), True),
        (word.in_(["false", "no", "n", "f", "0", "否", "无"]), False),
        else_=null(),
    )
    value = cast(value, Boolean)
    return Typed(value, _code(text, (value.is_(None), "E_BOOLEAN")))


def _iso(text: Expression, use: Use) -> Expression:
    """Return the text with its date written year-month-day."""
    iso = func.regexp_replace(text, r"^(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?", r"\1-\2-\3")
    iso = func.regexp_replace(iso, r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3")
    if use.dates in _ORDERS:
        pattern = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"
        iso = func.regexp_replace(iso, pattern, _ORDERS[use.dates])
    if use.epoch:
        # A date cell without a date format arrives as the number of days since the epoch.
        days = try_cast(func.regexp_extract(iso, r"^\d{1,7}(\.\d+)?$"), Double)
        serial = cast(literal(use.epoch).cast(Date) + cast(func.floor(days), Integer), Text)
        iso = case((and_(days > 60, days < 109_575), serial), else_=iso)
    return iso


def _moment(text: Expression, use: Use) -> Typed:
    iso = _iso(text, use)
    day = try_cast(func.regexp_extract(iso, _DAY), Date)
    at = try_cast(func.regexp_replace(iso, _ZONE, r"\1"), DateTime)
    is_zoned = func.regexp_matches(iso, r":\d{2}.*(Z|[+-]\d{2}(:?\d{2})?)$")
    zoned = try_cast(iso, TIMESTAMP(timezone=True))
    is_right = and_(
        matches(iso, _ISO_SHAPE),
        day >= literal("1900-03-01").cast(Date),
        day < literal("2200-01-01").cast(Date),
        or_(at.is_not(None), and_(is_zoned, zoned.is_not(None))),
    )
    if use.kind == "date":
        plain = matches(text, _PLAIN_DAY)
        local = case((is_zoned, cast(func.timezone(use.time_zone, zoned), Date)), else_=day)
        value = case((plain, case((is_right, day), else_=null())), (is_right, local), else_=null())
        return Typed(value, _code(text, (value.is_(None), "E_DATE")))
    value = case((is_right, _utc(at, is_zoned, zoned, use)), else_=null())
    missing = and_(is_right, ~is_zoned, *_gap(at, use))
    return Typed(value, _code(text, (missing, "E_DST"), (value.is_(None), "E_DATE")))


def _utc(at: Expression, is_zoned: Expression, zoned: Expression, use: Use) -> Expression:
    local = at if use.time_zone == "UTC" else func.timezone("UTC", func.timezone(use.time_zone, at))
    return cast(case((is_zoned, func.timezone("UTC", zoned)), else_=local), DateTime)


def _gap(at: Expression, use: Use) -> list[Expression]:
    """Tell a local time that the clocks skipped: it comes back changed."""
    if use.time_zone == "UTC":
        return [literal(False)]
    return [func.timezone(use.time_zone, func.timezone(use.time_zone, at)) != at]

"""Numbers and money in any writing, exact and rounded to even."""

from collections.abc import Sequence

from sqlalchemy import (
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

from data.pipeline.casts.column import Expression, Typed, Use, code_of, matches

#: Amounts beyond this are mistakes, not money.
MOST = 10**12
_EXACT = Numeric(38, 20)
_MONEY = Numeric(18, 4)
_SIGNS = r"US\$|HK\$|\$|€|£|¥|￥|元|RMB|CNY|USD|EUR|GBP|JPY|HKD"
_SYMBOL = rf"\s*(?:{_SIGNS})\s*"
_SIMPLE = r"-?\d{1,12}(\.\d{1,4})?"
_POINT = r"[-+]?(\d+|\d{1,3}([, ’']\d{3})+)?(\.\d*)?([eE][-+]?\d+)?"
_COMMA = r"[-+]?(\d+|\d{1,3}([. ’']\d{3})+)?(,\d*)?([eE][-+]?\d+)?"
_SHORTENED = r"[-+]?\d([.,]\d+)?[eE]\+?\d+"
#: One currency and the ways it is written.
CURRENCY_SIGNS = {
    "USD": ("$", "US$", "USD"),
    "EUR": ("€", "EUR"),
    "GBP": ("£", "GBP"),
    "CNY": ("¥", "￥", "元", "RMB", "CNY"),
    "JPY": ("¥", "￥", "JPY"),
    "HKD": ("$", "HK$", "HKD"),
}


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


def number_value(text: Expression, use: Use) -> Typed:
    """Return a number, rounded to even where it is longer, and what is wrong with it."""
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
    code = case((easy, null()), else_=code_of(text, *whens))
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

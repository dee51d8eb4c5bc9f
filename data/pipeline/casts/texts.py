"""Texts: cleaned of what cannot be seen, keys, phones, addresses and yes or no."""

from sqlalchemy import Boolean, case, cast, func, null

from data.pipeline.casts.column import (
    NULL_WORDS,
    TEXT_KINDS,
    Expression,
    Typed,
    Use,
    code_of,
    matches,
)

_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x3000, 0xFEFF)
_BLANKS = " \t\n\r" + "".join(chr(code) for code in _SPACES)
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u00a0\u3000\u202f−"
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F)) + "   -"
_INVISIBLE = "[\u200b\u2060\ufeff\u00ad]"


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


def text_value(text: Expression, use: Use) -> Typed:
    """Return a text, phone, address or key, and what is wrong with it."""
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
    return Typed(value, code_of(text, *whens))


def looks_right(text: Expression, kind: str) -> Expression:
    """Return whether a phone number or e-mail address has the shape of one."""
    if kind == "email":
        return matches(text, r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
    return matches(text, r"\+?[\d\s()./-]{5,25}(\s*(x|ext\.?|转)\s*\d+)?")


def truth_value(text: Expression) -> Typed:
    """Return yes or no."""
    word = func.lower(text)
    value = case(
        (word.in_(["true", "yes", "y", "t", "1", "是", "有"]), True),
        (word.in_(["false", "no", "n", "f", "0", "否", "无"]), False),
        else_=null(),
    )
    value = cast(value, Boolean)
    return Typed(value, code_of(text, (value.is_(None), "E_BOOLEAN")))

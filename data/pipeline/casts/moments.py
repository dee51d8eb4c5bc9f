"""Days and times in any order and time zone."""

from sqlalchemy import (
    Date,
    DateTime,
    Double,
    Integer,
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

from data.pipeline.casts.column import Expression, Typed, Use, code_of, matches

_DAY = r"^\d{4}-\d{1,2}-\d{1,2}"
_ISO_SHAPE = (
    r"\d{4}-\d{1,2}-\d{1,2}([ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?"
)
_ZONE = r"(:\d{2}(?:\.\d+)?) ?(?:Z|[+-]\d{2}(?::?\d{2})?)$"
_PLAIN_DAY = r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?"
_ORDERS = {"dmy": r"\3-\2-\1", "mdy": r"\3-\1-\2"}


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


def moment_value(text: Expression, use: Use) -> Typed:
    """Return a day, or a time in UTC, and what is wrong with it."""
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
        return Typed(value, code_of(text, (value.is_(None), "E_DATE")))
    value = case((is_right, _utc(at, is_zoned, zoned, use)), else_=null())
    missing = and_(is_right, ~is_zoned, *_gap(at, use))
    return Typed(value, code_of(text, (missing, "E_DST"), (value.is_(None), "E_DATE")))


def _utc(at: Expression, is_zoned: Expression, zoned: Expression, use: Use) -> Expression:
    local = at if use.time_zone == "UTC" else func.timezone("UTC", func.timezone(use.time_zone, at))
    return cast(case((is_zoned, func.timezone("UTC", zoned)), else_=local), DateTime)


def _gap(at: Expression, use: Use) -> list[Expression]:
    """Tell a local time that the clocks skipped: it comes back changed."""
    if use.time_zone == "UTC":
        return [literal(False)]
    return [func.timezone(use.time_zone, func.timezone(use.time_zone, at)) != at]

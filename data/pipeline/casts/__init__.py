"""Text to typed values in SQL: for each kind of column its value and the code of what is wrong."""

from data.pipeline.casts.column import NUMBER_KINDS, TEXT_KINDS, Expression, Kind, Typed, Use
from data.pipeline.casts.moments import moment_value
from data.pipeline.casts.numbers import number_value, symbol
from data.pipeline.casts.texts import cleaned, looks_right, text_value, truth_value

__all__ = ["Kind", "Typed", "Use", "cleaned", "looks_right", "symbol", "typed"]


def typed(text: Expression, use: Use) -> Typed:
    """Return the value and the code for a cleaned text."""
    if use.kind in TEXT_KINDS:
        return text_value(text, use)
    if use.kind in NUMBER_KINDS:
        return number_value(text, use)
    if use.kind == "boolean":
        return truth_value(text)
    return moment_value(text, use)

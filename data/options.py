"""What the options of commands say, as values."""

from datetime import date

from data.settings import SettingsError

DECIMALS = {"point": ".", "comma": ","}


def day(text: str) -> date | None:
    """Return the day of an option, None where it is not given."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise SettingsError(
            f"'{text}' is no day. Write it as YYYY-MM-DD, such as 2026-10-31."
        ) from error


def decimal_mark(text: str) -> str | None:
    """Return the decimal mark of an option, None where it is not given."""
    if text and text not in DECIMALS:
        raise SettingsError(f"'{text}' is no decimal mark. Write point or comma.")
    return DECIMALS.get(text)

"""Which month ends a reader can choose, and why nothing is known of others."""

from datetime import date

from data.domain.filters import Filters
from data.domain.period import Period, month_start
from data.i18n import month, t


def closed_months(filters: Filters) -> list[date]:
    """Return the months that are over, from the first fact on."""
    calendar = filters.calendar
    first = month_start(calendar.first_on)
    last = calendar.last_closed
    return [m.since for m in Period(first, last).months()] if first < last else []


def unknown_ends(filters: Filters) -> str:
    """Return why nothing can be said of the two month ends; empty where both are known."""
    if filters.calendar.has_ends(*filters.ends):
        return ""
    months = closed_months(filters)
    if len(months) < 2:
        return t("Two month ends are needed, and the data do not reach over two months yet.")
    opening, closing = filters.ends
    which = closing if opening in months else opening
    return t(
        "Nothing is known of the end of {month}: the first month end of the data is that of"
        " {first}, the last one over is {last}.",
        month=month(which),
        first=month(months[0]),
        last=month(months[-1]),
    )

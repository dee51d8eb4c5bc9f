"""Months and days as bits: when a customer ordered, and at which days it was not churned."""

from datetime import date

from data.domain.period import Calendar, add_months, month_start

#: Months in one mask: a signed 64-bit integer with room to spare.
MASK_MONTHS = 60
MASKS = 2
#: Day numbers that every month has.
COMMON_DAYS = 28


def activity_base(calendar: Calendar) -> date:
    """Return the month that bit 0 of the first activity mask stands for; the last is as-of's."""
    return add_months(month_start(calendar.as_of), 1 - MASK_MONTHS * MASKS)


def alive_days(calendar: Calendar) -> dict[str, date]:
    """Return per row of days the one that bit 0 stands for; each next bit is a month later.

    `first` holds the first day of every month, `day` the day number after the as-of day, up to
    the as-of day itself: where the preset periods and their comparisons begin and end. A number
    that not every month has is replaced by one that has.
    """
    last = month_start(calendar.until)
    first = add_months(last, 1 - MASK_MONTHS * MASKS)
    return {"first": first, "day": first.replace(day=min(calendar.until.day, COMMON_DAYS))}


def alive_bit(day: date, calendar: Calendar) -> tuple[str, int] | None:
    """Return the row and the bit of a day, or None where no bit stands for it."""
    for name, first in alive_days(calendar).items():
        months = (day.year - first.year) * 12 + day.month - first.month
        if day.day == first.day and 0 <= months < MASK_MONTHS * MASKS:
            return name, months
    return None

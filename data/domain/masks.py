"""Months and days as bits: when a customer ordered, and at which days it was not churned."""

from datetime import date, timedelta

from data.domain.columns import ALIVE_DAYS, ALIVE_MONTHS
from data.domain.period import DAY, Calendar, add_months, month_start, months_between

#: Bits of one mask: a signed 64-bit integer with room to spare.
MASK_BITS = 60
#: Masks of the months in which a customer ordered.
ACTIVITY = tuple(f"months_{i}" for i in range(2))


def activity_base(calendar: Calendar) -> date:
    """Return the month that bit 0 of the first activity mask stands for; the last is as-of's."""
    return add_months(month_start(calendar.live.as_of), 1 - MASK_BITS * len(ACTIVITY))


def activity_bits(calendar: Calendar, since: date, until: date) -> dict[str, int]:
    """Return by activity mask the bits of the months from one to before another, where any."""
    base = activity_base(calendar)
    found: dict[str, int] = {}
    for place, name in enumerate(ACTIVITY):
        first, last = (months_between(base, d) - place * MASK_BITS for d in (since, until))
        bits = sum(1 << bit for bit in range(max(0, first), min(MASK_BITS, last)))
        if bits:
            found[name] = bits
    return found


def alive_months_base(calendar: Calendar) -> date:
    """Return the first of a month that bit 0 of the first month mask stands for."""
    return add_months(month_start(calendar.live.until), 1 - MASK_BITS * len(ALIVE_MONTHS))


def alive_days_base(calendar: Calendar) -> date:
    """Return the day that bit 0 of the first day mask stands for; the last is the one after as-of.

    A customer alive at a day was not churned at the end of the day before.
    """
    return calendar.live.until - timedelta(days=MASK_BITS * len(ALIVE_DAYS) - 1)


def alive_bit(day: date, calendar: Calendar) -> tuple[str, int] | None:
    """Return the mask's column and the bit that stand for a day, or None where there is none.

    Every day of the last five years has one, and every first of a month of the last ten.
    """
    days = (day - alive_days_base(calendar)) // DAY
    if 0 <= days < MASK_BITS * len(ALIVE_DAYS):
        return ALIVE_DAYS[days // MASK_BITS], days % MASK_BITS
    first = alive_months_base(calendar)
    months = (day.year - first.year) * 12 + day.month - first.month
    if day.day == 1 and 0 <= months < MASK_BITS * len(ALIVE_MONTHS):
        return ALIVE_MONTHS[months // MASK_BITS], months % MASK_BITS
    return None

"""The demo company's calendar: its last day, its seasons, its price level, as numpy functions.

A day is a number, days since 1970-01-01, which is how Arrow stores a date.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo.columns import Floats, Ints

AS_OF = date(2026, 6, 20)
YEAR = 365.25
DAY_SECONDS = 86_400

#: Orders per day against the year's mean, January to December: February low, Q4 high.
SEASON = np.array([0.97, 0.80, 0.99, 1.00, 0.98, 1.00, 0.97, 0.95, 1.02, 1.08, 1.20, 1.12])
#: Monday to Sunday.
WEEK = np.array([1.08, 1.06, 1.05, 1.04, 1.07, 0.88, 0.82])

#: 09:00 to 18:00 in China, in hours of UTC.
OFFICE_OPENS, OFFICE_HOURS = 1.0, 9.0


def day_of(when: date) -> int:
    """The number of a day."""
    return (when - date(1970, 1, 1)).days


END = day_of(AS_OF)


def month_of(days: Ints) -> Ints:
    """Months since 1970-01."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def first_day(months: Ints) -> Ints:
    """The first day of each month since 1970-01."""
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def first_month(months: int) -> int:
    """The first of so many months, the month of the last day included."""
    return int(month_of(np.array([END]))[0]) - months + 1


def history(months: int) -> Ints:
    """Every day of the history, oldest first."""
    return np.arange(int(first_day(np.array([first_month(months)]))[0]), END + 1)


@dataclass(frozen=True)
class Clock:
    """Time that runs faster on busy days: it turns even draws into seasonal days."""

    days: Ints
    passed: Floats

    def at(self, days: Ints) -> Floats:
        """Clock time at the start of each day."""
        return self.passed[np.clip(days - self.days[0], 0, len(self.days))]

    def day(self, moments: Floats) -> Ints:
        """The day on which the clock shows each moment."""
        found = np.searchsorted(self.passed, moments, side="right") - 1
        return self.days[np.clip(found, 0, len(self.days) - 1)]

    def spread(self, evenly: Floats) -> Ints:
        """Days of the whole history for draws between 0 and 1."""
        return self.day(evenly * self.passed[-1])


def clock(days: Ints, weights: Floats) -> Clock:
    """A clock whose speed on each day is that day's weight."""
    return Clock(days, np.concatenate([[0.0], np.cumsum(weights)]))


def trade(days: Ints, *, growth: float = 0.02) -> Floats:
    """How busy each day is: season, weekday and a growth per year."""
    month = month_of(days) % 12
    weekday = (days + 3) % 7
    return SEASON[month] * WEEK[weekday] * (1 + growth) ** ((days - days[0]) / YEAR)


def adoption(days: Ints) -> Floats:
    """How much of the company's online offer is in use: two years of growth, then level."""
    age = np.minimum((days - days[0]) / (2 * YEAR), 1.0)
    return (0.05 + 0.95 * age**1.8) * SEASON[month_of(days) % 12] ** 0.5


def workdays(days: Ints) -> Ints:
    """The same days, Saturdays moved to Friday and Sundays to Monday, never past the last day."""
    weekday = (days + 3) % 7
    moved = days + np.where(weekday == 6, 1, np.where(weekday == 5, -1, 0))
    return np.where(moved > END, END - 1, moved)


def office_time(days: Ints, evenly: Floats) -> Ints:
    """Seconds since 1970 at some office hour of each day."""
    hours = OFFICE_OPENS + OFFICE_HOURS * evenly
    return days * DAY_SECONDS + (hours * 3600).astype(np.int64)


#: The first second after the last day.
CLOSE = (END + 1) * DAY_SECONDS

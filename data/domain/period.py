"""Half-open spans of days, their presets and the span each is compared with."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

PRESETS = ("ytd", "month", "last_month", "quarter", "last_3", "last_12", "last_year", "all")
COMPARISONS = ("year", "previous", "none")
DAY = timedelta(days=1)
#: Days of a week, and of a mean month: 365.25 / 12.
WEEK_DAYS, MONTH_DAYS = 7, 30.4375
#: Days without an order after which a customer counts as churned, where no model says otherwise.
DEFAULT_THRESHOLD = 90


def month_start(day: date) -> date:
    """Return the first day of the month that holds `day`."""
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """Return the same day number `months` later, cut at that month's end."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_between(since: date, until: date) -> int:
    """Return how many calendar months lie between the months of two days."""
    return (until.year - since.year) * 12 + until.month - since.month


@dataclass(frozen=True, order=True)
class Period:
    """The days from `since` up to, and without, `until`."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.since >= self.until:
            raise ValueError(f"The period starts on {self.since} and must end after that day.")

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return self.until - DAY

    @property
    def days(self) -> int:
        """The number of days in the period."""
        return (self.until - self.since).days

    @property
    def is_whole_months(self) -> bool:
        """Whether the period starts and ends at month borders."""
        return self.since.day == 1 and self.until.day == 1

    def months(self) -> list["Period"]:
        """Return the calendar months that the period touches, each whole."""
        first = month_start(self.since)
        count = months_between(first, self.last_day) + 1
        return [Period(add_months(first, i), add_months(first, i + 1)) for i in range(count)]

    def split(self) -> tuple["Period | None", list["Period"]]:
        """Return the whole months inside (as one period, or None) and the edges outside it."""
        inner_since = self.since if self.since.day == 1 else add_months(month_start(self.since), 1)
        inner_until = month_start(self.until)
        if inner_since >= inner_until:
            return None, [self]
        edges = []
        if self.since < inner_since:
            edges.append(Period(self.since, inner_since))
        if inner_until < self.until:
            edges.append(Period(inner_until, self.until))
        return Period(inner_since, inner_until), edges

    def shifted(self, months: int) -> "Period":
        """Return the same day numbers `months` away; whole months stay whole months."""
        since = add_months(self.since, months)
        if self.until.day == 1:
            until = add_months(self.until, months)
        else:
            until = add_months(self.last_day, months) + DAY
        return Period(since, max(until, since + DAY))

    def previous(self) -> "Period":
        """Return the span right before: as many whole months, or as many days."""
        if self.is_whole_months:
            return self.shifted(-months_between(self.since, self.until))
        length = months_between(self.since, self.last_day) + 1
        if self.since.day == 1:
            return self.shifted(-length)
        return Period(self.since - timedelta(days=self.days), self.since)

    def compared(self, how: str) -> "Period | None":
        """Return the span it is compared with: same days last year, the span before, or None."""
        if how == "year":
            return self.shifted(-12)
        return self.previous() if how == "previous" else None


@dataclass(frozen=True)
class Calendar:
    """What a warehouse version knows about time: the first fact's day and the as-of day."""

    first_on: date
    as_of: date
    #: Days without an order after which the version counts a customer as churned.
    threshold_days: int = DEFAULT_THRESHOLD
    #: Month ends (their first days) at which another scoring model revalued customers.
    revalued: frozenset[date] = frozenset()
    #: Of the last six whole months the one in which activity rose most; blank without any.
    liveliest: date | None = None
    #: The first month end that is kept as it was known when it closed; None: none is.
    pinned_from: date | None = None
    #: The version's own as-of day, where a reader looks back from it to a closed month end.
    built_on: date | None = None

    def at(self, month: date) -> "Calendar":
        """Return the calendar of somebody who stands at the end of a closed month."""
        return replace(self, as_of=add_months(month, 1) - DAY, built_on=self.as_of)

    @property
    def live(self) -> "Calendar":
        """The calendar of today."""
        return replace(self, as_of=self.built_on, built_on=None) if self.built_on else self

    def to_query(self) -> dict[str, str]:
        """Return the URL's parameter of the month end looked back to, where there is one."""
        return {"as_of": f"{self.as_of:%Y-%m}"} if self.is_past else {}

    @property
    def is_past(self) -> bool:
        """Whether a reader looks back to a closed month end."""
        return self.built_on is not None

    @property
    def is_pinned(self) -> bool:
        """Whether the month end looked at is kept as it was known when it closed."""
        last = month_start(self.as_of)
        return self.is_past and self.pinned_from is not None and self.pinned_from <= last

    @property
    def until(self) -> date:
        """The day after the as-of day."""
        return self.as_of + DAY

    @property
    def last_closed(self) -> date:
        """The last month end (as the first day after it) that is not past the as-of day."""
        return month_start(self.until)

    @property
    def closed_months(self) -> list[date]:
        """The months since the first fact that ended by the as-of day, by their first days."""
        months = months_between(self.first_on, self.last_closed)
        return [add_months(month_start(self.first_on), i) for i in range(months)]

    def preset(self, name: str) -> Period:
        """Return the period that a preset names, read from the as-of day."""
        start = month_start(self.as_of)
        since, until = {
            "ytd": (date(self.as_of.year, 1, 1), self.until),
            "month": (start, self.until),
            "last_month": (add_months(start, -1), start),
            "quarter": (add_months(start, -((self.as_of.month - 1) % 3)), self.until),
            "last_3": (add_months(self.last_closed, -3), self.last_closed),
            "last_12": (add_months(self.last_closed, -12), self.last_closed),
            "last_year": (date(self.as_of.year - 1, 1, 1), date(self.as_of.year, 1, 1)),
            "all": (self.first_on, self.until),
        }[name]
        return Period(since, max(until, since + DAY))

    def ends_of(self, period: Period) -> tuple[date, date]:
        """Return the months at whose ends a period opens and closes, the first days of them.

        A month that is not over has no end yet, and none lies before the first fact's month.
        """
        closing = min(add_months(month_start(period.until), -1), add_months(self.last_closed, -1))
        opening = max(add_months(month_start(period.since), -1), month_start(self.first_on))
        return min(opening, add_months(closing, -1)), closing

    def has_ends(self, opening: date, closing: date) -> bool:
        """Whether both months are over and none lies before the first fact."""
        return month_start(self.first_on) <= opening < closing < self.last_closed

    def is_partial(self, month: Period) -> bool:
        """Whether the month is not over at the as-of day."""
        return month.until > self.until

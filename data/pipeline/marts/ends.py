"""The month ends that are computed, in batches: `w_end`, and the as-of day as one of them."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from data.domain.period import DAY, Calendar, add_months, month_start
from data.pipeline.marts.context import Context
from data.pipeline.marts.work import w_end

#: Customer rows that one statement ranks at a time; bounds the memory of a refresh.
BATCH_ROWS = 1_000_000
#: The month under which the as-of day's own state is kept.
LIVE = date(2200, 1, 1)
#: The batch of a month end that was carried and is valued again.
REPLAYED = -1


def month_ends(
    calendar: Calendar,
    customers: int,
    *,
    starts: Collection[date] = (),
    after: date | None = None,
) -> list[dict[str, Any]]:
    """Return one row per closed month end since the first fact, and one for the as-of day.

    Month ends up to `after` are left out. A month in `starts`, from which another scoring model
    holds, is a batch of its own.
    """
    closed = [month for month in calendar.closed_months if after is None or month > after]
    ends = [(month, add_months(month, 1)) for month in closed] + [(LIVE, calendar.until)]
    per_batch = max(1, BATCH_ROWS // max(1, customers))
    batches = _batches([month_start(until - DAY) for _, until in ends], per_batch, starts)
    return [
        _end(month, until, batch=batch) for (month, until), batch in zip(ends, batches, strict=True)
    ]


def _end(month: date, until: date, *, batch: int) -> dict[str, Any]:
    return {
        "batch": batch,
        "month": month,
        "until": until,
        "since_24m": add_months(until, -24),
        "since_12m": add_months(until, -12),
        "since_6m": add_months(until, -6),
        "since_180": until - timedelta(days=180),
        "since_360": until - timedelta(days=360),
    }


def _batches(months: list[date], per_batch: int, starts: Collection[date]) -> list[int]:
    """Return the batch of each month: so many together, and no other month with a start."""
    numbers: list[int] = []
    number, size = 0, 0
    for place, month in enumerate(months):
        breaks = month in starts or (place > 0 and months[place - 1] in starts)
        if size and (size == per_batch or breaks):
            number, size = number + 1, 0
        numbers.append(number)
        size += 1
    return numbers


def fill_ends(
    context: Context, customers: int, *, starts: Collection[date], after: date | None
) -> dict[int, date]:
    """Fill `w_end` and return its batches with the first month of each."""
    rows = month_ends(context.calendar, customers, starts=starts, after=after)
    context.connection.execute(insert(w_end), rows)
    first: dict[int, date] = {}
    for row in rows:
        first.setdefault(row["batch"], month_start(row["until"] - DAY))
    return first


def fill_replayed(context: Context, month: date) -> int:
    """Add one month end, that was carried, to `w_end` and return its batch: it comes before all."""
    row = _end(month, add_months(month, 1), batch=REPLAYED)
    context.connection.execute(insert(w_end), [row])
    return REPLAYED

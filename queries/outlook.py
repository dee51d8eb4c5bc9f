"""Revenue by month with its target: what a forecast rests on, and what it is held against."""

from typing import Any

from sqlalchemy import cast, null, select, union_all

from data.domain.filters import Filters
from data.domain.period import Period, add_months, month_start
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, Rows, month_of, sum_cents
from queries import visible
from queries.members import members_of
from queries.question import asks

#: Choices that targets follow: they are set for representatives.
TARGETED = frozenset({"team", "rep"})
#: Months after the as-of day whose targets are shown.
MONTHS_AHEAD = 6


def has_targets(filters: Filters) -> bool:
    """Whether the customers chosen are those of representatives, for whom targets are set."""
    return set(filters.chosen) <= TARGETED


@asks(
    "Revenue, target and forecast",
    members=members_of("revenue"),
    metrics=("revenue",),
)
def revenue_outlook(filters: Filters, scope: Scope) -> Rows:
    """One row per month of the history and the six ahead: month, value (revenue) and target.

    The target is the sum of those of the representatives seen; blank where another choice cuts
    across them.
    """
    first = month_start(filters.calendar.first_on)
    open_month = month_start(filters.calendar.as_of)
    known = Period(first, add_months(open_month, 1))
    m = visible.months(filters, scope, known, "month", "net").c
    parts: list[Rows] = [_of(m.month, value=m.net)]
    if has_targets(filters):
        whole = Period(first, add_months(filters.calendar.last_closed, MONTHS_AHEAD))
        r = visible.rep_months(filters, scope, whole).c
        parts.append(_of(r.month, target=r.target_sales))
    p = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("parts").c
    return (
        select(p.month, sum_cents(p.value).label("value"), sum_cents(p.target).label("target"))
        .group_by(p.month)
        .order_by(p.month)
    )


def _of(month: Any, **amounts: Any) -> Rows:
    blank = cast(null(), Cents())
    columns = [amounts.get(name, blank).label(name) for name in ("value", "target")]
    return select(month_of(month).label("month"), *columns)

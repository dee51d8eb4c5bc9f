"""Customers as they stood at a closed month end: facts cut at that day, and what is kept of it."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    FromClause,
    Subquery,
    Text,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
)

from data.domain.columns import ALIVE_DAYS, ALIVE_MONTHS
from data.domain.filters import Filters
from data.domain.masks import ACTIVITY
from data.domain.period import Calendar, add_months
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import Coded, days_between, median, sum_cents, sum_int, when
from data.warehouse.marts.columns import FIXED_DIMENSIONS, MONEY_FACTS, WIDE_DIMENSIONS
from data.warehouse.pins import KEPT_FACTS
from queries.visible.pinned import kept
from queries.visible.predicates import allowed, day, shown

#: What is said of a customer whenever it is read: master data have no history.
MASTER = frozenset(
    {
        *("customer_no", "customer_id", "name", "joined_on", "birthday", "birth_year", "gender"),
        *("decision_level", "phone", "email", "referrer_id", "acquisition_cost"),
        *FIXED_DIMENSIONS,
        *WIDE_DIMENSIONS,
        *ACTIVITY,
        *ALIVE_MONTHS,
        *ALIVE_DAYS,
    }
)
#: Days of the first order and contract: blank where they were still to come.
BEGUN = {"first_on": "first_on", "cohort": "first_on", "contract_on": "contract_on"}
#: Sums over the months up to the day: of which fact, over how many months.
WINDOWS = {
    "orders_12m": ("orders", 12),
    "gross_12m": ("gross", 12),
    "net_6m": ("net", 6),
    "net_12m": ("net", 12),
    "margin_6m": ("margin", 6),
    "margin_12m": ("margin", 12),
    "net_24m": ("net", 24),
}
#: Sums over all order days up to the day.
EVER = ("orders", "gross", "net", "margin")
BOUGHT = frozenset(
    {
        *EVER,
        *WINDOWS,
        *("order_days", "median_gap_days", "last_on", "silent_days", "last_gap_days"),
        "orders_per_year",
    }
)
TOUCHED = frozenset({"last_contact_on", "engaged_on"})
COVERED = frozenset({"covered_until"})
#: Every column of a customer that can be said of a closed month end.
KNOWN_THEN = MASTER | frozenset(BEGUN) | BOUGHT | TOUCHED | COVERED | KEPT_FACTS
#: Days of a year, leap years averaged.
YEAR_DAYS = "365.25"


def customers_then(
    filters: Filters, scope: Scope, names: tuple[str, ...], *, with_prospects: bool = False
) -> Subquery:
    """Return customers as of the month end looked at; what is not known of it is blank.

    Who was no customer yet is left out, and where something kept with the month end is asked for,
    who is not in it. With prospects everybody is there, and such columns are blank.
    """
    c, calendar = marts.customer_current, filters.calendar
    rows: Any = c
    columns: dict[str, Any] = {n: c.c[n] for n in names if n in MASTER}
    columns |= {n: _begun(c.c[BEGUN[n]], c.c[n], calendar) for n in names if n in BEGUN}
    for known, part in _PARTS:
        if known & set(names):
            of, is_outer = part(filters, scope), known is not KEPT_FACTS or with_prospects
            rows = rows.join(of, of.c.customer_no == c.c.customer_no, isouter=is_outer)
            columns |= {n: _counted(of.c[n]) for n in names if n in known}
    told = [shown(_named(columns, n), scope) for n in dict.fromkeys(names)]
    had_begun = or_(*(c.c[n] < day(calendar.until) for n in ("first_on", "contract_on")))
    who = [] if with_prospects else [had_begun]
    stmt = select(*told).select_from(rows).where(*who, *allowed(c, filters, scope))
    return stmt.subquery("customers_then")


def _named(columns: dict[str, Any], name: str) -> Any:
    """Return a column under its name, or a blank where it is not known of a month end."""
    if name in columns:
        return columns[name].label(name)
    type_ = marts.customer_current.c[name].type
    return cast(null(), Text() if isinstance(type_, Coded) else type_).label(name)


def _begun(begun_on: Any, column: Any, calendar: Calendar) -> ColumnElement[Any]:
    return case((begun_on < day(calendar.until), column))


def _counted(column: Any) -> ColumnElement[Any]:
    """Return 0 for the months of a window in which nothing was bought."""
    is_window = column.name in WINDOWS
    return type_coerce(func.coalesce(column, 0), column.type) if is_window else column


def _bought(filters: Filters, scope: Scope) -> FromClause:
    """Return what the order days up to the day add up to, per customer with one."""
    t, calendar = marts.customer_day, filters.calendar
    d, as_of = t.c, day(calendar.as_of)
    ordered_on = when(d.orders > 0, d.day, None)
    last_on, orders = func.max(ordered_on), sum_int(d.orders)
    days = cast(days_between(func.min(ordered_on), as_of) + 1, Double)
    years = func.greatest(days / literal_column(YEAR_DAYS), literal_column("1.0"))
    stmt = select(
        d.customer_no,
        *(_sum_of(n)(d[n]).label(n) for n in EVER),
        *(_within(n, calendar).label(n) for n in WINDOWS),
        sum_int(when(d.orders > 0)).label("order_days"),
        median(days_between(d.previous_on, d.day)).label("median_gap_days"),
        last_on.label("last_on"),
        days_between(last_on, as_of).label("silent_days"),
        days_between(func.max(d.previous_on), last_on).label("last_gap_days"),
        (cast(orders, Double) / years).label("orders_per_year"),
    )
    known = (d.day < day(calendar.until), *allowed(t, filters, scope))
    return stmt.where(*known).group_by(d.customer_no).subquery("bought")


def _sum_of(fact: str) -> Any:
    return sum_cents if fact in MONEY_FACTS else sum_int


def _within(name: str, calendar: Calendar) -> ColumnElement[Any]:
    d, (fact, months) = marts.customer_day.c, WINDOWS[name]
    since = add_months(calendar.until, -months)
    return _sum_of(fact)(when(d.day >= day(since), d[fact]))


def _touched(filters: Filters, scope: Scope) -> FromClause:
    """Return the last days up to the day on which a customer was contacted, and was engaged."""
    t = marts.touch_day
    stmt = select(
        t.c.customer_no,
        func.max(when(t.c.follow_ups > 0, t.c.day, None)).label("last_contact_on"),
        func.max(when(t.c.engagements > 0, t.c.day, None)).label("engaged_on"),
    )
    known = (t.c.day < day(filters.calendar.until), *allowed(t, filters, scope))
    return stmt.where(*known).group_by(t.c.customer_no).subquery("touched")


def _covered(filters: Filters, scope: Scope) -> FromClause:
    """Return the last end of the contract terms begun by the day."""
    t = marts.contract_term
    stmt = select(t.c.customer_no, func.max(t.c.ends_on).label("covered_until"))
    known = (t.c.starts_on < day(filters.calendar.until), *allowed(t, filters, scope))
    return stmt.where(*known).group_by(t.c.customer_no).subquery("bound")


def _kept(filters: Filters, _scope: Scope) -> FromClause:
    return kept(filters.calendar)


_PARTS = (
    (KEPT_FACTS, _kept),
    (BOUGHT, _bought),
    (TOUCHED, _touched),
    (COVERED, _covered),
)

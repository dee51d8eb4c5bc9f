"""Who was not churned at the start of a period, was lost in it, and is left at its end."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from data.domain.masks import alive_bit
from data.domain.period import Period
from data.domain.period import add_months as later
from data.warehouse.dialects import Rows, add_days, add_months, bits_and, month_of, sum_int, when
from queries import visible
from queries.measure.family import Asked, Family, whole
from queries.measure.who import customers_of
from queries.visible import day


def _spells(asked: Asked, window: Period) -> Subquery:
    """Return spans in which an order or a contract keeps a customer from being churned.

    Alive from `since_on` up to and without `dead_on`, unless the next order, or the first
    contract, takes over at `next_on`. A customer with a contract is judged by contract: terms
    may overlap, and the last end of those begun so far counts.
    """
    names = ("customer_no", "day", "next_on", "contract_on", "orders", *asked.groups)
    d = visible.order_days(asked.filters, asked.scope, window, *names).c
    takes_over = and_(d.contract_on.is_not(None), d.contract_on <= d.next_on)
    next_on = case(
        (d.next_on.is_(None), d.contract_on), (takes_over, d.contract_on), else_=d.next_on
    )
    names = ("customer_no", "starts_on", "churned_on", "next_starts_on", *asked.groups)
    t = visible.contract_terms(asked.filters, asked.scope, *names).c
    ordered = select(
        d.customer_no,
        *(d[g] for g in asked.groups),
        d.day.label("since_on"),
        add_days(d.day, literal(asked.filters.threshold + 1)).label("dead_on"),
        next_on.label("next_on"),
    ).where(d.orders > 0, or_(d.contract_on.is_(None), d.contract_on > d.day))
    bound = select(
        t.customer_no,
        *(t[g] for g in asked.groups),
        t.starts_on.label("since_on"),
        t.churned_on.label("dead_on"),
        t.next_starts_on.label("next_on"),
    )
    return union_all(ordered, bound).subquery("spells")


def _window(asked: Asked, period: Period) -> Period:
    """Return the order days that can matter to who is alive from the period's start on."""
    return Period(period.since - timedelta(days=asked.filters.threshold + 1), period.until)


def _stands(spell: Any, at: Any) -> ColumnElement[bool]:
    """Whether the spell is its customer's latest before a day."""
    is_latest = or_(spell.next_on.is_(None), spell.next_on >= day(at))
    return and_(spell.since_on < day(at), is_latest)


def _alive(spell: Any, at: Any) -> ColumnElement[bool]:
    """Whether the spell keeps its customer alive at the end of the day before `at`."""
    return and_(_stands(spell, at), spell.dead_on >= day(at))


def is_threshold_kept(asked: Asked) -> bool:
    """Whether the marts keep who was churned by the threshold asked for."""
    return asked.filters.threshold == asked.filters.calendar.threshold_days


def _judged(asked: Asked) -> Rows:
    """One row per customer alive at either end: alive at the start, lost, alive at the end.

    Where a bit stands for the first and the last day, one scan of the customers tells. Whoever is
    alive at the end alone is left out where nothing that is asked for would count them.
    """
    ends = (asked.period.since, asked.period.until)
    places = [alive_bit(at, asked.filters.calendar) for at in ends if is_threshold_kept(asked)]
    starts, stops = (None, None) if len(places) < len(ends) else places
    if starts is None or stops is None:
        return _counted(asked)
    c = customers_of(asked, starts[0], stops[0]).c
    is_first, is_last = (_has_bit(c[mask], place) for mask, place in (starts, stops))
    return select(
        *(c[g] for g in asked.groups),
        when(is_first).label("alive_start"),
        when(and_(is_first, ~is_last)).label("lost"),
        when(is_last).label("alive_end"),
        literal(0).label("ever_end"),
    ).where(or_(is_first, is_last) if _counts_end(asked) else is_first)


def _counts_end(asked: Asked) -> bool:
    """Whether a row of somebody alive at the end alone counts: by itself, or for its group."""
    is_grouped = asked.group is not None and bool(asked.metrics)
    return is_grouped or any(m.key == "alive_at_end" for m in asked.metrics)


def _has_bit(column: Any, place: int) -> ColumnElement[bool]:
    return bits_and(column, literal_column(str(1 << place))) != literal_column("0")


def _counted(asked: Asked) -> Rows:
    """Return the same rows for any days and any threshold, from the days with orders.

    A customer has at most one spell alive at either end, and only the days of the threshold
    before that end can hold it.
    """
    ends = union_all(
        _alive_at(asked, asked.period.since, is_start=True),
        _alive_at(asked, asked.period.until, is_start=False),
    )
    s = ends.subquery("ends").c
    alive_start, alive_end = func.max(s.alive_start), func.max(s.alive_end)
    return select(
        *(func.min(s[g]).label(g) for g in asked.groups),
        alive_start.label("alive_start"),
        (alive_start * (1 - alive_end)).label("lost"),
        alive_end.label("alive_end"),
        literal(0).label("ever_end"),
    ).group_by(s.customer_no)


def _alive_at(asked: Asked, at: date, *, is_start: bool) -> Rows:
    """One row per customer not churned at the end of the day before."""
    s = _spells(asked, Period(at - timedelta(days=asked.filters.threshold + 1), at)).c
    return select(
        *(s[k] for k in dict.fromkeys(("customer_no", *asked.groups))),
        literal(int(is_start)).label("alive_start"),
        literal(int(not is_start)).label("alive_end"),
    ).where(_alive(s, at))


def _churn(asked: Asked) -> Subquery:
    """Return rows whose `alive_start`, `lost`, `alive_end` and `ever_end` add up to customers."""
    here = _judged(asked)
    if all(m.key != "ever_at_end" for m in asked.metrics):
        return here.subquery("churn")
    return union_all(here, _came(asked)).subquery("churn")


def _came(asked: Asked) -> Rows:
    """One row per customer with an order or contract before the period's end."""
    c = customers_of(asked, "first_on", "contract_on").c
    until = day(asked.period.until)
    zero = literal(0)
    return select(
        *(c[g] for g in asked.groups),
        zero.label("alive_start"),
        zero.label("lost"),
        zero.label("alive_end"),
        literal(1).label("ever_end"),
    ).where(or_(c.first_on < until, c.contract_on < until))


def _changes(asked: Asked) -> Subquery:
    """Return per month what enters, leaves and is lost: running sums give the customers alive.

    A spell counts at the month ends from its first day up to the one before it is dead or
    taken over. A month that is not over has no end to be measured at. Exact for thresholds of
    at least one month.
    """
    span = whole(asked.period)
    s = _spells(asked, _window(asked, span)).c
    ends_on = case(
        (and_(s.next_on.is_not(None), s.next_on < s.dead_on), s.next_on), else_=s.dead_on
    )
    enters, leaves, dead = month_of(s.since_on), month_of(ends_on), month_of(s.dead_on)
    is_lost = or_(s.next_on.is_(None), s.next_on >= add_months(dead, literal(1)))
    parts = [
        _change(enters, enters < leaves, entered=1),
        _change(leaves, enters < leaves, left=1),
        _change(dead, and_(is_lost, dead >= day(span.since)), lost=1),
    ]
    changes = union_all(*parts).subquery("changes")
    c = changes.c
    return (
        select(
            c.month,
            sum_int(c.entered).label("entered"),
            sum_int(c.left).label("left"),
            sum_int(c.lost).label("lost"),
        )
        .where(c.month < day(min(span.until, asked.filters.calendar.last_closed)))
        .group_by(c.month)
        .subquery("churn_changes")
    )


def _change(
    month: Any, condition: ColumnElement[bool], *, entered: int = 0, left: int = 0, lost: int = 0
) -> Rows:
    return select(
        month.label("month"),
        literal(entered).label("entered"),
        literal(left).label("left"),
        literal(lost).label("lost"),
    ).where(condition)


def _churn_months(asked: Asked) -> Subquery:
    """Return by month those alive at its start and end, and those lost in it.

    The threshold of the scoring model is kept at every month end; any other one is counted anew.
    """
    span = whole(asked.period)
    is_kept = is_threshold_kept(asked)
    r = (_month_ends(asked, span) if is_kept else _running(asked)).subquery("running").c
    by_month = select(
        r.month,
        r.lost,
        r.alive_end,
        func.lag(r.alive_end).over(order_by=r.month).label("alive_start"),
        r.ever_end,
    ).subquery("churn_months")
    return select(by_month).where(by_month.c.month >= day(span.since)).subquery("churn_by_month")


def _month_ends(asked: Asked, span: Period) -> Rows:
    names = ("month", "customers", "churned", "lost")
    s = visible.snapshots(asked.filters, asked.scope, *names).c
    return (
        select(
            s.month,
            sum_int(s.lost).label("lost"),
            sum_int(s.customers - s.churned).label("alive_end"),
            sum_int(s.customers).label("ever_end"),
        )
        .where(s.month >= day(later(span.since, -1)), s.month < day(span.until))
        .group_by(s.month)
    )


def _running(asked: Asked) -> Rows:
    c = _changes(asked).c
    alive = func.sum(c.entered - c.left).over(order_by=c.month)
    blank = cast(null(), Integer).label("ever_end")
    return select(c.month, c.lost, alive.label("alive_end"), blank)


CHURN = Family(_churn, _churn_months)

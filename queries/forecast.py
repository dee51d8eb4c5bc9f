"""Forecast: what the open deals will bring by the odds of their stage, and how far off it was."""

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Double,
    Integer,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from data.domain.filters import Filters
from data.domain.period import add_months
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, months_between, numbers, sum_cents, sum_int, when
from data.warehouse.dialects import add_months as later
from queries import visible
from queries.funnel import STAGES, entered
from queries.pipeline import open_members
from queries.question import Rows, asks
from queries.visible import day

#: Months within which a deal must be won to count, over which the odds are learnt, and tested.
HORIZON, LEARNT, TESTED = 3, 12, 12
TODAY = LEARNT + TESTED + HORIZON - 1


def _ends(filters: Filters) -> list[date]:
    """Return the moments looked back at: month ends as the day after, today in the last's place.

    What was learnt from moments so many months before it was over by then, today as well.
    """
    last = filters.calendar.last_closed
    return [add_months(last, i - TODAY) for i in range(TODAY)] + [filters.calendar.until]


def _passed(ends: list[date], on: Any) -> ColumnElement[int]:
    """Return how many of the moments had come by a day."""
    months = months_between(day(ends[0]), on) + 1
    return func.least(func.greatest(months, 0), TODAY) + when(on >= day(ends[TODAY]))


def _open_then(filters: Filters, scope: Scope, first: int) -> Subquery:
    """Return per moment and stage: deals open then, their amount, what of it was won in time.

    A deal is spread over the moments it was open at, of the first asked for and later ones.
    """
    names = ("created_on", "closed_on", "status", "amount", *map(entered, STAGES))
    deals, ends = visible.deals(filters, scope, *names).c, _ends(filters)
    since = func.greatest(_passed(ends, deals.created_on), first)
    until = case((deals.closed_on.is_(None), TODAY + 1), else_=_passed(ends, deals.closed_on))
    lives = select(*deals, since.label("since"), until.label("until")).subquery("lives").c
    spread = select(*lives, numbers(lives.since, lives.until).label("place"))
    d = spread.where(lives.since < lives.until).subquery("spread").c
    parts = [
        select(literal(i, Integer()).label("place"), cast(day(end), Date).label("until"))
        for i, end in enumerate(ends)
    ]
    e = union_all(*parts).subquery("ends").c
    # Stages are entered in order: the furthest by then is where it stood.
    stood = case(*((d[entered(i)] < e.until, i) for i in reversed(STAGES)), else_=1)
    is_won = and_(d.status == "won", d.closed_on < later(e.until, literal(HORIZON)))
    rows = (
        select(e.place, e.until, stood.label("position"), d.amount, when(is_won).label("won"))
        .where(d.place == e.place)
        .subquery("then")
    )
    r = rows.c
    return (
        select(
            r.place,
            r.until,
            r.position,
            sum_int(literal(1)).label("deals"),
            sum_int(r.won).label("won"),
            sum_cents(r.amount).label("amount"),
            sum_cents(when(r.won == 1, r.amount, None)).label("won_amount"),
        )
        .group_by(r.place, r.until, r.position)
        .subquery("per_stage")
    )


def _learnt(p: Any, column: Any) -> ColumnElement[float]:
    """Return a sum over the moments whose horizon was over, up to a year of them."""
    window = {"partition_by": p.position, "order_by": p.place}
    total = func.sum(column).over(**window, range_=(1 - HORIZON - LEARNT, -HORIZON))
    return cast(total, Double)


def _odds(filters: Filters, scope: Scope, first: int = 0) -> Subquery:
    p = _open_then(filters, scope, first).c
    sums = select(*p, _learnt(p, p.won).label("of_won"), _learnt(p, p.deals).label("of_deals"))
    s = sums.subquery("learnt").c
    # Divided by 1 at least: ClickHouse computes what a blank hides, too.
    odds = when(s.of_deals > 0, s.of_won / func.greatest(s.of_deals, 1.0), None)
    return select(*(s[column.name] for column in p), odds.label("odds")).subquery("odds")


def _expected(o: Any) -> ColumnElement[int]:
    """Return the open amount times the odds; halves are rounded up, by every engine alike."""
    return cast(func.floor(cast(o.amount, Double) * o.odds + 0.5), BigInteger)


@asks(
    "Forecast of the open deals",
    members=open_members,
    metrics=("open_amount",),
    needs=("opportunity_stage",),
)
def deal_forecast(filters: Filters, scope: Scope) -> Rows:
    """One row per moment: place, until, open amount, forecast, what was won of it in three months.

    The last is today, of which nothing is won yet; `off` is the forecast less what was won, of the
    moments whose three months are over.
    """
    o = _odds(filters, scope).c
    is_over = o.place < literal(LEARNT + TESTED)
    rows = (
        select(
            o.place,
            o.until,
            sum_cents(o.amount).label("open_amount"),
            type_coerce(cast(func.sum(_expected(o)), BigInteger), Cents()).label("forecast"),
            func.coalesce(sum_cents(o.won_amount), 0).label("won_amount"),
            func.max(when(is_over)).label("is_over"),
        )
        .where(o.place >= literal(LEARNT))
        .group_by(o.place, o.until)
        .subquery("moments")
    )
    r = rows.c
    known = and_(r.is_over == 1, r.forecast.is_not(None))
    won = type_coerce(case((known, r.won_amount)), Cents())
    off = type_coerce(case((known, r.forecast - r.won_amount)), Cents())
    return select(
        r.place.label("position"),
        r.until.label("month"),
        r.open_amount,
        r.forecast,
        won.label("won_amount"),
        off.label("off"),
    ).order_by(r.place)


@asks(
    "Odds by stage",
    members=open_members,
    metrics=("open_deals",),
    needs=("opportunity_stage",),
)
def stage_odds(filters: Filters, scope: Scope) -> Rows:
    """One row per stage with open deals today: position, stage, deals, amount, odds, forecast."""
    o, s = _odds(filters, scope, TODAY + 1 - HORIZON - LEARNT).c, visible.stages().c
    return (
        select(
            s.position,
            s.stage,
            o.deals.label("open_deals"),
            o.amount.label("open_amount"),
            o.odds.label("odds"),
            type_coerce(_expected(o), Cents()).label("forecast"),
        )
        .where(o.place == literal(TODAY), s.position == o.position)
        .order_by(s.position)
    )

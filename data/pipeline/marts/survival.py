"""How long customers stay before they first churn: Kaplan-Meier curves by tier and by cohort.

The engine counts customers by group and months; the curves are then drawn from the counts. A
month is 30.4375 days. Both the end and what could be seen of a customer are told in whole months
from its start, so that everyone at risk in a month was watched for all of it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from data.domain.dimension import TIERS
from data.domain.model import ScoringModel
from data.domain.period import DAY, add_months, month_start
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import day_literal
from data.pipeline.marts.spans import months_begun, months_over
from data.pipeline.marts.work import w_day, w_life, w_term
from data.scoring.renewal import Curve, kaplan_meier
from data.warehouse.arrays import append_arrays, read_arrays
from data.warehouse.dialects import Rows, add_days, days_between, int_div, months_between, when
from data.warehouse.marts import customer_snapshot, survival_curve

#: A curve ends after so many months.
MONTHS = 36
HALF_YEAR = 6


def fill_survival(context: Context) -> None:
    """Fill `survival_curve`: per group and month up to the last one seen, the share that stays.

    By `tier`: those not churned at the last month end at least twelve months ago, by their tier
    then. By `cohort`: all customers, by the half-year of their first order or contract.
    """
    start = _tier_start(context)
    curves = [
        *_curves(context, "tier", _tiers(context, start), dict(enumerate(TIERS))),
        *_curves(context, "cohort", _cohorts(context), _half_years(context)),
    ]
    for kind, key, customers, curve in curves:
        append_arrays(context.connection, survival_curve, _rows(kind, key, customers, curve))


def _curves(
    context: Context, kind: str, counts: Rows, keys: dict[int, str]
) -> Iterator[tuple[str, str, int, Curve]]:
    found = read_arrays(context.connection, counts)
    for number, key in keys.items():
        here = found["part"] == number
        n = found["customers"][here]
        if n.size:
            curve = kaplan_meier(found["months"][here], found["is_gone"][here], n)
            yield kind, key, int(n.sum()), curve


def _rows(kind: str, key: str, customers: int, curve: Curve) -> dict[str, Any]:
    """Return the steps of a curve read at every month up to its last."""
    month = np.arange(int(curve.t[-1]) + 1)
    step = np.searchsorted(curve.t, month, side="right") - 1
    return {
        "kind": [kind] * month.size,
        "key": [key] * month.size,
        "month": month,
        "customers": np.full(month.size, customers),
        "survival": curve.survival[step],
        "low": curve.low[step],
        "high": curve.high[step],
    }


# --- groups ----------------------------------------------------------------------------------


def _tier_start(context: Context) -> date:
    """Return the last day of the last month that had ended twelve months before the as-of day."""
    return month_start(add_months(context.calendar.until, -12)) - DAY


def _tiers(context: Context, start: date) -> Rows:
    """One row per tier, months and end: part (place in TIERS), months, is_gone, customers."""
    s = customer_snapshot.c
    gone = _first_lost(context, after=start).subquery("gone")
    day = day_literal(start)
    part = case(*((cast(s.tier, Text) == t, literal(i)) for i, t in enumerate(TIERS)))
    stays = (
        select(part.label("part"), *_lasted(context, day, gone.c.lost_on))
        .select_from(customer_snapshot.outerjoin(gone, gone.c.customer_no == s.customer_no))
        .where(s.month == day_literal(month_start(start)), s.is_churned.is_(False))
    )
    return _counted(stays)


def _half_years(context: Context) -> dict[int, str]:
    """Return the name of each half-year since the one of the first fact."""
    first, last = context.calendar.first_on.year, context.calendar.as_of.year
    halves = [f"{year}-H{half}" for year in range(first, last + 1) for half in (1, 2)]
    return dict(enumerate(halves))


def _cohorts(context: Context) -> Rows:
    """One row per half-year, months and end: part (place in `_half_years`), months, is_gone."""
    life = w_life.c
    gone = _first_lost(context).subquery("gone")
    start = _start()
    base = day_literal(date(context.calendar.first_on.year, 1, 1))
    part = int_div(months_between(base, start), literal(HALF_YEAR))
    stays = (
        select(part.label("part"), *_lasted(context, start, gone.c.lost_on))
        .select_from(w_life.outerjoin(gone, gone.c.customer_no == life.customer_no))
        .where(life.is_customer)
    )
    return _counted(stays)


def _start() -> ColumnElement[date]:
    """Return the day of the first order or contract, whichever came first."""
    life = w_life.c
    is_bound_first = or_(life.first_on.is_(None), life.contract_on < life.first_on)
    return when(is_bound_first, life.contract_on, life.first_on)


def _counted(stays: Rows) -> Rows:
    t = stays.subquery("stays").c
    shape = (t.part, t.months, t.is_gone)
    return select(*shape, func.count().label("customers")).group_by(*shape).order_by(*shape)


def _lasted(context: Context, start: Any, lost_on: Any) -> tuple[Any, Any]:
    """Return the months that a customer was seen to stay, and whether (1) it then was lost."""
    watched = days_between(start, day_literal(context.calendar.as_of))
    seen = func.least(months_over(watched), literal(MONTHS))
    gone = months_begun(days_between(start, lost_on))
    is_gone = func.coalesce(gone <= seen, literal(value=False))
    return when(is_gone, gone, seen).label("months"), when(is_gone, 1).label("is_gone")


# --- losses ----------------------------------------------------------------------------------


def _first_lost(context: Context, *, after: date | None = None) -> Rows:
    """One row per customer who churned by the as-of day: customer_no, lost_on, the first such day.

    `lost_on` is the first day past the threshold, or past the grace days; `after` leaves out
    those up to a day.
    """
    model = context.model
    lost = union_all(_lost_by_orders(model), _lost_by_contract(model)).subquery("lost").c
    wanted = lost.lost_on <= day_literal(context.calendar.as_of)
    if after:
        wanted = and_(wanted, lost.lost_on > day_literal(after))
    first = func.min(lost.lost_on).label("lost_on")
    return select(lost.customer_no, first).where(wanted).group_by(lost.customer_no)


def _lost_by_orders(model: ScoringModel) -> Rows:
    """Order days, before any contract, with nothing up to the threshold after them."""
    d, life = w_day.c, w_life.c
    lost_on = add_days(d.day, literal(model.threshold_days + 1))
    return (
        select(d.customer_no, lost_on.label("lost_on"))
        .select_from(w_day.join(w_life, life.customer_no == d.customer_no))
        .where(
            d.orders > 0,
            or_(d.next_on.is_(None), d.next_on >= lost_on),
            or_(life.contract_on.is_(None), life.contract_on >= lost_on),
        )
    )


def _lost_by_contract(model: ScoringModel) -> Rows:
    """Terms that no other, begun by the end of their grace, outlasts."""
    t = w_term.c
    later = func.min(t.starts_on).over(
        partition_by=t.customer_no, order_by=t.ends_on, rows=(1, None)
    )
    terms = select(t.customer_no, t.ends_on, later.label("later_on")).subquery("terms").c
    lost_on = add_days(terms.ends_on, literal(model.grace_days + 1))
    return select(terms.customer_no, lost_on.label("lost_on")).where(
        or_(terms.later_on.is_(None), terms.later_on >= lost_on)
    )

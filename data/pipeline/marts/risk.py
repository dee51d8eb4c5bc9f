"""What churn has turned out to be, and when it would come: tables the values are joined to."""

from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Double, and_, case, cast, func, literal, select

from data.domain.columns import LOSSES
from data.domain.period import MONTH_DAYS, WEEK_DAYS
from data.pipeline.fits import Fits
from data.pipeline.marts.context import Context
from data.pipeline.marts.ends import LIVE
from data.pipeline.marts.filling import day_literal, fill
from data.pipeline.marts.work import w_habit, w_loss, w_promise, w_risk, w_silence, w_state, w_value
from data.scoring.first_churn import first_churn
from data.warehouse.arrays import append_arrays, read_arrays
from data.warehouse.dialects import TEN_THOUSANDTHS, days_between, int_div, when


def fill_risk(context: Context, fits: Fits) -> None:
    """Fill `w_risk`: for each thousandth, the calibrated probability."""
    at = np.arange(1001)
    append_arrays(
        context.connection,
        w_risk,
        {"thousandths": at, "risk": fits.calibration.of(at / 1000.0)},
    )


def fill_losses(context: Context, fits: Fits, month: date = LIVE) -> None:
    """Fill `w_loss` for a month end: P(first churned in each of the next twelve months)."""
    _fill_silence(context, fits, month)
    v, s, h = w_value.c, w_silence.c, w_habit.c
    month_end = day_literal(month)
    silent = _silent_days()
    same = and_(w_state.c.customer_no == v.customer_no, w_state.c.month == month_end)
    joined = (
        w_value.join(w_state, same)
        .join(w_habit, and_(h.customer_no == v.customer_no, h.month == v.month))
        .outerjoin(
            w_silence,
            and_(
                s.repeats == v.repeats,
                s.weeks == v.weeks,
                s.silent_weeks == int_div(silent, literal(WEEK_DAYS)),
            ),
        )
        .outerjoin(
            w_promise,
            and_(
                w_promise.c.renewals == h.renewals,
                w_promise.c.term_months == h.term_months,
                w_promise.c.months_left == h.months_left,
            ),
        )
    )
    left = cast(literal(context.model.threshold_days) - silent, Double) / literal(MONTH_DAYS)
    gone_in = func.floor(left) + literal(1)
    losses = [
        _loss(s[name], w_promise.c[name], gone_in == literal(month)).label(name)
        for month, name in enumerate(LOSSES, start=1)
    ]
    stmt = (
        select(v.customer_no, *losses)
        .select_from(joined)
        .where(v.month == month_end, ~w_state.c.is_churned)
    )
    fill(context.connection, w_loss, stmt)


def _loss(living: Any, bound: Any, is_gone_now: Any) -> ColumnElement[Any]:
    """Return the chance of the month: of the living by the model, of the gone by their silence."""
    alive = w_value.c.p_alive
    chance = alive * cast(living, Double) + (literal(1.0) - alive) * when(
        is_gone_now, TEN_THOUSANDTHS
    )
    return case((bound.is_not(None), bound), else_=func.floor(chance))


def _silent_days() -> Any:
    return days_between(w_state.c.last_on, w_state.c.until) - literal(1)


def _fill_silence(context: Context, fits: Fits, month: date) -> None:
    """Fill `w_silence` with what the living customers of the month end need."""
    if not fits.values_orders:
        return
    v = w_value.c
    month_end = day_literal(month)
    silent = int_div(_silent_days(), literal(WEEK_DAYS)).label("silent_weeks")
    same = and_(w_state.c.customer_no == v.customer_no, w_state.c.month == month_end)
    stmt = (
        select(v.repeats, v.weeks, silent)
        .select_from(w_value.join(w_state, same))
        .where(v.month == month_end, v.repeats.is_not(None), ~w_state.c.is_churned)
        .distinct()
        .order_by(v.repeats, v.weeks, silent)
    )
    c = read_arrays(context.connection, stmt)
    if not c["repeats"].size:
        return
    chances = first_churn(
        fits.buying,
        c["repeats"],
        c["weeks"] * WEEK_DAYS,
        c["silent_weeks"] * WEEK_DAYS + WEEK_DAYS / 2,
        threshold_days=float(context.model.threshold_days),
        months=len(LOSSES),
    )
    table = {name: np.floor(chances[:, i] * TEN_THOUSANDTHS) for i, name in enumerate(LOSSES)}
    append_arrays(context.connection, w_silence, c | table)

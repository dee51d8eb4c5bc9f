"""Back-test at every refresh: what the models would have said months ago, and what then came."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Double, and_, cast, func, literal, select

from data.domain.period import add_months
from data.pipeline.fits import Fits
from data.pipeline.marts.context import Context
from data.pipeline.marts.facts import is_purchase
from data.pipeline.marts.habits import buys_freely
from data.pipeline.marts.work import w_day, w_life
from data.scoring.baselines import Window, logistic
from data.scoring.buying import no_order
from data.scoring.churn_logit import fit_calibration, fit_logit
from data.scoring.measures import auc
from data.scoring.validation import BackTest, back_test
from data.warehouse.arrays import read_arrays
from data.warehouse.dialects import Rows, days_between, sum_cents, sum_int, when

#: Customers that a back-test reads; beyond, every k-th by number.
SAMPLE = 250_000


def test_models(context: Context) -> BackTest | None:
    """Return how the models did over the last months; None where the history is too short."""
    now_on = add_months(context.calendar.until, -context.model.holdout_months)
    days = (context.calendar.until - now_on).days
    past_on = now_on - timedelta(days=days)
    if past_on <= context.calendar.first_on + timedelta(days=days):
        return None
    past, now = _window(context, past_on, days), _window(context, now_on, days)
    if past.x.size == 0 or now.x.size == 0:
        return None
    return back_test(past, now)


def with_risk(context: Context, fits: Fits) -> Fits:
    """Return the fits with the better ranking of churn on a hold-out, calibrated on it.

    The regression and the model of purchases say who will not order in the threshold's days;
    both are asked as of so many days ago. What then happened calibrates the better one.
    """
    days = context.model.threshold_days
    until = context.calendar.until
    past_on, now_on = (until - timedelta(days=k * days) for k in (2, 1))
    if past_on <= context.calendar.first_on or not fits.values_orders:
        return fits
    past, now = _window(context, past_on, days), _window(context, now_on, days)
    if past.x.size == 0 or now.x.size == 0:
        return fits
    by_model = no_order(fits.buying, now.x, now.t_x, now.age, float(days))
    by_logit = logistic(past, now).churn
    if by_logit is None:
        return fits
    wins = auc(by_logit, now.churned) > auc(by_model, now.churned)
    curve = fit_calibration(by_logit if wins else by_model, now.churned)
    return replace(
        fits,
        logit=fit_logit(now.features, now.churned, horizon=float(days)),
        risk_by="logit" if wins else "buying",
        calibration=curve,
    )


def _window(context: Context, on: date, days: int) -> Window:
    """Return the customers who had bought before a day, and what they did in the days from it."""
    c = read_arrays(context.connection, _stood(context, on, days))
    x = c["purchases"] - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_repeat = np.where(x > 0, (c["spent"] - c["first_spend"]) / x, np.nan)
    return Window(
        x=x,
        t_x=c["buying_days"],
        age=c["age_days"],
        mean_repeat=mean_repeat,
        mean_spend=c["spent"] / c["purchases"],
        last_orders=c["last_orders"],
        last_spend=c["last_spend"],
        orders=c["orders"],
        spend=c["spend"],
        horizon=float(days),
    )


def _stood(context: Context, on: date, days: int) -> Rows:
    d, life = w_day.c, w_life.c
    at, until = literal(on), literal(on + timedelta(days=days))
    since = literal(on - timedelta(days=days))
    before, after = d.day < at, d.day >= at
    # A first purchase is no repeat, also not one of the last days.
    lately = and_(before, d.day >= since, d.day > life.bought_on)
    step = max(1, -(-context.counts.get("customer", 0) // SAMPLE))

    def money(condition: Any) -> ColumnElement[Any]:
        return cast(sum_cents(when(condition, d.net)), Double)

    return (
        select(
            sum_int(when(before, 1)).label("purchases"),
            days_between(life.bought_on, func.max(when(before, d.day, None))).label("buying_days"),
            (days_between(life.bought_on, at) - literal(1)).label("age_days"),
            money(before).label("spent"),
            cast(life.first_spend, Double).label("first_spend"),
            sum_int(when(lately, 1)).label("last_orders"),
            money(lately).label("last_spend"),
            sum_int(when(after, 1)).label("orders"),
            money(after).label("spend"),
        )
        .select_from(w_day.join(w_life, life.customer_no == d.customer_no))
        .where(
            is_purchase(d),
            d.day < until,
            life.bought_on < at,
            d.customer_no % literal(step) == literal(0),
            *buys_freely(life.contract_on, at),
        )
        .group_by(d.customer_no, life.bought_on, life.first_spend)
        .order_by(d.customer_no)
    )

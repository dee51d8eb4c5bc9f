"""Fits the models to what the engine counted: cells of customers, not the customers."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from sqlalchemy import Connection

from data.pipeline.fits import RATE_ORDERS, Fits
from data.pipeline.marts.context import Context
from data.pipeline.marts.habits import cells, earned_by_industry, spends
from data.pipeline.renewals import fit_contracts
from data.scoring.buying import fit_buying
from data.scoring.cells import Cells, compress
from data.scoring.spend import Spend, fit_spend
from data.warehouse.arrays import read_arrays


def fit_models(context: Context) -> Fits:
    """Return everything the scoring model learns from the data up to the as-of day."""
    until = context.calendar.until
    buying = fit_buying(cells_of(context, until), context.model.buying_kind)
    spend = _spend(context)
    return _with_rates(context.connection, Fits(buying, spend, *fit_contracts(context, until)))


def cells_of(context: Context, until: date) -> Cells:
    """Return the cells of the customers who bought before a day."""
    c = read_arrays(context.connection, cells(until))
    return compress(c["repeats"], c["buying_days"], c["age_days"], c["customers"])


def _spend(context: Context) -> Spend:
    s = read_arrays(context.connection, spends(context.calendar.until))
    return fit_spend(s["repeats"], s["mean_spend"], s["customers"])


def _with_rates(connection: Connection, fits: Fits) -> Fits:
    """Return the fits with margin rates: the company's, and each industry's drawn to it."""
    e = read_arrays(connection, earned_by_industry())
    spent, purchases = float(e["spent"].sum()), float(e["purchases"].sum())
    if spent <= 0 or purchases <= 0:
        return fits
    weight = RATE_ORDERS * spent / purchases
    rate = _within(float(e["earned"].sum()) / spent)
    rates = {
        str(name): _within((earned + weight * rate) / (paid + weight))
        for name, earned, paid in zip(e["industry"], e["earned"], e["spent"], strict=True)
    }
    return replace(fits, rate=rate, rate_weight=weight, rates=MappingProxyType(rates))


def _within(rate: float) -> float:
    """Return a margin rate between 0 and 1: nobody goes on selling at a loss."""
    return min(1.0, max(0.0, float(rate)))

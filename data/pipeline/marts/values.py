"""What each customer is worth at a month end: the fitted models, spelt as SQL over its habits.

The models separate: what a living customer will do depends on repeat purchases and age alone and
is looked up; how likely the customer lives is algebra. Sources: Fader, Hardie and Lee 2005
(BG/NBD), Batislam et al. 2007 (MBG/NBD), Fader and Hardie 2013 (gamma-gamma), 2007 (sBG).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Double,
    and_,
    cast,
    func,
    insert,
    literal,
    null,
    select,
)

from data.domain.columns import LOSSES, SHIFTS
from data.domain.period import WEEK_DAYS
from data.pipeline.fits import Fits
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import fill
from data.pipeline.marts.formulas import expected_spend, in_thousandths, number, p_alive, raw_risk
from data.pipeline.marts.work import (
    BUYING_SHIFTS,
    RENEWAL_SHIFTS,
    SPEND_SHIFTS,
    w_before,
    w_cell,
    w_habit,
    w_promise,
    w_rate,
    w_risk,
    w_value,
)
from data.scoring.intervals import shifted, shifted_spend
from data.scoring.lookup import lookup
from data.scoring.model import Buying
from data.scoring.observed import Chance
from data.scoring.promise import Promise, promise
from data.scoring.spend import Spend
from data.warehouse.arrays import append_arrays, read_arrays
from data.warehouse.dialects import TEN_THOUSANDTHS, Cents, when


def fill_rates(context: Context, fits: Fits) -> None:
    """Fill `w_rate`: the margin rate of each industry; the company's for those without sales."""
    names = context.values["industry"]
    rows = [{"industry": n, "rate": fits.rates.get(n, fits.rate)} for n in names]
    context.connection.execute(insert(w_rate), rows)


# --- lookups ---------------------------------------------------------------------------------


def fill_cells(context: Context, fits: Fits) -> None:
    """Add to `w_cell` what the customers now in `w_habit` need and it does not hold yet."""
    h, c = w_habit.c, w_cell.c
    known = and_(c.repeats == h.repeats, c.weeks == h.weeks)
    stmt = (
        select(h.repeats, h.weeks)
        .select_from(w_habit.outerjoin(w_cell, known))
        .where(h.repeats.is_not(None), c.repeats.is_(None))
        .distinct()
        .order_by(h.repeats, h.weeks)
    )
    new = read_arrays(context.connection, stmt)
    if new["repeats"].size:
        append_arrays(context.connection, w_cell, new | _cells(context, fits, new))


def _cells(context: Context, fits: Fits, new: Any) -> dict[str, Any]:
    m, model = fits.buying, context.model
    found: dict[str, Any] = {}
    for suffix, each in [("", m), *((f"_{k}", shifted(m, k)) for k in range(BUYING_SHIFTS))]:
        table = lookup(
            each,
            new["repeats"],
            new["weeks"] * float(WEEK_DAYS),
            months=model.horizon_months,
            annual_discount=model.annual_discount,
        )
        found |= {f"deo{suffix}": table.deo, f"dam{suffix}": table.dam}
        if not suffix:
            found["ahead"] = table.orders_h
    return found


def fill_promises(context: Context, fits: Fits) -> None:
    """Add to `w_promise` the contracts now in `w_habit` that it does not hold yet."""
    chance = fits.renewal_chance()
    if chance is None:
        return
    h, p = w_habit.c, w_promise.c
    shape = (h.renewals, h.term_months, h.months_left)
    known = and_(*(p[column.name] == column for column in shape))
    stmt = (
        select(*shape)
        .select_from(w_habit.outerjoin(w_promise, known))
        .where(h.renewals.is_not(None), p.renewals.is_(None))
        .distinct()
        .order_by(*shape)
    )
    new = read_arrays(context.connection, stmt)
    if not new["renewals"].size:
        return

    def of(chance: Chance) -> Promise:
        terms = context.model
        months, discount = terms.horizon_months, terms.annual_discount
        return promise(chance, **new, months=months, annual_discount=discount)

    base = of(chance)
    found = {"months": base.discounted, "hazard": base.hazard}
    found |= {name: np.floor(base.lost[:, i] * TEN_THOUSANDTHS) for i, name in enumerate(LOSSES)}
    for k in range(RENEWAL_SHIFTS):
        found[f"months_{k}"] = of(fits.renewal_chance(k) or chance).discounted
    append_arrays(context.connection, w_promise, new | found)


def keep_before(context: Context) -> None:
    """Keep the values of the month end now in `w_value` as those by the model before."""
    fill(context.connection, w_before, select(w_value.c.customer_no, w_value.c.value))


# --- value -----------------------------------------------------------------------------------


def fill_values(context: Context, fits: Fits, *, shifts: bool) -> None:
    """Fill `w_value` from `w_habit`; the shifts of the error only where they are kept."""
    h, c, p = w_habit.c, w_cell.c, w_promise.c
    joined = w_habit.outerjoin(w_cell, and_(c.repeats == h.repeats, c.weeks == h.weeks)).outerjoin(
        w_promise,
        and_(
            p.renewals == h.renewals,
            p.term_months == h.term_months,
            p.months_left == h.months_left,
        ),
    )
    alive = p_alive(fits.buying, h)
    raw = raw_risk(fits, h, alive, days=context.model.threshold_days)
    joined = joined.outerjoin(w_risk, w_risk.c.thousandths == in_thousandths(raw))
    spend = expected_spend(fits.spend, h)
    usable = literal(fits.values_orders)
    by_orders = when(usable, _orders(fits.buying, fits.spend), None)
    base = _total(by_orders, _contract(p.months))
    columns = {
        "p_alive": when(usable, alive, None),
        "order_spend": when(usable, func.round(spend), None),
        "orders_ahead": when(usable, alive * c.ahead, None),
        "discounted_orders": when(usable, alive * c.deo, None),
        "alive_months": when(usable, alive * c.dam, None),
        "contract_months": p.months,
        "value": func.round(_floored(base)),
        "risk": func.coalesce(p.hazard, when(usable, w_risk.c.risk, None)),
    }
    if shifts:
        columns |= dict(zip(SHIFTS, _shifts(fits, base), strict=True))
    stmt = select(
        *(h[n] for n in _KEPT),
        *(cast(v, w_value.c[n].type).label(n) for n, v in columns.items()),
    ).select_from(joined)
    fill(context.connection, w_value, stmt)


_KEPT = (
    *("month", "customer_no", "repeats", "buying_days", "age_days", "weeks"),
    *("mean_spend", "service_month", "contract_month", "margin_rate"),
)


def _orders(buying: Buying, spend: Spend, suffix: str = "") -> ColumnElement[float]:
    """Return margin of the expected orders less the service of the months alive, discounted.

    Who does not buy order by order, or never paid, brings nothing this way.
    """
    h, c = w_habit.c, w_cell.c
    alive = p_alive(buying, h)
    margin = h.margin_rate * expected_spend(spend, h) * c[f"deo{suffix}"]
    value = alive * (margin - cast(h.service_month, Double) * c[f"dam{suffix}"])
    return func.coalesce(value, number(0.0))


def _contract(months: Any) -> ColumnElement[float]:
    """Return margin of the contract's months less the service of the same months; ended: 0."""
    h = w_habit.c
    monthly = h.margin_rate * cast(h.contract_month, Double) - cast(h.service_month, Double)
    return when(h.is_bound, func.coalesce(monthly * months, number(0.0)), None)


def _total(by_orders: Any, by_contract: Any) -> ColumnElement[float]:
    """Return the two parts together: blank only where neither is known."""
    zero = number(0.0)
    known = func.coalesce(by_orders, by_contract)
    return when(
        known.is_not(None), func.coalesce(by_orders, zero) + func.coalesce(by_contract, zero), None
    )


def _floored(value: Any) -> ColumnElement[float]:
    """Return a value of at least zero: a customer who costs more than he brings can be let go."""
    return when(value.is_not(None), func.greatest(value, number(0.0)), None)


def _shifts(fits: Fits, base: Any) -> Sequence[ColumnElement[Any]]:
    """Return by how much the value moves with each direction of error, in ten-thousandths."""
    p = w_promise.c
    contract = _contract(p.months)
    orders = _orders(fits.buying, fits.spend)
    moved = [
        *(
            _total(_orders(shifted(fits.buying, k), fits.spend, f"_{k}"), contract)
            for k in range(BUYING_SHIFTS)
        ),
        *(
            _total(_orders(fits.buying, shifted_spend(fits.spend, k)), contract)
            for k in range(SPEND_SHIFTS)
        ),
        *(_total(orders, _contract(p[f"months_{k}"])) for k in range(RENEWAL_SHIFTS)),
    ]
    if not fits.values_orders:
        moved = [cast(null(), Cents())] * (BUYING_SHIFTS + SPEND_SHIFTS) + moved[-RENEWAL_SHIFTS:]
    return [func.round(_floored(each) - _floored(base)) for each in moved]

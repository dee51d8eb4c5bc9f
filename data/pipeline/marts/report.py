"""What the models learnt and how good they were: the small tables behind their panels."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import func, insert, literal, select

from data.domain.period import MONTH_DAYS
from data.pipeline.fits import Fits
from data.pipeline.marts.context import Context
from data.pipeline.marts.work import w_day, w_life
from data.scoring.diagnosis import Facts, Finding, contract_findings, findings, gap_variation
from data.scoring.measures import Decile
from data.scoring.observed import Plan
from data.scoring.renewal import Renewal
from data.scoring.renewed import RenewalTest
from data.scoring.validation import BackTest
from data.warehouse import marts
from data.warehouse.arrays import read_arrays
from data.warehouse.dialects import TEN_THOUSANDTHS, Rows, days_between, when
from data.warehouse.rules import column_of
from data.warehouse.schema import customer

#: Days at the beginning of the data in which a crowd of first orders tells of an earlier past.
EARLY_DAYS = 30


def fill_report(
    context: Context, fits: Fits, test: BackTest | None, contracts: RenewalTest | None
) -> None:
    """Fill `model_fact`, `model_check`, `model_decile` and `model_finding`."""
    connection = context.connection
    _insert(context, marts.model_fact, [*facts(fits), *_terms(context), *_weights(context)])
    if test:
        _insert(context, marts.model_check, [*checks(test)])
        _insert(context, marts.model_decile, [*_deciles(test)])
    if contracts:
        _insert(context, marts.model_check, [*_renewal_checks(contracts)])
    _insert(context, marts.model_finding, told(context, fits, test, contracts))
    connection.commit()


def told(
    context: Context, fits: Fits, test: BackTest | None, contracts: RenewalTest | None
) -> list[dict[str, Any]]:
    """Return what must be told of fits, the gravest first: position, code, details as JSON."""
    found = [
        *findings(fits.buying, fits.spend, _data_facts(context), test),
        *contract_findings(fits.renewal, fits.plans, contracts),
    ]
    return [
        {"position": i, "code": f.code, "details": _details(f)}
        for i, f in enumerate(found, start=1)
    ]


def _insert(context: Context, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        context.connection.execute(insert(table), rows)


def _details(finding: Finding) -> str:
    """Return the numbers of a finding as JSON, money in the currency."""
    money = {"mean"} | (
        {"own", "theirs"} if finding.values.get("measure") == "spend_rmse" else set()
    )
    plain = {
        k: v if isinstance(v, str) else float(v) / (TEN_THOUSANDTHS if k in money else 1)
        for k, v in finding.values.items()
    }
    return json.dumps(plain, sort_keys=True)


def facts(fits: Fits) -> Iterator[dict[str, Any]]:
    """Yield the fitted parameters with the standard errors of their logs times themselves."""
    b, s = fits.buying, fits.spend
    unit = float(TEN_THOUSANDTHS)
    yield from _part("buying", ("r", "alpha", "a", "b"), b, b.standard_errors)
    yield _fact("buying", "log_likelihood", b.log_likelihood)
    yield _fact("buying", "customers", b.customers)
    yield _fact("buying", "repeaters", b.repeaters)
    yield _fact("buying", "is_usable", float(fits.values_orders))
    yield _fact("buying", "is_mbg", float(b.kind == "mbg"))
    yield from _part("spend", ("p", "q"), s, s.standard_errors)
    yield _fact("spend", "v", s.v / unit)
    yield _fact("spend", "mean", s.mean / unit)
    yield _fact("spend", "weight", s.weight)
    yield _fact("spend", "correlation", s.correlation)
    yield _fact("spend", "customers", s.customers)
    yield _fact("margin", "rate", fits.rate)
    yield _fact("risk", "is_logit", float(fits.risk_by == "logit"))
    if fits.renewal:
        yield from _renewals(fits.renewal, fits.plans)
    if fits.logit:
        for i, coefficient in enumerate(fits.logit.coefficients):
            yield _fact("logit", f"coefficient_{i}", coefficient)
            yield _fact("logit", f"center_{i}", fits.logit.centers[i])
        yield _fact("logit", "intercept", fits.logit.intercept)


def _renewals(m: Renewal, plans: Sequence[Plan]) -> Iterator[dict[str, Any]]:
    """Yield what says how many renew: the first share of each plan, or the model's parameters."""
    yield _fact("renewal", "customers", m.customers)
    yield _fact("renewal", "lost", m.lost)
    if not plans:
        errors = np.sqrt(np.diag(np.array(m.covariance)))
        yield from _part("renewal", ("alpha", "beta"), m, errors)
    for plan in plans:
        share, n = plan.rates[0], plan.decided[0]
        yield _fact("plan", f"{plan.term_months:04}", share, (share * (1 - share) / n) ** 0.5)


def _terms(context: Context) -> Iterator[dict[str, Any]]:
    """Yield the terms of value: months ahead, discount of a year, share of referrals."""
    for name in ("horizon_months", "annual_discount", "attribution_share"):
        yield _fact("terms", name, float(getattr(context.model, name)))


def _weights(context: Context) -> Iterator[dict[str, Any]]:
    """Yield the weights of the score in the model in force, by the column of the dimension."""
    for name, weight in context.model.weights.items():
        yield _fact("weight", column_of(name), float(weight))


def _part(part: str, names: tuple[str, ...], model: Any, errors: Any) -> Iterator[dict[str, Any]]:
    for name, error in zip(names, errors, strict=False):
        value = float(getattr(model, name))
        yield _fact(part, name, value, float(error) * value)


def _fact(part: str, name: str, value: float, error: float | None = None) -> dict[str, Any]:
    return {"part": part, "name": name, "value": float(value), "error": error}


def checks(test: BackTest) -> Iterator[dict[str, Any]]:
    """Yield one row per target, model and measure: `orders_mae` is the mae of orders."""
    for row in test.rows:
        target, _, measure = row.measure.partition("_")
        is_money = target == "spend" and measure in ("mae", "rmse")
        value = row.value / TEN_THOUSANDTHS if is_money else row.value
        yield {"target": target, "model": row.model, "measure": measure, "value": value}
    size = {"target": "all", "model": "all"}
    yield size | {"measure": "customers", "value": float(test.customers)}
    yield size | {"measure": "days", "value": test.horizon}


def _renewal_checks(test: RenewalTest) -> Iterator[dict[str, Any]]:
    """Yield one row per model and measure of renewals, and what came of how many contracts."""
    for row in test.rows:
        target, _, measure = row.measure.partition("_")
        yield {"target": target, "model": row.model, "measure": measure, "value": row.value}
    size = {"contracts": test.contracts, "renewed": test.renewed, "days": test.days}
    for name, value in size.items():
        yield {"target": "renewals", "model": "all", "measure": name, "value": float(value)}


def _deciles(test: BackTest) -> Iterator[dict[str, Any]]:
    yield from _tenths("orders", "mbg", test.deciles)
    for model, tenths in test.churn_deciles.items():
        yield from _tenths("churn", model, tenths)


def _tenths(target: str, model: str, tenths: tuple[Decile, ...]) -> Iterator[dict[str, Any]]:
    for i, tenth in enumerate(tenths, start=1):
        yield {
            "target": target,
            "model": model,
            "decile": i,
            "customers": tenth.customers,
            "predicted": tenth.predicted,
            "actual": tenth.actual,
        }


# --- what the data say -----------------------------------------------------------------------


def _data_facts(context: Context) -> Facts:
    calendar = context.calendar
    gaps = read_arrays(context.connection, _gaps())
    early = read_arrays(context.connection, _early(context))
    customers = float(early["customers"].sum())
    first = float(early["early"].sum())
    model = context.model
    return Facts(
        calibration_days=float((calendar.until - calendar.first_on).days),
        horizon_days=model.horizon_months * MONTH_DAYS,
        median_gap=_median(gaps["gap"]),
        gap_variation=gap_variation(gaps["gap"], gaps["square"]) if gaps["gap"].size else None,
        same_amount=_same_amounts(context),
        first_orders_early=first / customers if customers else 0.0,
        early_days=float(EARLY_DAYS),
        is_acquisition_known=_knows_acquisition(context),
    )


def _median(values: Any) -> float | None:
    return float(np.median(values)) if values.size else None


def _gaps() -> Rows:
    """One row per customer with three order days or more, at most 100,000: its gaps' moments."""
    d = w_day.c
    gap = days_between(d.previous_on, d.day)
    return (
        select(
            func.avg(gap * literal(1.0)).label("gap"),
            func.avg(gap * gap * literal(1.0)).label("square"),
        )
        .where(d.previous_on.is_not(None))
        .group_by(d.customer_no)
        .having(func.count() >= 2)
        .order_by(d.customer_no)
        .limit(100_000)
    )


def _early(context: Context) -> Rows:
    days = days_between(literal(context.calendar.first_on), w_life.c.first_on)
    return select(
        func.count().label("customers"), func.sum(when(days < EARLY_DAYS, 1)).label("early")
    ).where(w_life.c.first_on.is_not(None))


def _same_amounts(context: Context) -> float:
    """Return the share of repeat customers who paid the same on every order day."""
    d = w_day.c
    paid = (
        select((func.max(d.net) - func.min(d.net)).label("spread"))
        .where(d.orders > 0)
        .group_by(d.customer_no)
        .having(func.count() >= 2)
        .subquery("paid")
    )
    stmt = select(
        func.count().label("customers"), func.sum(when(paid.c.spread == 0, 1)).label("same")
    )
    row = read_arrays(context.connection, stmt)
    customers = float(row["customers"][0])
    return float(np.nan_to_num(row["same"][0])) / customers if customers else 0.0


def _knows_acquisition(context: Context) -> bool:
    """Whether some customer joined before the first fact: the data say who came when."""
    stmt = (
        select(literal(1)).where(customer.c.joined_on < literal(context.calendar.first_on)).limit(1)
    )
    return context.connection.execute(stmt).first() is not None

"""Churn risk: how long customers stay, which ranking of the risk is official, and how good it is.

Curves and back-test are figures of all customers together, the same for every reader; the rows
behind them are the reader's own customers.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, case, cast, func, literal, or_, select

from data.domain.filters import Filters
from data.domain.period import add_months
from data.domain.scope import Scope
from data.warehouse.dialects import Rows as Statement
from queries import visible
from queries.question import Rows, asks

WHO = ("customer_id", "name", "region", "city", "team", "rep", "tier")
#: The first year that data can be about, and the months of half a year.
FIRST_YEAR, HALF = "1900", 6


# --- how long customers stay -----------------------------------------------------------------


def stay_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of the tier now, or of the half-year of the start, in focus: who."""
    names = (*WHO, "first_on", "contract_on", "last_on", "is_churned", "silent_days", "risk")
    c = visible.customers(filters, scope, *names).c
    began = _began(c)
    wanted = [*_of_tier(filters, c), *_of_half(filters, began)]
    columns = (*(c[n] for n in WHO), began.label("first_on"), c.last_on, c.silent_days, c.risk)
    return select(*columns).where(*wanted).order_by(began.desc(), c.customer_id)


def _began(c: Any) -> ColumnElement[Any]:
    earlier = and_(
        c.contract_on.is_not(None), or_(c.first_on.is_(None), c.contract_on < c.first_on)
    )
    return case((earlier, c.contract_on), else_=c.first_on)


def _of_tier(filters: Filters, c: Any) -> list[ColumnElement[bool]]:
    tier = filters.focus.get("state")
    return [cast(c.tier, Text) == literal(tier, Text())] if tier else []


def _of_half(filters: Filters, began: Any) -> list[ColumnElement[bool]]:
    """Return the days of the half-year in focus, written like 2025-H1."""
    year, _, half = filters.focus.get("band", "").partition("-H")
    makes_sense = len(year) == len(FIRST_YEAR) and year.isascii() and year.isdigit()
    if not makes_sense or year < FIRST_YEAR or half not in ("1", "2"):
        return []
    start = date(int(year), 1 if half == "1" else HALF + 1, 1)
    return [began >= visible.day(start), began < visible.day(add_months(start, HALF))]


def _curves(kind: str) -> Statement:
    s = visible.survival().c
    columns = (s.key, s.month, s.customers, s.survival, s.low, s.high)
    return select(*columns).where(s.kind == literal(kind, Text())).order_by(s.key, s.month)


@asks(
    "How long customers stay, by tier",
    members=stay_members,
    metrics=("retention_rate",),
    needs=("orders", "contract"),
    today_only="check",
)
def tier_survival(filters: Filters, scope: Scope) -> Rows:  # noqa: ARG001 -- of all customers
    """One row per tier a year ago and month since: key, month, customers, survival, low, high."""
    return _curves("tier")


@asks(
    "How long customers stay, by start",
    members=stay_members,
    metrics=("retention_rate",),
    needs=("orders", "contract"),
    today_only="check",
)
def cohort_survival(filters: Filters, scope: Scope) -> Rows:  # noqa: ARG001 -- of all customers
    """One row per half-year of the start and month since: key, month, customers, survival, …."""
    return _curves("cohort")


# --- how good the risk is --------------------------------------------------------------------


def ranked_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer with a churn risk who is not churned: who, days silent, risk."""
    c = visible.customers(filters, scope, *WHO, "is_churned", "silent_days", "risk").c
    columns = (*(c[n] for n in WHO), c.silent_days, c.risk.label("risk_mean"))
    stmt = select(*columns).where(~c.is_churned, c.risk.is_not(None))
    return stmt.order_by(c.risk.desc(), c.customer_id)


@asks("Can the risk be trusted", members=ranked_members, metrics=("risk_mean",), today_only="check")
def churn_deciles(filters: Filters, scope: Scope) -> Rows:  # noqa: ARG001 -- of all customers
    """One row per ranking and tenth of the hold-out: model, decile, customers, what came true."""
    d = visible.model_deciles().c
    columns = (d.model, d.decile, d.customers, d.predicted, d.actual)
    stmt = select(*columns).where(d.target == literal("churn", Text()))
    return stmt.order_by(d.model, d.decile)


@asks(
    "The two rankings of churn", members=ranked_members, metrics=("risk_mean",), today_only="check"
)
def churn_checks(filters: Filters, scope: Scope) -> Rows:  # noqa: ARG001 -- of all customers
    """One row per figure of the comparison: model, measure, value; what is official, and size."""
    c, f = visible.model_checks().c, visible.model_facts().c
    checks = select(c.model, c.measure, c.value).where(
        c.target.in_([literal("churn", Text()), literal("all", Text())])
    )
    facts = select(f.part.label("model"), f.name.label("measure"), f.value).where(
        f.part.in_([literal("risk", Text()), literal("logit", Text())])
        | and_(f.part == literal("buying", Text()), f.name == literal("is_usable", Text()))
    )
    rows = checks.union_all(facts).subquery("rows").c
    return (
        select(rows.model, rows.measure, func.max(rows.value).label("value"))
        .group_by(rows.model, rows.measure)
        .order_by(rows.model, rows.measure)
    )

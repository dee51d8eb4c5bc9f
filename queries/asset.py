"""The customer asset month by month, and by value and risk."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Subquery,
    cast,
    func,
    literal,
    select,
    true,
    type_coerce,
)

from data.domain.columns import VALUE_CUTS
from data.domain.filters import Filters
from data.domain.period import Period, add_months, month_start
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, sum_cents, when
from queries import visible
from queries.kpis import SPARK_MONTHS, spark_period
from queries.question import Rows, asks

WHO = ("customer_id", "name", "region", "team", "rep", "tier")
#: The largest value of each band of the map but the last: of the company, at the last refresh.
CUTS = tuple(f"cut_{i}" for i in range(1, len(VALUE_CUTS) + 1))
TENTHS = 10


# --- month by month --------------------------------------------------------------------------


def month_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer and month end behind `value_months`: who, month, tier, value then."""
    s = visible.snapshot_customers(filters, scope).c
    columns = [*(s[n] for n in WHO), s.month, s.value.label("customer_asset")]
    known = (s.value.is_not(None), visible.between(s.month, _ends(filters)))
    return select(*columns).where(*known).order_by(s.month.desc(), s.value.desc(), s.customer_id)


def _ends(filters: Filters) -> Period:
    """Return the month ends shown: the one in focus, all of the history, or thirteen closed."""
    focus = filters.focus.get("month")
    if focus:
        first = date.fromisoformat(f"{focus}-01")
        return Period(first, add_months(first, 1))
    until = min(spark_period(filters).until, filters.calendar.last_closed)
    if filters.preset == "all":
        return Period(min(month_start(filters.calendar.first_on), add_months(until, -1)), until)
    return Period(add_months(until, -SPARK_MONTHS), until)


@asks("Customer asset by month end", members=month_members, metrics=("customer_asset",))
def value_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month end, the last 13 closed or the whole history: month, asset."""
    s = visible.snapshots(filters, scope, "month", "value").c
    return (
        select(s.month, sum_cents(s.value).label("value"))
        .where(visible.between(s.month, _ends(filters)))
        .group_by(s.month)
        .order_by(s.month)
    )


# --- value and risk --------------------------------------------------------------------------


def _value_cuts() -> Subquery:
    """Return the cuts of the value as one row; all are blank where nobody has a value."""
    c = visible.cuts().c
    cuts = (func.max(when(c.item == "value", c[n], None)).label(n) for n in CUTS)
    return select(*cuts).subquery("value_cuts")


@dataclass(frozen=True)
class _Mapped:
    """Customers beside the cuts: their columns, band and tenth, and which of them the map holds."""

    rows: Any
    c: Any
    band: ColumnElement[int]
    tenth: ColumnElement[int]
    holds: tuple[Any, ...]


def _mapped(filters: Filters, scope: Scope, *names: str) -> _Mapped:
    customers = visible.customers(filters, scope, "value", "risk", "is_churned", *names)
    cuts, c = _value_cuts(), customers.c
    band = sum((when(cast(c.value, BigInteger) > cuts.c[n]) for n in CUTS), literal(0))
    tenth = func.least(func.floor(c.risk * float(TENTHS)), literal(TENTHS - 1))
    holds = (~c.is_churned, c.value.is_not(None), c.risk.is_not(None))
    rows = customers.join(cuts, true())
    return _Mapped(rows, c, cast(band, Integer), cast(tenth, Integer), holds)


def map_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer counted in `value_risk`: who, value, risk; of a cell or of all."""
    m = _mapped(filters, scope, *WHO)
    c, holds = m.c, list(m.holds)
    cell = filters.focus.get("band", "").split("-")
    if len(cell) == 2 and all(part.isdigit() and len(part) < 4 for part in cell):
        holds += [m.band == literal(int(cell[0])), m.tenth == literal(int(cell[1]))]
    columns = [*(c[n] for n in WHO), c.value.label("customer_asset"), c.risk]
    stmt = select(*columns).select_from(m.rows).where(*holds)
    return stmt.order_by(c.value.desc(), c.customer_id)


@asks(
    "Value and risk",
    members=map_members,
    metrics=("customer_asset", "asset_customers"),
    today_only="model",
)
def value_risk(filters: Filters, scope: Scope) -> Rows:
    """One row per band of value and tenth of risk: band, tenth, customers, value; no empty ones.

    Band 0 reaches up to the first of `value_cuts`, each next one lies above a cut.
    """
    m = _mapped(filters, scope)
    rows = select(m.band.label("band"), m.tenth.label("tenth"), m.c.value).select_from(m.rows)
    r = rows.where(*m.holds).subquery("mapped").c
    sums = (func.count().label("customers"), sum_cents(r.value).label("value"))
    stmt = select(r.band, r.tenth, *sums).group_by(r.band, r.tenth)
    return stmt.order_by(r.band, r.tenth)


@asks("Bands of value", members=map_members, metrics=("customer_asset",), today_only="model")
def value_cuts(filters: Filters, scope: Scope) -> Rows:  # noqa: ARG001 -- the same for every reader
    """One row: the largest value of each band of the map but the last, blank where fewer suffice.

    Of the company at the last refresh: 20, 50, 80 and 95 % of the valued customers lie below.
    """
    cuts = _value_cuts()
    stmt = select(*(type_coerce(cuts.c[n], Cents()).label(n) for n in CUTS))
    return stmt.order_by(cuts.c[CUTS[0]])

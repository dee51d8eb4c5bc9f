"""The customer asset month by month, and by value and risk."""

from datetime import date
from typing import Any

from sqlalchemy import Integer, cast, func, literal, select

from data.domain.filters import Filters
from data.domain.period import Period, add_months, month_start
from data.domain.scope import Scope
from data.warehouse.dialects import TEN_THOUSANDTHS, sum_cents
from queries import visible
from queries.bands import band_of
from queries.kpis import SPARK_MONTHS, spark_period
from queries.question import Rows, asks

WHO = ("customer_id", "name", "region", "team", "rep", "tier")
#: Value per customer at which a band of the map begins; the first ends below the first edge.
EDGES = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000)
BORDERS = tuple(edge * TEN_THOUSANDTHS for edge in EDGES)
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


@asks(
    "Customer asset by month end", members=month_members, metrics=("customer_asset",), as_known=True
)
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


def _mapped(filters: Filters, scope: Scope, *names: str) -> tuple[Any, Any, Any, list[Any]]:
    """Return the customers' columns, their band and tenth, and which of them the map holds."""
    c = visible.customers(filters, scope, "value", "risk", "is_churned", *names).c
    tenth = func.least(func.floor(c.risk * float(TENTHS)), literal(TENTHS - 1))
    holds = [~c.is_churned, c.value.is_not(None), c.risk.is_not(None)]
    return c, band_of(c.value, BORDERS), cast(tenth, Integer), holds


def map_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer counted in `value_risk`: who, value, risk; of a cell or of all."""
    c, band, tenth, holds = _mapped(filters, scope, *WHO)
    cell = filters.focus.get("band", "").split("-")
    if len(cell) == 2 and all(part.isdigit() and len(part) < 4 for part in cell):
        holds += [band == literal(int(cell[0])), tenth == literal(int(cell[1]))]
    columns = [*(c[n] for n in WHO), c.value.label("customer_asset"), c.risk]
    return select(*columns).where(*holds).order_by(c.value.desc(), c.customer_id)


@asks("Value and risk", members=map_members, metrics=("customer_asset", "asset_customers"))
def value_risk(filters: Filters, scope: Scope) -> Rows:
    """One row per band of value and tenth of risk: band, tenth, customers, value; no empty ones.

    Band 0 ends below the first of `EDGES`, each next one begins at an edge.
    """
    c, band, tenth, holds = _mapped(filters, scope)
    rows = select(band.label("band"), tenth.label("tenth"), c.value).where(*holds)
    r = rows.subquery("mapped").c
    sums = (func.count().label("customers"), sum_cents(r.value).label("value"))
    stmt = select(r.band, r.tenth, *sums).group_by(r.band, r.tenth)
    return stmt.order_by(r.band, r.tenth)

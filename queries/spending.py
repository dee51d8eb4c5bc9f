"""How often customers order, and how much at a time."""

from typing import Any

from sqlalchemy import Integer, Text, case, cast, func, literal, null, select, union_all

from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, month_of, sum_cents, sum_int
from data.warehouse.dialects import add_months as later
from queries import visible
from queries.growth import WHO
from queries.kpis import spark_period
from queries.members import members_of
from queries.metrics import money_ratio
from queries.question import Rows, asks

#: Orders ever: the smallest number of each band, and the band's name.
ORDER_BANDS = ((10, "10+"), (5, "5-9"), (3, "3-4"), (2, "2"), (1, "1"))


def _band(orders: Any) -> Any:
    return case(*((orders >= least, literal(name, Text())) for least, name in ORDER_BANDS))


def order_band_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer counted in `order_bands`: who, band and orders, most orders first."""
    c = visible.customers(filters, scope, *WHO, "orders", "first_on", "last_on").c
    band = _band(c.orders)
    known = {name for _, name in ORDER_BANDS}
    focus = filters.focus.get("band")
    wanted = [band == literal(focus, Text())] if focus in known else []
    return (
        select(*(c[n] for n in WHO), c.first_on, c.last_on, band.label("band"), c.orders)
        .where(c.orders > 0, *wanted)
        .order_by(c.orders.desc(), c.customer_id)
    )


@asks("How often customers order", members=order_band_members, metrics=("repeat_rate",))
def order_bands(filters: Filters, scope: Scope) -> Rows:
    """One row per band of orders ever: position, band, customers, orders."""
    c = visible.customers(filters, scope, "orders").c
    least = case(*((c.orders >= n, n) for n, _ in ORDER_BANDS)).label("position")
    rows = select(least, c.orders).where(c.orders > 0).subquery("banded").c
    names = {n: name for n, name in ORDER_BANDS}
    return (
        select(
            rows.position,
            case(*((rows.position == n, literal(v, Text())) for n, v in names.items())).label(
                "band"
            ),
            func.count().label("customers"),
            sum_int(rows.orders).label("orders"),
        )
        .group_by(rows.position)
        .order_by(rows.position)
    )


@asks("Average order value by month", members=members_of("aov"), metrics=("aov",))
def aov_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month of the last 13: month, value (gross revenue per order), a year before."""
    return _money_months(filters, scope, "gross", "orders")


@asks(
    "Revenue per active customer by month",
    members=members_of("arpu"),
    metrics=("arpu",),
)
def arpu_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month of the last 13: month, value (net revenue per active) and a year before."""
    return _money_months(filters, scope, "net", "is_active")


def _money_months(filters: Filters, scope: Scope, top: str, bottom: str) -> Rows:
    now = spark_period(filters)
    before = Period(add_months(now.since, -12), add_months(now.until, -12))
    p = (
        union_all(
            _monthly(filters, scope, now, (top, bottom)),
            _monthly(filters, scope, before, (top, bottom), is_before=True),
        )
        .subquery("parts")
        .c
    )
    sides = [
        money_ratio(sum_cents(p[f"{side}_top"]), sum_int(p[f"{side}_bottom"])).label(name)
        for side, name in (("now", "value"), ("before", "before"))
    ]
    return select(p.month, *sides).group_by(p.month).order_by(p.month)


def _monthly(
    filters: Filters,
    scope: Scope,
    period: Period,
    names: tuple[str, str],
    *,
    is_before: bool = False,
) -> Rows:
    m = visible.months(filters, scope, period, "month", *names).c
    money, count = cast(null(), Cents()), cast(null(), Integer)
    month = month_of(later(m.month, literal(12))) if is_before else month_of(m.month)
    values = (m[names[0]], m[names[1]])
    sides = (money, count, *values) if is_before else (*values, money, count)
    labels = ("now_top", "now_bottom", "before_top", "before_bottom")
    named = [value.label(name) for value, name in zip(sides, labels, strict=True)]
    return select(month.label("month"), *named)

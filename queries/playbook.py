"""The playbook: whom somebody followed up after the opening, and what came after that."""

from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, func, literal, select

from data.domain.dimension import TIERS
from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import sum_cents, sum_int, when
from queries import visible
from queries.migration import METRICS, WHO
from queries.question import Rows, asks

#: Months after the opening's whose orders and value say what followed, at most.
AFTER_MONTHS = 12


def _followed(filters: Filters, scope: Scope, *names: str) -> Any:
    """Return customers of the opening: treated in the month after it, and what came after that."""
    opening, closing = filters.ends
    treated = add_months(opening, 1)
    last = min(closing, add_months(treated, AFTER_MONTHS))
    contacts = _by_customer(filters, scope, Period(treated, add_months(treated, 1)), "follow_ups")
    after = Period(add_months(treated, 1), max(add_months(last, 1), add_months(treated, 2)))
    orders = _by_customer(filters, scope, after, "orders", "net")
    rows = visible.movements(filters, scope, filters.ends, *names)
    m = rows.c
    is_treated = func.coalesce(contacts.c.follow_ups, 0) > 0
    is_after = literal(closing > treated)
    stmt = (
        select(
            m.customer_no,
            *(m[n] for n in names),
            cast(m.opening_tier, Text).label("tier"),
            is_treated.label("is_treated"),
            case((is_after, func.coalesce(orders.c.orders, 0))).label("orders"),
            case((is_after, func.coalesce(orders.c.net, 0))).label("net"),
            m.opening,
            m.closing,
            m.moved,
        )
        .select_from(
            rows.outerjoin(contacts, contacts.c.customer_no == m.customer_no).outerjoin(
                orders, orders.c.customer_no == m.customer_no
            )
        )
        .where(m.opening_tier.is_not(None), *visible.unknown_ends(filters, filters.ends))
    )
    return stmt.subquery("followed").c


def _by_customer(filters: Filters, scope: Scope, period: Period, *names: str) -> Any:
    d = visible.month_customers(filters, scope, period, "customer_no", *names).c
    sums = [(sum_cents if n == "net" else sum_int)(d[n]).label(n) for n in names]
    return select(d.customer_no, *sums).group_by(d.customer_no).subquery(f"of_{names[0]}")


def playbook_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of the opening: who, tier then, treated, orders and revenue after.

    Of the tier in focus (`state`) and of those treated or not (`arm`).
    """
    f = _followed(filters, scope, *WHO)
    wanted: list[ColumnElement[bool]] = []
    if filters.focus.get("state") in TIERS:
        wanted.append(f.tier == literal(filters.focus["state"], Text()))
    if filters.focus.get("arm") in ("treated", "others"):
        is_treated = filters.focus["arm"] == "treated"
        wanted.append(f.is_treated if is_treated else ~f.is_treated)
    return (
        select(
            *(f[n] for n in WHO),
            f.tier.label("tier_before"),
            cast(case((f.is_treated, "treated"), else_="others"), Text).label("arm"),
            f.orders,
            f.net,
            f.opening.label("asset_opening"),
            f.closing.label("asset_at_close"),
        )
        .where(*wanted)
        .order_by(f.opening.desc().nulls_last(), f.customer_id)
    )


@asks(
    "What was done and what followed",
    members=playbook_members,
    metrics=METRICS,
    needs=("activity",),
)
def playbook(filters: Filters, scope: Scope) -> Rows:
    """One row per tier at the opening and by whether treated: tier, is_treated, customers, buyers.

    Treated: followed up in the month after the opening. Buyers, orders and net are of the months
    after that one, at most twelve; opening and moved are values.
    """
    f = _followed(filters, scope)
    return (
        select(
            f.tier,
            f.is_treated,
            func.count().label("customers"),
            sum_int(when(f.orders > 0)).label("buyers"),
            sum_int(f.orders).label("orders"),
            sum_cents(f.net).label("net"),
            sum_cents(f.opening).label("opening"),
            sum_cents(f.moved).label("moved"),
        )
        .group_by(f.tier, f.is_treated)
        .order_by(f.tier, f.is_treated)
    )

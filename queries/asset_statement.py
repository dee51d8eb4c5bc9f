"""The asset statement: how the customer asset came from one month end to another, line by line."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    select,
)

from data.domain.dimension import ASSET_LINES
from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import int_div, sum_cents, sum_int
from data.warehouse.rules import is_on_line, line_name
from queries import visible
from queries.metrics.statement import PARTS, of_silence
from queries.question import Rows, asks

WHO = ("customer_id", "name", "region", "team", "rep")
NEEDS = ("orders", "contract")
METRICS = ("asset_closing", *PARTS, "asset_silence")
#: Month ends that the chart by month shows.
MOST_MONTHS = 36
#: Months whose orders tell why a value moved, before each month end.
CAUSE_MONTHS = 12


# --- lines -----------------------------------------------------------------------------------


def _cut(filters: Filters) -> str:
    """Return the dimension that the statement is cut by, one that movements carry."""
    return filters.choices.by


def _group(rows: Any, by: str) -> ColumnElement[str]:
    """Return the group of a customer; a tier is that of the opening, of the closing for new ones.

    Somebody's tier moves, and who grew is asked by where they started.
    """
    return func.coalesce(rows.opening_tier, rows.closing_tier) if by == "tier" else rows[by]


def _moved(filters: Filters, scope: Scope, *names: str) -> Any:
    """Return the columns of the customers of either month end."""
    by = _cut(filters)
    extra = () if by == "tier" else (by,)
    return visible.movements(filters, scope, filters.ends, *names, *extra).c


def statement_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of either month end: who, line, cause, opening, closing, change.

    Of the line, the group and the month in focus; the largest change first.
    """
    month = filters.focus.get("month")
    if month:
        closing = date.fromisoformat(f"{month}-01")
        filters = filters.offering(ends=(add_months(closing, -1), closing))
    m = _moved(filters, scope, *WHO, "covered_until")
    wanted = visible.unknown_ends(filters, filters.ends)
    group = filters.focus.get("group")
    if group is not None:
        wanted.append(cast(_group(m, _cut(filters)), Text) == literal(group, Text()))
    for mark in ("line", "metric"):
        wanted += _on_line(m, filters.focus.get(mark, ""))
    bought = _bought(filters, scope)
    size = func.abs(cast(func.coalesce(m.moved, 0), BigInteger))
    return (
        select(
            *(m[n] for n in WHO),
            m.opening_tier.label("tier_before"),
            m.closing_tier.label("tier"),
            line_name(m.place).label("line"),
            _cause(m, bought.c).label("cause"),
            m.opening.label("asset_opening"),
            m.moved.label("asset_moved"),
            m.revaluation.label("asset_revaluation"),
            m.closing.label("asset_at_close"),
        )
        .select_from(_from(m).outerjoin(bought, bought.c.customer_no == m.customer_no))
        .where(*wanted)
        .order_by(size.desc(), m.opening.desc().nulls_last(), m.customer_id)
    )


def _from(columns: Any) -> Any:
    return columns.customer_no.table


def _on_line(m: Any, mark: str) -> Sequence[ColumnElement[bool]]:
    """Return which customers take part in a line or column, or in the metric named after it."""
    line = mark.removeprefix("asset_")
    found: dict[str, ColumnElement[bool]] = {
        "opening": m.opening.is_not(None),
        "closing": m.closing.is_not(None),
        "silence": of_silence(m).is_not(None),
        "revaluation": m.revaluation != 0,
    }
    found |= {name: is_on_line(m.place, name) for name in ASSET_LINES}
    return [found[line]] if line in found else []


@asks("Asset statement", members=statement_members, metrics=METRICS, needs=NEEDS)
def asset_statement(filters: Filters, scope: Scope) -> Rows:
    """One row per group of the chosen dimension and line of the statement: key, line, customers.

    Sums: opening, moved, silence (part of moved), revaluation, closing; blank where no value is
    known. Every customer stands in one line, and opening + moved + revaluation = closing.
    """
    m = _moved(filters, scope)
    key = _group(m, _cut(filters))
    sums = {
        "opening": m.opening,
        "moved": m.moved,
        "silence": of_silence(m),
        "revaluation": m.revaluation,
        "closing": m.closing,
    }
    rows = (
        select(key.label("key"), m.place, *(c.label(n) for n, c in sums.items()))
        .where(*visible.unknown_ends(filters, filters.ends))
        .subquery("lines")
    )
    r = rows.c
    return (
        select(
            cast(r.key, Text).label("key"),
            line_name(r.place).label("line"),
            func.count().label("customers"),
            *(sum_cents(r[n]).label(n) for n in sums),
        )
        .group_by(r.key, r.place)
        .order_by(cast(r.key, Text), r.place)
    )


# --- causes ----------------------------------------------------------------------------------


def _bought(filters: Filters, scope: Scope) -> Any:
    """Return orders and revenue of the twelve months before each month end, by customer."""
    spans = [Period(add_months(end, 1 - CAUSE_MONTHS), add_months(end, 1)) for end in filters.ends]
    whole = Period(min(s.since for s in spans), max(s.until for s in spans))
    between = Period(add_months(filters.ends[0], 1), add_months(filters.ends[1], 1))
    d = visible.order_days(filters, scope, whole, "customer_no", "day", "orders", "net").c
    columns = [
        total(case((visible.between(d.day, span), d[name]))).label(f"{name}_{side}")
        for side, span in zip(("before", "after"), spans, strict=True)
        for name, total in (("orders", sum_int), ("net", sum_cents))
    ]
    inside = sum_int(case((visible.between(d.day, between), d.orders))).label("inside")
    stmt = select(d.customer_no, *columns, inside)
    return stmt.group_by(d.customer_no).subquery("bought")


def _cause(m: Any, b: Any) -> ColumnElement[str]:
    """Return the first thing that tells why the value moved; blank where it did not."""
    is_bound = m.covered_until.is_not(None)
    has_ordered = func.coalesce(b.inside, 0) > 0
    before, after = func.coalesce(b.orders_before, 0), func.coalesce(b.orders_after, 0)
    was, now = _mean(b.net_before, before), _mean(b.net_after, after)
    up, down = is_on_line(m.place, "expansion"), is_on_line(m.place, "contraction")
    return case(
        (is_on_line(m.place, "unchanged"), None),
        (is_on_line(m.place, "restated"), "restated"),
        (and_(is_bound, is_on_line(m.place, "depreciation")), "contract_end"),
        (is_on_line(m.place, "depreciation"), "silence"),
        (and_(is_on_line(m.place, "acquired"), ~has_ordered), "contract"),
        (is_on_line(m.place, "acquired"), "first_order"),
        (is_on_line(m.place, "passed"), "once"),
        (is_on_line(m.place, "reactivated"), case((has_ordered, "order"), else_="contract")),
        (and_(is_bound, ~has_ordered), "contract"),
        (and_(down, ~has_ordered), "quiet"),
        (and_(up, after > before), "more_orders"),
        (and_(down, after < before), "fewer_orders"),
        (and_(up, now > was), "price"),
        (and_(down, now < was), "smaller_orders"),
        (up, "order"),
        else_="expectation",
    )


def _mean(net: Any, orders: Any) -> ColumnElement[int]:
    return int_div(cast(func.coalesce(net, 0), BigInteger), func.nullif(orders, 0))


# --- month by month --------------------------------------------------------------------------


@asks(
    "Asset statement by month",
    members=statement_members,
    metrics=METRICS,
    needs=NEEDS,
)
def statement_months(filters: Filters, scope: Scope) -> Rows:
    """One row per month end and line between the two, at most 36 months: month, line, customers.

    Sums: opening, moved, silence, revaluation, closing. The lines of months do not add up to those
    of the whole time: a customer may come, go and return. Opening and closing chain.
    """
    opening, closing = filters.ends
    first = max(add_months(opening, 1), add_months(closing, 1 - MOST_MONTHS))
    m = visible.movement_months(filters, scope, Period(first, add_months(closing, 1))).c
    sums = ("opening", "moved", "silence", "revaluation", "closing")
    return (
        select(
            m.month,
            m.line,
            sum_int(m.customers).label("customers"),
            *(sum_cents(m[n]).label(n) for n in sums),
        )
        .where(*visible.unknown_ends(filters, filters.ends))
        .group_by(m.month, m.line)
        .order_by(m.month, m.line)
    )


@asks(
    "Asset at both ends",
    members=statement_members,
    metrics=("customer_asset",),
    needs=NEEDS,
)
def asset_at_ends(filters: Filters, scope: Scope) -> Rows:
    """One row per month end of the two: month, value; the customer asset as every page knows it."""
    s = visible.snapshots(filters, scope, "month", "value").c
    return (
        select(s.month, sum_cents(s.value).label("value"))
        .where(s.month.in_([visible.day(month) for month in filters.ends]))
        .group_by(s.month)
        .order_by(s.month)
    )

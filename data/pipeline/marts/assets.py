"""What a customer is an asset for: information, relationship, value and strategy, 0-100 each.

An asset is the weighted mean of its items' percentile mid-ranks among all customers; items that
nothing is known of are left out and lower the coverage, the share of weight that was measured.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Date,
    Integer,
    SmallInteger,
    Table,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)

from data.domain.columns import ASSETS
from data.domain.period import add_months
from data.pipeline.marts.context import Context
from data.pipeline.marts.ends import LIVE
from data.pipeline.marts.filling import day_literal, fill, zero
from data.pipeline.marts.master_data import completeness
from data.pipeline.marts.referrals import w_referral
from data.pipeline.marts.scores import rank_table
from data.pipeline.marts.signals import satisfaction
from data.pipeline.marts.work import WORK, w_customer, w_state, w_touch
from data.warehouse import marts
from data.warehouse.dialects import TEN_THOUSANDTHS, Rows, days_between, int_div, sum_int, when
from data.warehouse.rules import FULL
from data.warehouse.schema import engagement, survey

#: Months over which answers, complaints, suggestions and engagements are counted.
MONTHS = 24

#: Asset -> item -> (weight, whether little is good). The weights of an asset add up to 100.
ITEMS: dict[str, dict[str, tuple[int, bool]]] = {
    "information": {
        # Share of the weight of the master data that is filled.
        "completeness": (60, False),
        # Days since the last order, engagement, ticket or answer.
        "idle_days": (40, True),
    },
    "relationship": {
        # Mean answers of the months above.
        "nps": (25, False),
        "csat": (25, False),
        # Of those who ever ordered.
        "orders_12m": (25, False),
        "complaints": (25, True),
    },
    "value": {
        "value": (50, False),
        "net_12m": (50, False),
    },
    "strategic": {
        # Customers brought, ever.
        "brought": (40, False),
        # Answers that hold a suggestion.
        "suggestions": (20, False),
        "co_creation": (20, False),
        "community": (20, False),
    },
}

_ITEMS = tuple(item for items in ITEMS.values() for item in items)
_FOUND = (
    *(f"{part}_{n}" for part in ("asset", "coverage") for n in ASSETS),
    *("completeness", "next_field"),
)
w_item = Table(
    "w_item",
    WORK,
    Column("month", Date),
    Column("customer_no", Integer),
    *(Column(n, BigInteger) for n in _ITEMS),
    Column("next_field", Text),
)
#: What customer_current says of the assets.
w_asset = Table(
    "w_asset",
    WORK,
    Column("customer_no", Integer),
    *(Column(n, marts.customer_current.c[n].type) for n in _FOUND),
)


def asset_columns() -> list[Any]:
    """Return the columns of the assets that customer_current takes from `w_asset`."""
    return [w_asset.c[n] for n in _FOUND]


# --- from items to assets --------------------------------------------------------------------


def fill_assets(context: Context) -> None:
    """Fill `w_asset` for the as-of day: one row per customer."""
    _fill_items(context)
    i = w_item.c
    joined: Any = w_item
    ranks: dict[str, ColumnElement[int]] = {}
    for name in _ITEMS:
        table = rank_table(w_item, name)
        joined = joined.outerjoin(table, and_(table.c.month == i.month, table.c.v == i[name]))
        ranks[name] = table.c.rank
    columns: list[Any] = []
    for asset, items in ITEMS.items():
        mean, covered = _asset(items, ranks)
        columns += [mean.label(f"asset_{asset}"), covered.label(f"coverage_{asset}")]
    stmt = select(
        i.customer_no,
        *columns,
        cast(i.completeness, SmallInteger).label("completeness"),
        i.next_field,
    ).select_from(joined)
    fill(context.connection, w_asset, stmt)


def _asset(
    items: dict[str, tuple[int, bool]], ranks: dict[str, ColumnElement[int]]
) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Return the weighted mean of the ranks known, blank without any, and the share of weight."""
    points: list[Any] = []
    known: list[Any] = []
    for name, (weight, is_little_good) in items.items():
        rank = literal(FULL) - ranks[name] if is_little_good else ranks[name]
        points.append(zero(rank * literal(weight)))
        known.append(when(ranks[name].is_not(None), weight))
    total = sum(weight for weight, _ in items.values())
    measured = _sum(known)
    return (
        int_div(_sum(points), func.nullif(measured, 0)),
        int_div(measured * literal(FULL), literal(total)),
    )


def _sum(parts: list[Any]) -> Any:
    return sum(parts[1:], parts[0])


# --- items -----------------------------------------------------------------------------------


def _fill_items(context: Context) -> None:
    s = w_state.c
    filled = completeness().subquery("filled")
    seen = _last_seen().subquery("seen")
    touched = _touched(context).subquery("touched")
    answered = _answered(context).subquery("answered")
    rated = _rated(context).subquery("rated")
    engaged = _engaged(context).subquery("engaged")
    joined: Any = w_state
    for part in (filled, seen, touched, answered, rated, engaged, w_referral):
        joined = joined.outerjoin(part, part.c.customer_no == s.customer_no)
    counts = {
        "complaints": touched.c.complaints,
        "suggestions": answered.c.suggestions,
        "co_creation": engaged.c.co_creation,
        "community": engaged.c.community,
    }
    known = _recorded(context)
    stmt = (
        select(
            s.month,
            s.customer_no,
            filled.c.completeness,
            filled.c.next_field,
            days_between(seen.c.day, day_literal(context.calendar.as_of)).label("idle_days"),
            answered.c.nps,
            rated.c.csat,
            when(s.last_on.is_not(None), s.orders_12m, None).label("orders_12m"),
            s.value,
            s.net_12m,
            w_referral.c.brought,
            *(_count(value, is_known=known[n]).label(n) for n, value in counts.items()),
        )
        .select_from(joined)
        .where(s.month == LIVE)
    )
    fill(context.connection, w_item, stmt)


def _count(value: Any, *, is_known: bool) -> ColumnElement[Any]:
    return zero(value) if is_known else cast(null(), Integer)


def _recorded(context: Context) -> dict[str, bool]:
    """Return which counts the company records at all: some customer has one."""
    kind = engagement.c.kind
    rows = {
        "complaints": select(literal(1)).where(w_touch.c.complaints > 0),
        "suggestions": select(literal(1)).where(survey.c.is_suggestion),
        "co_creation": select(literal(1)).where(kind == "co_creation"),
        "community": select(literal(1)).where(kind == "community"),
    }
    return {n: context.connection.execute(q.limit(1)).first() is not None for n, q in rows.items()}


def _since(context: Context) -> date:
    return add_months(context.calendar.until, -MONTHS)


def _last_seen() -> Rows:
    """One row per customer: the last day on which it did something."""
    t, s = w_touch.c, w_state.c
    by_customer = or_(t.tickets > 0, t.engagements > 0, t.nps_answers > 0, t.csat_answers > 0)
    touch = (
        select(t.customer_no, func.max(t.day).label("day"))
        .where(by_customer)
        .group_by(t.customer_no)
        .subquery("touch")
    )
    latest = case(
        (s.last_on.is_(None), touch.c.day),
        (touch.c.day > s.last_on, touch.c.day),
        else_=s.last_on,
    )
    return (
        select(s.customer_no, latest.label("day"))
        .select_from(w_state.outerjoin(touch, touch.c.customer_no == s.customer_no))
        .where(s.month == LIVE)
    )


def _touched(context: Context) -> Rows:
    t = w_touch.c
    return (
        select(t.customer_no, sum_int(t.complaints).label("complaints"))
        .where(t.day >= day_literal(_since(context)))
        .group_by(t.customer_no)
    )


def _answered(context: Context) -> Rows:
    """One row per customer who answered: mean NPS in ten-thousandths, and suggestions."""
    a = survey.c
    n = func.nullif(sum_int(when(a.nps.is_not(None), 1)), 0)
    return (
        select(
            w_customer.c.customer_no,
            int_div(sum_int(zero(a.nps)) * literal(TEN_THOUSANDTHS), n).label("nps"),
            sum_int(when(a.is_suggestion, 1)).label("suggestions"),
        )
        .select_from(survey.join(w_customer, w_customer.c.customer_id == a.customer_id))
        .where(
            a.answered_on >= day_literal(_since(context)),
            a.answered_on <= day_literal(context.calendar.as_of),
        )
        .group_by(w_customer.c.customer_no)
    )


def _rated(context: Context) -> Rows:
    r = satisfaction(context).subquery("rows").c
    mean = int_div(sum_int(r.points) * literal(TEN_THOUSANDTHS), sum_int(literal(1)))
    return (
        select(r.customer_no, mean.label("csat"))
        .where(r.day >= day_literal(_since(context)))
        .group_by(r.customer_no)
    )


def _engaged(context: Context) -> Rows:
    e = engagement.c
    return (
        select(
            w_customer.c.customer_no,
            *(
                sum_int(when(e.kind == k, e["count"])).label(k)
                for k in ("co_creation", "community")
            ),
        )
        .select_from(engagement.join(w_customer, w_customer.c.customer_id == e.customer_id))
        .where(
            e.happened_on >= day_literal(_since(context)),
            e.happened_on <= day_literal(context.calendar.as_of),
        )
        .group_by(w_customer.c.customer_no)
    )

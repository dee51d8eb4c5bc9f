"""Tier migration: who went from which tier to which between two month ends, with the money."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Subquery,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from data.domain.columns import SCORE_DIMENSIONS
from data.domain.dimension import TIERS
from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from data.warehouse.dialects import sum_cents, sum_int, when
from queries import visible
from queries.question import Rows, asks

WHO = ("customer_id", "name", "region", "team", "rep")
NEEDS = ("orders", "contract")
METRICS = ("customers", "customer_asset")
#: Where somebody was who was no customer yet.
ABSENT = "absent"
#: Movers named in each direction.
NAMED = 8
#: Months after the opening's whose orders and value say what followed, at most.
AFTER_MONTHS = 12
SCORES = ("score", *SCORE_DIMENSIONS)


def _moves(filters: Filters, scope: Scope, *names: str) -> Any:
    return visible.movements(filters, scope, filters.ends, *names, scores=SCORES).c


def _was(m: Any) -> ColumnElement[str]:
    return func.coalesce(cast(m.opening_tier, Text), literal(ABSENT, Text()))


def _delta(m: Any, name: str) -> ColumnElement[int]:
    """Return by how many hundredths of a point a score moved; blank for who was none before."""
    return cast(m[f"closing_{name}"], Integer) - cast(m[f"opening_{name}"], Integer)


def _weights() -> Subquery:
    """Return the weights of the model in force as one row; a dimension it does not know has 0."""
    f = visible.model_facts().c
    own = [
        func.max(case((f.name == literal(name, Text()), f.value), else_=0.0)).label(name)
        for name in SCORE_DIMENSIONS
    ]
    return select(*own).where(f.part == literal("weight", Text())).subquery("weights")


def _with_sizes(m: Any) -> Any:
    """Return the customers with how far each dimension of the score moved, times its weight."""
    w = _weights()
    sizes = [(func.abs(_delta(m, n)) * w.c[n]).label(f"size_{n}") for n in SCORE_DIMENSIONS]
    rows = m.customer_no.table
    return select(rows, *sizes).select_from(rows.join(w, true())).subquery("sized").c


def _largest(m: Any) -> ColumnElement[str]:
    """Return the dimension whose points times weight moved most; blank where none moved."""
    sizes = {name: m[f"size_{name}"] for name in SCORE_DIMENSIONS}
    most = func.greatest(*sizes.values())
    rules = [(and_(size == most, most > 0), name) for name, size in sizes.items()]
    return cast(case(*rules), Text)


# --- the matrix ------------------------------------------------------------------------------


def move_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer: who, tier and value at both month ends, score, what moved it most.

    Of the cell in focus (`move`, as `general-high`), `any` for every tier or every change.
    """
    m = _with_sizes(_moves(filters, scope, *WHO))
    wanted = visible.unknown_ends(filters, filters.ends)
    pair = filters.focus.get("move", "").split("-")
    for column, tier in zip((_was(m), cast(m.closing_tier, Text)), pair, strict=False):
        if tier in (*TIERS, ABSENT):
            wanted.append(column == literal(tier, Text()))
    if pair == ["changed"]:
        wanted.append(_was(m) != cast(m.closing_tier, Text))
    return _listed(m).where(*wanted)


def _listed(m: Any) -> Rows:
    name = _largest(m)
    moved = case(*((name == literal(each, Text()), _delta(m, each)) for each in SCORE_DIMENSIONS))
    return select(
        *(m[n] for n in WHO),
        _was(m).label("tier_before"),
        cast(m.closing_tier, Text).label("tier"),
        m.opening.label("asset_opening"),
        m.closing.label("asset_at_close"),
        m.moved.label("asset_moved"),
        _points(m.opening_score).label("score_before"),
        _points(m.closing_score).label("score"),
        name.label("mover"),
        _points(moved).label("mover_points"),
    ).order_by(func.coalesce(m.closing, m.opening).desc().nulls_last(), m.customer_id)


def _points(column: Any) -> ColumnElement[float]:
    return cast(column, Double) / literal(100.0, Double())


@asks("Moves between tiers", members=move_members, metrics=METRICS, needs=NEEDS, as_known=True)
def tier_moves(filters: Filters, scope: Scope) -> Rows:
    """One row per tier at the opening (`absent`: no customer yet) and at the closing: was, tier.

    Columns: customers, opening and closing value, moved, and the mean points by which each
    dimension of the score moved; blank for those who are new.
    """
    m = _moves(filters, scope)
    sums = {"opening": m.opening, "closing": m.closing, "moved": m.moved}
    rows = (
        select(
            m.opening_tier,
            m.closing_tier,
            *(column.label(name) for name, column in sums.items()),
            *(_delta(m, name).label(name) for name in SCORE_DIMENSIONS),
        )
        .where(*visible.unknown_ends(filters, filters.ends))
        .subquery("moves")
    )
    r = rows.c
    means = [
        (cast(sum_int(r[n]), Double) / func.nullif(func.count(r[n]), 0) / 100.0).label(n)
        for n in SCORE_DIMENSIONS
    ]
    was, tier = _was(r), cast(r.closing_tier, Text)
    return (
        select(
            was.label("was"),
            tier.label("tier"),
            func.count().label("customers"),
            *(sum_cents(r[n]).label(n) for n in sums),
            *means,
        )
        .group_by(r.opening_tier, r.closing_tier)
        .order_by(was, tier)
    )


# --- who -------------------------------------------------------------------------------------


def mover_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer who stands in another tier than at the opening: as `move_members`."""
    return move_members(filters.focused(move="changed"), scope)


@asks("Who moved", members=mover_members, metrics=METRICS, needs=NEEDS, as_known=True)
def movers(filters: Filters, scope: Scope) -> Rows:
    """One row per named mover, the eight of largest value up and the eight down: as the members.

    Also `is_up`. Who is new moves nowhere.
    """
    both = [_named(filters, scope, is_up=is_up).subquery() for is_up in (True, False)]
    named = union_all(*(select(part) for part in both)).subquery("named").c
    value = func.coalesce(named.asset_at_close, named.asset_opening)
    order = (named.is_up.desc(), value.desc().nulls_last(), named.customer_id)
    return select(*named).order_by(*order)


def _named(filters: Filters, scope: Scope, *, is_up: bool) -> Rows:
    m = _with_sizes(_moves(filters, scope, *WHO))
    then, was = _height(m.closing_tier), _height(m.opening_tier)
    return (
        _listed(m)
        .add_columns(literal(int(is_up), Integer()).label("is_up"))
        .where(*visible.unknown_ends(filters, filters.ends), then > was if is_up else then < was)
        .limit(NAMED)
    )


def _height(tier: Any) -> ColumnElement[int]:
    rules = ((cast(tier, Text) == name, len(TIERS) - i) for i, name in enumerate(TIERS))
    return case(*rules)


# --- flapping --------------------------------------------------------------------------------


def flapping_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer who left a tier and came back within the last three month ends."""
    p = visible.tier_paths(filters, scope, filters.ends[1], *WHO).c
    return (
        select(
            *(p[n] for n in WHO),
            cast(p.tier_1, Text).label("tier_before"),
            cast(p.tier_2, Text).label("tier_between"),
            cast(p.tier_3, Text).label("tier"),
        )
        .where(*visible.unknown_ends(filters, filters.ends), _returns(p, "tier"))
        .order_by(p.customer_id)
    )


def _returns(p: Any, name: str) -> ColumnElement[bool]:
    first, second, third = (p[f"{name}_{i}"] for i in (1, 2, 3))
    return and_(first == third, first != second)


@asks("Flapping", members=flapping_members, metrics=("customers",), needs=NEEDS)
def flapping(filters: Filters, scope: Scope) -> Rows:
    """One row: customers of all of the last three month ends, and how many changed and returned.

    Columns: customers, changed and returned by the held tier, raw_changed and raw_returned by the
    raw one, which nothing holds.
    """
    p = visible.tier_paths(filters, scope, filters.ends[1]).c
    changed = {
        prefix: or_(*(p[f"{name}_{i}"] != p[f"{name}_{i + 1}"] for i in (1, 2)))
        for prefix, name in (("", "tier"), ("raw_", "tier_raw"))
    }
    columns: list[Any] = [func.count().label("customers")]
    for prefix, name in (("", "tier"), ("raw_", "tier_raw")):
        columns.append(sum_int(when(changed[prefix])).label(f"{prefix}changed"))
        columns.append(sum_int(when(_returns(p, name))).label(f"{prefix}returned"))
    return (
        select(*columns).where(*visible.unknown_ends(filters, filters.ends)).order_by(func.count())
    )


# --- playbook --------------------------------------------------------------------------------


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

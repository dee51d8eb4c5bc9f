"""Books of representatives: what they held, and what the same mix became elsewhere.

The one relation beside the ranking that reads the whole company: what others' books became. What
leaves here of others is a rate over at least five customers of at least three representatives.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Double,
    FromClause,
    Integer,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
)

from data.domain.choices import Ends
from data.domain.filters import Filters
from data.domain.period import add_months
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import COMPANY, Cents, Rows, once, sum_cents, sum_int
from queries.visible.pinned import ends_of
from queries.visible.predicates import coded, day, of_reps_only, scoped, unknown_ends

#: A rate of others is told from so many customers of so many representatives on.
LEAST_CUSTOMERS, LEAST_REPS = 5, 3
#: Years since the first order at which a customer is of another age.
AGES = (1, 3)
CELL = ("tier", "age", "region")
SUMS = ("opening", "growth", "customers")


def books(filters: Filters, scope: Scope, ends: Ends) -> Subquery:
    """Return representative × cell (tier, age, region) rows of the reader's representatives.

    Columns: team, rep, tier, `opening` (value at the first month end), `customers`, and where
    enough like them are held by others, `compared` (their opening), `growth` (closing − opening
    less revaluation; 0 is what is left of who churned) and `expected` (the opening times what the
    others' became, of the cell, else of the tier).
    """
    is_revalued = any(ends[0] < month <= ends[1] for month in filters.calendar.revalued)
    c = _cells(ends, ends_of(filters.calendar), is_revalued=is_revalued).c
    t = _tiers(c).c
    told = [column for column in t if column.name.endswith("_tier")]
    own = select(*c, *_elsewhere(c, CELL, "cell"), *told)
    o = own.where(c.rep == t.rep, c.tier == t.tier).subquery("own").c
    rates = [
        (_is_enough(o, of), cast(o[f"growth_{of}"], Double) / cast(o[f"opening_{of}"], Double))
        for of in ("cell", "tier")
    ]
    rate = case(*rates, else_=None)
    expected = type_coerce(cast(func.round(cast(o.opening, Double) * rate), BigInteger), Cents())
    has_peers = rate.is_not(None)
    stmt = select(
        *(o[n] for n in ("team", "rep", "tier", "customers", "opening")),
        case((has_peers, o.opening)).label("compared"),
        case((has_peers, o.growth)).label("growth"),
        expected.label("expected"),
    ).where(o.rep.in_(_whose(filters, scope)), *unknown_ends(filters, ends))
    return stmt.subquery("books")


def _whose(filters: Filters, scope: Scope) -> Rows:
    """Return the representatives whose customers the reader sees and asked for."""
    c = marts.customer_current
    asked = [coded(c, n, v) for n in ("team", "rep") if (v := filters.values(n))]
    stmt = select(c.c.rep).where(*scoped(c, scope), *asked, *of_reps_only(filters))
    return stmt.distinct()


@lru_cache(maxsize=256)
def _cells(ends: Ends, month_ends: FromClause, *, is_revalued: bool) -> CTE:
    """Return every representative's book by cell: opening, growth and customers.

    The same month ends are the same relation wherever a statement reads it.
    """
    company, s = marts.customer_current.alias(COMPANY), month_ends
    before, after = s.alias("s"), s.alias("e")
    joined: Any = company.join(before, before.c.customer_no == company.c.customer_no)
    joined = joined.outerjoin(
        after,
        and_(after.c.customer_no == company.c.customer_no, after.c.month == day(ends[1])),
    )
    closing = case((after.c.is_churned.is_(False), func.coalesce(after.c.value, 0)), else_=0)
    growth: Any = cast(closing, BigInteger) - cast(before.c.value, BigInteger)
    if is_revalued:
        moved = _revalued(ends, s).subquery("r")
        joined = joined.outerjoin(moved, moved.c.customer_no == company.c.customer_no)
        alive = case((after.c.is_churned.is_(False), func.coalesce(moved.c.moved, 0)), else_=0)
        growth = growth - cast(alive, BigInteger)
    age = _age(company.c.first_on, ends)
    keys = (company.c.team, company.c.rep, before.c.tier, age.label("age"), company.c.region)
    rows = (
        select(*keys, before.c.value.label("opening"), type_coerce(growth, Cents()).label("growth"))
        .select_from(joined)
        .where(
            company.c.is_customer,
            before.c.month == day(ends[0]),
            before.c.is_churned.is_(False),
            before.c.value > 0,
        )
        .subquery("rows")
    )
    r = rows.c
    names = ("team", "rep", *CELL)
    stmt = select(
        *(r[n] for n in names),
        sum_cents(r.opening).label("opening"),
        sum_cents(r.growth).label("growth"),
        sum_int(literal(1)).label("customers"),
    ).group_by(*(r[n] for n in names))
    return once(stmt, f"cells_{ends[0]:%Y%m}_{ends[1]:%Y%m}")


def _revalued(ends: Ends, month_ends: FromClause) -> Rows:
    s = month_ends.c
    within = (s.month > day(ends[0]), s.month <= day(ends[1]), s.revaluation != 0)
    stmt = select(s.customer_no, sum_cents(s.revaluation).label("moved"))
    return stmt.where(*within).group_by(s.customer_no)


def _age(first_on: Any, ends: Ends) -> ColumnElement[int]:
    """Return the age in classes: under a year, up to three, older; contracts alone are oldest."""
    closed = add_months(ends[0], 1)
    bands = [(first_on >= day(add_months(closed, -12 * years)), i) for i, years in enumerate(AGES)]
    return case(*bands, else_=literal(len(AGES), Integer()))


def _tiers(c: Any) -> Subquery:
    """Return what the books of all other representatives hold, by representative and tier."""
    sums = [(sum_int if n == "customers" else sum_cents)(c[n]).label(n) for n in SUMS]
    r = select(c.rep, c.tier, *sums).group_by(c.rep, c.tier).subquery("of_tier").c
    return select(r.rep, r.tier, *_elsewhere(r, ("tier",), "tier")).subquery("tiers")


def _elsewhere(c: Any, keys: tuple[str, ...], of: str) -> list[ColumnElement[Any]]:
    """Return sums over the same keys in the books of all other representatives.

    A representative, who is of one team, has one row of the same keys.
    """
    same = [c[k] for k in keys]
    parts: list[ColumnElement[Any]] = []
    for name in SUMS:
        mine = cast(c[name], BigInteger)
        whole = func.sum(mine).over(partition_by=same)
        parts.append(cast(whole - mine, BigInteger).label(f"{name}_{of}"))
    others = func.count().over(partition_by=same) - literal(1)
    return [*parts, others.label(f"reps_{of}")]


def _is_enough(o: Any, of: str) -> ColumnElement[bool]:
    return and_(
        o[f"customers_{of}"] >= LEAST_CUSTOMERS,
        o[f"reps_{of}"] >= LEAST_REPS,
        o[f"opening_{of}"] > 0,
    )

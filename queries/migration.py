"""Tier migration: who went from which tier to which between two month ends, with the money."""

from typing import Any

from sqlalchemy import (
    CTE,
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
    select,
    true,
    union_all,
)

from data.domain.columns import SCORE_DIMENSIONS
from data.domain.dimension import ABSENT, TIERS
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import once, sum_cents, sum_int, when
from queries import visible
from queries.question import Rows, asks

WHO = ("customer_id", "name", "region", "team", "rep")
NEEDS = ("orders", "contract")
METRICS = ("customers", "customer_asset")
#: Movers named in each direction.
NAMED = 8
SCORES = ("score", *SCORE_DIMENSIONS)


def _moves(filters: Filters, scope: Scope, *names: str, among: CTE | None = None) -> Any:
    return visible.movements(filters, scope, filters.ends, *names, scores=SCORES, among=among).c


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
    ).order_by(*_largest_first(m))


def _points(column: Any) -> ColumnElement[float]:
    return cast(column, Double) / literal(100.0, Double())


@asks("Moves between tiers", members=move_members, metrics=METRICS, needs=NEEDS)
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


@asks("Who moved", members=mover_members, metrics=METRICS, needs=NEEDS)
def movers(filters: Filters, scope: Scope) -> Rows:
    """One row per named mover, the eight of largest value up and the eight down: as the members.

    Also `is_up`. Who is new moves nowhere.
    """
    named = visible.candidates(filters, scope, *WHO, only=_named(filters, scope))
    m = _with_sizes(_moves(filters, scope, *WHO, among=named))
    is_up = _is_up(m).label("is_up")
    return _listed(m).add_columns(is_up).order_by(None).order_by(is_up.desc(), *_largest_first(m))


def _named(filters: Filters, scope: Scope) -> Rows:
    """Return the numbers of the movers to be named, found from as few columns as tell them."""
    m = visible.movements(filters, scope, filters.ends, "customer_id").c
    told = (m.customer_no, m.customer_id, m.opening, m.closing)
    moved = select(*told, _is_up(m).label("is_up")).where(
        *visible.unknown_ends(filters, filters.ends),
        m.closing_tier != m.opening_tier,
    )
    c = once(moved, "moved").c
    parts = (
        select(c.customer_no).where(c.is_up == up).order_by(*_largest_first(c)).limit(NAMED)
        for up in (1, 0)
    )
    named = union_all(*(select(part.subquery()) for part in parts)).subquery("named")
    return select(named.c.customer_no)


def _is_up(m: Any) -> ColumnElement[int]:
    return when(_height(m.closing_tier) > _height(m.opening_tier))


def _largest_first(m: Any) -> tuple[ColumnElement[Any], ...]:
    return func.coalesce(m.closing, m.opening).desc().nulls_last(), m.customer_id


def _height(tier: Any) -> ColumnElement[int]:
    rules = ((cast(tier, Text) == name, len(TIERS) - i) for i, name in enumerate(TIERS))
    return case(*rules)

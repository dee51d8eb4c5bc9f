"""What if the tiers were cut by other weights: the new tiers, who moves, what really ranks."""

from sqlalchemy import (
    CTE,
    ColumnElement,
    Double,
    Integer,
    Subquery,
    Text,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from data.domain.dimension import TIERS
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.domain.what_if import WhatIf
from data.warehouse.dialects import once, sum_cents
from data.warehouse.rules import column_of
from queries import visible
from queries.metrics.asset import held
from queries.question import Rows, asks
from queries.rescored import rescored
from queries.tiers import WHO, points

#: Movers named in each direction.
NAMED = 8
#: Every dimension of both presets, for the reasons of a move.
DIMENSIONS = (
    *("amount", "loyalty", "referral", "service_cost", "growth"),
    *("potential", "interaction"),
)
_MONEY = ("value", "simple_value", "margin_12m")
NEEDS = ("orders", "contract")


def what_if_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer: who, tier by today's score and in the what-if, score, value, margin.

    A mark `state` of two tiers, `any` for all of them, or a `band` of the histogram narrows it.
    """
    r = rescored(filters, scope, *WHO, "score", "is_churned", *_MONEY).c
    wanted: list[ColumnElement[bool]] = []
    for column, tier in zip((r.today, r.then), _pair(filters), strict=False):
        if tier in TIERS:
            wanted.append(column == literal(tier, Text()))
    band = filters.focus.get("band", "")
    if band.isascii() and band.isdigit():
        wanted.append(r.band == literal(int(band[:3]), Integer()))
    asset = held(r, r.value).label("customer_asset")
    money = (asset, r.simple_value, r.margin_12m.label("historical_12m"))
    return (
        select(
            *(r[n] for n in WHO),
            r.today.label("tier_raw"),
            r.then.label("tier_then"),
            points(r.score),
            *money,
        )
        .where(*wanted)
        .order_by(asset.desc().nulls_last(), r.margin_12m.desc().nulls_last(), r.customer_id)
    )


def _pair(filters: Filters) -> tuple[str, ...]:
    return tuple(filters.focus.get("state", "").split("-"))


@asks(
    "What if",
    members=what_if_members,
    metrics=("customers", "customer_asset", "simple_clv", "historical_12m"),
    needs=NEEDS,
    today_only="parts",
)
def what_if_tiers(filters: Filters, scope: Scope) -> Rows:
    """One row per raw tier today, tier in the what-if and tenth of the score: `band` 0–9.

    Columns: today, then, band, customers, value (official, of those not churned; blank where the
    models cannot say), simple (simple CLV), margin (12 months).
    """
    r = rescored(filters, scope, "is_churned", *_MONEY).c
    return (
        select(
            r.today,
            r.then,
            r.band,
            func.count().label("customers"),
            sum_cents(held(r, r.value)).label("value"),
            sum_cents(r.simple_value).label("simple"),
            sum_cents(r.margin_12m).label("margin"),
        )
        .group_by(r.today, r.then, r.band)
        .order_by(r.today, r.then, r.band)
    )


def mover_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer who changes tier: who, both tiers, score, value, margin."""
    listed = what_if_members(filters, scope).order_by(None).subquery("listed").c
    return (
        select(*listed)
        .where(listed.tier_raw != listed.tier_then)
        .order_by(
            listed.customer_asset.desc().nulls_last(),
            listed.historical_12m.desc().nulls_last(),
            listed.customer_id,
        )
    )


@asks(
    "Who moves",
    members=mover_members,
    metrics=("customer_asset", "simple_clv", "historical_12m"),
    needs=NEEDS,
    today_only="parts",
)
def what_if_movers(filters: Filters, scope: Scope) -> Rows:
    """One row per named mover, the eight of largest value up and the eight down.

    Columns: customer_id, name, today, then, is_up, score and score_then (0–100), value, simple,
    margin, and the points of every dimension (0–100).
    """
    narrow = _movers(filters, scope)
    both = [_largest(narrow, is_up=is_up).subquery() for is_up in (True, False)]
    few = union_all(*(select(part) for part in both)).subquery("few").c
    dims = tuple(column_of(d) for d in DIMENSIONS)
    kept = ("customer_id", "name", "score", "simple_value", "margin_12m", *dims)
    c = visible.customers(filters, scope, "customer_no", *kept).c
    told = (few.today, few.then, few.is_up, few.value)
    named = select(*(c[n] for n in kept), *told).where(c.customer_no == few.customer_no)
    return _with_scores(filters.what_if, named.subquery("named"))


def _movers(filters: Filters, scope: Scope) -> CTE:
    """Return who changes tier, with no more of them than says who is named."""
    r = rescored(filters, scope, "customer_no", "is_churned", "value", "margin_12m").c
    then, today = _height(r.then), _height(r.today)
    is_up = cast(then > today, Integer).label("is_up")
    value = held(r, r.value).label("value")
    moved = select(r.customer_no, r.today, r.then, r.margin_12m, is_up, value)
    return once(moved.where(r.then != r.today), "movers")


def _largest(movers: CTE, *, is_up: bool) -> Rows:
    """Return those of the largest value who go one way: two short lists need no sorted company."""
    m = movers.c
    return (
        select(m.customer_no, m.today, m.then, m.is_up, m.value)
        .where(m.is_up == int(is_up))
        .order_by(m.value.desc().nulls_last(), m.margin_12m.desc().nulls_last(), m.customer_no)
        .limit(NAMED)
    )


def _height(tier: ColumnElement[str]) -> ColumnElement[int]:
    return case(*((tier == name, len(TIERS) - i) for i, name in enumerate(TIERS)), else_=0)


def _with_scores(what_if: WhatIf | None, named: Subquery) -> Rows:
    """Look the few named customers up in the ranking."""
    n = named.c
    source, score = named, n.score
    if what_if is not None:
        ranking = visible.ranking(what_if)
        source = named.join(ranking, ranking.c.weighted == visible.weighted_sum(n, what_if))
        score = ranking.c.score
    return (
        select(
            *(n[k] for k in ("customer_id", "name", "today", "then", "is_up")),
            points(n.score),
            points(score, "score_then"),
            n.value,
            n.simple_value.label("simple"),
            n.margin_12m.label("margin"),
            *(points(n[column_of(d)], d) for d in DIMENSIONS),
        )
        .select_from(source)
        .order_by(
            n.is_up.desc(),
            n.value.desc().nulls_last(),
            n.margin_12m.desc().nulls_last(),
            n.customer_id,
        )
    )


def dimension_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer behind `effective_weights`: who, score and points of every dimension."""
    names = {d: column_of(d) for d in DIMENSIONS}
    c = visible.customers(filters, scope, *WHO, "score", *names.values()).c
    parts = [points(c[column], f"score_{column}") for column in names.values()]
    return (
        select(*(c[n] for n in WHO), points(c.score), *parts)
        .where(c.score.is_not(None))
        .order_by(c.score.desc(), c.customer_id)
    )


@asks(
    "Effective weights",
    members=dimension_members,
    metrics=("score_mean", "coverage_mean"),
    needs=NEEDS,
    today_only="parts",
)
def effective_weights(filters: Filters, scope: Scope) -> Rows:  # noqa: ARG001 -- of the company
    """One row per dimension of the company's ranking: dimension, weight and share (0–1), neutral.

    `share` is how much of the variance of the weighted sum is the dimension's: weight × its
    covariance with the sum / the sum's variance; they add up to 1. `neutral` is the share of
    customers at exactly 50 points: measured so, or imputed because nothing is known.
    """
    what_if = filters.what_if or WhatIf()
    columns = {column_of(d): d for d in what_if.weights}
    m = visible.dimension_moments().c
    n = cast(m.customers, Double)
    covariance = cast(m.product, Double) / n - cast(m.points, Double) / n * m.other_points / n
    weight, other = (
        case({c: literal(float(what_if.weights[d])) for c, d in columns.items()}, value=name)
        for name in (m.dimension, m.other)
    )
    own = (
        select(
            m.dimension,
            func.sum(weight * other * covariance).label("part"),
            (func.max(m.neutral) / func.max(n)).label("neutral"),
        )
        .where(m.dimension.in_(columns), m.other.in_(columns))
        .group_by(m.dimension)
        .subquery("own")
    )
    variance = func.sum(own.c.part).over()
    place = case({c: i for i, c in enumerate(columns)}, value=own.c.dimension)
    return select(
        case(columns, value=own.c.dimension).label("dimension"),
        case(
            {c: literal(what_if.share(d)) for c, d in columns.items()}, value=own.c.dimension
        ).label("weight"),
        # Half a point squared is the noise of doubles over sums of up to 5,000,000.
        case((variance > 0.5, own.c.part / func.nullif(variance, 0.0)), else_=null()).label(
            "share"
        ),
        own.c.neutral,
    ).order_by(place)

"""What if the tiers were cut by other weights: the new tiers, who moves, what really ranks."""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
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
    null,
    or_,
    select,
    union_all,
)

from data.domain.dimension import TIERS
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.domain.what_if import WhatIf
from data.warehouse.dialects import int_div, sum_cents, when
from data.warehouse.rules import POINT, column_of, potential_of, raw_tier
from queries import visible
from queries.metrics.asset import held
from queries.question import Rows, asks
from queries.tiers import WHO, points

#: Hundredths of a point in one bar of the histogram.
BAND = 1_000
BANDS = 10
#: How long an engagement keeps a silent customer from being dormant, as at every refresh.
ENGAGED = timedelta(days=180)
#: Movers named in each direction.
NAMED = 8
#: Every dimension of both presets, for the reasons of a move.
DIMENSIONS = (
    *("amount", "loyalty", "referral", "service_cost", "growth"),
    *("potential", "interaction"),
)
#: What the tier is decided by, besides the score.
_RULES = ("silent_days", "engaged_on", "covered_until", "growth", "value_rank")
_MONEY = ("value", "simple_value", "margin_12m")
NEEDS = ("orders", "contract")


# --- the tiers of a what-if ------------------------------------------------------------------


def rescored(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return visible customers with `today` and `then`, the tiers, and `band`, the score's tenth.

    Both tiers are raw ones. The limits are turned into weighted sums first, so that no customer
    is looked up in the ranking: two scans and an aggregate between them.
    """
    wanted = tuple(dict.fromkeys((*names, "score", "tier_raw", "is_churned")))
    if filters.what_if is not None:
        return _retiered(filters, scope, filters.what_if, names=wanted)
    c = visible.customers(filters, scope, *wanted).c
    today = cast(c.tier_raw, Text)
    made = _made(today, today, int_div(c.score, BAND))
    return select(*(c[n] for n in wanted), *made).where(c.score.is_not(None)).subquery("rescored")


def _retiered(
    filters: Filters, scope: Scope, what_if: WhatIf, *, names: tuple[str, ...]
) -> Subquery:
    columns = (column_of(d) for d in what_if.weights)
    rows = visible.customers(filters, scope, *names, *_RULES, *columns)
    weighed = select(rows, visible.weighted_sum(rows.c, what_if).label("weighted"))
    people = weighed.where(rows.c.score.is_not(None)).subquery("people")
    c, cuts = people.c, _cuts(what_if)
    bands = [(c.weighted >= cuts.c[f"band_{i}"], i) for i in range(BANDS - 1, 0, -1)]
    is_high, is_some = c.weighted >= cuts.c.high, c.weighted >= cuts.c.score
    then = _tier(filters, c, what_if, is_high=is_high, is_some=is_some)
    made = _made(cast(c.tier_raw, Text), then, case(*bands, else_=0))
    joined = people.join(cuts, literal(value=True))
    return select(*(c[n] for n in names), *made).select_from(joined).subquery("rescored")


def _made(today: Any, then: Any, band: Any) -> tuple[Any, ...]:
    return today.label("today"), then.label("then"), cast(band, Integer).label("band")


def _cuts(what_if: WhatIf) -> Subquery:
    """Return one row: the smallest weighted sum that reaches each limit; blank where none does."""
    r = visible.ranking(what_if).c
    limits = {"high": what_if.high_score * POINT, "score": what_if.potential_score * POINT}
    limits |= {f"band_{i}": i * BAND for i in range(1, BANDS)}
    least = [func.min(when(r.score >= at, r.weighted, None)).label(n) for n, at in limits.items()]
    return select(*least).subquery("cuts")


def _tier(
    filters: Filters, c: Any, what_if: WhatIf, *, is_high: Any, is_some: Any
) -> ColumnElement[str]:
    """Return the raw tier by the rules of the refresh, from a customer's own row."""
    as_of = filters.calendar.as_of
    silent = or_(c.silent_days.is_(None), c.silent_days >= what_if.dormant_days)
    engaged = func.coalesce(c.engaged_on > visible.day(as_of - ENGAGED), False)
    bound = func.coalesce(c.covered_until > visible.day(as_of), False)
    return raw_tier(
        is_dormant=and_(silent, ~cast(engaged, Boolean), ~cast(bound, Boolean)),
        is_high=is_high,
        has_potential=potential_of(c) >= what_if.potential_growth * POINT,
        scores_enough=is_some,
    )


# --- questions -------------------------------------------------------------------------------


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
)
def what_if_movers(filters: Filters, scope: Scope) -> Rows:
    """One row per named mover, the eight of largest value up and the eight down.

    Columns: customer_id, name, today, then, is_up, score and score_then (0–100), value, simple,
    margin, and the points of every dimension (0–100).
    """
    both = [_largest(filters, scope, is_up=is_up).subquery() for is_up in (True, False)]
    named = union_all(*(select(part) for part in both)).subquery("named")
    return _with_scores(filters.what_if, named)


def _largest(filters: Filters, scope: Scope, *, is_up: bool) -> Rows:
    """Return those of the largest value who go one way: two short lists need no sorted company."""
    dims = tuple(column_of(d) for d in DIMENSIONS)
    r = rescored(filters, scope, "customer_id", "name", "score", "is_churned", *_MONEY, *dims).c
    then, today = _height(r.then), _height(r.today)
    value = held(r, r.value)
    kept = [r[n] for n in ("customer_id", "name", "today", "then", "score", *_MONEY[1:], *dims)]
    return (
        select(*kept, literal(int(is_up), Integer()).label("is_up"), value.label("value"))
        .where(then > today if is_up else then < today)
        .order_by(value.desc().nulls_last(), r.margin_12m.desc().nulls_last(), r.customer_id)
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

"""Percentile dimensions, value score, tiers with hysteresis and lifecycle, in the engine.

Definitions: metrics.md "Scores, tiers, lifecycle". Everything is integer arithmetic (hundredths of
a point), so that every engine gives the same score to the last digit.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Subquery,
    Table,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from data.domain.model import ScoringModel
from data.pipeline.marts.context import Context
from data.pipeline.marts.ends import LIVE
from data.pipeline.marts.filling import fill, zero
from data.pipeline.marts.silence import gaps, is_churned, silent_days
from data.pipeline.marts.work import KEPT, MEASURES, w_base, w_held, w_ranked, w_state, w_value
from data.warehouse.dialects import add_months, days_between, int_div, when
from data.warehouse.rules import (
    FULL,
    NEUTRAL,
    POINT,
    column_of,
    mid_rank,
    potential_of,
    raw_tier,
)
from data.warehouse.schema import customer

NEW_DAYS = 90


def rank_table(source: Table, item: str) -> Subquery:
    """One row per month end and value of an item: month, v and its percentile mid-rank, 0–10000.

    (customers below + half of those equal) / customers, so that equal values share a rank; blank
    values have none.
    """
    s = source.c
    counted = (
        select(s.month, s[item].label("v"), func.count().label("n"))
        .where(s[item].is_not(None))
        .group_by(s.month, s[item])
        .subquery()
    )
    c = counted.c
    up_to = cast(func.sum(c.n).over(partition_by=c.month, order_by=c.v), BigInteger)
    known = cast(func.sum(c.n).over(partition_by=c.month), BigInteger)
    running = select(c.month, c.v, c.n, up_to.label("up_to"), known.label("known")).subquery()
    r = running.c
    rank = mid_rank(r.up_to, r.n, r.known)
    return select(r.month, r.v, rank.label("rank")).subquery(f"rank_{item}")


#: Dimension -> its items, and whether little is good.
ITEMS: dict[str, dict[str, bool]] = {
    "amount": {"net_12m": False, "margin_12m": False},
    "loyalty": {"orders_12m": False, "complaints": True},
    "referral": {"brought": False, "shares": False},
    "service": {"service": True},
    "growth": {"growth": False},
    "potential": {"growth": False, "value": False},
    "interaction": {"engagements": False},
}
#: Items that are not known of every customer.
BLANK_ITEMS = frozenset({"growth", "value"})


def measured_items(context: Context) -> dict[str, list[str]]:
    """Return the items of each dimension that the company has data for."""
    costs = ("service_cost", "activity", "ticket")
    without = {
        "complaints": not context.has("ticket"),
        "brought": not has_referrers(context),
        "shares": not context.has("engagement"),
        "service": not any(context.has(name) for name in costs),
        "engagements": not context.has("engagement"),
    }
    return {d: [i for i in items if not without.get(i)] for d, items in ITEMS.items()}


def has_referrers(context: Context) -> bool:
    """Whether any customer names who brought it."""
    stmt = select(literal(1)).where(exists().where(customer.c.referrer_id.is_not(None)))
    return context.connection.execute(stmt).first() is not None


def _weight(model: ScoringModel, column: str) -> int:
    return sum(model.weight(d) for d in model.dimensions if column_of(d) == column)


def fill_ranked(context: Context) -> None:
    """Fill `w_ranked` from the month ends in `w_base` and `w_value`: dimensions, weighted sum."""
    items = measured_items(context)
    gap = gaps(context).subquery("gap")
    b, v = w_base.c, w_value.c
    joined: Any = w_base
    for part in (gap, w_value):
        same = and_(part.c.month == b.month, part.c.customer_no == b.customer_no)
        joined = joined.outerjoin(part, same)
    ranks: dict[str, ColumnElement[int]] = {}
    for name in dict.fromkeys(i for found in items.values() for i in found):
        source = w_value if name == "value" else w_base
        table = rank_table(source, name)
        same = and_(table.c.month == b.month, table.c.v == source.c[name])
        joined = joined.outerjoin(table, same)
        ranks[name] = table.c.rank
    dimensions = {d: _dimension(d, found, ranks) for d, found in items.items()}
    weighted = _sum(value * _weight(context.model, d) for d, value in dimensions.items())
    stmt = select(
        *(b[n] for n in KEPT),
        *(b[n] for n in MEASURES),
        gap.c.median_gap,
        is_churned(context, b).label("is_churned"),
        *(value.label(d) for d, value in dimensions.items()),
        ranks["value"].label("value_rank"),
        _coverage(context.model, items).label("coverage"),
        weighted.label("weighted"),
        v.value,
        v.risk,
    ).select_from(joined)
    fill(context.connection, w_ranked, stmt)


def fill_state(context: Context) -> None:
    """Fill `w_state` from `w_ranked`: score, raw tier and lifecycle.

    The weighted sum is ranked again: a mean of ranks crowds around 50, and 80 would be reached by
    almost nobody. So a score of 80 says: better than 80 % of the customers.
    """
    s = w_ranked.c
    table = rank_table(w_ranked, "weighted")
    joined = w_ranked.join(table, and_(table.c.month == s.month, table.c.v == s.weighted))
    stmt = select(
        *(s[n] for n in ("month", "until", "customer_no")),
        _raw_tier(context.model, s, table.c.rank).label("tier_raw"),
        _lifecycle(context, s).label("lifecycle"),
        table.c.rank.label("score"),
        *(s[n] for n in (*ITEMS, "coverage", "value_rank", "is_churned", "value")),
        *(s[n] for n in ("first_on", "last_on", "previous_on", "covered_until")),
        *(s[n] for n in (*MEASURES, "orders_12m", "orders_24m", "median_gap")),
    ).select_from(joined)
    fill(context.connection, w_state, stmt)


def _sum(parts: Any) -> ColumnElement[Any]:
    first, *rest = list(parts)
    for part in rest:
        first = first + part
    return first


def _dimension(
    name: str, items: list[str], ranks: dict[str, ColumnElement[int]]
) -> ColumnElement[int]:
    """Return the mean of the items' ranks, or the neutral value where nothing was measured."""
    if not items:
        return literal(NEUTRAL)
    parts = [literal(FULL) - ranks[i] if ITEMS[name][i] else ranks[i] for i in items]
    if len(items) > 1 and BLANK_ITEMS & set(items):
        known = _sum(when(part.is_not(None), 1) for part in parts)
        mean = int_div(_sum(zero(part) for part in parts), func.nullif(known, 0))
    else:
        mean = int_div(_sum(parts), literal(len(parts)))
    return func.coalesce(mean, literal(NEUTRAL))


def _coverage(model: ScoringModel, items: dict[str, list[str]]) -> Any:
    """Return the share of weight that was measured, 0–10000."""
    known = {"growth": w_base.c.growth.is_not(None), "value": w_value.c.value.is_not(None)}
    always, sometimes = 0, []
    for dimension, found in items.items():
        share = _weight(model, dimension) * POINT // len(ITEMS[dimension])
        always += share * len([i for i in found if i not in BLANK_ITEMS])
        sometimes += [when(known[i], share) for i in found if i in BLANK_ITEMS and share]
    return _sum([literal(always), *sometimes])


def _raw_tier(model: ScoringModel, s: Any, score: Any) -> ColumnElement[str]:
    dormant_days = literal(model.dormant_days)
    is_silent = or_(s.last_on.is_(None), silent_days(s) >= dormant_days)
    is_bound = and_(s.covered_until.is_not(None), s.covered_until >= s.until)
    return raw_tier(
        is_dormant=and_(is_silent, ~cast(s.is_engaged, Boolean), ~func.coalesce(is_bound, False)),
        is_high=score >= model.high_score * POINT,
        has_potential=potential_of(s) >= model.potential_growth * POINT,
        scores_enough=score >= model.potential_score * POINT,
    )


def _lifecycle(context: Context, s: Any) -> ColumnElement[str]:
    silent = silent_days(s)
    last_gap = days_between(s.previous_on, s.last_on)
    since_return = days_between(s.returned_on, s.until) - literal(1)
    since_first = days_between(s.first_on, s.until) - literal(1)
    half = literal(context.model.threshold_days // 2)
    by_orders = s.covered_until.is_(None)
    return case(
        (s.is_churned, "churned"),
        (since_return <= NEW_DAYS, "reactivated"),
        (since_first <= NEW_DAYS, "new"),
        (and_(by_orders, silent > half), "slipping"),
        (and_(by_orders, last_gap > literal_column("1.5") * s.median_gap), "at_risk"),
        (s.risk >= literal_column("0.5"), "at_risk"),
        (s.m180 > s.p180, "growing"),
        else_="mature",
    )


def fill_held(context: Context) -> None:
    """Fill `w_held` month end by month end: the tier after hysteresis."""
    months = select(w_state.c.month).distinct().order_by(w_state.c.month)
    for month in list(context.connection.execute(months).scalars()):
        before = w_held.alias("before")
        previous_month = (
            select(func.max(w_held.c.month)).scalar_subquery()
            if month == LIVE
            else add_months(literal(month, w_state.c.month.type), literal(-1))
        )
        joined = w_state.outerjoin(
            before,
            and_(before.c.customer_no == w_state.c.customer_no, before.c.month == previous_month),
        )
        held = _held(context.model, w_state.c, before.c, is_live=month == LIVE)
        stmt = (
            select(w_state.c.month, w_state.c.customer_no, held.label("tier"), w_state.c.tier_raw)
            .select_from(joined)
            .where(w_state.c.month == literal(month, w_state.c.month.type))
        )
        fill(context.connection, w_held, stmt)


def _held(model: ScoringModel, s: Any, before: Any, *, is_live: bool) -> ColumnElement[str]:
    """Return the held tier: between month ends it is that of the last one."""
    first = before.tier.is_(None)
    if is_live:
        return when(first, s.tier_raw, before.tier)
    is_dormant = or_(s.tier_raw == "dormant", before.tier == "dormant")
    twice = before.tier_raw != before.tier
    clear = _passes_borders(model, s, before.tier)
    changes = or_(first, is_dormant, s.tier_raw == before.tier, twice, clear)
    return when(changes, s.tier_raw, before.tier)


def _passes_borders(model: ScoringModel, s: Any, held: Any) -> ColumnElement[bool]:
    """Whether every border between the held and the raw tier is passed by the hysteresis."""
    by = model.hysteresis
    high = model.high_score
    growth, score = model.potential_growth, model.potential_score
    promises = potential_of(s)
    below_potential = or_(promises <= (growth - by) * POINT, s.score <= (score - by) * POINT)
    above_potential = and_(promises >= (growth + by) * POINT, s.score >= (score + by) * POINT)
    return or_(
        and_(s.tier_raw == "high", s.score >= (high + by) * POINT),
        and_(s.tier_raw == "potential", held == "general", above_potential),
        and_(s.tier_raw == "potential", held == "high", s.score <= (high - by) * POINT),
        and_(s.tier_raw == "general", held == "potential", below_potential),
        and_(
            s.tier_raw == "general", held == "high", s.score <= (high - by) * POINT, below_potential
        ),
    )

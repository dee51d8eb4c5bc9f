"""Percentile dimensions, value score, tiers with hysteresis and lifecycle, in the engine.

Definitions: metrics.md "Scores, tiers, lifecycle". Everything is integer arithmetic (hundredths of
a point), so that every engine gives the same score to the last digit.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)

from data.domain.model import ScoringModel
from data.pipeline.marts.states import LIVE, gaps, is_churned, silent_days
from data.pipeline.marts.work import (
    MEASURES,
    Context,
    fill,
    w_base,
    w_held,
    w_state,
    when,
)
from data.warehouse.dialects import add_months, days_between, int_div
from data.warehouse.schema import customer

#: Points in hundredths: the full scale and the neutral value of a dimension without data.
FULL = 10_000
NEUTRAL = FULL // 2
POINT = 100
NEW_DAYS = 90


def mid_rank(item: Any, base: Any) -> ColumnElement[int]:
    """Percentile mid-rank of an item among the customers of a month end, 0–10000; null stays null.

    (customers below + half of those equal) / customers, so that equal values share a rank.
    """
    below = func.rank().over(partition_by=base.month, order_by=item) - literal(1)
    equal = func.count().over(partition_by=(base.month, item))
    known = func.count(item).over(partition_by=base.month)
    rank = int_div((below * 2 + equal) * literal(FULL), known * 2)
    return when(item.is_not(None), rank, None)


def _items(context: Context, base: Any) -> dict[str, list[ColumnElement[int]]]:
    """Return the measured items of each dimension; an empty list where the company has no data."""
    rank = {n: mid_rank(base[n], base) for n in ("net_12m", "margin_12m", "orders_12m")}
    growth = when(base.p180 > 0, int_div(base.m180 * literal(FULL), base.p180), None)
    items: dict[str, list[ColumnElement[int]]] = {
        "amount": [rank["net_12m"], rank["margin_12m"]],
        "loyalty": [rank["orders_12m"]],
        "referral": [],
        "service": [],
        "growth": [mid_rank(growth, base)],
    }
    if context.has("ticket"):
        items["loyalty"].append(literal(FULL) - mid_rank(base.complaints, base))
    if _has_referrers(context):
        items["referral"].append(mid_rank(base.brought, base))
    if context.has("engagement"):
        items["referral"].append(mid_rank(base.shares, base))
    if context.has("service_cost") or context.has("activity") or context.has("ticket"):
        items["service"].append(literal(FULL) - mid_rank(base.service, base))
    return items


def _has_referrers(context: Context) -> bool:
    stmt = select(literal(1)).where(exists().where(customer.c.referrer_id.is_not(None)))
    return context.connection.execute(stmt).first() is not None


#: How many items each dimension has when everything is measured (for the coverage).
ITEMS = {"amount": 2, "loyalty": 2, "referral": 2, "service": 1, "growth": 1}
_WEIGHT = {"service": "service_cost"}


def _weight(model: ScoringModel, dimension: str) -> int:
    return model.weights[_WEIGHT.get(dimension, dimension)]


def fill_state(context: Context) -> None:
    """Fill `w_state` from the month ends now in `w_base`."""
    ranked = _ranked(context).subquery("ranked")
    r = ranked.c
    weighted = _sum(r[f"d_{d}"] * _weight(context.model, d) for d in ITEMS).label("weighted")
    summed = select(*r, weighted).select_from(ranked).subquery("summed")
    # The weighted sum is ranked again: a mean of ranks crowds around 50, and 80 would be reached
    # by almost nobody. So a score of 80 says: better than 80 % of the customers.
    score = mid_rank(summed.c.weighted, summed.c).label("score")
    scored = select(*summed.c, score).select_from(summed).subquery("scored")
    s = scored.c
    stmt = select(
        *(s[n] for n in ("month", "until", "customer_no")),
        _raw_tier(context.model, s).label("tier_raw"),
        _lifecycle(context, s).label("lifecycle"),
        s.score,
        *(s[f"d_{d}"].label(d) for d in ITEMS),
        s.coverage,
        s.is_churned,
        *(s[n] for n in ("first_on", "last_on", "previous_on", "covered_until")),
        *(s[n] for n in MEASURES),
        *(s[n] for n in ("orders_12m", "orders_24m", "median_gap")),
    )
    fill(context.connection, w_state, stmt)


def _sum(parts: Any) -> ColumnElement[Any]:
    first, *rest = list(parts)
    for part in rest:
        first = first + part
    return first


def _ranked(context: Context) -> Any:
    gap = gaps(context).subquery("gap")
    joined = w_base.outerjoin(
        gap, and_(gap.c.month == w_base.c.month, gap.c.customer_no == w_base.c.customer_no)
    )
    items = _items(context, w_base.c)
    columns = [w_base.c[c.name] for c in w_base.columns if c.name != "median_gap"]
    return select(
        *columns,
        gap.c.median_gap,
        is_churned(context, w_base.c).label("is_churned"),
        *(_dimension(parts).label(f"d_{name}") for name, parts in items.items()),
        _coverage(context.model, items).label("coverage"),
    ).select_from(joined)


def _dimension(parts: list[ColumnElement[int]]) -> ColumnElement[int]:
    """Return the mean of the items, or the neutral value where nothing was measured."""
    if not parts:
        return literal(NEUTRAL)
    mean = int_div(_sum(parts), literal(len(parts)))
    return func.coalesce(mean, literal(NEUTRAL))


def _coverage(model: ScoringModel, items: dict[str, list[ColumnElement[int]]]) -> Any:
    """Return the share of weight that was measured, 0–10000."""
    always = sum(
        _weight(model, d) * POINT * len(parts) // ITEMS[d]
        for d, parts in items.items()
        if d != "growth"
    )
    growth = items["growth"][0]
    return literal(always) + when(growth.is_not(None), _weight(model, "growth") * POINT)


def _raw_tier(model: ScoringModel, s: Any) -> ColumnElement[str]:
    dormant_days = literal(model.dormant_days)
    is_silent = or_(s.last_on.is_(None), silent_days(s) >= dormant_days)
    is_bound = and_(s.covered_until.is_not(None), s.covered_until >= s.until)
    is_potential = and_(
        s.d_growth >= model.potential_growth * POINT, s.score >= model.potential_score * POINT
    )
    return case(
        (and_(is_silent, ~cast(s.is_engaged, Boolean), ~func.coalesce(is_bound, False)), "dormant"),  # noqa: FBT003 -- SQL false
        (s.score >= model.high_score * POINT, "high"),
        (is_potential, "potential"),
        else_="general",
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
            and_(
                before.c.customer_no == w_state.c.customer_no, before.c.month == previous_month
            ),
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
    below_potential = or_(
        s.growth <= (growth - by) * POINT, s.score <= (score - by) * POINT
    )
    above_potential = and_(s.growth >= (growth + by) * POINT, s.score >= (score + by) * POINT)
    return or_(
        and_(s.tier_raw == "high", s.score >= (high + by) * POINT),
        and_(s.tier_raw == "potential", held == "general", above_potential),
        and_(s.tier_raw == "potential", held == "high", s.score <= (high - by) * POINT),
        and_(s.tier_raw == "general", held == "potential", below_potential),
        and_(
            s.tier_raw == "general", held == "high", s.score <= (high - by) * POINT, below_potential
        ),
    )


def no_value() -> ColumnElement[Any]:
    """Value, revaluation and risk stay blank until a scoring model is approved."""
    return cast(null(), Integer)

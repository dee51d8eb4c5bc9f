"""Customers with two tiers: by today's score, and by the weights of a what-if."""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
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
)

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.domain.what_if import WhatIf
from data.warehouse.dialects import int_div, when
from data.warehouse.rules import POINT, column_of, potential_of, raw_tier
from queries import visible

#: Hundredths of a point in one bar of the histogram.
BAND = 1_000
BANDS = 10
#: How long an engagement keeps a silent customer from being dormant, as at every refresh.
ENGAGED = timedelta(days=180)
#: What the tier is decided by, besides the score.
_RULES = ("silent_days", "engaged_on", "covered_until", "growth", "value_rank")


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

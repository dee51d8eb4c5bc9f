"""Conditions on past days: the spans of days on which a customer met them."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Date,
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

from data.domain.filters import Filters
from data.domain.period import DAY, add_months, month_start
from data.domain.rule import Condition
from data.domain.scope import Scope
from data.warehouse.dialects import Rows, add_days, following
from queries import visible
from queries.rule_predicates import compared, returns

#: A relation of customer_no, from_on and to_on (blank: to this day).
Span: TypeAlias = Subquery
#: The first and the last day that is asked about.
Days: TypeAlias = tuple[date, date]
#: A tier with those above it.
ABOVE = (
    ("potential", ("high",)),
    ("general", ("high", "potential")),
    ("dormant", ("high", "potential", "general")),
)


def is_left_over(condition: Condition) -> bool:
    """Whether the spans tell when a condition did not hold, so that it holds on what is left."""
    return condition.operator == "never" or (
        condition.field == "is_customer" and condition.operator == "no"
    )


def _number(condition: Condition) -> int:
    return condition.value if isinstance(condition.value, int) else 0


def _since_each(condition: Condition, days: Any, span: Days) -> Rows:
    """Return spans for days since the last of several days: until the next of them."""
    first_days = select(days.c.customer_no, days.c.day).distinct().subquery("each_day").c
    after = following(first_days.day, first_days.customer_no, first_days.day).label("next_on")
    d = select(first_days.customer_no, first_days.day, after).subquery("each_next").c
    if condition.operator == "never":
        return _within(d.customer_no, d.day, cast(null(), Date), span)
    until = add_days(d.next_on, literal(-1))
    n = literal(_number(condition))
    if condition.operator == "at_least":
        return _within(d.customer_no, add_days(d.day, n), until, span)
    end = add_days(d.day, n)
    shorter = case((and_(until.is_not(None), until < end), until), else_=end)
    return _within(d.customer_no, d.day, shorter, span)


def _within(customer_no: Any, since: Any, until: Any, span: Days) -> Rows:
    """Return the spans that touch the days asked about."""
    first, last = (visible.day(day) for day in span)
    named = select(customer_no, since.label("from_on"), until.label("to_on"))
    touches = [since <= last, or_(until.is_(None), and_(until >= first, until >= since))]
    return named.where(*touches)


def _since_contact(condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    days = visible.contact_days(filters, scope)
    known = select(days).where(days.c.day <= visible.day(filters.calendar.as_of))
    return _since_each(condition, known.subquery("days"), span).subquery("spans")


def _since_order(condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    d = visible.order_days(filters, scope, filters.calendar.preset("all"), *_ORDER_DAY).c
    bought = select(d.customer_no, d.day).where(d.orders > 0).subquery("days")
    return _since_each(condition, bought, span).subquery("spans")


_ORDER_DAY = ("customer_no", "day", "orders")


def _since_joined(condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    c = visible.everyone(filters, scope, "customer_no", "joined_on").c
    joined = select(c.customer_no, c.joined_on.label("day")).where(c.joined_on.is_not(None))
    return _since_each(condition, joined.subquery("days"), span).subquery("spans")


def _is_customer(_condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    names = ("customer_no", "is_customer", "first_on", "contract_on")
    c = visible.everyone(filters, scope, *names).c
    starts = (
        select(c.customer_no, day.label("since")).where(c.is_customer, day.is_not(None))
        for day in (c.first_on, c.contract_on)
    )
    s = union_all(*starts).subquery("starts").c
    return _within(s.customer_no, s.since, cast(null(), Date), span).subquery("spans")


def _birthday(condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    c = visible.everyone(filters, scope, "customer_no", "birthday").c
    ahead = literal(-_number(condition))
    parts = [
        _within(c.customer_no, add_days(on, ahead), on, span).where(c.birthday.is_not(None))
        for on in returns(c.birthday, *span)
    ]
    return union_all(*parts).subquery("spans")


def _contract_end(condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    names = ("customer_no", "starts_on", "ends_on", "next_starts_on")
    c = visible.contract_terms(filters, scope, *names).c
    before = add_days(c.ends_on, literal(-_number(condition)))
    since = case((before < c.starts_on, c.starts_on), else_=before)
    next_on = add_days(c.next_starts_on, literal(-1))
    until = case((and_(next_on.is_not(None), next_on < c.ends_on), next_on), else_=c.ends_on)
    return _within(c.customer_no, since, until, span).subquery("spans")


def _complaint(condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    k = visible.complaints(filters, scope).c
    return _waiting(condition, k, ("opened_on", "answered_on"), span)


def _quote(condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    k = visible.quote_days(filters, scope).c
    ended = case(
        (and_(k.decided_on.is_not(None), k.closed_on.is_not(None), k.closed_on < k.decided_on),
         k.closed_on),
        else_=func.coalesce(k.decided_on, k.closed_on),
    )  # fmt: skip
    named = select(k.customer_no, k.submitted_on, ended.label("ended_on")).subquery("handed_in").c
    return _waiting(condition, named, ("submitted_on", "ended_on"), span)


def _waiting(condition: Condition, k: Any, names: tuple[str, str], span: Days) -> Span:
    """Return spans of what began on a day and waits: it does on the day before it ends."""
    began, ended = (k[n] for n in names)
    since = add_days(began, literal(_number(condition)))
    return _within(k.customer_no, since, add_days(ended, literal(-1)), span).subquery("spans")


# --- month ends ------------------------------------------------------------------------------


def _months(filters: Filters, span: Days, *, more: int = 0) -> list[date]:
    """Return the months whose ends were the last ones on the days of a span, and `more` before."""
    oldest, newest = (add_months(month_start(day + DAY), -1) for day in span)
    newest = min(newest, add_months(filters.calendar.last_closed, -1))
    count = (newest.year - oldest.year) * 12 + newest.month - oldest.month + 1
    return [add_months(oldest, i) for i in range(-more, count)]


def _at_ends(relation: Any, wanted: ColumnElement[bool], months: list[date], span: Days) -> Span:
    """Return the spans from a month's last day to the day before the next one's."""
    parts = [
        select(
            relation.c.customer_no,
            visible.day(add_months(m, 1) - DAY).label("from_on"),
            visible.day(add_months(m, 2) - DAY - DAY).label("to_on"),
        ).where(relation.c.month == visible.day(m), wanted)
        for m in months
    ]
    s = union_all(*parts).subquery("at_ends").c
    return _within(s.customer_no, s.from_on, s.to_on, span).subquery("spans")


def _tier_end(condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    months = _months(filters, span)
    ends = visible.month_ends(filters, scope, months)
    values = condition.value if isinstance(condition.value, tuple) else ()
    found = cast(ends.c.tier, Text).in_([literal(v, Text()) for v in values])
    return _at_ends(ends, found if condition.operator == "in" else ~found, months, span)


def _score_end(condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    months = _months(filters, span)
    ends = visible.month_ends(filters, scope, months)
    return _at_ends(ends, compared(ends.c.score, condition), months, span)


def _two_ends(filters: Filters, scope: Scope, span: Days) -> tuple[Any, list[date]]:
    """Return the month ends with tier and score of the ones before."""
    months = _months(filters, span, more=1)
    parts: list[Rows] = []
    for before, month in pairwise(months):
        names = ("customer_no", "tier", "score")
        b = visible.month_ends(filters, scope, [before], *names).alias("before").c
        e = visible.month_ends(filters, scope, [month], *names).alias("after").c
        columns = (e.customer_no, visible.day(month).label("month"), e.score)
        tiers = (cast(e.tier, Text).label("tier"), cast(b.tier, Text).label("tier_before"))
        both = select(*columns, *tiers, b.score.label("score_before"))
        parts.append(both.where(e.customer_no == b.customer_no))
    return union_all(*parts).subquery("two_ends"), months[1:]


def _tier_dropped(condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    ends, months = _two_ends(filters, scope, span)
    e = ends.c
    fell = or_(
        *(
            and_(e.tier == literal(tier, Text()),
                 e.tier_before.in_([literal(v, Text()) for v in above]))
            for tier, above in ABOVE
        )
    )  # fmt: skip
    is_known = and_(e.tier.is_not(None), e.tier_before.is_not(None))
    wanted = fell if condition.operator == "yes" else and_(is_known, ~fell)
    return _at_ends(ends, wanted, months, span)


def _score_fell(condition: Condition, filters: Filters, scope: Scope, span: Days) -> Span:
    ends, months = _two_ends(filters, scope, span)
    by = ends.c.score_before - ends.c.score
    return _at_ends(ends, compared(by, condition), months, span)


Spelling: TypeAlias = Callable[[Condition, Filters, Scope, Days], Span]
#: Field -> the spans on which a condition on it held (see `is_left_over` for the two exceptions).
SPANS: dict[str, Spelling] = {
    "is_customer": _is_customer,
    "since_contact": _since_contact,
    "since_order": _since_order,
    "since_joined": _since_joined,
    "birthday": _birthday,
    "contract_end": _contract_end,
    "complaint": _complaint,
    "quote": _quote,
    "tier_end": _tier_end,
    "score_end": _score_end,
    "tier_dropped": _tier_dropped,
    "score_fell": _score_fell,
}

"""Rules asked of the engine: who meets the conditions today, and on which past days who did.

Today each condition is a predicate on the customer. For past days each becomes spans of days on
which it held, these the bits of a mask, and the tree is computed on the masks: one scan per
condition, however many days are asked about. A test holds both equal on the as-of day.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import reduce
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, false, func, literal, or_, select

from data.domain.canonical import canonical_json, sha256
from data.domain.filters import Filters
from data.domain.rule import Condition, Group, Node, Rule
from data.domain.scope import Scope
from data.warehouse.dialects import bit, bits_and, bits_or, days_between
from queries import visible
from queries.question import Query, Rows
from queries.rule_predicates import COLUMNS, is_held
from queries.rule_spans import SPANS, Span, is_left_over

#: What a list of those who meet a rule says about each.
WHO = ("customer_id", "name", "team", "rep", "tier", "value")
#: Days of one mask, and of a preview.
MASK_DAYS, PREVIEW_DAYS = 45, 90


def rule_customers(rule: Rule) -> Query:
    """Return the question who meets a rule on the as-of day."""

    def query(filters: Filters, scope: Scope) -> Rows:
        """One row per customer or prospect who meets the rule today: who, owner, tier, value."""
        columns = _columns_of(rule.tree)
        c = visible.everyone(filters, scope, "customer_no", *WHO, *columns).c
        today = filters.calendar.as_of

        def holds(condition: Condition) -> ColumnElement[bool]:
            if condition.field in COLUMNS:
                return is_held(condition, c, today)
            spans = SPANS[condition.field](condition, filters, scope, (today, today)).c
            during = and_(
                spans.from_on <= visible.day(today),
                func.coalesce(spans.to_on, visible.day(today)) >= visible.day(today),
            )
            return c.customer_no.in_(select(spans.customer_no).where(during))

        wanted = _joined(rule.tree, holds)
        return select(*(c[n] for n in WHO)).where(wanted).order_by(*_most_valuable(c))

    return _keyed("rule_customers", query, rule.tree)


def rule_reach(rule: Rule) -> Query:
    """Return the question how many meet a rule today, of how many."""

    def query(filters: Filters, scope: Scope) -> Rows:
        """One row: how many customers and prospects meet the rule, and how many there are."""
        met = rule_customers(rule)(filters, scope).order_by(None).subquery("met")
        c = visible.everyone(filters, scope, "customer_no").c
        everyone = select(func.count(c.customer_no)).scalar_subquery()
        return select(func.count(met.c.customer_id).label("met"), everyone.label("everyone"))

    return _keyed("rule_reach", query, rule.tree)


def rule_days(rule: Rule, *, days: int = PREVIEW_DAYS) -> Query:
    """Return the question on which of the last days, the as-of day among them, who met a rule."""

    def query(filters: Filters, scope: Scope) -> Rows:
        """One row per customer who met the rule on any day: who, and a bit per day in masks."""
        found, wanted = _held(rule, filters, scope, days=days)
        return select(found).where(wanted).order_by(*_most_valuable(found.c))

    return _keyed(f"rule_days.{days}", query, rule.tree)


def rule_patterns(rule: Rule) -> Query:
    """Return the question how many customers met a rule on just which days of the preview."""

    def query(filters: Filters, scope: Scope) -> Rows:
        """One row per pattern of days on which customers met the rule: masks, customers."""
        found, wanted = _held(rule, filters, scope, days=PREVIEW_DAYS)
        masks = [c for c in found.c if c.name.startswith("mask_")]
        counted = func.count(found.c.customer_id).label("customers")
        return select(*masks, counted).where(wanted).group_by(*masks).order_by(*masks)

    return _keyed("rule_patterns", query, rule.tree)


def _held(rule: Rule, filters: Filters, scope: Scope, *, days: int) -> tuple[Any, Any]:
    """Return who met a rule on which of the last days, and whether on any of them."""
    last = filters.calendar.as_of
    chunks = mask_days(last, days)
    spans = _all_spans(rule.tree, filters, scope, chunks)
    columns = _columns_of(rule.tree, exact=True)
    base = visible.everyone(filters, scope, "customer_no", *WHO, *columns)
    joined: Any = base
    for relation in spans.values():
        joined = joined.outerjoin(relation, relation.c.customer_no == base.c.customer_no)
    masks = [
        _mask(rule.tree, _leaf(i, spans, base.c, last), full=_full(chunk)).label(f"mask_{i}")
        for i, chunk in enumerate(chunks)
    ]
    found = select(*(base.c[n] for n in WHO), *masks).select_from(joined).subquery("found")
    return found, or_(*(found.c[m.name] != literal(0, BigInteger()) for m in masks))


def first_of(query: Query, most: int) -> Query:
    """Return a question for the first rows of another one's."""

    def first(filters: Filters, scope: Scope) -> Rows:
        """One row per row of the question, at most so many."""
        return query(filters, scope).limit(most)

    first.key = f"{query.key}:{most}"  # type: ignore[attr-defined]
    return first


def mask_days(last: date, days: int) -> list[tuple[date, date]]:
    """Return the first and last day that each mask stands for, oldest first."""
    first = last - timedelta(days=days - 1)
    starts = range(0, days, MASK_DAYS)
    return [
        (first + timedelta(days=s), min(last, first + timedelta(days=s + MASK_DAYS - 1)))
        for s in starts
    ]


def held_bits(masks: list[int]) -> int:
    """Return the bits of all masks as one number, bit 0 the first day of the first mask."""
    return sum(mask << i * MASK_DAYS for i, mask in enumerate(masks))


def _most_valuable(c: Any) -> tuple[Any, Any]:
    return c.value.desc().nulls_last(), c.customer_id


# --- what they share -------------------------------------------------------------------------


def _keyed(name: str, query: Query, tree: Group) -> Query:
    query.key = f"{name}.{sha256(canonical_json(tree.plain()))}"  # type: ignore[attr-defined]
    return query


def _columns_of(tree: Group, *, exact: bool = False) -> list[str]:
    """Return the columns of the customer that the conditions read as they stand today."""
    fields = dict.fromkeys(c.field for c in tree.conditions() if c.field in COLUMNS)
    kept = [f for f in fields if not (exact and f in SPANS)]
    return [n for n in dict.fromkeys(COLUMNS[f] for f in kept) if n not in WHO]


def _joined(node: Node, holds: Callable[[Condition], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return the tree as one predicate; what is not known does not hold."""
    if isinstance(node, Condition):
        return func.coalesce(holds(node), false())
    parts = [_joined(part, holds) for part in node.parts]
    if node.join == "all":
        return and_(*parts)
    return or_(*parts) if node.join == "any" else ~or_(*parts)


Chunk = tuple[date, date]


def _full(chunk: Chunk) -> int:
    return (1 << (chunk[1] - chunk[0]).days + 1) - 1


def _all_spans(
    tree: Group, filters: Filters, scope: Scope, chunks: list[Chunk]
) -> dict[Condition, Any]:
    """Return, per condition that has a past, one row per customer with a mask per chunk."""
    span = (chunks[0][0], chunks[-1][1])
    found: dict[Condition, Any] = {}
    for condition in dict.fromkeys(tree.conditions()):
        if condition.field in SPANS:
            relation = SPANS[condition.field](condition, filters, scope, span)
            found[condition] = _by_customer(relation, chunks, name=f"held_{len(found)}")
    return found


def _by_customer(spans: Span, chunks: list[Chunk], *, name: str) -> Any:
    s = spans.c
    masks = [
        bits_or(_bits(s.from_on, s.to_on, chunk)).label(f"mask_{i}")
        for i, chunk in enumerate(chunks)
    ]
    return select(s.customer_no, *masks).group_by(s.customer_no).subquery(name)


def _bits(since: Any, until: Any, chunk: Chunk) -> ColumnElement[int]:
    """Return the bits of the days from `since` to `until` (blank: open) that lie in a chunk."""
    first, last = (visible.day(day) for day in chunk)
    whole = literal((chunk[1] - chunk[0]).days)
    low = case((since <= first, literal(0)), else_=days_between(first, since))
    is_open = or_(until.is_(None), until >= last)
    high = case((is_open, whole), else_=days_between(first, until))
    is_inside = and_(since <= last, or_(until.is_(None), and_(until >= first, until >= since)))
    none = literal(0, BigInteger())
    # Beside the chunk the borders would shift by less than nothing, or too far.
    safe_low, safe_high = (case((is_inside, n), else_=literal(0)) for n in (low, high))
    return case((is_inside, bit(safe_high + literal(1)) - bit(safe_low)), else_=none)


def _leaf(
    place: int, spans: dict[Condition, Any], c: Any, today: date
) -> Callable[[Condition, int], ColumnElement[int]]:
    def leaf(condition: Condition, full: int) -> ColumnElement[int]:
        none = literal(0, BigInteger())
        if condition in spans:
            held = func.coalesce(spans[condition].c[f"mask_{place}"], none)
            is_missing = is_left_over(condition)
            return literal(full, BigInteger()) - held if is_missing else held
        holds = func.coalesce(is_held(condition, c, today), false())
        return case((holds, literal(full, BigInteger())), else_=none)

    return leaf


def _mask(
    node: Node, leaf: Callable[[Condition, int], ColumnElement[int]], *, full: int
) -> ColumnElement[int]:
    """Return the tree computed on masks: and by bits, or and not by sums that cannot carry."""
    if isinstance(node, Condition):
        return leaf(node, full)
    parts = [_mask(part, leaf, full=full) for part in node.parts]
    if node.join == "all":
        return reduce(_both, parts)
    either = reduce(lambda a, b: a + b - _both(a, b), parts)
    return either if node.join == "any" else literal(full, BigInteger()) - either


def _both(a: ColumnElement[int], b: ColumnElement[int]) -> ColumnElement[int]:
    return bits_and(a, b)

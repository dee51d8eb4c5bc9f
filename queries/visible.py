"""The only place that reads warehouse tables: scope, mask and filters are applied here.

Every function returns a relation of the rows that this reader may see and asked for. A question
that reads anything else cannot be written: the layers are held by a check.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Subquery,
    Table,
    Text,
    and_,
    case,
    false,
    literal,
    null,
    select,
    union_all,
)

from data.domain.filters import Filters
from data.domain.period import Period, add_months, month_start
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import Cents, CodedIn, Rows, days_between
from data.warehouse.marts import (
    CUBE_DIMENSIONS,
    FIXED_DIMENSIONS,
    MONEY_FACTS,
    ORDER_FACTS,
    TOUCH_FACTS,
    WIDE_DIMENSIONS,
    bits,
)

#: Dimensions that only opportunities carry.
DEAL_DIMENSIONS = ("seller_team", "seller")
MOVING = ("tier", "lifecycle")


def day(value: date) -> ColumnElement[date]:
    """Return a day as a typed bound value."""
    return literal(value, Date())


def between(column: Any, period: Period) -> ColumnElement[bool]:
    """Return whether a day lies in the half-open period."""
    return and_(column >= day(period.since), column < day(period.until))


# --- who and what --------------------------------------------------------------------------


def moment(filters: Filters) -> date | None:
    """Return the month whose end decides tier and lifecycle; None: as they stand now."""
    if filters.period.until > filters.calendar.last_closed:
        return None
    return add_months(month_start(filters.period.until), -1)


def _scoped(table: Table, scope: Scope) -> list[ColumnElement[bool]]:
    """Return the reader's rights as predicates; no team and no rep means no rows."""
    predicates: list[ColumnElement[bool]] = []
    if scope.teams is not None:
        predicates.append(_coded(table, "team", scope.teams))
    if scope.reps is not None:
        predicates.append(_coded(table, "rep", scope.reps))
    return predicates


def _coded(table: Table, name: str, values: Sequence[str] | frozenset[str]) -> ColumnElement[bool]:
    if not values:
        return false()
    hot = table.c.get(bits(name))
    return CodedIn(table.c[name], hot, values)


def _chosen(table: Table, filters: Filters) -> list[ColumnElement[bool]]:
    predicates: list[ColumnElement[bool]] = []
    month = moment(filters)
    moved = {n: v for n, v in filters.chosen.items() if n in MOVING and month is not None}
    if month is not None and moved:
        members = _at_moment(month, tuple(moved.items()))
        predicates.append(table.c.customer_no.in_(select(members.c.customer_no)))
    for name, values in filters.chosen.items():
        if name in moved:
            continue
        if name in DEAL_DIMENSIONS:
            if name in table.c:
                predicates.append(_coded(table, name, values))
        elif name == "customer":
            predicates.append(_of_customers(table, values))
        elif name == "cohort":
            months = [date.fromisoformat(f"{v}-01") for v in values]
            predicates.append(table.c.cohort.in_([day(m) for m in months]))
        else:
            predicates.append(_coded(table, name, values))
    return predicates


def _of_customers(table: Table, ids: Sequence[str]) -> ColumnElement[bool]:
    c = marts.customer_current.c
    bound = [literal(i, Text()) for i in ids]
    return table.c.customer_no.in_(select(c.customer_no).where(c.customer_id.in_(bound)))


@lru_cache(maxsize=1024)
def _at_moment(month: date, moved: tuple[tuple[str, tuple[str, ...]], ...]) -> CTE:
    """Return who had the chosen tier and lifecycle at a month end.

    The same choice is the same relation wherever a statement reads it, so that the engine finds
    its members once and not once per part.
    """
    s = marts.customer_snapshot
    chosen = [CodedIn(s.c[name], None, values) for name, values in moved]
    stmt = select(s.c.customer_no).where(s.c.month == literal(month, Date()), *chosen)
    return stmt.cte("at_moment")


def allowed(table: Table, filters: Filters, scope: Scope) -> list[ColumnElement[bool]]:
    """Return the reader's rights and choices as predicates on a mart's own columns."""
    return [*_scoped(table, scope), *_chosen(table, filters)]


def fits_cube(filters: Filters, scope: Scope, dimensions: Sequence[str] = ()) -> bool:
    """Whether the question needs only dimensions of the cubes, as they stand now."""
    asked = (set(filters.chosen) | set(dimensions)) - set(DEAL_DIMENSIONS)
    moved = asked & set(MOVING) and moment(filters) is not None
    return scope.reps is None and asked <= set(CUBE_DIMENSIONS) and not moved


# --- relations -----------------------------------------------------------------------------


def _select(table: Table, names: Sequence[str]) -> Rows:
    """Return the named columns, or all of them: few columns plan and compile faster."""
    return select(*(table.c[n] for n in dict.fromkeys(names))) if names else select(table)


def customers(filters: Filters, scope: Scope, *names: str, prospects: bool = False) -> Subquery:
    """Return the customers (or the prospects) chosen, personal fields masked as the scope says."""
    t = marts.customer_current
    wanted = names or [c.name for c in t.columns if not c.name.endswith("_bit")]
    columns = [null().label(n) if n in scope.masked else t.c[n] for n in dict.fromkeys(wanted)]
    is_kind = ~t.c.is_customer if prospects else t.c.is_customer
    return select(*columns).where(is_kind, *allowed(t, filters, scope)).subquery("customers")


def everyone(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return customers and prospects alike: those who only sent goods back count in sums."""
    t = marts.customer_current
    columns = [null().label(n) if n in scope.masked else t.c[n] for n in dict.fromkeys(names)]
    return select(*columns).where(*allowed(t, filters, scope)).subquery("everyone")


def order_days(filters: Filters, scope: Scope, period: Period, *names: str) -> Subquery:
    """Return customer × day rows of a period with an order or a return."""
    t = marts.customer_day
    return (
        _select(t, names)
        .where(between(t.c.day, period), *allowed(t, filters, scope))
        .subquery("order_days")
    )


def touch_days(filters: Filters, scope: Scope, period: Period, *names: str) -> Subquery:
    """Return customer × day rows with a payment, follow-up, ticket, survey or engagement."""
    t = marts.touch_day
    stmt = _select(t, names).where(between(t.c.day, period), *allowed(t, filters, scope))
    return stmt.subquery("touch_days")


def gaps(filters: Filters, scope: Scope) -> Subquery:
    """Return the gaps between two orders of a customer: tier, days, and how many (gaps)."""
    asked = set(filters.chosen) - set(DEAL_DIMENSIONS)
    moved = asked & set(MOVING) and moment(filters) is not None
    if scope.reps is None and asked <= set(marts.GAP_DIMENSIONS) and not moved:
        t = marts.gap_count
        stmt = _select(t, ("tier", "days", "gaps")).where(*allowed(t, filters, scope))
        return stmt.subquery("gaps")
    d = gap_days(filters, scope).c
    return select(d.tier, d.days, literal(1).label("gaps")).subquery("gaps")


def gap_days(filters: Filters, scope: Scope) -> Subquery:
    """Return order days with the days since the order before: the rows behind `gaps`."""
    t = marts.customer_day
    days = days_between(t.c.previous_on, t.c.day).label("days")
    stmt = select(t.c.customer_no, t.c.tier, t.c.previous_on, t.c.day, days)
    stmt = stmt.where(t.c.previous_on.is_not(None), *allowed(t, filters, scope))
    return stmt.subquery("gap_days")


def contract_terms(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return contract terms that began by the as-of day."""
    t = marts.contract_term
    return _select(t, names).where(*allowed(t, filters, scope)).subquery("contract_terms")


def months(
    filters: Filters,
    scope: Scope,
    period: Period,
    *names: str,
    dimensions: Sequence[str] = (),
) -> Subquery:
    """Return month rows of whole months: from the cube, or per customer where needed."""
    is_cube = fits_cube(filters, scope, dimensions)
    t = marts.cube_month if is_cube else marts.customer_month
    stmt = _select(t, (*names, *dimensions) if names else ()).where(
        between(t.c.month, period), *allowed(t, filters, scope)
    )
    return stmt.subquery("months")


def facts(
    filters: Filters,
    scope: Scope,
    period: Period,
    *,
    names: Sequence[str],
    dimensions: Sequence[str] = (),
) -> Subquery:
    """Return rows of the named additive facts that add up to exactly the period.

    Whole months come from the month rows, the days at the edges from the day rows.
    """
    inner, edges = period.split()
    ordered = [n for n in names if n in ORDER_FACTS]
    touched = [n for n in names if n in TOUCH_FACTS]
    parts: list[Rows] = []
    if inner:
        source = months(filters, scope, inner, *names, dimensions=dimensions)
        parts.append(_project(source, names, dimensions))
    for edge in edges:
        if ordered:
            source = order_days(filters, scope, edge, *ordered, *dimensions)
            parts.append(_project(source, names, dimensions))
        if touched:
            source = touch_days(filters, scope, edge, *touched, *dimensions)
            parts.append(_project(source, names, dimensions))
    return (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("facts")


def _project(source: Subquery, names: Sequence[str], dimensions: Sequence[str]) -> Rows:
    columns = [source.c[n] if n in source.c else _none(n) for n in names]
    return select(*(source.c[d] for d in dimensions), *columns)


def _none(fact: str) -> ColumnElement[Any]:
    """Return 0 for a fact that this kind of row does not carry."""
    zero = literal(0, Cents()) if fact in MONEY_FACTS else literal(0)
    return zero.label(fact)


def cohorts(filters: Filters, scope: Scope) -> Subquery:
    """Return cohort × age rows with active customers and money."""
    asked = set(filters.chosen) - {"cohort"} - set(DEAL_DIMENSIONS)
    if scope.reps is None and asked <= set(FIXED_DIMENSIONS):
        t = marts.cohort_age
        return select(t).where(*allowed(t, filters, scope)).subquery("cohorts")
    t = marts.customer_month
    columns = (t.c.customer_no, t.c.cohort, t.c.age, t.c.orders, t.c.net, t.c.margin)
    stmt = select(*columns, t.c.is_active.label("active")).where(
        t.c.cohort.is_not(None), t.c.age >= 0, *allowed(t, filters, scope)
    )
    return stmt.subquery("cohorts")


def cohort_customers(filters: Filters, scope: Scope) -> Subquery:
    """Return customer × month rows with their cohort and age: the rows behind `cohorts`."""
    t = marts.customer_month
    stmt = select(t).where(t.c.cohort.is_not(None), t.c.age >= 0, *allowed(t, filters, scope))
    return stmt.subquery("cohort_customers")


def month_customers(filters: Filters, scope: Scope, period: Period, *names: str) -> Subquery:
    """Return customer × month rows of a period: the rows behind `months`."""
    t = marts.customer_month
    stmt = _select(t, names).where(between(t.c.month, period), *allowed(t, filters, scope))
    return stmt.subquery("month_customers")


def snapshots(
    filters: Filters, scope: Scope, *names: str, dimensions: Sequence[str] = ()
) -> Subquery:
    """Return month-end rows; tier and lifecycle are those of each month end.

    A filter on tier or lifecycle selects its customers once, like on every other relation.
    """
    asked = (set(filters.chosen) | set(dimensions)) - set(DEAL_DIMENSIONS)
    outside = (asked - {*CUBE_DIMENSIONS}) | (set(filters.chosen) & set(MOVING))
    if scope.reps is not None or outside:
        return snapshot_customers(filters, scope)
    t = marts.cube_snapshot
    return _select(t, names).where(*allowed(t, filters, scope)).subquery("snapshots")


def snapshot_customers(filters: Filters, scope: Scope, month: date | None = None) -> Subquery:
    """Return customer × month-end rows, of one month end or of all: the rows behind `snapshots`."""
    s, c = marts.customer_snapshot, marts.customer_current
    within = [s.c.month == day(month)] if month else []
    stmt = (
        select(
            *(column for column in s.columns),
            c.c.customer_id,
            c.c.name,
            *(c.c[n] for n in (*FIXED_DIMENSIONS, *WIDE_DIMENSIONS)),
            literal(1).label("customers"),
            case((s.c.is_churned, 1), else_=0).label("churned"),
            case((s.c.is_lost, 1), else_=0).label("lost"),
            s.c.score.label("score_points"),
        )
        .select_from(s.join(c, c.c.customer_no == s.c.customer_no))
        .where(*within, *allowed(c, filters, scope))
    )
    return stmt.subquery("snapshots")


def deals(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return opportunities; those without a customer follow their own representative."""
    t = marts.opportunity_current
    return _select(t, names).where(*allowed(t, filters, scope)).subquery("deals")


def rep_months(filters: Filters, scope: Scope, period: Period) -> Subquery:
    """Return representative × month sums, by the fact's own representative."""
    t = marts.team_month
    chosen = [_coded(t, key, filters.values(key)) for key in ("team", "rep") if filters.values(key)]
    stmt = select(t).where(between(t.c.month, period), *_scoped(t, scope), *chosen)
    return stmt.subquery("rep_months")


def benchmark() -> Subquery:
    """Return the company's comparisons: the only figures beyond the reader's scope."""
    return select(marts.benchmark_month).subquery("benchmark")


def cuts() -> Subquery:
    """Return the RFM cut points of the version, the same for every reader."""
    return select(marts.rfm_cut).subquery("cuts")


def stages() -> Subquery:
    """Return the funnel's stages in order, the same for every reader."""
    return select(marts.funnel_stage).subquery("stages")

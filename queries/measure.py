"""How base metrics are measured: one family per kind of row, over a period or month by month.

A family answers with the same columns in every form, so that a card, a breakdown and a sparkline
of one metric can never be computed in two ways.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
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
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from data.domain.filters import DEFAULT_THRESHOLD, Filters
from data.domain.metric import Metric
from data.domain.period import Period, month_start, months_between
from data.domain.period import add_months as later
from data.domain.scope import Scope
from data.warehouse.dialects import (
    Cents,
    Rows,
    add_days,
    add_months,
    bits_and,
    days_between,
    int_div,
    month_of,
    month_text,
    sum_int,
)
from data.warehouse.marts import MASK_MONTHS, MASKS
from queries import visible
from queries.visible import between, day

#: Contracts that ended count as churned after these days without a renewal (scoring model).
GRACE_DAYS = 30
#: Weekdays are counted from a Monday before every record.
A_MONDAY = date(1900, 1, 1)


class ComposedMetricError(Exception):
    """A composed metric was asked of the rows of one family."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a family: whose customers, which period, per which dimension."""

    filters: Filters
    scope: Scope
    period: Period
    #: The dimension column that rows are grouped by, or None for one row.
    group: str | None = None
    metrics: tuple[Metric, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The group as a tuple of none or one column."""
        return (self.group,) if self.group else ()

    @property
    def reads(self) -> tuple[str, ...]:
        """The facts that the metrics read, each once."""
        return tuple(dict.fromkeys(n for m in self.metrics for n in m.reads))


@dataclass(frozen=True)
class Family:
    """Rows that carry some base metrics: of a period, and by month where that makes sense."""

    rows: Callable[[Asked], Subquery]
    months: Callable[[Asked], Subquery] | None = None


def when(condition: ColumnElement[bool], value: Any = 1, otherwise: Any = 0) -> Any:
    """Return a CASE with one branch."""
    return case((condition, value), else_=otherwise)


# --- additive facts ------------------------------------------------------------------------


def _facts(asked: Asked) -> Subquery:
    return visible.facts(
        asked.filters, asked.scope, asked.period, names=asked.reads, dimensions=asked.groups
    )


def _fact_months(asked: Asked) -> Subquery:
    return visible.months(asked.filters, asked.scope, _whole(asked.period), "month", *asked.reads)


def _whole(period: Period) -> Period:
    """Return the calendar months that a period touches as one period."""
    touched = period.months()
    return Period(touched[0].since, touched[-1].until)


def _states(asked: Asked) -> Subquery:
    span = _whole(asked.period)
    return visible.months(
        asked.filters, asked.scope, span, "month", *asked.reads, dimensions=asked.groups
    )


# --- distinct customers ----------------------------------------------------------------------


def mask_base(filters: Filters) -> Any:
    """Return the month that bit 0 of the first activity mask stands for."""
    return later(month_start(filters.calendar.as_of), 1 - MASK_MONTHS * MASKS)


def _active(asked: Asked) -> Subquery:
    """Return parts whose `customers` add up to the distinct customers with an order.

    The whole months inside the period are read from the activity mask; the days at the edges add
    those customers who ordered there and in no part counted before.
    """
    inner, edges = asked.period.split()
    if inner is None or inner.since < mask_base(asked.filters):
        return _last_orders(asked, asked.period).subquery("active")
    parts = [_masked(asked, inner)]
    for edge in edges:
        if edge.until <= inner.since:
            parts.append(_last_orders(asked, edge))
        else:
            parts.append(_first_orders(asked, edge, inner))
    return union_all(*parts).subquery("active") if len(parts) > 1 else parts[0].subquery("active")


def _last_orders(asked: Asked, span: Period) -> Rows:
    """One row per customer whose last order of the whole period lies in the span."""
    d = visible.order_days(asked.filters, asked.scope, span, "orders", "next_on", *asked.groups)
    is_last = or_(d.c.next_on.is_(None), d.c.next_on >= day(asked.period.until))
    keys = [d.c[g] for g in asked.groups]
    return select(*keys, literal(1).label("customers")).where(d.c.orders > 0, is_last)


def _first_orders(asked: Asked, span: Period, inner: Period) -> Rows:
    """One row per customer who ordered in the span and not in the whole months before it."""
    names = ("orders", "previous_on", *asked.groups)
    d = visible.order_days(asked.filters, asked.scope, span, *names)
    is_first = or_(d.c.previous_on.is_(None), d.c.previous_on < day(inner.since))
    keys = [d.c[g] for g in asked.groups]
    return select(*keys, literal(1).label("customers")).where(d.c.orders > 0, is_first)


def _masked(asked: Asked, inner: Period) -> Rows:
    bits = [f"months_{i}" for i in range(MASKS)]
    c = visible.customers(asked.filters, asked.scope, *bits, *asked.groups)
    base = mask_base(asked.filters)
    first = months_between(base, inner.since)
    last = months_between(base, inner.until)
    masks = [_mask(first - i * MASK_MONTHS, last - i * MASK_MONTHS) for i in range(MASKS)]
    hits = [_has_bits(c.c[f"months_{i}"], mask) for i, mask in enumerate(masks) if mask]
    keys = [c.c[g] for g in asked.groups]
    return select(*keys, literal(1).label("customers")).where(or_(*hits))


def _mask(first: int, last: int) -> int:
    return sum(1 << i for i in range(max(0, first), min(MASK_MONTHS, last)))


def _has_bits(column: Any, mask: int) -> ColumnElement[bool]:
    return bits_and(column, literal_column(str(mask))) != literal_column("0")


def _active_months(asked: Asked) -> Subquery:
    m = visible.months(asked.filters, asked.scope, _whole(asked.period), "month", "is_active")
    return select(m.c.month, m.c.is_active.label("customers")).subquery("active")


def _new(asked: Asked) -> Subquery:
    c = _customers(asked, "first_on", "acquisition_cost")
    return select(c).where(between(c.c.first_on, asked.period)).subquery("new")


def _new_months(asked: Asked) -> Subquery:
    c = _customers(asked, "first_on", "acquisition_cost")
    stmt = select(c, month_of(c.c.first_on).label("month"))
    return stmt.where(between(c.c.first_on, _whole(asked.period))).subquery("new")


def _customers(asked: Asked, *names: str) -> Subquery:
    return visible.customers(asked.filters, asked.scope, *names, *asked.groups)


def _today(asked: Asked) -> Subquery:
    return _customers(asked, "customer_no", *asked.reads)


# --- churn -----------------------------------------------------------------------------------


def _spells(asked: Asked, window: Period) -> Subquery:
    """Return spans in which an order or a contract keeps a customer from being churned.

    Alive from `since_on` up to and without `dead_on`, unless the next order, or the first
    contract, takes over at `next_on`. A customer with a contract is judged by contract.
    """
    names = ("customer_no", "day", "next_on", "contract_on", "orders", *asked.groups)
    d = visible.order_days(asked.filters, asked.scope, window, *names).c
    takes_over = and_(d.contract_on.is_not(None), d.contract_on <= d.next_on)
    next_on = case(
        (d.next_on.is_(None), d.contract_on), (takes_over, d.contract_on), else_=d.next_on
    )
    names = ("customer_no", "starts_on", "ends_on", "next_starts_on", *asked.groups)
    t = visible.contract_terms(asked.filters, asked.scope, *names).c
    ordered = select(
        d.customer_no,
        *(d[g] for g in asked.groups),
        d.day.label("since_on"),
        add_days(d.day, literal(asked.filters.threshold + 1)).label("dead_on"),
        next_on.label("next_on"),
    ).where(d.orders > 0, or_(d.contract_on.is_(None), d.contract_on > d.day))
    bound = select(
        t.customer_no,
        *(t[g] for g in asked.groups),
        t.starts_on.label("since_on"),
        add_days(t.ends_on, literal(GRACE_DAYS + 1)).label("dead_on"),
        t.next_starts_on.label("next_on"),
    )
    return union_all(ordered, bound).subquery("spells")


def _window(asked: Asked, period: Period) -> Period:
    """Return the order days that can matter to who is alive from the period's start on."""
    return Period(period.since - timedelta(days=asked.filters.threshold + 1), period.until)


def _stands(spell: Any, at: Any) -> ColumnElement[bool]:
    """Whether the spell is its customer's latest before a day."""
    is_latest = or_(spell.next_on.is_(None), spell.next_on >= day(at))
    return and_(spell.since_on < day(at), is_latest)


def _alive(spell: Any, at: Any) -> ColumnElement[bool]:
    """Whether the spell keeps its customer alive at the end of the day before `at`."""
    return and_(_stands(spell, at), spell.dead_on >= day(at))


def _churn(asked: Asked) -> Subquery:
    """Return rows whose `alive_start`, `lost`, `alive_end` and `ever_end` add up to customers."""
    since, until = asked.period.since, asked.period.until
    s = _spells(asked, _window(asked, asked.period)).c
    starts, ends = _alive(s, since), _alive(s, until)
    alive_start, alive_end = func.max(when(starts)), func.max(when(ends))
    # A customer has at most one spell alive at either end; only those two matter.
    here = (
        select(
            *(func.min(s[g]).label(g) for g in asked.groups),
            alive_start.label("alive_start"),
            (alive_start * (1 - alive_end)).label("lost"),
            alive_end.label("alive_end"),
            literal(0).label("ever_end"),
        )
        .where(or_(starts, ends))
        .group_by(s.customer_no)
    )
    if all(m.key != "ever_at_end" for m in asked.metrics):
        return here.subquery("churn")
    return union_all(here, _came(asked)).subquery("churn")


def _came(asked: Asked) -> Rows:
    """One row per customer with an order or contract before the period's end."""
    c = _customers(asked, "first_on", "contract_on").c
    until = day(asked.period.until)
    zero = literal(0)
    return select(
        *(c[g] for g in asked.groups),
        zero.label("alive_start"),
        zero.label("lost"),
        zero.label("alive_end"),
        literal(1).label("ever_end"),
    ).where(or_(c.first_on < until, c.contract_on < until))


def churn_changes(asked: Asked) -> Subquery:
    """Return per month what enters, leaves and is lost: running sums give the customers alive.

    A spell counts at the month ends from its first day up to the one before it is dead or
    taken over. A month that is not over has no end to be measured at. Exact for thresholds of
    at least one month.
    """
    span = _whole(asked.period)
    s = _spells(asked, _window(asked, span)).c
    ends_on = case(
        (and_(s.next_on.is_not(None), s.next_on < s.dead_on), s.next_on), else_=s.dead_on
    )
    enters, leaves, dead = month_of(s.since_on), month_of(ends_on), month_of(s.dead_on)
    is_lost = or_(s.next_on.is_(None), s.next_on >= add_months(dead, literal(1)))
    parts = [
        _change(enters, enters < leaves, entered=1),
        _change(leaves, enters < leaves, left=1),
        _change(dead, and_(is_lost, dead >= day(span.since)), lost=1),
    ]
    changes = union_all(*parts).subquery("changes")
    c = changes.c
    return (
        select(
            c.month,
            sum_int(c.entered).label("entered"),
            sum_int(c.left).label("left"),
            sum_int(c.lost).label("lost"),
        )
        .where(c.month < day(min(span.until, asked.filters.calendar.last_closed)))
        .group_by(c.month)
        .subquery("churn_changes")
    )


def _change(
    month: Any, condition: ColumnElement[bool], *, entered: int = 0, left: int = 0, lost: int = 0
) -> Rows:
    return select(
        month.label("month"),
        literal(entered).label("entered"),
        literal(left).label("left"),
        literal(lost).label("lost"),
    ).where(condition)


def _churn_months(asked: Asked) -> Subquery:
    """Return by month those alive at its start and end, and those lost in it.

    The threshold of the scoring model is kept at every month end; any other one is counted anew.
    """
    span = _whole(asked.period)
    is_kept = asked.filters.threshold == DEFAULT_THRESHOLD
    r = (_month_ends(asked, span) if is_kept else _running(asked)).subquery("running").c
    by_month = select(
        r.month,
        r.lost,
        r.alive_end,
        func.lag(r.alive_end).over(order_by=r.month).label("alive_start"),
        r.ever_end,
    ).subquery("churn_months")
    return select(by_month).where(by_month.c.month >= day(span.since)).subquery("churn_by_month")


def _month_ends(asked: Asked, span: Period) -> Rows:
    names = ("month", "customers", "churned", "lost")
    s = visible.snapshots(asked.filters, asked.scope, *names).c
    return (
        select(
            s.month,
            sum_int(s.lost).label("lost"),
            sum_int(s.customers - s.churned).label("alive_end"),
            sum_int(s.customers).label("ever_end"),
        )
        .where(s.month >= day(later(span.since, -1)), s.month < day(span.until))
        .group_by(s.month)
    )


def _running(asked: Asked) -> Rows:
    c = churn_changes(asked).c
    alive = func.sum(c.entered - c.left).over(order_by=c.month)
    blank = cast(null(), Integer).label("ever_end")
    return select(c.month, c.lost, alive.label("alive_end"), blank)


# --- coming back -----------------------------------------------------------------------------


def _returns(asked: Asked) -> Subquery:
    """Return order days on which a customer came back after having been churned by silence."""
    return _return_rows(asked, asked.period).subquery("returns")


def _return_rows(asked: Asked, span: Period) -> Rows:
    names = ("day", "previous_on", "contract_on", *asked.groups)
    d = visible.order_days(asked.filters, asked.scope, span, *names).c
    was_churned = d.day > add_days(d.previous_on, literal(asked.filters.threshold))
    by_orders = or_(d.contract_on.is_(None), d.contract_on > d.day)
    keys = [d[g] for g in asked.groups]
    gap = days_between(d.previous_on, d.day).label("gap_days")
    stmt = select(*keys, d.day, gap, literal(1).label("won_back"))
    return stmt.where(d.previous_on.is_not(None), was_churned, by_orders)


def _return_months(asked: Asked) -> Subquery:
    rows = _return_rows(asked, _whole(asked.period)).subquery("returned")
    stmt = select(month_of(rows.c.day).label("month"), rows.c.won_back)
    return stmt.subquery("returns_by_month")


# --- deals -----------------------------------------------------------------------------------


_DEAL = ("created_on", "closed_on", "status", "amount", "cycle_days")


def _deals(asked: Asked) -> Subquery:
    """Return opportunities with what each counts for in the period."""
    d = visible.deals(asked.filters, asked.scope, *_DEAL, *asked.reads, *asked.groups)
    created = between(d.c.created_on, asked.period)
    closed = between(d.c.closed_on, asked.period)
    lag = asked.filters.period.since - asked.period.since
    in_time = [d.c.closed_on <= day(asked.filters.calendar.as_of - lag)] if lag else []
    rows = _deal_rows(d, created=created, closed=closed, won_by_now=in_time)
    rows = _with_contacts(rows, d, created=created, asked=asked)
    # A group without a row is left out, while a total without any counts 0.
    narrow = [or_(created, closed, d.c.status == "open")] if asked.group else []
    return rows.where(*narrow).subquery("deal_rows")


def _deal_rows(d: Subquery, *, created: Any, closed: Any, won_by_now: Sequence[Any] = ()) -> Rows:
    is_won, is_open = d.c.status == "won", d.c.status == "open"
    won = and_(closed, is_won)
    return select(
        d,
        when(created).label("created"),
        when(and_(created, is_won, *won_by_now)).label("created_won"),
        when(won).label("won"),
        when(and_(closed, d.c.status == "lost")).label("lost"),
        when(won, d.c.amount).label("won_amount"),
        when(is_open).label("open"),
        when(is_open, d.c.amount).label("open_amount"),
        when(won, d.c.cycle_days, None).label("won_cycle"),
    )


def _with_contacts(rows: Rows, d: Subquery, *, created: Any, asked: Asked) -> Rows:
    """Return the rows with whether a first contact was due, and made in time, where it is asked."""
    if "first_contact_on" not in asked.reads:
        return rows
    due_on = add_days(d.c.created_on, _to_next_working_day(d.c.created_on))
    in_time = and_(created, d.c.first_contact_on <= due_on)
    is_due = or_(in_time, and_(created, due_on <= day(asked.filters.calendar.as_of)))
    return rows.add_columns(
        when(is_due).label("contact_due"), when(in_time).label("contacted_in_time")
    )


def _to_next_working_day(column: Any) -> Any:
    """Return the days from a day to the next Monday to Friday; holidays are not known."""
    since = days_between(day(A_MONDAY), column)
    weekday = since - 7 * int_div(since, literal(7))
    return case((weekday == 4, 3), (weekday == 5, 2), else_=1)


def _deal_months(asked: Asked) -> Subquery:
    span = _whole(asked.period)
    d = visible.deals(asked.filters, asked.scope, *_DEAL, *asked.reads)
    yes, no = literal(value=True), literal(value=False)
    born = _deal_rows(d, created=yes, closed=no).where(between(d.c.created_on, span))
    done = _deal_rows(d, created=no, closed=yes).where(between(d.c.closed_on, span))
    born = _with_contacts(born, d, created=yes, asked=asked)
    done = _with_contacts(done, d, created=no, asked=asked)
    parts = [
        born.add_columns(month_of(d.c.created_on).label("month")),
        done.add_columns(month_of(d.c.closed_on).label("month")),
    ]
    return union_all(*parts).subquery("deal_months")


def _contracts(asked: Asked) -> Subquery:
    t = visible.contract_terms(asked.filters, asked.scope, "ends_on", "is_renewed", *asked.groups)
    return select(t).where(between(t.c.ends_on, asked.period)).subquery("terms")


#: Families whose sums are 0, and not unknown, where nothing happened.
FLOWS = frozenset({"facts", "states", "deals"})
FAMILIES: dict[str, Family] = {
    "facts": Family(_facts, _fact_months),
    "states": Family(_states, _states),
    "active": Family(_active, _active_months),
    "new": Family(_new, _new_months),
    "today": Family(_today),
    "churn": Family(_churn, _churn_months),
    "returns": Family(_returns, _return_months),
    "deals": Family(_deals, _deal_months),
    "contracts": Family(_contracts),
}


def measured(asked: Asked, *, slot: str = "", is_now: bool = True) -> list[Rows]:
    """Return, per family, one row (or one per group): key, slot, and every metric asked for.

    A family's row is blank in the metrics of the others, so that the parts can be merged; what is
    known as of today only is blank in any other slot.
    """
    stmts: list[Rows] = []
    for name, metrics in by_family(asked.metrics, is_now=is_now).items():
        rows = FAMILIES[name].rows(_of(asked, metrics))
        keys = [rows.c[g] for g in asked.groups]
        labels = [k.label("key") for k in keys] + [literal(slot, Text()).label("slot")]
        values = _values(asked, metrics, rows)
        stmts.append(select(*labels, *values).select_from(rows).group_by(*keys))
    return stmts


def measured_by_month(asked: Asked) -> list[Rows]:
    """Return, per family that can, one row per calendar month: slot (YYYY-MM) and the metrics."""
    stmts: list[Rows] = []
    for name, metrics in by_family(asked.metrics, is_now=False).items():
        months = FAMILIES[name].months
        if months is None:
            continue
        rows = months(_of(asked, metrics))
        month = rows.c.month
        label = month_text(month).label("slot")
        values = _values(asked, metrics, rows)
        stmts.append(select(label, *values).select_from(rows).group_by(month))
    return stmts


def _values(asked: Asked, own: Sequence[Metric], rows: Subquery) -> list[Any]:
    keys = {m.key for m in own}
    return [
        (_value(asked, m, rows) if m.key in keys else cast(null(), sql_type(m))).label(m.key)
        for m in asked.metrics
    ]


def _value(asked: Asked, metric: Metric, rows: Subquery) -> ColumnElement[Any]:
    """Return the metric over the rows: nothing counts as 0 where it would have been recorded.

    Before the first fact it stays blank, like what is not known (means, costs, values).
    """
    if metric.expr is None:
        raise ComposedMetricError(f"{metric.key} is composed and has no rows of its own.")
    value: ColumnElement[Any] = metric.expr(rows.c)
    is_count = metric.kind in ("count", "distinct")
    is_flow = metric.kind == "sum" and metric.family in FLOWS
    if (is_count or is_flow) and asked.period.until > asked.filters.calendar.first_on:
        return func.coalesce(value, 0)
    return value


def sql_type(metric: Metric) -> Any:
    """Return the SQL type of a base metric."""
    if metric.unit == "money":
        return Cents()
    return Double() if metric.kind in ("median", "model") else Integer()


def _of(asked: Asked, metrics: Sequence[Metric]) -> Asked:
    return Asked(asked.filters, asked.scope, asked.period, asked.group, tuple(metrics))


def by_family(metrics: Sequence[Metric], *, is_now: bool = True) -> dict[str, list[Metric]]:
    """Return base metrics by their family, in order; those without a period only for now."""
    found: dict[str, list[Metric]] = {}
    for metric in metrics:
        if is_now or metric.has_period:
            found.setdefault(metric.family, []).append(metric)
    return found

"""Funnel: how far opportunities get, where they are lost, and how long they stay in each stage."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from data.domain.filters import Filters
from data.domain.period import Period
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, sum_cents, sum_int, when
from data.warehouse.marts.columns import MAX_STAGES
from queries import visible
from queries.kpis import kpis
from queries.members import members_of
from queries.metrics import ratio
from queries.question import Rows, asks
from queries.visible import between, day

CARDS = ("created_deals", "lead_to_won", "win_rate", "won_amount", "cycle_days", "velocity")
DEALS = ("opportunity",)
STAGES = range(1, MAX_STAGES + 1)
#: What a list says about each opportunity.
DEAL = ("opportunity_id", "name", "seller", "status", "created_on", "closed_on", "amount")


@asks("Key figures of the funnel", members=members_of("created_deals"), metrics=CARDS, needs=DEALS)
def funnel_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot, created, lead → won, win rate, won amount, median cycle, velocity."""
    return kpis(filters, scope, CARDS)


def entered(stage: int) -> str:
    """Return the column with the day on which a stage was entered."""
    return f"stage_{stage}_on"


def of_stage(position: Any) -> Any:
    """Return the day on which the stage at a position was entered, of a relation's columns."""

    def pick(c: Any) -> Any:
        return case(*((position == i, c[entered(i)]) for i in STAGES))

    return pick


def in_focus(stages: Any, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the condition that a stage is the one that a mark names; none without a mark."""
    name = filters.focus.get("stage")
    return [stages.stage == literal(name, Text())] if name else []


# --- cohort view: how far those created in the period got --------------------------------------


def stage_members(filters: Filters, scope: Scope) -> Rows:
    """One row per opportunity created in the period that reached the stage in focus, or any."""
    d = visible.deals(filters, scope, *DEAL, "stage", "reached").c
    s = visible.stages().c
    wanted = in_focus(s, filters)
    at = select(s.position).where(*wanted).scalar_subquery() if wanted else literal(1)
    return (
        select(*(d[n] for n in ("opportunity_id", "name", "stage", *DEAL[2:])))
        .where(between(d.created_on, filters.period), d.reached >= at)
        .order_by(d.amount.desc().nulls_last(), d.opportunity_id)
    )


@asks("How far opportunities get", members=stage_members, metrics=("lead_to_won",), needs=DEALS)
def funnel_stages(filters: Filters, scope: Scope) -> Rows:
    """One row per stage: position, stage, reached, amount, rate_previous, rate_first, and before.

    Of the opportunities created in the period. Those of the comparison are read as many days
    after their start, so that both had the same time to get on.
    """
    parts = [_reached_now(filters, scope)]
    compared = filters.comparison
    if compared:
        parts.append(_reached_before(filters, scope, compared))
    h = union_all(*parts).subquery("reached")
    s = visible.stages()
    # Asked of each pair and not in ON: ClickHouse joins outwards by equality only.
    got_there = h.c.reached >= s.c.position
    per_stage = (
        select(
            s.c.position,
            s.c.stage,
            func.coalesce(sum_int(case((got_there, h.c.deals))), 0).label("reached"),
            sum_cents(case((got_there, h.c.amount))).label("amount"),
            sum_int(case((got_there, h.c.before_deals))).label("before_reached"),
        )
        .select_from(s.outerjoin(h, literal(value=True)))
        .group_by(s.c.position, s.c.stage)
        .subquery("per_stage")
        .c
    )
    p = per_stage
    return select(
        p.position,
        p.stage,
        p.reached,
        p.amount,
        ratio(p.reached, _before_it(p.reached, p.position)).label("rate_previous"),
        ratio(p.reached, _first_of(p.reached, p.position)).label("rate_first"),
        p.before_reached,
        ratio(p.before_reached, _before_it(p.before_reached, p.position)).label(
            "before_rate_previous"
        ),
        ratio(p.before_reached, _first_of(p.before_reached, p.position)).label("before_rate_first"),
    ).order_by(p.position)


def _before_it(value: Any, position: Any) -> Any:
    return func.lag(value).over(order_by=position)


def _first_of(value: Any, position: Any) -> Any:
    return func.first_value(value).over(order_by=position)


def _reached_now(filters: Filters, scope: Scope) -> Any:
    d = visible.deals(filters, scope, "created_on", "reached", "amount").c
    counted: list[Any] = [
        func.count().label("deals"),
        sum_cents(d.amount).label("amount"),
        literal(0).label("before_deals"),
    ]
    created = between(d.created_on, filters.period)
    return select(d.reached, *counted).where(created).group_by(d.reached)


def _reached_before(filters: Filters, scope: Scope, compared: Period) -> Any:
    """Return how far the comparison's opportunities had got after as many days."""
    days = map(entered, STAGES)
    d = visible.deals(filters, scope, "created_on", "reached", *days).c
    read_on = filters.calendar.as_of - (filters.period.since - compared.since)
    known = [
        (or_(d[entered(i)] <= day(read_on), and_(d.reached == i, d[entered(i)].is_(None))), i)
        for i in reversed(STAGES)
    ]
    far = select(case(*known, else_=1).label("reached")).where(between(d.created_on, compared))
    f = far.subquery("far").c
    counted: list[Any] = [
        literal(0).label("deals"),
        cast(None, Cents()).label("amount"),
        func.count().label("before_deals"),
    ]
    return select(f.reached, *counted).group_by(f.reached)


# --- flow view: what happened in the period ------------------------------------------------------


def flow_members(filters: Filters, scope: Scope) -> Rows:
    """One row per opportunity and stage entered in the period: who, stage, day entered, amount."""
    deals, stages = visible.deals(filters, scope, *DEAL, *map(entered, STAGES)), visible.stages()
    d, s = deals.c, stages.c
    entered_on = of_stage(s.position)(d)
    names = ("opportunity_id", "name", "seller", "status")
    return (
        select(*(d[n] for n in names), s.stage, entered_on.label("entered_on"), d.amount)
        .select_from(deals.join(stages, between(entered_on, filters.period)))
        .where(*in_focus(s, filters))
        .order_by(s.position, d.amount.desc().nulls_last(), d.opportunity_id)
    )


@asks(
    "What moved in the period",
    members=flow_members,
    metrics=("win_rate",),
    needs=("opportunity_stage",),
)
def funnel_flow(filters: Filters, scope: Scope) -> Rows:
    """One row per stage: position, stage, entered, lost in it, rate_previous, its level, missed.

    The rate is the share that went on among those that left the stage before: entered this one
    or lost in that one. `level` is the same over the twelve months before the period; `missed` is
    how far the rate fell below it times the amount lost there: the largest is the bottleneck.
    """
    year = Period(_months_earlier(filters.period), filters.period.since)
    windows = {"now": filters.period, "before": filters.comparison, "level": year}
    asked = {name: span for name, span in windows.items() if span}
    parts = [_entries(filters, scope, i, asked) for i in STAGES]
    parts.append(_losses(filters, scope, asked))
    flows = union_all(*parts).subquery("flows")
    s = visible.stages()
    names = [c.name for c in flows.columns if c.name != "position"]
    sums = [_total(flows.c[n]).label(n) for n in names]
    per_stage = (
        select(s.c.position, s.c.stage, *sums)
        .select_from(s.outerjoin(flows, flows.c.position == s.c.position))
        .group_by(s.c.position, s.c.stage)
        .subquery("per_stage")
    )
    return _flow_rows(per_stage.c, has_before=bool(filters.comparison))


def _months_earlier(period: Period) -> Any:
    return Period(period.since, period.until).shifted(-12).since


def _total(column: Any) -> Any:
    total = sum_cents if isinstance(column.type, Cents) else sum_int
    value = func.coalesce(total(column), 0)
    return type_coerce(value, Cents()) if isinstance(column.type, Cents) else value


def _flow_rows(p: Any, *, has_before: bool) -> Rows:
    lost = {n: _before_it(p[f"{n}_lost"], p.position) for n in ("now", "level")}
    rates = {
        n: case((p.position > 1, ratio(p[f"{n}_entered"], p[f"{n}_entered"] + lost[n])), else_=None)
        for n in ("now", "level")
    }
    r = (
        select(
            p.position,
            p.stage,
            p.now_entered.label("entered"),
            p.now_amount.label("amount"),
            (p.before_entered if has_before else cast(None, Integer)).label("before_entered"),
            p.now_lost.label("lost"),
            p.now_lost_amount.label("lost_amount"),
            rates["now"].label("rate_previous"),
            rates["level"].label("level"),
            _before_it(p.now_lost_amount, p.position).label("lost_before_it"),
        )
        .subquery("rated")
        .c
    )
    fell = func.coalesce(r.level - r.rate_previous, 0.0)
    missed = case((fell > 0, fell * cast(r.lost_before_it, Double)), else_=0.0) / 10_000.0
    columns = [c for c in r if c.name != "lost_before_it"]
    return select(*columns, missed.label("missed")).order_by(r.position)


def _entries(filters: Filters, scope: Scope, stage: int, windows: dict[str, Period]) -> Rows:
    d = visible.deals(filters, scope, entered(stage), "amount").c
    return _windowed(d[entered(stage)], d.amount, windows, kind="entered").add_columns(
        literal(stage).label("position")
    )


def _losses(filters: Filters, scope: Scope, windows: dict[str, Period]) -> Rows:
    d = visible.deals(filters, scope, "closed_on", "status", "reached", "amount").c
    stmt = _windowed(d.closed_on, d.amount, windows, kind="lost").where(d.status == "lost")
    return stmt.add_columns(d.reached.label("position")).group_by(d.reached)


def _windowed(on: Any, amount: Any, windows: dict[str, Period], *, kind: str) -> Rows:
    """Return the number of days that fall into each window, and the amount of those now."""
    counts = {
        f"{name}_{each}": sum_int(when(between(on, windows[name])))
        if each == kind and name in windows
        else literal(0)
        for name in ("now", "before", "level")
        for each in ("entered", "lost")
    }
    money = sum_cents(when(between(on, windows["now"]), amount, None))
    blank = cast(None, Cents())
    sums = {
        "now_amount": money if kind == "entered" else blank,
        "now_lost_amount": money if kind == "lost" else blank,
    }
    since = min(span.since for span in windows.values())
    until = max(span.until for span in windows.values())
    columns = [value.label(name) for name, value in {**counts, **sums}.items()]
    return select(*columns).where(on >= day(since), on < day(until))

"""Opportunities with the stages they reached, and each representative's month."""

from typing import Any

from sqlalchemy import (
    Text,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from data.domain.dimension import NOT_GIVEN
from data.pipeline.marts.context import Context
from data.pipeline.marts.facts import day_of
from data.pipeline.marts.filling import day_literal, fill
from data.pipeline.marts.keys import given, one_hot
from data.pipeline.marts.work import w_stage
from data.warehouse import marts
from data.warehouse.dialects import Rows, days_between, month_of, sum_cents, sum_int, to_cents, when
from data.warehouse.marts.columns import CUBE_DIMENSIONS, MAX_STAGES
from data.warehouse.schema import (
    activity,
    invoice,
    opportunity,
    opportunity_stage,
    orders,
    payment,
    quote,
    rep,
    target,
)

_FACTS = {
    "sales": sum_cents,
    "gross": sum_cents,
    "collected": sum_cents,
    "due": sum_cents,
    "won_amount": sum_cents,
    "orders": sum_int,
    "follow_ups": sum_int,
    "minutes": sum_int,
    "won": sum_int,
    "lost": sum_int,
    "created": sum_int,
    "target_sales": sum_cents,
    "target_collections": sum_cents,
    "target_new_customers": sum_cents,
}


def fill_stages(context: Context) -> None:
    """Fill `w_stage`: the first day on which each opportunity entered each stage."""
    positions = {stage: i for i, stage in enumerate(context.stages, start=1)}
    o, h = opportunity.c, opportunity_stage.c

    def position(stage: Any) -> Any:
        return case(positions, value=stage, else_=None)

    last = len(context.stages)
    parts: list[Rows] = [
        select(
            o.opportunity_id,
            position(o.stage).label("position"),
            when(o.stage == context.stages[0], o.created_on, None).label("entered_on"),
        ),
        select(o.opportunity_id, literal(1).label("position"), o.created_on.label("entered_on")),
        select(
            o.opportunity_id, literal(last).label("position"), o.closed_on.label("entered_on")
        ).where(o.status == "won"),
    ]
    if context.has("opportunity_stage"):
        entered = day_of(h.entered_at)
        parts.append(
            select(
                h.opportunity_id, position(h.stage).label("position"), entered.label("entered_on")
            ).where(entered <= day_literal(context.calendar.as_of))
        )
    p = union_all(*parts).subquery("parts").c
    stmt = (
        select(p.opportunity_id, p.position, func.min(p.entered_on).label("entered_on"))
        .where(p.position.is_not(None))
        .group_by(p.opportunity_id, p.position)
    )
    fill(context.connection, w_stage, stmt)


def fill_opportunities(context: Context) -> None:
    """Fill `opportunity_current`; a deal without a customer follows its own representative."""
    o = opportunity.c
    current = marts.customer_current
    reached = _reached().subquery("reached")
    contacted = _first_contact().subquery("contacted")
    waiting = _waiting().subquery("waiting")
    seller = rep.alias("seller")
    joined: Any = (
        opportunity.outerjoin(current, current.c.customer_id == o.customer_id)
        .outerjoin(seller, seller.c.rep_id == o.rep_id)
        .outerjoin(reached, reached.c.opportunity_id == o.opportunity_id)
        .outerjoin(contacted, contacted.c.opportunity_id == o.opportunity_id)
        .outerjoin(waiting, waiting.c.opportunity_id == o.opportunity_id)
    )
    own = {"team": given(seller.c.team_id), "rep": given(seller.c.rep_id)}
    relation = (
        select(
            func.row_number().over(order_by=o.opportunity_id).label("opportunity_no"),
            current.c.customer_no,
            o.opportunity_id,
            o.customer_id,
            func.coalesce(current.c.name, o.lead_name).label("name"),
            *(_dimension(n, current, own).label(n) for n in (*CUBE_DIMENSIONS[:4], "rep", "city")),
            given(func.coalesce(o.source, _text(current.c.source))).label("source"),
            *(current.c[n] for n in ("tier", "lifecycle", "cohort")),
            own["rep"].label("seller"),
            own["team"].label("seller_team"),
            *(o[n] for n in ("created_on", "closed_on", "expected_close_on", "stage", "status")),
            given(o.lost_reason).label("lost_reason"),
            contacted.c.day.label("first_contact_on"),
            to_cents(o.amount).label("amount"),
            waiting.c.amount.label("quote_waiting"),
            func.coalesce(reached.c.reached, literal(0)).label("reached"),
            days_between(o.created_on, o.closed_on).label("cycle_days"),
            *(reached.c[f"stage_{i}_on"] for i in range(1, MAX_STAGES + 1)),
        )
        .select_from(joined)
        .subquery("deals")
    )
    r = relation.c
    codes = [one_hot(context, n, r[n]) for n in CUBE_DIMENSIONS]
    stmt = select(*r, *codes).order_by(r.created_on, r.opportunity_no)
    fill(context.connection, marts.opportunity_current, stmt)


def _text(column: Any) -> Any:
    return cast(column, Text)


def _dimension(name: str, current: Any, own: dict[str, Any]) -> Any:
    fallback = own.get(name, literal(NOT_GIVEN))
    return func.coalesce(_text(current.c[name]), fallback)


def _reached() -> Rows:
    s = w_stage.c
    days = [
        func.min(when(s.position == i, s.entered_on, None)).label(f"stage_{i}_on")
        for i in range(1, MAX_STAGES + 1)
    ]
    return select(s.opportunity_id, func.max(s.position).label("reached"), *days).group_by(
        s.opportunity_id
    )


def _first_contact() -> Rows:
    a = activity.c
    return (
        select(a.opportunity_id, func.min(day_of(a.happened_at)).label("day"))
        .where(a.opportunity_id.is_not(None), a.kind != "event")
        .group_by(a.opportunity_id)
    )


def _waiting() -> Rows:
    q = quote.c
    return (
        select(q.opportunity_id, func.max(to_cents(q.amount)).label("amount"))
        .where(q.submitted_at.is_not(None), q.decided_at.is_(None))
        .group_by(q.opportunity_id)
    )


def fill_team_month(context: Context) -> None:
    """Fill `team_month`: sales, collections, follow-ups, deals and targets by the fact's rep."""
    p = union_all(*_rep_facts(context)).subquery("facts").c
    sums = {n: kind(p[n]) for n, kind in _FACTS.items()}
    facts = (
        select(p.rep, p.month, *(total.label(n) for n, total in sums.items()))
        .where(p.month.is_not(None))
        .group_by(p.rep, p.month)
        .subquery("by_rep")
    )
    f = facts.c
    joined = facts.outerjoin(rep, rep.c.rep_id == f.rep)
    named = (
        select(
            f.month,
            given(rep.c.rep_id).label("rep"),
            given(rep.c.team_id).label("team"),
            *(f[n] for n in _FACTS),
        )
        .select_from(joined)
        .subquery("named")
    )
    n = named.c
    stmt = select(*n, one_hot(context, "team", n.team)).order_by(n.month, n.team, n.rep)
    fill(context.connection, marts.team_month, stmt)


def _rep_facts(context: Context) -> list[Rows]:
    o, d = orders.c, opportunity.c
    upto = day_literal(context.calendar.as_of)
    cents = to_cents(o.amount)
    return [
        _facts(
            o.rep_id,
            o.ordered_on,
            sales=cents,
            gross=when(o.amount > 0, cents),
            orders=when(o.amount > 0, 1),
        ).where(o.ordered_on <= upto),
        _facts(payment.c.rep_id, payment.c.paid_on, collected=to_cents(payment.c.amount)).where(
            payment.c.paid_on <= upto
        ),
        _facts(invoice.c.rep_id, invoice.c.due_on, due=to_cents(invoice.c.amount)).where(
            invoice.c.due_on <= upto
        ),
        _facts(
            activity.c.rep_id,
            day_of(activity.c.happened_at),
            follow_ups=literal(1),
            minutes=func.coalesce(activity.c.minutes, 0),
        ),
        _facts(d.rep_id, d.created_on, created=literal(1)),
        _facts(
            d.rep_id,
            d.closed_on,
            won=when(d.status == "won", 1),
            lost=when(d.status == "lost", 1),
            won_amount=when(d.status == "won", to_cents(d.amount)),
        ),
        _facts(target.c.rep_id, target.c.month, **_targets()),
    ]


def _targets() -> dict[str, Any]:
    t = target.c
    return {
        f"target_{name}": when(t.metric == name, to_cents(t.value))
        for name in ("sales", "collections", "new_customers")
    }


def _facts(who: Any, day: Any, **facts: Any) -> Rows:
    columns = [facts.get(n, literal(0)).label(n) for n in _FACTS]
    return select(who.label("rep"), month_of(day).label("month"), *columns).where(day.is_not(None))

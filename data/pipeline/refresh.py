"""Refresh: contract tables in, marts out, all by INSERT … SELECT in the engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from sqlalchemy import Date, Engine, func, insert, literal, select, union_all

from data import settings
from data.domain.model import ScoringModel
from data.domain.period import Calendar, month_start
from data.pipeline.back_test import test_models
from data.pipeline.carried import carry_month_ends, fill_prints
from data.pipeline.contract import require_facts
from data.pipeline.fits import Fits
from data.pipeline.in_force import InForce, fits_of, in_month, learn
from data.pipeline.marts import (
    assets,
    campaigns,
    cubes,
    customers,
    cuts,
    days,
    deals,
    facts,
    habits,
    invoices,
    keys,
    live,
    lively,
    moments,
    months,
    movements,
    referrals,
    report,
    risk,
    schedule,
    signals,
    survival,
)
from data.pipeline.marts.facts import day_of
from data.pipeline.marts.work import (
    WORK,
    Context,
    count,
    w_life,
    w_live,
)
from data.pipeline.month_ends import fill_month_ends
from data.pipeline.pins import pin_closed_months
from data.warehouse import marts
from data.warehouse.dialects import sum_cents, sum_int, to_cents
from data.warehouse.engine import WarehouseError
from data.warehouse.schema import (
    CONTRACT,
    activity,
    contract,
    customer,
    engagement,
    opportunity,
    orders,
    payment,
    survey,
    ticket,
)
from data.warehouse.versions import Build, version_before

Progress: TypeAlias = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class RefreshReport:
    """What a refresh saw: the calendar, rows per contract table, and sentences worth reading."""

    calendar: Calendar
    counts: dict[str, int]
    warnings: tuple[str, ...]
    #: What the scoring model has learnt from the data, or had learnt before.
    fits: Fits


def silent(_stage: str, _done: int, _total: int | None) -> None:
    """Report progress to nobody."""


def refresh(
    build: Build,
    *,
    as_of: date | None = None,
    stages: Sequence[str] | None = None,
    progress: Progress = silent,
    state: Engine | None = None,
    model: ScoringModel | None = None,
) -> RefreshReport:
    """Fill every mart of the version from its contract tables and return what was seen.

    The state database says which scoring models are in force and keeps what they learn; without
    it, `model` (or the shipped one) holds for all months and learns from these facts. Month ends
    that nothing has touched since are copied from the version that this one follows.
    """
    counts = _counts(build)
    require_facts(counts)
    calendar = _calendar(build, as_of)
    names = tuple(stages) if stages else tuple(settings.value("FUNNEL_STAGES").split(","))
    if len(names) > marts.MAX_STAGES:
        raise WarehouseError(
            f"{len(names)} funnel stages are declared; at most {marts.MAX_STAGES} are possible."
        )
    context = Context(build.connection, calendar, model or ScoringModel(), counts, names)
    learnt = _Learnt(context, state)
    steps = _steps(learnt, build)
    for done, (name, step) in enumerate(steps):
        progress(name, done, len(steps))
        step()
        build.connection.commit()
    progress("done", len(steps), len(steps))
    return RefreshReport(calendar, counts, tuple(_warnings(learnt.context)), learnt.fits)


def _steps(learnt: "_Learnt", build: Build) -> list[tuple[str, Callable[[], None]]]:
    connection = learnt.context.connection
    simple: dict[str, float | None] = {}

    def start() -> None:
        early = [t for t in WORK.sorted_tables if t is not w_live]
        WORK.create_all(connection, tables=early, checkfirst=False)
        keys.fill_customers(learnt.context)
        _create_marts_and_dictionary(learnt.context)
        w_live.create(connection, checkfirst=False)

    def month_ends() -> None:
        fill_prints(learnt.context, learnt.models)
        with version_before(build) as before:
            carried = carry_month_ends(learnt.context, before)
        fill_month_ends(learnt.context, learnt.models, after=carried)

    def finish_customers() -> None:
        simple["years"] = customers.expected_years(learnt.context)
        cuts.fill_rfm_cuts(learnt.context)
        risk.fill_losses(learnt.context, learnt.fits)
        live.fill_live(learnt.context)
        signals.fill_signals(learnt.context)
        referrals.fill_referrals(learnt.context)
        assets.fill_assets(learnt.context)
        customers.fill_customer_current(learnt.context, simple["years"])
        cuts.fill_value_cuts(learnt.context)
        moments.fill_moments(learnt.context)

    def check_models() -> None:
        report.fill_report(learnt.context, learnt.fits, test_models(learnt.context))

    def finish() -> None:
        _fill_info(learnt.context, simple["years"], pin_closed_months(learnt.context))
        WORK.drop_all(connection, checkfirst=False)

    return [
        ("customers", start),
        ("orders by day", lambda: facts.fill_days(learnt.context)),
        ("contacts and payments", lambda: facts.fill_touches(learnt.context)),
        ("first orders", lambda: facts.fill_lives(learnt.context)),
        ("models", learnt.learn),
        ("month ends", month_ends),
        ("customers today", finish_customers),
        ("survival", lambda: survival.fill_survival(learnt.context)),
        ("order days", lambda: days.fill_customer_day(learnt.context)),
        ("gaps", lambda: days.fill_gap_count(learnt.context)),
        ("touch days", lambda: days.fill_touch_day(learnt.context)),
        ("contracts", lambda: days.fill_contract_term(learnt.context)),
        ("open invoices", lambda: invoices.fill_open_invoices(learnt.context)),
        ("active months", lambda: months.fill_active_months(learnt.context)),
        ("months", lambda: months.fill_customer_month(learnt.context)),
        ("month cube", lambda: cubes.fill_cube_month(learnt.context)),
        ("cohorts", lambda: cubes.fill_cohort_age(learnt.context)),
        ("snapshot cube", lambda: cubes.fill_cube_snapshot(learnt.context)),
        ("asset movements", lambda: movements.fill_cube_movement(learnt.context)),
        ("schedule", lambda: schedule.fill_schedule(learnt.context)),
        ("campaigns", lambda: campaigns.fill_campaigns(learnt.context)),
        ("comparisons", lambda: cubes.fill_benchmark(learnt.context)),
        ("stages", lambda: deals.fill_stages(learnt.context)),
        ("opportunities", lambda: deals.fill_opportunities(learnt.context)),
        ("teams", lambda: deals.fill_team_month(learnt.context)),
        ("back-test", check_models),
        ("finish", finish),
    ]


def _create_marts_and_dictionary(context: Context) -> None:
    early = [marts.dictionary, marts.team_tree]
    marts.MARTS.create_all(context.connection, tables=early, checkfirst=False)
    keys.fill_dictionary(context)
    keys.fill_dimensions(context)
    late = [t for t in marts.MARTS.sorted_tables if t not in early]
    marts.MARTS.create_all(context.connection, tables=late, checkfirst=False)


class _Learnt:
    """What the steps of a refresh share: the context, and the models once they have learnt."""

    def __init__(self, context: Context, state: Engine | None) -> None:
        self.context = context
        self.state = state
        self.models: list[InForce] = []

    def learn(self) -> None:
        """Fit what has no fit yet; from here on the model in force at the as-of day holds."""
        habits.fill_terms(self.context)
        self.models = learn(self.context, self.state)
        self.context = replace(self.context, model=self._live.model)

    @property
    def _live(self) -> InForce:
        return in_month(self.models, month_start(self.context.calendar.as_of))

    @property
    def fits(self) -> Fits:
        """What the model in force at the as-of day has learnt."""
        return fits_of(self._live)


def _counts(build: Build) -> dict[str, int]:
    counts: dict[str, int] = {}
    for table in CONTRACT.sorted_tables:
        count(build.connection, table)
        stmt = select(func.count()).select_from(table)
        counts[table.name] = build.connection.execute(stmt).scalar_one()
    return counts


def _fact_days() -> list[tuple[Any, Any]]:
    """Return each fact's table and business day, those that may lie ahead left out."""
    return [
        (orders, orders.c.ordered_on),
        (contract, contract.c.starts_on),
        (payment, payment.c.paid_on),
        (opportunity, opportunity.c.created_on),
        (opportunity, opportunity.c.closed_on),
        (activity, day_of(activity.c.happened_at)),
        (engagement, engagement.c.happened_on),
        (ticket, day_of(ticket.c.opened_at)),
        (survey, survey.c.answered_on),
    ]


def _calendar(build: Build, as_of: date | None) -> Calendar:
    """Return the first and the latest fact day, the latter not after the day of loading."""
    latest = as_of or datetime.now(UTC).date()
    parts = [
        select(func.min(day).label("first"), func.max(day).label("last"))
        .select_from(table)
        .where(day <= literal(latest, Date()))
        for table, day in _fact_days()
    ]
    found = union_all(*parts).subquery("found").c
    first, last = build.connection.execute(
        select(func.min(found.first), func.max(found.last))
    ).one()
    if first is None:
        raise WarehouseError(f"No order, contract or opportunity has a date up to {latest}.")
    return Calendar(first, as_of or last)


def _fill_info(context: Context, years: float | None, pinned_from: date | None) -> None:
    connection = context.connection
    assigned = select(customer.c.customer_id)
    loose = orders.c.customer_id.is_(None) | orders.c.customer_id.not_in(assigned)
    net, count = connection.execute(
        select(sum_cents(to_cents(orders.c.amount)), sum_int(literal(1))).where(loose)
    ).one()
    people = connection.execute(
        select(func.count(), sum_int(facts.when(w_life.c.is_customer, 1))).select_from(w_life)
    ).one()
    costs = select(func.count(orders.c.cost))
    row = {
        "first_on": context.calendar.first_on,
        "as_of": context.calendar.as_of,
        "model": context.model.version,
        "threshold_days": context.model.threshold_days,
        "customers": people[1] or 0,
        "prospects": people[0] - (people[1] or 0),
        "expected_years": years,
        "pinned_from": pinned_from,
        "liveliest": lively.liveliest(context),
        "has_cost": connection.execute(costs).scalar_one() > 0,
        "unassigned_net": net or 0,
        "unassigned_orders": count or 0,
    }
    connection.execute(insert(marts.version_info), [row])
    counts = [{"name": n, "rows": c} for n, c in sorted(context.counts.items())]
    connection.execute(insert(marts.table_count), counts)
    stages = [{"position": i, "stage": s} for i, s in enumerate(context.stages, start=1)]
    connection.execute(insert(marts.funnel_stage), stages)


def _warnings(context: Context) -> list[str]:
    connection = context.connection
    stages = connection.execute(select(opportunity.c.stage).distinct()).scalars()
    unknown = sorted({s for s in stages if s not in context.stages and s != "lost"})
    found: list[str] = []
    if unknown:
        found.append(
            f"Funnel stages that are not in the list: {', '.join(unknown)}. "
            "Declare them in the mapping or in FUNNEL_STAGES."
        )
    return found

"""Refresh: contract tables in, marts out, all by INSERT … SELECT in the engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from sqlalchemy import Date, func, insert, literal, select, union_all

from data import settings
from data.domain.model import ScoringModel
from data.domain.period import Calendar
from data.pipeline.back_test import test_models, with_risk
from data.pipeline.contract import require_facts
from data.pipeline.fits import Fits
from data.pipeline.fitting import fit_models
from data.pipeline.marts import (
    assets,
    cubes,
    customers,
    days,
    deals,
    facts,
    habits,
    keys,
    live,
    months,
    referrals,
    report,
    risk,
    scores,
    signals,
    states,
    survival,
    values,
)
from data.pipeline.marts.facts import day_of
from data.pipeline.marts.work import (
    WORK,
    Context,
    clear,
    count,
    w_base,
    w_habit,
    w_life,
    w_live,
    w_ranked,
    w_state,
    w_value,
)
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
from data.warehouse.versions import Build

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
    model: ScoringModel | None = None,
    fits: Fits | None = None,
) -> RefreshReport:
    """Fill every mart of the version from its contract tables and return what was seen.

    `fits` is what the model learnt when it was approved; without it, it learns from these facts.
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
    learnt = _Learnt(context, fits)
    steps = _steps(context, learnt)
    for done, (name, step) in enumerate(steps):
        progress(name, done, len(steps))
        step()
        build.connection.commit()
    progress("done", len(steps), len(steps))
    return RefreshReport(calendar, counts, tuple(_warnings(context)), learnt.fits)


def _steps(context: Context, learnt: "_Learnt") -> list[tuple[str, Callable[[], None]]]:
    connection = context.connection
    simple: dict[str, float | None] = {}

    def start() -> None:
        early = [t for t in WORK.sorted_tables if t is not w_live]
        WORK.create_all(connection, tables=early, checkfirst=False)
        keys.fill_customers(context)
        _create_marts_and_dictionary(context)
        w_live.create(connection, checkfirst=False)

    def finish_customers() -> None:
        simple["years"] = customers.expected_years(context)
        customers.fill_rfm_cuts(context)
        risk.fill_losses(context, learnt.fits)
        live.fill_live(context)
        signals.fill_signals(context)
        referrals.fill_referrals(context)
        assets.fill_assets(context)
        customers.fill_customer_current(context, simple["years"])

    def check_models() -> None:
        report.fill_report(context, learnt.fits, test_models(context))

    def finish() -> None:
        _fill_info(context, simple["years"])
        WORK.drop_all(connection, checkfirst=False)

    return [
        ("customers", start),
        ("orders by day", lambda: facts.fill_days(context)),
        ("contacts and payments", lambda: facts.fill_touches(context)),
        ("first orders", lambda: facts.fill_lives(context)),
        ("models", learnt.learn),
        ("month ends", lambda: _fill_states(context, learnt.fits)),
        ("customers today", finish_customers),
        ("survival", lambda: survival.fill_survival(context)),
        ("order days", lambda: days.fill_customer_day(context)),
        ("gaps", lambda: days.fill_gap_count(context)),
        ("touch days", lambda: days.fill_touch_day(context)),
        ("contracts", lambda: days.fill_contract_term(context)),
        ("active months", lambda: months.fill_active_months(context)),
        ("months", lambda: months.fill_customer_month(context)),
        ("month cube", lambda: cubes.fill_cube_month(context)),
        ("cohorts", lambda: cubes.fill_cohort_age(context)),
        ("snapshot cube", lambda: cubes.fill_cube_snapshot(context)),
        ("comparisons", lambda: cubes.fill_benchmark(context)),
        ("stages", lambda: deals.fill_stages(context)),
        ("opportunities", lambda: deals.fill_opportunities(context)),
        ("teams", lambda: deals.fill_team_month(context)),
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
    """The fits of a refresh: given, or learnt once the purchases are known."""

    def __init__(self, context: Context, fits: Fits | None) -> None:
        self.context = context
        self.given = fits

    def learn(self) -> None:
        """Fit what is not given, and fill the tables the fits are read from."""
        habits.fill_terms(self.context)
        self.given = self.given or with_risk(self.context, fit_models(self.context))
        values.fill_rates(self.context, self.given)
        risk.fill_risk(self.context, self.given)

    @property
    def fits(self) -> Fits:
        """The fits, once they are known."""
        if self.given is None:
            raise WarehouseError("The models were asked before they had learnt anything.")
        return self.given


def _fill_states(context: Context, fits: Fits) -> None:
    """Fill the snapshots batch by batch; the as-of day's own states stay for later."""
    people = context.connection.execute(select(func.count()).select_from(w_life)).scalar_one()
    batches = states.fill_ends(context, people)
    for batch in batches:
        clear(context.connection, w_state)
        context.connection.commit()
        states.fill_base(context, batch)
        clear(context.connection, w_habit)
        habits.fill_habits(context, fits)
        values.fill_cells(context, fits)
        values.fill_promises(context, fits)
        clear(context.connection, w_value)
        values.fill_values(context, fits, shifts=batch == batches[-1])
        scores.fill_ranked(context)
        scores.fill_state(context)
        scores.fill_held(context)
        customers.fill_snapshot(context)
        context.connection.commit()
        for done in (w_base, w_ranked):
            clear(context.connection, done)
        context.connection.commit()


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


def _fill_info(context: Context, years: float | None) -> None:
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

"""Refresh: contract tables in, marts out, all by INSERT … SELECT in the engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from sqlalchemy import Engine

from data import settings
from data.domain.model import ScoringModel
from data.domain.period import Calendar, month_start
from data.pipeline.back_test import test_models
from data.pipeline.carried import carry_month_ends, fill_prints
from data.pipeline.contract import require_facts
from data.pipeline.fits import Fits
from data.pipeline.found import calendar_of, row_counts, warnings_of
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
    moments,
    months,
    movements,
    referrals,
    report,
    risk,
    schedule,
    signals,
    simple_value,
    survival,
    version,
)
from data.pipeline.marts.context import Context
from data.pipeline.marts.work import WORK, w_live
from data.pipeline.month_ends import fill_month_ends
from data.pipeline.pins import pin_closed_months
from data.pipeline.renewals import test_contracts
from data.warehouse import marts
from data.warehouse.engine import WarehouseError
from data.warehouse.marts.columns import MAX_STAGES
from data.warehouse.versions import Build, version_before

Progress: TypeAlias = Callable[[str, int, int | None], None]
#: A step of a refresh and the name under which its progress is told.
Step: TypeAlias = tuple[str, Callable[[], None]]


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
    context = context_of(build, as_of=as_of, stages=stages, model=model)
    learnt = _Learnt(context, state)
    _run([*_first_steps(context), *_steps(learnt, build)], build, progress)
    warned = tuple(warnings_of(learnt.context))
    return RefreshReport(context.calendar, dict(context.counts), warned, learnt.fits)


def context_of(
    build: Build,
    *,
    as_of: date | None = None,
    stages: Sequence[str] | None = None,
    model: ScoringModel | None = None,
) -> Context:
    """Return what every step of a refresh reads: the day, the rows, the stages and the model."""
    counts = row_counts(build)
    require_facts(counts)
    names = tuple(stages) if stages else tuple(settings.value("FUNNEL_STAGES").split(","))
    if len(names) > MAX_STAGES:
        raise WarehouseError(
            f"{len(names)} funnel stages are declared; at most {MAX_STAGES} are possible."
        )
    calendar = calendar_of(build, as_of)
    return Context(build.connection, calendar, model or ScoringModel(), counts, names)


def gather(context: Context, build: Build, *, progress: Progress = silent) -> None:
    """Fill the work tables that models learn from, and no mart."""
    steps = [*_first_steps(context), ("contracts", lambda: habits.fill_terms(context))]
    _run(steps, build, progress)


def _run(steps: Sequence[Step], build: Build, progress: Progress) -> None:
    for done, (name, step) in enumerate(steps):
        progress(name, done, len(steps))
        step()
        build.connection.commit()
    progress("done", len(steps), len(steps))


def _first_steps(context: Context) -> list[Step]:
    connection = context.connection

    def start() -> None:
        early = [t for t in WORK.sorted_tables if t is not w_live]
        WORK.create_all(connection, tables=early, checkfirst=False)
        keys.fill_customers(context)
        _create_marts_and_dictionary(context)
        w_live.create(connection, checkfirst=False)

    return [
        ("customers", start),
        ("orders by day", lambda: facts.fill_days(context)),
        ("contacts and payments", lambda: facts.fill_touches(context)),
        ("first orders", lambda: facts.fill_lives(context)),
    ]


def _steps(learnt: "_Learnt", build: Build) -> list[Step]:
    connection = learnt.context.connection
    simple: dict[str, float | None] = {}

    def month_ends() -> None:
        fill_prints(learnt.context, learnt.models)
        with version_before(build) as before:
            carried = carry_month_ends(learnt.context, before)
        fill_month_ends(learnt.context, learnt.models, after=carried)

    def finish_customers() -> None:
        simple["years"] = simple_value.expected_years(learnt.context)
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
        tests = test_models(learnt.context), test_contracts(learnt.context, learnt.fits)
        report.fill_report(learnt.context, learnt.fits, *tests)

    def finish() -> None:
        version.fill_version(learnt.context, simple["years"], pin_closed_months(learnt.context))
        WORK.drop_all(connection, checkfirst=False)

    return [
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

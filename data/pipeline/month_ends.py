"""Every month end since the first fact, and the as-of day, by the scoring model in force then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from data.domain.period import month_start
from data.pipeline.fits import Fits
from data.pipeline.in_force import InForce, fits_of, in_month
from data.pipeline.marts import (
    ends,
    habits,
    risk,
    schedule,
    scores,
    snapshot,
    states,
    values,
)
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import clear
from data.pipeline.marts.work import (
    w_base,
    w_before,
    w_cell,
    w_habit,
    w_life,
    w_promise,
    w_ranked,
    w_rate,
    w_risk,
    w_state,
    w_value,
)
from data.warehouse.dialects import sum_cents


def fill_month_ends(
    context: Context, models: Sequence[InForce], *, after: date | None = None
) -> None:
    """Fill the snapshots batch by batch; the as-of day's own states and values stay for later.

    Month ends up to `after` are there already. The first month of a new model is valued by the
    model before, too: the difference is the revaluation.
    """
    people = context.connection.execute(select(func.count()).select_from(w_life)).scalar_one()
    starts = [m.since for m in models[1:]]
    batches = ends.fill_ends(context, people, starts=starts, after=after)
    last = max(batches)
    held: InForce | None = None
    if after:
        _replay_schedule(context, models, after=after)
        held = in_month(models, after)
        _read_from(replace(context, model=held.model), fits_of(held))
    for batch, month in batches.items():
        now = in_month(models, month)
        own = replace(context, model=now.model)
        clear(context.connection, w_state)
        context.connection.commit()
        states.fill_base(own, batch)
        if held is not None and now is not held:
            _value(replace(context, model=held.model), fits_of(held), is_last=False)
            values.keep_before(context)
        if now is not held:
            _read_from(own, fits_of(now))
        held = now
        _value(own, fits_of(now), is_last=batch == last)
        _score(own)
        schedule.keep_schedule(own, fits_of(now), batch)
        context.connection.commit()
        for done in (w_base, w_ranked, w_before):
            clear(context.connection, done)
        context.connection.commit()


def asset_by(context: Context, several: Sequence[Fits]) -> list[int]:
    """Return the customer asset at the as-of day by each of several fits, in ten-thousandths.

    From the work tables of a refresh alone, with the definition in the context.
    """
    people = context.connection.execute(select(func.count()).select_from(w_life)).scalar_one()
    batches = ends.fill_ends(context, people, starts=(), after=context.calendar.as_of)
    states.fill_base(context, max(batches))
    found: list[int] = []
    for fits in several:
        clear(context.connection, w_ranked)
        _read_from(context, fits)
        _value(context, fits, is_last=False)
        scores.fill_ranked(context)
        held = select(sum_cents(w_ranked.c.value)).where(w_ranked.c.is_churned.is_(False))
        found.append(int(context.connection.execute(held).scalar_one() or 0))
        context.connection.commit()
    return found


def _replay_schedule(context: Context, models: Sequence[InForce], *, after: date) -> None:
    """Value the month end of the tested schedule again where it was carried: only tiers were."""
    month = schedule.tested_month(context)
    if not month_start(context.calendar.first_on) <= month <= after:
        return
    now = in_month(models, month)
    own, fits = replace(context, model=now.model), fits_of(now)
    batch = ends.fill_replayed(own, month)
    _read_from(own, fits)
    states.fill_base(own, batch)
    _value(own, fits, is_last=False)
    scores.fill_ranked(own)
    scores.fill_state(own)
    schedule.keep_schedule(own, fits, batch)
    for done in (w_base, w_ranked):
        clear(context.connection, done)
    context.connection.commit()


def _read_from(context: Context, fits: Fits) -> None:
    """Fill the tables that a model's values are read from anew."""
    for table in (w_rate, w_risk, w_cell, w_promise):
        clear(context.connection, table)
    context.connection.commit()
    values.fill_rates(context, fits)
    risk.fill_risk(context, fits)


def _value(context: Context, fits: Fits, *, is_last: bool) -> None:
    for table in (w_habit, w_value):
        clear(context.connection, table)
    context.connection.commit()
    habits.fill_habits(context, fits)
    values.fill_cells(context, fits)
    values.fill_promises(context, fits)
    values.fill_values(context, fits, shifts=is_last)


def _score(context: Context) -> None:
    scores.fill_ranked(context)
    scores.fill_state(context)
    scores.fill_held(context)
    snapshot.fill_snapshot(context)

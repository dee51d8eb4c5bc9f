"""Lets the scoring model in force learn anew from the live data, as a draft beside it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from data.access.reader import Reader
from data.domain.period import month_start
from data.i18n import figure, signed
from data.pipeline.back_test import test_models, with_risk
from data.pipeline.contract import carried_stages, copy_contract
from data.pipeline.fits import Fits
from data.pipeline.fitting import fit_models
from data.pipeline.in_force import in_month, models_in_force, origin_of
from data.pipeline.marts.context import Context
from data.pipeline.marts.report import checks, facts, told
from data.pipeline.month_ends import asset_by
from data.pipeline.refresh import Progress, context_of, gather, silent
from data.pipeline.renewals import test_contracts
from data.state import models
from data.state.audit import require
from data.state.commands import actor_of
from data.state.engine import StateError
from data.state.model_checks import PROPOSE
from data.state.model_rows import subject_of
from data.state.opening import open_with_users
from data.warehouse.dialects import TEN_THOUSANDTHS
from data.warehouse.fetch import Fetcher
from data.warehouse.versions import Build, Warehouse, scratch_version


class NothingToRefitError(StateError):
    """The model in force has learnt nothing yet, or the data do not carry it any more."""


@dataclass(frozen=True)
class Refit:
    """What the data teach now: the version that holds it, and how it differs from the one in force.

    `version` is None where nothing differs. The assets are those of the as-of day in
    ten-thousandths: by the model in force, and by what it has learnt now.
    """

    before: int
    version: int | None
    as_of: date
    #: Parameter -> its value before and now, those that differ.
    changes: dict[str, tuple[float | None, float | None]]
    asset_before: int
    asset_now: int
    findings: list[dict[str, Any]]


def live_refit(warehouse: Warehouse, *, user_id: str, progress: Progress) -> Refit:
    """Refit in a user's name, up to the as-of day of the live version."""
    state, fetcher = open_with_users(), Fetcher(warehouse)
    try:
        actor, as_of = actor_of(state, user_id), fetcher.info().calendar.as_of
        return refit(warehouse, state, actor=actor, as_of=as_of, progress=progress)
    finally:
        fetcher.readers.close()
        state.dispose()


def refit(
    warehouse: Warehouse,
    state: Engine,
    *,
    actor: Reader,
    as_of: date,
    progress: Progress = silent,
) -> Refit:
    """Fit the model in force at a day to the facts up to it; keep what differs as a draft.

    Nothing is published and nothing comes into force.
    """
    require(state, actor=actor, permission=PROPOSE, subject=subject_of(_version(state, as_of)))
    with scratch_version(warehouse) as build:
        copy_contract(build)
        context, old, origin = _in_force(build, state, as_of)
        gather(context, build, progress=progress)
        new = with_risk(context, fit_models(context))
        if not new.values_orders:
            raise NothingToRefitError(
                f"The data up to {as_of} do not carry the model of purchases any more "
                f"({', '.join(new.buying.status)}). Nothing is drafted."
            )
        asset_before, asset_now = asset_by(context, [old, new])
        test = test_models(context)
        found = told(context, new, test, test_contracts(context, new))
    version = context.model.version
    made: int | None = None
    if new.to_json() != old.to_json():
        fitted = {
            "origin": origin,
            "fits": json.loads(new.to_json()),
            "findings": found,
            "refit": {
                "before": version,
                "as_of": as_of.isoformat(),
                "asset_before": asset_before / TEN_THOUSANDTHS,
                "asset_now": asset_now / TEN_THOUSANDTHS,
                "official": new.buying.kind,
                "parameters": compared(old, new),
                "checks": [] if test is None else list(checks(test)),
            },
        }
        made = models.record_fit(state, actor=actor, version=version, fitted=fitted).version
    return Refit(
        before=version,
        version=made,
        as_of=as_of,
        changes=changes(old, new),
        asset_before=asset_before,
        asset_now=asset_now,
        findings=found,
    )


def _version(state: Engine, as_of: date) -> int:
    return models.approved_model(state, on=as_of).version


def _in_force(build: Build, state: Engine, as_of: date) -> tuple[Context, Fits, str]:
    """Return the context of the model in force, what it has learnt, and from whose data."""
    origin = origin_of(build.connection)
    now = in_month(models_in_force(state, origin), month_start(as_of))
    if now.fits is None:
        raise NothingToRefitError(
            f"Version {now.model.version} has learnt nothing from these data yet; the next refresh "
            "lets it. Run: python app.py refresh"
        )
    context = context_of(build, as_of=as_of, stages=carried_stages(build))
    return replace(context, model=now.model), now.fits, origin


def compared(old: Fits, new: Fits) -> list[dict[str, Any]]:
    """Return every parameter before and now, each with its standard error, as they are stored."""
    before, now = ({(row["part"], row["name"]): row for row in facts(fits)} for fits in (old, new))
    wanted = [(part, name) for part, names in PARAMETERS.items() for name in names]
    return [
        {"part": key[0], "name": key[1]}
        | {
            f"{side}{suffix}": rows[key][column] if key in rows else None
            for side, rows in (("before", before), ("now", now))
            for suffix, column in (("", "value"), ("_error", "error"))
        }
        for key in [*wanted, ("margin", "rate")]
        if key in before or key in now
    ]


def changes(old: Fits, new: Fits) -> dict[str, tuple[float | None, float | None]]:
    """Return every parameter that differs, by part and name, with both values."""
    before, now = (dict(_parameters(fits)) for fits in (old, new))
    names = [*before, *(name for name in now if name not in before)]
    pairs = {name: (before.get(name), now.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _parameters(fits: Fits) -> Iterator[tuple[str, float]]:
    for part, names in PARAMETERS.items():
        fitted = getattr(fits, part)
        yield from ((f"{part} {n}", float(getattr(fitted, n))) for n in names if fitted)
    for plan in fits.plans:
        yield f"renewals of {plan.term_months or 'all'} months", plan.rates[0]
    yield "margin rate", fits.rate


#: Part of the fits -> its parameters.
PARAMETERS = {
    "buying": ("r", "alpha", "a", "b"),
    "spend": ("p", "q", "v"),
    "renewal": ("alpha", "beta"),
}


# --- in words --------------------------------------------------------------------------------


def sentences(found: Refit) -> list[str]:
    """Return what a refit has changed: the parameters, and the customer asset of the day."""
    if found.version is None:
        return [f"The data up to {found.as_of} teach version {found.before} nothing new."]
    parts = [f"{name} {_plain(a)} → {_plain(z)}" for name, (a, z) in found.changes.items()]
    before, now = (_money(asset) for asset in (found.asset_before, found.asset_now))
    moved = found.asset_now - found.asset_before
    share = f" ({signed(moved / found.asset_before, 'rate')})" if found.asset_before else ""
    return [
        f"Against version {found.before}: {', '.join(parts) or 'the ranking of churn alone'}.",
        f"The customer asset of {found.as_of} would be {now} instead of {before}{share}.",
    ]


def _plain(value: float | None) -> str:
    return "none" if value is None else f"{value:.4g}"


def _money(asset: int) -> str:
    return figure(asset / TEN_THOUSANDTHS, "money")

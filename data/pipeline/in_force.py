"""Which scoring model holds in which month, with what it has learnt; kept in the state database."""

import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection, Engine

from data.access.reader import SYSTEM
from data.domain.canonical import sha256
from data.domain.model import ScoringModel
from data.pipeline.back_test import with_risk
from data.pipeline.fits import Fits
from data.pipeline.fitting import fit_models
from data.pipeline.marts.context import Context
from data.state.model_checks import BEGINNING
from data.state.models import approved_models, keep_fit
from data.state.opening import open_state
from data.warehouse.batches import history
from data.warehouse.versions import Warehouse


class NotLearntError(Exception):
    """A model was asked for values before it has learnt anything."""


@dataclass(frozen=True)
class InForce:
    """A scoring model, the month from which it holds, and its fit where it has one."""

    since: date = BEGINNING
    model: ScoringModel = field(default_factory=ScoringModel)
    fits: Fits | None = None


@contextmanager
def state_of(warehouse: Warehouse) -> Generator[Engine]:
    """Open the state database beside a warehouse, or the one that STATE_URL names."""
    database = open_state(var=warehouse.var)
    try:
        yield database
    finally:
        database.dispose()


def models_in_force(database: Engine, origin: str) -> list[InForce]:
    """Return the approved models by month; a fit of other data than `origin` is left out."""
    return [
        InForce(
            since=record.effective_month or BEGINNING,
            model=record.definition,
            fits=_fit_of(record.fitted, origin),
        )
        for record in approved_models(database)
    ]


def _fit_of(fitted: object, origin: str) -> Fits | None:
    if not isinstance(fitted, dict) or fitted.get("origin") != origin:
        return None
    return Fits.from_json(json.dumps(fitted["fits"]))


def origin_of(connection: Connection) -> str:
    """Return what tells one company's data from another's: the first batch of their history."""
    batches = history(connection)
    if not batches:
        return "warehouse"
    first = batches[-1]
    return sha256(f"{first.mapping} {first.files} {first.sha256}")


def learn(context: Context, database: Engine | None) -> list[InForce]:
    """Return the models in force, each with its fit; what had none learns from these facts.

    A fit is kept in the state database, so that the next refresh learns nothing new; one of too
    few facts is not, so that more of them shall be learnt from.
    """
    origin = origin_of(context.connection)
    models = (
        models_in_force(database, origin)
        if database is not None
        else [InForce(model=context.model)]
    )
    found: list[InForce] = []
    for each in models:
        if each.fits is not None:
            found.append(each)
            continue
        own = replace(context, model=each.model)
        fits = with_risk(own, fit_models(own))
        version = each.model.version
        if database is not None and fits.values_orders:
            fitted = {"origin": origin, "fits": json.loads(fits.to_json())}
            version = keep_fit(database, actor=SYSTEM, version=version, fitted=fitted)
        found.append(replace(each, model=replace(each.model, version=version), fits=fits))
    return found


def fits_of(each: InForce) -> Fits:
    """Return what a model in force has learnt."""
    if each.fits is None:
        raise NotLearntError(f"Scoring model {each.model.version} was asked before it was fitted.")
    return each.fits


def in_month(models: Sequence[InForce], month: date) -> InForce:
    """Return the model that holds in a month; before the first one, the first."""
    held = [m for m in models if m.since <= month]
    return held[-1] if held else models[0]

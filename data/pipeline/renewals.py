"""Fits what is known of renewals to the contracts, and tests it on months it must not know."""

from datetime import date

import numpy as np

from data.domain.period import add_months
from data.pipeline.fits import Fits
from data.pipeline.marts.context import Context
from data.pipeline.marts.habits import ended_terms, renewals
from data.scoring.observed import Counts, Plan, is_thin, observed_plans, observed_rate
from data.scoring.renewal import Renewal, fit_renewal, renewal_rate
from data.scoring.renewed import SHARE, Ended, RenewalTest, renewed_share, test_renewals
from data.warehouse.arrays import read_arrays

#: Names among the models of the hold-out: the shifted-beta-geometric, and Kaplan-Meier by plan.
SBG, OBSERVED = "sbg", "kaplan_meier"


def fit_contracts(context: Context, until: date) -> tuple[Renewal | None, tuple[Plan, ...]]:
    """Return the model of renewals as of a day, and the plans as observed where it is too thin.

    None and none where no contract had begun.
    """
    counts = _counts(context, until)
    if counts is None:
        return None, ()
    model = fit_renewal(*counts.by_renewals())
    return model, observed_plans(counts) if is_thin(model) else ()


def test_contracts(context: Context, fits: Fits) -> RenewalTest | None:
    """Return how the models did on the contracts that ended in the last months."""
    since = add_months(context.calendar.until, -context.model.holdout_months)
    counts = _counts(context, since)
    if counts is None:
        return None
    lost, still = counts.by_renewals()
    e = read_arrays(context.connection, ended_terms(context, since))
    ended = Ended(e["term_months"], e["renewals"], e["contracts"], e["renewed"])
    chances = {SBG: renewal_rate(fit_renewal(lost, still), ended.renewals)}
    if plans := observed_plans(counts):
        chances[OBSERVED] = observed_rate(plans, ended.term_months, ended.renewals)
    chances[SHARE] = np.full(ended.renewals.size, renewed_share(lost, still))
    official = OBSERVED if fits.plans and plans else SBG
    days = float((context.calendar.until - since).days)
    return test_renewals(ended, chances, official=official, days=days)


def _counts(context: Context, until: date) -> Counts | None:
    if not context.has("contract"):
        return None
    r = read_arrays(context.connection, renewals(context, until))
    if not r["renewals"].size:
        return None
    return Counts(r["term_months"], r["renewals"], r["lost"], r["customers"] - r["lost"])

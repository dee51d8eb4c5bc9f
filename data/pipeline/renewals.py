"""Fits the model of renewals to the contracts, and tests it on the last months it must not know."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.domain.period import add_months
from data.pipeline.marts.context import Context
from data.pipeline.marts.habits import ended_terms, renewals
from data.scoring.arrays import Floats
from data.scoring.renewal import Renewal, fit_renewal, renewal_rate
from data.scoring.renewed import SHARE, Ended, RenewalTest, renewed_share, test_renewals
from data.warehouse.arrays import read_arrays

#: The name of the shifted-beta-geometric among the models of the hold-out.
SBG = "sbg"


@dataclass(frozen=True)
class _Counts:
    """Customers by renewals: who left after so many, and who is there after so many."""

    lost: Floats
    still: Floats


def fit_contracts(context: Context, until: date) -> Renewal | None:
    """Return the model of renewals as of a day; None where no contract had begun."""
    counts = _counts(context, until)
    return fit_renewal(counts.lost, counts.still) if counts else None


def test_contracts(context: Context) -> RenewalTest | None:
    """Return how the model did on the contracts that ended in the last months."""
    since = add_months(context.calendar.until, -context.model.holdout_months)
    counts = _counts(context, since)
    if counts is None:
        return None
    model = fit_renewal(counts.lost, counts.still)
    e = read_arrays(context.connection, ended_terms(context, since))
    ended = Ended(e["renewals"], e["contracts"], e["renewed"])
    chances = {
        SBG: renewal_rate(model, ended.renewals),
        SHARE: np.full(ended.renewals.size, renewed_share(counts.lost, counts.still)),
    }
    days = float((context.calendar.until - since).days)
    return test_renewals(ended, chances, official=SBG, days=days)


def _counts(context: Context, until: date) -> _Counts | None:
    if not context.has("contract"):
        return None
    r = read_arrays(context.connection, renewals(context, until))
    if not r["renewals"].size:
        return None
    size = int(r["renewals"].max()) + 1
    lost, still = np.zeros(size), np.zeros(size)
    at = r["renewals"].astype(np.int64)
    lost[at] = r["lost"]
    still[at] = r["customers"] - r["lost"]
    return _Counts(lost, still)

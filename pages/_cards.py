"""The row of key figures that opens every page, from one query."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from components.cards import kpi_card, kpi_row
from data.domain.filters import Filters
from data.domain.metric import Metric
from data.i18n import comparison_words, day, figure, is_blank, t
from pages._page import Panel, Query, asked
from queries.known import is_known_metric
from queries.kpis import BEFORE, NOW
from queries.metrics import METRICS
from queries.metrics.asset import SIGMAS_95
from queries.run import fetcher, run

#: Contract tables of which one must hold rows before a metric's 0 means none.
NEEDS: dict[str, tuple[str, ...]] = {
    "collections": ("payment",),
    "collection_rate": ("invoice",),
    "created_deals": ("opportunity",),
    "lead_to_won": ("opportunity",),
    "won_amount": ("opportunity",),
    "cycle_days": ("opportunity",),
    "velocity": ("opportunity",),
    "win_rate": ("opportunity",),
    "follow_ups": ("activity",),
    "complaint_rate": ("ticket",),
    "nps": ("survey",),
    "renewal_rate": ("contract",),
    "service_cost": ("service_cost", "activity", "ticket"),
}

#: Figures of fitted models -> their standard error, where the panel asks for it.
ERRORS = {"customer_asset": "asset_error", "lifetime_value": "asset_error"}
MODELLED = frozenset({*ERRORS, "value_mean", "expected_orders"})
#: What may be lost, said by the models; and a count that says nothing without its mean.
AT_STAKE = frozenset({"expected_loss", "loss_share", "value_at_risk", "value_churn", "risk_mean"})
BLANK_WITH = {"customers_at_risk": "risk_mean"}


def cards(of: Panel, query: Query, *, keys: Sequence[str] = ()) -> Any:
    """Return the cards of a panel whose query is `kpis`: now, before, and thirteen months."""
    filters = asked(query)
    rows = run(of.query, filters).set_index("slot")
    months = [slot for slot in rows.index if slot not in (NOW, BEFORE)]
    wanted = keys or of.question.metrics
    return kpi_row([_card(of, key, rows, months=months, filters=filters) for key in wanted])


def _card(of: Panel, key: str, rows: pd.DataFrame, *, months: list[str], filters: Filters) -> Any:
    metric = METRICS[key]
    missing = _missing(key, filters)
    series = [None if missing else _at(rows, slot, key) for slot in months]
    now = None if missing else _at(rows, NOW, key)
    before = None if missing or not metric.has_period else _at(rows, BEFORE, key)
    calendar = filters.calendar
    now_words = day(calendar.as_of) if calendar.is_past else t("as of today")
    note = comparison_words(filters) if metric.has_period else now_words
    spread = _spread(rows, key, now)
    return kpi_card(
        metric,
        now,
        before,
        series if metric.has_period else (),
        note=spread[1] or note,
        error=spread[0],
        why_blank=missing or _why_blank(metric, is_past=calendar.is_past),
        panel=of.id,
        months=[date.fromisoformat(f"{slot}-01") for slot in months],
    )


def _spread(rows: pd.DataFrame, key: str, now: Any) -> tuple[str, str]:
    """Return half the 95 % interval of a modelled sum, and the interval itself, in words."""
    error = _at(rows, NOW, ERRORS[key]) if ERRORS.get(key) in rows else None
    if error is None or now is None:
        return "", ""
    half = SIGMAS_95 * error
    low, high = (figure(v, "money", short=True) for v in (max(0.0, now - half), now + half))
    words = t("95 % interval: {low} to {high}", low=low, high=high)
    return f"± {figure(half, 'money', short=True)}", words


def _why_blank(metric: Metric, *, is_past: bool) -> str:
    if is_past and not is_known_metric(metric):
        return t("Not kept of a past month end.")
    if metric.key in MODELLED:
        return t("The models cannot say it here. The simple CLV stands beside it.")
    if metric.key in AT_STAKE or metric.key in BLANK_WITH:
        return t("The models cannot say it here. The margin at stake is listed below.")
    return t(metric.pending) if metric.pending else ""


def _missing(key: str, filters: Filters) -> str:
    """Return which data is missing behind a metric, as a sentence; empty where none is."""
    counts = fetcher().info(filters.version).counts
    needs = NEEDS.get(key, ())
    if not needs or any(counts.get(name, 0) for name in needs):
        return ""
    return t("There are no rows in {tables}.", tables=", ".join(needs))


def _at(rows: pd.DataFrame, slot: str, key: str) -> Any:
    if slot not in rows.index or is_blank(rows.loc[slot, BLANK_WITH.get(key, key)]):
        return None
    value = rows.loc[slot, key]
    return None if is_blank(value) else value

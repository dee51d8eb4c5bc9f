"""The row of key figures that opens every page, from one query."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

import pandas as pd

from components.cards import kpi_card, kpi_row
from components.figures.values import Row, records
from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.period import DAY, add_months
from data.i18n import comparison_words, day, figure, is_blank, t
from pages._page import Panel, Query, asked
from queries.known import is_known_metric
from queries.kpis import BEFORE, NOW
from queries.metrics import METRICS
from queries.metrics.asset import SIGMAS_95
from queries.run import fetcher, run
from queries.single import metric_total

#: now, before and months (YYYY-MM) -> the metrics of the cards.
Slots: TypeAlias = dict[str, Row]

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
    "cash_collected": ("payment",),
    "contacts_made": ("activity",),
    "open_amount": ("opportunity",),
    "complaint_rate": ("ticket",),
    "nps": ("survey",),
    "renewal_rate": ("contract",),
    "service_cost": ("service_cost", "activity", "ticket"),
}

#: Figures of fitted models -> their standard error, where the panel asks for it.
ERRORS = {"customer_asset": "asset_error", "lifetime_value": "asset_error"}
SIMPLE = "simple_clv"
MODELLED = frozenset({*ERRORS, "value_mean", "expected_orders"})
#: What may be lost, said by the models; and a count that says nothing without its mean.
AT_STAKE = frozenset({"expected_loss", "loss_share", "value_at_risk", "value_churn", "risk_mean"})
BLANK_WITH = {"customers_at_risk": "risk_mean"}


def cards(of: Panel, query: Query, *, keys: Sequence[str] = ()) -> Any:
    """Return the cards of a panel whose query is `kpis`: now, before, and thirteen months."""
    filters = asked(query)
    rows = run(of.query, filters)
    slots = {row["slot"]: row for row in records(rows)}
    wanted = keys or of.question.metrics
    nobody = nobody_words(rows.set_index("slot"), filters)
    return kpi_row([_card(of, key, slots, filters=filters, nobody=nobody) for key in wanted])


def nobody_words(rows: pd.DataFrame, filters: Filters) -> str:
    """Return that no customer is chosen, so that 0 is no figure; empty where somebody is."""
    if not (rows.isna() | (rows == 0)).all(axis=None):
        return ""
    counted = run(metric_total, filters.unfocused().focused(metric="customers"))
    if is_blank(counted["customers"].iloc[0]) or counted["customers"].iloc[0]:
        return ""
    return t("There is no customer with these filters.")


def _card(of: Panel, key: str, slots: Slots, *, filters: Filters, nobody: str) -> Any:
    metric = METRICS[key]
    months = [slot for slot in slots if slot not in (NOW, BEFORE)]
    missing = nobody or _missing(key, filters)
    is_compared = not missing and (metric.has_period or metric.at_ends)
    series = [_at(slots, slot, key) for slot in months] if is_compared else []
    now = None if missing else _at(slots, NOW, key)
    before = _at(slots, BEFORE, key) if is_compared else None
    calendar = filters.calendar
    if series and metric.at_ends and months[-1] == f"{calendar.as_of:%Y-%m}":
        series[-1] = now
    note = compared_words(metric, filters, is_known=before is not None)
    spread = _spread(slots, key, now)
    return kpi_card(
        metric,
        now,
        before,
        series,
        note=note,
        error=spread[0],
        interval=spread[1],
        why_blank=missing or _why_blank(metric, slots, is_past=calendar.is_past),
        panel=of.id,
        months=[date.fromisoformat(f"{slot}-01") for slot in months],
    )


def compared_words(metric: Metric, filters: Filters, *, is_known: bool) -> str:
    """Return what a card compares its figure with; where nothing, of which day the figure is."""
    if metric.has_period:
        return comparison_words(filters)
    if is_known and (end := compared_end(metric, filters)):
        return t("vs {period}", period=end)
    calendar = filters.calendar
    return day(calendar.as_of) if calendar.is_past else t("as of today")


def compared_end(metric: Metric, filters: Filters) -> str:
    """Return the month end that a card compares with, for what has no period; else empty."""
    if metric.has_period or not metric.at_ends or filters.comparison is None:
        return ""
    _opening, closing = filters.calendar.ends_of(filters.comparison)
    return day(add_months(closing, 1) - DAY)


def _spread(slots: Slots, key: str, now: Any) -> tuple[str, str]:
    """Return half the 95 % interval of a modelled sum, and the interval itself, in words."""
    error = slots.get(NOW, {}).get(ERRORS.get(key, ""))
    if error is None or now is None:
        return "", ""
    half = SIGMAS_95 * error
    low, high = (figure(v, "money", short=True) for v in (max(0.0, now - half), now + half))
    words = t("95 % interval: {low} to {high}", low=low, high=high)
    return f"± {figure(half, 'money', short=True)}", words


def _why_blank(metric: Metric, slots: Slots, *, is_past: bool) -> str:
    if is_past and not is_known_metric(metric):
        return t("Not kept of a past month end.")
    if metric.key in MODELLED and slots.get(NOW, {}).get(SIMPLE) is None:
        return t("The models cannot say it here.")
    if metric.key in MODELLED:
        return t("The models cannot say it here. The simple CLV stands beside it.")
    if metric.key in AT_STAKE or metric.key in BLANK_WITH:
        return t("The models cannot say it here. The margin at stake is listed below.")
    return t(metric.pending) if metric.pending else ""


def unrecorded(keys: Sequence[str], filters: Filters) -> list[str]:
    """Return those of the metrics that the data say nothing of: their 0 would be no fact."""
    return [key for key in keys if _missing(key, filters)]


def _missing(key: str, filters: Filters) -> str:
    """Return which data is missing behind a metric, as a sentence; empty where none is."""
    counts = fetcher().info(filters.version).counts
    needs = NEEDS.get(key, ())
    if not needs or any(counts.get(name, 0) for name in needs):
        return ""
    return t("There are no rows in {tables}.", tables=", ".join(needs))


def _at(slots: Slots, slot: str, key: str) -> Any:
    row = slots.get(slot)
    return None if row is None or row[BLANK_WITH.get(key, key)] is None else row[key]

"""The rows behind a figure: as a table in the drawer and as a CSV file."""

from typing import Any

import pandas as pd
from dash import html

from components.attributes import attributes
from components.tables import Column, member_table
from data.domain.dimension import DIMENSIONS
from data.domain.filters import Filters
from data.i18n import figure, t, tn
from pages._page import Panel, require_rows_data
from queries.metrics import METRICS
from queries.run import PAGE_ROWS, count_and_sums, fetcher, run_page

#: Columns of lists that are neither a dimension nor a metric: label and unit.
PLAIN: dict[str, tuple[str, str]] = {
    "customer_id": ("Customer number", "text"),
    "name": ("Name", "text"),
    "opportunity_id": ("Opportunity", "text"),
    "stage": ("Stage", "dimension"),
    "status": ("Status", "dimension"),
    "created_on": ("Created", "date"),
    "closed_on": ("Closed", "date"),
    "first_on": ("First order", "date"),
    "last_on": ("Last order", "date"),
    "month": ("Month", "date"),
    "cohort": ("First order in", "date"),
    "silent_days": ("Days since the last order", "days"),
    "median_gap_days": ("Usual gap", "days"),
    "last_gap_days": ("Last gap", "days"),
    "score": ("Value score", "score"),
    "recency": ("Recency", "count"),
    "frequency": ("Frequency", "count"),
    "monetary": ("Monetary", "count"),
    "net": ("Revenue", "money"),
    "gross": ("Gross revenue", "money"),
    "amount": ("Amount", "money"),
    "simple_value": ("Simple CLV", "money"),
    "margin_12m": ("Margin, 12 months", "money"),
    "order_days": ("Days with an order", "count"),
    "lost_reason": ("Reason", "text"),
    "cycle_days": ("Cycle", "days"),
    "days": ("Days", "days"),
    "active": ("Active", "count"),
    "band": ("Group", "text"),
    "quote_waiting": ("Quote", "money"),
    "left_on": ("Left", "date"),
    "entered_on": ("Entered", "date"),
    "day": ("Day", "date"),
    "previous_on": ("Order before", "date"),
    "gap_days": ("Days of silence", "days"),
    "signal": ("Signal", "dimension"),
    "tier_raw": ("Would be", "dimension"),
    "tier_then": ("Tier in the what-if", "dimension"),
    "engagements": ("Engagements", "count"),
    "engagements_before": ("Engagements, three months before", "count"),
    "redemptions": ("Redemptions", "count"),
    "visits": ("Visits", "count"),
    "campaign": ("Campaign", "text"),
    "cost": ("Cost", "money"),
    "orders_run": ("Orders while it ran", "count"),
    "orders_90": ("Orders, 90 days", "count"),
    "orders_180": ("Orders, 180 days", "count"),
    "campaign_margin": ("Margin, 90 days", "money"),
    "again_days": ("Days to the second order", "days"),
    "tier_between": ("Tier in between", "dimension"),
    "score_before": ("Value score before", "score"),
    "mover": ("Moved most", "dimension"),
    "mover_points": ("By points", "number"),
    "arm": ("Arm", "dimension"),
    "tier_before": ("Tier before", "dimension"),
    "line": ("Line", "dimension"),
    "cause": ("Cause", "dimension"),
    "asset_moved": ("Change", "money"),
    "asset_at_close": ("Closing value", "money"),
    "asset_then": ("When it closed", "money"),
    "asset_now": ("Computed today", "money"),
    "loss_expected": ("Expected to be lost", "money"),
    "loss_actual": ("Lost", "money"),
    "class": ("Class", "dimension"),
    "standing": ("Takes part", "dimension"),
    "share_before": ("Share held by those before", "rate"),
    "value": ("Official value", "money"),
    "risk": ("Risk of churn", "rate"),
    "spread": ("95 % interval", "shown"),
    "p_alive": ("P(alive)", "rate"),
    "is_churned": ("Churned", "text"),
    "margin_rate": ("Margin rate", "rate"),
    "order_spend": ("Expected spend per order", "money"),
    "discounted_orders": ("Discounted expected orders", "number"),
    "service_month": ("Service cost a month", "money"),
    "alive_months": ("Discounted months alive", "number"),
    "contract_month": ("Contract, a month", "money"),
    "contract_months": ("Discounted months of the contract", "number"),
    "loss_reason": ("Way out", "dimension"),
    "loss_chance": ("Probability", "rate"),
    "loss_3m": ("Expected loss, 3 months", "money"),
    "why": ("Why", "text"),
    "signals": ("Signals", "count"),
    "last_contact_on": ("Last follow-up", "date"),
    "complaints_90": ("Complaints, 90 days", "count"),
    "complaints_before": ("Complaints, 90 days before", "count"),
    "engaged_90": ("Engagements, 90 days", "count"),
    "engaged_before": ("Engagements, 90 days before", "count"),
    "csat_180": ("Satisfaction, 180 days", "number"),
    "csat_before": ("Satisfaction before", "number"),
    "reply_hours_180": ("Hours to first reply, 180 days", "number"),
    "reply_hours_before": ("Hours to first reply before", "number"),
    "due_on": ("Due", "date"),
    "days_late": ("Days late", "days"),
    "limit_days": ("Limit of the tier", "days"),
    "covered_until": ("Contract until", "date"),
    "order_id": ("Order", "text"),
    "ordered_on": ("Ordered", "date"),
    "is_foreign": ("Customer of another team", "count"),
    "invoice_id": ("Invoice", "text"),
    "issued_on": ("Issued", "date"),
    "days_overdue": ("Days past due", "days"),
    "open_invoice": ("Open amount", "money"),
    "former": ("Owner before", "text"),
    "quote_id": ("Quote number", "text"),
    "submitted_on": ("Submitted (UTC)", "date"),
    "above_limit": ("Above the limit", "count"),
    "quote_status": ("Decision", "dimension"),
    "usual_days": ("Usual days there", "days"),
    "score_amount": ("Amount, margin", "score"),
    "score_loyalty": ("Loyalty", "score"),
    "score_referral": ("Referral", "score"),
    "score_service": ("Service cost", "score"),
    "score_growth": ("Margin growth", "score"),
    "score_potential": ("Potential", "score"),
    "score_interaction": ("Interaction", "score"),
    "coverage_information": ("Information asset, measured", "rate"),
    "coverage_relationship": ("Relationship asset, measured", "rate"),
    "coverage_value": ("Value asset, measured", "rate"),
    "coverage_strategic": ("Strategic asset, measured", "rate"),
    "next_field": ("Next field", "dimension"),
    "outcome": ("How it ended", "dimension"),
    "ordered_30": ("Ordered, 30 days", "count"),
    "ordered_90": ("Ordered, 90 days", "count"),
    "revenue_30": ("Net revenue, 30 days", "money"),
    "revenue_90": ("Net revenue, 90 days", "money"),
}
NAMED = {"former": "rep", "team": "team", "rep": "rep", "seller": "rep", "seller_team": "team"}
MAIN = frozenset({"name", "customer_id"})


def body(panel: Panel, filters: Filters, *, csv: bool, may_work: bool = False) -> Any:
    """Return how many rows there are, what they sum to, and the first thousand of them."""
    require_rows_data(panel, filters)
    rows = named(run_page(panel.question.members, filters), filters)
    if rows.empty:
        return html.P(t("No row is behind this figure with these filters."), className="muted")
    sums = count_and_sums(panel.question.members, filters)
    columns = _figures_first(columns_of(rows, panel, filters.focus.get("metric", "")))
    return html.Div(
        [
            html.P(_summary(sums, columns), className="rows-summary"),
            _offers(panel, filters, csv=csv, tasks=may_work and "customer_id" in rows),
            member_table(rows, columns, id="rows-table"),
        ],
        className="rows",
        **attributes(data_panel=panel.id),
    )


def _summary(sums: dict[str, Any], columns: list[Column]) -> str:
    number = int(sums["rows"])
    words = [tn("{count} row", "{count} rows", number)]
    if number > PAGE_ROWS:
        words.append(t("the first {count} are shown", count=f"{PAGE_ROWS:,}"))
    for column in columns:
        if column.key in sums and _adds_up(column):
            total = figure(sums[column.key], column.unit)
            words.append(t("{label} in all: {total}", label=column.label, total=total))
    return " · ".join(words)


#: Columns that are no metric and still add up to what a panel shows.
SUMMED = frozenset(
    {"asset_moved", "asset_at_close", "asset_then", "asset_now", "loss_expected", "loss_actual"}
    | {"cost", "campaign_margin", "ordered_30", "ordered_90", "revenue_30", "revenue_90"}
)


def _adds_up(column: Column) -> bool:
    """Whether the sum of a column's rows is a figure; errors and means have none."""
    if column.key in SUMMED:
        return True
    metric = METRICS.get(column.key)
    is_sum = metric is not None and metric.kind in ("sum", "count", "distinct")
    return is_sum and column.unit in ("money", "count")


def _offers(panel: Panel, filters: Filters, *, csv: bool, tasks: bool) -> Any:
    """Return what can be made of the rows: files, and tasks for their customers."""
    metric = filters.focus.get("metric", "")
    about = {"data_metric": metric}
    offered = [
        *([(t("Download all rows as CSV"), attributes(data_csv=panel.id, **about))] if csv else []),
        *([(t("as Excel workbook"), attributes(data_xlsx=panel.id, **about))] if csv else []),
        *([(t("Create tasks"), attributes(data_task=panel.id, **about))] if tasks else []),
    ]
    buttons = [
        html.Button(label, type="button", className="text-button", **marks)
        for label, marks in offered
    ]
    return html.P(buttons, className="downloads") if buttons else None


def columns_of(rows: pd.DataFrame, panel: Panel, metric: str = "") -> list[Column]:
    """Return the columns of a list with their headings in the reader's language."""
    asked = METRICS[metric] if metric else panel.metric
    keys = {asked.key, *asked.parts[:1]}
    # A choice of the page may have put another metric of the question in its place.
    main = MAIN | (keys if keys & set(rows.columns) else set(panel.question.metrics))
    return [_column(str(key), main) for key in rows.columns if key != "customer_no"]


def _figures_first(columns: list[Column]) -> list[Column]:
    """Return who it is, then the figures, then the rest: the figures are what was asked for."""
    words = ("text", "dimension", "date")
    return sorted(columns, key=lambda c: (c.key not in MAIN, not c.main, c.unit in words))


def _column(key: str, main: frozenset[str]) -> Column:
    is_main = key in main
    if key in METRICS:
        return Column(key, t(METRICS[key].label), METRICS[key].unit, main=is_main)
    if key in PLAIN:
        label, unit = PLAIN[key]
        return Column(key, t(label), unit, main=is_main)
    if key in DIMENSIONS:
        return Column(key, t(DIMENSIONS[key].label), "dimension", main=is_main)
    return Column(key, key, "text", main=is_main)


def named(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Return the rows with teams and representatives by name."""
    info = fetcher().info(filters.version)
    changed = {
        key: [info.label(kind, v) if v else v for v in rows[key]]
        for key, kind in NAMED.items()
        if key in rows
    }
    return rows.assign(**changed)

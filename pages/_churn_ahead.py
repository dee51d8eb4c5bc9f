"""What lies ahead on the Churn page: what is at stake, when, why, with whom, and how sure."""

from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import Input, Output, html

from components.cards import headline, kpi_skeleton
from components.figures.counts import counts
from components.figures.loss import loss_months
from components.figures.marks import go
from components.figures.risk_check import risk_calibration
from components.figures.signals import signal_bars
from components.figures.survival import cohort_survival, tier_survival
from components.figures.values import records
from components.panel import grid, list_panel
from components.rankings import official, rankings
from components.reasons import reasons
from components.tables import Column, short_table
from data.domain.columns import SIGNALS
from data.i18n import figure, is_blank, label_of, t
from pages import _churn_ahead_words as words
from pages._cards import cards
from pages._page import (
    FILTERS,
    Figure,
    Query,
    asked,
    chart,
    guarded,
    listing,
    panel,
    require_data,
    rows_of,
    together,
)
from pages._rows import named
from queries import loss, risk, signals
from queries.kpis import NOW
from queries.metrics import METRICS
from queries.run import run

PERMISSION = "view-churn"
LOSS = METRICS["expected_loss"]
STAKE = panel("churn-stake", loss.risk_kpis, metric="expected_loss")
MONTHS = panel("churn-loss", loss.loss_months, metric="expected_loss")
REASONS = panel("churn-reasons", loss.loss_reasons, metric="expected_loss")
FIRST = panel("churn-first", loss.loss_list, metric="expected_loss")
SIGNS = panel("churn-signals", signals.signals, metric="customers_signalled")
BY_TIER = panel("churn-stay-tiers", risk.tier_survival, metric="retention_rate")
BY_START = panel("churn-stay-starts", risk.cohort_survival, metric="retention_rate")
CHECKS = panel("churn-rankings", risk.churn_checks, metric="risk_mean")
TENTHS = panel("churn-tenths", risk.churn_deciles, metric="risk_mean")
AHEAD, SPAN = "churn-ahead", "churn-first-months"


def ahead() -> list[Any]:
    """Return the panels of what lies ahead, empty; the callbacks below fill them."""
    tools = ("explain", "rows", "csv")
    return [
        html.H2(t("What lies ahead"), className="panel-title", style={"margin": "28px 0 12px"}),
        html.Div(kpi_skeleton(), id=STAKE.id),
        html.Div(id=AHEAD),
        grid(chart(MONTHS, sub=words.loss_words(), height=340), layout="full"),
        grid(
            chart(REASONS, sub=t("Of the next twelve months; click a bar, then Rows")),
            chart(SIGNS, sub=words.sign_words()),
            layout="two",
        ),
        grid(
            list_panel(
                FIRST.id,
                t(FIRST.question.title),
                sub=words.first_words(),
                note=_span_choice(),
                actions=tools,
                metric=FIRST.metric.key,
            ),
            layout="full",
        ),
        grid(
            listing(CHECKS, sub=t("Of the whole company, whatever the filters"), actions=tools),
            chart(TENTHS, sub=words.tenth_words()),
            layout="two",
        ),
        grid(
            chart(BY_TIER, sub=words.tier_words(), height=320),
            chart(BY_START, sub=words.start_words(), height=320),
            layout="two",
        ),
    ]


def _span_choice() -> Any:
    return dbc.RadioItems(
        id=SPAN,
        options=[
            {"label": t("3 months"), "value": str(loss.SOON)},
            {"label": t("12 months"), "value": "12"},
        ],
        value="12",
        inline=True,
        className="choice",
    )


# --- at stake --------------------------------------------------------------------------------


def show_stake(query: Query) -> Any:
    """Draw the cards of what is at stake."""
    return cards(STAKE, query)


def show_ahead(query: Query) -> Any:
    """Say in a sentence what is at stake; of a past month end the panels say why nobody knows."""
    if asked(query).calendar.is_past:
        return []
    now = run(STAKE.query, asked(query)).set_index("slot")
    if NOW not in now.index or is_blank(now.at[NOW, "expected_loss"]):
        return headline(words.unvalued())
    lost, part = now.at[NOW, "expected_loss"], now.at[NOW, "loss_share"]
    return headline(words.at_stake(lost, part, rows_of(REASONS, query)))


def draw_loss(query: Query) -> Figure:
    """Draw the expected loss of the next twelve months by tier."""
    return loss_months(rows_of(MONTHS, query), asked(query).calendar.as_of)


def draw_reasons(query: Query) -> Figure:
    """Draw the expected loss of the next twelve months by the way out."""
    rows = rows_of(REASONS, query)
    rows = rows.assign(
        key=rows["reason"],
        name=[label_of("loss_reason", reason) for reason in rows["reason"]],
        value=rows["expected_loss"],
        amount=None,
    )
    return counts(rows, LOSS, focus="reason", heading=t("Reason"))


def draw_signals(query: Query) -> Figure:
    """Draw how many customers carry each signal."""
    rows = rows_of(SIGNS, query)
    keys = ("known", "customers", "value")
    parts = [
        {"signal": name, **{key: row[f"{name}_{key}"] for key in keys}}
        for row in records(rows)
        for name in SIGNALS
    ]
    return signal_bars(pd.DataFrame(parts, columns=["signal", *keys]))


together(
    {
        Output(STAKE.id, "children"): show_stake,
        Output(AHEAD, "children"): show_ahead,
        Output(MONTHS.id, "figure"): draw_loss,
        Output(REASONS.id, "figure"): draw_reasons,
        Output(SIGNS.id, "figure"): draw_signals,
    },
    permission=PERMISSION,
)


# --- with whom -------------------------------------------------------------------------------


@guarded(
    Output(FIRST.id, "children"),
    Input(FILTERS, "data"),
    Input(SPAN, "value"),
    permission=PERMISSION,
)
def list_first(query: Query, span: str | None) -> Any:
    """List the customers of the largest expected loss with their reasons in words."""
    require_data(FIRST.question, query)
    filters = asked(query)
    months = {"band": str(loss.SOON)} if span == str(loss.SOON) else {}
    rows = run(FIRST.query, filters.focused(**months) if months else filters)
    weights = _weights(query)
    if rows.empty:
        return html.P(t("No customer matches these filters."), className="muted")
    listed = records(named(rows, filters))
    table = [{**_shown(row), "why": reasons(row, weights)} for row in listed]
    return short_table(
        table, _columns(is_soon=bool(months)), id=f"{FIRST.id}-table", go="go", worded=True
    )


def _columns(*, is_soon: bool) -> list[Column]:
    return [
        Column("name", t("Name"), main=True),
        Column("rep", t("Owner"), "dimension"),
        Column("customer_asset", t("Official value"), "shown"),
        Column("risk", t("Risk of churn"), "rate"),
        Column("silent_days", t("Days silent"), "count"),
        Column("loss_3m", t("Loss, 3 months"), "shown", main=is_soon),
        Column("expected_loss", t("Loss, 12 months"), "shown", main=not is_soon),
        Column("why", t("Why")),
    ]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    money = ("customer_asset", "loss_3m", "expected_loss")
    short = {key: figure(row[key], "money", short=True) for key in money}
    return {**row, **short, "go": go("customer", row["customer_id"])}


def _found(query: Query) -> dict[tuple[str, str], float]:
    rows = rows_of(CHECKS, query)
    pairs = zip(rows["model"], rows["measure"], strict=True)
    return {pair: float(v) for pair, v in zip(pairs, rows["value"], strict=True) if not is_blank(v)}


def _weights(query: Query) -> dict[str, float] | None:
    """Return the parameters of the regression where it ranks the official risk."""
    found = _found(query)
    weights = {name: value for (part, name), value in found.items() if part == "logit"}
    return weights if weights and official(found) == "logistic" else None


# --- how sure --------------------------------------------------------------------------------


def show_rankings(query: Query) -> Any:
    """List both rankings, and say which is official and why."""
    return rankings(_found(query), threshold=asked(query).calendar.threshold_days)


def draw_tenths(query: Query) -> Figure:
    """Draw whether the official risk came true, by tenth."""
    return risk_calibration(rows_of(TENTHS, query), official(_found(query)))


def draw_tier_stays(query: Query) -> Figure:
    """Draw how long the customers of each tier stay."""
    return tier_survival(rows_of(BY_TIER, query))


def draw_start_stays(query: Query) -> Figure:
    """Draw how long the customers of each half-year stay."""
    return cohort_survival(rows_of(BY_START, query))


together(
    {
        Output(CHECKS.id, "children"): show_rankings,
        Output(TENTHS.id, "figure"): draw_tenths,
        Output(BY_TIER.id, "figure"): draw_tier_stays,
        Output(BY_START.id, "figure"): draw_start_stays,
    },
    permission=PERMISSION,
)

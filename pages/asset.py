"""Asset statement: how the customer asset came from one month end to another, and what is next."""

from typing import Any

import pandas as pd
from dash import Input, Output, html

from components import panel as look
from components.cards import headline
from components.choices import ends_form, kept_slider
from components.figures.empty import empty_figure
from components.figures.loss import loss_months
from components.figures.schedule import keep_line, schedule_bars
from components.figures.statement import statement_bars, steps, waterfall
from components.figures.values import records
from components.panel import grid
from components.statement import statement_table
from components.states import empty, skeleton
from data.domain.filters import Filters
from data.i18n import figure, label_of, month, signed, t
from pages._choosing import closed_months, unknown_ends
from pages._page import (
    FILTERS,
    Figure,
    Query,
    asked,
    chart,
    guarded,
    listing,
    panel,
    register_page,
    rows_of,
)
from queries import asset_statement as statement
from queries import loss, schedule
from queries.run import fetcher, run

register_page(
    __name__,
    path="/asset",
    name="Asset statement",
    order=15,
    permission="view-asset",
    icon="wallet2",
    group="Value",
)

# Its panel belongs to the page registered last.
from pages._restated import restated_panel  # noqa: E402

WATERFALL = panel("asset-waterfall", statement.asset_statement, metric="asset_closing")
TABLE = panel("asset-table", statement.asset_statement, metric="asset_closing")
MONTHS = panel("asset-months", statement.statement_months, metric="asset_closing")
LOSS = panel("asset-loss", loss.loss_months, metric="expected_loss")
KEEP = panel("asset-keep", schedule.keep_curve, metric="expected_loss")
CHECK = panel("asset-schedule", schedule.schedule_check, metric="expected_loss")
SAY, FORM, SLIDER = "asset-say", "asset-form", "asset-kept"


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    tools = ("explain", "rows", "csv")
    return html.Div(
        [
            html.Div(skeleton(lines=1), id=FORM),
            html.Div(skeleton(lines=2), id=SAY),
            grid(
                look.panel(
                    WATERFALL.id,
                    t("From the opening to the closing"),
                    sub=_waterfall_words(),
                    metric=WATERFALL.metric.key,
                    height=380,
                ),
                chart(MONTHS, sub=_month_words(), height=380),
                layout="two",
            ),
            grid(listing(TABLE, sub=_table_words(), actions=tools), layout="full"),
            restated_panel(),
            html.H2(
                t("Depreciation schedule"), className="panel-title", style={"margin": "28px 0 12px"}
            ),
            grid(
                chart(LOSS, sub=_loss_words(), height=320),
                chart(KEEP, sub=_keep_words(), note=html.Span(id=SLIDER), height=320),
                layout="two",
            ),
            grid(chart(CHECK, sub=_check_words(), height=300), layout="full"),
        ]
    )


def _waterfall_words() -> str:
    return t("Every customer stands in one line; click a line, then Rows")


def _month_words() -> str:
    return t(
        "Lines of months do not add up to those of the whole time: who comes and goes in between"
        " is counted in each. Opening and closing chain"
    )


def _table_words() -> str:
    return t("Click an amount for its customers with opening, closing and cause")


def _loss_words() -> str:
    return t("Expected loss of the next twelve months by tier; click a bar, then Rows")


def _keep_words() -> str:
    return t("What of the expected loss the largest make up, if nothing else changes")


def _check_words() -> str:
    return t(
        "The schedule of twelve month ends ago, by the model of today, beside the value then of"
        " those who churned; by the end of each month"
    )


# --- the statement ---------------------------------------------------------------------------


@guarded(
    Output(FORM, "children"),
    Output(SAY, "children"),
    Output(WATERFALL.id, "figure"),
    Output(TABLE.id, "children"),
    Input(FILTERS, "data"),
)
def show_statement(query: Query) -> Any:
    """Show what can be chosen, the sentence, the waterfall and the table: one answer for all."""
    filters = asked(query)
    form = ends_form(filters.ends, closed_months(filters), by=filters.choices.by)
    rows = rows_of(WATERFALL, query)
    unknown = unknown_ends(filters)
    if unknown:
        return form, headline([unknown]), empty_figure(unknown), empty(unknown)
    if rows["closing"].isna().all() and rows["opening"].isna().all():
        words = _nothing(rows)
        return form, headline([words]), empty_figure(words), empty(words)
    table = statement_table(rows, by=filters.choices.by, name=_namer(filters), panel=TABLE.id)
    return form, headline(_sentence(rows, filters)), waterfall(rows), table


def _nothing(rows: pd.DataFrame) -> str:
    if rows.empty:
        return t("No customer with these filters was one at either month end.")
    return t(
        "No customer with these filters has an official value at either month end. The Value page"
        " says why."
    )


def _namer(filters: Filters) -> Any:
    info = fetcher().info(filters.version)
    by = filters.choices.by

    def name(key: str) -> str:
        found = info.label(by, key)
        return label_of(by, key) if found == key else found

    return name


def _sentence(rows: pd.DataFrame, filters: Filters) -> list[Any]:
    """Say from what to what the asset went, by which lines most, and that nothing is left over."""
    made = steps(records(rows))
    opening, closing = made[0]["amount"], made[-1]["amount"]
    lines = sorted(made[1:-1], key=lambda step: -abs(step["amount"]))[:2]
    largest = ", ".join(
        f"{step['name']} {signed(step['amount'], 'money', short=True)}" for step in lines
    )
    first, last = filters.ends
    words = t(
        "From the end of {first} to the end of {last} the customer asset went from {opening} to"
        " {closing}, {change}; most of it: {lines}.",
        first=month(first),
        last=month(last),
        opening=figure(opening, "money", short=True),
        closing=figure(closing, "money", short=True),
        change=signed(closing - opening, "money", short=True),
        lines=largest,
    )
    left = _residual(rows, filters)
    return [words, " ", t("Residual {amount}.", amount=figure(left, "money"))]


def _residual(rows: pd.DataFrame, filters: Filters) -> float:
    """Return what the asset known elsewhere at the closing is more than the statement's sum."""
    ends = run(statement.asset_at_ends, filters).set_index("month")["value"]
    known = {pd.Timestamp(key).date(): value for key, value in ends.items()}
    parts = ("opening", "moved", "revaluation")
    whole = sum(round(float(rows[part].sum()) * 10_000) for part in parts)
    return (round(float(known.get(filters.ends[1]) or 0) * 10_000) - whole) / 10_000


@guarded(Output(MONTHS.id, "figure"), Input(FILTERS, "data"))
def draw_months(query: Query) -> Figure:
    """Draw what moved the asset in each month."""
    unknown = unknown_ends(asked(query))
    return empty_figure(unknown) if unknown else statement_bars(rows_of(MONTHS, query))


# --- the schedule ----------------------------------------------------------------------------


@guarded(Output(LOSS.id, "figure"), Input(FILTERS, "data"))
def draw_loss(query: Query) -> Figure:
    """Draw the expected loss of the next twelve months."""
    return loss_months(rows_of(LOSS, query), asked(query).calendar.as_of)


@guarded(Output(KEEP.id, "figure"), Output(SLIDER, "children"), Input(FILTERS, "data"))
def draw_keep(query: Query) -> Any:
    """Draw what the k largest expected losses make up, and the slider that chooses k."""
    kept = asked(query).choices.keep
    rows = rows_of(KEEP, query)
    return keep_line(rows, kept), kept_slider(kept, most=len(rows))


@guarded(Output(CHECK.id, "figure"), Input(FILTERS, "data"))
def draw_check(query: Query) -> Figure:
    """Draw last year's schedule beside what happened."""
    return schedule_bars(rows_of(CHECK, query))

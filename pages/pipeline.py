"""Open deals: quotes for the director, what stands still, and what the open ones will bring."""

from typing import Any

import dash
import pandas as pd
from dash import ALL, Input, Output, State, dcc, html

from components.cards import headline
from components.figures.foretold import foretold
from components.figures.marks import go
from components.figures.values import records, total
from components.panel import grid
from components.quotes import NOTE, note_field, quote_table
from components.states import banner, empty, skeleton
from components.tables import Column, short_table
from data import settings
from data.domain.approvals import DECISIONS
from data.i18n import figure, label_of, percent, signed, t
from data.state.engine import StateError
from pages._approvals import decide, with_decisions
from pages._page import (
    FILTERS,
    Query,
    asked,
    chart,
    guarded,
    label_of_dimension,
    listing,
    panel,
    register_page,
    rows_of,
)
from pages._pressing import one_more, pressed_key
from pages._state import refusal
from queries import forecast, quotes, stuck
from queries.metrics import METRICS
from queries.run import fetcher, reader_now, run, scope_now

register_page(
    __name__,
    path="/pipeline",
    name="Open deals",
    order=65,
    permission="view-funnel",
    icon="clipboard-data",
    group="Movement",
)

QUOTES = panel("pipeline-quotes", quotes.waiting_quotes, metric="open_amount")
DECIDED = panel("pipeline-decided", quotes.decided_quotes, metric="open_amount")
STUCK = panel("pipeline-stuck", stuck.stuck_deals, metric="open_amount")
FIRST = panel("pipeline-contacts", stuck.uncontacted_deals, metric="first_contact_rate")
MISSED = panel("pipeline-missed", stuck.missed_contacts, metric="first_contact_rate")
ODDS = panel("pipeline-odds", forecast.stage_odds, metric="open_deals")
PAST = panel("pipeline-forecast", forecast.deal_forecast, metric="open_amount")
SAY, SAID, DONE, FORM = "pipeline-say", "pipeline-said", "pipeline-done", "pipeline-form"
ACTIONS = ("explain", "rows", "csv")


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    may = reader_now().may("decide-quotes")
    return html.Div(
        [
            html.Div(skeleton(lines=2), id=SAY),
            html.Div(id=SAID, role="status"),
            grid(listing(QUOTES, sub=_limit_words(), actions=ACTIONS, height=120), layout="full"),
            html.Div(note_field(), id=FORM, hidden=not may, className="lab-actions"),
            grid(listing(DECIDED, sub=_decided_words(), actions=ACTIONS, height=80), layout="full"),
            grid(
                listing(STUCK, sub=_stuck_words(), actions=ACTIONS),
                listing(FIRST, sub=_first_words(), actions=ACTIONS),
                layout="wide",
            ),
            grid(
                listing(MISSED, sub=_missed_words(), actions=ACTIONS, height=120),
                layout="full",
            ),
            grid(
                listing(ODDS, sub=_odds_words(), actions=ACTIONS),
                chart(PAST, sub=_past_words()),
                layout="two",
            ),
            dcc.Store(id=DONE),
        ]
    )


def _limit_words() -> str:
    limit = figure(settings.number("APPROVAL_LIMIT"), "money", short=True)
    return t("Above {limit} the director approves or returns; the largest first", limit=limit)


def _decided_words() -> str:
    return t("Decided in this application, and not yet so in the company's own records")


def _stuck_words() -> str:
    return t("Twice as long in their stage as the median of the last 12 months")


def _first_words() -> str:
    return t("Nobody called, visited or wrote by the end of the next working day")


def _missed_words() -> str:
    return t("Deals created in the period, whatever became of them; who missed most stands first")


def _odds_words() -> str:
    return t("Of the deals that stood in a stage at twelve month ends, those won within 3 months")


def _past_words() -> str:
    return t("What the same reckoning foretold at earlier month ends, and what was won by then")


# --- quotes ----------------------------------------------------------------------------------


@guarded(Output(SAY, "children"), Input(FILTERS, "data"))
def show_headline(query: Query) -> Any:
    """Say what stands still."""
    return headline([_sentence(query)])


@guarded(
    Output(QUOTES.id, "children"),
    Output(DECIDED.id, "children"),
    Input(FILTERS, "data"),
    Input(DONE, "data"),
)
def list_quotes(query: Query, _done: Any) -> Any:
    """List the quotes that wait and those decided here."""
    filters = asked(query)
    rows = rows_of(QUOTES, query)
    info, may = fetcher().info(filters.version), scope_now().may("decide-quotes")

    def table(found: pd.DataFrame, id: str, nothing: str) -> Any:
        if found.empty:
            return html.P(nothing, className="muted")
        shown = with_decisions(records(found))
        return quote_table(shown, lambda key: info.label("rep", key), id=id, may_decide=may)

    waiting = table(rows, f"{QUOTES.id}-table", t("No quote is waiting with these filters."))
    nothing = t("No decision was made here that the company's records do not hold yet.")
    decided = table(run(DECIDED.query, filters), f"{DECIDED.id}-table", nothing)
    return waiting, decided


def _sentence(query: Query) -> str:
    found = records(run(stuck.stuck_stages, asked(query)))
    if not found:
        return t("No deal with these filters stands still.")
    worst = max(found, key=lambda row: row["amount"] or 0)
    return t(
        "{count} deals worth {amount} stand still; most of it in {stage}: {share}.",
        count=figure(total(found, "stuck"), "count"),
        amount=figure(total(found, "amount"), "money", short=True),
        stage=label_of("stage", worst["stage"]),
        share=figure(worst["amount"], "money", short=True),
    )


@guarded(
    Output(SAID, "children"),
    Output(DONE, "data"),
    Input({"type": "pipeline-decide", "key": ALL}, "n_clicks"),
    State(NOTE, "value"),
    State(DONE, "data"),
    State(FILTERS, "data"),
    permission="decide-quotes",
    prevent_initial_call=True,
)
def act(_clicks: Any, note: Any, done: Any, query: Query) -> Any:
    """Decide on a quote as the button says, which also says in what status it was seen."""
    if (pressed := pressed_key()) is None:
        return dash.no_update, dash.no_update
    status, _, rest = pressed.partition("|")
    seen, _, quote_id = rest.partition("|")
    if status not in DECISIONS or not quote_id:
        return dash.no_update, dash.no_update
    why = note if isinstance(note, str) else ""
    count = one_more(done)
    try:
        said = decide(asked(query), quote_id, seen=seen, status=status, note=why)
    except StateError as error:
        # What somebody else has done meanwhile shows at once, too.
        return banner(refusal(error)), count
    return banner(said, tone="good"), count


# --- what stands still -----------------------------------------------------------------------


@guarded(Output(STUCK.id, "children"), Input(FILTERS, "data"))
def list_stuck(query: Query) -> Any:
    """List the largest deals that stand in their stage too long."""
    columns = [
        Column("name", t("Name"), main=True),
        Column("stage", t("Stage"), "dimension"),
        Column("owner", label_of_dimension("seller")),
        Column("days", t("Days there"), "count", main=True),
        Column("usual_days", t("Usual days there"), "number"),
        Column("amount", t("Amount"), "money", main=True),
    ]
    nothing = t("No deal with these filters stands still.")
    return _deals(rows_of(STUCK, query), query, columns, nothing, id=f"{STUCK.id}-table")


@guarded(Output(FIRST.id, "children"), Input(FILTERS, "data"))
def list_first(query: Query) -> Any:
    """List the deals that nobody contacted in time."""
    columns = [
        Column("name", t("Name"), main=True),
        Column("owner", label_of_dimension("seller"), main=True),
        Column("days", t("Days since"), "count", main=True),
    ]
    nothing = t("Every open deal was contacted in time, or still may be.")
    return _deals(rows_of(FIRST, query), query, columns, nothing, id=f"{FIRST.id}-table")


@guarded(Output(MISSED.id, "children"), Input(FILTERS, "data"))
def list_missed(query: Query) -> Any:
    """List whose deals of the period nobody contacted in time."""
    rows = rows_of(MISSED, query)
    if rows.empty:
        words = t("Every deal created in the period was contacted in time, or still may be.")
        return html.P(words, className="muted")
    info = fetcher().info(asked(query).version)
    found = [
        {
            **row,
            "owner": info.label("rep", row["seller"] or ""),
            "rate": row["contacts_in_time"] / row["contacts_due"],
            "go": go("seller", row["seller"] or ""),
        }
        for row in records(rows)
    ]
    columns = [
        Column("owner", label_of_dimension("seller"), main=True),
        Column("contacts_due", t(METRICS["contacts_due"].label), "count"),
        Column("missed", t("Missed"), "count", main=True),
        Column("rate", t(MISSED.metric.label), "rate", main=True),
    ]
    return short_table(found, columns, id=f"{MISSED.id}-table", go="go")


def _deals(
    rows: pd.DataFrame, query: Query, columns: list[Column], nothing: str, *, id: str
) -> Any:
    if rows.empty:
        return html.P(nothing, className="muted")
    info = fetcher().info(asked(query).version)
    found = [
        {
            **row,
            "name": row["name"] or row["opportunity_id"],
            "owner": info.label("rep", row["seller"] or ""),
            "go": go("seller", row["seller"] or ""),
        }
        for row in records(rows)
    ]
    return short_table(found, columns, id=id, go="go")


# --- forecast --------------------------------------------------------------------------------


@guarded(Output(ODDS.id, "children"), Output(PAST.id, "figure"), Input(FILTERS, "data"))
def show_forecast(query: Query) -> Any:
    """Show the odds of each stage and what they make, and how far off the same was before."""
    odds, past = records(rows_of(ODDS, query)), rows_of(PAST, query)
    if not odds:
        words = t("No deal is open with these filters.")
        return empty(words), foretold(past)
    columns = [
        Column("stage", t("Stage"), "dimension", main=True),
        Column("open_deals", t("Open opportunities"), "count"),
        Column("open_amount", t("Open amount"), "money"),
        Column("odds", t("Odds"), "rate", main=True),
        Column("forecast", t("Forecast, 3 months"), "money", main=True),
    ]
    known = figure(total(odds, "forecast"), "money", short=True)
    words = t("Together {amount} within 3 months.", amount=known)
    said = html.P([words, " ", _error(records(past))], className="rows-summary")
    return [said, short_table(odds, columns, id=f"{ODDS.id}-table")], foretold(past)


def _error(rows: list[dict[str, Any]]) -> str:
    """Return how far off the forecasts were, in sum and on average; nothing without a past."""
    tested = [row for row in rows if row["off"] is not None]
    won = total(tested, "won_amount")
    if not tested:
        return ""
    if not won:
        return t("Nothing was won in the months that could test it.")
    return t(
        "Foretold so at {count} month ends: {bias} in sum, {mean} off on average.",
        count=len(tested),
        bias=signed(total(tested, "off") / won, "rate"),
        mean=percent(sum(abs(row["off"]) for row in tested) / won),
    )

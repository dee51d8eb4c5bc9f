"""Team: the leaderboard, the teams below, each book compared fairly, and what a person holds."""

from typing import Any

from dash import Input, Output, html

from components.attributes import attributes
from components.cards import headline, kpi_skeleton
from components.figures.counts import by_stage, counts
from components.figures.marks import go
from components.figures.values import records
from components.panel import grid
from components.states import empty, skeleton
from components.tables import Column, short_table
from components.team import below, book_table, handover_table, leader_table, node_table
from data.domain.dimension import NOT_GIVEN
from data.domain.filters import Filters
from data.i18n import figure, is_blank, month, period_words, signed, t, tn
from pages._cards import cards, unrecorded
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
    require_data,
    rows_of,
    together,
)
from pages._team import cannot_cut, name_of
from queries import pipeline, team
from queries.kpis import spark_period
from queries.measure.reps import counted_months
from queries.metrics import METRICS
from queries.run import fetcher, run, scope_now

register_page(
    __name__,
    path="/team",
    name="Team",
    order=86,
    permission="view-team",
    icon="people",
    group="Action",
)

KPIS = panel("team-kpis", team.team_kpis, metric="sales")
LEADERS = panel("team-leaders", team.leaderboard, metric="sales")
NODES = panel("team-nodes", team.team_nodes, metric="sales")
BOOKS = panel("team-books", team.book_comparison, metric="fair_growth")
OWN = panel("team-own", team.own_kpis, metric="customers")
LARGEST = panel("team-largest", team.own_customers, metric="customer_asset")
STAGES = panel("team-stages", pipeline.open_stages, metric="open_deals")
INVOICES = panel("team-invoices", team.invoice_ages, metric="overdue_amount")
HANDOVER = panel("team-handover", team.handover, metric="customers")
SAY = "team-say"
ACTIONS = ("explain", "rows", "csv")
#: Representatives that a list names; the rest is in its rows.
SHOWN = 12


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    return html.Div(
        [
            html.Div(kpi_skeleton(), id=KPIS.id),
            html.Div(skeleton(lines=2), id=SAY),
            grid(listing(NODES, sub=_node_words(), actions=ACTIONS, height=120), layout="full"),
            grid(listing(LEADERS, sub=_leader_words(), actions=ACTIONS), layout="full"),
            grid(listing(BOOKS, sub=_book_words(), actions=ACTIONS), layout="full"),
            html.H2(
                t("What is theirs today"), className="panel-title", style={"margin": "28px 0 4px"}
            ),
            html.P(_ways(), className="muted", style={"marginBottom": "12px"}),
            html.Div(kpi_skeleton(), id=OWN.id),
            grid(
                listing(LARGEST, sub=t("Not churned; click one to open it"), actions=ACTIONS),
                chart(STAGES, sub=t("All that are open, those without a creation day too")),
                layout="wide",
            ),
            grid(
                chart(INVOICES, sub=t("Days past the due day, with what is open")),
                listing(HANDOVER, sub=_handover_words(), actions=ACTIONS),
                layout="two",
            ),
        ]
    )


def _ways() -> list[Any]:
    """Return the ways to the pages that say more of the same people, filters kept."""
    ways = ((t("Follow-up queue"), "/queue"), (t("Funnel"), "/funnel"))
    links = [html.A(name, href=path, **attributes(data_go=path)) for name, path in ways]
    return [links[0], " · ", links[1]]


def _node_words() -> str:
    return t("Click a team for the teams and people below it; each holds its whole subtree")


def _leader_words() -> str:
    return t(
        "By the representative who did it, in whole months; click a person for everything of theirs"
    )


def _book_words() -> str:
    return t(
        "What the opening book became, against customers of the same tier, age and region in all"
        " other books"
    )


def _handover_words() -> str:
    return t("Customers of those who left, and whom nobody owns; nothing should stay with nobody")


# --- what they did ---------------------------------------------------------------------------


@guarded(Output(KPIS.id, "children"), Input(FILTERS, "data"))
def show_cards(query: Query) -> Any:
    """Draw the six cards of what was done."""
    if sentence := cannot_cut(asked(query)):
        return empty(sentence)
    require_data(KPIS.question, query)
    return cards(KPIS, query)


@guarded(
    Output(SAY, "children"),
    Output(NODES.id, "children"),
    Output(LEADERS.id, "children"),
    Input(FILTERS, "data"),
)
def list_leaders(query: Query) -> Any:
    """Say who leads, and list the teams below and the people."""
    filters = asked(query)
    rows = records(rows_of(LEADERS, query))
    if not rows:
        words = cannot_cut(filters) or t("Nobody did anything in these months.")
        return headline([words]), empty(words), empty(words)
    months = [m.since for m in spark_period(filters).months()]
    trends = {row["key"]: row for row in records(run(team.leader_months, filters))}
    blanks = _blanks(filters)
    found = [{**trends.get(row["key"], {}), **row, **blanks} for row in rows[:SHOWN]]
    name = name_of(filters, "rep")
    table = leader_table(found, METRICS, name=name, months=months, id=f"{LEADERS.id}-table")
    return headline(_sentence(filters, rows)), _nodes(filters), [table, _rest(rows)]


def _rest(rows: list[dict[str, Any]]) -> Any:
    """Return how many are not named, where some are not."""
    more = len(rows) - SHOWN
    words = tn("{count} more stands in Rows.", "{count} more stand in Rows.", more)
    return html.P(words, className="muted") if more > 0 else None


def _blanks(filters: Filters) -> dict[str, None]:
    """Return the figures that nobody can have, blank: nothing of them is recorded."""
    keys = unrecorded(team.LEADER, filters)
    return dict.fromkeys(name for key in keys for name in (key, f"{key}_before"))


def _nodes(filters: Filters) -> Any:
    info, scope = fetcher().info(filters.version), scope_now(filters.version)
    seen = sorted(info.dictionary.subtree if scope.teams is None else scope.teams)
    chosen = filters.values("team")
    under = below(info.parents, seen, chosen[0] if len(chosen) == 1 else "")
    if scope.reps is not None or not under:
        return html.P(t("There is no team below; its people are listed."), className="muted")
    blanks = _blanks(filters)
    rows = {row["key"]: row | blanks for row in records(run(team.team_nodes, filters))}
    found = sorted((rows[key] for key in under if key in rows), key=lambda row: -row["sales"])
    return node_table(found, METRICS, name=name_of(filters, "team"), id=f"{NODES.id}-table")


def _sentence(filters: Filters, rows: list[dict[str, Any]]) -> list[Any]:
    span = counted_months(filters.period, filters.calendar)
    words = t("Whole months, {months}.", months=period_words(span, filters.calendar))
    known = [row for row in rows if row["key"] != NOT_GIVEN]
    if not known:
        return [words]
    best = known[0]
    name = (name_of(filters, "rep")(best["key"]), go("rep", best["key"]))
    sold = figure(best["sales"], "money", short=True)
    if is_blank(best["attainment"]):
        return [words, " ", name, " ", t("sold most: {sales}.", sales=sold)]
    met = figure(best["attainment"], "rate")
    rest = t("sold most: {sales}, {share} of the target.", sales=sold, share=met)
    return [words, " ", name, " ", rest]


@guarded(Output(BOOKS.id, "children"), Input(FILTERS, "data"))
def list_books(query: Query) -> Any:
    """List how each book grew beyond what its mix grew elsewhere."""
    filters = asked(query)
    rows = records(rows_of(BOOKS, query))
    if not rows:
        why = t("No book with an official value at the opening month end. The Value page says why.")
        return empty(cannot_cut(filters) or why)
    ends = filters.calendar.ends_of(filters.period)
    words = t(
        "From the end of {first} to the end of {last}. {note}",
        first=month(ends[0]),
        last=month(ends[1]),
        note=_left_over(rows),
    )
    table = book_table(rows[:SHOWN], name=name_of(filters, "rep"), id=f"{BOOKS.id}-table")
    return [html.P(words, className="muted"), table, _rest(rows)]


def _left_over(rows: list[dict[str, Any]]) -> str:
    """Return how the books did together."""
    fair = sum(row["fair_growth"] or 0 for row in rows)
    return t("All listed together: {amount}.", amount=signed(fair, "money", short=True))


# --- what is theirs today --------------------------------------------------------------------


def show_own(query: Query) -> Any:
    """Show load, coverage and satisfaction of the own customers."""
    return cards(OWN, query)


def list_largest(query: Query) -> Any:
    """List the own customers of the largest value."""
    rows = rows_of(LARGEST, query)
    if rows.empty:
        return html.P(t("No customer matches these filters."), className="muted")
    columns = [
        Column("name", t("Customer"), main=True),
        Column("tier", t("Tier"), "dimension"),
        Column("last_contact_on", t("Last follow-up"), "date"),
        Column("risk", t("Risk of churn"), "rate"),
        Column("customer_asset", t("Value"), "money", main=True),
    ]
    found = [
        {**row, "name": row["name"] or row["customer_id"], "go": go("customer", row["customer_id"])}
        for row in records(rows)
    ]
    return short_table(found, columns, id=f"{LARGEST.id}-table", go="go")


def draw_stages(query: Query) -> Figure:
    """Draw what is open today by stage."""
    return by_stage(rows_of(STAGES, query), METRICS["open_deals"])


together(
    {
        Output(OWN.id, "children"): show_own,
        Output(LARGEST.id, "children"): list_largest,
        Output(STAGES.id, "figure"): draw_stages,
    }
)


def draw_invoices(query: Query) -> Figure:
    """Draw the open invoices by age."""
    named = rows_of(INVOICES, query).rename(columns={"band": "key", "open_invoice": "value"})
    named = named.assign(name=[_age(band) for band in named["key"]])
    return counts(named, METRICS["overdue_amount"], focus="band", heading=t("Age"))


def _age(band: str) -> str:
    if band == team.NOT_DUE:
        return t("Not due yet")
    return t("{count} days", count=band.replace("-", "–"))


def list_handover(query: Query) -> Any:
    """List whose customers have nobody."""
    rows = rows_of(HANDOVER, query)
    if rows.empty:
        words = t("Nobody has left, and every customer has an owner.")
        return html.P(words, className="muted")
    name = name_of(asked(query), "rep")
    return handover_table(records(rows), name=name, id=f"{HANDOVER.id}-table")


together(
    {
        Output(INVOICES.id, "figure"): draw_invoices,
        Output(HANDOVER.id, "children"): list_handover,
    }
)

"""The leaderboard and the teams: what each sold, collected and followed up, and what they hold."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from dash import html

from components.attributes import attributes
from components.cards import sparkline
from components.figures.marks import go
from components.figures.values import Row, share
from components.tables import Column, short_table
from data.domain.dimension import NOT_GIVEN, TIERS
from data.domain.metric import Metric
from data.i18n import change, figure, label_of, signed, t

Name = Callable[[str], str]
Metrics = Mapping[str, Metric]
#: The figures of the leaderboard beside the sales, and their headings there, where each line
#: names a representative or a team.
TEXTS = {
    "attainment": "Attainment",
    "cash_collected": "Collected",
    "cash_rate": "Collection rate",
    "contacts_made": "Follow-ups",
    "rep_win_rate": "Win rate",
}
FIGURES = tuple(TEXTS)
#: Those that a phone shows.
ALWAYS = frozenset({"attainment"})


def leader_table(
    rows: Sequence[Row],
    metrics: Metrics,
    *,
    name: Name,
    months: Sequence[date],
    id: str,
) -> html.Div:
    """Return the representatives in the rows' order; rows: key, the figures and each before.

    `sales_1` … are the sales of the `months`.
    """
    heads = [(t("Representative"), "text"), (t(metrics["sales"].label), "number")]
    heads += [(t("Trend"), "text minor")]
    heads += [(t(TEXTS[key]), _kind(key)) for key in FIGURES]
    lines = [_leader(row, metrics, place=i, name=name, months=months) for i, row in _placed(rows)]
    return _table(heads, lines, id=id)


def _placed(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    return list(enumerate(rows, start=1))


def _kind(key: str) -> str:
    return "number" if key in ALWAYS else "number minor"


def _table(heads: Sequence[tuple[str, str]], lines: Sequence[Any], *, id: str) -> html.Div:
    head = html.Tr([html.Th(text, scope="col", className=kind) for text, kind in heads])
    table = html.Table([html.Thead(head), html.Tbody(lines)], className="plain-table leaders")
    return html.Div(table, id=id, className="table-scroll", tabIndex=0)


def _leader(
    row: Row, metrics: Metrics, *, place: int, name: Name, months: Sequence[date]
) -> html.Tr:
    series = [row.get(f"sales_{i}") for i in range(1, len(months) + 1)]
    cells: list[tuple[Any, str]] = [
        (_who(row, place, name), "text"),
        (_amount(row, metrics["sales"]), "number"),
        (sparkline(metrics["sales"], series, months=months), "text minor"),
        *((_amount(row, metrics[key]), _kind(key)) for key in FIGURES),
    ]
    return html.Tr([html.Td(cell, className=kind) for cell, kind in cells])


def _who(row: Row, place: int, name: Name) -> list[Any]:
    number = html.Span(f"{place} ", className="muted")
    if row["key"] == NOT_GIVEN:
        return [number, t("no representative")]
    return [number, html.A(name(row["key"]), href="#", **attributes(data_go=go("rep", row["key"])))]


def _amount(row: Row, metric: Metric) -> list[Any]:
    """Return a figure with its change below it."""
    now, before = row[metric.key], row.get(f"{metric.key}_before")
    moved = change(now, before, metric)
    was = t("before: {value}", value=figure(before, metric.unit))
    text = figure(now, metric.unit, short=True)
    if not moved.text:
        return [text]
    return [text, html.P(f"{moved.arrow} {moved.text}", className=moved.tone, title=was)]


# --- teams -----------------------------------------------------------------------------------


def node_table(rows: Sequence[Row], metrics: Metrics, *, name: Name, id: str) -> html.Div:
    """Return the teams right below the one chosen; choosing one goes down into it."""
    found = [
        {**row, "name": name(row["key"]), "moved": _moved(row, metrics["sales"])} for row in rows
    ]
    lines = [{**row, "go": go("team", row["key"])} for row in found]
    columns = [
        Column("name", t("Team"), main=True),
        Column("sales", t(metrics["sales"].label), "money", main=True),
        Column("moved", t("Change"), "shown"),
        *(Column(k, t(TEXTS[k]), metrics[k].unit, main=k in ALWAYS) for k in FIGURES),
    ]
    return short_table(lines, columns, id=id, go="go")


def _moved(row: Row, metric: Metric) -> str:
    moved = change(row[metric.key], row.get(f"{metric.key}_before"), metric)
    return f"{moved.arrow} {moved.text}".strip()


def below(parents: Mapping[str, str], known: Sequence[str], chosen: str) -> list[str]:
    """Return the teams right below the chosen one; without one, below the only top, else the tops.

    `known` are the teams that the reader sees.
    """
    seen = set(known)
    if chosen:
        return [team for team in known if parents.get(team) == chosen]
    tops = [team for team in known if parents.get(team) not in seen]
    return [team for team in known if parents.get(team) == tops[0]] if len(tops) == 1 else tops


# --- books -----------------------------------------------------------------------------------


def book_table(rows: Sequence[Row], *, name: Name, id: str) -> html.Div:
    """Return each book: opening with its tiers, growth, what its mix grew by, and the difference.

    Rows: key, customers, book_opening, opening_<tier>, book_growth, book_expected, fair_growth.
    """
    heads = (
        (t("Representative"), "text"),
        (t("Customers"), "number minor"),
        (t("Opening value"), "number minor"),
        (t("Tiers, by value"), "text minor"),
        (t("Growth"), "number minor"),
        (t("Expected of the same mix"), "number minor"),
        (t("Fair asset growth"), "number"),
    )
    return _table(heads, [_book(row, place, name) for place, row in _placed(rows)], id=id)


def _book(row: Row, place: int, name: Name) -> html.Tr:
    fair = row["fair_growth"]
    tone = "flat" if not fair else "good" if fair > 0 else "bad"
    cells: tuple[tuple[Any, str], ...] = (
        (_who(row, place, name), "text"),
        (figure(row["customers"], "count"), "number minor"),
        (figure(row["book_opening"], "money", short=True), "number minor"),
        (tier_mix(row), "text minor"),
        (_growth(row["book_growth"], row["book_opening"]), "number minor"),
        (_growth(row["book_expected"], row["book_opening"]), "number minor"),
        (html.B(signed(fair, "money", short=True), className=tone), "number"),
    )
    return html.Tr([html.Td(cell, className=kind) for cell, kind in cells])


def _growth(amount: Any, opening: Any) -> list[Any]:
    rate = share(amount, opening or 0)
    below = [] if rate is None else [html.P(signed(rate, "rate"), className="muted")]
    return [signed(amount, "money", short=True), *below]


def tier_mix(row: Row) -> html.Div:
    """Return the tiers of a book as one bar, said in words to who cannot see it."""
    whole = row["book_opening"] or 0
    parts = [(tier, share(row.get(f"opening_{tier}"), whole) or 0) for tier in TIERS]
    words = ", ".join(f"{label_of('tier', tier)} {figure(part, 'rate')}" for tier, part in parts)
    bars = [
        html.Span(className=tier, style={"width": f"{part * 100:.1f}%"}) for tier, part in parts
    ]
    return html.Div(
        bars, className="tier-mix", role="img", title=words, **attributes(aria_label=words)
    )


# --- hand-over -------------------------------------------------------------------------------


def handover_table(rows: Sequence[Row], *, name: Name, id: str) -> html.Div:
    """Return whose customers went to whom.

    Rows: former (blank: never owned), left_on, key (the present owner), customers, customer_asset.
    """
    columns = [
        Column("who", t("Left"), main=True),
        Column("left_on", t("On"), "date"),
        Column("now", t("Now with")),
        Column("customers", t("Customers"), "count", main=True),
        Column("customer_asset", t("Value"), "money"),
    ]
    return short_table([_handed(row, name) for row in rows], columns, id=id)


def _handed(row: Row, name: Name) -> Row:
    if row["former"] is None:
        return {**row, "who": t("never owned"), "now": t("nobody")}
    stays = row["key"] == row["former"]
    nobody = stays or row["key"] == NOT_GIVEN
    return {**row, "who": name(row["former"]), "now": t("nobody") if nobody else name(row["key"])}

"""What followed closed tasks: by outcome who ordered in the days after, and what still runs."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from components.attributes import attributes
from data.domain.treatment import FOLLOWED_DAYS, MOST_TREATED
from data.i18n import BLANK, figure, label_of, percent, t

Row = Mapping[str, Any]


def followed_table(rows: Sequence[Row], *, id: str) -> html.Div:
    """Return the outcomes; a customer whose days still run is in none of their figures.

    Rows: outcome, customers, and over, ordered and revenue of each number of days.
    """
    heads = [(t("How it ended"), "text"), (t("Customers"), "number minor")]
    for days in FOLLOWED_DAYS:
        words = figure(days, "days")
        heads += [
            (t("Ordered, {days}", days=words), "number"),
            (t("Net revenue, {days}", days=words), "number minor"),
        ]
    head = html.Tr([html.Th(label, scope="col", className=kind) for label, kind in heads])
    table = html.Table(
        [html.Thead(head), html.Tbody([_line(row) for row in rows])],
        className="plain-table followed",
    )
    return html.Div(table, id=id, className="table-scroll", tabIndex=0)


def _line(row: Row) -> html.Tr:
    name = html.Th(label_of("outcome", row["outcome"]), scope="row", className="text")
    cells = [html.Td(figure(row["customers"], "count"), className="number minor")]
    for days in FOLLOWED_DAYS:
        cells += [
            html.Td(_ordered(row, days), className="number"),
            html.Td(figure(row[f"revenue_{days}"], "money"), className="number minor"),
        ]
    return html.Tr([name, *cells])


def _ordered(row: Row, days: int) -> list[Any]:
    over = row[f"over_{days}"]
    running = t("{count} not over yet", count=figure(row["customers"] - over, "count"))
    beside = [html.P(running, className="muted")] if over < row["customers"] else []
    if not over:
        return [BLANK, *beside]
    ordered = row[f"ordered_{days}"]
    known = {"ordered": figure(ordered, "count"), "over": figure(over, "count")}
    share = html.Span(f" · {percent(ordered / over)}", className="minor")
    return [t("{ordered} of {over}", **known), share, *beside]


def no_effect(*, may_compare: bool, is_cut: bool) -> html.P:
    """Return what the table does not say, and where a comparison stands for who may open it."""
    said: list[Any] = [
        t("This is what followed, and no comparison with customers who were not treated.")
    ]
    if may_compare:
        words = t("Experiments compare with a group held back.")
        said += [
            " ",
            html.A(words, href="/experiments", **attributes(data_nav="/experiments")),
        ]
    if is_cut:
        count = figure(MOST_TREATED, "count")
        said += [" ", t("Only the latest {count} closed tasks are looked at.", count=count)]
    return html.P(said, className="muted")


def nothing_followed(*, is_own: bool) -> html.P:
    """Return why there is nothing, and what would change it."""
    if is_own:
        words = t(
            "No closed task of yours says how it ended and names a customer. Say how a task ended"
            " when you close it, or choose all tasks above."
        )
    else:
        words = t(
            "No closed task of this list says how it ended and names a customer. Say how a task"
            " ended when you close it."
        )
    return html.P(words, className="muted")

"""Month ends that are another today than when they closed: what, by how much, and why."""

from collections.abc import Sequence
from typing import Any

from dash import html

from components.attributes import attributes
from components.figures.marks import mark
from components.figures.values import Row
from data.i18n import figure, label_of, month, signed, t


def restated_table(rows: Sequence[Row], *, panel: str) -> html.Div:
    """Return a line per month end and cause; its change opens the customers."""
    heads = (
        t("Month end"),
        t("Cause"),
        t("Customers"),
        t("When it closed"),
        t("Computed today"),
        t("Change"),
    )
    head = [
        html.Th(text, scope="col", className="text" if i < 2 else _number(i))
        for i, text in enumerate(heads)
    ]
    body = [_line(row, panel) for row in rows]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="plain-table")
    return html.Div(table, className="table-scroll", tabIndex=0)


def _number(place: int) -> str:
    return "number minor" if place in (3, 4) else "number"


def _line(row: Row, panel: str) -> html.Tr:
    moved = (row["asset_now"] or 0.0) - (row["asset_then"] or 0.0)
    chosen = mark(month=f"{row['month']:%Y-%m}", cause=row["cause"]).removeprefix("mark=")
    marks = attributes(data_rows=panel, data_mark=chosen)
    cells: list[Any] = [
        html.Th(month(row["month"]), scope="row", className="text"),
        html.Td(label_of("cause", row["cause"]), className="text"),
        html.Td(figure(row["customers"], "count"), className="number"),
        html.Td(figure(row["asset_then"], "money"), className=_number(3)),
        html.Td(figure(row["asset_now"], "money"), className=_number(4)),
        html.Td(html.A(signed(moved, "money"), href="#", **marks), className="number"),
    ]
    return html.Tr(cells)

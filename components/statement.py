"""The asset statement as a table by a dimension; every cell opens its customers."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

import pandas as pd
from dash import html

from components.attributes import attributes
from components.figures.statement import MOVING, go_of
from components.figures.values import Row, records, total
from data.domain.dimension import DIMENSIONS
from data.i18n import figure, label_of, signed, t

#: Groups that the table names; the rest is one line.
MOST = 24
#: Lines shown on a phone.
MAIN = frozenset({"opening", "closing"})


def statement_table(rows: pd.DataFrame, *, by: str, name: Callable[[str], str], panel: str) -> Any:
    """Return the statement by group, each cell opening its customers; the last row is the total.

    Rows: key, line, customers, opening, moved, silence, revaluation, closing.
    """
    found = records(rows)
    groups: dict[str, list[Row]] = {}
    for row in found:
        groups.setdefault(row["key"], []).append(row)
    ordered = sorted(groups, key=lambda key: (-abs(total(groups[key], "closing")), key))
    shown, rest = ordered[:MOST], ordered[MOST:]
    columns = _columns(found)
    body = [_line(name(key), groups[key], columns=columns, group=key, panel=panel) for key in shown]
    if rest:
        others = [row for key in rest for row in groups[key]]
        words = t("{count} others", count=figure(len(rest), "count"))
        body.append(_line(words, others, columns=columns))
    body.append(_line(t("Together"), found, columns=columns, panel=panel))
    head = [t(DIMENSIONS[by].label), t("Customers"), *columns.values()]
    places = ["text", _class("customers"), *map(_class, columns)]
    pairs = zip(head, places, strict=True)
    cells = [html.Th(text, scope="col", className=place) for text, place in pairs]
    table = html.Table(
        [html.Thead(html.Tr(cells)), html.Tbody(body)], className="plain-table statement"
    )
    return html.Div(table, id=f"{panel}-table", className="table-scroll", tabIndex=0)


def _columns(rows: list[Row]) -> dict[str, str]:
    """Return the columns with their headings; nobody asks for a restatement of nothing."""
    lines = {key: label_of("line", key) for key in MOVING}
    if not _amount("restated", rows):
        del lines["restated"]
    ends = {"opening": t("Opening"), "closing": t("Closing")}
    return {"opening": ends["opening"], **lines, "revaluation": t("Revaluation"), **ends}


def _class(key: str) -> str:
    return "number" if key in MAIN else "number minor"


def _line(
    name: str, rows: list[Row], *, columns: Iterable[str], group: str | None = None, panel: str = ""
) -> Any:
    cells: list[Any] = [
        html.Th(name, scope="row", className="text"),
        html.Td(figure(total(rows, "customers"), "count"), className=_class("customers")),
    ]
    for key in columns:
        text = _amount(key, rows)
        go = go_of(key, group).removeprefix("mark=") if panel and text else None
        marks = attributes(data_rows=panel, data_mark=unquote(go)) if go else {}
        inside = html.A(text, href="#", **marks) if go else text
        cells.append(html.Td(inside, className=_class(key)))
    return html.Tr(cells, className="result" if panel and group is None else "")


def _amount(key: str, rows: list[Row]) -> str:
    """Return a cell; blank where no customer of the group stands on the line."""
    if key in ("opening", "closing", "revaluation"):
        if all(row[key] is None for row in rows):
            return ""
        value = total(rows, key)
        return "" if key == "revaluation" and not value else figure(value, "money", short=True)
    held = [row for row in rows if row["line"] == key and row["moved"] is not None]
    return signed(total(held, "moved"), "money", short=True) if held else ""

"""Tables: a grid for long lists, a plain accessible table for short ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import dash_ag_grid as dag
import pandas as pd
from dash import html

from components.attributes import attributes
from components.figures.values import records
from data.i18n import BLANK, day, figure, label_of, t

#: Rows from which the grid replaces the plain table.
GRID_FROM = 31
MOST = 1000
#: Pixels that a column keeps however many there are, by key or unit.
WIDTHS = {"name": 142, "money": 112, "dimension": 108}
#: The drawer less its heading and a line above the grid.
GRID_HEIGHT = "calc(100vh - 9rem)"


@dataclass(frozen=True)
class Column:
    """One column: the key in the rows, its heading as ready text, and its unit.

    The unit is a metric's, or "text", "date", "dimension" or "shown" (a number already in words);
    `main` columns stay on a phone.
    """

    key: str
    label: str
    unit: str = "text"
    main: bool = False


def cell_text(value: Any, column: Column) -> str:
    """Return a cell as text in the column's unit."""
    if value is None:
        return BLANK
    if column.unit in ("text", "shown"):
        return str(value)
    if column.unit == "date":
        return day(value)
    if column.unit == "dimension":
        return label_of(column.key, str(value))
    return figure(value, column.unit)


def member_table(
    rows: pd.DataFrame, columns: Sequence[Column], *, id: str, go: str | None = None
) -> Any:
    """Return the rows as a table; `go` names the column that says what choosing a row does."""
    found = records(rows.head(MOST))
    if len(found) < GRID_FROM:
        return short_table(found, columns, id=id, go=go)
    return _grid(found, columns, id=id, go=go)


def short_table(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[Column],
    *,
    id: str,
    go: str | None = None,
    worded: bool = False,
) -> html.Div:
    """Return a plain table; on a phone a list of the main columns.

    `worded`: the last column holds sentences and takes the room that numbers leave.
    """
    head = html.Tr(
        [html.Th(c.label, scope="col", className=_class(c, i)) for i, c in _each(columns)]
    )
    body = [_row(row, columns, go) for row in rows]
    table = html.Table(
        [html.Thead(head), html.Tbody(body)],
        className="plain-table worded" if worded else "plain-table",
    )
    return html.Div(table, id=id, className="table-scroll", tabIndex=0)


def _each(columns: Sequence[Column]) -> list[tuple[int, Column]]:
    if any(column.main for column in columns):
        return [(0 if column.main else 9, column) for column in columns]
    return [(0 if i in (0, len(columns) - 1) else 9, column) for i, column in enumerate(columns)]


def _class(column: Column, place: int) -> str:
    kind = "text" if column.unit in ("text", "date", "dimension") else "number"
    return kind if place == 0 else f"{kind} minor"


def _row(row: Mapping[str, Any], columns: Sequence[Column], go: str | None) -> html.Tr:
    target = row.get(go) if go else None
    cells: list[Any] = []
    for i, (place, column) in enumerate(_each(columns)):
        text = cell_text(row.get(column.key), column)
        inside = html.A(text, href="#", **attributes(data_go=target)) if target and i == 0 else text
        cells.append(html.Td(inside, className=_class(column, place)))
    return html.Tr(cells, **({"data-go": target} if target else {}))


def _grid(
    rows: list[dict[str, Any]], columns: Sequence[Column], *, id: str, go: str | None
) -> dag.AgGrid:
    shown = [_grid_row(i, row, columns, go=go) for i, row in enumerate(rows)]
    return dag.AgGrid(
        id=id,
        rowData=shown,
        columnDefs=[_definition(column, place) for place, column in _each(columns)],
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "suppressMovable": True,
            "wrapHeaderText": True,
            "autoHeaderHeight": True,
        },
        columnSize="responsiveSizeToFit",
        getRowId="params.data.row_id",
        dashGridOptions={
            "rowHeight": 36,
            "headerHeight": 36,
            "enableBrowserTooltips": True,
            "enableCellTextSelection": True,
            "ensureDomOrder": True,
            "suppressColumnVirtualisation": True,
            "localeText": {"noRowsToShow": t("No rows"), "loadingOoo": t("Loading")},
        },
        className="grid-table goes" if go else "grid-table",
        style={"height": GRID_HEIGHT},
    )


def _grid_row(
    index: int, row: dict[str, Any], columns: Sequence[Column], *, go: str | None
) -> dict[str, Any]:
    target = row.get(go) if go else None
    texts = {f"{c.key}__text": cell_text(row.get(c.key), c) for c in columns}
    values = {c.key: _sortable(row.get(c.key)) for c in columns}
    return {"row_id": f"{index}|{target or ''}", **values, **texts}


def _sortable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _definition(column: Column, place: int) -> dict[str, Any]:
    kind = _class(column, 0)
    return {
        "field": column.key,
        "headerName": column.label,
        "valueFormatter": {"function": "shownText(params)"},
        "cellClass": f"{kind} minor" if place else kind,
        "headerClass": f"{kind} minor" if place else kind,
        "tooltipField": f"{column.key}__text",
        "minWidth": WIDTHS.get(column.key) or WIDTHS.get(column.unit) or 92,
    }

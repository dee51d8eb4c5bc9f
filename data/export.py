"""The one writer of files that leave the product: text that Excel opens and never executes."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter import Workbook

#: A cell that starts with one of these would be read as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
#: Without it Excel garbles Chinese.
BOM = "\ufeff"
#: Rows and letters of a cell that Excel can hold.
MOST_ROWS, MOST_LETTERS = 1_048_576, 32_767
#: Written as the text that it is, whatever it looks like.
PLAIN_TEXT = {
    "constant_memory": True,
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class TooManyRowsError(Exception):
    """A workbook cannot hold so many rows; a CSV file can."""


def cell(value: Any) -> Any:
    """Return a value as it is written: blank for blank, text never as a formula."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return the rows as CSV with a byte-order mark."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow([cell(h) for h in headings])
    writer.writerows([cell(v) for v in row] for row in rows)
    return BOM + sink.getvalue()


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name, its headings and its rows."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return the rows as a workbook of one sheet: numbers and days as such, text as text.

    Text that looks like a formula is marked as text for good, not only in this file.
    """
    return write_sheets([Sheet("Sheet1", headings, rows)])


def write_sheets(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with the sheets, in their order."""
    sink = io.BytesIO()
    with Workbook(sink, PLAIN_TEXT) as book:
        styles: dict[str, Any] = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "quoted": book.add_format({"quote_prefix": True}),
        }
        for each in sheets:
            _write_sheet(book.add_worksheet(each.name), each, styles)
    return sink.getvalue()


def _write_sheet(sheet: Any, content: Sheet, styles: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(content.headings) - 1, 0), 18)
    for column, heading in enumerate(content.headings):
        sheet.write_string(0, column, heading, styles["head"])
    for line, row in enumerate(content.rows, start=1):
        if line >= MOST_ROWS:
            raise TooManyRowsError
        for column, value in enumerate(row):
            _write_cell(sheet, (line, column), value, styles)


def _write_cell(sheet: Any, place: tuple[int, int], value: Any, styles: dict[str, Any]) -> None:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return
    if isinstance(value, date):
        sheet.write_datetime(*place, value, styles["day"])
    elif isinstance(value, str):
        text = value[:MOST_LETTERS]
        style = (styles["quoted"],) if text.startswith(FORMULA) else ()
        sheet.write_string(*place, text, *style)
    elif isinstance(value, bool | np.bool_):
        sheet.write_boolean(*place, bool(value))
    elif isfinite(value):
        sheet.write_number(*place, value)

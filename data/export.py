"""The one writer of files that leave the product: text that Excel opens and never executes."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import pandas as pd

#: A cell that starts with one of these would be read as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def cell(value: Any) -> Any:
    """Return a value as it is written: blank for blank, text never as a formula."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value


def write_csv(headings: Sequence[str], rows: pd.DataFrame) -> str:
    """Return the rows as CSV with a byte-order mark, without which Excel garbles Chinese."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow([cell(h) for h in headings])
    for row in rows.itertuples(index=False):
        writer.writerow([cell(v) for v in row])
    return BOM + sink.getvalue()

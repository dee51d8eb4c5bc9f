"""The one writer of files that leave the product: text that Excel opens and never executes."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

#: A cell that starts with one of these would be read as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
#: Without it Excel garbles Chinese.
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


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return the rows as CSV with a byte-order mark."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow([cell(h) for h in headings])
    writer.writerows([cell(v) for v in row] for row in rows)
    return BOM + sink.getvalue()

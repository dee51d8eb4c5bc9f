"""Reading rows of a version, and comparing them the way figures must agree."""

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Double, Select, Table, select

from data.warehouse.fetch import Question
from tests.conftest import ADMIN, Demo

#: Relative, and absolute near 0; money and counts below 10^12 agree exactly at this tolerance.
WITHIN = 1e-9


def asked(demo: Demo, stmt: Select[Any]) -> pd.DataFrame:
    """Return the rows of a statement through the engine, as a page would get them."""
    question = Question("test", demo.fetcher.live(), {}, lambda: stmt, ADMIN)
    return demo.fetcher.uncached(question)


def table_rows(demo: Demo, table: Table) -> pd.DataFrame:
    """Return every row of a table, in an order that all engines share."""
    rows = plain(asked(demo, select(table)))
    names = [c.name for c in table.columns if not isinstance(c.type, Double)]
    return rows.sort_values(names, kind="stable", na_position="first", ignore_index=True)


def plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with numbers as floats, days and times as text, blanks alike."""
    return pd.DataFrame({name: _plain(rows[name]) for name in rows.columns})


def _plain(column: pd.Series) -> pd.Series:
    found = column.dropna()
    if found.empty:
        return pd.Series([None] * len(column), dtype=object)
    if isinstance(found.iloc[0], str):
        return column.astype(object).where(column.notna(), None)
    if hasattr(found.iloc[0], "isoformat"):
        days = pd.to_datetime(column).dt.tz_localize(None).dt.as_unit("s")
        return days.astype(str).where(days.notna(), None).astype(object)
    return pd.to_numeric(column.astype(object).where(column.notna(), None)).astype("float64")


def difference(left: pd.DataFrame, right: pd.DataFrame) -> str:
    """Return a sentence about the first cell that differs; empty where all rows are equal."""
    if list(left.columns) != list(right.columns):
        return f"columns {list(left.columns)} and {list(right.columns)}"
    if len(left) != len(right):
        return f"{len(left)} rows and {len(right)} rows"
    a, b = plain(left), plain(right)
    for name in a.columns:
        wrong = np.flatnonzero(~_same(a[name], b[name]))
        if len(wrong):
            row = wrong[0]
            return f"{name}, row {row}: {a[name][row]!r} and {b[name][row]!r}"
    return ""


def _same(left: pd.Series, right: pd.Series) -> np.ndarray:
    blank = left.isna().to_numpy() & right.isna().to_numpy()
    if left.dtype == "float64" and right.dtype == "float64":
        return blank | np.isclose(left, right, rtol=WITHIN, atol=WITHIN)
    return blank | (left == right).to_numpy()

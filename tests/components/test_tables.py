"""Tables: a row shows a hand only where choosing it does something."""

import re
from pathlib import Path

import pandas as pd

from components.tables import GRID_FROM, Column, member_table

CSS = (Path(__file__).parents[2] / "assets" / "app.css").read_text()
ROWS = pd.DataFrame({"name": [f"Customer {n}" for n in range(GRID_FROM)]})
NAME = [Column("name", "Name")]


def test_rows_that_lead_nowhere_have_no_hand() -> None:
    plain = member_table(ROWS, NAME, id="rows")
    chosen = member_table(ROWS.assign(go="customer=K1"), NAME, id="rows", go="go")
    pointing = re.findall(r"([^{}]*\.ag-row[^{}]*){[^}]*cursor: pointer", CSS)
    assert pointing
    for rule in pointing:
        classes = set(re.search(r"\.([\w.-]+) \.ag-row", rule)[1].split("."))  # type: ignore[index]
        assert classes <= set(chosen.className.split())
        assert not classes <= set(plain.className.split())

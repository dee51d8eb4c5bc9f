"""CSV: what Excel opens in either language, all rows, the same as `ask` prints, never a formula."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pandas as pd
import pytest
from sqlalchemy import select

from data.export import FORMULA, cell, write_csv, write_xlsx
from data.state.engine import reading as reading_state
from data.state.tables import audit
from pages._asking import answer
from pages._page import PANELS
from pages._rows import NAMED
from pages._state import state
from tests.conftest import Demo
from tests.pages.visitor import Visitor

Visit = Callable[..., Visitor]
BOM = b"\xef\xbb\xbf"


def exported(visitor: Visitor, panel: str, search: str = "") -> list[list[str]]:
    """Return the lines of a panel's export, its headings first."""
    response = visitor.get(f"/export/{panel}.csv{search}")
    assert response.status_code == 200, response.text
    assert response.data.startswith(BOM)
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))


SEARCHES = ("", "?period=all", "?period=last_12&tier=high,general")


def test_an_export_equals_what_ask_prints(
    visit: Visit, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAR", str(demo.warehouse.var))
    visitor = visit("executive")
    for place, (name, panel) in enumerate(PANELS.items()):
        search = SEARCHES[place % len(SEARCHES)]
        asked = answer(panel.question.name, search, reader="executive", members=True, sql=False)
        shown = [str(c) for c in asked.rows.columns if c != "customer_no"]
        lines = exported(visitor, name, search)
        assert len(lines[0]) == len(shown), name
        assert len(lines) - 1 == len(asked.rows), name
        for at, column in enumerate(shown):
            if column in NAMED:
                continue
            found = [line[at] for line in lines[1:]]
            assert found == [str(cell(v)) for v in asked.rows[column]], (name, column)


def test_all_rows_are_written_not_only_those_of_the_drawer(visit: Visit) -> None:
    visitor = visit("executive")
    assert len(exported(visitor, "cockpit-kpis", "?period=all")) > 1_001


def test_the_rows_of_another_metric_of_a_panel_are_exported_too(visit: Visit) -> None:
    visitor = visit("executive")
    revenue = exported(visitor, "cockpit-kpis")
    customers = exported(visitor, "cockpit-kpis", "?metric=active_customers")
    assert revenue[0] != customers[0]
    assert exported(visitor, "cockpit-kpis", "?metric=nonsense") == revenue


def test_headings_follow_the_language(visit: Visit) -> None:
    english = exported(visit("executive"), "cockpit-teams")[0]
    chinese = exported(visit("executive", language="zh"), "cockpit-teams")[0]
    assert len(english) == len(chinese)
    assert all(a != b for a, b in zip(english, chinese, strict=True)), (english, chinese)


@pytest.mark.parametrize("text", [f"{sign}1+1" for sign in FORMULA])
def test_text_is_never_a_formula(text: str) -> None:
    written = write_csv(["Name"], [[text]])
    (found,) = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"))))[1]
    assert found == f"'{text}"


def test_negative_numbers_stay_numbers() -> None:
    assert cell(-12.5) == "-12.5"
    assert cell(-3) == -3
    assert cell(0.1 + 0.2) == "0.30000000000000004"
    assert cell(None) == ""
    assert cell(float("nan")) == ""
    assert cell("-12.5") == "'-12.5"


def test_names_of_the_data_are_escaped(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    from pages import _export, _rows

    honest = _rows.named
    monkeypatch.setattr(
        _export._rows, "named", lambda rows, f: honest(rows, f).assign(name="=HYPERLINK(1)")
    )
    lines = exported(visit("executive"), "cockpit-teams")
    at = lines[0].index("Name")
    assert {line[at] for line in lines[1:]} == {"'=HYPERLINK(1)"}


def test_dates_in_a_file_are_iso(visit: Visit) -> None:
    visitor = visit("executive")
    for name in PANELS:
        for line in exported(visitor, name)[1:20]:
            assert not any("00:00:00" in value for value in line), (name, line)


# --- workbooks -------------------------------------------------------------------------------


def workbook(body: bytes) -> list[list[Any]]:
    """Return the cells of a workbook's only sheet."""
    (sheet,) = openpyxl.load_workbook(io.BytesIO(body)).worksheets
    return [list(line) for line in sheet.iter_rows()]


@pytest.mark.parametrize("text", [*(f"{sign}1+1" for sign in FORMULA), "https://x.example", "12"])
def test_text_in_a_workbook_is_text(text: str) -> None:
    ((_head,), (found,)) = workbook(write_xlsx(["Name"], [[text]]))
    assert found.data_type == "s"
    assert found.hyperlink is None
    # XML holds neither carriage returns nor NUL as they stand; the writer spells them.
    if text.isprintable():
        assert found.value == text
    assert found.quotePrefix is text.startswith(FORMULA)


def test_numbers_and_days_in_a_workbook_stay_what_they_are() -> None:
    values = [-12.5, -3, 0.1, True, date(2026, 6, 20), None, float("nan"), float("inf"), pd.NaT]
    _head, found = workbook(write_xlsx([str(n) for n in range(9)], [values]))
    assert [c.data_type for c in found] == ["n", "n", "n", "b", "d", "n", "n", "n", "n"]
    assert [c.value for c in found[:4]] == [-12.5, -3, 0.1, True]
    assert found[4].value.date() == date(2026, 6, 20)
    assert [c.value for c in found[5:]] == [None] * 4


def test_a_workbook_holds_the_rows_of_the_csv(visit: Visit) -> None:
    visitor = visit("lead")
    for name in ("cockpit-teams", "funnel-stages", "churn-loss-list"):
        if name not in PANELS:
            continue
        lines = exported(visitor, name)
        response = visitor.get(f"/export/{name}.xlsx")
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].endswith('.xlsx"')
        book = [[c.value for c in line] for line in workbook(response.data)]
        assert book[0] == lines[0]
        assert len(book) == len(lines) > 1
        assert [str(line[0]) for line in book] == [line[0] for line in lines]


def test_every_export_is_in_the_audit_log_with_its_rows(visit: Visit) -> None:
    visitor = visit("lead")
    lines = exported(visitor, "cockpit-teams", "?period=all")
    refused = visit("rep").get("/export/cockpit-teams.csv")
    assert refused.status_code == 403
    with reading_state(state()) as connection:
        stmt = select(audit).where(audit.c.action == "exported").order_by(audit.c.sequence.desc())
        newest = connection.execute(stmt).first()
    assert newest is not None
    assert (newest.actor, newest.subject) == ("lead", "cockpit-teams")
    told = json.loads(newest.details)
    assert told["rows"] == len(lines) - 1
    assert told["filters"] == "?period=all"

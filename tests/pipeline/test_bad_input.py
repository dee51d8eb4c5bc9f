"""Every row of the bad-input table that the command line meets: outcome, code, sentence, rows."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import column, select, table

from data.pipeline.findings import ImportRefusedError, QuestionError
from data.pipeline.load import Staged, stage
from data.pipeline.refresh import silent
from data.pipeline.sniff import Limits
from data.pipeline.stage_work import StageOptions
from tests.pipeline.cases import CASES
from tests.pipeline.cases.case import CUSTOMER, Case, text

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def staged_rows(staged: Staged, name: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Return what would be written to a contract table, amounts as text."""
    stmt = select(*(column(c) for c in columns)).select_from(table(f"out_{name}"))
    with staged.engine.connect() as connection:
        rows = [tuple(_plain(cell) for cell in row) for row in connection.execute(stmt)]
    return sorted(rows, key=repr)


def _plain(cell: object) -> object:
    return str(cell) if type(cell).__name__ == "Decimal" else cell


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, tmp_path: Path) -> None:
    files = case.write(tmp_path)
    zone = "America/New_York" if case.row == "B35" else "UTC"
    options = StageOptions(imported_at=DAY, answers=case.answers, time_zone=zone)
    staging = tmp_path / "staging"
    try:
        staged = stage(files, options=options, staging=staging, progress=silent)
    except ImportRefusedError as refused:
        found = ("M" if isinstance(refused, QuestionError) else "R", refused.code, refused.sentence)
        _check_refusal(case, found, staging)
        return
    try:
        _check(case, staged)
    finally:
        staged.close()
    assert list(staging.iterdir()) == []


def _check_refusal(case: Case, found: tuple[str, str, str], staging: Path) -> None:
    assert found == (case.outcome, case.code, case.sentence)
    assert list(staging.iterdir()) == []


def _check(case: Case, staged: Staged) -> None:
    rejects = staged.rejects()
    assert case.outcome in "AWQ", (staged.sentence, rejects)
    assert sorted({f.row for f in rejects}) == list(case.rejected), rejects
    assert (case.outcome == "Q") == bool(rejects)
    if case.outcome == "Q":
        assert (case.code, case.sentence) in {(f.code, f.reason) for f in rejects}, rejects
    elif case.code:
        assert (case.code, case.sentence) in {(w.code, w.sentence) for w in staged.warned}
    elif case.sentence:
        assert staged.sentence == case.sentence
    if case.outcome == "A":
        assert [w for w in staged.warned if w.code.startswith("W_")] == []
    if case.holds:
        name, columns, expected = case.holds
        assert staged_rows(staged, name, columns) == sorted(expected, key=repr)


def test_every_row_of_the_table_has_a_case() -> None:
    elsewhere = {"B22", "B23", "B52", "B53", "B63", "B64", "B65"}
    wanted = {f"B{n}" for n in range(1, 66)} - elsewhere
    assert {case.row for case in CASES} == wanted


def test_b52_a_file_over_the_limit_is_refused_and_the_command_line_may_lift_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "customer.csv"
    path.write_text(CUSTOMER + "C1,Ann\n")
    os.truncate(path, 2 * 1024**3)
    options = StageOptions(imported_at=DAY)
    with pytest.raises(ImportRefusedError) as refused:
        stage([path], options=options, staging=tmp_path / "staging", progress=silent)
    assert refused.value.code == "E_SIZE"
    assert str(refused.value) == "The file is 2.0 GB; the limit is 50 MB. Split it or use the API."
    [small] = text("customer.csv", CUSTOMER + "C1,Ann\n")(tmp_path)
    tight = StageOptions(imported_at=DAY, limits=Limits(file_bytes=5))
    with pytest.raises(ImportRefusedError):
        stage([small], options=tight, staging=tmp_path / "staging", progress=silent)
    lifted = StageOptions(imported_at=DAY, limits=Limits(file_bytes=None))
    stage([small], options=lifted, staging=tmp_path / "staging", progress=silent).close()

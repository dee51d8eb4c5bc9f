"""Imports published as versions: exit codes, upserts, repeats, quarantine, kill -9 and undo."""

import csv
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, select

import app
from data.pipeline import import_files as importing
from data.pipeline.compare import Difference
from data.pipeline.findings import Warned
from data.pipeline.import_files import FINE, QUARANTINED, REFUSED, ImportOptions, import_files
from data.pipeline.in_force import state_of
from data.state import audit, audit_log, publications
from data.state.engine import StateError
from data.warehouse import batches, marts
from data.warehouse.engine import reading_duckdb
from data.warehouse.outages import NO_SPACE
from data.warehouse.schema import CONTRACT
from data.warehouse.versions import (
    Build,
    NoWarehouseError,
    Warehouse,
    building,
    live,
    open_warehouse,
    undo,
)
from data.warehouse.versions import published as versions_of
from tests.pipeline.files import csv_file

DAY = datetime(2026, 1, 1, tzinfo=UTC)
CUSTOMERS = "customer_id,name,region\nC1,Ann,North\nC2,Ben,South\n"
ORDERS = "order_id,customer_id,ordered_on,amount\nO1,C1,2025-03-04,10\nO2,C2,2025-04-05,20.5\n"


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An empty embedded warehouse."""
    return open_warehouse("", var=tmp_path / "var")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two customers and an order each, imported as batch 1 into `var`."""
    folder = tmp_path_factory.mktemp("published")
    files = [
        csv_file(folder, "customer.csv", CUSTOMERS),
        csv_file(folder, "orders.csv", ORDERS),
    ]
    warehouse = open_warehouse("", var=folder / "var")
    outcome = import_files(files, warehouse=warehouse, options=options())
    assert (outcome.exit_code, outcome.batch, outcome.version) == (FINE, 1, 1)
    assert outcome.sentence == "4 rows read, 4 new, 0 changed, 0 rejected."
    assert outcome.report is not None
    return folder


@pytest.fixture
def base(warehouse: Warehouse, published: Path) -> list[Path]:
    """The published warehouse, copied for one test; returns the files it came from."""
    shutil.copytree(published / "var", warehouse.var)
    return [published / "customer.csv", published / "orders.csv"]


@pytest.fixture
def no_marts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the marts empty: these tests are about the contract tables."""

    def refresh(build: Build, **_rest: Any) -> None:
        marts.funnel_stage.create(build.connection)
        build.connection.commit()

    monkeypatch.setattr(importing, "refresh", refresh)


QUICK = pytest.mark.usefixtures("no_marts")


def options(**rest: Any) -> ImportOptions:
    """Options with the day of the tests."""
    return ImportOptions(imported_at=DAY, **rest)


def rows(warehouse: Warehouse, name: str) -> list[dict[str, Any]]:
    """Return a contract table of the live version, in the order of its key."""
    return content(warehouse, [name])[name]


def content(
    warehouse: Warehouse, names: Sequence[str] = tuple(CONTRACT.tables)
) -> dict[str, list[dict[str, Any]]]:
    """Return contract tables of the live version, rows in the order of their keys."""
    engine = reading_duckdb(warehouse.file(live(warehouse)))
    with engine.connect() as connection:
        found = {name: _ordered(connection, CONTRACT.tables[name]) for name in names}
    engine.dispose()
    return found


def _ordered(connection: Connection, target: Table) -> list[dict[str, Any]]:
    stmt = select(target).order_by(*(target.c[k] for k in target.info["key"]))
    return [dict(row) for row in connection.execute(stmt).mappings()]


@QUICK
def test_the_same_files_again_are_not_imported_twice(
    warehouse: Warehouse, base: list[Path]
) -> None:
    again = import_files(base, warehouse=warehouse, options=options())
    assert again.exit_code == FINE
    assert again.sentence == "These files were already imported on 2026-01-01 (batch 1)."
    assert (again.batch, live(warehouse)) == (1, 1)


@QUICK
def test_one_file_again_says_so_in_the_singular(warehouse: Warehouse, base: list[Path]) -> None:
    for _ in range(2):
        outcome = import_files(base[:1], warehouse=warehouse, options=options())
    assert outcome.sentence == "This file was already imported on 2026-01-01 (batch 2)."


@QUICK
def test_b22_an_upsert_shows_its_difference_and_keeps_columns_it_does_not_have(
    warehouse: Warehouse, base: list[Path], tmp_path: Path
) -> None:
    changed = "customer_id,name\nC1,Ann Lee\nC2,Ben\nC3,Cid\n"
    file = csv_file(tmp_path, "customer.csv", changed)
    seen: list[str] = []

    def confirm(staged: Any) -> bool:
        seen.append(staged.differences["customer"].sentence)
        return True

    outcome = import_files([file], warehouse=warehouse, options=options(confirm=confirm))
    assert outcome.differences == {"customer": Difference(1, 1, 1)}
    assert seen == ["1 new, 1 changed, 1 unchanged"]
    assert [(r["name"], r["region"]) for r in rows(warehouse, "customer")] == [
        ("Ann Lee", "North"),
        ("Ben", "South"),
        ("Cid", None),
    ]


@QUICK
def test_a_declined_preview_writes_nothing(warehouse: Warehouse, base: list[Path]) -> None:
    del base
    before = content(warehouse)
    outcome = import_files(
        [_third(warehouse)], warehouse=warehouse, options=options(confirm=lambda _: False)
    )
    assert (outcome.exit_code, outcome.sentence) == (REFUSED, "Nothing was imported.")
    assert content(warehouse) == before


def _third(warehouse: Warehouse) -> Path:
    return csv_file(warehouse.var, "customer.csv", "customer_id,name\nC3,Cid\n")


def test_a_refused_file_names_itself_and_changes_nothing(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    outcome = import_files(
        [csv_file(tmp_path, "customer.csv", "name\nAnn\n")], warehouse=warehouse, options=options()
    )
    assert (outcome.exit_code, outcome.code, outcome.file) == (REFUSED, "E_MISSING", "customer.csv")
    with pytest.raises(NoWarehouseError):
        live(warehouse)


@QUICK
@pytest.mark.parametrize(
    ("accept", "most", "exit_code"), [(False, 0.5, 3), (True, 0.05, 3), (True, 0.5, 0)]
)
def test_quarantined_rows_stop_the_import_unless_they_are_accepted(
    warehouse: Warehouse, tmp_path: Path, accept: bool, most: float, exit_code: int
) -> None:
    file = csv_file(
        tmp_path,
        "customer.csv",
        "customer_id,name,phone,birth_year\nC1,Ann,,1980\nC2,Ben,,=1+1\nC3,Cid,1.39E+10,1990\n",
    )
    orders = csv_file(tmp_path, "orders.csv", ORDERS.replace("C2", "C1"))
    rejects = tmp_path / "rejects.csv"
    how = options(accept_rejects=accept, max_rejects=most, rejects_to=rejects)
    outcome = import_files([file, orders], warehouse=warehouse, options=how)
    assert (outcome.exit_code, outcome.rows_rejected) == (exit_code, 2)
    assert rejects.read_bytes().startswith(b"\xef\xbb\xbf")
    with rejects.open(encoding="utf-8-sig", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert first == {
        "file": "customer.csv",
        "sheet": "",
        "row": "3",
        "column": "birth_year",
        "value": "'=1+1",
        "code": "E_NUMBER",
        "reason": "Row 3, birth_year: '=1+1' is not a number.",
    }
    assert (second["row"], second["code"]) == ("4", "E_SCI")
    if exit_code == QUARANTINED:
        with pytest.raises(NoWarehouseError):
            live(warehouse)
    else:
        assert [r["customer_id"] for r in rows(warehouse, "customer")] == ["C1"]


@QUICK
def test_a_rejected_parent_takes_its_children_along(warehouse: Warehouse, tmp_path: Path) -> None:
    files = [
        csv_file(tmp_path, "customer.csv", "customer_id,birth_year\nC1,1980\nC2,x\n"),
        csv_file(tmp_path, "orders.csv", ORDERS),
    ]
    how = options(accept_rejects=True, max_rejects=0.5)
    outcome = import_files(files, warehouse=warehouse, options=how)
    assert (outcome.exit_code, outcome.rows_rejected) == (FINE, 2)
    assert [r["order_id"] for r in rows(warehouse, "orders")] == ["O1"]


@QUICK
def test_b63_a_file_in_another_unit_is_doubted(
    warehouse: Warehouse, base: list[Path], tmp_path: Path
) -> None:
    del base
    file = csv_file(tmp_path, "orders.csv", "order_id,ordered_on,amount\nO9,2025-05-01,2009\n")
    outcome = import_files([file], warehouse=warehouse, options=options())
    said = Warned("W_UNIT", "The median amount is 98× last month's. Continue?")
    assert said in outcome.warned


@QUICK
def test_b65_undo_brings_back_exactly_what_was_there(
    warehouse: Warehouse, base: list[Path], tmp_path: Path
) -> None:
    del base
    before = content(warehouse)
    file = csv_file(tmp_path, "customer.csv", CUSTOMERS.replace("Ann", "Eve") + "C3,Cid,East\n")
    import_files([file], warehouse=warehouse, options=options())
    assert content(warehouse) != before
    undo(warehouse)
    assert content(warehouse) == before
    engine = reading_duckdb(warehouse.file(live(warehouse)))
    with engine.connect() as connection:
        assert [b.number for b in batches.history(connection)] == [1]
    engine.dispose()


@QUICK
def test_the_history_travels_with_the_version(
    warehouse: Warehouse, base: list[Path], tmp_path: Path
) -> None:
    del base, tmp_path
    import_files([_third(warehouse)], warehouse=warehouse, options=options())
    engine = reading_duckdb(warehouse.file(live(warehouse)))
    with engine.connect() as connection:
        newest, oldest = batches.history(connection)
    engine.dispose()
    assert (newest.number, newest.files, newest.rows_new) == (2, ("customer.csv",), 1)
    assert oldest.tables == {"customer": (2, 0, 0), "orders": (2, 0, 0)}
    assert oldest.imported_at == DAY.replace(tzinfo=None)


@QUICK
def test_lines_of_an_order_that_comes_again_replace_the_old_ones(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    head = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    line = "1,A,Cup,{},2011-01-02 08:00:00,2.5,7,France\n"
    for lines in ([2, 3], [4]):
        text = head + "".join(line.format(quantity) for quantity in lines)
        file = csv_file(tmp_path, "online_retail.csv", text)
        outcome = import_files([file], warehouse=warehouse, options=options())
    assert outcome.exit_code == FINE
    assert [float(r["amount"]) for r in rows(warehouse, "orders")] == [10.0]
    assert [float(r["quantity"]) for r in rows(warehouse, "order_line")] == [4.0]


@QUICK
def test_one_bad_line_takes_the_whole_invoice_out(warehouse: Warehouse, tmp_path: Path) -> None:
    head = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    text = head + (
        "1,A,Cup,2,2011-01-02,2.5,7,France\n1,B,Mug,x,2011-01-02,2.5,7,France\n"
        "2,A,Cup,1,2011-01-03,2.5,7,France\n"
    )
    rejects = tmp_path / "rejects.csv"
    how = options(accept_rejects=True, max_rejects=0.9, rejects_to=rejects)
    file = csv_file(tmp_path, "online_retail.csv", text)
    outcome = import_files([file], warehouse=warehouse, options=how)
    assert (outcome.exit_code, outcome.rows_rejected) == (FINE, 2)
    assert [r["order_id"] for r in rows(warehouse, "orders")] == ["2"]
    said = rejects.read_text(encoding="utf-8-sig")
    assert "Row 2 was left out because row 3 of the same InvoiceNo was rejected." in said


@QUICK
def test_an_import_overtaken_by_another_is_compared_again(
    warehouse: Warehouse, base: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del base
    other = csv_file(tmp_path, "rep.csv", "rep_id,name\nR1,Rea\n")
    mine = csv_file(tmp_path, "customer.csv", "customer_id,name\nC3,Cid\n")
    stage = importing.stage
    calls: list[int] = []

    def slow(*args: Any, **rest: Any) -> Any:
        staged = stage(*args, **rest)
        calls.append(1)
        if len(calls) == 1:
            import_files([other], warehouse=warehouse, options=options())
        return staged

    monkeypatch.setattr(importing, "stage", slow)
    outcome = import_files([mine], warehouse=warehouse, options=options())
    assert (outcome.exit_code, outcome.version, outcome.batch) == (FINE, 3, 3)
    assert len(rows(warehouse, "rep")) == 1
    assert len(rows(warehouse, "customer")) == 3


_CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from data.pipeline.import_files import ImportOptions, import_files
from data.warehouse.versions import open_warehouse

def say(stage, done, total):
    print(stage, flush=True)

import_files(
    [Path(sys.argv[2])],
    warehouse=open_warehouse("", var=Path(sys.argv[1])),
    options=ImportOptions(imported_at=datetime(2026, 1, 1, tzinfo=UTC), progress=say),
)
"""


@QUICK
@pytest.mark.parametrize("at", ["merging", "months"])
def test_f11_kill_leaves_the_old_version_live_and_the_next_start_cleans_up(
    warehouse: Warehouse, base: list[Path], tmp_path: Path, at: str
) -> None:
    del base
    before = content(warehouse)
    lines = "".join(f"K{i},Kim {i}\n" for i in range(2_000))
    file = csv_file(tmp_path, "customer.csv", "customer_id,name\n" + lines)
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(warehouse.var), str(file)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    for line in child.stdout:
        if line.strip() == at:
            os.kill(child.pid, signal.SIGKILL)
            break
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    assert content(warehouse) == before
    outcome = import_files([file], warehouse=warehouse, options=options())
    assert (outcome.exit_code, outcome.differences["customer"].new) == (FINE, 2_000)
    assert list(warehouse.staging.glob("import-*")) == []


def test_two_equal_imports_at_once_make_one_batch(
    warehouse: Warehouse, base: list[Path], tmp_path: Path
) -> None:
    del base
    file = csv_file(tmp_path, "customer.csv", "customer_id,name\nC3,Cid\n")
    started = time.monotonic()
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(warehouse.var), str(file)], stdout=subprocess.DEVNULL
        )
        for _ in range(2)
    ]
    assert [child.wait(timeout=60) for child in children] == [0, 0]
    assert time.monotonic() - started < 60
    assert live(warehouse) == 2
    assert len(rows(warehouse, "customer")) == 3


# --- the audit log ---------------------------------------------------------------------------


def logged(warehouse: Warehouse) -> list[tuple[str, str, dict[str, Any]]]:
    """Return what the audit log says of publications, oldest first: action, version, details."""
    with state_of(warehouse) as state:
        assert audit.verify(state).is_whole
        found = [
            (row.action, row.subject, json.loads(row.details))
            for row in reversed(audit_log.newest(state, about="version/"))
        ]
    for _, _, told in found:
        assert told.pop("by") == pwd.getpwuid(os.getuid()).pw_name
    return found


def test_every_publication_is_in_the_audit_log(
    base: list[Path],
    warehouse: Warehouse,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VAR", str(warehouse.var))
    more = csv_file(warehouse.var, "customer.csv", "customer_id,name\nC1,Anna\nC3,Cid\n")
    for arguments in (["import", str(more)], ["refresh"], ["undo"]):
        monkeypatch.setattr("sys.argv", ["app.py", *arguments])
        with pytest.raises(SystemExit) as left:
            app.main()
        assert not left.value.code, capsys.readouterr().err
    counts = {"rejected": 0, "rows": 2, "new": 1, "changed": 1}
    first, *rest = logged(warehouse)
    assert first[0] == "data-imported"
    assert first[2]["rows"] == 4
    assert rest == [
        ("data-imported", "version/2", {"batch": 2, "files": "customer.csv", **counts}),
        ("data-refreshed", "version/3", rest[1][2]),
        ("data-undone", "version/2", {"instead_of": 3}),
    ]


@QUICK
def test_what_cannot_be_logged_is_not_published(
    base: list[Path], warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_rest: object) -> None:
        raise StateError("full")

    before = logged(warehouse)
    monkeypatch.setattr(publications, "record", refuse)
    more = csv_file(tmp_path, "customer.csv", "customer_id,name\nC3,Cid\n")
    with pytest.raises(StateError, match="full"):
        import_files([more], warehouse=warehouse, options=options())
    assert (live(warehouse), versions_of(warehouse)) == (1, [1])
    monkeypatch.undo()
    assert logged(warehouse) == before


@QUICK
def test_what_cannot_be_published_is_not_logged(
    base: list[Path], warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    before = logged(warehouse)
    monkeypatch.setattr(building, "publish", refuse)
    more = csv_file(tmp_path, "customer.csv", "customer_id,name\nC3,Cid\n")
    with pytest.raises(OSError, match="No space"):
        import_files([more], warehouse=warehouse, options=options())
    assert (live(warehouse), versions_of(warehouse)) == (1, [1])
    assert logged(warehouse) == before


# --- a full disk -----------------------------------------------------------------------------

FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
import app
app.main()
"""


@pytest.mark.parametrize("command", ["import", "refresh"])
def test_a_full_disk_changes_nothing(
    command: str, base: list[Path], warehouse: Warehouse, tmp_path: Path
) -> None:
    more = csv_file(tmp_path, "customer.csv", "customer_id,name\nC3,Cid\n")
    room = warehouse.file(1).stat().st_size // 2
    arguments = [command, *([str(more)] if command == "import" else [])]
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(room), *arguments],
        env={**os.environ, "VAR": str(warehouse.var)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.strip().splitlines()[-1] == NO_SPACE
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == REFUSED
    assert (live(warehouse), versions_of(warehouse)) == (1, [1])
    assert rows(warehouse, "customer")[-1]["customer_id"] == "C2"
    assert import_files([more], warehouse=warehouse, options=options()).version == 2
    assert not [*warehouse.staging.iterdir(), *warehouse.folder.glob("building-*")]

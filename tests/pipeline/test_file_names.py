"""A file's name is text: whatever it is, it leads nowhere outside the application's folder (T19)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import app

CUSTOMERS = "customer_id,name,region\nC1,Ann,North\nC2,Ben,South\n"
Run = Callable[..., tuple[int, str]]
#: Names that a file can have here.
ODD = (
    *("customer\u202evsc.csv", "\u200fcustomer.csv", "customer;rm -rf x.csv", "..customer.csv"),
    *("C:\\customer.csv", "..\\..\\customer.csv", "customer\n.csv", "customer'--.csv", "$(x).csv"),
    *("%2e%2e%2fcustomer.csv", "客户.csv", "customer" + "x" * 240 + ".csv", "-customer.csv"),
)
#: Names that no file can have, or that lead elsewhere.
ASTRAY = (
    *(
        "../../customer.csv",
        "../../../../../../etc/passwd",
        "x\x00customer.csv",
        "x" * 300 + ".csv",
    ),
    *("/etc/passwd", "/dev/null", "/proc/self/environ", ".", "..", "", "~/customer.csv"),
    *(
        "C:\\customer.csv",
        "file:///etc/passwd",
        "https://example.com/customer.csv",
        "con\ud800.csv",
    ),
)


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Run the command line in a folder of its own; return exit code and words."""
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def run_(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["app.py", *arguments])
        with pytest.raises(SystemExit) as left:
            app.main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out + said.err

    yield run_


def outside(folder: Path) -> set[Path]:
    """Return every file that is not in the application's own folder."""
    own = folder / "var"
    return {path for path in folder.rglob("*") if own not in (path, *path.parents)}


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_an_odd_name_is_imported_or_refused_and_nothing_else_is_written(
    run: Run, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "here" / name
    path.write_text(CUSTOMERS)
    before = outside(tmp_path)
    code, said = run("import", "--dry-run", "--", str(path))
    assert code in (0, 2, 3), said
    assert said.strip()
    assert "Traceback" not in said
    assert outside(tmp_path) == before
    assert path.read_text() == CUSTOMERS


@pytest.mark.parametrize("name", ASTRAY, ids=ascii)
def test_a_name_that_leads_astray_is_refused_with_a_sentence(
    run: Run, tmp_path: Path, name: str
) -> None:
    before = outside(tmp_path)
    code, said = run("import", "--", name)
    assert code in (2, 3), (code, said)
    assert said.strip()
    assert "Traceback" not in said
    assert "root:" not in said, "what stands in a file that is none of ours"
    assert outside(tmp_path) == before

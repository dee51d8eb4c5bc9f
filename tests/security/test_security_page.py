"""The page on threats names controls and tests that exist, and no threat is left out."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
THREATS = 38


def lines() -> dict[str, list[str]]:
    """Return the cells of the table by the number of the threat."""
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (T\d+) \|(.*)\|$", text, re.MULTILINE)
    return {number: [cell.strip() for cell in cells.split(" | ")] for number, cells in rows}


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))


def test_every_threat_has_a_control_a_test_and_a_section() -> None:
    table = lines()
    assert list(table) == [f"T{number}" for number in range(1, THREATS + 1)]
    for number, (threat, control, test, sections) in table.items():
        assert threat, number
        assert named(control), number
        assert named(test), number
        assert re.fullmatch(r"\d+\.\d+(\.\d+)?(, \d+\.\d+(\.\d+)?)*", sections), number


def test_every_file_and_every_test_that_is_named_exists() -> None:
    for number, (_threat, control, test, _sections) in lines().items():
        for file in named(control):
            assert (ROOT / file).is_file(), (number, file)
        for each in named(test):
            file, name = each.split("::")
            assert name.startswith("test_"), (number, each)
            assert name in names_in(file), (number, each)

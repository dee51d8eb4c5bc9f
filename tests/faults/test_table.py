"""The table of faults names places and tests that exist, and every fault."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"^\| (F\d+) \| [^|]+ \| `([^`]+)` \| (?:`([^`]+)`|–) \|$", re.MULTILINE)
LINES = LINE.findall((ROOT / "docs" / "faults.md").read_text(encoding="utf-8"))


def test_every_fault_has_its_line() -> None:
    assert [name for name, _control, _test in LINES] == [f"F{n}" for n in range(1, 34)]


@pytest.mark.parametrize(("name", "control", "test"), LINES)
def test_a_line_names_what_there_is(name: str, control: str, test: str) -> None:
    assert (ROOT / control).is_file()
    if test:
        file, function = test.split("::")
        assert re.search(rf"^def {function}\(", (ROOT / file).read_text(encoding="utf-8"), re.M)

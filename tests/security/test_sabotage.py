"""The list of sabotages follows the code: what none can break any more, none proves."""

import pytest

from tests.security.sabotage import ROOT, SABOTAGES, Sabotage


@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda sabotage: sabotage.name)
def test_a_sabotage_finds_its_line_and_its_test(sabotage: Sabotage) -> None:
    assert (ROOT / sabotage.file).read_text(encoding="utf-8").count(sabotage.old) == 1
    file, _, test = sabotage.test.partition("::")
    assert f"def {test.partition('[')[0]}" in (ROOT / file).read_text(encoding="utf-8")


def test_there_are_enough_of_them() -> None:
    names = [sabotage.name for sabotage in SABOTAGES]
    assert len(set(names)) == len(names) >= 15

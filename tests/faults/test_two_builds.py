"""Who comes second is told that another build runs, since when, and waits for it (F13)."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.pipeline.said import say_waiting
from data.warehouse.versions import building_since, new_version, open_warehouse, scratch_version


def test_the_second_build_is_told_and_starts_after_the_first(
    small_var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = open_warehouse("", var=small_var)
    order: list[str] = []

    def second() -> None:
        with scratch_version(warehouse):
            order.append("second")

    waiting = threading.Thread(target=second)
    say_waiting(warehouse)
    assert capsys.readouterr().err == "", "nobody builds"
    with new_version(warehouse):
        waiting.start()
        since = building_since(warehouse)
        assert since is not None
        assert timedelta(0) <= datetime.now(UTC) - since < timedelta(minutes=1)
        say_waiting(warehouse)
        said = (
            f"Another import or refresh is running since {since:%H:%M} UTC; this one starts after"
        )
        assert said in capsys.readouterr().err
        waiting.join(0.3)
        assert building_since(warehouse) == since, "who waits does not wipe it off"
        order.append("first")
    waiting.join(30)
    assert order == ["first", "second"]
    assert building_since(warehouse) is None
    assert building_since(open_warehouse("", var=small_var / "nothing")) is None

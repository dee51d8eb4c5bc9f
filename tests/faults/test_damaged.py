"""A damaged version is set aside for the one before, loudly; without one nothing is ready (F16)."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from app import cli
from data.warehouse import fetch, marts
from data.warehouse.fetch import Fetcher, Question, UnreachableError
from data.warehouse.versions import (
    DamagedError,
    Warehouse,
    keep_intact,
    live,
    new_version,
    open_warehouse,
    publish,
)
from tests.conftest import Memory
from tests.pages.visitor import Visitor

Damage = Callable[[bytes], bytes]
BANNER = {"tick.n_intervals": 1}


def _flipped(content: bytes) -> bytes:
    """Flip a bit in each block of the second half, whichever table lies there."""
    changed = bytearray(content)
    for place in range(len(content) // 2, len(content), 1 << 18):
        changed[place] ^= 1
    return bytes(changed)


DAMAGES: dict[str, Damage] = {
    "flipped bits": _flipped,
    "flipped header": lambda content: content[:5000] + b"\xff\xff" + content[5002:],
    "zero bytes long": lambda _content: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "zeros": lambda content: bytes(len(content)),
}


@pytest.fixture
def warehouse(small_var: Path) -> Warehouse:
    """Two versions, of which the second is live."""
    found = open_warehouse("", var=small_var)
    shutil.copy(found.file(1), found.file(2))
    publish(found, 2)
    return found


def spoil(warehouse: Warehouse, number: int, damage: Damage) -> None:
    path = warehouse.file(number)
    content = damage(path.read_bytes())
    # A new file, as a restored disk would have; who holds the old one open reads on.
    path.unlink()
    path.write_bytes(content)


def everything(fetcher: Fetcher) -> int:
    """Read every mart of the live version; return its number."""
    number = fetcher.live()
    for table in marts.MARTS.sorted_tables:
        fetcher.uncached(Question(table.name, number, {}, lambda table=table: select(table)))
    return number


@pytest.mark.parametrize("damage", DAMAGES)
def test_at_the_start_the_version_before_is_read(warehouse: Warehouse, damage: str) -> None:
    spoil(warehouse, 2, DAMAGES[damage])
    assert keep_intact(warehouse) == 2
    assert live(warehouse) == 1
    assert keep_intact(warehouse) is None
    found = Fetcher(warehouse)
    assert everything(found) == 1
    assert found.stands_in_for() == 2
    found.readers.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_that_shows_while_it_is_read_is_told_once_and_stepped_back_from(
    warehouse: Warehouse, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "LOOK_AGAIN_SECONDS", 0.0)
    spoil(warehouse, 2, DAMAGES[damage])
    found = Fetcher(warehouse, Memory())
    with pytest.raises((UnreachableError, fetch.PanelError)):
        everything(found)
    assert everything(found) == 1
    found.readers.close()


def test_an_intact_version_is_left_alone(warehouse: Warehouse) -> None:
    assert keep_intact(warehouse) is None
    assert live(warehouse) == 2
    assert keep_intact(Warehouse("", warehouse.var / "nothing")) is None


@pytest.mark.parametrize("damage", DAMAGES)
def test_where_nothing_is_intact_nothing_is_ready_and_nothing_is_moved(
    warehouse: Warehouse, damage: str, visit_other: Callable[..., Visitor]
) -> None:
    for number in (1, 2):
        spoil(warehouse, number, DAMAGES[damage])
    with pytest.raises(DamagedError, match="restore"):
        keep_intact(warehouse)
    assert warehouse.file(2).exists()
    found = Fetcher(warehouse, Memory())
    visitor = visit_other(found)
    if damage != "flipped bits":
        assert visitor.get("/readyz").status_code == 503
    with pytest.raises(DamagedError):
        everything(found)
    with pytest.raises(DamagedError):
        everything(found)
    assert visitor.get("/livez").status_code == 200
    found.readers.close()


def test_readers_and_monitors_are_told_and_a_refresh_ends_it(
    warehouse: Warehouse, visit_other: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "LOOK_AGAIN_SECONDS", 0.0)
    spoil(warehouse, 2, DAMAGES["cut off"])
    assert keep_intact(warehouse) == 2
    found = Fetcher(warehouse, Memory())
    visitor = visit_other(found)
    banner = visitor.fire("banner.children", {**BANNER, "filters.data": visitor.filters()})
    assert "version 2, are damaged. You are reading version 1" in banner.words
    ready = visitor.get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (200, "degraded")
    assert ready.json["checks"]["warehouse"] == "older version"
    with new_version(warehouse) as build:
        # Answers of version 2 may still be cached under its number.
        assert (build.number, build.follows) == (3, 1)
    assert live(warehouse) == 3
    assert found.stands_in_for() is None
    assert not list(warehouse.folder.glob("damaged-*"))
    found.readers.close()


def test_serving_starts_with_a_look_through(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(warehouse, 2, DAMAGES["flipped bits"])
    monkeypatch.setenv("VAR", str(warehouse.var))
    monkeypatch.setattr("gunicorn.app.wsgiapp.WSGIApplication.run", lambda _self: os.getpid())
    monkeypatch.setattr("sys.argv", ["app.py"])
    cli(["serve"], standalone_mode=False)
    assert "Version 2 of the data is damaged" in capsys.readouterr().err
    assert live(warehouse) == 1


def test_serving_starts_where_the_data_cannot_be_read_at_all(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse.file(2).unlink()
    warehouse.file(2).mkdir()
    started: list[bool] = []
    monkeypatch.setenv("VAR", str(warehouse.var))
    monkeypatch.setattr(
        "gunicorn.app.wsgiapp.WSGIApplication.run", lambda _self: started.append(True)
    )
    monkeypatch.setattr("sys.argv", ["app.py"])
    cli(["serve"], standalone_mode=False)
    assert started
    assert "does not answer" in capsys.readouterr().err

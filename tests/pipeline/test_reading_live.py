"""While an import is compared with the live version, its connections are closed again."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event

from data.pipeline import import_files
from data.warehouse.versions import Warehouse, readers


class BrokenError(Exception):
    """What goes wrong while the live version is read."""


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    """The engines that were disposed of, where any version opens an empty database."""
    found: list[Engine] = []

    def opened(_where: object, **_limits: object) -> Engine:
        engine = create_engine("sqlite://")
        event.listen(engine, "engine_disposed", found.append)
        return engine

    monkeypatch.setattr(readers, "server_engine", opened)
    monkeypatch.setattr(readers, "reading_duckdb", opened)
    monkeypatch.setattr(import_files, "live", lambda _warehouse: 1)
    return found


@pytest.mark.parametrize("url", ["", "postgresql+psycopg://nowhere/x", "clickhousedb://nowhere/x"])
@pytest.mark.parametrize("fails", [False, True])
def test_the_engine_is_closed(url: str, fails: bool, tmp_path: Path, closed: list[Engine]) -> None:
    warehouse = Warehouse(url, tmp_path)
    if not url:
        warehouse.folder.mkdir()
        warehouse.file(1).touch()
    with pytest.raises(BrokenError):
        with import_files._live(warehouse) as (number, connection):
            assert number == 1
            assert connection is not None
            assert closed == []
            if fails:
                raise BrokenError
        raise BrokenError
    assert len(closed) == 1

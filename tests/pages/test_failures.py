"""What a reader is told when data are missing, the warehouse fails, or a panel has a bug."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from data.i18n import use_language
from data.warehouse import fetch
from data.warehouse.engine import WarehouseError
from data.warehouse.fetch import Fetcher, PanelError
from data.warehouse.versions import Warehouse
from pages._page import PAGES
from pages._told import warehouse_words
from queries.run import NotKnownThenError, fetcher
from tests.conftest import Memory
from tests.pages.test_odd_companies import COMPANIES, company
from tests.pages.visitor import PAGE_CONTENT, Opened, Visitor, words_of

#: The cockpit's sentences and its list of movements, one answer.
SAID = "..cockpit-say.children...cockpit-movements.children.."

Visit = Callable[..., Visitor]
HOW_TO = "Run `make demo`"
SILENT = "The warehouse does not answer."
BANNER = {"tick.n_intervals": 1}


def test_without_any_data_every_page_says_how_to_get_some(
    visit_other: Visit, tmp_path: Path
) -> None:
    visitor = visit_other(Fetcher(Warehouse("", tmp_path), Memory()))
    layout = json.dumps(json.loads(visitor.get("/_dash-layout").text))
    assert HOW_TO in layout
    for page in PAGES.values():
        assert visitor.get(page.path).status_code == 200
        assert visitor.fire(PAGE_CONTENT, {"_pages_location.pathname": page.path}).status == 200
    assert visitor.get("/readyz").status_code == 503
    assert visitor.get("/livez").status_code == 200
    export = visitor.get("/export/cockpit-kpis.csv")
    assert export.status_code == 503
    assert "Traceback" not in export.text


def test_where_the_data_file_is_gone_the_page_says_so(visit_other: Visit, tmp_path: Path) -> None:
    folder = tmp_path / "warehouse"
    folder.mkdir()
    (folder / "CURRENT").write_text("v000001.duckdb\n")
    visitor = visit_other(Fetcher(Warehouse("", tmp_path), Memory()))
    shown = visitor.fire("banner.children", {**BANNER, "filters.data": visitor.filters()})
    assert "This version of the data is gone" in shown.words
    stamped = {"filters.data": {"version": "1"}}
    answer = visitor.fire("cockpit-kpis.children", stamped)
    assert "This version of the data is gone" in answer.words
    visitor.client.set_cookie("lang", "zh")
    assert "该版本的数据已不存在" in visitor.fire("cockpit-kpis.children", stamped).words
    assert visitor.get("/readyz").status_code == 503


#: What errors are made of that hold more than their sentence.
MADE_OF: dict[type[WarehouseError], tuple[Any, ...]] = {
    fetch.SlowError: (8,),
    NotKnownThenError: ("English.", "check"),
}


def test_every_failure_of_the_warehouse_is_told_in_the_readers_language() -> None:
    use_language("zh")
    try:
        for kind in (WarehouseError, PanelError, *_below(WarehouseError)):
            error = kind(*MADE_OF.get(kind, ("English.",)))
            assert not re.search(r"[A-Za-z]{3}", warehouse_words(error)), kind
    finally:
        use_language("en")


def _below(kind: type[WarehouseError]) -> Iterator[type[WarehouseError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


@contextmanager
def _failing(found: Fetcher, error: type[Exception]) -> Iterator[None]:
    """Let every connection to the warehouse fail."""
    engine = create_engine("duckdb:///:memory:")

    def refuse(*_args: object, **_options: object) -> None:
        raise error("SELECT 1", {}, RuntimeError("the disk said no"))

    engine.connect = refuse  # type: ignore[method-assign]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(found.readers, "engine", lambda _number: engine)
        patch.setattr(fetch, "LOOK_AGAIN_SECONDS", 0.0)
        yield
    engine.dispose()


def test_a_warehouse_that_fails_gives_a_sentence_in_each_panel(visit: Visit) -> None:
    visitor = visit()
    filters = visitor.filters()
    with _failing(fetcher(), OperationalError):
        for page in PAGES.values():
            for output, answer in visitor.open(page.path).answers.items():
                assert answer.status in (200, 204), (output, answer.text)
                assert "the disk said no" not in answer.text, output
        told = visitor.fire("cockpit-teams.figure", {"filters.data": filters})
        assert SILENT in told.words
        assert (
            "not reachable"
            in visitor.fire("banner.children", {**BANNER, "filters.data": filters}).words
        )


def test_cached_answers_are_still_given_with_a_banner(visit: Visit) -> None:
    visitor = visit()
    before = visitor.open("/").answers
    filters = visitor.filters()
    with _failing(fetcher(), OperationalError):
        after = visitor.open("/").answers
        other = visitor.fire(
            "cockpit-teams.figure", {"filters.data": {**filters, "period": "last_month"}}
        )
        banner = visitor.fire("banner.children", {**BANNER, "filters.data": filters})
    for output in ("cockpit-kpis.children", "cockpit-teams.figure", SAID):
        assert after[output].text == before[output].text
    assert SILENT in other.words
    assert "You are reading data as of 20 Jun 2026." in banner.words


def test_the_banner_goes_when_the_warehouse_answers_again(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = visit()
    filters = visitor.filters()
    with _failing(fetcher(), OperationalError):
        visitor.fire("cockpit-teams.figure", {"filters.data": filters})
        assert fetcher().unreachable_since
    monkeypatch.setattr(fetch, "LOOK_AGAIN_SECONDS", 0.0)
    assert visitor.fire("banner.children", {**BANNER, "filters.data": filters}).value == []
    assert SILENT not in visitor.fire("cockpit-teams.figure", {"filters.data": filters}).words


def test_a_question_that_the_engine_refuses_is_a_bug_with_a_reference(visit: Visit) -> None:
    visitor = visit()
    filters = visitor.filters()
    with _failing(fetcher(), ProgrammingError):
        answer = visitor.fire("cockpit-teams.figure", {"filters.data": filters})
    assert re.search(r"Reference \w{8}", answer.words)
    assert not fetcher().unreachable_since


def _module(name: str) -> ModuleType:
    """Return a page's module as Dash loaded it; importing it again would register it twice."""
    return next(sys.modules[m] for m in PAGES if m.rsplit(".", 1)[-1] == name)


#: What draws a panel; those of the last three are asked for with others in one request.
DRAWN_BY = (
    *(("cockpit", "compared_months"), ("cockpit", "tier_bars"), ("cockpit", "growth_states")),
    *(("clv", "asset_months"), ("tiers", "rfm_grid"), ("churn", "silence_bands")),
)


@pytest.mark.parametrize(("page", "broken"), DRAWN_BY)
def test_a_bug_in_one_panel_leaves_the_others_alone(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, page: str, broken: str
) -> None:
    visitor, path = visit(), PAGES[_module(page).__name__].path
    before = _parts(visitor.open(path))

    def fail(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError("secret of the inside")

    monkeypatch.setattr(_module(page), broken, fail)
    opened = visitor.open(path)
    after = _parts(opened)
    (part,) = [part for part in before if before[part] != after[part]]
    assert opened.of(part).status == 200
    assert "This panel could not be drawn." in " ".join(words_of(after[part]))
    assert re.search(r"Reference \w{8}", opened.words)
    assert "secret of the inside" not in opened.text


def _parts(opened: Opened) -> dict[str, Any]:
    """Return every property that the page was answered with, each by itself."""
    return {
        f"{id}.{name}": value
        for answer in opened.answers.values()
        for id, properties in answer.values.items()
        for name, value in properties.items()
    }


@pytest.mark.parametrize("kind", ["slow", "heavy", "busy"])
def test_each_kind_of_failure_has_its_sentence(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    error = {"slow": fetch.SlowError, "heavy": fetch.HeavyError, "busy": fetch.BusyError}[kind]
    said = {
        "slow": "Took longer than 8 s and was stopped. Narrow the dates",
        "heavy": "too much data",
        "busy": "Too many questions",
    }[kind]
    visitor = visit()
    filters = visitor.filters()

    def fail(*_args: object) -> None:
        raise error(8)

    monkeypatch.setattr(fetcher(), "_compute", fail)
    answer = visitor.fire("cockpit-kpis.children", {"filters.data": filters})
    assert said in answer.words
    assert "Reference" not in answer.words


def test_newer_data_are_announced_and_an_open_page_keeps_its_version(
    visit_other: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "LOOK_AGAIN_SECONDS", 0.0)
    found = company(tmp_path, COMPANIES["orders only"], date(2026, 6, 20))
    visitor = visit_other(found)
    filters = visitor.filters("?period=all")
    before = visitor.fire("cockpit-kpis.children", {"filters.data": filters}).text
    company(tmp_path, COMPANIES["one order"], date(2026, 6, 21))
    banner = visitor.fire("banner.children", {**BANNER, "filters.data": filters})
    assert "New data is in." in banner.words
    assert visitor.fire("cockpit-kpis.children", {"filters.data": filters}).text == before
    assert visitor.filters("?period=all")["version"] == "2"
    found.readers.close()

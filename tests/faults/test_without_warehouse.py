"""Without its warehouse a worker still shows the frame, tasks, users and the log (F1)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from data.access.reader import SYSTEM
from data.domain.task import Draft, Owner
from data.state import tasks
from data.state.engine import writing
from data.state.tables import task, task_change
from data.warehouse import fetch
from data.warehouse.fetch import Fetcher
from data.warehouse.versions import open_warehouse
from pages._page import PAGES
from pages._state import state
from tests.conftest import Memory
from tests.pages.visitor import Visitor

SAID = "This panel cannot be loaded now."


@pytest.fixture
def away(small_var: Path, monkeypatch: pytest.MonkeyPatch) -> Fetcher:
    """A worker that has just started while nobody can read the data."""
    monkeypatch.setattr(fetch, "LOOK_AGAIN_SECONDS", 0.0)
    found = open_warehouse("", var=small_var)
    found.file(1).rename(found.folder / "hidden")
    found.file(1).mkdir()
    return Fetcher(found, Memory())


@pytest.fixture
def no_task_left() -> Iterator[None]:
    """Leave no task to other tests."""
    yield
    with writing(state()) as connection:
        for table in (task_change, task):
            connection.execute(delete(table))


def back(found: Fetcher) -> None:
    path = found.warehouse.file(1)
    path.rmdir()
    (found.warehouse.folder / "hidden").rename(path)


def test_a_fresh_worker_shows_the_frame_and_each_panel_says_so(
    away: Fetcher, visit_other: Callable[..., Visitor]
) -> None:
    visitor = visit_other(away, "admin")
    layout = visitor.get("/_dash-layout").text
    for page in PAGES.values():
        assert f'"{page.name}"' in layout
        opened = visitor.open(page.path)
        assert all(answer.status in (200, 204) for answer in opened.answers.values())
    answer = visitor.fire("cockpit-teams.figure", {"filters.data": visitor.filters()})
    assert SAID in answer.words
    assert answer.value["layout"]["meta"]["again"] == "Retry"
    answer = visitor.fire("cockpit-kpis.children", {"filters.data": visitor.filters()})
    assert SAID in answer.words
    assert "Retry" in answer.words
    assert '"data-again"' in answer.text
    assert visitor.get("/readyz").status_code == 503
    assert visitor.get("/livez").status_code == 200


def test_tasks_users_and_the_log_are_there(
    away: Fetcher, visit_other: Callable[..., Visitor]
) -> None:
    visitor = visit_other(away, "admin")
    opened = visitor.open("/access")
    for name in ("executive", "analyst"):
        assert name in opened.words
    assert "demo-built" in opened.text or "Demo company built" in opened.words
    assert "as of" not in visitor.open("/profile").words.lower()
    assert SAID not in opened.of("access-log.children").words


@pytest.mark.usefixtures("no_task_left")
def test_own_tasks_are_listed_without_their_customers(
    away: Fetcher, visit_other: Callable[..., Visitor]
) -> None:
    visitor = visit_other(away)
    ours = Draft("Call before Friday", Owner("user", "executive"), customer_id="C000001")
    theirs = Draft("Somebody else's", Owner("user", "analyst"))
    tasks.open_tasks(state(), actor=SYSTEM, drafts=[ours, theirs])
    opened = visitor.open("/tasks")
    assert "these are your own tasks" in opened.words
    assert "Call before Friday" in opened.text
    assert "Somebody else" not in opened.text
    assert "C000001" not in opened.text, "whose customer it is cannot be looked up"


def test_filters_of_the_address_hold_when_it_is_back(
    away: Fetcher, visit_other: Callable[..., Visitor]
) -> None:
    visitor = visit_other(away)
    held = visitor.filters("?period=last_month&region=North")
    assert held["period"] == "last_month"
    back(away)
    answer = visitor.fire("cockpit-kpis.children", {"filters.data": held})
    assert SAID not in answer.words
    asked = visitor.filters("?period=last_month&region=North")
    again = visitor.fire("cockpit-kpis.children", {"filters.data": asked})
    assert again.text == answer.text
    away.readers.close()

"""One reader's questions wait for one another: a browser is never turned away, a flood is."""

import threading
from collections.abc import Callable

import pytest

from pages import _guard
from tests.pages.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def body(visit: Visit) -> tuple[Visitor, object]:
    """A lead with a question that asks the warehouse nothing."""
    visitor = visit("lead")
    return visitor, visitor.body("title.children", {"filters.data": visitor.filters()})


def test_a_question_waits_for_its_turn(body: tuple[Visitor, object]) -> None:
    visitor, asked = body
    _guard._under_way["lead"] = _guard.MOST_AT_ONCE
    release = threading.Timer(0.3, lambda: _guard._leave_of("lead"))
    release.start()
    try:
        assert visitor.post(asked).status_code == 200
    finally:
        release.join()
        _guard._under_way.clear()


def test_who_does_not_get_a_turn_in_time_is_told_to_come_again(
    body: tuple[Visitor, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, asked = body
    monkeypatch.setattr(_guard, "PATIENCE_SECONDS", 0.1)
    _guard._under_way["lead"] = _guard.MOST_AT_ONCE
    try:
        refused = visitor.post(asked)
    finally:
        _guard._under_way.clear()
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert not _guard._waiting["lead"]


def test_no_more_than_a_browser_sends_may_wait(
    body: tuple[Visitor, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, asked = body
    monkeypatch.setattr(_guard, "PATIENCE_SECONDS", 60.0)
    monkeypatch.setitem(_guard._under_way, "lead", _guard.MOST_AT_ONCE)
    monkeypatch.setitem(_guard._waiting, "lead", _guard.MOST_WAITING)
    assert visitor.post(asked).status_code == 429, "at once, without waiting"

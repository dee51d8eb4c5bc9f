"""Many readers at once are not mixed up, and no answer tells too much (T28, T29, T31, T36)."""

import re
import shutil
import threading
from collections import namedtuple
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import flask
import pytest

from data.state.engine import StateError
from pages import _health
from pages._page import PAGES
from tests.conftest import Demo
from tests.pages.visitor import ORIGIN
from tests.pages.visitor import Visitor as Reader

Usage = namedtuple("Usage", "total used free")


def test_one_reader_cannot_take_every_thread(
    server: flask.Flask, visit: Callable[..., Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pages import _guard

    visitor, other = visit("lead"), visit("rep")
    body = visitor.body("chips.children", {"filters.data": visitor.filters()})
    monkeypatch.setitem(_guard._under_way, "lead", _guard.MOST_AT_ONCE)
    refused = visitor.post(body)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert other.post(body).status_code == 200
    monkeypatch.undo()
    assert visitor.post(body).status_code == 200
    assert not _guard._under_way, "whoever came in has left"


def test_readers_at_once_are_never_mixed_up(
    server: flask.Flask, visit: Callable[..., Reader], demo: Demo, many: Any
) -> None:
    head = "scope.children"
    readers = [visit(user) for user in ("executive", "lead", "rep", "analyst", "admin")]
    bodies = [r.body(head, {"filters.data": r.filters(), "url.pathname": "/"}) for r in readers]
    wanted = [r.post(b).text for r, b in zip(readers, bodies, strict=True)]
    assert len(set(wanted)) >= 3
    gate, wrong = threading.Barrier(10), []

    def ask(thread: int) -> None:
        reader = readers[thread % 5]
        gate.wait()
        for _ in range(many(12, 300)):
            answer = reader.post(bodies[thread % 5])
            if answer.status_code == 200 and answer.text != wanted[thread % 5]:
                wrong.append(answer.text)

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(ask, range(10)))
    assert not wrong


# --- answers that say too much (T29) ---------------------------------------------------------

INSIDE = re.compile(
    r'Traceback|File "|duckdb|sqlalchemy|/work|SELECT |site-packages|werkzeug', re.I
)


def test_no_refusal_tells_about_the_inside(
    server: flask.Flask, visit: Callable[..., Reader]
) -> None:
    clients = [server.test_client(), visit("rep").client]
    for client in clients:
        for rule in server.url_map.iter_rules():
            path = re.sub(r"<[^>]+>", "%00x", rule.rule)
            for method in ("GET", "POST", "PUT"):
                answer = client.open(path, method=method, data=b"\xff", headers={"Origin": ORIGIN})
                assert answer.status_code < 500, (method, path)
                if answer.status_code >= 400:
                    assert not INSIDE.search(answer.text), (method, path, answer.text)
                answer.close()


def test_health_names_its_checks_and_nothing_of_the_inside(
    server: flask.Flask, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ready() -> tuple[int, dict[str, Any]]:
        found = server.test_client().get("/readyz")
        assert not INSIDE.search(found.text)
        return found.status_code, found.json

    assert server.test_client().get("/livez").text == "alive\n"
    age = (datetime.now(UTC).date() - demo.fetcher.info().calendar.as_of).days
    fine = {"warehouse": "ok", "state": "ok", "disk": "ok"}
    usage = [(100, 50, 50)]
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(*usage[0]))
    assert ready() == (200, {"status": "ready", "checks": fine, "data_age_days": age})
    usage[0] = (100, 96, 4)
    short = {**fine, "disk": "short"}
    assert ready() == (200, {"status": "degraded", "checks": short, "data_age_days": age})
    monkeypatch.setattr(_health, "state", _away)
    broken = {**short, "state": "failed"}
    assert ready() == (503, {"status": "not ready", "checks": broken, "data_age_days": age})


def _away() -> None:
    raise StateError("/work/main/var/state.db is locked")


def test_every_answer_is_kept_by_nobody(visit: Callable[..., Reader]) -> None:
    visitor = visit("lead")
    paths = ["/login", "/login/sso", "/logout", "/nothing", *(p.path for p in PAGES.values())]
    for path in paths:
        answer = visitor.get(path)
        assert answer.headers["Cache-Control"] == "no-store", path
        assert answer.headers["X-Frame-Options"] == "DENY", path
    bare = visitor.get("/login?why=again").headers["Content-Security-Policy"]
    assert "default-src 'none'" in bare
    assert "script-src" not in bare
    assert "unsafe" not in bare

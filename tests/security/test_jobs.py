"""No work of Dash's runs beside the server, and no handle of such work gets anything done (T10)."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dash
import pytest
from dash import _callback_signing as signing

from tests.pages.visitor import ORIGIN, UPDATE, Visitor

Visit = Callable[..., Visitor]
KEYS = ("cacheKey", "job", "oldJob", "cancelJob")
KPIS = "cockpit-kpis.children"


@pytest.fixture
def bystander() -> Iterator[subprocess.Popen[bytes]]:
    """A process that has nothing to do with the request and must live on."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    yield process
    process.kill()
    process.wait()


def handles(pid: int) -> dict[str, str]:
    """Return what a request may claim: nobody's job, a process, and one signed by this very server."""
    app: Any = dash.get_app()
    secret = app._get_signing_secret()
    load, other = (signing.job_scope(each) for each in ("a page load", "another"))
    return {
        "unknown": "0" * 32,
        "a process": str(pid),
        "own": signing.sign(secret, load, str(pid)),
        "foreign": signing.sign(secret, other, str(pid)),
        "of a result": signing.sign(secret, signing.cache_scope("a page load"), "0" * 32),
        "empty": "",
    }


@pytest.mark.parametrize("user", ["executive", "rep"])
def test_a_handle_of_a_job_is_refused_and_ends_no_process(
    visit: Visit, bystander: subprocess.Popen[bytes], user: str
) -> None:
    visitor = visit(user)
    app: Any = dash.get_app()
    load = signing.sign(app._get_signing_secret(), signing.END_SCOPE, "a page load")
    body = visitor.body(KPIS, {"filters.data": visitor.filters()})
    said = set()
    for key in KEYS:
        for handle in handles(bystander.pid).values():
            for named in ({}, {"endId": load}):
                answer = _ask(visitor, body, {key: handle, **named})
                said.add((answer.status_code, answer.text))
    assert said == {(400, "The request names no callback of this application.\n")}
    assert bystander.poll() is None
    assert _ask(visitor, body, {"endId": load}).status_code == 200


def _ask(visitor: Visitor, body: Any, args: dict[str, str]) -> Any:
    return visitor.client.post(UPDATE, query_string=args, json=body, headers={"Origin": ORIGIN})


def test_nobody_learns_nothing_of_jobs(visit: Visit, server: Any) -> None:
    visitor = visit()
    body = visitor.body(KPIS, {"filters.data": visitor.filters()})
    for key in KEYS:
        answer = server.test_client().post(
            UPDATE, query_string={key: "1"}, json=body, headers={"Origin": ORIGIN}
        )
        assert answer.status_code == 401


def test_nothing_runs_beside_the_server(visit: Visit) -> None:
    visit()
    app: Any = dash.get_app()
    assert app._background_managers() == []
    assert [name for name, known in app.callback_map.items() if known.get("background")] == []
    # Results of such work would be pickled: CVE-2025-69872.
    assert [name for name in ("diskcache", "celery", "multiprocess") if find_spec(name)] == []
    locked = (Path(__file__).parents[2] / "requirements.txt").read_text()
    assert re.findall(r"^(?:diskcache|celery|multiprocess)==.*", locked, re.MULTILINE) == []

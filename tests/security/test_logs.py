"""What is secret or reaches a person is in no line of the log, whoever writes it (T38)."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import flask
import pytest
import structlog
from sqlalchemy.exc import OperationalError

from data import logs, settings
from pages import _health
from queries.run import fetcher
from tests.pages.visitor import Visitor

Visit = Callable[..., Visitor]
#: Canary -> the words around it, as libraries write them.
CANARIES = {
    "zqx-7f31-pass": "connection to postgresql+psycopg://reader:{}@db:5432/x failed",
    "zqx7f31word": "{{'user': 'ann', 'password': '{}'}}",
    "zqx7f31key": "OIDC_CLIENT_SECRET={} was refused",
    "cac_" + "Zq7f31" * 7: "no token {} is known",
    "Zq7f31-aB": "GET /api/v1/ask Authorization: Bearer {}",
    "zqx.7f31@canary.example": "DETAIL: Key (email)=({}) already exists.",
    "zqx7f31+tag@mail.canary.example.cn": "recipient {} refused",
    "13877001731": "phone {} is taken",
    "138 7700 1732": "phone {} is taken",
    "10077001733": "{} is no number of ours",
    "+86 13877001734": "call {}, please",
    "+49 30 7700 1735": "call {}, please",
    "010-77001736": "call {}, please",
    "zqx7f31bound": "[SQL: SELECT 1 WHERE name = %(n)s] [parameters: {{'n': '{}'}}]",
    "a1b2c3d4e5f60718293a4b5c6d7e8f90": "session of hash {} ended",
}
HARMLESS = (
    "Version 42 of the data is gone. Reload the page.",
    "2026-11-22T21:46:20.123456+00:00 took 8 s, 1,234,567 rows, 12345678901234 bytes",
    "queries.cockpit.cockpit_kpis:1000 for T1,T2 as of 2026-08-31, ¥777,001.12",
    'File "/work/main/.venv/lib/python3.11/site-packages/dash/_callback.py", line 385, in wrapped',
    "The token belongs into the header. A password has 12 letters. C000123 and R17.",
    "test_what_customers_bought_follows_the_customers_owner",
    "http://127.0.0.1:8050/clv?period=all",
)


def said(canary: str) -> str:
    return CANARIES[canary].format(canary)


EVERYTHING = "\n".join(said(canary) for canary in CANARIES)


@pytest.mark.parametrize("canary", CANARIES)
def test_each_canary_is_left_out(canary: str) -> None:
    found = logs.redacted(said(canary))
    assert canary not in found
    assert logs.GONE in found
    assert logs.redacted(found) == found


@pytest.mark.parametrize("sentence", HARMLESS)
def test_what_gives_nothing_away_stays(sentence: str) -> None:
    assert logs.redacted(sentence) == sentence


def test_our_own_secrets_are_known_by_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "correct horse battery staple"
    for each in settings.SETTINGS.values():
        if each.is_secret:
            monkeypatch.setenv(each.name, f"{secret} {each.name}")
            assert secret not in logs.redacted(f"signed by {secret} {each.name}!"), each.name


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """Everything that any logger writes, ours and those of the standard library."""
    before = structlog.get_config()
    factory = logging.getLogRecordFactory()
    logs.log_as_json()
    sink = io.StringIO()
    handler = logging.StreamHandler(sink)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield lambda: capsys.readouterr().out + sink.getvalue()
    logging.getLogger().removeHandler(handler)
    logging.setLogRecordFactory(factory)
    structlog.configure(**before)


def leaked(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


def test_no_logger_writes_a_canary(lines: Callable[[], str]) -> None:
    error = OperationalError(EVERYTHING, {"phone": "13877001731"}, ValueError(EVERYTHING))
    for log in (structlog.get_logger("ours"), logging.getLogger("gunicorn.error")):
        log.error(EVERYTHING)
        try:
            raise error
        except OperationalError:
            log.exception("panel failed")
    structlog.get_logger("ours").warning("why", why=repr(error), nested={"a": [EVERYTHING]})
    structlog.get_logger("ours").warning("fields", password="x7", phone="1", email="a", token="t")
    logging.getLogger("library").warning("%s of %d", EVERYTHING, 7)
    written = lines()
    assert leaked(written) == []
    assert written.count("Traceback") == 2
    assert written.count(logs.GONE) > 5 * len(CANARIES)
    ours = [json.loads(line) for line in written.splitlines() if line.startswith('{"')]
    fields = next(line for line in ours if line["event"] == "fields")
    assert {fields[name] for name in logs.SECRET_FIELDS & set(fields)} == {logs.GONE}


def test_no_failure_of_the_application_writes_a_canary(
    server: flask.Flask, visit: Visit, lines: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = visit()

    def fails(*_args: Any, **_kwargs: Any) -> Any:
        raise RuntimeError(EVERYTHING)

    filters = visitor.filters()
    monkeypatch.setattr(fetcher(), "rows", fails)
    told = visitor.fire("cockpit-kpis.children", {"filters.data": filters})
    monkeypatch.setitem(server.view_functions, "readyz", fails)
    broken = visitor.get("/readyz")
    monkeypatch.setattr(_health.settings, "var", lambda: EVERYTHING)
    _health._disk()
    password = next(iter(CANARIES))
    visitor.sign_in(user="zqx.7f31@canary.example", password=password)
    token = next(canary for canary in CANARIES if canary.startswith("cac_"))
    header = {"Authorization": f"Bearer {token}"}
    assert visitor.client.get("/api/v1/ask/cockpit_kpis", headers=header).status_code == 401
    assert broken.status_code == 500
    assert leaked(told.text + broken.text) == []
    written = lines()
    assert "panel failed" in written
    assert "Exception on /readyz" in written
    assert "cannot be looked at" in written
    assert leaked(written) == []

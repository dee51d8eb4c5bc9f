"""Forms, origins and addresses: another page can post nothing, nothing beside the door (T22)."""

from collections.abc import Callable

import flask
import pytest

from tests.pages.visitor import ORIGIN, TOKEN, UPDATE
from tests.pages.visitor import Visitor as Reader
from tests.pages.visitor import sign_in as send_form

CROSS = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:81"},
    {"Origin": "https://localhost"},
    {"Referer": "http://localhost/"},
    {},
)
TYPES = (
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
)


@pytest.mark.parametrize("headers", CROSS, ids=str)
def test_another_page_can_post_nothing(
    server: flask.Flask, visit: Callable[..., Reader], headers: dict[str, str]
) -> None:
    client = visit("admin").client
    for path in (
        "/login",
        "/logout",
        "/preferences",
        "/view-as",
        "/view-as/stop",
        UPDATE,
        "/",
        "/tiers",
        "/nothing",
    ):
        for content in TYPES:
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                answer = client.open(
                    path, method=method, data="{}", content_type=content, headers=headers
                )
                assert answer.status_code == 403, (path, content, method, answer.status_code)
    assert client.get("/").status_code == 200, "still signed in"


@pytest.mark.parametrize("token", [None, "", "x", "forged.token.value"])
def test_a_form_without_this_browsers_token_does_nothing(
    visit: Callable[..., Reader], server: flask.Flask, token: str | None
) -> None:
    client = visit("admin").client
    fields = {} if token is None else {"csrf_token": token}
    for path, form in (("/login", {"demo": "rep"}), ("/logout", {}), ("/view-as", {"user": "rep"})):
        client.post(path, data={**form, **fields}, headers={"Origin": ORIGIN})
    assert b"Administrator" in client.get("/_dash-layout").data
    other = TOKEN.search(server.test_client().get("/login").text)
    assert other
    stolen = {"csrf_token": other.group(1), "demo": "rep"}
    assert client.post("/login", data=stolen, headers={"Origin": ORIGIN}).status_code == 400


def test_signing_in_again_changes_the_token_and_ends_the_old_session(
    visit: Callable[..., Reader],
) -> None:
    visitor = visit("lead")
    old = visitor.client.get_cookie("cockpit").value
    visitor.sign_in(demo="rep")
    new = visitor.client.get_cookie("cockpit").value
    assert old != new
    visitor.client.set_cookie("cockpit", old)
    assert visitor.client.get("/_dash-layout").status_code == 401


def test_signing_out_ends_the_session_on_the_server(visit: Callable[..., Reader]) -> None:
    visitor = visit("lead")
    token = visitor.client.get_cookie("cockpit").value
    found = TOKEN.search(visitor.client.get("/login?why=again").text)
    assert found
    answer = visitor.client.post(
        "/logout", data={"csrf_token": found.group(1)}, headers={"Origin": ORIGIN}
    )
    assert answer.location == "/login"
    visitor.client.set_cookie("cockpit", token)
    assert visitor.client.get("/_dash-layout").status_code == 401


def test_a_session_planted_before_signing_in_is_not_taken_over(server: flask.Flask) -> None:
    client = server.test_client()
    client.set_cookie("cockpit", "p" * 43)
    send_form(client, demo="rep")
    assert client.get_cookie("cockpit").value != "p" * 43


def test_the_page_says_the_same_for_a_wrong_name_and_a_wrong_password(server: flask.Flask) -> None:
    pages = set()
    for user in ("admin", "nobody-of-that-name"):
        answer = send_form(server.test_client(), user=user, password="wrong password")
        assert answer.status_code == 401
        plain = TOKEN.sub("", answer.text).replace(f'name="user" value="{user}"', "")
        pages.add(plain)
    assert len(pages) == 1
    assert "do not match" in pages.pop()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8050", "127.0.0.1.evil.example"])
def test_a_foreign_name_for_this_machine_opens_nothing_in_demo_mode(
    server: flask.Flask, host: str
) -> None:
    answer = server.test_client().get("/login", headers={"Host": host})
    assert answer.status_code in (400, 404)
    assert "Executive" not in answer.text


@pytest.mark.parametrize("path", ["/setup", "/register", "/signup", "/admin", "/_mcp", "/_reload-hash",
                                  "/console", "/static/x", "/health", "/_dash-ws", "/metrics", "/.git/config"])  # fmt: skip
def test_there_is_no_way_in_beside_the_door(
    server: flask.Flask, visit: Callable[..., Reader], path: str
) -> None:
    assert server.test_client().get(path).status_code == 404
    assert visit("admin").get(path).status_code == 404


def test_nothing_in_the_environment_opens_another_way(
    server: flask.Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dash

    app = dash.get_app()
    assert not any("mcp" in str(rule).lower() for rule in server.url_map.iter_rules())
    assert not server.debug
    assert app._dev_tools.serve_dev_bundles in (False, None)
    from importlib.metadata import EntryPoint

    from data.settings import SettingsError
    from pages import _server

    hook = EntryPoint("a_hook", "somewhere:hook", "dash_hooks")
    monkeypatch.setattr(_server, "entry_points", lambda **_k: [hook])
    with pytest.raises(SettingsError, match="a_hook"):
        _server._refuse_hooks()

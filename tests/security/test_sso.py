"""Signing in through an identity provider: whom it lets in, and fourteen tokens it does not (T25)."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import pytest
from sqlalchemy import select

from data.access.reader import SYSTEM
from data.settings import SettingsError
from data.state import accounts
from data.state.accounts import PasswordError, add_account, set_password
from data.state.engine import reading
from data.state.preferences import prefer
from data.state.tables import audit, identity
from pages._guard import add_guard
from pages._sign_in import add_routes as add_sign_in
from pages._sign_in import safe_next
from pages._sso import add_routes as add_sso
from pages._state import state, use_state
from tests.security.provider import (
    CLIENT,
    OTHER_KEY,
    Provider,
    changed,
    long_ago,
    provider,
    shared_secret,
    signed,
    unsigned,
)

# The mock uses what authlib is about to move elsewhere.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")
TEMPLATES = Path(__file__).parents[2] / "components"


@pytest.fixture(scope="module")
def idp() -> Iterator[Provider]:
    """A provider for all tests of this file."""
    with provider() as made:
        yield made


@pytest.fixture
def client(idp: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A browser before the sign-in part of the application, with an empty state database."""
    idp.spoil, idp.extra = signed, {"groups": ["leads"], "team": "T1"}
    idp.asked.clear()
    wanted = {"VAR": tmp_path, "DEMO": "0", "OIDC_ISSUER": idp.address, "OIDC_CLIENT_ID": CLIENT}
    wanted |= {"OIDC_CLIENT_SECRET": "s" * 20}
    wanted |= {"OIDC_ROLES": "board=executive,leads=lead", "OIDC_TEAM_CLAIM": "team"}
    for name, value in wanted.items():
        monkeypatch.setenv(name, str(value))
    use_state()
    yield browser()
    state().dispose()
    use_state()


def browser() -> Any:
    """Return a browser in front of a server with the sign-in part only."""
    server = flask.Flask("sign-in", static_folder=None, template_folder=str(TEMPLATES))
    server.config.update(SECRET_KEY="k" * 40)
    add_guard(server)
    add_sign_in(server)
    add_sso(server)
    return server.test_client()


def sign_in(client: Any, idp: Provider, subject: str = "ann", *, wanted: str = "/") -> Any:
    """Go through the provider and back; return the answer to the last step."""
    away = client.get("/login/sso", query_string={"next": wanted})
    assert away.location.startswith(idp.address), away.location
    back = urlsplit(idp.consent(away.location, subject))
    return client.get(f"{back.path}?{back.query}")


def token_of(answer: Any) -> str:
    """Return the session cookie that an answer sets; empty where it sets none."""
    found = re.search(r"cockpit=([^;]+)", ";".join(answer.headers.getlist("Set-Cookie")))
    return found.group(1) if found and found.group(1) != '""' else ""


def log() -> list[Any]:
    """Return the audit log."""
    with reading(state()) as connection:
        return list(connection.execute(select(audit).order_by(audit.c.sequence)))


def test_a_known_group_gets_its_role_and_comes_where_it_wanted(client: Any, idp: Provider) -> None:
    answer = sign_in(client, idp, "ann@example.com", wanted="/tiers?period=last_12")
    assert answer.location == "/tiers?period=last_12"
    assert len(token_of(answer)) >= 43
    (made,) = accounts.accounts(state())
    assert (made.role, made.team_id, made.password_hash) == ("lead", "T1", None)
    assert [e.action for e in log()][-2:] == ["account-made", "signed-in"]


def test_the_code_is_bound_by_pkce_and_the_answer_by_state_and_nonce(
    client: Any, idp: Provider
) -> None:
    asked = parse_qs(urlsplit(client.get("/login/sso").location).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) >= 20
    assert len(asked["nonce"][0]) >= 20
    assert asked["response_type"] == ["code"]
    sign_in(client, idp)
    assert len(idp.asked[-1]["code_verifier"]) >= 43


def test_who_comes_in_another_browser_gets_the_own_language_and_theme(
    client: Any, idp: Provider
) -> None:
    sign_in(client, idp)
    reader = accounts.account(state(), "ann").reader()
    prefer(state(), actor=reader, wanted={"language": "zh", "theme": "dark"})
    other = browser()
    sign_in(other, idp)
    assert [other.get_cookie(name).value for name in ("lang", "theme")] == ["zh", "dark"]


def test_the_same_subject_is_the_same_account_whatever_it_is_called(
    client: Any, idp: Provider
) -> None:
    sign_in(client, idp)
    idp.extra |= {"email": "other@example.com", "preferred_username": "other"}
    sign_in(client, idp)
    assert len(accounts.accounts(state())) == 1


def test_an_email_address_leads_to_nobody_elses_account(client: Any, idp: Provider) -> None:
    add_account(state(), actor=SYSTEM, user_id="boss", role="administrator")
    idp.extra |= {"email": "boss@example.com", "preferred_username": "boss", "email_verified": True}
    sign_in(client, idp, "mallory")
    found = {a.user_id: a.role for a in accounts.accounts(state())}
    assert found.pop("boss") == "administrator"
    assert list(found.values()) == ["lead"]


def test_a_role_that_changed_at_the_provider_ends_older_sessions(
    client: Any, idp: Provider
) -> None:
    old = token_of(sign_in(client, idp))
    idp.extra["groups"] = ["board"]
    new = token_of(sign_in(browser(), idp))
    (made,) = accounts.accounts(state())
    assert (made.role, made.team_id) == ("executive", None)
    from data.state.sessions import signed_in

    assert signed_in(state(), old) is None
    assert signed_in(state(), new) is not None
    assert "role-changed" in [e.action for e in log()]


@pytest.mark.parametrize("groups", [[], ["others"], None, "leads2", {"leads": 1}, [["leads"]]])
def test_without_a_group_that_has_a_role_nobody_comes_in(
    client: Any, idp: Provider, groups: Any
) -> None:
    idp.extra["groups"] = groups
    answer = sign_in(client, idp)
    assert "why=role" in answer.location
    assert token_of(answer) == ""
    assert not any(a.is_enabled for a in accounts.accounts(state()))
    assert log()[-1].action == "sign-in-failed"


def test_without_a_mapping_an_administrator_opens_the_account(
    client: Any, idp: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIDC_ROLES", "")
    assert "why=role" in sign_in(client, idp).location
    (made,) = accounts.accounts(state())
    accounts.change_role(state(), actor=SYSTEM, user_id=made.user_id, role="analyst")
    accounts.enable(state(), actor=SYSTEM, user_id=made.user_id)
    assert token_of(sign_in(client, idp))


def test_who_signs_in_elsewhere_has_no_password_here(client: Any, idp: Provider) -> None:
    sign_in(client, idp)
    (made,) = accounts.accounts(state())
    with pytest.raises(PasswordError, match="identity provider"):
        set_password(
            state(), actor=SYSTEM, user_id=made.user_id, password="seven ships sail at dawn"
        )


def test_a_closed_account_stays_closed(client: Any, idp: Provider) -> None:
    sign_in(client, idp)
    (made,) = accounts.accounts(state())
    accounts.disable(state(), actor=SYSTEM, user_id=made.user_id)
    assert token_of(sign_in(client, idp)) == ""


BAD = {
    "signed by nobody": unsigned,
    "signed with the public key as a secret": shared_secret,
    "signed with another key": lambda c: signed(c, key=OTHER_KEY),
    "of an unknown key": lambda c: signed(c, key=OTHER_KEY, kid="two"),
    "of another issuer": changed(iss="https://evil.example"),
    "without an issuer": changed(iss=None),
    "for another application": changed(aud="another"),
    "without an audience": changed(aud=None),
    "too old": changed(exp=long_ago(), iat=long_ago() - 60),
    "without an end": changed(exp=None),
    "of another sign-in": changed(nonce="another"),
    "without the nonce": changed(nonce=None),
    "of nobody": changed(sub=None),
    "no token at all": lambda _c: None,
    "no token but a text": lambda _c: "token",
    "from the future": changed(iat=int(time.time()) + 7_200, nbf=int(time.time()) + 7_200),
    "with a subject that is no text": changed(sub=["ann"]),
    "for several, by another": changed(aud=[CLIENT, "another"], azp="another"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_token_is_refused_and_logged(client: Any, idp: Provider, name: str) -> None:
    idp.spoil = BAD[name]
    answer = sign_in(client, idp)
    assert answer.status_code == 302
    assert "why=sso" in answer.location
    assert token_of(answer) == ""
    with reading(state()) as connection:
        assert connection.execute(select(identity)).all() == []
    last = log()[-1]
    assert (last.action, last.actor) == ("sign-in-failed", "(unknown)")
    assert "did not sign you in" in client.get(answer.location).text


def test_an_answer_is_taken_once_and_from_its_own_browser_only(client: Any, idp: Provider) -> None:
    def came_back() -> str:
        back = urlsplit(idp.consent(client.get("/login/sso").location, "ann"))
        return f"{back.path}?{back.query}"

    assert token_of(browser().get(came_back())) == "", "another browser"
    here = came_back()
    cookies = client.get_cookie("session").value
    assert token_of(client.get(here))
    again = browser()
    again.set_cookie("session", cookies)
    assert token_of(again.get(here)) == "", "the same cookie once more"
    forged = re.sub(r"state=[^&]+", "state=forged", here)
    assert token_of(client.get(forged)) == ""
    assert token_of(client.get("/login/sso/callback")) == ""
    assert token_of(client.get("/login/sso/callback?error=access_denied&state=x")) == ""


def test_a_provider_that_is_away_is_a_sentence(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIDC_ISSUER", "http://127.0.0.1:9")
    answer = browser().get("/login/sso")
    assert "why=sso" in answer.location


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("OIDC_ISSUER", "http://login.example.com", "https"),
        ("OIDC_ROLES", "board=emperor", "board=emperor"),
        ("OIDC_ROLES", "board", "value=role"),
        ("OIDC_CLIENT_ID", "", "OIDC_CLIENT_ID"),
    ],
)
def test_wrong_settings_are_refused_at_start(
    client: Any, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=said):
        browser()


ELSEWHERE = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
    "http:evil.example", "javascript:alert(1)", "/\t/evil.example", "/\r\nSet-Cookie: a=b", "evil",
    "", "/login?next=/login", "/logout", " //evil.example", "/\x00", "data:text/html,x",
    "/" + "a" * 3000, "@evil.example", "/%0d%0a\r",
)  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_led_elsewhere(client: Any, idp: Provider, wanted: str) -> None:
    assert safe_next(wanted) == "/"


@pytest.mark.parametrize("wanted", ["/", "/tiers", "/churn?team=T1&period=ytd", "/x?next=//evil"])
def test_addresses_of_ours_are_kept(wanted: str) -> None:
    assert safe_next(wanted) == wanted


def test_behind_tls_cookies_are_for_this_host_and_tls_only(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://cockpit.example.com")
    add_account(
        state(), actor=SYSTEM, user_id="ann", role="rep", password="seven ships sail at dawn"
    )
    there = browser()
    page = there.get("/login", base_url="https://cockpit.example.com")
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    form = {"csrf_token": found.group(1), "user": "Ann", "password": "seven ships sail at dawn"}
    own, other = "https://cockpit.example.com", "http://cockpit.example.com"
    refused = there.post("/login", data=form, base_url=own, headers={"Origin": other})
    assert refused.status_code == 403
    answer = there.post("/login", data=form, base_url=own, headers={"Origin": own})
    (cookie,) = (c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-cockpit="))
    assert re.search("; Secure", cookie)
    assert "; HttpOnly" in cookie
    assert "; Path=/" in cookie
    assert "Domain" not in cookie

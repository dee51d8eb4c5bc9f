"""API tokens: what their owner may read and nothing else, from the header only, until they end."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from data.access.reader import SYSTEM
from data.state import account_rows, accounts, tokens
from data.state.audit import entries, utc_now
from data.state.engine import reading, writing
from data.state.tables import api_token, audit
from data.state.tokens import TokenError
from pages import _state
from pages._page import PANELS
from tests.pages.visitor import Visitor, strict_json

Visit = Callable[..., Visitor]
ASK = "/api/v1/ask"


@pytest.fixture
def owner(visit: Visit) -> Iterator[str]:
    """An administrator of the data with an account and no password."""
    visit("admin")
    user = f"owner{len(accounts.accounts(_state.state()))}"
    about = {"user_id": user, "role": "analyst", "name": "Owner"}
    yield accounts.add_account(_state.state(), actor=SYSTEM, **about).user_id


def made(user: str, *, reads: str = "rows") -> str:
    """Return a new token of a user."""
    actor = accounts.account(_state.state(), user).reader()
    return tokens.make_token(_state.state(), actor=actor, name="a script", days=30, reads=reads)


def get(visitor: Visitor, path: str, token: str = "", **headers: str) -> Any:
    """Ask as a machine does."""
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return visitor.client.get(path, headers=headers)


def test_a_question_is_answered_as_its_owner_reads_it(visit: Visit, owner: str) -> None:
    visitor = visit("lead")
    response = get(visitor, f"{ASK}/cockpit_kpis?period=last_12&nonsense=1", made(owner))
    assert response.status_code == 200
    answer = strict_json(response.text)
    assert answer["question"] == "cockpit_kpis"
    assert answer["filters"]["period"] == "last_12"
    assert answer["left_out"]
    assert {"now", "before"} <= {row["slot"] for row in answer["rows"]}
    assert response.headers["Cache-Control"] == "no-store"


def test_rows_are_an_export_and_logged(visit: Visit, owner: str) -> None:
    visitor = visit("lead")
    name = PANELS["cockpit-teams"].question.name
    response = get(visitor, f"{ASK}/{name}?members=1", made(owner))
    rows = strict_json(response.text)["rows"]
    assert len(rows) > 100
    told = entries(_state.state(), f"api/{name}")[-1]
    assert (told.actor, told.action, told.details["rows"]) == (owner, "exported", len(rows))


def test_a_token_for_figures_reads_no_rows(visit: Visit, owner: str) -> None:
    visitor, token = visit("lead"), made(owner, reads="figures")
    name = PANELS["cockpit-teams"].question.name
    assert get(visitor, f"{ASK}/{name}", token).status_code == 200
    refused = get(visitor, f"{ASK}/{name}?members=1", token)
    assert refused.status_code == 404
    assert refused.text == get(visitor, f"{ASK}/nothing", token).text
    assert not [e for e in entries(_state.state(), f"api/{name}") if e.actor == owner]


def test_nobody_without_a_token_gets_in(visit: Visit, owner: str) -> None:
    visitor = visit("admin")
    token = made(owner)
    for headers in (
        {},
        {"Authorization": token},
        {"Authorization": f"Basic {token}"},
        {"Authorization": f"bearer {token}"},
        {"Authorization": f"Bearer {token}x"},
        {"Authorization": f"Bearer {token[:-1]}"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer " + "x" * 5_000},
        {"X-Api-Key": token},
    ):
        response = get(visitor, f"{ASK}/cockpit_kpis", **headers)
        assert response.status_code == 401, headers
        assert "error" in strict_json(response.text), "a cookie of an administrator is no token"


@pytest.mark.parametrize("name", ["token", "access_token", "api_key", "Authorization", "KEY"])
def test_a_token_in_the_address_is_refused_even_a_good_one(
    visit: Visit, owner: str, name: str
) -> None:
    token = made(owner)
    visitor = visit("lead")
    assert get(visitor, f"{ASK}/cockpit_kpis?{name}={token}").status_code == 400
    assert get(visitor, f"{ASK}/cockpit_kpis?{name}=x", token).status_code == 400


def test_a_token_opens_no_page_and_no_callback(visit: Visit, owner: str, server: Any) -> None:
    client = server.test_client()
    headers = {"Authorization": f"Bearer {made(owner)}"}
    assert client.get("/", headers=headers).status_code == 302
    assert client.get("/export/cockpit-teams.csv", headers=headers).status_code == 401
    assert client.get("/_dash-layout", headers=headers).status_code == 401


def test_a_revoked_expired_or_closed_token_ends_at_once(visit: Visit, owner: str) -> None:
    visitor, state = visit("lead"), _state.state()
    actor = accounts.account(state, owner).reader()
    revoked, expired, kept = made(owner), made(owner), made(owner)
    tokens.revoke_token(state, actor=actor, prefix=revoked[: tokens.PREFIX_LETTERS])
    with writing(state) as connection:
        which = api_token.c.prefix == expired[: tokens.PREFIX_LETTERS]
        past = utc_now() - timedelta(seconds=1)
        connection.execute(update(api_token).where(which).values(expires_at=past))
    for token, status in ((revoked, 401), (expired, 401), (kept, 200)):
        assert get(visitor, f"{ASK}/cockpit_kpis", token).status_code == status
    accounts.disable(state, actor=SYSTEM, user_id=owner)
    assert get(visitor, f"{ASK}/cockpit_kpis", kept).status_code == 401
    accounts.enable(state, actor=SYSTEM, user_id=owner)
    accounts.change_role(state, actor=SYSTEM, user_id=owner, role="lead", place=("TE", None))
    assert get(visitor, f"{ASK}/cockpit_kpis", kept).status_code == 401, "leads have no tokens"


def test_somebody_elses_token_cannot_be_revoked(visit: Visit, owner: str) -> None:
    visit("lead")
    token = made(owner)
    admin = accounts.account(_state.state(), "admin").reader()
    with pytest.raises(TokenError):
        tokens.revoke_token(_state.state(), actor=admin, prefix=token[: tokens.PREFIX_LETTERS])
    with reading(_state.state()) as connection:
        assert account_rows.find(connection, owner)


def test_absent_forbidden_and_unknown_questions_are_the_same(visit: Visit, owner: str) -> None:
    visitor, token = visit("lead"), made(owner)
    said = {get(visitor, f"{ASK}/{name}", token).text for name in ("nothing", "'", "x" * 300)}
    assert len(said) == 1
    for path in ("/api/v1/nothing", "/api/", "/api/v1/ask/", "/api/v2/ask/cockpit_kpis"):
        response = get(visitor, path, token)
        assert response.status_code == 404, path
        assert "error" in strict_json(response.text)


def test_the_token_itself_is_kept_nowhere(visit: Visit, owner: str) -> None:
    visit("lead")
    token = made(owner)
    with reading(_state.state()) as connection:
        kept = [*connection.execute(select(api_token)), *connection.execute(select(audit))]
    assert not any(token in str(row) for row in kept)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"name": "a\nb"},
        {"days": 0},
        {"days": 366},
        {"reads": ""},
        {"reads": "everything"},
    ],
)
def test_a_token_that_cannot_be_is_refused(visit: Visit, owner: str, wrong: Any) -> None:
    visit("lead")
    actor = accounts.account(_state.state(), owner).reader()
    right: dict[str, Any] = {"name": "x", "days": 1, "reads": "figures"}
    with pytest.raises(TokenError):
        tokens.make_token(_state.state(), actor=actor, **{**right, **wrong})


def test_on_the_profile_a_token_is_shown_once_and_revoked(visit: Visit) -> None:
    analyst = visit("analyst")
    outputs = next(o for o in analyst.dependencies if "profile-token-said" in o)
    values = {
        "profile-token-make.n_clicks": 1,
        "profile-token-name.value": "my script",
        "profile-token-days.value": 30,
        "profile-token-reads.value": "figures",
    }
    body = analyst.body(outputs, values)
    body["inputs"][1] = []
    said = analyst.post(body).text
    token = json.loads(said)["response"]["profile-token-said"]["children"]
    words = json.dumps(token)
    assert tokens.MARK in words
    shown = words.split(tokens.MARK)[1].split('"')[0]
    listed = analyst.fire("profile-tokens.children", {"filters.data": analyst.filters()}).text
    assert "my script" in listed
    assert shown not in listed
    assert visit("lead").open("/profile").answers["profile-token-frame.hidden"].value is True

"""Language and colours: chosen in one browser, found in the next, refused with a sentence."""

from collections.abc import Callable, Iterator
from typing import Any

import flask
import pytest

from data.access.reader import SYSTEM
from data.state import account_rows, accounts
from data.state.audit import verify
from data.state.engine import writing
from pages._session import PREFERRED
from pages._state import state
from tests.pages.visitor import ORIGIN, TOKEN, Visitor, sign_in

Visit = Callable[..., Visitor]
PASSWORD = "four odd words together"


@pytest.fixture
def ann(visit: Visit) -> Iterator[str]:
    """A sales lead with an account of her own."""
    visit("admin")
    user_id = f"reader{len(accounts.accounts(state()))}"
    accounts.add_account(
        state(), actor=SYSTEM, user_id=user_id, role="lead", team_id="TE", password=PASSWORD
    )
    yield user_id


def post(client: Any, path: str, *, referer: str = "/growth?period=last_12", **form: str) -> Any:
    """Send a form with this browser's token, from a page of ours."""
    token = TOKEN.search(client.get("/login?why=again").text)
    assert token
    headers = {"Origin": ORIGIN, "Referer": ORIGIN + referer}
    return client.post(path, data={"csrf_token": token.group(1), **form}, headers=headers)


def kept(user: str) -> dict[str, str | None]:
    """Return what stands with the account, by cookie."""
    found = accounts.account(state(), user)
    return {cookie: getattr(found, name) for name, cookie in PREFERRED.items()}


def cookies(client: Any) -> dict[str, str | None]:
    """Return what the browser keeps."""
    found = {name: client.get_cookie(name) for name in PREFERRED.values()}
    return {name: cookie and cookie.value for name, cookie in found.items()}


def test_another_browser_signs_in_and_gets_language_and_theme(
    visit: Visit, server: flask.Flask, ann: str
) -> None:
    first = visit("lead")
    first.sign_in(user=ann, password=PASSWORD)
    before = cookies(first.client)
    for form in ({"language": "zh"}, {"theme": "dark"}):
        answer = post(first.client, "/preferences", **form)
        assert (answer.status_code, answer.location) == (303, "/growth?period=last_12")
    chosen = {"lang": "zh", "theme": "dark"}
    assert kept(ann) == cookies(first.client) == chosen != before
    second = server.test_client()
    second.set_cookie("lang", "en")
    sign_in(second, user=ann, password=PASSWORD)
    assert cookies(second) == chosen
    assert '"lang":"zh-Hans-CN"' in second.get("/_dash-layout").text


def test_a_demo_user_too_and_who_has_chosen_nothing_keeps_the_browsers(
    visit: Visit, server: flask.Flask
) -> None:
    chooser = visit("analyst")
    post(chooser.client, "/preferences", theme="dark")
    other = server.test_client()
    other.set_cookie("lang", "zh")
    sign_in(other, demo="analyst")
    assert cookies(other) == {"lang": "zh", "theme": "dark"}
    sign_in(other, demo="lead")
    assert cookies(other) == {"lang": "zh", "theme": "dark"}
    with writing(state()) as connection:
        # The other tests' demo users have chosen nothing.
        account_rows.change(connection, "analyst", theme=None)


def test_what_was_chosen_on_the_sign_in_page_holds(
    visit: Visit, server: flask.Flask, ann: str
) -> None:
    first = visit("lead")
    first.sign_in(user=ann, password=PASSWORD)
    post(first.client, "/preferences", language="en", theme="dark")
    other = server.test_client()
    other.get("/login?lang=zh")
    sign_in(other, user=ann, password=PASSWORD)
    assert cookies(other) == {"lang": "zh", "theme": "dark"}
    assert kept(ann) == {"lang": "en", "theme": "dark"}


@pytest.mark.parametrize(
    "form",
    [{"theme": "<script>"}, {"language": "xx"}, {"language": "zh", "theme": ""}, {"role": "admin"}],
    ids=str,
)
def test_forged_values_are_refused_with_a_sentence(
    visit: Visit, ann: str, form: dict[str, str]
) -> None:
    visitor = visit("lead")
    visitor.sign_in(user=ann, password=PASSWORD)
    before, rows = cookies(visitor.client), verify(state()).rows
    answer = post(visitor.client, "/preferences", **form)
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert "Known: language" in answer.text or "Nothing is chosen" in answer.text
    assert kept(ann) == {"lang": None, "theme": None}
    assert (cookies(visitor.client), verify(state()).rows) == (before, rows)
    visitor.client.set_cookie("lang", "zh")
    assert post(visitor.client, "/preferences", **form).text == "无法选择这种语言或颜色。\n"


def test_nothing_is_kept_while_reading_as_somebody_else(visit: Visit, ann: str) -> None:
    admin = visit("admin")
    post(admin.client, "/view-as", user=ann)
    assert "this browser only" in admin.open("/profile").words
    before, rows = kept("admin"), verify(state()).rows
    post(admin.client, "/preferences", language="zh", theme="dark")
    assert cookies(admin.client) == {"lang": "zh", "theme": "dark"}
    assert kept(ann) == {"lang": None, "theme": None}
    assert (kept("admin"), verify(state()).rows) == (before, rows)


def test_without_this_browsers_token_or_a_session_nothing_is_kept(
    visit: Visit, server: flask.Flask, ann: str
) -> None:
    visitor = visit("lead")
    visitor.sign_in(user=ann, password=PASSWORD)
    before, rows = cookies(visitor.client), verify(state()).rows
    for token in ({}, {"csrf_token": "forged"}):
        form = {"theme": "dark", **token}
        visitor.client.post("/preferences", data=form, headers={"Origin": ORIGIN})
    assert (cookies(visitor.client), kept(ann)["theme"]) == (before, None)
    nobody = server.test_client()
    assert post(nobody, "/preferences", theme="dark").status_code == 303
    assert cookies(nobody)["theme"] == "dark"
    assert verify(state()).rows == rows


def test_the_profile_offers_the_other_language_and_the_other_colours(visit: Visit) -> None:
    about = visit("rep").open("/profile").answers
    (text,) = (a.text for output, a in about.items() if "profile-about.children" in output)
    for name, value in (("language", "zh"), ("theme", "dark")):
        assert f'"name":"{name}"' in text and f'"value":"{value}"' in text
    assert "kept with your account" in text

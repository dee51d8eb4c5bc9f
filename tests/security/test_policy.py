"""Every address and every callback, for every role and for nobody, with every kind of value (T1–T3).

What is not classified in pages/_policy.py or by `@guarded` fails here, so that nothing new is open
by accident.
"""

import random
import re
from collections.abc import Callable
from itertools import product
from typing import Any

import flask
import pytest

from data.access.permissions import PERMISSIONS
from data.access.roles import ROLES
from pages._page import PAGES
from pages._policy import ANYONE, DASH_OUTPUTS, NOBODY, ROUTES, SIGNED_IN, callback_needs, names_of
from tests.conftest import FIXED_SEED, Demo
from tests.pages.test_rights import FORBIDDEN, customers_of, leaks
from tests.pages.visitor import ORIGIN, PAGE_CONTENT, UPDATE, Visitor
from tests.security.test_filter_fuzz import anything

Visit = Callable[..., Visitor]
USERS = ("executive", "lead", "rep", "analyst", "admin")
KINDS = ("own", "foreign", "forged", "absent")
#: What a place in an address is filled with.
PLACES = {"path": "x", "filename": "app.css", "panel": "cockpit-kpis", "kind": "csv",
          "package_name": "dash", "fingerprinted_path": "x.js"}  # fmt: skip
#: Dash's own callback that sets the document's title in the browser.
IN_BROWSER = "_pages_dummy.children"
#: Buttons: what a forged click holds presses nothing, or the test would write.
UNPRESSED = (None, 0, "", [], {}, False)


def rules(server: flask.Flask) -> list[Any]:
    return list(server.url_map.iter_rules())


def address_of(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: PLACES.get(found.group(1), "x"), rule)


# --- everything is classified ----------------------------------------------------------------


def test_every_address_is_classified_and_every_class_is_an_address(server: flask.Flask) -> None:
    assert {rule.rule for rule in rules(server)} == set(ROUTES)
    known = {ANYONE, SIGNED_IN, NOBODY, *PERMISSIONS}
    assert set(ROUTES.values()) <= known


def test_every_callback_is_classified(visit: Visit) -> None:
    for output in visit().dependencies:
        needed = callback_needs(output)
        is_dash = set(names_of(output)) <= DASH_OUTPUTS
        assert needed in PERMISSIONS or is_dash or output == IN_BROWSER, output
    assert callback_needs(IN_BROWSER) == NOBODY


def test_every_permission_of_a_role_and_of_a_page_exists(visit: Visit) -> None:
    visit()
    for role in ROLES.values():
        assert role.permissions <= set(PERMISSIONS), role.key
    assert {page.permission for page in PAGES.values()} <= set(PERMISSIONS)


def test_a_new_address_and_a_new_callback_are_closed(
    server: flask.Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(ROUTES, "/_dash-dependencies")
    import dash

    visitor = visit("admin") if "/_dash-dependencies" in ROUTES else None
    assert visitor is None
    client = server.test_client()
    assert client.get("/_dash-dependencies").status_code == 404
    monkeypatch.setitem(ROUTES, "/_dash-dependencies", SIGNED_IN)
    visitor = visit("admin")
    known: Any = dash.get_app().callback_map["cockpit-kpis.children"]
    monkeypatch.setitem(known, "callback", lambda *_a, **_k: "raw")
    answer = visitor.fire("cockpit-kpis.children", {"filters.data": visitor.filters()})
    assert answer.status == 400


# --- nobody ----------------------------------------------------------------------------------


def test_nobody_gets_anything_but_the_way_in(server: flask.Flask, visit: Visit) -> None:
    visit()
    client, seen = server.test_client(), 0
    for rule in rules(server):
        for method in sorted(rule.methods - {"OPTIONS"}):
            answer = client.open(address_of(rule.rule), method=method, headers={"Origin": ORIGIN})
            answer.close()
            seen += 1
            if ROUTES[rule.rule] == ANYONE:
                assert answer.status_code in (200, 302, 303, 400, 404), rule
            elif rule.rule == "/":
                assert answer.location == "/login" or answer.status_code == 401, (rule, method)
            else:
                assert answer.status_code in (401, 404), (rule, method, answer.status_code)
    assert seen > 30


def test_nobody_is_sent_from_each_page_to_the_way_in(server: flask.Flask, visit: Visit) -> None:
    visit()
    for page in PAGES.values():
        answer = server.test_client().get(f"{page.path}?period=all&team=T1")
        assert answer.status_code == 302, page.path
        assert answer.location.startswith("/login?next="), page.path


def test_nobody_gets_an_answer_from_any_callback(server: flask.Flask, visit: Visit) -> None:
    visitor, client = visit(), server.test_client()
    store = {"filters.data": visitor.filters()}
    for output in visitor.dependencies:
        body = visitor.body(output, store)
        answer = client.post(UPDATE, json=body, headers={"Origin": ORIGIN})
        assert (answer.status_code, answer.text) == (401, "You are signed out. Sign in again.\n")


def test_the_machine_readable_part_answers_in_json(server: flask.Flask) -> None:
    answer = server.test_client().get("/api/v1/customers")
    assert answer.status_code == 404
    assert answer.is_json


# --- each role -------------------------------------------------------------------------------


def role_of(user: str) -> Any:
    return ROLES["administrator" if user == "admin" else user]


def values_for(kind: str, visitor: Visitor, foreign: dict[str, str], dice: random.Random) -> Any:
    """Return what a browser may claim the inputs of a callback to be, by name."""
    honest = visitor.filters()

    def value(name: str, prop: str) -> Any:
        if name.startswith("{"):
            return []
        if prop.startswith("n_clicks"):
            return dice.choice(UNPRESSED) if kind == "forged" else None
        if kind == "absent":
            return None
        if kind == "forged":
            return anything(dice)
        search = honest if kind == "own" else {**honest, **foreign}
        if name == "filters":
            return search
        if name.endswith("-request"):
            mark = f"customer:{foreign['customer']}" if kind == "foreign" else None
            return {"panel": "cockpit-kpis", "metric": "revenue", "mark": mark, "n": 1}
        return {"pathname": "/", "search": ""}.get(prop)

    return value


def body_of(visitor: Visitor, output: str, value: Any) -> dict[str, Any]:
    """Return the body that a browser would send for the callback, pattern inputs included."""
    body = visitor.body(output, {})
    for part in [*body["inputs"], *body["state"]]:
        part["value"] = value(part["id"], part["property"])
    wanted = visitor.dependencies[output]
    for key in ("inputs", "state"):
        parts = zip(body[key], wanted[key], strict=True)
        body[key] = [[] if w["id"].startswith("{") else part for part, w in parts]
    return body


@pytest.fixture(scope="module")
def count() -> dict[str, int]:
    return {"cases": 0, "refused": 0}


@pytest.mark.parametrize("user", USERS)
def test_each_role_gets_what_it_may_and_nothing_of_others(
    visit: Visit, demo: Demo, count: dict[str, int], many: Any, tell: Any, user: str
) -> None:
    visitor, dice = visit(user), random.Random(f"{FIXED_SEED} {user}")
    hidden = customers_of(demo, "executive") - customers_of(demo, user)
    anyone = sorted(hidden or customers_of(demo, "executive"))[0]
    dictionary = demo.fetcher.info().dictionary.values
    foreign = {"team": dictionary["team"][-1], "rep": dictionary["rep"][-1], "customer": anyone}
    outputs = list(visitor.dependencies)
    # Reduced: every callback with one kind per role; five roles meet all four kinds.
    full = list(product(outputs, KINDS))
    pairs = [(o, KINDS[(i + USERS.index(user)) % 4]) for i, o in enumerate(outputs)]
    for output, kind in full if many(0, 1) else pairs:
        value = values_for(kind, visitor, foreign, dice)
        response = visitor.post(body_of(visitor, output, value))
        count["cases"] += 1
        where = (user, output, kind, response.text[:300])
        # Dash's own callback lays an address out, and nothing else.
        is_odd = kind in ("forged", "absent") and callback_needs(output) == SIGNED_IN
        if output == IN_BROWSER:
            assert response.status_code == 400, where
            continue
        assert response.status_code in ((200, 204, 400) if is_odd else (200, 204)), where
        # The number that was asked for may be said back; what is behind it may not be told.
        assert not leaks(response.text, hidden - {anyone}), where
        needed = callback_needs(output)
        if needed != SIGNED_IN and needed not in role_of(user).permissions:
            count["refused"] += 1
            assert "¥" not in response.text, where
            assert not re.search(r"C\d{6}", response.text), where
            shown = re.findall(r'"(?:children|figure)":', response.text)
            assert FORBIDDEN in response.text.replace("<br>", " ") or not shown, where
    if user == USERS[-1]:
        told = f"{count['cases']} cases of roles and callbacks, {count['refused']} of them refused"
        tell(f"{told}; {len(outputs)} callbacks and {len(ROUTES)} addresses, all classified")
        assert count["cases"] >= many(len(outputs) * 5, 1_500)


@pytest.mark.parametrize("user", USERS)
def test_a_page_is_laid_out_for_who_may_open_it(visit: Visit, user: str) -> None:
    visitor = visit(user)
    for page in PAGES.values():
        where = {"_pages_location.pathname": page.path, "_pages_location.search": ""}
        laid_out = visitor.fire(PAGE_CONTENT, where).text
        may = page.permission in role_of(user).permissions
        assert (FORBIDDEN in laid_out) is not may, page.path


@pytest.mark.parametrize("user", USERS)
def test_addresses_answer_by_permission(visit: Visit, server: flask.Flask, user: str) -> None:
    visitor = visit(user)
    for rule in rules(server):
        needed = ROUTES[rule.rule]
        # The API knows tokens only: a signed-in browser is nobody there.
        if needed not in PERMISSIONS or "GET" not in rule.methods or "/api/" in rule.rule:
            continue
        answer = visitor.get(address_of(rule.rule))
        answer.close()
        may = needed in role_of(user).permissions
        assert (answer.status_code == 403) is not may, (rule, answer.status_code)


def test_what_is_forbidden_looks_like_what_is_not_there(visit: Visit) -> None:
    visitor = visit("rep")
    there = visitor.get("/export/cockpit-kpis.csv")
    absent = visitor.get("/export/nothing-at-all.csv")
    assert (there.status_code, there.text) == (absent.status_code, absent.text)
    forged = visitor.post({"output": "nothing.children", "inputs": [], "outputs": None})
    assert forged.status_code == 400

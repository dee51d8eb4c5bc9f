"""The access page and the own profile: who may, what is shown, and that every change is logged."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest

from data.access.permissions import PERMISSIONS
from data.access.reader import SYSTEM
from data.access.roles import ROLES
from data.domain.dimension import NOT_GIVEN
from data.domain.scope import MASKABLE
from data.state import accounts
from data.state.audit import entries
from pages import _access, _state
from pages._page import PANELS
from queries import self_test
from queries.run import fetcher
from tests.conftest import Demo
from tests.pages.visitor import Answer, Visitor, component_ids

Visit = Callable[..., Visitor]
CHANGE = "..access-ask.children...access-pending.data...access-said.children...access-done.data.."
FIELDS = ("role", "team", "rep")
PASSWORD = "four odd words together"


@pytest.fixture
def ann(visit: Visit) -> Iterator[str]:
    """A sales lead with an account of her own."""
    visit("admin")
    made = accounts.add_account(
        _state.state(),
        actor=SYSTEM,
        user_id=f"ann{len(accounts.accounts(_state.state()))}",
        role="lead",
        name="Ann",
        team_id="TE",
        password=PASSWORD,
    )
    yield made.user_id


def press(
    visitor: Visitor,
    kind: str,
    key: str,
    *,
    fields: tuple[str, str, str] = ("lead", "-", "-"),
    **stores: Any,
) -> Answer:
    """Press one of the page's buttons; `stores` are what chosen, pending and done hold."""
    held = {f"access-{name}.data": value for name, value in stores.items()}
    body = visitor.body(CHANGE, held)
    for parts in (body["inputs"], body["state"]):
        for place, part in enumerate(parts):
            if not part["id"].startswith("{"):
                continue
            group = json.loads(part["id"])["type"]
            if group == kind:
                ids = {"type": kind, "key": key}
                parts[place] = [{"id": ids, "property": "n_clicks", "value": 1}]
            elif group == "access-field":
                parts[place] = [
                    {"id": {"type": group, "key": name}, "property": "value", "value": value}
                    for name, value in zip(FIELDS, fields, strict=True)
                ]
            else:
                parts[place] = []
    pressed = json.dumps({"key": key, "type": kind}, separators=(",", ":"))
    body["changedPropIds"] = [f"{pressed}.n_clicks"]
    response = visitor.post(body)
    return Answer(CHANGE, response.status_code, response.text)


def stored(answer: Answer) -> Any:
    """Return the change that an answer leaves to be confirmed."""
    return answer.values["access-pending"]["data"]


def actions(user: str) -> list[str]:
    """Return what the log says was done to a user."""
    return [e.action for e in entries(_state.state(), f"account/{user}")]


# --- who may ---------------------------------------------------------------------------------


@pytest.mark.parametrize("user", ["executive", "lead", "rep", "analyst"])
def test_only_administrators_see_the_page(visit: Visit, user: str) -> None:
    visitor = visit(user)
    opened = visitor.open("/access")
    assert not [i for i in component_ids(opened.layout) if i.startswith("access-")]
    for output in visitor.dependencies:
        if "access-" in output and "access-said" not in output:
            answer = visitor.fire(output, {"filters.data": visitor.filters()})
            assert "demo" not in answer.text.lower(), output
    assert visitor.get("/access/matrix.xlsx").status_code == 403


def test_nobody_may_be_made_the_owner_of_what_has_none(visit: Visit) -> None:
    visit("admin")
    offered = _access.choices()
    assert NOT_GIVEN in fetcher().info().reps
    assert {key for key, _name in (*offered.teams, *offered.reps)}.isdisjoint({NOT_GIVEN})
    assert len(offered.reps) > 10


def test_a_forged_change_of_who_may_not_is_refused_and_logged(visit: Visit, ann: str) -> None:
    forged = {"user": ann, "action": "role", "role": "administrator", "team": "", "rep": ""}
    for user in ("executive", "lead", "rep", "analyst"):
        press(visit(user), "access-answer", "yes", pending=forged, chosen=ann)
    assert accounts.account(_state.state(), ann).role == "lead"
    assert "role-changed" not in actions(ann)


# --- changing --------------------------------------------------------------------------------


def test_a_role_is_changed_after_a_yes_and_signs_the_user_out(visit: Visit, ann: str) -> None:
    lead, admin = visit("lead"), visit("admin")
    lead.sign_in(user=ann, password=PASSWORD)
    assert lead.get("/").status_code == 200
    asked = press(admin, "access-do", "role", fields=("rep", "-", "R0001"), chosen=ann)
    assert "Make Ann Sales representative" in asked.words
    assert accounts.account(_state.state(), ann).role == "lead", "nothing before the yes"
    refused = press(admin, "access-answer", "no", pending=stored(asked), chosen=ann)
    assert refused.values["access-ask"]["children"] == []
    done = press(admin, "access-answer", "yes", pending=stored(asked), chosen=ann)
    assert "is changed" in done.words
    changed = accounts.account(_state.state(), ann)
    assert (changed.role, changed.team_id, changed.rep_id) == ("rep", None, "R0001")
    assert lead.get("/").status_code == 302, "signed out"
    assert actions(ann)[-1] == "role-changed"


def test_disable_and_enable(visit: Visit, ann: str) -> None:
    admin, lead = visit("admin"), visit("lead")
    asked = press(admin, "access-do", "disable", chosen=ann)
    press(admin, "access-answer", "yes", pending=stored(asked), chosen=ann)
    assert not accounts.account(_state.state(), ann).is_enabled
    lead.client.delete_cookie("cockpit")
    lead.sign_in(user=ann, password=PASSWORD)
    assert lead.get("/").status_code == 302
    asked = press(admin, "access-do", "enable", chosen=ann)
    press(admin, "access-answer", "yes", pending=stored(asked), chosen=ann)
    assert accounts.account(_state.state(), ann).is_enabled
    told = [a for a in actions(ann) if a != "sign-in-failed"]
    assert told[-2:] == ["account-disabled", "account-enabled"]


def test_nobody_takes_administration_from_oneself(visit: Visit) -> None:
    admin = visit("admin")
    for action in ("role", "disable"):
        asked = press(admin, "access-do", action, chosen="admin")
        said = press(admin, "access-answer", "yes", pending=stored(asked), chosen="admin")
        assert "from oneself" in said.words
    assert accounts.account(_state.state(), "admin").is_usable


@pytest.mark.parametrize(
    "pending",
    [None, [], "x", {"action": "drop"}, {"action": "role"}, {"user": "nobody", "action": "enable"}],
    ids=str,
)
def test_a_store_of_another_shape_changes_nothing(visit: Visit, pending: Any) -> None:
    said = press(visit("admin"), "access-answer", "yes", pending=pending, chosen=None)
    assert said.status == 200
    assert "Reference " not in said.words


# --- what is shown ---------------------------------------------------------------------------


def test_the_matrix_is_the_registry_on_screen_and_as_a_workbook(visit: Visit) -> None:
    admin = visit("admin")
    words = admin.open("/access").answers["access-matrix.children"].words
    assert all(sentence in words for sentence in PERMISSIONS.values())
    book = openpyxl.load_workbook(io.BytesIO(admin.get("/access/matrix.xlsx").data))
    head, _reach, *lines = book.worksheets[0].iter_rows(values_only=True)
    assert list(head[1:]) == [role.name for role in ROLES.values()]
    for (key, sentence), line in zip(PERMISSIONS.items(), lines, strict=False):
        assert line == (sentence, *(key in role.permissions for role in ROLES.values()))
    fields = lines[len(PERMISSIONS) :]
    assert len(fields) == len(MASKABLE)
    for name, line in zip(sorted(MASKABLE), fields, strict=True):
        assert line[1:] == tuple(name not in role.masked for role in ROLES.values())
    assert entries(_state.state(), "access-matrix")[-1].action == "exported"


def run_checks(visitor: Visitor, user: str) -> Answer:
    """Run the self-test for a user."""
    values = {
        "access-check.n_clicks": 1,
        "access-check-user.value": user,
        "filters.data": visitor.filters(),
    }
    return visitor.fire("access-checked.children", values)


def test_the_self_test_finds_every_page_equal(visit: Visit) -> None:
    admin = visit("admin")
    said = run_checks(admin, "lead")
    pages = len({panel.module for panel in PANELS.values()})
    assert f"{pages} of {pages} pages equal" in said.words
    assert "unequal" not in said.words


def test_the_self_test_sees_a_cache_that_lies(
    visit: Visit, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = visit("admin")
    honest = self_test.run

    def other(query: Any, filters: Any) -> Any:
        rows = honest(query, filters)
        return rows.iloc[:-1] if query.__name__ == "cockpit_kpis" else rows

    monkeypatch.setattr(self_test, "run", other)
    said = run_checks(admin, "lead")
    assert "unequal: cockpit_kpis" in said.words


def test_the_log_is_listed_filtered_and_verified(visit: Visit) -> None:
    admin = visit("admin")
    outputs = "..access-log.children...access-who.options...access-what.options.."
    values = {"access-who.value": "admin", "access-what.value": "signed-in"}
    answer = admin.fire(outputs, values)
    cells = answer.values["access-log"]["children"]
    assert "signed-in" in json.dumps(cells)
    assert "demo-user-made" not in json.dumps(cells)
    seal = admin.fire("access-seal.children", {"access-verify.n_clicks": 1})
    assert "each sealed with the one before" in seal.words


# --- view as ---------------------------------------------------------------------------------


def test_reading_as_somebody_else_shows_theirs_and_writes_nothing(visit: Visit, ann: str) -> None:
    admin = visit("admin")
    token = component_form(admin.open("/access"), ann, admin)
    headers = {"Origin": "http://localhost"}
    begun = admin.client.post("/view-as", data={"csrf_token": token, "user": ann}, headers=headers)
    assert begun.status_code == 303
    layout = admin.get("/_dash-layout").text
    assert "You read as Ann" in layout
    assert '"/access"' not in layout
    assert admin.get("/export/cockpit-teams.csv").status_code == 403, "exports are no reading"
    assert "all teams" not in admin.open("/").words
    stopped = admin.client.post("/view-as/stop", data={"csrf_token": token}, headers=headers)
    assert stopped.status_code == 303
    assert "You read as" not in admin.get("/_dash-layout").text
    assert actions(ann)[-2:] == ["view-as-began", "view-as-ended"]


def component_form(_opened: Any, user: str, visitor: Visitor) -> str:
    """Return the token of the form that begins to read as a user."""
    answer = visitor.fire("access-user.children", {"access-chosen.data": user})
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            props = node.get("props", {})
            if isinstance(props, dict) and props.get("name") == "csrf_token":
                found.append(props["value"])
            for inside in node.values():
                walk(inside)
        elif isinstance(node, list):
            for inside in node:
                walk(inside)

    walk(answer.values)
    assert found
    return found[0]


# --- profile ---------------------------------------------------------------------------------


def test_the_profile_shows_who_where_and_which_fields(visit: Visit) -> None:
    opened = visit("analyst").open("/profile")
    assert "Masked fields" in opened.words
    assert "Phone" in opened.words
    assert "Demo users have no password." in opened.words


def test_the_own_password_is_changed_and_the_browser_stays_signed_in(
    visit: Visit, ann: str
) -> None:
    first, second = visit("lead"), visit("lead")
    for each in (first, second):
        each.sign_in(user=ann, password=PASSWORD)
    outputs = next(o for o in first.dependencies if "profile-said.children" in o)
    wanted = "another four odd words"

    def change(present: str, one: str, two: str) -> Answer:
        values = {"profile-password.n_clicks": 1, "profile-present.value": present}
        values |= {"profile-wanted.value": one, "profile-again.value": two}
        return first.fire(outputs, values)

    assert "differ" in change(PASSWORD, wanted, "x").words
    assert "not this one" in change("wrong", wanted, wanted).words
    assert "characters" in change(PASSWORD, "short", "short").words
    done = change(PASSWORD, wanted, wanted)
    assert "The password is changed" in done.words
    assert wanted not in done.text
    assert first.get("/profile").status_code == 200
    assert second.get("/profile").status_code == 302


def test_sign_out_everywhere_ends_this_session_too(visit: Visit, ann: str) -> None:
    visitor = visit("lead")
    visitor.sign_in(user=ann, password=PASSWORD)
    said = visitor.fire("profile-out-said.children", {"profile-out.n_clicks": 1})
    assert "signed out" in said.words
    assert visitor.get("/").status_code == 302
    assert actions(ann)[-1] == "signed-out-everywhere"

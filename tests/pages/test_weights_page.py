"""The weight lab: what is shown, what may be tried, who may draft, propose and approve."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from data.access.demo_readers import DEMO_READERS
from data.domain.model import PRESETS
from data.domain.what_if import WhatIf
from data.state import models
from data.state.audit import entries
from pages import _state
from tests.conftest import Demo
from tests.pages.visitor import Answer, Visitor

Visit = Callable[..., Visitor]
OTHER = "?weights=amount:50,potential:30,interaction:20&limits=high:85"
SAY = "weights-say.children"
ACT = "..weights-said.children...weights-done.data...weights-ask.children...weights-pending.data.."
KINDS = ("weight-range", "weight-number", "limit-range", "limit-number")


@pytest.fixture
def versions(visit: Visit) -> Iterator[Callable[[], list[Any]]]:
    """Read the versions of the server's state database; what a test drafts is left there."""
    visit()
    yield lambda: models.models(_state.state())


def pattern(**parts: str) -> str:
    """Return the id of a component among others of its kind, as the browser sends it."""
    return json.dumps(parts, sort_keys=True, separators=(",", ":"))


def press(
    visitor: Visitor, kind: str, key: str = "", *, search: str = OTHER, **held: Any
) -> Answer:
    """Press a button of the lab with the page as it stands."""
    button: Any = {"type": kind, "key": key} if key else kind
    name = pattern(type=kind, key=key) if key else kind
    store = {"filters.data": visitor.filters(search), "weights-name.value": held.get("name")}
    body = visitor.body(ACT, {**store, "weights-pending.data": held.get("pending")})
    for part in (*body["inputs"], *body["state"]):
        if part["id"].startswith("{"):
            same = json.loads(part["id"])["type"] == kind
            name_of = json.loads(part["id"])["type"].removeprefix("weights-")
            part_id = {"type": json.loads(part["id"])["type"], "key": key}
            value = {"n_clicks": 1, "value": held.get(name_of), "id": part_id}[part["property"]]
            filled = [{"id": part_id, "property": part["property"], "value": value}]
            place = body["inputs"] if part in body["inputs"] else body["state"]
            place[place.index(part)] = filled if same or name_of in held else []
        elif part["id"] == button:
            part["value"] = 1
    body["changedPropIds"] = [f"{name}.n_clicks"]
    response = visitor.post(body)
    return Answer(ACT, response.status_code, response.text)


def moved(visitor: Visitor, kind: str, key: str, value: Any, search: str = "") -> dict[str, Any]:
    """Move one control and return what changes."""
    output = next(o for o in visitor.dependencies if "weights-note.children" in o)
    body = visitor.body(output, {"filters.data": visitor.filters(search)})
    part_id = {"type": kind, "key": key}
    body["inputs"] = [
        [{"id": part_id, "property": "value", "value": value}] if each == kind else []
        for each in KINDS
    ]
    body["changedPropIds"] = [f"{pattern(type=kind, key=key)}.value"]
    response = visitor.post(body)
    found = Answer(output, response.status_code, response.text).values
    return {k: v for props in found.values() for k, v in props.items()} if found else {}


# --- what is shown ---------------------------------------------------------------------------


def test_without_a_what_if_the_page_shows_todays_weights(visit: Visit) -> None:
    opened = visit("executive").open("/weights")
    assert "These are today's weights." in opened.of(SAY).words
    assert "The weights add up to 100." in opened.of("weights-controls.children").words
    assert "Nobody would be in another tier." in opened.of("weights-movers.children").words
    assert opened.of("weights-form.hidden").value is True
    assert "version 1, five dimensions" in opened.of("weights-versions.children").words


def test_a_link_is_a_what_if(visit: Visit) -> None:
    visitor = visit("executive")
    today, other = (visitor.open("/weights", search) for search in ("", OTHER))
    assert "would move up" in other.of(SAY).words
    for panel in ("tiers", "moves", "scores", "effective"):
        output = f"weights-{panel}.figure"
        assert today.of(output).text != other.of(output).text, panel
    rows = visitor.rows("weights-movers", other.filters)
    assert "row" in rows.words


@pytest.mark.parametrize("user", ["lead", "rep"])
def test_movers_are_the_readers_own(visit: Visit, demo: Demo, user: str) -> None:
    every = visit("executive").open("/weights", OTHER)
    own = visit(user).open("/weights", OTHER)
    for panel in ("weights-tiers.figure", "weights-movers.children"):
        assert every.of(panel).text != own.of(panel).text
    same = "weights-effective.figure"
    assert every.of(same).text == own.of(same).text


def test_a_sum_other_than_100_is_said_and_can_be_made_100(visit: Visit) -> None:
    search = "?weights=amount:50,potential:30,interaction:30"
    answer = visit("analyst").open("/weights", search).of("weights-controls.children")
    assert "The weights add up to 110, not 100." in answer.words
    assert "Make it 100" in answer.words
    assert "weights=amount:46,potential:27,interaction:27" in answer.text


def test_nonsense_is_named_and_dropped(visit: Visit) -> None:
    visitor = visit("executive")
    opened = visitor.open("/weights", "?weights=amount:500&limits=high:85")
    assert "weights=amount:500" in opened.of("toasts.children").words
    assert "weights=" in str(opened.filters) or "limits" in opened.filters
    for answer in opened.answers.values():
        assert answer.status in (200, 204)


def test_filtering_keeps_what_is_tried(visit: Visit) -> None:
    from pages._frame import _from_form

    visitor = visit("executive")
    from data.domain.filters import parse_search
    from queries.run import fetcher

    info = fetcher().info()
    before, _ = parse_search(OTHER, info.calendar, version=info.number)
    after, wrong = _from_form({"period": "last_12", "tier": ["high"]}, before)
    assert not wrong
    assert after.what_if == before.what_if
    assert visitor.filters(after.to_search())["weights"]


# --- trying ----------------------------------------------------------------------------------


def test_a_moved_slider_is_a_new_address(visit: Visit) -> None:
    visitor = visit("executive")
    changed = moved(visitor, "weight-range", "amount", "40")
    assert "amount:40,loyalty:25" in changed["search"]
    back = moved(visitor, "weight-number", "amount", 30, search=changed["search"])
    assert "weights" not in back["search"]
    limit = moved(visitor, "limit-number", "score", 90)
    assert "high:90" in limit["search"] and "score:90" in limit["search"]


@pytest.mark.parametrize("value", [None, "", 101, -1, 1.5, "x", [], True, "9" * 50, "²"])
def test_a_wrong_number_is_a_sentence(visit: Visit, value: Any) -> None:
    changed = moved(visit("executive"), "weight-number", "amount", value)
    assert "search" not in changed
    assert "Write a whole number from 0 to 100." in changed["children"]


def test_some_weight_is_needed(visit: Visit) -> None:
    search = "?weights=amount:50,potential:0,interaction:0"
    changed = moved(visit("executive"), "weight-number", "amount", 0, search=search)
    assert "At least one weight must be above 0." in changed["children"]


# --- versions --------------------------------------------------------------------------------


def test_draft_propose_and_approve(visit: Visit, versions: Callable[[], list[Any]]) -> None:
    before = len(versions())
    analyst, executive = visit("analyst"), visit("executive")
    analyst = visit("analyst")
    assert analyst.open("/weights", OTHER).of("weights-form.hidden").value is False
    said = press(analyst, "weights-save", name="More for potential").words
    assert "is saved as a draft" in said
    made = versions()[-1]
    assert len(versions()) == before + 1
    assert (made.state, made.made_by, made.name) == ("draft", "analyst", "More for potential")
    assert WhatIf.of_model(made.definition) == WhatIf(PRESETS["fifty-thirty-twenty"], high_score=85)
    key = str(made.version)
    listed = analyst.open("/weights", OTHER).of("weights-versions.children")
    assert f"Propose version {key}" in listed.words
    assert "is proposed" in press(analyst, "weights-propose", key).words
    executive = visit("executive")
    shown = executive.open("/weights", OTHER).of("weights-versions.children")
    assert f"Approve version {key}" in shown.words
    assert "Propose version" not in shown.words
    too_early = press(executive, "weights-approve", key, month="2026-01")
    assert "closed" in too_early.words
    assert "is approved" in press(executive, "weights-approve", key, month="2026-12").words
    after = executive.open("/weights").of("weights-versions.children").words
    assert f"Version {key} is approved from 2026-12" in after
    actions = [e.action for e in entries(_state.state(), made.subject)]
    assert sorted(actions) == ["model-approved", "model-drafted", "model-proposed"]


@pytest.mark.parametrize("user", ["lead", "rep", "executive"])
def test_who_may_not_draft_is_told_and_written_down(
    visit: Visit, versions: Callable[[], list[Any]], user: str
) -> None:
    before = len(versions())
    visitor = visit(user)
    assert visitor.open("/weights", OTHER).of("weights-form.hidden").value is True
    answer = press(visitor, "weights-save", name="Mine")
    assert answer.status == 200
    assert "Reference" not in answer.words
    assert "saved as a draft" not in answer.words
    assert len(versions()) == before


@pytest.mark.parametrize("search", [OTHER, "?weights=amount:50,potential:30,interaction:30"])
def test_a_draft_that_cannot_be_is_a_sentence(
    visit: Visit, versions: Callable[[], list[Any]], search: str
) -> None:
    before = len(versions())
    name = "" if search == OTHER else "Too much"
    answer = press(visit("analyst"), "weights-save", search=search, name=name)
    assert ("needs a name" in answer.words) or ("add up to 110" in answer.words)
    chinese = press(visit("analyst", language="zh"), "weights-save", search=search, name=name)
    assert "评分模型不能这样设定" in chinese.words
    assert len(versions()) == before


@pytest.mark.parametrize("key", ["0", "99999", "x", "-1"])
def test_a_version_that_is_not_there_is_a_sentence(visit: Visit, key: str) -> None:
    visitor = visit("admin")
    for kind in ("weights-propose", "weights-approve"):
        answer = press(visitor, kind, key, month="2026-12")
        assert "There is no version" in answer.words, answer.text
    assert "2026-12" in press(visitor, "weights-approve", "1", month="nonsense").words


def proposed(visit: Visit, versions: Callable[[], list[Any]]) -> Any:
    """Return a version that the analyst has drafted and proposed."""
    analyst = visit("analyst")
    press(analyst, "weights-save", name="Turned down")
    made = versions()[-1]
    press(analyst, "weights-propose", str(made.version))
    return made


def test_a_proposal_is_returned_with_a_note_and_proposed_again(
    visit: Visit, versions: Callable[[], list[Any]]
) -> None:
    made = proposed(visit, versions)
    key, admin = str(made.version), visit("admin")
    assert f"Return version {key}" in admin.open("/weights").of("weights-versions.children").words
    for nothing in ({}, {"why": None}, {"why": "  "}, {"why": "x" * 501}):
        assert "in one line" in press(admin, "weights-return", key, **nothing).words
        assert versions()[-1].state == "proposed"
    assert "is returned" in press(admin, "weights-return", key, why=" Who moves? ").words
    assert (versions()[-1].state, versions()[-1].note) == ("draft", "Who moves?")
    listed = visit("analyst").open("/weights").of("weights-versions.children").words
    assert re.search(r"returned by Administrator on [^·]*: Who moves\?", listed)
    assert f"Propose version {key}" in listed
    press(visit("analyst"), "weights-propose", key)
    again = visit("executive").open("/weights").of("weights-versions.children").words
    assert again.index("Who moves?") < again.index("proposed by", again.index("Who moves?"))
    press(visit("executive"), "weights-approve", key, month="2027-02")
    assert versions()[-1].state == "approved"
    assert "Who moves?" not in visit("admin").open("/weights").of("weights-versions.children").words


def test_a_proposal_is_rejected_only_after_a_yes(
    visit: Visit, versions: Callable[[], list[Any]]
) -> None:
    made = proposed(visit, versions)
    key, executive = str(made.version), visit("executive")
    assert "in one line" in press(executive, "weights-reject", key, why="").words
    asked = press(executive, "weights-reject", key, why="不需要")
    pending = asked.values["weights-pending"]["data"]
    assert f"Reject version {key}, Turned down?" in asked.words
    assert versions()[-1].state == "proposed"
    refused = press(executive, "weights-answer", "no", pending=pending)
    assert refused.values["weights-ask"]["children"] == []
    assert versions()[-1].state == "proposed"
    said = press(visit("executive", language="zh"), "weights-answer", "yes", pending=pending)
    assert f"版本 {key} 已被永久否决" in said.words
    assert (versions()[-1].state, versions()[-1].note) == ("retired", "不需要")
    listed = visit("analyst").open("/weights").of("weights-versions.children").words
    assert re.search(r"rejected by Executive on [^·]*: 不需要", listed)
    late = press(executive, "weights-answer", "yes", pending=pending)
    assert "is retired; only a version that is proposed can be rejected" in late.words


@pytest.mark.parametrize("pending", [None, "x", {}, {"version": "1"}, {"version": [], "note": 3}])
def test_a_forged_answer_is_a_sentence_or_nothing(visit: Visit, pending: Any) -> None:
    answer = press(visit("admin"), "weights-answer", "yes", pending=pending)
    assert answer.status == 200
    assert "Reference" not in answer.words


@pytest.mark.parametrize("user", ["analyst", "lead", "rep"])
def test_who_may_not_decide_is_refused_and_written_down(
    visit: Visit, versions: Callable[[], list[Any]], user: str
) -> None:
    made = proposed(visit, versions)
    key, visitor = str(made.version), visit(user)
    listed = visitor.open("/weights").of("weights-versions.children").words
    assert not re.search(r"(Approve|Return|Reject) version", listed)
    press(visitor, "weights-return", key, why="mine")
    press(visitor, "weights-answer", "yes", pending={"version": key, "note": "mine"})
    assert versions()[-1].state == "proposed"
    denied = [e for e in entries(_state.state(), made.subject) if e.actor == user]
    assert [e.action for e in denied][-2:] == ["refused", "refused"]


def test_without_the_state_database_the_page_says_so(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.state.engine import StateError

    visitor = visit("executive")

    def fail() -> None:
        raise StateError("The state database is away. Try again.")

    monkeypatch.setattr("pages._models.state", fail)
    opened = visitor.open("/weights")
    assert "The state database is away." in opened.of("weights-versions.children").words
    assert "Reference" not in opened.of("weights-tiers.figure").words


REFIT: dict[str, Any] = {
    "before": 1,
    "as_of": "2026-06-20",
    "asset_before": 8_000_000.0,
    "asset_now": 7_600_000.0,
    "official": "mbg",
    "parameters": [
        {"part": part, "name": name, "before": 0.5, "before_error": e, "now": 0.625, "now_error": e}
        for part, name, e in (("buying", "alpha", 0.03), ("margin", "rate", None))
    ],
    "checks": [
        {"target": "orders", "model": model, "measure": measure, "value": value}
        for model, value in (("mbg", 1.5), ("historical", 2.5))
        for measure in ("mae", "rmse", "bias")
    ],
}
TOLD = (
    "the customer asset would be ¥7.60M instead of ¥8.00M. (−5.0",
    "0.625 ± 0.03",
    "Historical rate",
    "nobody can say how they come back",
)


def test_who_decides_sees_what_a_refit_changes_and_nobody_else(
    visit: Visit, versions: Callable[[], list[Any]]
) -> None:
    findings = [
        {"position": 1, "code": "buying_nobody_repeats", "details": json.dumps({"customers": 7})}
    ]
    fitted = {"origin": "elsewhere", "fits": {}, "refit": REFIT, "findings": findings}
    live = next(v for v in versions() if v.state == "approved")
    made = models.record_fit(
        _state.state(), actor=DEMO_READERS["analyst"], version=live.version, fitted=fitted
    )
    for user in ("analyst", "executive"):
        shown = visit(user).open("/weights").answers["weights-versions.children"].words
        assert f"Version {made.version}: " in shown
        for words in TOLD:
            assert words in shown, (user, words)
    for user in ("lead", "rep"):
        # The figures of the whole company, which these readers do not see.
        assert "customer asset would be" not in visit(user).open("/weights").words

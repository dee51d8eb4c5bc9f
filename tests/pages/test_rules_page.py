"""The rules page as its readers use it: ready rules, the form, the preview, saving, and whose."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete

from data.domain.rule import Condition, Rule
from data.state import rules
from data.state.engine import writing
from data.state.rule_tables import rule as rule_table
from data.state.rule_tables import rule_firing, rule_version
from pages._rule_form import added, draft_of, filled, new_draft, node_at, rule_in, without
from pages._state import state
from tests.pages.visitor import Answer, Visitor
from tests.rules.making import rule_of

Visit = Callable[..., Visitor]
ACT = "..rules-said.children...rules-acted.data...rules-chosen.data.."
DRAW = "..rules-form.children...rules-draft.data.."
BUILD = "..rules-why.children...rules-changed.data.."
SAVE = "..rules-told.children...rules-saved.data.."
CHECK = "rules-preview.children"
OLD = Condition("since_contact", "at_least", 30)


@pytest.fixture(autouse=True)
def no_rules(server: Any) -> None:
    """Begin without rules."""
    with writing(state()) as connection:
        for each in (rule_firing, rule_version, rule_table):
            connection.execute(delete(each))


def press(visitor: Visitor, output: str, kind: str, key: str, values: dict[str, Any]) -> Answer:
    """Press a button of a kind, as the browser would say it."""
    body = visitor.body(output, values)
    ids = {"type": kind, "key": key}
    name = json.dumps(ids, sort_keys=True, separators=(",", ":"))
    for part in [*body["inputs"]]:
        if isinstance(part, dict) and kind in str(part["id"]):
            at = body["inputs"].index(part)
            body["inputs"][at] = [{"id": ids, "property": "n_clicks", "value": 1}]
        elif isinstance(part, dict) and str(part["id"]).startswith("{"):
            body["inputs"][body["inputs"].index(part)] = []
    for part in [*body["state"]]:
        if str(part["id"]).startswith("{"):
            body["state"][body["state"].index(part)] = []
    body["changedPropIds"] = [f"{name}.n_clicks"]
    response = visitor.post(body)
    return Answer(output, response.status_code, response.text)


def click(visitor: Visitor, output: str, values: dict[str, Any]) -> Answer:
    """Press a button with an id of its own."""
    body = visitor.body(output, values)
    for parts in (body["inputs"], body["state"]):
        for at, part in enumerate(parts):
            if str(part["id"]).startswith("{"):
                parts[at] = []
    response = visitor.post(body)
    return Answer(output, response.status_code, response.text)


def save(visitor: Visitor, draft: dict[str, Any], *, sure: str = "") -> Answer:
    """Press save, or one of the answers to a doubt."""
    values = {"rules-draft.data": draft, "rules-save.n_clicks": 1}
    if sure:
        return press(visitor, SAVE, "rules-sure", sure, values)
    return click(visitor, SAVE, values)


def saved(user: str = "executive") -> list[rules.RuleRecord]:
    return rules.rules(state(), owner=user)


def test_a_ready_rule_is_switched_on_off_and_removed(visit: Visit) -> None:
    visitor = visit("lead")
    assert "no rules yet" in visitor.open("/rules").words
    press(visitor, ACT, "rules-act", "take:tier-drop", {})
    (found,) = saved("lead")
    assert (found.rule.ready, found.is_on, found.version) == ("tier-drop", True, 1)
    opened = visitor.open("/rules").words
    assert "In use" in opened
    press(visitor, ACT, "rules-act", f"off:{found.rule_id}", {})
    assert not saved("lead")[0].is_on
    press(visitor, ACT, "rules-act", f"remove:{found.rule_id}", {})
    assert saved("lead") == []


def test_a_ready_rule_speaks_its_owners_language(visit: Visit) -> None:
    press(visit("rep", language="zh"), ACT, "rules-act", "take:no-follow-up", {})
    assert saved("rep")[0].rule.text == "回访：已 30 天未跟进"


def test_a_rule_is_written_previewed_and_saved(visit: Visit) -> None:
    visitor = visit()
    draft = new_draft() | {"name": "Mine", "text": "Call"}
    words = click(visitor, CHECK, {"rules-check.n_clicks": 1, "rules-draft.data": draft}).words
    assert "in the last 90 days" in words
    assert "customers and prospects meet it" in words
    assert "Saved as version 1" in save(visitor, draft).words
    assert saved()[0].rule == rule_of(OLD, name="Mine", text="Call")


def test_a_preview_says_when_it_counts_today_only(visit: Visit) -> None:
    rule = rule_of(Condition("value", "at_least", 1))
    values = {"rules-check.n_clicks": 1, "rules-draft.data": draft_of(rule)}
    words = click(visit(), CHECK, values).words
    assert "counts today only" in words


@pytest.mark.parametrize(
    ("user", "rule", "said"),
    [
        ("executive", rule_of(OLD, Condition("since_contact", "never")), "can never fire"),
        ("executive", rule_of(Condition("region", "in", ("Atlantis",))), "There is no"),
        ("analyst", rule_of(Condition("birthday", "within", 7)), "masked"),
        ("executive", rule_of(Condition("since_joined", "at_least", 0)), "Everybody meets it"),
        ("executive", rule_of(Condition("since_order", "at_least", 3650)), "fires for nobody"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_rule_is_told_before_it_is_saved(
    visit: Visit, user: str, rule: Rule, said: str
) -> None:
    visitor = visit(user)
    assert said in save(visitor, draft_of(rule)).words
    assert saved(user) == []
    words = save(visitor, draft_of(rule), sure="save").words
    is_only_doubtful = said in ("Everybody meets it", "fires for nobody")
    assert ("Saved" in words) is is_only_doubtful


def test_who_is_slower_sees_both_versions(visit: Visit) -> None:
    visitor = visit()
    save(visitor, draft_of(rule_of(OLD, name="First")))
    read = saved()[0]
    draft = draft_of(read.rule, rule_id=read.rule_id, version=read.version)
    save(visitor, draft | {"name": "Faster"})
    words = save(visitor, draft | {"name": "Slower"}).words
    assert "Faster" in words
    assert "Save over it" in words
    assert saved()[0].rule.name == "Faster"
    save(visitor, draft | {"name": "Slower"}, sure="over")
    assert (saved()[0].rule.name, saved()[0].version) == ("Slower", 3)
    names = [r.rule.name for r in rules.history(state(), read.rule_id)]
    assert names == ["Slower", "Faster", "First"]


def test_nobody_touches_another_ones_rule(visit: Visit) -> None:
    save(visit(), draft_of(rule_of(OLD, name="Confidential")))
    found = saved()[0]
    other = visit("lead")
    assert "Confidential" not in other.open("/rules").words
    for what in ("off", "on", "remove", "edit"):
        answer = press(other, ACT, "rules-act", f"{what}:{found.rule_id}", {})
        assert "Confidential" not in answer.text
    draft = draft_of(rule_of(OLD, name="Stolen"), rule_id=found.rule_id, version=1)
    save(other, draft)
    assert saved() == [found]
    assert saved("lead") == []
    admin = visit("admin")
    assert "Confidential" in admin.open("/rules").words
    press(admin, ACT, "rules-act", f"off:{found.rule_id}", {})
    assert not saved()[0].is_on


@pytest.mark.parametrize("held", [None, [], {"tree": 3}, {"tree": {"join": "all", "parts": "x"}},
                                  {"tree": {"parts": [{"join": "any"}]}}, {"tree": {}}])  # fmt: skip
def test_a_forged_store_breaks_nothing(visit: Visit, held: Any) -> None:
    visitor = visit()
    for answer in (
        save(visitor, held),
        click(visitor, CHECK, {"rules-check.n_clicks": 1, "rules-draft.data": held}),
        visitor.fire(DRAW, {"rules-chosen.data": held}),
        press(visitor, BUILD, "rules-build", "add:0.1.2", {"rules-draft.data": held}),
        press(visitor, BUILD, "rules-build", "remove:9", {"rules-draft.data": held}),
    ):
        assert answer.status in (200, 204), answer.text
        assert "Reference" not in answer.words
    assert saved() == []


# --- the form --------------------------------------------------------------------------------


def test_the_tree_grows_and_shrinks() -> None:
    draft = added(added(new_draft(), "", is_group=True), "1", is_group=False)
    tree = rule_in(draft | {"name": "x", "text": "x"}).tree
    assert [type(part).__name__ for part in tree.parts] == ["Condition", "Group"]
    assert len(list(tree.conditions())) == 3
    assert without(without(draft, "1.1"), "1") == new_draft()
    assert without(draft, "") == draft
    assert node_at(draft, "1.7") is None


def test_another_field_brings_its_own_comparison() -> None:
    picked = {"0|field": "birthday", "0|operator": "at_least", "0|value": 9}
    node = node_at(filled(new_draft(), picked), "0")
    assert node is not None
    assert (node["field"], node["operator"]) == ("birthday", "within")
    forged = filled(new_draft(), {"0|field": "salary", "0|operator": "x", "tree": {}, "5|value": 1})
    assert forged == new_draft()

"""The page of open deals: who may decide on a quote, and what everybody then sees at once."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import delete

from data.state.audit import entries
from data.state.engine import writing
from data.state.quotes import decisions
from data.state.tables import quote_decision
from pages._state import state
from tests.pages.visitor import Answer, Visitor

Visit = Callable[..., Visitor]
LISTS = "..pipeline-quotes.children...pipeline-decided.children.."
ACT = "..pipeline-said.children...pipeline-done.data.."


def listed(visitor: Visitor) -> str:
    """Return the largest quote above the limit; one test may have decided on it before another."""
    lines = [visitor.get(f"/export/pipeline-{n}.csv").text for n in ("quotes", "decided")]
    return next(each.splitlines()[1].split(",")[0] for each in lines if each.count("\n") > 1)


@pytest.fixture(autouse=True)
def undecided() -> None:
    """Begin each test without decisions: the state database is the session's."""
    with writing(state()) as connection:
        connection.execute(delete(quote_decision))


def press(visitor: Visitor, status: str, quote: str, *, seen: str, note: str = "") -> Answer:
    """Press a button beside a quote, as a browser that showed it in a status."""
    key = f"{status}|{seen}|{quote}"
    part_id = {"type": "pipeline-decide", "key": key}
    body = visitor.body(ACT, {"filters.data": visitor.filters(), "pipeline-note.value": note})
    body["inputs"] = [[{"id": part_id, "property": "n_clicks", "value": 1}]]
    name = json.dumps(part_id, sort_keys=True, separators=(",", ":"))
    body["changedPropIds"] = [f"{name}.n_clicks"]
    response = visitor.post(body)
    return Answer(ACT, response.status_code, response.text)


def lists(visitor: Visitor) -> str:
    return visitor.fire(LISTS, {"filters.data": visitor.filters()}).words


def test_a_decision_is_seen_by_everybody_at_once(visit: Visit) -> None:
    director, other = visit("executive"), visit("admin")
    quote = listed(director)
    for visitor in (director, other):
        assert quote in lists(visitor).split("Decided")[0]
        assert "Approve" in lists(visitor)
    # A second director looks at the page as it was before the first one decides.
    said = press(director, "approved", quote, seen="waiting")
    assert "is approved. It is in the audit log." in said.words
    late = press(other, "returned", quote, seen="waiting", note="too cheap")
    assert "is approved by executive, and you saw it waiting" in late.words
    shown = lists(other)
    assert "executive" in shown
    assert quote not in other.get("/export/pipeline-quotes.csv").text
    assert quote in other.get("/export/pipeline-decided.csv").text
    back = press(other, "returned", quote, seen="approved", note="too cheap")
    assert "is returned" in back.words
    assert decisions(state())[quote].status == "returned"
    actions = [e.action for e in entries(state(), f"quote/{quote}")]
    assert actions[-2:] == ["quote-approved", "quote-returned"]


def test_only_quotes_above_the_limit_can_be_decided(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    director = visit("executive")
    quote = listed(director)
    monkeypatch.setenv("APPROVAL_LIMIT", "999999999")
    assert (
        "does not wait for your decision"
        in press(director, "approved", quote, seen="waiting").words
    )
    assert "below the limit" in lists(director)
    monkeypatch.delenv("APPROVAL_LIMIT")
    none = press(director, "approved", "no such quote", seen="waiting")
    assert "does not wait for your decision" in none.words
    without = press(director, "returned", quote, seen="waiting", note=" ")
    assert "Say why the quote is returned" in without.words
    assert decisions(state()) == {}


@pytest.mark.parametrize("user", ["lead", "rep", "analyst"])
def test_who_may_not_decide_sees_no_button_and_is_refused(visit: Visit, user: str) -> None:
    quote = listed(visit("executive"))
    visitor = visit(user)
    assert "Approve" not in lists(visitor)
    answer = press(visitor, "approved", quote, seen="waiting")
    assert "You may not see this" in answer.words
    assert decisions(state()) == {}

"""What a form does not offer is not written: every column's name, and names of nothing (T13)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Table, delete, select

from data.access.demo_readers import DEMO_READERS
from data.access.reader import SYSTEM
from data.domain.rule import Condition
from data.domain.task import Draft, Owner
from data.state import accounts, rules, tasks
from data.state.engine import reading, writing
from data.state.rule_tables import rule as rule_table
from data.state.rule_tables import rule_firing, rule_version
from data.state.tables import account, audit, task, task_change
from pages._rule_form import draft_of
from pages._state import state
from tests.pages.test_access_page import press as press_access
from tests.pages.test_access_page import stored
from tests.pages.test_rules_page import save as save_rule
from tests.pages.visitor import Visitor
from tests.rules.making import rule_of

Visit = Callable[..., Visitor]
ADMIN = DEMO_READERS["admin"]
NOTHING = ("is_admin", "permissions", "__class__", "", "sql", "rowid")
#: What the edit form and the list of tasks offer, by column.
OFFERED = {"title", "note", "due_on", "priority", "state", "outcome", "owner_kind", "owner_id"}
#: What a change writes by itself.
ITSELF = {"version", "changed_at", "changed_by", "closed_on", "next_on", "action_id"}


@pytest.fixture(autouse=True)
def nothing_kept(visit: Visit) -> Iterator[None]:
    """Leave no task and no rule to other tests."""
    visit()
    yield
    with writing(state()) as connection:
        for table in (task_change, task, rule_firing, rule_version, rule_table):
            connection.execute(delete(table))


def columns(*tables: Table) -> list[str]:
    """Return every column's name, and names of nothing."""
    return [*dict.fromkeys(c.name for table in tables for c in table.c), *NOTHING]


def kept(table: Table) -> dict[Any, dict[str, Any]]:
    """Return the rows of a table by their key."""
    keys = [c.name for c in table.primary_key]
    with reading(state()) as connection:
        rows = connection.execute(select(table)).mappings().all()
    return {tuple(row[k] for k in keys): dict(row) for row in rows}


def changed(before: dict[Any, Any], after: dict[Any, Any]) -> set[tuple[Any, str]]:
    """Return which columns of which rows are other than before."""
    assert before.keys() == after.keys()
    return {(key, n) for key, row in after.items() for n in row if row[n] != before[key][n]}


def opened(title: str) -> int:
    draft = Draft(title, Owner.from_text("user:admin"))
    return tasks.open_tasks(state(), actor=ADMIN, drafts=[draft]).task_ids[0]


def pressed(visitor: Visitor, field: str, value: str, number: int) -> Any:
    """Change one field of a chosen task, as the list says it."""
    (output,) = (
        name
        for name, wanted in visitor.dependencies.items()
        if [p["id"] for p in wanted["inputs"]] == ["tasks-pressed-request"]
    )
    version = tasks.task(state(), number).version
    sent = {"field": field, "value": value, "chosen": [[number, version]]}
    more = {name: "forged" for name in columns(task) if name not in sent}
    values = {"tasks-pressed-request.data": sent | more, "filters.data": visitor.filters()}
    return visitor.fire(output, values)


def test_a_task_changes_where_it_is_offered_only(visit: Visit) -> None:
    visitor, number, other = visit("admin"), opened("one"), opened("other")
    for field in columns(task, task_change):
        for value in ("7", "rep", "2026-01-01", "done"):
            before = kept(task)
            answer = pressed(visitor, field, value, number)
            assert answer.status in (200, 204), (field, answer.text)
            assert "Reference " not in answer.words, (field, answer.words)
            found = changed(before, kept(task))
            assert {key for key, _n in found} <= {(number,)}, (field, found)
            assert {n for _key, n in found} - ITSELF <= OFFERED & {field}, (field, found)
    assert tasks.task(state(), other).version == 1
    answer = pressed(visitor, "priority", "high", number)
    assert tasks.task(state(), number).priority == "high", "what is offered is written"


def test_a_change_of_a_user_writes_the_role_and_the_place_only(visit: Visit) -> None:
    visitor, user = visit("admin"), f"forged{len(kept(account))}"
    accounts.add_account(state(), actor=SYSTEM, user_id=user, role="lead", team_id="TE")
    before = kept(account)
    asked = stored(
        press_access(visitor, "access-do", "role", fields=("rep", "-", "R0001"), chosen=user)
    )
    forged = {name: "forged" for name in columns(account) if name not in asked}
    done = press_access(visitor, "access-answer", "yes", pending=asked | forged, chosen=user)
    assert "is changed" in done.words
    found = changed(before, kept(account))
    assert {key for key, _n in found} == {(user,)}
    assert {"role", "team_id", "rep_id"} <= {n for _key, n in found}
    assert not {n for _key, n in found} & {"user_id", "password_hash", "is_demo", "name"}
    assert "forged" not in str([kept(account)[(user,)][n] for _key, n in found])


def test_a_rule_keeps_what_a_rule_has_only(visit: Visit) -> None:
    visitor = visit("lead")
    draft = draft_of(rule_of(Condition("since_contact", "at_least", 30)))
    save_rule(visitor, {**draft, "rule_id": "", "version": 0}, sure="doubt")
    forged = {name: "forged" for name in columns(rule_table, rule_version) if name not in draft}
    node = {**draft["tree"], "sql": "select 1", "owner": "forged"}
    for sent in (draft | forged, draft | forged | {"tree": node}):
        save_rule(visitor, sent)
    assert rules.rules(state(), owner="lead"), "what is offered is written"
    assert {found.owner for found in rules.rules(state())} == {"lead"}
    assert "forged" not in str([kept(rule_table), kept(rule_version)])
    with reading(state()) as connection:
        told = connection.execute(select(audit.c.details).where(audit.c.actor == "lead")).scalars()
        assert "forged" not in " ".join(told)

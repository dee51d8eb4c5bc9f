"""Tasks and notes through the door: whose are seen, changed and created, and what is kept back."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from data.access.demo_readers import DEMO_READERS
from data.domain.note import Note
from data.domain.task import OUTCOMES, Draft, Owner
from data.state import notes, tasks
from data.state.engine import writing
from data.state.tables import note, task, task_change
from data.state.task_lists import TaskQuery, listed
from data.state.tasks import Wanted
from pages import _treated
from pages._state import state
from tests.conftest import Demo
from tests.pages.test_rights import customers_of
from tests.pages.visitor import Visitor

Visit = Callable[..., Visitor]
ADMIN = DEMO_READERS["admin"]
ALL = "?tasks=whose:all,state:any"


@pytest.fixture(autouse=True)
def nothing_kept(visit: Visit) -> Iterator[None]:
    """Leave no task and no note to other tests."""
    visit()
    yield
    with writing(state()) as connection:
        for table in (task_change, task, note):
            connection.execute(delete(table))


@pytest.fixture
def own(demo: Demo) -> str:
    """A customer whom the lead sees."""
    return sorted(customers_of(demo, "lead"))[0]


@pytest.fixture
def foreign(demo: Demo) -> str:
    """A customer whom the lead does not see."""
    return sorted(customers_of(demo, "executive") - customers_of(demo, "lead"))[0]


def opened(title: str, owner: str = "user:admin", customer: str | None = None) -> int:
    """Return the number of a new task."""
    draft = Draft(title, Owner.from_text(owner), customer_id=customer, note=f"note of {title}")
    return tasks.open_tasks(state(), actor=ADMIN, drafts=[draft]).task_ids[0]


def words(visit: Visit, user: str, search: str = ALL) -> str:
    return visit(user).open("/tasks", search).words


def test_a_task_is_seen_with_its_customer_or_by_its_owner_and_lead(
    visit: Visit, demo: Demo, own: str, foreign: str
) -> None:
    rep = demo.reader("rep").rep_id
    opened("of-my-customer", customer=own)
    opened("of-a-foreign-customer", customer=foreign)
    opened("of-nobody-for-admin")
    opened("of-nobody-for-my-rep", owner=f"rep:{rep}")
    opened("foreign-but-mine", owner="user:lead", customer=foreign)
    opened("foreign-but-of-my-rep", owner=f"rep:{rep}", customer=foreign)
    found = words(visit, "lead")
    for title in ("of-my-customer", "of-nobody-for-my-rep", "foreign-but-mine"):
        assert title in found, title
    for title in ("of-a-foreign-customer", "of-nobody-for-admin"):
        assert title not in found, title
    assert "foreign-but-of-my-rep" in found
    assert found.count("Customer outside your scope") == 2
    assert "foreign-but-of-my-rep" in words(visit, "rep")
    assert "foreign-but-mine" not in words(visit, "rep")
    assert words(visit, "executive").count("Customer outside your scope") == 0


def test_the_customer_of_a_task_out_of_scope_is_nowhere(
    visit: Visit, demo: Demo, foreign: str
) -> None:
    number = opened("foreign-but-mine", owner="user:lead", customer=foreign)
    visitor = visit("lead")
    page = visitor.open("/tasks", ALL)
    edit = visitor.fire(
        "..tasks-edit-body.children...tasks-edit-read.data..",
        {"tasks-open-request.data": {"task": number}, "filters.data": page.filters},
    )
    file = visitor.get(f"/tasks/list.csv{ALL}")
    assert file.status_code == 200
    for text in (page.text, edit.text, file.text):
        assert "foreign-but-mine" in text
        assert foreign not in text
        assert "note of" not in text


def create(visitor: Visitor, customers: list[str], **fields: str) -> Any:
    """Send the form of new tasks as a browser would."""
    (output,) = [name for name in visitor.dependencies if "tasks-new-drawer.is_open" in name]
    values = {"title": "Call", "owner": "each", "due_on": "", "priority": "high", "note": ""}
    values |= fields
    ids = [{"type": "tasks-new", "key": key} for key in values]
    held = {
        "tasks-create.n_clicks": 1,
        "tasks-customers.value": customers,
        "filters.data": visitor.filters(),
    }
    body = visitor.body(output, held)
    form = {"value": [*values.values()], "id": ids}
    body["state"] = [
        [
            {"id": i, "property": part["property"], "value": v}
            for i, v in zip(ids, form[part["property"]], strict=True)
        ]
        if part["id"].startswith("{")
        else part
        for part in body["state"]
    ]
    return visitor.post(body)


def test_tasks_are_created_for_own_customers_and_their_owner_only(
    visit: Visit, demo: Demo, own: str, foreign: str
) -> None:
    answer = create(visit("lead"), [own, foreign])
    assert answer.status_code == 200
    (made,) = listed(state(), TaskQuery(), limit=10)
    assert (made.customer_id, made.priority, made.owner_kind) == (own, "high", "rep")
    assert create(visit("lead"), [foreign]).status_code == 200
    assert len(listed(state(), TaskQuery(), limit=10)) == 1


def test_a_rep_gives_tasks_to_nobody_else(visit: Visit, demo: Demo) -> None:
    mine = sorted(customers_of(demo, "rep"))[0]
    refused = create(visit("rep"), [mine], owner="user:admin")
    assert "permission" in refused.text
    assert not listed(state(), TaskQuery(), limit=10)
    create(visit("rep"), [mine])
    assert [t.owner for t in listed(state(), TaskQuery(), limit=10)] == [
        Owner("rep", str(demo.reader("rep").rep_id))
    ]


@pytest.mark.parametrize("user", ["lead", "rep"])
def test_a_task_that_is_not_seen_is_not_changed(visit: Visit, foreign: str, user: str) -> None:
    number = opened("of-a-foreign-customer", customer=foreign)
    visitor = visit(user)
    (output,) = [
        name
        for name, wanted in visitor.dependencies.items()
        if [p["id"] for p in wanted["inputs"]] == ["tasks-pressed-request"]
    ]
    pressed = {"field": "state", "value": "done", "chosen": [[number, 1]]}
    values = {"tasks-pressed-request.data": pressed, "filters.data": visitor.filters()}
    assert visitor.fire(output, values).status == 200
    assert tasks.task(state(), number).version == 1
    assert visit("executive").fire(output, values).status == 200
    assert tasks.task(state(), number).state == "done"


def test_notes_are_seen_by_audience_and_with_their_customer(
    visit: Visit, own: str, foreign: str
) -> None:
    about = {"audience": "company"}
    for body, customer in (("on-mine", own), ("on-foreign", foreign), ("on-nobody", None)):
        said = Note(body, customer_id=customer, metric="revenue", **about)
        notes.write_note(state(), actor=ADMIN, said=said, team=None)
    secret = Note("my-own-thought", "own", metric="revenue")
    notes.write_note(state(), actor=ADMIN, said=secret, team=None)
    found = words(visit, "lead")
    assert "on-mine" in found
    assert "on-nobody" in found
    assert "on-foreign" not in found
    assert "my-own-thought" not in found
    assert "my-own-thought" in words(visit, "admin")
    visitor = visit("lead")
    told = visitor.explain("revenue", visitor.filters(), panel="cockpit-kpis").words
    assert "on-nobody" in told
    assert "on-mine" not in told


def test_a_note_is_changed_by_its_author_and_by_who_leads_the_author(
    visit: Visit, foreign: str
) -> None:
    company: dict[str, Any] = {"audience": "company"}
    by = {name: DEMO_READERS[name] for name in ("rep", "admin")}
    about = {
        "of-my-rep": (by["rep"], Note("of-my-rep", metric="revenue", **company)),
        "of-the-admin": (by["admin"], Note("of-the-admin", metric="revenue", **company)),
        "on-foreign": (by["rep"], Note("on-foreign", customer_id=foreign, **company)),
        "for-nobody": (by["rep"], Note("for-nobody", "own", metric="revenue")),
    }
    numbers = {
        name: notes.write_note(state(), actor=actor, said=said, team=None).note_id
        for name, (actor, said) in about.items()
    }

    def fired(user: str, name: str, does: str) -> str:
        visitor = visit(user)
        store = f"tasks-note-{'open' if does == 'open' else 'do'}-request"
        output = next(o for o, d in visitor.dependencies.items() if d["inputs"][0]["id"] == store)
        asked = {"do": does, "note": numbers[name], "version": 1}
        values = {f"{store}.data": asked, "filters.data": visitor.filters()}
        answer = visitor.fire(output, values)
        assert answer.status == 200
        return answer.text

    for name, user, is_open in (
        ("of-my-rep", "rep", True),
        ("of-my-rep", "lead", True),
        ("of-the-admin", "lead", False),
        ("of-the-admin", "executive", True),
        ("of-my-rep", "admin", True),
        ("for-nobody", "lead", False),
        ("on-foreign", "lead", False),
        ("on-foreign", "rep", True),
    ):
        assert (name in fired(user, name, "open")) is is_open, (name, user)
    for name, user in (("of-the-admin", "lead"), ("on-foreign", "lead"), ("for-nobody", "lead")):
        assert "may change" in fired(user, name, "delete")
        found = notes.note_of(
            state(), notes.NoteReader(about[name][0].user_id, None), numbers[name]
        )
        assert found is not None
        assert found.deleted_at is None
    assert "is deleted" in fired("lead", "of-my-rep", "delete")
    assert "of-my-rep" not in words(visit, "rep")


# --- what followed ---------------------------------------------------------------------------


def closed(customer: str | None, outcome: str | None, on: date, owner: str = "user:admin") -> None:
    """Open a task and close it on a day of the data."""
    number = opened(f"closed for {customer}", owner, customer)
    values = {"state": "done", "outcome": outcome}
    tasks.change_tasks(state(), actor=ADMIN, wanted=[Wanted(number, 1, values)], today=on)


def followed(visit: Visit, user: str, search: str = "?tasks=whose:all") -> list[dict[str, str]]:
    """Return the rows behind the panel as its file holds them."""
    answer = visit(user).get(f"/export/tasks-followed.csv{search}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def told(visit: Visit, user: str, search: str = "?tasks=whose:all") -> str:
    return visit(user).open("/tasks", search).of("tasks-followed.children").words


def test_what_followed_counts_customers_in_scope_and_says_what_still_runs(
    visit: Visit, demo: Demo, own: str, foreign: str
) -> None:
    until = demo.filters().calendar.until
    closed(own, "reached", until - timedelta(days=90))
    closed(own, "ordered", until - timedelta(days=40))
    closed(own, "lost", until - timedelta(days=29))
    closed(foreign, "reached", until - timedelta(days=90), owner="user:lead")
    closed(own, None, until - timedelta(days=90))
    closed(None, "reached", until - timedelta(days=90))
    opened("still open", customer=own)
    assert {row["Customer number"] for row in followed(visit, "lead")} == {own}
    assert {row["Customer number"] for row in followed(visit, "executive")} == {own, foreign}
    blank = {
        row["How it ended"]: (row["Ordered, 30 days"] == "", row["Ordered, 90 days"] == "")
        for row in followed(visit, "lead")
    }
    assert blank == {"reached": (False, False), "ordered": (False, True), "lost": (True, True)}
    page = visit("lead").open("/tasks", "?tasks=whose:all")
    words = page.of("tasks-followed.children").words
    assert foreign not in page.text
    assert words.count("1 not over yet") == 3
    assert "of 1" in words
    assert "no comparison with customers who were not treated" in words
    assert "Experiments compare" in words
    assert words.count("Customer ") == 3


def test_what_followed_is_of_the_listed_tasks(visit: Visit, demo: Demo, own: str) -> None:
    rep, long_ago = demo.reader("rep").rep_id, demo.filters().calendar.until - timedelta(days=100)
    mine = sorted(customers_of(demo, "rep"))[:3]
    for who, outcome, owner in zip(
        mine, OUTCOMES[:3], ("user:rep", f"rep:{rep}", "user:admin"), strict=True
    ):
        closed(who, outcome, long_ago, owner)
    everything = "?tasks=whose:all"

    def behind(search: str) -> set[str]:
        visitor = visit("rep")
        words = visitor.rows("tasks-followed", visitor.filters(search)).words
        return {who for who in mine if who in words}

    assert behind(everything) == set(mine)
    assert behind("") == set(mine[:2])
    assert behind(f"{everything}&owner=rep:{rep}") == set(mine[1:2])
    # What is due when, and in what state the list is, says nothing of those that are closed.
    assert behind(f"{everything},state:open,due:late") == set(mine)
    assert "choose all tasks above" in told(visit, "lead", "")
    assert "choose all tasks above" not in told(visit, "lead", "?tasks=whose:all&find=nothing")
    assert "No closed task" in told(visit, "lead", "?tasks=whose:all&find=nothing")


def test_closed_tasks_of_others_take_no_customer_out_of_what_followed(
    visit: Visit, demo: Demo, own: str
) -> None:
    """Of more closed tasks than were once handed to a question, all but the first are foreign."""
    until = demo.filters().calendar.until
    closed(own, "reached", until - timedelta(days=120))
    strangers = sorted(customers_of(demo, "executive") - customers_of(demo, "lead"))
    drafts = [
        Draft("Call", Owner.from_text("user:admin"), customer_id=strangers[i % len(strangers)])
        for i in range(2_001)
    ]
    numbers = tasks.open_tasks(state(), actor=ADMIN, drafts=drafts).task_ids
    latest = {"state": "done", "closed_on": until - timedelta(days=100), "outcome": "lost"}
    with writing(state()) as connection:
        connection.execute(update(task).where(task.c.task_id.in_(numbers)).values(**latest))
    assert {row["Customer number"] for row in followed(visit, "lead")} == {own}
    assert "Only the latest" not in told(visit, "lead")
    assert len(followed(visit, "executive")) == 1 + len(strangers)


def test_the_latest_closed_tasks_are_looked_at_and_the_cut_is_told(
    visit: Visit, demo: Demo, own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = demo.filters().calendar.until
    for days, outcome in ((120, "lost"), (110, "ordered"), (100, "reached")):
        closed(own, outcome, until - timedelta(days=days))
    monkeypatch.setattr(_treated, "MOST_TREATED", 3)
    assert "Only the latest" not in told(visit, "lead")
    monkeypatch.setattr(_treated, "MOST_TREATED", 2)
    assert "Only the latest" in told(visit, "lead")
    assert {row["How it ended"] for row in followed(visit, "lead")} == {"reached", "ordered"}

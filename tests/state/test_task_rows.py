"""Tasks: opened once, changed by who has read them, taken back, by two writers at once."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.access.demo_readers import DEMO_READERS
from data.access.reader import Reader
from data.access.roles import ROLES, Role
from data.domain.task import (
    FIELDS,
    OUTCOMES,
    PRIORITIES,
    STATES,
    Draft,
    Origin,
    Owner,
    TaskError,
    as_texts,
    checked,
    from_texts,
)
from data.state import tasks
from data.state.audit import NotAllowedError, entries, verify
from data.state.task_lists import TaskQuery, listed
from data.state.task_rows import TaskRecord
from data.state.tasks import TaskActionError, UnknownTaskError, Wanted

LEAD = DEMO_READERS["lead"]
REP = Reader("rep", "Rep", ROLES["rep"], rep_id="R1")
POWERLESS = Reader("lead", "Lead", Role("none", "None", frozenset()))
TODAY = date(2026, 6, 20)
RULE = Origin("rule", "silent", "2026-W25", is_once=True)


def opened(database: Engine, count: int = 1, actor: Reader = LEAD, **about: Any) -> tuple[int, ...]:
    """Return the numbers of new tasks."""
    owner = about.pop("owner", Owner("user", actor.user_id))
    drafts = [Draft(**{"title": f"Call {i}", "owner": owner, **about}) for i in range(count)]
    return tasks.open_tasks(database, actor=actor, drafts=drafts).task_ids


def change(database: Engine, found: TaskRecord, actor: Reader = LEAD, **values: Any) -> tasks.Done:
    """Change one task as it was read."""
    wanted = [Wanted(found.task_id, found.version, values)]
    return tasks.change_tasks(database, actor=actor, wanted=wanted, today=TODAY)


def test_many_are_opened_at_once_with_one_row_in_the_log(database: Engine) -> None:
    ids = opened(database, 1_203, customer_id="C1")
    assert ids == tuple(range(1, 1_204))
    (entry,) = entries(database, "task/several")
    assert (entry.action, entry.actor, entry.details["tasks"]) == ("tasks-opened", "lead", [*ids])
    assert verify(database).is_whole
    found = tasks.task(database, 7)
    assert (found.title, found.state, found.version, found.made_by) == ("Call 6", "open", 1, "lead")


def test_a_rule_opens_one_task_per_window_and_customer(database: Engine) -> None:
    drafts = [
        Draft("Call", Owner("rep", "R1"), customer_id=f"C{i % 600}", origin=RULE)
        for i in range(900)
    ]
    first = tasks.open_tasks(database, actor=LEAD, drafts=drafts)
    assert (len(first.task_ids), first.already) == (600, 300)
    tasks.undo(database, actor=LEAD, action_id=first.action_id)
    again = tasks.open_tasks(database, actor=LEAD, drafts=drafts)
    assert (again.task_ids, again.already) == ((), 900)
    later = Origin("rule", "silent", "2026-W26", is_once=True)
    draft = Draft("Call", Owner("rep", "R1"), customer_id="C1", origin=later)
    assert tasks.open_tasks(database, actor=LEAD, drafts=[draft]).task_ids == (601,)


def test_two_schedulers_at_once_open_each_task_once(
    database: Engine, open_it: Callable[[], Engine]
) -> None:
    drafts = [
        Draft("Call", Owner("rep", "R1"), customer_id=f"C{i}", origin=RULE) for i in range(50)
    ]
    others = [open_it() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        made = [pool.submit(tasks.open_tasks, d, actor=LEAD, drafts=drafts) for d in others]
        numbers = [n for each in made for n in each.result().task_ids]
    assert sorted(numbers) == list(range(1, 51))
    assert len(listed(database, TaskQuery(), limit=100)) == 50
    assert verify(database).is_whole


def test_of_two_who_read_the_same_version_one_is_told(
    database: Engine, open_it: Callable[[], Engine]
) -> None:
    (number,) = opened(database)
    read, others = tasks.task(database, number), [open_it() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        made = [pool.submit(change, d, read, title=f"Writer {i}") for i, d in enumerate(others)]
        done = [each.result() for each in made]
    winners = [each for each in done if each.task_ids]
    assert len(winners) == 1
    now = tasks.task(database, number)
    assert now.version == 2
    assert [each.stale for each in done if not each.task_ids] == [(now,)] * 3
    assert len(tasks.history(database, number)) == 2


def test_what_is_stale_stays_and_the_rest_is_changed(database: Engine) -> None:
    ids = opened(database, 3)
    change(database, tasks.task(database, ids[1]), priority="high")
    wanted = [Wanted(i, 1, {"state": "doing"}) for i in ids]
    done = tasks.change_tasks(database, actor=LEAD, wanted=wanted, today=TODAY)
    assert done.task_ids == (ids[0], ids[2])
    assert [each.task_id for each in done.stale] == [ids[1]]
    assert tasks.task(database, ids[1]).state == "open"


def test_an_outcome_closes_and_opening_again_forgets_it(database: Engine) -> None:
    (number,) = opened(database)
    change(database, tasks.task(database, number), outcome="ordered")
    closed = tasks.task(database, number)
    assert (closed.state, closed.outcome, closed.closed_on) == ("done", "ordered", TODAY)
    change(database, closed, state="doing")
    again = tasks.task(database, number)
    assert (again.state, again.outcome, again.closed_on) == ("doing", None, None)
    assert not change(database, again, state="doing").task_ids


def random_values(dice: random.Random) -> dict[str, Any]:
    """Return some fields with values that a task may hold."""
    every: dict[str, Any] = {
        "title": dice.choice(["Call", "拜访客户", "  x  "]),
        "owner": Owner("user", "lead"),
        "due_on": dice.choice([None, TODAY + timedelta(days=dice.randint(-400, 400))]),
        "priority": dice.choice(PRIORITIES),
        "state": dice.choice(STATES),
        "outcome": dice.choice([None, *OUTCOMES]),
        "note": dice.choice(["", "two\nlines", "'; DROP TABLE task --"]),
    }
    return {key: every[key] for key in dice.sample(FIELDS, dice.randint(1, len(FIELDS)))}


def kept(found: TaskRecord) -> dict[str, Any]:
    """Return everything of a task but who wrote it last and how often."""
    passing = ("version", "changed_at", "changed_by")
    return {name: v for name, v in vars(found).items() if name not in passing}


def test_undo_gives_every_field_back_whatever_was_changed(
    database: Engine, dice: random.Random
) -> None:
    ids = opened(database, 4, due_on=TODAY, note="before")
    for _ in range(12):
        before = tasks.tasks(database, ids)
        wanted = [Wanted(i, t.version, random_values(dice)) for i, t in before.items()]
        done = tasks.change_tasks(database, actor=LEAD, wanted=wanted, today=TODAY)
        if not done.task_ids:
            continue
        if dice.random() < 0.7:
            undone = tasks.undo(database, actor=LEAD, action_id=done.action_id)
            assert sorted(undone.task_ids) == sorted(done.task_ids)
            after = tasks.tasks(database, ids)
            assert {i: kept(t) for i, t in after.items()} == {i: kept(t) for i, t in before.items()}
        for found in tasks.tasks(database, ids).values():
            versions = [each.version for each in tasks.history(database, found.task_id)]
            assert versions == list(range(found.version, 0, -1))


def test_undo_leaves_what_somebody_has_changed_since(database: Engine) -> None:
    ids = opened(database, 2)
    wanted = [Wanted(i, 1, {"priority": "low"}) for i in ids]
    done = tasks.change_tasks(database, actor=LEAD, wanted=wanted, today=TODAY)
    change(database, tasks.task(database, ids[0]), note="seen")
    undone = tasks.undo(database, actor=LEAD, action_id=done.action_id)
    assert undone.task_ids == (ids[1],)
    assert [each.task_id for each in undone.stale] == [ids[0]]
    assert tasks.task(database, ids[0]).priority == "low"
    assert tasks.task(database, ids[1]).priority == "normal"


def test_undone_tasks_that_were_opened_are_in_no_list(database: Engine) -> None:
    made = tasks.open_tasks(database, actor=LEAD, drafts=[Draft("Call", Owner("user", "lead"))] * 2)
    tasks.undo(database, actor=LEAD, action_id=made.action_id)
    assert not listed(database, TaskQuery(), limit=10)
    found = tasks.task(database, made.task_ids[0])
    assert change(database, found, priority="high").stale


def test_nobody_undoes_what_is_not_theirs_or_is_an_undo(database: Engine) -> None:
    made = tasks.open_tasks(database, actor=LEAD, drafts=[Draft("Call", Owner("user", "lead"))])
    with pytest.raises(TaskActionError):
        tasks.undo(database, actor=DEMO_READERS["admin"], action_id=made.action_id)
    undone = tasks.undo(database, actor=LEAD, action_id=made.action_id)
    for action in (undone.action_id, "nothing"):
        with pytest.raises(TaskActionError):
            tasks.undo(database, actor=LEAD, action_id=action)


# --- who may ---------------------------------------------------------------------------------


def test_without_the_right_nothing_is_opened_changed_or_undone(database: Engine) -> None:
    (number,) = opened(database)
    found = tasks.task(database, number)
    for attempt in (
        lambda: opened(database, actor=POWERLESS),
        lambda: change(database, found, actor=POWERLESS, title="x"),
        lambda: tasks.undo(database, actor=POWERLESS, action_id="x"),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    assert tasks.task(database, number) == found


def test_a_rep_works_on_own_tasks_and_gives_them_to_nobody_else(database: Engine) -> None:
    (own,) = opened(database, actor=REP, owner=Owner("rep", "R1"))
    (given,) = opened(database, owner=Owner("rep", "R1"))
    (foreign,) = opened(database, owner=Owner("rep", "R2"))
    for number in (own, given):
        assert change(database, tasks.task(database, number), actor=REP, state="done").task_ids
    for number, values in ((foreign, {"state": "done"}), (own, {"owner": Owner("rep", "R2")})):
        with pytest.raises(NotAllowedError):
            change(database, tasks.task(database, number), actor=REP, **values)
    with pytest.raises(NotAllowedError):
        opened(database, actor=REP, owner=Owner("rep", "R2"))
    assert tasks.task(database, foreign).state == "open"


def test_a_task_that_is_not_there_is_named(database: Engine) -> None:
    wanted = [Wanted(99, 1, {"state": "done"})]
    with pytest.raises(UnknownTaskError, match="99"):
        tasks.change_tasks(database, actor=LEAD, wanted=wanted, today=TODAY)


# --- what a task may say ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        *({"title": v} for v in ("", "  ", "x" * 201, "two\nlines", None)),
        *({"owner": v} for v in ("ann", None, Owner("team", "T1"))),
        *({"due_on": v} for v in ("2026-06-20", date(1899, 12, 31), date(2200, 1, 1))),
        *({"state": v} for v in ("", "closed", None)),
        *({"note": v} for v in ("x" * 2_001, "\x00", "a\x1bb", None)),
        *({"priority": v} for v in ("", "urgent")),
        *({"outcome": v} for v in ("", "won")),
        {"made_by": "lead"},
    ],
)
def test_what_a_task_cannot_say_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(TaskError):
        checked(values)


def test_texts_of_a_form_are_the_fields_again(dice: random.Random) -> None:
    for _ in range(30):
        values = checked(random_values(dice))
        assert from_texts(as_texts(values)) == values
    for wrong in ({"due_on": "20.06.2026"}, {"owner": "ann"}):
        with pytest.raises(TaskError):
            from_texts(wrong)


# --- lists -----------------------------------------------------------------------------------


def test_a_list_equals_the_same_list_in_python(database: Engine, dice: random.Random) -> None:
    for i in range(40):
        (number,) = opened(
            database,
            owner=Owner(*dice.choice([("user", "lead"), ("rep", "R1"), ("rep", "lead")])),
            due_on=dice.choice([None, TODAY + timedelta(days=dice.randint(-9, 9))]),
            priority=dice.choice(PRIORITIES),
            title=dice.choice(["Call", "50 % off_er", "Visit"]) + f" {i}",
            note=dice.choice(["", "with 春"]),
        )
        if dice.random() < 0.5:
            change(database, tasks.task(database, number), state=dice.choice(STATES[1:]))
    every = listed(database, TaskQuery(), limit=100)
    assert [t.task_id for t in every] == [t.task_id for t in sorted(every, key=_order)]
    queries: list[tuple[TaskQuery, Callable[[TaskRecord], bool]]] = [
        (TaskQuery(owners=(Owner("rep", "R1"),)), lambda t: t.owner == Owner("rep", "R1")),
        (TaskQuery(states=("open", "doing")), lambda t: not t.is_closed),
        (TaskQuery(priority="high"), lambda t: t.priority == "high"),
        (TaskQuery(due_before=TODAY), lambda t: t.due_on is not None and t.due_on < TODAY),
        (TaskQuery(has_no_day=True), lambda t: t.due_on is None),
        (TaskQuery(words="% off_"), lambda t: "% off_" in t.title),
        (TaskQuery(words="CALL 春"), lambda t: "Call" in t.title and "春" in t.note),
    ]
    for query, holds in queries:
        found = listed(database, query, limit=100)
        assert [t.task_id for t in found] == [t.task_id for t in every if holds(t)], query
    parts = [listed(database, TaskQuery(), limit=7, offset=o) for o in range(0, 42, 7)]
    assert [t for part in parts for t in part] == list(every)


def _order(found: TaskRecord) -> tuple[Any, ...]:
    due = found.due_on or date.max
    return found.is_closed, due, PRIORITIES.index(found.priority), found.task_id

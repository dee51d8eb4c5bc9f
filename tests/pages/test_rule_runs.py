"""Runs of the rules over the demo company: tasks for the right people, once, with today's rights."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from data.access.demo_readers import demo_reader
from data.access.reader import scope_of
from data.domain.ready_rules import READY
from data.domain.rule import Condition
from data.state import firings, rules
from data.state.engine import reading, writing
from data.state.opening import open_with_users
from data.state.rule_tables import lease, rule_firing
from data.state.tables import account, task
from pages import _rule_runs, _scheduler
from pages._rule_runs import RuleRun, RunError, run_rules
from pages._scheduler import LEASE, Scheduler
from queries.rules import rule_customers
from queries.run import connect
from tests.conftest import Demo
from tests.queries.asking import ask
from tests.rules.making import rule_of


@pytest.fixture
def state(tmp_path: Path, duckdb_demo: Demo) -> Iterator[Engine]:
    """A state database with the demo users, while this process reads the demo company."""
    connect(duckdb_demo.cached())
    database = open_with_users("", var=tmp_path)
    yield database
    database.dispose()


def take_over(database: Engine, demo: Demo, user: str, key: str) -> rules.RuleRecord:
    ready = READY[key]
    rule = ready.taken_over(ready.name, ready.text)
    return rules.save_rule(database, actor=demo.reader(user), rule=rule)


def tasks_of(database: Engine) -> list[tuple[str, str, str | None]]:
    with reading(database) as connection:
        stmt = select(task.c.owner_kind, task.c.owner_id, task.c.customer_id)
        return [tuple(row) for row in connection.execute(stmt)]


def test_each_customer_within_the_owners_scope_gets_one_task(
    state: Engine, duckdb_demo: Demo
) -> None:
    about = take_over(state, duckdb_demo, "lead", "no-follow-up")
    (done,) = run_rules(state)
    info = duckdb_demo.fetcher.info()
    scope = scope_of(demo_reader("lead", info), info)
    rows = ask(duckdb_demo, rule_customers(about.rule), duckdb_demo.filters(), scope)
    wanted = {("rep", rep, who) for rep, who in zip(rows["rep"], rows["customer_id"], strict=True)}
    assert len(rows) > 20
    assert set(tasks_of(state)) == wanted
    assert (len(done.fired.customers), done.tasks) == (len(rows), len(rows))
    (again,) = run_rules(state)
    assert (again.fired.customers, again.fired.rested, again.tasks) == ((), len(rows), 0)
    assert len(tasks_of(state)) == len(rows)


def test_who_may_not_assign_gets_the_tasks(state: Engine, duckdb_demo: Demo) -> None:
    take_over(state, duckdb_demo, "rep", "no-follow-up")
    list(run_rules(state))
    assert {(kind, owner) for kind, owner, _ in tasks_of(state)} == {("user", "rep")}


def test_a_task_lost_in_a_crash_follows_with_the_next_run(
    state: Engine, duckdb_demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_over(state, duckdb_demo, "lead", "tier-drop")

    def dies(*_a: object, **_k: object) -> None:
        raise KeyboardInterrupt

    for where in ("open_tasks", "settle"):
        module = _rule_runs.tasks if where == "open_tasks" else firings
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(module, where, dies)
            list(run_rules(state))
    list(run_rules(state))
    ids = [who for _, _, who in tasks_of(state)]
    assert len(ids) == len(set(ids)) > 0
    with reading(state) as connection:
        assert sorted(connection.execute(select(rule_firing.c.customer_id)).scalars()) == sorted(
            ids
        )


def test_a_rule_runs_with_the_rights_its_owner_has_now(state: Engine, duckdb_demo: Demo) -> None:
    about = rules.save_rule(
        state,
        actor=duckdb_demo.reader("executive"),
        rule=rule_of(Condition("birthday", "within", 60)),
    )
    with writing(state) as connection:
        mine = update(account).where(account.c.user_id == "executive")
        connection.execute(mine.values(role="analyst"))
    (masked,) = run_rules(state)
    assert "may not see the field 'Birthday'" in masked.sentence
    with writing(state) as connection:
        connection.execute(mine.values(is_enabled=False))
    (closed,) = run_rules(state)
    assert "owner is closed" in closed.sentence
    assert firings.tallies(state) == {}
    assert rules.rule(state, about.rule_id).is_on


def test_a_past_day_is_run_as_it_was(state: Engine, duckdb_demo: Demo) -> None:
    take_over(state, duckdb_demo, "executive", "contract-ends")
    take_over(state, duckdb_demo, "executive", "no-senior")
    last = duckdb_demo.filters().calendar.as_of
    day = last - timedelta(days=40)
    exact, today_only = run_rules(state, as_of=day)
    assert exact.fired.customers
    assert "newest day only" in today_only.why_not
    with reading(state) as connection:
        assert set(connection.execute(select(rule_firing.c.day)).scalars()) == {day}
    for wrong in (last + timedelta(days=1), last - timedelta(days=90)):
        with pytest.raises(RunError, match="rules can be run"):
            list(run_rules(state, as_of=wrong))


# --- the scheduler ---------------------------------------------------------------------------


def test_one_of_two_schedulers_runs_and_the_next_may_after_it(
    state: Engine, duckdb_demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_over(state, duckdb_demo, "lead", "tier-drop")
    first, second = Scheduler(state), Scheduler(state)
    said: list[str] = []

    def meanwhile(database: Engine, **options: object) -> Iterator[RuleRun]:
        said.extend(second.run())
        yield from run_rules(database, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(_scheduler, "run_rules", meanwhile)
    (line,) = first.tick()
    assert "tasks opened" in line
    assert said == ["Another process is running the rules."]
    assert first.tick() == []
    monkeypatch.setattr(_scheduler, "run_rules", run_rules)
    (line,) = second.run()
    assert "fired for 0" in line


def test_who_lost_the_lease_writes_nothing_more(
    state: Engine, duckdb_demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_over(state, duckdb_demo, "lead", "tier-drop")

    def slept(database: Engine, **options: object) -> Iterator[RuleRun]:
        with writing(database) as connection:
            connection.execute(update(lease).values(fence=lease.c.fence + 1, holder="other"))
        yield from run_rules(database, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(_scheduler, "run_rules", slept)
    (line,) = Scheduler(state).run()
    assert "Another process has taken" in line
    assert firings.tallies(state) == {}
    with reading(state) as connection:
        assert connection.execute(select(lease.c.holder, lease.c.name)).one() == ("other", LEASE)

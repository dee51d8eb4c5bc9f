"""Rules in the state database: versions, one firing per window and customer, and the lease."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select

from data.access.demo_readers import DEMO_READERS
from data.domain.rule import Condition, RuleError
from data.state import firings, leases, rules
from data.state.accounts import ship_demo_users
from data.state.audit import NotAllowedError, verify
from data.state.engine import reading
from data.state.firings import MOST_FIRINGS, Met, Turn
from data.state.rule_tables import rule_firing
from tests.rules.making import rule_of
from tests.state.processes import finish, let_go, start

OLD = Condition("since_contact", "at_least", 30)
LEAD, REP, ADMIN = (DEMO_READERS[user] for user in ("lead", "rep", "admin"))
DAY = date(2026, 6, 20)
FIRE = """
from datetime import date
from data.state import firings, rules
from data.state.firings import Met, Turn
from data.state.opening import open_state
database = open_state(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
(about,) = rules.rules(database)
for step in range(12):
    met = [Met(f"c{n}") for n in range(step * 5, step * 5 + 20)]
    fired = firings.fire(database, about=about, met=met, turn=Turn(date(2026, 6, 20)))
    print(len(fired.customers), flush=True)
"""


@pytest.fixture
def users(database: Engine) -> Engine:
    """A database with the five demo users."""
    ship_demo_users(database)
    return database


def add(database: Engine, **changed: object) -> rules.RuleRecord:
    return rules.save_rule(database, actor=LEAD, rule=rule_of(OLD, **changed))


def count(database: Engine) -> int:
    with reading(database) as connection:
        return connection.execute(select(func.count()).select_from(rule_firing)).scalar_one()


def test_a_rule_is_saved_in_versions(users: Engine) -> None:
    first = add(users, name="First")
    second = rules.save_rule(
        users, actor=LEAD, rule=rule_of(OLD, name="Second"), rule_id=first.rule_id, version=1
    )
    with pytest.raises(rules.StaleRuleError) as stale:
        rules.save_rule(users, actor=LEAD, rule=first.rule, rule_id=first.rule_id, version=1)
    assert stale.value.now == second
    off = rules.switch_rule(users, actor=LEAD, rule_id=first.rule_id, is_on=False)
    assert rules.history(users, first.rule_id) == [off, second, first]
    rules.remove_rule(users, actor=LEAD, rule_id=first.rule_id)
    assert rules.rules(users) == []
    with pytest.raises(rules.UnknownRuleError):
        rules.rule(users, first.rule_id)
    assert verify(users).is_whole


def test_what_makes_no_sense_is_not_saved(users: Engine) -> None:
    with pytest.raises(RuleError, match="never fire"):
        rules.save_rule(users, actor=LEAD, rule=rule_of(OLD, Condition("since_contact", "never")))
    assert rules.rules(users) == []


def test_rules_belong_to_their_owners(users: Engine) -> None:
    made = add(users)
    for change in (
        lambda: rules.save_rule(users, actor=REP, rule=made.rule, rule_id=made.rule_id),
        lambda: rules.switch_rule(users, actor=REP, rule_id=made.rule_id, is_on=False),
        lambda: rules.remove_rule(users, actor=REP, rule_id=made.rule_id),
        lambda: rules.save_rule(users, actor=ADMIN, rule=made.rule, rule_id=made.rule_id),
        lambda: rules.save_rule(users, actor=replace(LEAD, viewed_by="admin"), rule=made.rule),
    ):
        with pytest.raises(NotAllowedError):
            change()
    assert not rules.switch_rule(users, actor=ADMIN, rule_id=made.rule_id, is_on=False).is_on
    with pytest.raises(NotAllowedError):
        rules.switch_rule(users, actor=ADMIN, rule_id=made.rule_id, is_on=True)


# --- firings ---------------------------------------------------------------------------------


def fired(database: Engine, about: rules.RuleRecord, day: date, *ids: str) -> list[str]:
    found = firings.fire(database, about=about, met=[Met(i) for i in ids], turn=Turn(day))
    assert len(found.customers) + found.rested + found.left == len(ids)
    return [m.customer_id for m in found.customers]


def test_a_customer_is_met_once_per_window_and_rests(users: Engine) -> None:
    about = add(users, window="week", cool_down=3)
    assert fired(users, about, DAY, "a", "b") == ["a", "b"]
    assert fired(users, about, DAY, "a", "b", "c") == ["c"]
    # 20 June 2026 is a Saturday: the next week begins on the 22nd, the pause ends on the 23rd.
    assert fired(users, about, DAY + timedelta(days=1), "a") == []
    assert fired(users, about, DAY + timedelta(days=2), "a") == []
    assert fired(users, about, DAY + timedelta(days=3), "a") == ["a"]
    assert fired(users, about, DAY + timedelta(days=8), "a") == []
    assert firings.tallies(users)[about.rule_id] == firings.Tally(4, DAY + timedelta(days=3))


def test_what_changed_meanwhile_does_not_fire(users: Engine) -> None:
    about = add(users)
    rules.switch_rule(users, actor=LEAD, rule_id=about.rule_id, is_on=False)
    assert firings.fire(users, about=about, met=[Met("a")], turn=Turn(DAY)).customers == ()
    rules.switch_rule(users, actor=LEAD, rule_id=about.rule_id, is_on=True)
    assert firings.fire(users, about=about, met=[Met("a")], turn=Turn(DAY)).customers == ()
    assert fired(users, rules.rule(users, about.rule_id), DAY, "a") == ["a"]


def test_a_run_has_an_upper_bound_and_the_next_goes_on(
    users: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firings, "MOST_FIRINGS", 3)
    assert MOST_FIRINGS > 1_000
    about = add(users)
    assert fired(users, about, DAY, *"abcde") == ["a", "b", "c"]
    assert fired(users, about, DAY, *"abcde") == ["d", "e"]


def test_what_follows_is_written_whole_or_not_at_all(users: Engine) -> None:
    about = add(users)

    def breaks(*_: object) -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        firings.fire(users, about=about, met=[Met("a")], turn=Turn(DAY), also=breaks)
    assert count(users) == 0
    assert fired(users, about, DAY, "a") == ["a"]
    (waits,) = firings.pending(users, about.rule_id)
    assert (waits.customer_id, waits.day) == ("a", DAY)
    firings.settle(users, about.rule_id, [waits])
    assert firings.pending(users, about.rule_id) == []


def test_two_processes_fire_once_for_each(users: Engine, state_url: str) -> None:
    add(users)
    started = [start(FIRE, state_url) for _ in range(2)]
    let_go(started)
    told = finish(started)
    assert all(code == 0 for code, _ in told), told
    assert sum(int(n) for _, said in told for n in said.split()) == count(users) == 75
    assert verify(users).is_whole


# --- the lease -------------------------------------------------------------------------------


def test_a_lease_is_held_by_one_and_fences_late_ones_out(users: Engine) -> None:
    about = add(users)
    first = leases.take(users, "rules", holder="a", seconds=60)
    assert (first, leases.take(users, "rules", holder="b", seconds=60)) == (1, None)
    assert leases.take(users, "rules", holder="a", seconds=0) == 1
    second = leases.take(users, "rules", holder="b", seconds=60)
    assert second == 2
    late = Turn(DAY, ("rules", 1))
    with pytest.raises(leases.LostLeaseError):
        firings.fire(users, about=about, met=[Met("a")], turn=late)
    assert count(users) == 0
    holding = Turn(DAY, ("rules", 2))
    assert len(firings.fire(users, about=about, met=[Met("a")], turn=holding).customers) == 1
    leases.give_back(users, "rules", holder="b")
    assert leases.take(users, "rules", holder="a", seconds=60) == 3


def test_one_of_many_gets_the_lease(users: Engine) -> None:
    def take(n: int) -> int | None:
        return leases.take(users, "rules", holder=str(n), seconds=60)

    with ThreadPoolExecutor(8) as pool:
        got = [fence for fence in pool.map(take, range(16)) if fence is not None]
    assert got == [1]

"""The outbox: one row per cause and channel, at least one delivery, and nothing lost."""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select, update

from data.access.demo_readers import DEMO_READERS
from data.channels.delivery import deliver
from data.domain.channel import ChannelError, Config, Message
from data.state import outbox
from data.state.accounts import ship_demo_users
from data.state.audit import NotAllowedError, entries, utc_now
from data.state.channels import add_channel, channels, config_of, remove_channel
from data.state.engine import reading, writing
from data.state.outbox import WAITS, Cause, UnknownMessageError, wait_before
from data.state.rule_tables import channel as channel_table
from data.state.rule_tables import outbox as table
from tests.rules.receivers import WebReceiver
from tests.state.processes import start

ADMIN, LEAD = DEMO_READERS["admin"], DEMO_READERS["lead"]
DAY = date(2026, 6, 20)
SECRET = "a-secret-that-nobody-sees"
DELIVER = """
from data.channels.delivery import deliver
from data.state.opening import open_state
database = open_state(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
while deliver(database, most=20).sent:
    pass
"""


@pytest.fixture
def receiver() -> Callable[[], WebReceiver]:
    """A web server on this machine that notes what it is sent."""
    found = WebReceiver()
    yield found  # type: ignore[misc]
    found.close()


@pytest.fixture
def users(database: Engine, monkeypatch: pytest.MonkeyPatch, receiver: WebReceiver) -> Engine:
    """A database with the demo users, from which messages may go to the receiver."""
    monkeypatch.setenv("CHANNEL_HOSTS", f"127.0.0.1:{receiver.port}")
    ship_demo_users(database)
    return database


def add(database: Engine, receiver: WebReceiver, name: str = "Hook") -> str:
    config = Config("webhook", f"http://127.0.0.1:{receiver.port}/in?key=k1", SECRET)
    return add_channel(database, actor=ADMIN, name=name, config=config).channel_id


def put(database: Engine, channel_ids: list[str], count: int = 1) -> int:
    messages = [
        (Cause("rule", "r1", DAY, f"c{n}"), Message("", f"s{n}", "t")) for n in range(count)
    ]
    with writing(database) as connection:
        return outbox.put(connection, messages, channel_ids)


def make_due(database: Engine) -> None:
    with writing(database) as connection:
        due = update(table).where(table.c.state.in_(("waiting", "sending")))
        connection.execute(due.values(due_at=utc_now() - timedelta(seconds=1)))


def rows(database: Engine) -> int:
    with reading(database) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_same_cause_is_one_row_per_channel(users: Engine, receiver: WebReceiver) -> None:
    one, two = add(users, receiver), add(users, receiver, "Other")
    assert put(users, [one, two], 600) == 1_200
    assert put(users, [two, one, one, "gone"], 601) == 2
    assert rows(users) == 1_202


def test_a_taken_message_is_sent_once(users: Engine, receiver: WebReceiver) -> None:
    put(users, [add(users, receiver)], 3)
    assert (deliver(users).sent, deliver(users).sent) == (3, 0)
    assert outbox.counts(users) == {"sent": 3}
    assert len({key for key, _ in receiver.got}) == 3


def test_a_target_that_is_down_is_tried_ever_less_often_and_then_told(
    users: Engine, receiver: WebReceiver
) -> None:
    put(users, [add(users, receiver)])
    receiver.answer = 503
    for attempt in range(1, len(WAITS) + 2):
        assert deliver(users).failed == 1, attempt
        assert deliver(users).failed == 0
        make_due(users)
    assert outbox.counts(users) == {"dead": 1}
    (letter,) = outbox.letters(users)
    assert "HTTP 503" in letter.said
    assert len({key for key, _ in receiver.got}) == 1
    with pytest.raises(NotAllowedError):
        outbox.send_again(users, actor=LEAD)
    assert outbox.send_again(users, actor=ADMIN, key=letter.key) == 1
    with pytest.raises(UnknownMessageError):
        outbox.send_again(users, actor=ADMIN, key=letter.key)
    receiver.answer = 200
    assert deliver(users).sent == 1
    assert receiver.got[-1][0] == letter.key
    assert entries(users, "outbox")[-1].action == "sent-again"


def test_a_channel_that_is_away_costs_one_attempt_of_one_message(
    users: Engine, receiver: WebReceiver
) -> None:
    put(users, [add(users, receiver)], 10)
    receiver.close()
    done = deliver(users)
    assert (done.sent, done.failed, done.left) == (0, 1, 9)
    with reading(users) as connection:
        spent = Counter(connection.execute(select(table.c.attempts)).scalars())
    assert spent == {0: 9, 1: 1}


def test_waits_grow_and_differ(users: Engine) -> None:
    for attempt, minutes in enumerate(WAITS, start=1):
        waits = {wait_before(f"k{n}", attempt) for n in range(50)}
        assert len(waits) > 40
        assert (
            timedelta(minutes=minutes)
            <= min(waits)
            <= max(waits)
            < timedelta(minutes=minutes * 1.21)
        )
    assert sum(WAITS) > 60  # An hour without the target loses nothing.


def test_another_workers_claim_is_left_alone(users: Engine, receiver: WebReceiver) -> None:
    put(users, [add(users, receiver)])
    (late,) = outbox.claim(users)
    assert outbox.claim(users) == []
    make_due(users)
    (second,) = outbox.claim(users)
    outbox.note_failed(users, late, said="late", is_passing=False)
    assert outbox.counts(users) == {"sending": 1}
    outbox.note_sent(users, second)
    outbox.note_failed(users, late, said="late", is_passing=False)
    assert outbox.counts(users) == {"sent": 1}


def test_killed_workers_lose_nothing_and_repeat_only_what_was_on_its_way(
    users: Engine, receiver: WebReceiver, state_url: str, many: Callable[[int, int], int]
) -> None:
    count, kills = many(120, 10_000), many(3, 12)
    put(users, [add(users, receiver)], count)
    for kill in range(kills):
        worker = _started(state_url)
        receiver.wait_for(len(receiver.got) + max(1, count // (kills * 3)))
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
        make_due(users)
        assert outbox.counts(users).get("sent", 0) <= len(receiver.got), kill
    while deliver(users).sent:
        pass
    times = Counter(key for key, _ in receiver.got)
    assert outbox.counts(users) == {"sent": count}
    assert rows(users) == len(times) == count
    assert sum(times.values()) - count <= kills


def _started(state_url: str) -> "subprocess.Popen[str]":
    worker = start(DELIVER, state_url)
    assert worker.stdout is not None
    assert worker.stdin is not None
    assert worker.stdout.readline() == "ready\n"
    worker.stdin.write("go\n")
    worker.stdin.flush()
    return worker


# --- channels --------------------------------------------------------------------------------


def test_what_is_secret_is_neither_shown_nor_kept_in_clear(
    users: Engine, receiver: WebReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = add(users, receiver)
    with reading(users) as connection:
        kept = str(connection.execute(select(channel_table)).mappings().one())
    shown = str(channels(users)) + str(entries(users, f"channel/{key}"))
    for text in (kept, shown):
        assert SECRET not in text
        assert "key=k1" not in text
    assert config_of(users, key).secret == SECRET
    from data import settings

    monkeypatch.setenv("SECRET_KEY", "another-secret-key-of-more-than-32-letters")
    settings.secret_key.cache_clear()
    with pytest.raises(ChannelError, match="Add it anew"):
        config_of(users, key)
    monkeypatch.undo()
    settings.secret_key.cache_clear()


def test_only_who_manages_channels_adds_and_removes_them(
    users: Engine, receiver: WebReceiver
) -> None:
    key = add(users, receiver)
    with pytest.raises(NotAllowedError):
        add_channel(users, actor=LEAD, name="x", config=config_of(users, key))
    with pytest.raises(NotAllowedError):
        remove_channel(users, actor=LEAD, channel_id=key)
    put(users, [key])
    remove_channel(users, actor=ADMIN, channel_id=key)
    assert channels(users) == []
    assert deliver(users).failed == 1
    assert outbox.counts(users) == {"dead": 1}
    with reading(users) as connection:
        assert connection.execute(select(channel_table.c.sealed)).scalar_one() == ""

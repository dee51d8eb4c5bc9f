"""10,000 messages, the target away at first, workers killed: what arrived and how often.

`python -m benchmarks.outbox [--messages N] [--kills N]` prints Markdown. The hour without a target
is skipped by setting the messages due, not by waiting: every attempt in it is really made.
"""

import argparse
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select, update

from data.access.demo_readers import DEMO_READERS
from data.channels.delivery import deliver
from data.domain.channel import Config, Message
from data.state import outbox
from data.state.audit import utc_now
from data.state.channels import add_channel
from data.state.engine import reading, writing
from data.state.opening import open_with_users
from data.state.outbox import Cause
from data.state.rule_tables import outbox as table
from tests.rules.receivers import WebReceiver
from tests.state.processes import start
from tests.state.test_outbox import DELIVER

#: Passes over the queue while the target is away: as many as the waits of an hour allow.
AWAY = 4


def report(messages: int = 10_000, kills: int = 12) -> list[str]:
    """Return what came of it as lines of Markdown."""
    receiver = WebReceiver()
    with tempfile.TemporaryDirectory() as folder, _allowed(receiver.port):
        var = Path(folder)
        database = open_with_users("", var=var)
        config = Config("webhook", f"http://127.0.0.1:{receiver.port}/", "a-secret-to-sign")
        hook = add_channel(database, actor=DEMO_READERS["admin"], name="Hook", config=config)
        for _ in range(2):
            added = _put(database, hook.channel_id, messages)
        receiver.answer = 503
        for _ in range(AWAY):
            _all_once(database)
        refused, receiver.answer = len(receiver.got), 200
        receiver.got.clear()
        _kill(database, receiver, f"sqlite:///{var}/state.db", kills)
        while deliver(database).sent:
            pass
        lines = _told(database, receiver, refused=refused, kills=kills)
        database.dispose()
    receiver.close()
    return [
        f"{messages:,} messages put into the outbox twice (the second time {added} new).",
        *lines,
    ]


@contextmanager
def _allowed(port: int) -> Iterator[None]:
    os.environ["CHANNEL_HOSTS"] = f"127.0.0.1:{port}"
    try:
        yield
    finally:
        del os.environ["CHANNEL_HOSTS"]


def _put(database: Engine, channel_id: str, count: int) -> int:
    day = date(2026, 6, 20)
    messages = [
        (Cause("rule", "r1", day, f"c{n}"), Message("", f"s{n}", "t")) for n in range(count)
    ]
    with writing(database) as connection:
        return outbox.put(connection, messages, [channel_id])


def _all_once(database: Engine) -> None:
    """Let every message have one attempt."""
    _make_due(database)
    while deliver(database, most=500).failed:
        pass


def _make_due(database: Engine) -> None:
    with writing(database) as connection:
        waits = table.c.state.in_(("waiting", "sending"))
        past = utc_now() - timedelta(seconds=1)
        connection.execute(update(table).where(waits).values(due_at=past))


def _kill(database: Engine, receiver: WebReceiver, url: str, kills: int) -> None:
    with reading(database) as connection:
        count = connection.execute(select(func.count()).select_from(table)).scalar_one()
    for _ in range(kills):
        _make_due(database)
        worker = start(DELIVER, url)
        assert worker.stdout
        assert worker.stdin
        worker.stdout.readline()
        worker.stdin.write("go\n")
        worker.stdin.flush()
        receiver.wait_for(len(receiver.got) + count // (kills * 2))
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
    time.sleep(0.1)
    _make_due(database)


def _told(database: Engine, receiver: WebReceiver, *, refused: int, kills: int) -> list[str]:
    times = Counter(key for key, _ in receiver.got)
    with reading(database) as connection:
        rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
    sent = outbox.counts(database).get("sent", 0)
    repeats = sum(times.values()) - len(times)
    return [
        f"While the target refused, {refused:,} attempts. Then {kills} workers were killed while"
        f" sending. Rows: {rows:,}; sent: {sent:,}; different keys received: {len(times):,}; lost:"
        f" {rows - len(times):,}; repeats: {repeats} (at most {kills} were on their way)."
    ]


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=12)
    a = parser.parse_args()
    print("\n".join(report(a.messages, a.kills)))


if __name__ == "__main__":
    main()

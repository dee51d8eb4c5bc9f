"""The outbox: each message kept once, claimed for a while, sent at least once, never lost.

A message is written in the transaction of what caused it. A worker claims some, sends one after
the other and notes each at once; what a killed worker had claimed is claimed again when its time is
over. So only what was on its way at that moment can be sent twice, and then with the same key.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, func, insert, or_, select, update

from data.access.reader import Reader
from data.domain.canonical import canonical_json, sha256
from data.domain.channel import TAKING_FILES, File, Message
from data.state.audit import record, require, utc_now
from data.state.channels import MANAGE
from data.state.engine import StateError, reading, writing
from data.state.rule_tables import channel, outbox

#: Minutes before each further attempt; after the last one the message is a dead letter.
WAITS = (1, 5, 25, 60, 120, 240, 480)
#: How much longer a wait may be by chance, so that not all come back at once.
JITTER = 0.2
#: How long a worker may take for what it has claimed.
CLAIM_SECONDS = 300
#: Rows of one INSERT, and dead letters that are listed.
BATCH, LISTED = 500, 50
_t = outbox.c


class UnknownMessageError(StateError):
    """There is no such message."""


@dataclass(frozen=True)
class Cause:
    """What a message follows from: its source, the window, and the customer (blank: none)."""

    source: str
    source_id: str
    window_on: date
    customer_id: str = ""

    def key_for(self, channel_id: str) -> str:
        """Return the key of the message to a channel, the same at every attempt."""
        window = self.window_on.isoformat()
        parts = [self.source, self.source_id, window, self.customer_id, channel_id]
        return sha256(canonical_json(parts))


@dataclass(frozen=True)
class Claimed:
    """A message that this worker is to send now."""

    message: Message
    channel_id: str
    attempts: int
    holder: str


@dataclass(frozen=True)
class Letter:
    """One message as the page lists it."""

    key: str
    subject: str
    channel: str
    state: str
    attempts: int
    said: str
    made_at: datetime


def put(
    connection: Connection, messages: Sequence[tuple[Cause, Message]], channel_ids: Sequence[str]
) -> int:
    """Put messages to each channel into the outbox, in the transaction of their cause.

    What is there already stays as it is; return how many are new.
    """
    known = select(channel.c.channel_id, channel.c.kind).where(
        channel.c.channel_id.in_(channel_ids), channel.c.removed_at.is_(None)
    )
    present = [
        (key, kind) for key, kind in connection.execute(known.order_by(channel.c.channel_id))
    ]
    rows = [_row(cause, message, *c) for cause, message in messages for c in present]
    added = 0
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        keys = [row["message_key"] for row in part]
        there = set(
            connection.execute(select(_t.message_key).where(_t.message_key.in_(keys))).scalars()
        )
        if fresh := [row for row in part if row["message_key"] not in there]:
            connection.execute(insert(outbox), fresh)
            added += len(fresh)
    return added


def _row(cause: Cause, message: Message, channel_id: str, kind: str) -> dict[str, Any]:
    now, file = utc_now(), message.file if kind in TAKING_FILES else None
    body = {"subject": message.subject, "text": message.text, "link": message.link}
    if file:
        body["file"] = file.name
    return {
        "message_key": cause.key_for(channel_id),
        **vars(cause),
        "channel_id": channel_id,
        "body": canonical_json(body),
        "file": file.content if file else None,
        "state": "waiting",
        "attempts": 0,
        "due_at": now,
        "said": "",
        "made_at": now,
    }


# --- sending ---------------------------------------------------------------------------------


def claim(database: Engine, *, most: int = 50) -> list[Claimed]:
    """Return messages that are due, which nobody else gets until the claim is over."""
    holder, now = secrets.token_hex(16), utc_now()
    due = (
        select(_t.message_key)
        .where(_t.state.in_(("waiting", "sending")), _t.due_at <= now)
        .order_by(_t.due_at, _t.message_key)
        .limit(most)
    )
    with writing(database) as connection:
        keys = list(connection.execute(due).scalars())
        if not keys:
            return []
        until = now + timedelta(seconds=CLAIM_SECONDS)
        values = {"state": "sending", "holder": holder, "due_at": until}
        mine = _t.message_key.in_(keys)
        connection.execute(update(outbox).where(mine).values(**values))
        rows = connection.execute(select(outbox).where(mine).order_by(_t.made_at, _t.message_key))
        return [_claimed(row, holder) for row in rows.mappings()]


def _claimed(row: RowMapping, holder: str) -> Claimed:
    body = json.loads(row["body"])
    if name := body.pop("file", ""):
        body["file"] = File(name, row["file"])
    message = Message(row["message_key"], **body)
    return Claimed(message, row["channel_id"], row["attempts"], holder)


def note_sent(database: Engine, done: Claimed) -> None:
    """Note that a message was taken; its file is not kept any longer."""
    values = {"state": "sent", "ended_at": utc_now(), "attempts": done.attempts + 1}
    _note(database, done, **values, said="", file=None)


def note_failed(database: Engine, done: Claimed, *, said: str, is_passing: bool) -> None:
    """Note why a message was not taken: it waits for its next attempt, or is a dead letter."""
    attempts = done.attempts + 1
    values: dict[str, Any] = {"attempts": attempts, "said": said}
    if is_passing and attempts <= len(WAITS):
        values |= {
            "state": "waiting",
            "due_at": utc_now() + wait_before(done.message.key, attempts),
        }
    else:
        values |= {"state": "dead", "ended_at": utc_now()}
    _note(database, done, **values)


def put_back(database: Engine, done: Claimed, *, attempt: int) -> None:
    """Let a message wait like one of its channel that has just failed, its attempts unspent."""
    _note(
        database,
        done,
        state="waiting",
        due_at=utc_now() + wait_before(done.message.key, attempt),
    )


def wait_before(key: str, attempt: int) -> timedelta:
    """Return how long to wait after an attempt: ever longer, and a little different per message."""
    minutes = WAITS[min(attempt, len(WAITS)) - 1]
    share = int(sha256(f"{key}/{attempt}")[:8], 16) / 0xFFFFFFFF
    return timedelta(minutes=minutes * (1 + JITTER * share))


def _note(database: Engine, done: Claimed, **values: Any) -> None:
    """Change a message that is still this worker's; another's claim is left alone."""
    mine = (_t.message_key == done.message.key) & (_t.holder == done.holder)
    with writing(database) as connection:
        connection.execute(update(outbox).where(mine).values(holder=None, **values))


# --- what the page shows ---------------------------------------------------------------------


def counts(database: Engine) -> dict[str, int]:
    """Return how many messages are in each state."""
    stmt = select(_t.state, func.count()).group_by(_t.state)
    with reading(database) as connection:
        return {state: n for state, n in connection.execute(stmt)}


def letters(database: Engine, *, most: int = LISTED) -> list[Letter]:
    """Return the messages that were not taken yet, dead ones first, then the newest."""
    wanted = or_(_t.state == "dead", _t.attempts > 0)
    stmt = (
        select(outbox, channel.c.name.label("channel_name"))
        .join(channel, channel.c.channel_id == _t.channel_id)
        .where(wanted, _t.state != "sent")
        .order_by((_t.state != "dead"), _t.made_at.desc(), _t.message_key)
        .limit(most)
    )
    with reading(database) as connection:
        return [_letter(row) for row in connection.execute(stmt).mappings()]


def _letter(row: RowMapping) -> Letter:
    return Letter(
        key=row["message_key"],
        subject=json.loads(row["body"])["subject"],
        channel=row["channel_name"],
        state=row["state"],
        attempts=row["attempts"],
        said=row["said"],
        made_at=row["made_at"],
    )


def send_again(database: Engine, *, actor: Reader, key: str = "") -> int:
    """Let a dead letter, or all of them, be sent again under the same key; return how many."""
    require(database, actor=actor, permission=MANAGE, subject="outbox")
    dead = _t.state == "dead"
    mine = dead & (_t.message_key == key) if key else dead
    values = {"state": "waiting", "attempts": 0, "due_at": utc_now(), "ended_at": None}
    with writing(database) as connection:
        count = connection.execute(update(outbox).where(mine).values(**values)).rowcount
        if not count:
            raise UnknownMessageError("There is no such dead letter. Look at the list again.")
        details = {"messages": count, "key": key}
        record(
            connection, actor=actor.acting, action="sent-again", subject="outbox", details=details
        )
    return count

"""The audit log: who did what, in rows that are each sealed with the one before."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, insert, select

from data.access.permissions import PERMISSIONS
from data.access.reader import Reader
from data.access.roles import roles_with
from data.domain.canonical import canonical_json, sha256
from data.state.engine import StateError, reading, writing
from data.state.tables import audit

#: What the first row is sealed with.
NOTHING_BEFORE = "0" * 64


class NotAllowedError(StateError):
    """The actor lacks the permission for this write; the attempt is in the audit log."""


@dataclass(frozen=True)
class Entry:
    """One row of the log, as a reader sees it."""

    sequence: int
    at: datetime
    actor: str
    action: str
    details: Mapping[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: rows read, the last seal, and the first broken row if there is one."""

    rows: int
    head: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every row is as it was written."""
        return not self.reason

    @property
    def sentence(self) -> str:
        """What to tell the reader."""
        if self.is_whole:
            return f"{self.rows:,} rows, each sealed with the one before. Head: {self.head}"
        return f"The audit log is broken: {self.reason}. Restore it from a backup."


def utc_now() -> datetime:
    """Return the current UTC time as it is stored."""
    return datetime.now(UTC).replace(tzinfo=None)


def record(
    connection: Connection, *, actor: str, action: str, subject: str, details: Mapping[str, Any]
) -> None:
    """Append one row within the caller's transaction, which `writing` has opened."""
    newest = select(audit.c.sequence, audit.c.hash).order_by(audit.c.sequence.desc()).limit(1)
    last = connection.execute(newest).first()
    sequence, previous = (1, NOTHING_BEFORE) if last is None else (last.sequence + 1, last.hash)
    row: dict[str, Any] = {
        "sequence": sequence,
        "at": utc_now(),
        "actor": actor,
        "action": action,
        "subject": subject,
        "details": canonical_json(details),
        "previous_hash": previous,
    }
    connection.execute(insert(audit).values(**row, hash=_seal(row)))


def require(database: Engine, *, actor: Reader, permission: str, subject: str) -> None:
    """Let an actor with the permission pass; log and refuse everyone else."""
    if actor.may(permission):
        return
    with writing(database) as connection:
        details = {"permission": permission}
        record(connection, actor=actor.acting, action="refused", subject=subject, details=details)
    able = ", ".join(role.name for role in roles_with(permission)) or "nobody"
    raise NotAllowedError(
        f"'{actor.acting}' may not do this; it takes the permission '{permission}': "
        f"{PERMISSIONS[permission]} Who has it: {able}."
    )


def entries(database: Engine, subject: str) -> list[Entry]:
    """Return what the log says about one subject, oldest first."""
    stmt = select(audit).where(audit.c.subject == subject).order_by(audit.c.sequence)
    with reading(database) as connection:
        return [
            Entry(r.sequence, r.at, r.actor, r.action, json.loads(r.details))
            for r in connection.execute(stmt)
        ]


def verify(database: Engine, *, head: str | None = None) -> Verdict:
    """Read the whole log and say which row is the first that is not as it was written.

    Rows cut off at the end leave a whole chain: keep the head that this returns elsewhere and
    hand it in the next time, and their absence is found too.
    """
    stmt = select(audit).order_by(audit.c.sequence).execution_options(yield_per=1_000)
    # Closed by name: on a server, a cursor would stay open behind the first broken row.
    with reading(database) as connection, connection.execute(stmt) as result:
        return _walk(result.mappings(), head)


def _walk(log: Iterable[RowMapping], head: str | None) -> Verdict:
    rows, previous, seen = 0, NOTHING_BEFORE, head in (None, NOTHING_BEFORE)
    for row in log:
        if reason := _what_is_wrong(row, expected=rows + 1, previous=previous):
            return Verdict(rows, previous, rows + 1, reason)
        rows, previous = row["sequence"], row["hash"]
        seen = seen or previous == head
    if not seen:
        reason = f"the head {head} is not in it, so rows after row {rows} are missing"
        return Verdict(rows, previous, rows + 1, reason)
    return Verdict(rows, previous)


def _what_is_wrong(row: RowMapping, *, expected: int, previous: str) -> str:
    if row["sequence"] != expected:
        return f"row {expected} is missing"
    if row["hash"] != _seal(row):
        return f"row {expected} is not as it was written"
    if row["previous_hash"] != previous:
        return f"row {expected} does not follow row {expected - 1} as that now is"
    return ""


def _seal(row: Mapping[Any, Any]) -> str:
    """Return SHA-256 over the canonical JSON of a row with the seal of the row before."""
    told: dict[str, Any] = {c.name: row[c.name] for c in audit.c if c.name != "hash"}
    told["at"] = row["at"].isoformat(timespec="microseconds")
    return sha256(canonical_json(told))

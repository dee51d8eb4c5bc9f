"""The audit log as an administrator reads it: the newest rows, by who, what and about whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from data.state.engine import reading
from data.state.tables import audit

_t = audit.c


@dataclass(frozen=True)
class LogRow:
    """One row of the log; `details` are JSON as they were sealed."""

    sequence: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: str


def newest(
    database: Engine, *, actor: str = "", action: str = "", about: str = "", limit: int = 200
) -> list[LogRow]:
    """Return the newest rows first; empty choices mean all, `about` is part of the subject."""
    columns = (_t[name] for name in LogRow.__dataclass_fields__)
    stmt = select(*columns).order_by(_t.sequence.desc()).limit(limit)
    if actor:
        stmt = stmt.where(_t.actor == actor)
    if action:
        stmt = stmt.where(_t.action == action)
    if about:
        stmt = stmt.where(_t.subject.contains(about, autoescape=True))
    with reading(database) as connection:
        return [LogRow(**row) for row in connection.execute(stmt).mappings()]


def actions(database: Engine) -> list[str]:
    """Return every kind of thing that the log holds, in alphabetical order."""
    with reading(database) as connection:
        return list(connection.execute(select(_t.action).distinct().order_by(_t.action)).scalars())

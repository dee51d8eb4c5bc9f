"""Alerts and digests as their owners keep them, and what they have found."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from data.access.reader import SYSTEM, Reader
from data.domain.alert import Alert
from data.domain.canonical import canonical_json
from data.domain.channel import Message
from data.state import outbox
from data.state.audit import record, require, utc_now
from data.state.engine import StateError, reading, writing
from data.state.leases import check_fence
from data.state.outbox import Cause
from data.state.rule_tables import alert as alert_table
from data.state.rule_tables import alert_finding
from data.state.rules import (
    MANAGE,
    MANAGE_ALL,
    MOST_RULES,
    ForeignRuleError,
    TooManyRulesError,
)

#: Open findings that a page lists.
LISTED = 20
_t, _f = alert_table.c, alert_finding.c


class UnknownAlertError(StateError):
    """There is no such alert, or it was removed."""


@dataclass(frozen=True)
class AlertRecord:
    """One alert with its owner, and whether it is on."""

    alert_id: str
    owner: str
    alert: Alert
    is_on: bool
    version: int


@dataclass(frozen=True)
class FindingRecord:
    """What an alert found in a window; open until somebody has seen to it."""

    alert_id: str
    window_on: date
    day: date
    name: str
    kind: str
    owner: str
    details: Mapping[str, Any]
    found_at: datetime


def alerts(database: Engine, *, owner: str | None = None, is_on: bool = False) -> list[AlertRecord]:
    """Return the alerts by the moment they were made: of one owner or all, or those on."""
    stmt = select(alert_table).where(_t.removed_at.is_(None)).order_by(_t.made_at, _t.alert_id)
    stmt = stmt.where(_t.owner == owner) if owner is not None else stmt
    stmt = stmt.where(_t.is_on) if is_on else stmt
    with reading(database) as connection:
        return [_record(row) for row in connection.execute(stmt).mappings()]


def open_findings(database: Engine, *, owner: str) -> list[FindingRecord]:
    """Return what the alerts of an owner have found and nobody has closed, the newest first."""
    stmt = (
        select(alert_finding, _t.definition, _t.owner)
        .join(alert_table, _t.alert_id == _f.alert_id)
        .where(_t.owner == owner, _t.removed_at.is_(None), _f.closed_at.is_(None))
        .order_by(_f.day.desc(), _f.found_at.desc(), _f.alert_id)
        .limit(LISTED)
    )
    with reading(database) as connection:
        return [_finding(row) for row in connection.execute(stmt).mappings()]


# --- writing ---------------------------------------------------------------------------------


def add_alert(database: Engine, *, actor: Reader, alert: Alert) -> AlertRecord:
    """Keep an alert as the actor's own, switched on."""
    require(database, actor=actor, permission=MANAGE, subject="alert/new")
    with writing(database) as connection:
        mine = select(_t.alert_id).where(_t.owner == actor.user_id, _t.removed_at.is_(None))
        if len(connection.execute(mine).all()) >= MOST_RULES:
            raise TooManyRulesError(f"You have {MOST_RULES} alerts. Remove one before adding one.")
        now = utc_now()
        row: dict[str, Any] = {
            "alert_id": secrets.token_hex(16),
            "owner": actor.user_id,
            "definition": alert.to_json(),
            "is_on": True,
            "version": 1,
            "made_at": now,
            "changed_by": actor.acting,
            "changed_at": now,
        }
        connection.execute(insert(alert_table).values(**row))
        made = _found(connection, row["alert_id"])
        _log(connection, actor, "alert-added", made)
        return made


def switch_alert(database: Engine, *, actor: Reader, alert_id: str, is_on: bool) -> None:
    """Switch an alert on or off; administrators may switch anybody's off."""
    _change(database, actor, alert_id, "switched-on" if is_on else "switched-off", is_on=is_on)


def remove_alert(database: Engine, *, actor: Reader, alert_id: str) -> None:
    """Take an alert away; what it has found stays in the database."""
    _change(database, actor, alert_id, "removed", is_on=False, removed_at=utc_now())


def close_finding(database: Engine, *, actor: Reader, alert_id: str, window_on: date) -> None:
    """Note that the owner has seen to what an alert found."""
    require(database, actor=actor, permission=MANAGE, subject=f"alert/{alert_id}")
    with writing(database) as connection:
        about = _found(connection, alert_id)
        if about.owner != actor.user_id:
            raise ForeignRuleError("This alert belongs to somebody else.")
        mine = (_f.alert_id == alert_id) & (_f.window_on == window_on)
        values = {"closed_by": actor.acting, "closed_at": utc_now()}
        connection.execute(update(alert_finding).where(mine).values(**values))
        _log(connection, actor, "alert-closed", about)


@dataclass(frozen=True)
class Found:
    """What an alert found: its window, the day of the data, the figures, and the message."""

    window_on: date
    day: date
    details: Mapping[str, Any]
    message: Message
    #: A digest is done when it is written; an alert stays open until its owner closes it.
    is_open: bool = True


def raise_finding(
    database: Engine, *, about: AlertRecord, found: Found, lease: tuple[str, int] | None
) -> bool:
    """Keep what an alert found and put its messages into the outbox; False: it was there already.

    Once per alert and window, however many processes try.
    """
    with writing(database) as connection:
        if lease:
            check_fence(connection, *lease)
        same = (_f.alert_id == about.alert_id) & (_f.window_on == found.window_on)
        if connection.execute(select(_f.day).where(same)).first():
            return False
        now = _found(connection, about.alert_id)
        if not now.is_on or now.version != about.version:
            return False
        connection.execute(insert(alert_finding).values(**_row(about, found)))
        cause = Cause(_source(about), about.alert_id, found.window_on)
        outbox.put(connection, [(cause, found.message)], about.alert.channels)
        told = {"day": found.day.isoformat()}
        if found.message.file:
            told["file"] = found.message.file.name
        _log(connection, SYSTEM, "alert-raised", about, told)
    return True


def _row(about: AlertRecord, found: Found) -> dict[str, Any]:
    now = utc_now()
    return {
        "alert_id": about.alert_id,
        "window_on": found.window_on,
        "day": found.day,
        "details": canonical_json(found.details),
        "found_at": now,
        "closed_by": None if found.is_open else SYSTEM.user_id,
        "closed_at": None if found.is_open else now,
    }


def _source(about: AlertRecord) -> str:
    return "digest" if about.alert.kind == "digest" else "alert"


def raised_in(database: Engine, alert_id: str, windows: Sequence[date]) -> set[date]:
    """Return in which of the windows an alert has found something already."""
    stmt = select(_f.window_on).where(_f.alert_id == alert_id, _f.window_on.in_(windows))
    with reading(database) as connection:
        return set(connection.execute(stmt).scalars())


# --- what the writes share -------------------------------------------------------------------


def _change(
    database: Engine, actor: Reader, alert_id: str, what: str, **values: Any
) -> AlertRecord:
    require(database, actor=actor, permission=MANAGE, subject=f"alert/{alert_id}")
    with writing(database) as connection:
        before = _found(connection, alert_id)
        may_end = actor.may(MANAGE_ALL) and not values["is_on"]
        if before.owner != actor.user_id and not may_end:
            raise ForeignRuleError("This alert belongs to somebody else. Make one of your own.")
        kept = {**values, "version": before.version + 1, "changed_by": actor.acting}
        mine = update(alert_table).where(_t.alert_id == alert_id)
        connection.execute(mine.values(**kept, changed_at=utc_now()))
        _log(connection, actor, f"alert-{what}", before)
        return before


def _found(connection: Connection, alert_id: str) -> AlertRecord:
    stmt = select(alert_table).where(_t.alert_id == alert_id, _t.removed_at.is_(None))
    row = connection.execute(stmt).mappings().first()
    if row is None:
        raise UnknownAlertError("There is no such alert any more. Look at the list again.")
    return _record(row)


def _log(
    connection: Connection,
    actor: Reader,
    action: str,
    about: AlertRecord,
    details: Mapping[str, Any] | None = None,
) -> None:
    told = {"name": about.alert.name, "owner": about.owner, **(details or {})}
    subject = f"alert/{about.alert_id}"
    record(connection, actor=actor.acting, action=action, subject=subject, details=told)


def _record(row: RowMapping) -> AlertRecord:
    kept = {n: row[n] for n in ("alert_id", "owner", "version")}
    return AlertRecord(alert=Alert.from_json(row["definition"]), is_on=bool(row["is_on"]), **kept)


def _finding(row: RowMapping) -> FindingRecord:
    names = ("alert_id", "window_on", "day", "owner", "found_at")
    alert = Alert.from_json(row["definition"])
    details = json.loads(row["details"])
    kept = {n: row[n] for n in names}
    return FindingRecord(name=alert.name, kind=alert.kind, details=details, **kept)

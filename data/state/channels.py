"""Channels in the state database: added, used, removed; what they keep secret is never shown."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, select, update

from data.access.reader import Reader
from data.channels.sealing import opened, sealed
from data.channels.target import checked
from data.domain.channel import MOST_NAME_LETTERS, TAKING_FILES, ChannelError, Config
from data.state.audit import record, require, utc_now
from data.state.engine import reading, writing
from data.state.rule_tables import channel

MANAGE = "manage-channels"
_t = channel.c


@dataclass(frozen=True)
class ChannelRecord:
    """One channel as it is shown: its kind, and its host without what is secret."""

    channel_id: str
    name: str
    kind: str
    hint: str
    made_by: str
    made_at: datetime


def channels(database: Engine) -> list[ChannelRecord]:
    """Return the channels by name."""
    names = ChannelRecord.__dataclass_fields__
    stmt = select(*(_t[n] for n in names)).where(_t.removed_at.is_(None))
    with reading(database) as connection:
        return [ChannelRecord(*row) for row in connection.execute(stmt.order_by(_t.name))]


def takes_files(database: Engine, channel_ids: Sequence[str]) -> bool:
    """Whether one of the channels takes a file with a message."""
    wanted = (_t.channel_id.in_(channel_ids), _t.removed_at.is_(None), _t.kind.in_(TAKING_FILES))
    with reading(database) as connection:
        return connection.execute(select(_t.channel_id).where(*wanted)).first() is not None


def add_channel(database: Engine, *, actor: Reader, name: str, config: Config) -> ChannelRecord:
    """Keep a channel whose target may be sent to; raise ChannelError for any other."""
    require(database, actor=actor, permission=MANAGE, subject="channel/new")
    if not name.strip() or len(name) > MOST_NAME_LETTERS or not name.isprintable():
        raise ChannelError("name", most=MOST_NAME_LETTERS)
    target = checked(config)
    made = ChannelRecord(
        channel_id=secrets.token_hex(16),
        name=name.strip(),
        kind=config.kind,
        hint=f"{target.host}:{target.port}",
        made_by=actor.acting,
        made_at=utc_now(),
    )
    with writing(database) as connection:
        connection.execute(insert(channel).values(**vars(made), sealed=sealed(config)))
        details = {"name": made.name, "kind": made.kind, "host": target.host}
        subject = f"channel/{made.channel_id}"
        record(
            connection,
            actor=actor.acting,
            action="channel-added",
            subject=subject,
            details=details,
        )
    return made


def remove_channel(database: Engine, *, actor: Reader, channel_id: str) -> None:
    """Take a channel away, with what it keeps secret; its messages become dead letters."""
    subject = f"channel/{channel_id}"
    require(database, actor=actor, permission=MANAGE, subject=subject)
    with writing(database) as connection:
        mine = (_t.channel_id == channel_id) & _t.removed_at.is_(None)
        gone = update(channel).where(mine).values(removed_at=utc_now(), sealed="")
        if not connection.execute(gone).rowcount:
            raise ChannelError("gone")
        record(
            connection, actor=actor.acting, action="channel-removed", subject=subject, details={}
        )


def config_of(database: Engine, channel_id: str) -> Config:
    """Return how a channel is reached; raise ChannelError where it is gone or cannot be read."""
    stmt = select(_t.sealed).where(_t.channel_id == channel_id, _t.removed_at.is_(None))
    with reading(database) as connection:
        found = connection.execute(stmt).scalar()
    if found is None:
        raise ChannelError("gone")
    return opened(found)

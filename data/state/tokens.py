"""API tokens: made once, kept as a hash, read as their owner, until they expire or are revoked."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from data.access.reader import Reader
from data.domain.canonical import sha256
from data.state import account_rows
from data.state.account_rows import AccountRecord
from data.state.audit import record, require, utc_now
from data.state.engine import StateError, reading, writing
from data.state.session_rows import SEEN_EVERY
from data.state.tables import api_token

MANAGE = "manage-tokens"
#: What a token may read -> what is withheld of its owner's permissions.
READS: dict[str, frozenset[str]] = {"figures": frozenset({"export"}), "rows": frozenset()}
#: Says whose token it is where one turns up in the wrong place.
MARK = "cac_"
PREFIX_LETTERS = len(MARK) + 8
TOKEN_BYTES = 32
LONGEST_DAYS = 365
MOST_NAME_LETTERS = 60
_t = api_token.c


class TokenError(StateError):
    """The token cannot be made so."""


@dataclass(frozen=True)
class TokenRecord:
    """One token as its owner is shown it; the token itself is kept nowhere."""

    prefix: str
    name: str
    user_id: str
    made_at: datetime
    expires_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None
    reads: str

    @property
    def is_usable(self) -> bool:
        """Whether it may still be used."""
        return self.revoked_at is None and utc_now() < self.expires_at


def make_token(database: Engine, *, actor: Reader, name: str, days: int, reads: str) -> str:
    """Return a new token of the actor's own, for figures only or for their rows as well.

    It is shown this once.
    """
    require(database, actor=actor, permission=MANAGE, subject=_subject("(new)"))
    if not name.strip() or not name.isprintable() or len(name) > MOST_NAME_LETTERS:
        raise TokenError(f"Name what the token is for, in at most {MOST_NAME_LETTERS} letters.")
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenError(f"A token holds for 1 to {LONGEST_DAYS} days.")
    if reads not in READS:
        raise TokenError("Choose what the token may read: figures, or figures and their rows.")
    token = MARK + secrets.token_urlsafe(TOKEN_BYTES)
    now = utc_now()
    values: dict[str, Any] = {
        "prefix": token[:PREFIX_LETTERS],
        "name": name.strip(),
        "user_id": actor.user_id,
        "made_at": now,
        "expires_at": now + timedelta(days=days),
        "reads": reads,
    }
    with writing(database) as connection:
        connection.execute(insert(api_token).values(token_hash=sha256(token), **values))
        _log(connection, actor, "token-made", values["prefix"], {"days": days, "reads": reads})
    return token


def revoke_token(database: Engine, *, actor: Reader, prefix: str) -> None:
    """End a token of the actor's own at once."""
    require(database, actor=actor, permission=MANAGE, subject=_subject(prefix))
    mine = (_t.prefix == prefix) & (_t.user_id == actor.user_id) & _t.revoked_at.is_(None)
    with writing(database) as connection:
        ended = connection.execute(update(api_token).where(mine).values(revoked_at=utc_now()))
        if not ended.rowcount:
            raise TokenError("There is no such token of yours that could still be used.")
        _log(connection, actor, "token-revoked", prefix, {})


def tokens_of(database: Engine, user_id: str) -> list[TokenRecord]:
    """Return a user's tokens, the newest first."""
    names = (_t[name] for name in TokenRecord.__dataclass_fields__)
    stmt = select(*names).where(_t.user_id == user_id).order_by(_t.made_at.desc(), _t.prefix)
    with reading(database) as connection:
        return [TokenRecord(**row) for row in connection.execute(stmt).mappings()]


def owner_of(database: Engine, token: str) -> tuple[AccountRecord, Reader] | None:
    """Return whose token it is, and as whom it reads: its owner without what it was not made for.

    None where it is unknown, expired, revoked or its owner closed.
    """
    with reading(database) as connection:
        found = _find(connection, token)
        owner = account_rows.find(connection, found.user_id) if found else None
    if found is None or owner is None or not found.is_usable or not owner.is_usable:
        return None
    if found.seen_at is None or utc_now() - found.seen_at >= SEEN_EVERY:
        with writing(database) as connection:
            seen = update(api_token).where(_t.prefix == found.prefix)
            connection.execute(seen.values(seen_at=utc_now()))
    reader = replace(owner.reader(), withheld=READS[found.reads])
    return (owner, reader) if reader.may(MANAGE) else None


def _find(connection: Connection, token: str) -> TokenRecord | None:
    names = (_t[name] for name in TokenRecord.__dataclass_fields__)
    stmt = select(*names).where(_t.token_hash == sha256(token))
    row = connection.execute(stmt).mappings().first()
    return TokenRecord(**row) if row else None


def _subject(prefix: str) -> str:
    return f"token/{prefix}"


def _log(
    connection: Connection, actor: Reader, action: str, prefix: str, details: dict[str, Any]
) -> None:
    record(
        connection,
        actor=actor.acting,
        action=action,
        subject=_subject(prefix),
        details=details,
    )

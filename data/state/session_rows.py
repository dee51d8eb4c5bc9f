"""The rows of sessions, read and written within a caller's transaction."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from data.domain.canonical import sha256
from data.state.audit import utc_now
from data.state.tables import account, session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
#: A clock that was set back makes a session look as if it came from the future; so far is endured.
CLOCK_ERROR = timedelta(hours=2)
#: What a row costs to write again; nobody needs to know the second.
SEEN_EVERY = timedelta(minutes=1)
TOKEN_BYTES = 32
MOST_BROWSER_LETTERS = 200
_t = session.c


@dataclass(frozen=True)
class SessionRecord:
    """One signed-in browser, as its user is shown it."""

    session_id: str
    user_id: str
    made_at: datetime
    seen_at: datetime
    address: str
    browser: str
    viewing_as: str | None


def add(connection: Connection, user_id: str, *, address: str, browser: str) -> str:
    """Open a session and return its token, which is kept nowhere but in the browser."""
    now = utc_now()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    connection.execute(
        insert(session).values(
            token_hash=sha256(token),
            session_id=secrets.token_hex(8),
            user_id=user_id,
            made_at=now,
            seen_at=now,
            address=address,
            browser="".join(c for c in browser if c.isprintable())[:MOST_BROWSER_LETTERS],
        )
    )
    return token


def find(connection: Connection, token: str) -> SessionRecord | None:
    """Return the session of a token where it is neither idle nor older than it may be."""
    stmt = select(session).where(_t.token_hash == sha256(token))
    row = connection.execute(stmt).mappings().first()
    if row is None or not is_alive(row["made_at"], row["seen_at"], utc_now()):
        return None
    return SessionRecord(**{name: row[name] for name in SessionRecord.__dataclass_fields__})


def is_alive(made_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session made and last seen at these times may still be used."""
    return -CLOCK_ERROR <= now - made_at < LONGEST and -CLOCK_ERROR <= now - seen_at < IDLE


def is_due(record: SessionRecord, now: datetime) -> bool:
    """Whether it is time to note again that a session is used."""
    return abs(now - record.seen_at) >= SEEN_EVERY


def touch(connection: Connection, session_id: str) -> None:
    """Note that a session is used now."""
    connection.execute(update(session).where(_t.session_id == session_id).values(seen_at=utc_now()))


def of_user(connection: Connection, user_id: str) -> list[SessionRecord]:
    """Return the living sessions of a user, the newest first."""
    names = tuple(_t[name] for name in SessionRecord.__dataclass_fields__)
    stmt = select(*names).where(_t.user_id == user_id).order_by(_t.made_at.desc(), _t.session_id)
    now = utc_now()
    found = [SessionRecord(**row) for row in connection.execute(stmt).mappings()]
    return [each for each in found if is_alive(each.made_at, each.seen_at, now)]


def view_as(connection: Connection, session_id: str, user_id: str | None) -> None:
    """Let a session read as another user, or as its own again."""
    stmt = update(session).where(_t.session_id == session_id)
    connection.execute(stmt.values(viewing_as=user_id))


def end(connection: Connection, session_id: str) -> None:
    """End one session."""
    connection.execute(delete(session).where(_t.session_id == session_id))


def end_all(connection: Connection, user_id: str) -> int:
    """End every session of a user, and those that read as this user; return how many."""
    mine = (_t.user_id == user_id) | (_t.viewing_as == user_id)
    return connection.execute(delete(session).where(mine)).rowcount


def purge(connection: Connection) -> None:
    """Remove the sessions that nobody can use any more."""
    now = utc_now()
    dead = (_t.made_at < now - LONGEST) | (_t.seen_at < now - IDLE)
    connection.execute(delete(session).where(dead))


def note_sign_in(connection: Connection, user_id: str) -> None:
    """Note on the account that its user has signed in now."""
    here = account.c.user_id == user_id
    connection.execute(update(account).where(here).values(signed_in_at=utc_now()))

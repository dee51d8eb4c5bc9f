"""Signing in through an identity provider: the account behind (issuer, subject)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from data.access.role_mapping import mapping
from data.access.roles import ROLES
from data.domain.canonical import sha256
from data.state import account_rows, session_rows
from data.state.account_rows import AccountRecord
from data.state.audit import record, utc_now
from data.state.engine import reading, writing
from data.state.sessions import open_session
from data.state.sign_in import SignInError, Visitor
from data.state.tables import identity, sign_in_state

MOST_NAME_LETTERS = 100


class NoRoleError(SignInError):
    """The user is known to the provider and has no role here."""


@dataclass(frozen=True)
class Identity:
    """What the provider says of a user; issuer and subject alone decide who it is."""

    issuer: str
    subject: str
    name: str = ""
    wished_id: str = ""
    #: The role that the claims give; None: none, or an administrator gives it.
    role: str | None = None
    team_id: str | None = None
    rep_id: str | None = None


def with_identity(database: Engine, who: Identity, *, visitor: Visitor) -> str:
    """Return the token of a new session; raise NoRoleError where there is no role yet.

    An e-mail address never leads to an account: providers hand out the same one again.
    """
    with writing(database) as connection:
        user = _known(connection, who) or _made(connection, who)
        if mapping() and who.role:
            user = _placed(connection, user, who)
        if user.is_usable and (who.role or not mapping()):
            return open_session(
                connection, user, how="sso", address=visitor.address, browser=visitor.browser
            )
        details = {"reason": "no role", "address": visitor.address}
        _log(connection, user, "sign-in-failed", details)
    raise NoRoleError("You are known, but have no role here yet. Ask an administrator for one.")


def _known(connection: Connection, who: Identity) -> AccountRecord | None:
    i = identity.c
    stmt = select(i.user_id).where(i.issuer == who.issuer, i.subject == who.subject)
    user_id = connection.execute(stmt).scalar()
    return account_rows.found(connection, user_id) if user_id else None


def _made(connection: Connection, who: Identity) -> AccountRecord:
    """Make the account; without a role it is closed until an administrator opens it."""
    user_id = _free_id(connection, who)
    letters = "".join(c for c in who.name if c.isprintable())
    account_rows.add(
        connection,
        user_id=user_id,
        name=letters[:MOST_NAME_LETTERS] or user_id,
        role=who.role or "rep",
        is_enabled=who.role is not None,
        **_place(who),
    )
    made = account_rows.found(connection, user_id)
    key = {"issuer": who.issuer, "subject": who.subject}
    connection.execute(insert(identity).values(**key, user_id=user_id, made_at=utc_now()))
    _log(connection, made, "account-made", {"by": "sso", "role": who.role, "issuer": who.issuer})
    return made


def _free_id(connection: Connection, who: Identity) -> str:
    wished = re.sub(r"[^a-z0-9._@-]", "", who.wished_id.lower()).lstrip("._@-")[:40] or "user"
    if wished != "system" and account_rows.find(connection, wished) is None:
        return wished
    return f"{wished}-{sha256(json.dumps([who.issuer, who.subject]))[:12]}"


def _place(who: Identity) -> dict[str, str | None]:
    reach = ROLES[who.role].reach if who.role else "company"
    return {
        "team_id": who.team_id if reach == "team" else None,
        "rep_id": who.rep_id if reach == "own" else None,
    }


def _placed(connection: Connection, user: AccountRecord, who: Identity) -> AccountRecord:
    """Give the account the role that the claims say; older sessions end where it is another.

    A team or representative that the claims leave open stays as it was set by hand.
    """
    kept = {"team_id": user.team_id, "rep_id": user.rep_id} if who.role == user.role else {}
    place = {name: value or kept.get(name) for name, value in _place(who).items()}
    wanted = {"role": who.role, **place}
    if all(getattr(user, name) == value for name, value in wanted.items()):
        return user
    session_rows.end_all(connection, user.user_id)
    changed = account_rows.change(connection, user.user_id, **wanted)
    _log(connection, changed, "role-changed", {"from": user.role, "by": "sso", **wanted})
    return changed


def _log(
    connection: Connection, user: AccountRecord, action: str, details: Mapping[str, Any]
) -> None:
    record(connection, actor=user.user_id, action=action, subject=user.subject, details=details)


class StateStore:
    """Sign-ins under way, as authlib keeps them: each is read once, by whichever worker."""

    def __init__(self, database: Engine) -> None:
        self.database = database

    def get(self, key: str) -> str | None:
        """Return what was kept under a key and is not too old."""
        s = sign_in_state.c
        stmt = select(s.value).where(s.key == _hashed(key), s.expires_at > utc_now())
        with reading(self.database) as connection:
            return connection.execute(stmt).scalar()

    def set(self, key: str, value: str, expires_in: int) -> None:
        """Keep a text for so many seconds."""
        now = utc_now()
        row = {"key": _hashed(key), "value": value}
        with writing(self.database) as connection:
            connection.execute(delete(sign_in_state).where(sign_in_state.c.expires_at < now))
            stmt = insert(sign_in_state)
            connection.execute(stmt.values(**row, expires_at=now + timedelta(seconds=expires_in)))

    def delete(self, key: str) -> None:
        """Forget what was kept under a key."""
        with writing(self.database) as connection:
            connection.execute(delete(sign_in_state).where(sign_in_state.c.key == _hashed(key)))


def _hashed(key: str) -> str:
    return sha256(key)

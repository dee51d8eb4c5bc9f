"""The rows of accounts, read and written within a caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from data import settings
from data.access.reader import Reader
from data.access.roles import ROLES
from data.state.audit import utc_now
from data.state.engine import StateError
from data.state.tables import account, identity

_t = account.c


class UnknownAccountError(StateError):
    """There is no such user."""


@dataclass(frozen=True)
class AccountRecord:
    """One user as the state database knows it."""

    user_id: str
    name: str
    role: str
    team_id: str | None
    rep_id: str | None
    password_hash: str | None
    is_enabled: bool
    is_demo: bool
    made_at: datetime
    signed_in_at: datetime | None
    #: What the user has chosen; None: each browser goes by its own.
    language: str | None
    theme: str | None

    @property
    def subject(self) -> str:
        """What the audit log calls this account."""
        return subject_of(self.user_id)

    @property
    def is_usable(self) -> bool:
        """Whether it may sign in here: demo users only in demo mode."""
        return self.is_enabled and self.role in ROLES and (settings.is_demo() or not self.is_demo)

    def reader(self, *, viewed_by: str | None = None) -> Reader:
        """Return the account as the one who reads and writes."""
        return Reader(
            self.user_id, self.name, ROLES[self.role], self.team_id, self.rep_id, viewed_by
        )


def subject_of(user_id: str) -> str:
    """Return what the audit log calls an account."""
    return f"account/{user_id}"


def all_of(connection: Connection) -> list[AccountRecord]:
    """Return the accounts in the order of their names; demo users in demo mode only."""
    stmt = select(account).order_by(_t.user_id)
    if not settings.is_demo():
        stmt = stmt.where(_t.is_demo.is_(False))
    return [record_of(row) for row in connection.execute(stmt).mappings()]


def find(connection: Connection, user_id: str) -> AccountRecord | None:
    """Return an account, or None where there is none of that name."""
    row = connection.execute(select(account).where(_t.user_id == user_id)).mappings().first()
    return record_of(row) if row else None


def found(connection: Connection, user_id: str) -> AccountRecord:
    """Return an account; raise UnknownAccountError where there is none of that name."""
    record = find(connection, user_id)
    if record is None:
        names = ", ".join(each.user_id for each in all_of(connection)) or "nobody"
        raise UnknownAccountError(f"There is no user '{user_id}'. Known: {names}.")
    return record


def add(connection: Connection, **values: Any) -> None:
    """Insert an account."""
    row = {"is_enabled": True, "is_demo": False, "made_at": utc_now(), **values}
    connection.execute(insert(account).values(**row))


def change(connection: Connection, user_id: str, **values: Any) -> AccountRecord:
    """Change an account and return it."""
    connection.execute(update(account).where(_t.user_id == user_id).values(**values))
    return found(connection, user_id)


def is_from_elsewhere(connection: Connection, user_id: str) -> bool:
    """Whether an identity provider vouches for this account."""
    stmt = select(identity.c.subject).where(identity.c.user_id == user_id).limit(1)
    return connection.execute(stmt).first() is not None


def holders(connection: Connection, permission: str) -> list[str]:
    """Return the users who can sign in and hold a permission, in alphabetical order."""
    return [
        each.user_id
        for each in all_of(connection)
        if each.is_usable and permission in ROLES[each.role].permissions
    ]


def record_of(row: RowMapping) -> AccountRecord:
    """Return the account of a row that holds at least its columns."""
    return AccountRecord(**{name: row[name] for name in AccountRecord.__dataclass_fields__})

"""Accounts: made, changed and closed, each with its audit row in the same transaction."""

import re
from typing import Any

from sqlalchemy import Connection, Engine

from data.access import passwords
from data.access.demo_readers import DEMO_READERS
from data.access.passwords import WeakPasswordError
from data.access.reader import SYSTEM, Reader
from data.access.roles import ROLES
from data.state import account_rows, session_rows
from data.state.account_rows import AccountRecord, subject_of
from data.state.audit import record, require
from data.state.engine import StateError, reading, writing

MANAGE = "manage-users"
USER_ID = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
MOST_NAME_LETTERS = 100


class AccountError(StateError):
    """The account cannot be changed in this way."""


class LastAdministratorError(AccountError):
    """Nobody could manage users any more."""


class PasswordError(AccountError):
    """The password cannot be this one, or is not kept here."""


def accounts(database: Engine) -> list[AccountRecord]:
    """Return every account, in the order of their names."""
    with reading(database) as connection:
        return account_rows.all_of(connection)


def account(database: Engine, user_id: str) -> AccountRecord:
    """Return one account; raise UnknownAccountError where there is none."""
    with reading(database) as connection:
        return account_rows.found(connection, user_id)


# --- writing ---------------------------------------------------------------------------------


def add_account(
    database: Engine, *, actor: Reader, user_id: str, role: str, **about: str | None
) -> AccountRecord:
    """Make an account; `about` may hold name, team_id, rep_id and password.

    A demo user of that name gives way to it.
    """
    require(database, actor=actor, permission=MANAGE, subject=subject_of(user_id))
    name = _checked_name(about.get("name") or user_id)
    _check_user_id(user_id)
    place = _place(role, about.get("team_id"), about.get("rep_id"))
    kept = _hash_of(about.get("password"), about_words=(user_id, name))
    values = {"name": name, "role": role, "password_hash": kept, **place}
    with writing(database) as connection:
        before = account_rows.find(connection, user_id)
        if before and not before.is_demo:
            raise AccountError(f"There is a user '{user_id}' already. Choose another name.")
        if before:
            session_rows.end_all(connection, user_id)
            account_rows.change(connection, user_id, is_demo=False, is_enabled=True, **values)
        else:
            account_rows.add(connection, user_id=user_id, **values)
        _log(connection, actor, "account-made", user_id, {"role": role, **place})
        return account_rows.found(connection, user_id)


def change_role(
    database: Engine,
    *,
    actor: Reader,
    user_id: str,
    role: str,
    place: tuple[str | None, str | None] = (None, None),
) -> AccountRecord:
    """Give an account another role with its place (team, representative); it signs in anew."""
    require(database, actor=actor, permission=MANAGE, subject=subject_of(user_id))
    values = {"role": role, **_place(role, *place)}
    with writing(database) as connection:
        before = account_rows.found(connection, user_id)
        if role != "administrator":
            _check_not_own(actor, user_id, before)
            _check_not_last(connection, before)
        changed = account_rows.change(connection, user_id, **values)
        session_rows.end_all(connection, user_id)
        told = {"from": before.role, "to": role, **_place(role, *place)}
        _log(connection, actor, "role-changed", user_id, told)
        return changed


def set_password(database: Engine, *, actor: Reader, user_id: str, password: str) -> None:
    """Give an account another password; every browser signed in with the old one is signed out."""
    if actor.acting != user_id or actor.viewed_by:
        require(database, actor=actor, permission=MANAGE, subject=subject_of(user_id))
    name = account(database, user_id).name
    kept = _hash_of(password, about_words=(user_id, name))
    with writing(database) as connection:
        _check_kept_here(connection, account_rows.found(connection, user_id))
        account_rows.change(connection, user_id, password_hash=kept)
        ended = session_rows.end_all(connection, user_id)
        _log(connection, actor, "password-changed", user_id, {"signed_out": ended})


def disable(database: Engine, *, actor: Reader, user_id: str) -> AccountRecord:
    """Close an account and sign it out everywhere."""
    require(database, actor=actor, permission=MANAGE, subject=subject_of(user_id))
    with writing(database) as connection:
        before = account_rows.found(connection, user_id)
        _check_not_own(actor, user_id, before)
        _check_not_last(connection, before)
        changed = account_rows.change(connection, user_id, is_enabled=False)
        ended = session_rows.end_all(connection, user_id)
        _log(connection, actor, "account-disabled", user_id, {"signed_out": ended})
        return changed


def enable(database: Engine, *, actor: Reader, user_id: str) -> AccountRecord:
    """Open an account again."""
    require(database, actor=actor, permission=MANAGE, subject=subject_of(user_id))
    with writing(database) as connection:
        account_rows.found(connection, user_id)
        changed = account_rows.change(connection, user_id, is_enabled=True)
        _log(connection, actor, "account-enabled", user_id)
        return changed


def sign_out_everywhere(database: Engine, *, actor: Reader, user_id: str) -> int:
    """End every session of an account; return how many there were."""
    if actor.acting != user_id:
        require(database, actor=actor, permission=MANAGE, subject=subject_of(user_id))
    with writing(database) as connection:
        account_rows.found(connection, user_id)
        ended = session_rows.end_all(connection, user_id)
        _log(connection, actor, "signed-out-everywhere", user_id, {"sessions": ended})
        return ended


def ship_demo_users(database: Engine) -> None:
    """Make the five demo users where they are missing."""
    with reading(database) as connection:
        if all(account_rows.find(connection, user_id) for user_id in DEMO_READERS):
            return
    with writing(database) as connection:
        for user_id, reader in DEMO_READERS.items():
            if account_rows.find(connection, user_id) is None:
                values = {"name": reader.name, "role": reader.role.key, "is_demo": True}
                account_rows.add(connection, user_id=user_id, **values)
                _log(connection, SYSTEM, "demo-user-made", user_id, {"role": reader.role.key})


# --- what the writes share -------------------------------------------------------------------


def _check_user_id(user_id: str) -> None:
    if not USER_ID.fullmatch(user_id) or user_id == SYSTEM.user_id:
        raise AccountError(
            f"{user_id!r} is no user name. Use 1 to 64 of a–z, 0–9 and . _ @ -, "
            "beginning with a letter or a digit."
        )


def _checked_name(name: str) -> str:
    if not name.isprintable() or len(name) > MOST_NAME_LETTERS:
        raise AccountError(f"A name has at most {MOST_NAME_LETTERS} letters, all on one line.")
    return name.strip()


def _place(role: str, team_id: str | None, rep_id: str | None) -> dict[str, str | None]:
    """Return the team and representative that a role needs, and no more than that."""
    if role not in ROLES:
        raise AccountError(f"There is no role '{role}'. Known: {', '.join(ROLES)}.")
    reach = ROLES[role].reach
    return {
        "team_id": (team_id or None) if reach == "team" else None,
        "rep_id": (rep_id or None) if reach == "own" else None,
    }


def _hash_of(password: str | None, *, about_words: tuple[str, ...]) -> str | None:
    if password is None:
        return None
    try:
        passwords.check_strength(password, about=about_words)
    except WeakPasswordError as error:
        raise PasswordError(str(error)) from error
    return passwords.hashed(password)


def _check_kept_here(connection: Connection, before: AccountRecord) -> None:
    if before.is_demo:
        raise PasswordError(
            f"'{before.user_id}' is a demo user and has no password. Add a user of your own."
        )
    if account_rows.is_from_elsewhere(connection, before.user_id):
        raise PasswordError(
            f"'{before.user_id}' signs in through the identity provider and has no password here."
        )


def _check_not_own(actor: Reader, user_id: str, before: AccountRecord) -> None:
    if actor.user_id == user_id and before.role == "administrator":
        raise AccountError(
            "Nobody takes administration from oneself. Ask another administrator to do it."
        )


def _check_not_last(connection: Connection, before: AccountRecord) -> None:
    others = [u for u in account_rows.holders(connection, MANAGE) if u != before.user_id]
    if before.role == "administrator" and before.is_usable and not others:
        raise LastAdministratorError(
            f"'{before.user_id}' is the last administrator. Make another one first."
        )


def _log(
    connection: Connection,
    actor: Reader,
    action: str,
    user_id: str,
    details: dict[str, Any] | None = None,
) -> None:
    record(
        connection,
        actor=actor.acting,
        action=action,
        subject=subject_of(user_id),
        details=details or {},
    )

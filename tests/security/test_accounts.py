"""Accounts: who may change them, the last administrator, odd names, demo users (T26, T34)."""

import pytest
from sqlalchemy import Engine

from data.access.reader import SYSTEM
from data.state import account_rows, accounts, sessions, sign_in
from data.state.accounts import AccountError, LastAdministratorError
from data.state.audit import entries, verify
from data.state.engine import reading
from data.state.sign_in import SignInError
from tests.security.entering import HERE, OTHER, PASSWORD, account_reader, rows


def test_the_last_administrator_stays(database: Engine) -> None:
    for do in (
        lambda: accounts.disable(database, actor=SYSTEM, user_id="boss"),
        lambda: accounts.change_role(database, actor=SYSTEM, user_id="boss", role="rep"),
    ):
        with pytest.raises(LastAdministratorError, match="the last administrator"):
            do()
    accounts.add_account(database, actor=SYSTEM, user_id="second", role="administrator")
    boss = account_reader(database, "boss")
    with pytest.raises(AccountError, match="from oneself"):
        accounts.disable(database, actor=boss, user_id="boss")
    accounts.disable(database, actor=boss, user_id="second")


@pytest.mark.parametrize("role", ["executive", "lead", "rep", "analyst"])
def test_only_administrators_change_accounts(database: Engine, role: str) -> None:
    accounts.add_account(database, actor=SYSTEM, user_id="other", role=role)
    actor = account_reader(database, "other")
    before = accounts.accounts(database)
    for do in (
        lambda: accounts.add_account(database, actor=actor, user_id="x", role="administrator"),
        lambda: accounts.change_role(database, actor=actor, user_id="other", role="administrator"),
        lambda: accounts.set_password(database, actor=actor, user_id="boss", password=OTHER),
        lambda: accounts.disable(database, actor=actor, user_id="ann"),
        lambda: accounts.enable(database, actor=actor, user_id="ann"),
        lambda: accounts.sign_out_everywhere(database, actor=actor, user_id="boss"),
    ):
        with pytest.raises(AccountError.__mro__[1], match="manage-users"):
            do()
        assert rows(database)[-1].action == "refused"
    assert accounts.accounts(database) == before


@pytest.mark.parametrize("name", ["", "A", "a b", "a\nb", "system", "-x", "a" * 65, "ann'--", "名"])
def test_odd_names_are_no_users(database: Engine, name: str) -> None:
    with pytest.raises(AccountError):
        accounts.add_account(database, actor=SYSTEM, user_id=name, role="rep")


def test_each_change_of_an_account_is_in_the_log_with_who_did_it(database: Engine) -> None:
    boss = account_reader(database, "boss")
    accounts.change_role(database, actor=boss, user_id="ann", role="lead", place=("T1", None))
    accounts.disable(database, actor=boss, user_id="ann")
    accounts.enable(database, actor=boss, user_id="ann")
    told = entries(database, "account/ann")
    assert [e.action for e in told] == [
        "account-made", "role-changed", "account-disabled", "account-enabled",
    ]  # fmt: skip
    assert {e.actor for e in told[1:]} == {"boss"}
    assert told[1].details == {"from": "rep", "to": "lead", "team_id": "T1", "rep_id": None}
    assert verify(database).is_whole


def test_demo_users_are_nobody_outside_demo_mode(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.ship_demo_users(database)
    token = sign_in.as_demo_user(database, "admin", visitor=HERE)
    monkeypatch.setenv("DEMO", "0")
    assert sessions.signed_in(database, token) is None
    assert {a.user_id for a in accounts.accounts(database)} == {"boss", "ann"}
    with pytest.raises(SignInError):
        sign_in.as_demo_user(database, "admin", visitor=HERE)
    with reading(database) as connection:
        assert account_rows.holders(connection, "manage-users") == ["boss"]
    made = accounts.add_account(
        database, actor=SYSTEM, user_id="admin", role="administrator", password=PASSWORD
    )
    assert not made.is_demo

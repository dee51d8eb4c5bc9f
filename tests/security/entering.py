"""Two good passwords, a way in, the reader of an account, and what the audit log then holds."""

from typing import Any

from sqlalchemy import Engine, select

from data.state import accounts, sign_in
from data.state.engine import reading
from data.state.sign_in import Visitor
from data.state.tables import audit

PASSWORD = "seven ships sail at dawn"
OTHER = "nine hills behind the harbour"
HERE = Visitor("10.0.0.1", "a browser")


def enter(database: Engine, user: str = "ann", password: str = PASSWORD, where: str = "") -> str:
    return sign_in.with_password(database, user, password, visitor=Visitor(where or "10.0.0.1"))


def rows(database: Engine) -> list[Any]:
    with reading(database) as connection:
        return list(connection.execute(select(audit).order_by(audit.c.sequence)))


def account_reader(database: Engine, user: str) -> Any:
    return accounts.account(database, user).reader()

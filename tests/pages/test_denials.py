"""Every denial stands in the audit log, with who was refused what; and the log stays whole (T33)."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from data.access.permissions import PERMISSIONS
from data.access.reader import SYSTEM
from data.access.roles import ROLES
from data.state.accounts import AccountError, add_account
from data.state.audit import verify
from data.state.engine import reading, writing
from data.state.tables import audit
from pages import _denials
from pages._page import PAGES
from pages._policy import ROUTES, callback_needs
from pages._state import state
from tests.pages.visitor import PAGE_CONTENT, Visitor
from tests.security.test_policy import address_of, body_of

Visit = Callable[..., Visitor]
Denial = tuple[str, str, str]


@pytest.fixture(autouse=True)
def nothing_told() -> Iterator[None]:
    """Let every denial be told, also one of the minute before."""
    _denials._told.clear()
    yield
    _denials._told.clear()


def newest() -> int:
    return verify(state()).rows


def denials(since: int) -> list[Denial]:
    """Return who was refused which permission where, after a row."""
    stmt = select(audit).where(audit.c.sequence > since, audit.c.action == "denied")
    with reading(state()) as connection:
        rows = list(connection.execute(stmt.order_by(audit.c.sequence)))
    return [(r.actor, json.loads(r.details)["permission"], r.subject) for r in rows]


def addresses(server: Any) -> list[tuple[str, str]]:
    """Return what a browser may get: the rule, and an address of it."""
    rules = [rule.rule for rule in server.url_map.iter_rules() if "GET" in rule.methods]
    # The API knows tokens only: a signed-in browser is nobody there.
    return [(rule, address_of(rule)) for rule in rules if "/api/" not in rule]


def barred(server: Any, visitor: Visitor, role: str) -> dict[Denial, Callable[[], Any]]:
    """Return what the role may not: who, the permission and where, and how to ask for it."""
    asks: list[tuple[str, str, Callable[[], Any]]] = [
        (ROUTES[rule], path, partial(visitor.get, path)) for rule, path in addresses(server)
    ]
    for page in PAGES.values():
        where = {"_pages_location.pathname": page.path, "_pages_location.search": ""}
        asks.append((page.permission, page.path, partial(visitor.fire, PAGE_CONTENT, where)))
    for output in visitor.dependencies:
        body = body_of(visitor, output, lambda *_: None)
        first = output.strip(".").split("...")[0]
        asks.append((callback_needs(output), first, partial(visitor.post, body)))
    closed = set(PERMISSIONS) - ROLES[role].permissions
    return {(visitor.user, n, where): ask for n, where, ask in asks if n in closed}


@pytest.mark.parametrize("user", ["lead", "rep"])
def test_every_denial_of_a_probe_is_in_the_log(
    visit: Visit, server: Any, user: str, tell: Callable[[str], None]
) -> None:
    visitor = visit(user)
    before = newest()
    due = barred(server, visitor, user)
    places = [where for _who, _needed, where in due]
    assert [p for p in places if p.startswith("/")], "pages and files"
    assert [p for p in places if p.endswith(".children")], "callbacks"
    for where, ask in due.items():
        answer = ask()
        assert getattr(answer, "status_code", 0) in (0, 200, 403), where
    found = denials(before)
    assert len(found) == len(set(found)), "each is told once a minute"
    assert set(found) == set(due)
    assert verify(state()).is_whole
    tell(f"{user}: {len(due)} denials, each in the audit log")


def test_a_line_break_in_a_name_splits_no_line_and_forges_none(visit: Visit, capsys: Any) -> None:
    visitor = visit("lead")
    forged = "mallory\r\n9 2026-01-01 00:00 boss signed-in\u2028account/boss\x1b[2J"
    before = newest()
    assert visitor.sign_in(user=forged, password="nothing of the kind").status_code == 401
    with reading(state()) as connection:
        (told,) = connection.execute(select(audit).where(audit.c.sequence > before)).all()
    # The name is another's password now and then, mistyped into the wrong field: not kept at all.
    assert (told.action, "mallory" in str(told)) == ("sign-in-failed", False)
    for line in capsys.readouterr().out.splitlines():
        assert "\x1b" not in line
        assert not line.startswith("9 2026")
    with pytest.raises(AccountError):
        add_account(
            state(), actor=SYSTEM, user_id=forged, role="rep", password="four odd words more"
        )
    with pytest.raises(AccountError):
        add_account(state(), actor=SYSTEM, user_id="zed", name=forged, role="rep")
    # A path of a denial is the reader's own text: one row, whatever it holds.
    visit("rep").get("/export/x%0d%0a9%20boss.csv")
    assert verify(state()).is_whole
    assert [where for _who, _needed, where in denials(before)] == ["/export/x\r\n9 boss.csv"]


@pytest.mark.parametrize("stmt", [delete(audit), update(audit).values(actor="somebody")], ids=str)
def test_the_application_itself_takes_nothing_back(visit: Visit, stmt: Any) -> None:
    visit("rep")
    before = newest()
    with pytest.raises(DBAPIError, match="append-only"), writing(state()) as connection:
        connection.execute(stmt)
    assert newest() == before
    assert verify(state()).is_whole

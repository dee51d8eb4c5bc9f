"""Users and rights behind the access page: in words, as a matrix, and what may be done to them."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import flask

from components.access import NOTHING, Choices, UserLine
from data.access.permissions import PERMISSIONS
from data.access.reader import Reader
from data.access.roles import ROLES
from data.domain.dimension import NOT_GIVEN
from data.domain.filters import Filters
from data.domain.scope import MASKABLE
from data.export import write_xlsx
from data.i18n import day, t
from data.state import accounts
from data.state.account_rows import AccountRecord
from data.warehouse.engine import WarehouseError
from pages._export import WRITERS, file_of, note_export
from pages._page import PAGES, PANELS
from pages._session import placed_reader
from pages._state import actor_now, state
from queries.question import Question
from queries.run import fetcher
from queries.self_test import check_scope

MATRIX_PATH = "/access/matrix.xlsx"
#: What is asked before an account is changed and said afterwards; fields and reaches by name.
TEXTS: dict[str, dict[str, str]] = {
    "ask": {
        "role": "Make {name} {role} ({place})? {name} is signed out and has the new rights at the"
        " next sign-in.",
        "disable": "Disable {name}? {name} is signed out everywhere and cannot sign in again until"
        " enabled.",
        "enable": "Enable {name} again? {name} may sign in with the same role as before.",
        "sign-out": "Sign {name} out everywhere? Every browser has to sign in again.",
    },
    "done": {
        "role": "The role is changed. It is in the audit log.",
        "disable": "The user is disabled. It is in the audit log.",
        "enable": "The user is enabled. It is in the audit log.",
        "sign-out": "The user is signed out everywhere. It is in the audit log.",
    },
    "field": {
        "phone": "Phone",
        "email": "E-mail",
        "birthday": "Birthday",
        "contact_name": "Names of contacts",
    },
    "reach": {
        "company": "The whole company",
        "team": "One team and those below",
        "own": "Own customers",
    },
}


def reader_of(account: AccountRecord) -> Reader:
    """Return a user as the one who reads."""
    return placed_reader(account.reader(), is_demo=account.is_demo)


def user_lines() -> list[UserLine]:
    """Return every user as the list shows it."""
    return [
        UserLine(
            user=a.user_id,
            name=name_of(a),
            role=t(ROLES[a.role].name) if a.role in ROLES else a.role,
            place=place_of(a),
            state=_state_of(a),
            seen=moment(a.signed_in_at) if a.signed_in_at else t("never"),
        )
        for a in accounts.accounts(state())
    ]


def name_of(account: AccountRecord) -> str:
    """Return a user's name; a demo user's in the reader's language."""
    return t(account.name) if account.is_demo else account.name


def place_of(account: AccountRecord) -> str:
    """Return whose customers a user sees, in a few words."""
    reader = reader_of(account)
    if reader.role.reach == "company":
        return t("All teams")
    key, dimension = (
        (reader.team_id, "team") if reader.role.reach == "team" else (reader.rep_id, "rep")
    )
    return _label_of(dimension, key) if key else t("Nobody yet")


def _label_of(dimension: str, key: str) -> str:
    try:
        return fetcher().info().label(dimension, key)
    except WarehouseError:
        return key


def _state_of(account: AccountRecord) -> str:
    if not account.is_enabled:
        return t("Disabled")
    return t("Demo user") if account.is_demo else t("Open")


def moment(at: datetime) -> str:
    """Return a moment to the minute, as it is stored: UTC."""
    return f"{day(at.date())} {at:%H:%M}"


def choices() -> Choices:
    """Return the roles, teams and representatives that a user may be given."""
    info = fetcher().info()
    named = sorted({*info.dictionary.subtree} - {NOT_GIVEN})
    teams = [(key, info.label("team", key)) for key in named]
    reps = [(key, info.label("rep", key)) for key in info.reps if key != NOT_GIVEN]
    nothing = [(NOTHING, t("none"))]
    roles = [(role.key, t(role.name)) for role in ROLES.values()]
    return Choices(roles, [*nothing, *teams], [*nothing, *reps])


# --- changing --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """What is about to be done to a user; made of what the browser sent, checked when done."""

    user: str
    action: str
    role: str = ""
    team: str = ""
    rep: str = ""

    @classmethod
    def from_store(cls, found: Any) -> "Change | None":
        """Return the change that a Store holds; None where it holds none."""
        if not isinstance(found, dict) or found.get("action") not in TEXTS["ask"]:
            return None
        return cls(**{name: text_of(found.get(name)) for name in cls.__dataclass_fields__})

    def question(self) -> str:
        """Return the sentence to which the administrator says yes or no."""
        about = accounts.account(state(), self.user)
        role = ROLES.get(self.role)
        info = fetcher().info()
        reach = role.reach if role else ""
        places = {
            "team": info.label("team", self.team) if self.team else t("Nobody yet"),
            "own": info.label("rep", self.rep) if self.rep else t("Nobody yet"),
        }
        return t(
            TEXTS["ask"][self.action],
            name=name_of(about),
            role=t(role.name) if role else self.role,
            place=places.get(reach, t("All teams")),
        )

    def carry_out(self) -> str:
        """Do it as the reader, whose right is checked and logged; return what was done."""
        who: dict[str, Any] = {"actor": actor_now(), "user_id": self.user}
        if self.action == "role":
            place = (self.team or None, self.rep or None)
            accounts.change_role(state(), role=self.role, place=place, **who)
        elif self.action == "disable":
            accounts.disable(state(), **who)
        elif self.action == "enable":
            accounts.enable(state(), **who)
        else:
            accounts.sign_out_everywhere(state(), **who)
        return t(TEXTS["done"][self.action])


def text_of(found: Any) -> str:
    """Return what a choice or a field holds; empty where it holds nothing."""
    return found[:100] if isinstance(found, str) and found != NOTHING else ""


# --- the matrix ------------------------------------------------------------------------------


def matrix() -> tuple[list[str], list[list[Any]]]:
    """Return the headings and lines of rights by role: reach, permissions, fields in clear."""
    heads = [t("What"), *(t(role.name) for role in ROLES.values())]
    reach = [t("Whose customers"), *(t(TEXTS["reach"][role.reach]) for role in ROLES.values())]
    allowed = [
        [t(sentence), *(key in role.permissions for role in ROLES.values())]
        for key, sentence in PERMISSIONS.items()
    ]
    fields = [
        [
            t("Field in clear: {field}", field=t(TEXTS["field"][name])),
            *(name not in role.masked for role in ROLES.values()),
        ]
        for name in sorted(MASKABLE)
    ]
    return heads, [reach, *allowed, *fields]


def export_matrix() -> flask.Response:
    """Return the matrix of rights as a workbook; that it left is in the audit log."""
    heads, lines = matrix()
    body = write_xlsx(heads, lines)
    note_export("access-matrix", rows=len(lines), kind="xlsx")
    return file_of(body, "rights.xlsx", WRITERS["xlsx"][1])


# --- the self-test ---------------------------------------------------------------------------


def checked_pages(user: str, filters: Filters) -> list[Mapping[str, Any]]:
    """Ask every question of every page as a user, cached and uncached; a line per page."""
    reader = reader_of(accounts.account(state(), user))
    lines: list[Mapping[str, Any]] = []
    for module, page in PAGES.items():
        questions = _questions_of(module)
        if not questions or not reader.may(page.permission):
            continue
        started = time.perf_counter()
        checks = list(check_scope(reader, questions, filters))
        unequal = [c.question for c in checks if not c.is_equal]
        took = t("{seconds} s", seconds=f"{time.perf_counter() - started:.1f}")
        verdict = t("unequal: {names}", names=", ".join(unequal)) if unequal else t("all equal")
        lines.append(
            {
                "page": t(page.name),
                "questions": len(checks),
                "rows": sum(c.rows for c in checks),
                "verdict": f"{verdict} · {took}",
                "is_equal": not unequal,
            }
        )
    return lines


def _questions_of(module: str) -> list[Question]:
    found = {p.question.name: p.question for p in PANELS.values() if p.module == module}
    return list(found.values())

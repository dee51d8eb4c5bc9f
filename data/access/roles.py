"""The five roles: what each may do, which fields it sees masked, and how far its sight reaches."""

from dataclasses import dataclass
from typing import Literal

from data.access.permissions import PERMISSIONS, VIEW
from data.domain.scope import MASKABLE

#: The whole company, the subtree of the reader's team, or the reader's own customers.
Reach = Literal["company", "team", "own"]
PAGES = frozenset(VIEW) - {"view-access", "view-messages"}
WORK = frozenset({"work-tasks", "write-notes", "manage-rules"})
LEAD = WORK | {"assign-tasks"}


@dataclass(frozen=True)
class Role:
    """What the holders of a role have in common; the name is English and goes through `t()`."""

    key: str
    name: str
    permissions: frozenset[str]
    reach: Reach = "company"
    masked: frozenset[str] = frozenset()
    #: Whose customers and which fields, in a few words.
    sees: str = ""


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role(
            "executive",
            "Executive",
            PAGES | LEAD | {"export", "approve-model", "decide-quotes"},
            sees="All customers",
        ),
        Role(
            "lead",
            "Sales lead",
            PAGES | LEAD | {"export"},
            reach="team",
            sees="The customers of one team and the teams below it",
        ),
        Role("rep", "Sales representative", PAGES | WORK, reach="own", sees="Own customers"),
        Role(
            "analyst",
            "Analyst",
            PAGES | LEAD | {"see-sql", "export", "propose-model", "manage-tokens"},
            masked=MASKABLE,
            sees="All customers; phone, e-mail, birthday and contact names masked",
        ),
        Role(
            "administrator",
            "Administrator",
            frozenset(PERMISSIONS),
            sees="All customers, users, rights and the audit log",
        ),
    )
}


def roles_with(permission: str) -> tuple[Role, ...]:
    """Return the roles that hold a permission."""
    return tuple(role for role in ROLES.values() if permission in role.permissions)

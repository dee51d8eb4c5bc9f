"""The demo users, what each of them may do, and the scope each has in the live version.

Until accounts exist, the reader is one of five demo users, offered on loopback only.
"""

from dataclasses import dataclass

from data.domain.scope import MASKABLE, Scope
from data.warehouse.info import VersionInfo

VIEW = frozenset(
    f"view-{page}"
    for page in (
        *("cockpit", "asset", "growth", "funnel", "tiers", "value", "churn"),
        *("prosperity", "experiments"),
    )
)
#: Every permission with the sentence that says what it allows.
PERMISSIONS: dict[str, str] = {
    "view-cockpit": "Open the cockpit.",
    "view-asset": "Open the asset statement.",
    "view-growth": "Open the growth page.",
    "view-funnel": "Open the funnel page.",
    "view-tiers": "Open the tiers page.",
    "view-value": "Open the value page.",
    "view-churn": "Open the churn page.",
    "view-prosperity": "Open the page of false prosperity.",
    "view-experiments": "Open the experiments.",
    "see-sql": "See the SQL behind a figure.",
    "export": "Export the rows behind a figure.",
    "propose-model": "Draft and propose a scoring model, and record its fit.",
    "approve-model": "Approve, return or reject a proposed scoring model.",
}
ALL = frozenset(PERMISSIONS)


@dataclass(frozen=True)
class DemoUser:
    """One of the five readers that the product is made for."""

    key: str
    role: str
    name: str
    permissions: frozenset[str]
    masked: frozenset[str] = frozenset()


DEMO_USERS: dict[str, DemoUser] = {
    u.key: u
    for u in (
        DemoUser("executive", "executive", "Executive", VIEW | {"export", "approve-model"}),
        DemoUser("lead", "lead", "Sales lead", VIEW | {"export"}),
        DemoUser("rep", "rep", "Sales representative", VIEW),
        DemoUser("analyst", "analyst", "Analyst", ALL - {"approve-model"}, masked=MASKABLE),
        DemoUser("admin", "administrator", "Administrator", ALL),
    )
}
DEFAULT_USER = "executive"


class UnknownUserError(Exception):
    """There is no such user."""


@dataclass(frozen=True)
class Actor:
    """Who writes, and what the writer may do."""

    user: str
    permissions: frozenset[str]

    def may(self, permission: str) -> bool:
        """Whether the actor holds the permission."""
        return permission in self.permissions


#: What the application does by itself, such as shipping the first scoring model.
SYSTEM = Actor("system", ALL)


def actor_of(user: str) -> Actor:
    """Return a demo user as the one who writes, with the permissions held at this moment."""
    return Actor(user, _known(user).permissions)


def holders(permission: str) -> tuple[str, ...]:
    """Return the users who hold a permission, in alphabetical order."""
    return tuple(sorted(u.key for u in DEMO_USERS.values() if permission in u.permissions))


def _known(user: str) -> DemoUser:
    if user not in DEMO_USERS:
        raise UnknownUserError(
            f"There is no user '{user}'. Known: {', '.join(sorted(DEMO_USERS))}."
        )
    return DEMO_USERS[user]


def scope_of(user: str, info: VersionInfo) -> Scope:
    """Return what a demo user may see in a version; lead and rep have a team of the data."""
    found = _known(user)
    teams: frozenset[str] | None = None
    reps: frozenset[str] | None = None
    if found.role == "lead":
        teams = lead_teams(info)
    if found.role == "rep":
        reps = rep_of(info)
    return Scope(user, found.role, teams, reps, found.masked, found.permissions)


def lead_teams(info: VersionInfo) -> frozenset[str]:
    """Return the subtree that the demo lead leads: the first team below the top, else the first."""
    tops = [t for t in sorted(info.dictionary.subtree) if t not in info.parents]
    below = [t for t in sorted(info.parents) if info.parents[t] in tops]
    first = (below or tops)[:1]
    return info.dictionary.subtree[first[0]] if first else frozenset()


def rep_of(info: VersionInfo) -> frozenset[str]:
    """Return the representative that the demo rep is: the first one of the demo lead's teams."""
    wanted = lead_teams(info)
    reps = [rep for rep in info.reps if info.reps[rep] in wanted]
    return frozenset(reps[:1])

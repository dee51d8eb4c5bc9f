"""The demo users, and the scope each of them has in the live version.

Until accounts exist, the reader is one of five demo users, offered on loopback only.
"""

from dataclasses import dataclass

from data.domain.scope import MASKABLE, Scope
from data.warehouse.info import VersionInfo

VIEW = frozenset(
    f"view-{page}" for page in ("cockpit", "growth", "funnel", "tiers", "value", "churn")
)
#: Every permission with the sentence that says what it allows.
PERMISSIONS: dict[str, str] = {
    "view-cockpit": "Open the cockpit.",
    "view-growth": "Open the growth page.",
    "view-funnel": "Open the funnel page.",
    "view-tiers": "Open the tiers page.",
    "view-value": "Open the value page.",
    "view-churn": "Open the churn page.",
    "see-sql": "See the SQL behind a figure.",
    "export": "Export the rows behind a figure.",
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
        DemoUser("executive", "executive", "Executive", VIEW | {"export"}),
        DemoUser("lead", "lead", "Sales lead", VIEW | {"export"}),
        DemoUser("rep", "rep", "Sales representative", VIEW),
        DemoUser("analyst", "analyst", "Analyst", ALL, masked=MASKABLE),
        DemoUser("admin", "administrator", "Administrator", ALL),
    )
}
DEFAULT_USER = "executive"


class UnknownUserError(Exception):
    """There is no such user."""


def scope_of(user: str, info: VersionInfo) -> Scope:
    """Return what a demo user may see in a version; lead and rep have a team of the data."""
    if user not in DEMO_USERS:
        raise UnknownUserError(
            f"There is no user '{user}'. Known: {', '.join(sorted(DEMO_USERS))}."
        )
    found = DEMO_USERS[user]
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

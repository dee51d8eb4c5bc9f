"""Who reads and writes: one value per signed-in user, and the scope it has in a version."""

from dataclasses import dataclass

from data.access.permissions import PERMISSIONS, READ_ONLY
from data.access.roles import Role
from data.domain.scope import Scope
from data.warehouse.info import VersionInfo


@dataclass(frozen=True)
class Reader:
    """One user at this moment; `viewed_by` is the administrator who reads as this user.

    What a token was not made for is `withheld` from who reads with it.
    """

    user_id: str
    name: str
    role: Role
    team_id: str | None = None
    rep_id: str | None = None
    viewed_by: str | None = None
    withheld: frozenset[str] = frozenset()

    @property
    def permissions(self) -> frozenset[str]:
        """What the reader may do; who reads as somebody else writes and exports nothing."""
        held = self.role.permissions - self.withheld
        return held & READ_ONLY if self.viewed_by else held

    @property
    def acting(self) -> str:
        """Who is really there: what is logged is done by this user."""
        return self.viewed_by or self.user_id

    def may(self, permission: str) -> bool:
        """Whether the reader holds the permission."""
        return permission in self.permissions


#: What the application does by itself, such as shipping the first scoring model.
SYSTEM = Reader("system", "The application", Role("system", "System", frozenset(PERMISSIONS)))


def scope_of(reader: Reader, info: VersionInfo) -> Scope:
    """Return what a reader may see in a version; a team or rep that is not known sees nothing."""
    teams: frozenset[str] | None = None
    reps: frozenset[str] | None = None
    if reader.role.reach == "team":
        teams = info.dictionary.subtree.get(reader.team_id or "", frozenset())
    if reader.role.reach == "own":
        reps = frozenset({reader.rep_id} if reader.rep_id else ())
    role = reader.role
    return Scope(reader.user_id, role.key, teams, reps, role.masked, reader.permissions)

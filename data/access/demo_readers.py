"""The five demo users: one per role, with a team and a representative of the data at hand."""

from dataclasses import replace

from data.access.reader import Reader
from data.access.roles import ROLES
from data.warehouse.info import VersionInfo

DEMO_READERS: dict[str, Reader] = {
    reader.user_id: reader
    for reader in (
        Reader("executive", "Executive", ROLES["executive"]),
        Reader("lead", "Sales lead", ROLES["lead"]),
        Reader("rep", "Sales representative", ROLES["rep"]),
        Reader("analyst", "Analyst", ROLES["analyst"]),
        Reader("admin", "Administrator", ROLES["administrator"]),
    )
}


def demo_reader(user_id: str, info: VersionInfo) -> Reader:
    """Return a demo user in a version."""
    return placed(DEMO_READERS[user_id], info)


def placed(reader: Reader, info: VersionInfo) -> Reader:
    """Return a demo user with a team or a representative of the data where none is given."""
    if reader.role.reach == "team" and reader.team_id is None:
        return replace(reader, team_id=lead_team(info))
    if reader.role.reach == "own" and reader.rep_id is None:
        return replace(reader, rep_id=first_rep(info))
    return reader


def lead_team(info: VersionInfo) -> str | None:
    """Return the team that the demo lead leads: the first below the top, else the first."""
    tops = [t for t in sorted(info.dictionary.subtree) if t not in info.parents]
    below = [t for t in sorted(info.parents) if info.parents[t] in tops]
    return next(iter(below or tops), None)


def first_rep(info: VersionInfo) -> str | None:
    """Return the representative that the demo rep is: the first one of the demo lead's teams."""
    wanted = info.dictionary.subtree.get(lead_team(info) or "", frozenset())
    return next((rep for rep in info.reps if info.reps[rep] in wanted), None)

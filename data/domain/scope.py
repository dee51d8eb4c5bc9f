"""What one reader may see, resolved on the server and never taken from the browser."""

from dataclasses import dataclass, field

#: Personal fields that a role may be shown masked.
MASKABLE = frozenset({"phone", "email", "birthday", "contact_name"})


@dataclass(frozen=True)
class Scope:
    """The customers a reader may see (None: the whole company) and the fields shown masked.

    An empty set of teams or reps means nobody, never everybody.
    """

    user: str
    role: str
    teams: frozenset[str] | None = frozenset()
    reps: frozenset[str] | None = None
    masked: frozenset[str] = MASKABLE
    permissions: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_company_wide(self) -> bool:
        """Whether every customer is visible, those without an owner included."""
        return self.teams is None and self.reps is None

    def may(self, permission: str) -> bool:
        """Whether the reader holds the permission."""
        return permission in self.permissions

    def canonical(self) -> dict[str, object]:
        """Return what an answer depends on, in one order: two scopes never share a cache entry."""
        return {
            "teams": None if self.teams is None else sorted(self.teams),
            "reps": None if self.reps is None else sorted(self.reps),
            "masked": sorted(self.masked),
        }

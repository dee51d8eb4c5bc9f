"""Which role the identity provider's claims give: OIDC_ROLES, read once and refused where wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from data import settings
from data.access.roles import ROLES


def mapping() -> dict[str, str]:
    """Return value of the claim -> role, in the order in which they are tried."""
    pairs = [part for part in settings.value("OIDC_ROLES").split(",") if part.strip()]
    return dict(_pair(part) for part in pairs)


def _pair(part: str) -> tuple[str, str]:
    value, mark, role = (each.strip() for each in part.rpartition("="))
    if not value or not mark or role not in ROLES:
        raise settings.SettingsError(
            f"OIDC_ROLES holds '{part.strip()}'. Write value=role; roles are {', '.join(ROLES)}."
        )
    return value, role


def role_of(claims: Mapping[str, Any]) -> str | None:
    """Return the first role that the claims give, or None."""
    held = claims.get(settings.value("OIDC_ROLE_CLAIM"))
    values: Sequence[Any] = held if isinstance(held, list) else [held]
    return next((role for value, role in mapping().items() if value in values), None)


def text_of(claims: Mapping[str, Any], name: str) -> str | None:
    """Return a claim as a text; None where there is none."""
    value = claims.get(name) if name else None
    return value if isinstance(value, str) and value else None

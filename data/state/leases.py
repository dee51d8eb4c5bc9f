"""Leases: work that one process at a time may do, and a fence that shuts late ones out."""

from datetime import timedelta

from sqlalchemy import Connection, Engine, insert, select, update

from data.state.audit import utc_now
from data.state.engine import StateError, writing
from data.state.rule_tables import lease

_t = lease.c


class LostLeaseError(StateError):
    """Another process has taken the work over; nothing of this one's was written."""


def take(database: Engine, name: str, *, holder: str, seconds: int) -> int | None:
    """Return the fence of a lease taken or kept; None while another process holds it."""
    now = utc_now()
    until = now + timedelta(seconds=seconds)
    with writing(database) as connection:
        row = connection.execute(select(lease).where(_t.name == name)).first()
        if row is None:
            connection.execute(insert(lease).values(name=name, holder=holder, fence=1, until=until))
            return 1
        if row.holder != holder and row.until > now:
            return None
        fence = row.fence if row.holder == holder else row.fence + 1
        values = {"holder": holder, "fence": fence, "until": until}
        connection.execute(update(lease).where(_t.name == name).values(**values))
        return fence


def give_back(database: Engine, name: str, *, holder: str) -> None:
    """Let the next process have the lease at once; the fence stays, so that it still rises."""
    with writing(database) as connection:
        mine = (_t.name == name) & (_t.holder == holder)
        connection.execute(update(lease).where(mine).values(until=utc_now(), holder=""))


def check_fence(connection: Connection, name: str, fence: int) -> None:
    """Raise LostLeaseError within a write where the lease has another fence by now."""
    found = connection.execute(select(_t.fence).where(_t.name == name)).scalar()
    if found != fence:
        raise LostLeaseError(
            f"Another process has taken '{name}' over; this one stops. Nothing is to be done."
        )

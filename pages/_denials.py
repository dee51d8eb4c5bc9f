"""Refused attempts in the audit log: who wanted what, told once a minute."""

import threading
import time

import structlog

from data.access.reader import Reader
from data.state.audit import record
from data.state.engine import StateError, writing
from pages._state import state

AGAIN_AFTER_SECONDS = 60
MOST_KEPT = 10_000
log = structlog.get_logger("denials")
_lock = threading.Lock()
_told: dict[tuple[str, str, str], float] = {}


def note_denial(reader: Reader, permission: str, where: str) -> None:
    """Write that a reader was refused; a log that cannot be written does not let anyone in."""
    if not _is_due((reader.acting, permission, where)):
        return
    try:
        with writing(state()) as connection:
            record(
                connection,
                actor=reader.acting,
                action="denied",
                subject=where,
                details={"permission": permission, "role": reader.role.key},
            )
    except StateError:
        log.exception("denial not recorded", where=where, permission=permission)


def _is_due(key: tuple[str, str, str]) -> bool:
    now = time.monotonic()
    with _lock:
        if now - _told.get(key, -AGAIN_AFTER_SECONDS) < AGAIN_AFTER_SECONDS:
            return False
        if len(_told) >= MOST_KEPT:
            _told.clear()
        _told[key] = now
        return True

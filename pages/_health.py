"""What monitors ask: is the process alive, can it answer questions, and what runs short."""

import shutil
from datetime import UTC, datetime

import flask
import structlog

from data import settings
from data.state.engine import StateError, reading
from data.warehouse.engine import WarehouseError
from pages._guard import answer
from pages._state import state
from queries.run import fetcher

#: Less of the disk than this share being free, the next refresh may not find its room.
LEAST_FREE = 0.05
OK, FAILED, SHORT, OLDER = "ok", "failed", "short", "older version"
log = structlog.get_logger("health")


def alive() -> flask.Response:
    """Say that the process answers; asks nothing of anything else."""
    return answer(200, "alive")


def ready() -> flask.Response:
    """Say by check whether questions can be answered; why not stands in the log alone."""
    days = _data_age()
    checks = {
        "warehouse": FAILED if days is None else _version(),
        "state": _state_database(),
        "disk": _disk(),
    }
    status = "ready" if set(checks.values()) == {OK} else "degraded"
    if FAILED in (checks["warehouse"], checks["state"]):
        status = "not ready"
    response = flask.jsonify(status=status, checks=checks, data_age_days=days)
    response.status_code = 503 if status == "not ready" else 200
    return response


def _data_age() -> int | None:
    """Return how many days ago the data end; None where they cannot be read."""
    try:
        as_of = fetcher().info().calendar.as_of
    except WarehouseError as error:
        log.warning("not ready", why=repr(error))
        return None
    return (datetime.now(UTC).date() - as_of).days


def _version() -> str:
    """Say whether a damaged version had to be set aside."""
    return OK if fetcher().stands_in_for() is None else OLDER


def _state_database() -> str:
    try:
        with reading(state()):
            return OK
    except StateError as error:
        log.warning("not ready", why=repr(error))
        return FAILED


def _disk() -> str:
    try:
        usage = shutil.disk_usage(settings.var())
    except OSError as error:
        log.warning("the folder of the data cannot be looked at", why=repr(error))
        return FAILED
    return SHORT if usage.free < LEAST_FREE * usage.total else OK

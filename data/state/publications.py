"""What was published, by whom: in the audit log with the publication, or neither."""

import os
import pwd
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine

from data.access.reader import SYSTEM
from data.state.audit import record
from data.state.engine import writing
from data.warehouse.versions import Noting


def noted(database: Engine, action: str) -> Noting:
    """Return what logs a version while it is published; where either fails, neither is done."""

    @contextmanager
    def noting(version: int, told: Mapping[str, Any]) -> Generator[None]:
        with writing(database) as connection:
            record(
                connection,
                actor=SYSTEM.user_id,
                action=action,
                subject=f"version/{version}",
                details={"by": who(), **told},
            )
            yield

    return noting


def who() -> str:
    """Return the user of the operating system: accounts of ours do not reach the command line."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())

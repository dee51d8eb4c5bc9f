"""Engines of the state database, and the only ways to read from it and to write to it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError

#: On PostgreSQL the tables lie in a schema of their own, beside whatever else the database holds.
SCHEMA = "cockpit_state"
#: How long a writer waits for another one.
BUSY_SECONDS = 5
#: Any fixed number that nothing else in the database locks.
WRITE_LOCK = 7_246_301


class StateError(Exception):
    """The state database cannot do what was asked; the sentence says what to do."""


def state_engine(url: str, *, var: Path) -> Engine:
    """Return the engine of a URL; an empty one means `state.db` in the folder of the data."""
    if not url:
        return _sqlite(var / "state.db")
    try:
        wanted = make_url(url)
    except ArgumentError as error:
        raise StateError(
            "STATE_URL is no URL. Use postgresql+psycopg://… or leave it empty."
        ) from (error)
    if wanted.drivername == "postgresql+psycopg":
        return _postgresql(url)
    if wanted.drivername == "sqlite" and wanted.database:
        return _sqlite(Path(wanted.database))
    raise StateError(
        f"STATE_URL starts with '{wanted.drivername}'. "
        "Use postgresql+psycopg://… or leave it empty for SQLite under VAR."
    )


def state_file(url: str, *, var: Path) -> Path | None:
    """Return the file of the state database; None where it lies on a server."""
    if not url:
        return var / "state.db"
    wanted = make_url(url)
    is_file = wanted.drivername == "sqlite" and wanted.database
    return Path(str(wanted.database)) if is_file else None


def _sqlite(path: Path) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # It will hold accounts: nobody but the owner reads it.
        path.touch(mode=0o600)
    except OSError as error:
        raise StateError(
            f"{path} cannot be written ({error.strerror}). Give this user the folder, or set VAR."
        ) from error
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # pyright: ignore[reportUnusedFunction]
        # The driver would begin late and never for reads; `_begin` does it instead.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1_000}")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction]
        # A reader that turns writer fails at once where another one wrote; so writers say so.
        is_writing = connection.get_execution_options().get("is_writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")

    return engine


def _postgresql(url: str) -> Engine:
    engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 3})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # pyright: ignore[reportUnusedFunction]
        connection.autocommit = True
        connection.execute(f"SET search_path TO {SCHEMA}")
        connection.execute(f"SET lock_timeout TO '{BUSY_SECONDS}s'")
        connection.autocommit = False

    return engine


@contextmanager
def reading(database: Engine) -> Generator[Connection]:
    """Open a connection that reads one consistent state."""
    with saying_why(database), database.connect() as connection:
        yield connection


@contextmanager
def writing(database: Engine) -> Generator[Connection]:
    """Open the one transaction that writes now: kept whole at its end, or nothing of it."""
    engine = database.execution_options(is_writing=True)
    with saying_why(database), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(WRITE_LOCK)))
        yield connection


@contextmanager
def saying_why(database: Engine) -> Generator[None]:
    """Turn a database that is locked, full, broken or away into one sentence."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise _not_answering(database, error) from error
    except DatabaseError as error:
        # Only what is no finer error: a file that is no database, for one.
        if type(error) is not DatabaseError:
            raise
        raise _not_answering(database, error) from error


def _not_answering(database: Engine, error: DatabaseError | InterfaceError) -> StateError:
    where = database.url.render_as_string(hide_password=True)
    reason = str(error.orig).strip().split("\n")[0].rstrip(".")
    return StateError(
        f"The state database {where} did not do it: {reason}. Nothing was changed; "
        "check that it is reachable, not full and STATE_URL right, then try again."
    )

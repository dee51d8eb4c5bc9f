"""Opening the state database: brought to the newest revision, with the shipped scoring model."""

import fcntl
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, inspect, select
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.schema import CreateSchema

import data.state.rule_tables  # noqa: F401  # pyright: ignore[reportUnusedImport] -- in STATE
from data import settings
from data.state.accounts import ship_demo_users
from data.state.engine import SCHEMA, StateError, reading, state_engine, writing
from data.state.models import ship_model

#: The newest revision under `migrations/versions`; a test holds the two equal.
NEWEST = "0009"
_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32)))


def open_state(url: str | None = None, *, var: Path | None = None) -> Engine:
    """Return the engine of the state database that the settings (or the arguments) name.

    A new or older database is brought to the newest revision first, whole or not at all; several
    processes may do so at once. Raises StateError where it is newer than this release.
    """
    database = state_engine(
        settings.value("STATE_URL") if url is None else url,
        var=settings.var() if var is None else var,
    )
    with ExitStack() as on_failure:
        on_failure.callback(database.dispose)
        with reading(database) as connection:
            found = _revision(connection)
        if found != NEWEST:
            _bring_up(database)
        on_failure.pop_all()
    return database


def open_with_users(url: str | None = None, *, var: Path | None = None) -> Engine:
    """Return the engine of the opened state database; in demo mode the demo users are in it."""
    database = open_state(url, var=var)
    if settings.is_demo():
        ship_demo_users(database)
    return database


def _bring_up(database: Engine) -> None:
    try:
        with _one_at_a_time(database), writing(database) as connection:
            if database.dialect.name == "postgresql":
                connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
            if (found := _revision(connection)) != NEWEST:
                _refuse_newer(found)
                migrate(connection)
                ship_model(connection)
    except ProgrammingError as error:
        raise StateError(
            f"The state database cannot be set up: {str(error.orig).strip().splitlines()[0]}. "
            f"Its user needs the right to create the schema {SCHEMA} and tables in it."
        ) from error


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the database to a revision, up or down, within the connection's transaction."""
    # Imported where it is needed: a process that finds the newest revision does without.
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    move = command.upgrade if revision == "head" else command.downgrade
    move(config, revision)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION.name):
        return None
    return connection.execute(select(_VERSION.c.version_num)).scalar()


def _refuse_newer(found: str | None) -> None:
    if found is not None and found > NEWEST:
        raise StateError(
            f"The state database is at revision {found}, and this release knows revisions up to "
            f"{NEWEST}. Run the release that wrote it or a later one."
        )


@contextmanager
def _one_at_a_time(database: Engine) -> Generator[None]:
    """Let one process alone set a SQLite file up, and the others wait as long as it takes."""
    if database.dialect.name != "sqlite":
        yield
        return
    with Path(f"{database.url.database}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Kept in the file from then on; it cannot be set within a transaction.
        connection = database.raw_connection()
        connection.cursor().execute("PRAGMA journal_mode = WAL")
        connection.close()
        yield

"""Engines: the hardened DuckDB connections, PostgreSQL and ClickHouse."""

import re
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool, StaticPool

from data import settings
from data.warehouse.dialects.row_security import ALL, SETTINGS

#: ClickHouse answers like the other engines only with these (stack: unmatched joins, empty sums).
CLICKHOUSE_SETTINGS: dict[str, Any] = {
    "join_use_nulls": 1,
    "aggregate_functions_null_for_empty": 1,
    "cast_keep_nullable": 1,
    # Values stand in the statement there, and those of closed tasks are megabytes (usually 256 kB).
    "max_query_size": 16 * 2**20,
}

#: Statements kept compiled per engine. Each holds some 0.4 MB, one of many metrics ten times that:
#: SQLAlchemy's 500 would be hundreds of megabytes per worker, to save 20 ms of a new question.
COMPILED = 150

_HARDENED = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}
#: What else must hold in an engine that reads.
_READING = {
    "access_mode": "read_only",
    "enable_external_access": "false",
    "lock_configuration": "true",
}


#: A server that does not let anybody in for so long is away.
CONNECT_SECONDS = 3


class WarehouseError(Exception):
    """The warehouse cannot do what was asked; the sentence says what was found and what to do."""


class GoneError(WarehouseError):
    """A version that a page was stamped with is not kept any more."""


class NotClosedError(WarehouseError):
    """The embedded engine was opened without one of the settings that keep it in."""


def reading_duckdb(path: Path) -> Engine:
    """Return a read-only engine that can reach nothing but this one file."""
    config = {
        **_HARDENED,
        "memory_limit": settings.value("MEMORY_LIMIT"),
        "threads": settings.number("THREADS"),
        "enable_external_access": "false",
        "lock_configuration": "true",
    }
    engine = create_engine(
        f"duckdb:///{path}",
        connect_args={"read_only": True, "config": config},
        # One statement at a time, and nothing to take back: BEGIN and ROLLBACK are two calls less.
        isolation_level="AUTOCOMMIT",
        query_cache_size=COMPILED,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=8,
        pool_timeout=2,
    )

    @event.listens_for(engine, "connect")
    def _refuse_open(connection: Any, _record: object) -> None:  # pyright: ignore[reportUnusedFunction]
        require_closed(connection)

    return engine


def require_closed(connection: Any) -> None:
    """Close a connection and raise NotClosedError where a setting does not hold in the engine.

    What was asked for is not proof: a release of DuckDB may rename a setting or ignore it.
    """
    wanted = {**_HARDENED, **_READING}
    found = dict(connection.execute("SELECT name, value FROM duckdb_settings()").fetchall())
    wrong = [f"{name} is {found.get(name)}" for name in wanted if found.get(name) != wanted[name]]
    most = settings.value("MEMORY_LIMIT")
    if _bytes(found["memory_limit"]) > _bytes(most):
        wrong.append(f"memory_limit is {found['memory_limit']}, not {most}")
    if wrong:
        connection.close()
        raise NotClosedError(
            f"The embedded DuckDB is not as closed as it must be: {'; '.join(wrong)}. "
            "Install the release of duckdb that requirements.txt names."
        )


def _bytes(text: str) -> float:
    """Return how many bytes DuckDB means by "1GB" or "953.6 MiB"; without end where it is none."""
    found = re.fullmatch(r"([\d.]+) ?([KMGT])?(i)?B?(?:ytes?)?", text.strip(), re.IGNORECASE)
    if found is None:
        return float("inf")
    power = " KMGT".index((found[2] or " ").upper())
    return float(found[1]) * (1024 if found[3] else 1000) ** power


def building_duckdb(path: Path, *, folders: Sequence[Path]) -> Engine:
    """Return a one-connection engine that writes this file and may read only these folders."""
    config = {
        **_HARDENED,
        "memory_limit": settings.value("BUILD_MEMORY_LIMIT"),
        "threads": settings.number("THREADS"),
        "temp_directory": str(path.parent / f"{path.name}.spill"),
    }
    engine = create_engine(
        f"duckdb:///{path}", connect_args={"config": config}, poolclass=StaticPool
    )
    allowed = ", ".join("'" + str(folder).replace("'", "''") + "'" for folder in folders)

    @event.listens_for(engine, "connect")
    def _lock_down(connection: Any, _record: object) -> None:  # pyright: ignore[reportUnusedFunction]
        connection.execute(f"SET allowed_directories=[{allowed}]")
        # Long work reports itself; DuckDB's own bar would be drawn across it.
        connection.execute("SET enable_progress_bar=false")
        connection.execute("SET enable_external_access=false")
        connection.execute("SET lock_configuration=true")

    return engine


def server_engine(url: str, *, is_writer: bool = False, within: int | None = None) -> Engine:
    """Return the engine of a PostgreSQL or ClickHouse server, with a three-second connect limit.

    Whoever builds versions reads everybody's rows; a reader says in each transaction whose. A
    network that goes silent is given up after `within` seconds; a build has no such limit.
    """
    try:
        engine = _server(url, within)
    except (ArgumentError, ValueError) as error:
        raise WarehouseError(
            "WAREHOUSE_URL is no URL. Write it as postgresql+psycopg://user:password@host/database."
        ) from error
    if is_writer and engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _read_everything)
    return engine


def _read_everything(connection: Any, _record: object) -> None:
    for name in SETTINGS.values():
        connection.execute(f"SET {name} = '{ALL}'")
    connection.commit()


def _server(url: str, within: int | None) -> Engine:
    if url.startswith("postgresql"):
        limits = {"connect_timeout": CONNECT_SECONDS}
        if within:
            limits["tcp_user_timeout"] = within * 1_000
        return create_engine(
            url,
            pool_pre_ping=True,
            query_cache_size=COMPILED,
            connect_args=limits,
            pool_size=8,
            max_overflow=8,
            pool_timeout=2,
        )
    if url.startswith("clickhouse"):
        return _clickhouse(url, within)
    raise WarehouseError(
        f"WAREHOUSE_URL starts with '{url.split(':', 1)[0]}'. "
        "Use postgresql+psycopg://…, clickhousedb://… or leave it empty for the embedded DuckDB."
    )


def _clickhouse(url: str, within: int | None) -> Engine:
    limits = {"connect_timeout": CONNECT_SECONDS}
    if within:
        limits["send_receive_timeout"] = within
    options: dict[str, Any] = {"connect_args": limits}
    is_server = "interface=chdb" not in url
    if not is_server:
        url, _, path = url.partition("?interface=chdb&path=")
        options = {"connect_args": {"interface": "chdb", "path": path}, "poolclass": StaticPool}
    engine = create_engine(url, enable_from_linting=False, query_cache_size=COMPILED, **options)
    if is_server:
        _knock_first(engine)
    # 7 / 2 is 3.5 here; the cast that other servers need would cut the divisor to a whole number.
    engine.dialect.div_is_floordiv = False
    return engine.execution_options(settings=CLICKHOUSE_SETTINGS)


def _knock_first(engine: Engine) -> None:
    """Ask ClickHouse whether it is there: its driver waits minutes for a first answer."""
    url = engine.url
    is_secure = str(url.query.get("secure", "")).lower() in {"1", "true", "yes"}
    port = url.port or (8443 if is_secure else 8123)

    @event.listens_for(engine, "do_connect")
    def _knock(dialect: Any, *_rest: object) -> None:  # pyright: ignore[reportUnusedFunction]
        if is_secure:
            return
        line = HTTPConnection(str(url.host), port, timeout=CONNECT_SECONDS)
        try:
            line.request("GET", "/ping")
            line.getresponse().read()
        except (OSError, HTTPException) as error:
            raise dialect.loaded_dbapi.OperationalError(f"no answer from {url.host}") from error
        finally:
            line.close()

"""Rows that PostgreSQL itself gives out only to those whose they are: a second hold beside scope.

Every statement carries the reader's scope as predicates. Were they forgotten once, the engine
still gives out nobody else's rows: each transaction says whose it may read, and one that says
nothing reads none. Superusers are above such rules, so the application must not be one there.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import DDL, Alias, Connection, MetaData, Table, func, literal, select
from sqlalchemy.sql.visitors import iterate

from data.domain.dimension import NOT_GIVEN
from data.domain.scope import Scope
from data.warehouse.dialects.coded import Dictionary
from data.warehouse.dialects.types import Rows

#: By these columns the rows of a mart are somebody's; each has a setting of the transaction.
SETTINGS = {"team": "cockpit.teams", "rep": "cockpit.reps"}
#: What a setting holds where everybody's rows are read; values stand behind separators.
ALL = "all"
SEPARATOR = "\x1f"
#: The name under which the few relations of the whole company read their table.
COMPANY = "company"


def guard_rows(connection: Connection, tables: Iterable[Table], *, schema: str) -> None:
    """Let the tables of a schema with an owner's columns give out only what is asked for."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        if owned := [name for name in SETTINGS if name in table.c]:
            there = table.to_metadata(MetaData(), schema=schema)
            condition = " AND ".join(_is_asked_for(name) for name in owned)
            for ddl in (
                "ALTER TABLE %(fullname)s ENABLE ROW LEVEL SECURITY",
                # Or whoever built the table would be above its rules, and the application built it.
                "ALTER TABLE %(fullname)s FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY scope ON %(fullname)s USING ({condition})",
            ):
                connection.execute(DDL(ddl).against(there))


def _is_asked_for(column: str) -> str:
    """Return the rule of a column; the settings are read once per statement and not per row."""
    setting = f"current_setting('{SETTINGS[column]}', true)"
    values = f"(SELECT (string_to_array({setting}, chr({ord(SEPARATOR)})))[2:])::text[]"
    return f"((SELECT {setting}) = '{ALL}' OR {column} = ANY ({values}))"


def see_company(connection: Connection) -> None:
    """Let this transaction read everybody's rows."""
    _set(connection, dict.fromkeys(SETTINGS, ALL))


def see(connection: Connection, stmt: Rows, scope: Scope, dictionary: Dictionary) -> None:
    """Let this transaction read what a statement asked for a reader may give out."""
    if connection.dialect.name != "postgresql":
        return
    if is_of_company(stmt):
        see_company(connection)
        return
    chosen = {"team": scope.teams, "rep": scope.reps}
    _set(connection, {name: _text(name, chosen[name], dictionary) for name in SETTINGS})


def is_of_company(stmt: Rows) -> bool:
    """Whether a statement compares with the whole company: what leaves it is nobody's own row."""
    return any(isinstance(part, Alias) and part.name == COMPANY for part in iterate(stmt))


def _text(column: str, values: frozenset[str] | None, dictionary: Dictionary) -> str:
    if values is None:
        return ALL
    # The first part is no value, so that no team can be called "all".
    return SEPARATOR.join(("", *dictionary.expanded(column, [values - {NOT_GIVEN}])))


def _set(connection: Connection, values: dict[str, str]) -> None:
    """Set what the transaction may read; it is forgotten where the transaction ends."""
    if connection.dialect.name != "postgresql":
        return
    is_local = literal(True)
    parts: list[Any] = [
        func.set_config(literal(SETTINGS[name]), literal(value), is_local)
        for name, value in values.items()
    ]
    connection.execute(select(*parts))

"""PostgreSQL gives out nobody else's rows, even to a statement that forgot the scope (T5)."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from data.domain.dimension import NOT_GIVEN
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import see
from data.warehouse.fetch import Question
from data.warehouse.marts import MARTS
from queries import visible
from tests.conftest import ADMIN, NOBODY, Demo
from tests.queries.asking import readers

#: Marts that say whose their rows are.
OWNED = [t for t in MARTS.sorted_tables if "team" in t.c or "rep" in t.c]


def counted(connection: Connection, table: Table) -> int:
    """Return how many rows a transaction is given that asks for all of them."""
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def own(demo: Demo, table: Table, scope: Scope) -> int:
    """Return how many rows of a mart are a reader's, counted in the embedded engine."""
    dictionary = demo.fetcher.info().dictionary
    of = [("team", scope.teams), ("rep", scope.reps)]
    within = [
        table.c[name].in_(dictionary.expanded(name, [values - {NOT_GIVEN}]))
        for name, values in of
        if values is not None and name in table.c
    ]
    stmt = select(func.count().label("n")).select_from(table).where(*within)
    question = Question("own", demo.fetcher.live(), {}, lambda: stmt)
    return int(demo.fetcher.uncached(question)["n"].iloc[0])


def test_most_marts_say_whose_their_rows_are() -> None:
    names = {table.name for table in OWNED}
    assert {"customer_current", "customer_day", "cube_month", "team_month", "open_invoice"} <= names
    assert len(names) == 13


@pytest.mark.parametrize("user", ["admin", "lead", "rep", "nobody"])
def test_a_bare_count_is_of_the_readers_rows(
    duckdb_demo: Demo, postgres_demo: Demo, user: str
) -> None:
    info = postgres_demo.fetcher.info()
    scope = {**readers(info), "nobody": NOBODY}[user]
    engine = postgres_demo.fetcher.readers.engine(info.number)
    with engine.connect() as connection:
        for table in OWNED:
            see(connection, select(table), scope, info.dictionary)
            found = counted(connection, table)
            assert found == own(duckdb_demo, table, scope), table.name
            if user in ("admin", "nobody"):
                assert bool(found) is (user == "admin"), table.name
            connection.rollback()
            assert counted(connection, table) == 0, "the next transaction reads as nobody"
            connection.rollback()


def test_a_question_that_says_nobody_reads_nothing(postgres_demo: Demo) -> None:
    stmt = select(func.count().label("n")).select_from(marts.customer_current)
    asked = Question("bare", postgres_demo.fetcher.live(), {}, lambda: stmt)
    for scope, some in ((None, False), (NOBODY, False), (ADMIN, True)):
        rows = postgres_demo.fetcher.uncached(replace(asked, scope=scope))
        assert bool(rows["n"].iloc[0]) is some, scope


def test_a_relation_without_its_predicates_shows_the_readers_rows_only(
    postgres_demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    info, filters = postgres_demo.fetcher.info(), postgres_demo.filters()
    lead = readers(info)["lead"]
    stmt = select(visible.customers(filters, lead, "customer_no", "team"))
    honest = len(_asked(postgres_demo, stmt, lead))
    monkeypatch.setattr("queries.visible.predicates._rights", lambda _scope: {})
    bare = select(visible.customers(filters, lead, "customer_no", "team"))
    assert str(stmt) != str(bare)
    assert len(_asked(postgres_demo, bare, lead)) == honest > 0
    assert len(_asked(postgres_demo, bare, ADMIN)) > honest


def _asked(demo: Demo, stmt: select, scope: Scope) -> list[tuple[object, ...]]:  # type: ignore[valid-type]
    asked = Question("asked", demo.fetcher.live(), {}, lambda: stmt, scope)
    return list(demo.fetcher.uncached(asked).itertuples(index=False))


def test_a_reader_changes_no_row(postgres_demo: Demo) -> None:
    """What a transaction may not read it may not write either, and reading all is asked for."""
    info = postgres_demo.fetcher.info()
    lead = readers(info)["lead"]
    c = marts.customer_current
    with postgres_demo.fetcher.readers.engine(info.number).connect() as connection:
        see(connection, select(c), lead, info.dictionary)
        changed = connection.execute(c.update().values(score=c.c.score))
        assert 0 < changed.rowcount < info.customers + info.prospects
        with pytest.raises(DBAPIError, match="row-level security"):
            connection.execute(c.update().values(team=NOT_GIVEN))
        connection.rollback()

"""What readers filter, turn, sort and mark by is chosen from lists: no name becomes a column (T15)."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from sqlalchemy import (
    Column,
    TextClause,
    column,
    create_engine,
    literal,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import ColumnClause

from data.domain.dimension import DIMENSIONS
from data.warehouse.engine import WarehouseError
from data.warehouse.marts.mart import MARTS
from data.warehouse.pins import pinned_end
from data.warehouse.schema import CONTRACT
from pages._page import PANELS
from queries.metrics import METRICS
from tests.conftest import ADMIN, Demo
from tests.pages.visitor import Visitor
from tests.queries.asking import all_questions

Visit = Callable[..., Visitor]
#: Stands in each hostile name, and must stand in no statement.
CANARY = "zqxname"
HOSTILE = some.sampled_from(
    [CANARY, f"{CANARY} desc", f"phone as {CANARY}", f'"{CANARY}"', f"{CANARY};--", f"({CANARY})"]
)
DIALECT = create_engine("duckdb://").dialect
KEYS = ("period", "compare", "threshold", "path", "focus", "cohort", "as_of", *DIMENSIONS)
NAMES = some.sampled_from([*DIMENSIONS, *METRICS, "phone", "email", "customer_no"])
#: What may be turned to, marked, chosen: ours and none of ours, one or several, with a value.
ONE = some.one_of(HOSTILE, NAMES)
VALUE = some.one_of(
    ONE,
    some.lists(ONE, min_size=2, max_size=4).map(",".join),
    some.tuples(some.sampled_from([*DIMENSIONS, "metric", "month", CANARY]), ONE).map(":".join),
)
ADDRESS = some.dictionaries(
    some.one_of(some.sampled_from(KEYS), HOSTILE, some.sampled_from(["sort", "group", "order_by"])),
    VALUE,
    min_size=1,
    max_size=5,
)
#: Shrinking asks the same again many times; the address itself is short enough to read.
QUICK = {
    "deadline": None,
    "phases": (Phase.explicit, Phase.generate),
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}
TABLES = {*CONTRACT.tables.values(), *MARTS.tables.values(), pinned_end}


def check(stmt: object, asked: dict[str, str]) -> None:
    """Hold that a statement names columns of the warehouse and nothing of what was asked."""
    for part in visitors.iterate(stmt):  # type: ignore[arg-type]
        assert not isinstance(part, TextClause), (asked, part)
        if isinstance(part, Column):
            source = getattr(part.table, "element", part.table)
            assert source in TABLES or not hasattr(source, "metadata"), (asked, part)
        if isinstance(part, ColumnClause):
            assert CANARY not in part.name, (asked, part)
    assert CANARY not in str(stmt.compile(dialect=DIALECT))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "stmt",
    [
        select(column(CANARY)),
        select(literal_column(CANARY)),
        select(literal("x").label(CANARY)),
        select(literal(1)).order_by(text(CANARY)),
        select(literal(1)).select_from(table(CANARY)),
    ],
    ids=str,
)
def test_the_check_finds_a_name_in_a_statement(stmt: object) -> None:
    with pytest.raises(AssertionError):
        check(stmt, {})


def test_no_name_in_an_address_becomes_a_column(
    duckdb_demo: Demo, many: Callable[[int, int], int], tell: Callable[[str], None]
) -> None:
    info = duckdb_demo.fetcher.info()
    questions = [q for q in all_questions().values() if q.members is not None]
    compiled = [0]

    @settings(max_examples=many(60, 1_000), **QUICK)
    @given(asked=ADDRESS, question=some.sampled_from(questions))
    def holds(asked: dict[str, str], question: object) -> None:
        filters, dropped = info.searched(urlencode(asked))
        told = " ".join(dropped)
        for name in set(asked) - set(KEYS):
            assert name in told, "what is no filter is named"
        for query in (question.query, question.members):  # type: ignore[attr-defined]
            try:
                stmt = query(filters, ADMIN)
            except WarehouseError:
                continue
            check(stmt, asked)
            compiled[0] += 1

    holds()
    assert compiled[0] > many(60, 1_000)
    tell(f"{compiled[0]} statements of addresses with forged names: none of them in one")


def test_no_name_in_a_request_for_rows_becomes_a_column(
    visit: Visit, many: Callable[[int, int], int]
) -> None:
    visitor = visit("analyst")
    filters = visitor.filters()

    @settings(max_examples=many(12, 200), **QUICK)
    @given(panel=some.sampled_from(sorted(PANELS)), mark=VALUE, metric=ONE, sort=VALUE)
    def holds(panel: str, mark: str, metric: str, sort: str) -> None:
        more = {"sort": sort, "sortModel": [{"colId": sort, "sort": "asc"}], "group": sort}
        answer = visitor.rows(panel, filters, mark=mark, metric=metric, **more)
        assert answer.status in (200, 204, 400), (panel, mark, metric, answer.text)
        assert CANARY not in answer.words, (panel, mark, metric)
        assert "Reference " not in answer.words, (panel, mark, metric)

    holds()
